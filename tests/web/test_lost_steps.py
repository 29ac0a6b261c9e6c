"""A lost second step is taken away once it is known who asks; for those who must have one, by two persons of two offices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations import audit
from innovations.core.clock import at, now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Account, Grant, SecondStep, SecondStepRemoval
from innovations.people.rules.roles import Role
from innovations.people.services import grants, second_step
from tests.board_world import BoardWorld
from tests.world import World, opens


@pytest.fixture
def stepped(world: World) -> World:
    """Everybody named here has a second step."""
    with atomic():
        for number in ("tacgia", "kiemtra", "chihuy", "quantri"):
            account = world.staff.accounts[number]
            db.session.add(SecondStep(account_id=account, seed=b"-", last_step=0, confirmed_at=now()))
    return world


def ask(world: World, client: FlaskClient, number: str, **changes: str) -> Any:
    """What the admin's page answers to taking the second step of ``number`` away."""
    account = world.staff.accounts[number]
    person = db.session.get_one(Account, account).person_id
    db.session.rollback()
    typed = {"proof": "service_card", "proved_by": "", "proved_on": today().isoformat(), "paper": "", **changes}
    sent = {f"step{account}-{name}": value for name, value in typed.items()}
    return client.post(f"/admin/people/{person}/accounts/{account}/second-step/reset", data=sent)


def has(world: World, number: str) -> bool:
    found = second_step.has(world.staff.accounts[number])
    db.session.rollback()
    return found


def events(world: World, number: str) -> list[tuple[str, dict[str, Any]]]:
    db.session.rollback()
    return [(each.tag.split(".")[1], each.data) for each in audit.events_of("account", world.staff.accounts[number])]


def asked(world: World, number: str = "kiemtra") -> str:
    """The address of a request that waits."""
    assert ask(world, world.client("quantri"), number).status_code == 303
    found = db.session.scalars(select(SecondStepRemoval.id).order_by(SecondStepRemoval.id.desc())).first()
    db.session.rollback()
    return f"/lost-second-steps/{found}"


def test_of_who_may_do_without_it_is_gone_at_once_and_the_proof_is_kept(stepped: World) -> None:
    author, admin = stepped.client("tacgia"), stepped.client("quantri")
    answer = ask(stepped, admin, "tacgia", proof="commander_paper", paper="12/GXN-d1", proved_by="chihuy2")
    assert answer.status_code == 303
    assert not has(stepped, "tacgia")
    assert not opens(author)  # signed out everywhere
    tag, data = events(stepped, "tacgia")[-1]
    assert tag == "second_factor_changed"
    assert data == {
        "done": "reset", "proof": "commander_paper", "proved_by": stepped.staff.people["chihuy2"],
        "proved_on": today().isoformat(), "paper": "12/GXN-d1",
    }  # fmt: skip
    assert "Quản trị đã bỏ bước thứ hai của tài khoản đồng chí" in stepped.client("tacgia").get("/notices").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"proof": "commander_paper"}, "Ghi số văn bản của chỉ huy"),
        ({"proof": "commander_paper", "paper": "xác nhận miệng"}, "Số văn bản gồm số"),
        ({"paper": "12/GXN-d1"}, "không ghi số giấy tờ của quân nhân"),
        ({"proved_by": "tacgia"}, "Người xác minh phải là người khác"),
        ({"proved_by": "khong-co"}, "khong-co"),
        ({"proved_on": "2020-01-01"}, "Ngày xác minh phải từ"),
        ({"proved_on": ""}, "Nhập ngày xác minh"),
        ({"proof": "word_of_mouth"}, "Đã xác minh bằng cách"),
    ],
)
def test_without_a_proof_nothing_is_taken_away(stepped: World, changes: dict[str, str], said: str) -> None:
    before = events(stepped, "tacgia")
    answer = ask(stepped, stepped.client("quantri"), "tacgia", **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert has(stepped, "tacgia")
    assert events(stepped, "tacgia") == before


@pytest.mark.parametrize(("number", "second"), [("kiemtra", "baomat"), ("chihuy", "baomat2")])
def test_of_who_must_have_one_it_goes_when_a_second_person_of_another_office_confirms(
    stepped: World, number: str, second: str
) -> None:
    path = asked(stepped, number)
    assert has(stepped, number)
    confirmer = stepped.client(second)
    assert "Chờ xác nhận bỏ bước thứ hai" in confirmer.get("/").text
    assert "Quản trị đề nghị bỏ bước thứ hai của" in confirmer.get("/notices").text
    assert "đã xong" not in confirmer.get("/notices").text
    assert "xem giấy tờ của quân nhân có ảnh" in confirmer.get("/lost-second-steps").text
    assert confirmer.post(f"{path}/confirm").status_code == 303
    assert not has(stepped, number)
    told = [tag for tag, _data in events(stepped, number)]
    assert told[-2:] == ["second_step_removal_asked", "second_factor_changed"]
    assert events(stepped, number)[-1][1]["proof"] == "service_card"
    notices = stepped.client(number).get("/notices").text
    assert "Quản trị đề nghị bỏ bước thứ hai của tài khoản đồng chí" in notices
    assert "Quản trị đã bỏ bước thứ hai của tài khoản đồng chí" in notices
    assert "đã xong" in confirmer.get("/notices").text
    assert confirmer.post(f"{path}/confirm").status_code == 409


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("donvi", 404),  # the head of another unit
        ("docgia", 403),
        ("quantri", 403),
        ("kiemtra", 403),  # the owner
    ],
)
def test_nobody_else_confirms(stepped: World, number: str, status: int) -> None:
    path = asked(stepped)
    assert stepped.client(number).post(f"{path}/confirm").status_code == status
    assert has(stepped, "kiemtra")


def test_an_admin_who_is_also_security_officer_does_not_confirm_the_own_request(stepped: World) -> None:
    path = asked(stepped)
    _also(stepped, "quantri", Role.SECURITY_OFFICER)
    assert stepped.client("quantri").post(f"{path}/confirm").status_code == 403
    assert has(stepped, "kiemtra")


def test_whom_the_asker_gave_the_office_does_not_confirm(stepped: World) -> None:
    people, units = stepped.staff.people, stepped.staff.units
    grants.give(stepped.actor("quantri"), people["docgia"], Role.SECURITY_OFFICER, units["QCM"], from_on=now().date())
    path = asked(stepped)
    assert stepped.client("docgia").post(f"{path}/confirm").status_code == 403
    assert has(stepped, "kiemtra")


def test_a_head_who_lost_the_own_one_does_not_confirm_it(stepped: World) -> None:
    path = asked(stepped, "chihuy")
    assert stepped.client("chihuy").post(f"{path}/confirm").status_code == 404
    assert path not in stepped.client("chihuy").get("/lost-second-steps").text
    assert has(stepped, "chihuy")


def _also(world: World, number: str, role: Role) -> None:
    with atomic():
        grants.add_grant(world.staff.people[number], role, world.staff.units["T1A"], from_on=today())


def test_taking_the_role_away_first_is_no_way_around_the_second_person(stepped: World) -> None:
    grant = db.session.scalars(select(Grant.id).where(Grant.person_id == stepped.staff.people["kiemtra"])).one()
    db.session.rollback()
    grants.end(stepped.actor("quantri"), grant)
    asked(stepped)
    assert has(stepped, "kiemtra")
    with at(now() + timedelta(days=31)):
        assert ask(stepped, stepped.client("quantri"), "kiemtra").status_code == 303
        assert not has(stepped, "kiemtra")


def test_nobody_takes_the_own_second_step_away_as_admin(stepped: World) -> None:
    assert ask(stepped, stepped.client("quantri"), "quantri").status_code == 403
    assert has(stepped, "quantri")


@pytest.mark.parametrize("who", ["quantri", "baomat"])
def test_either_ends_the_request_and_the_second_step_stays(stepped: World, who: str) -> None:
    path = asked(stepped)
    assert stepped.client(who).post(f"{path}/end").status_code == 303
    assert stepped.client("baomat").post(f"{path}/confirm").status_code == 409
    assert stepped.client(who).post(f"{path}/end").status_code == 409
    assert has(stepped, "kiemtra")
    assert events(stepped, "kiemtra")[-1][0] == "second_step_removal_ended"


def test_one_request_waits_at_a_time_and_lapses_after_a_day(stepped: World) -> None:
    path = asked(stepped)
    assert ask(stepped, stepped.client("quantri"), "kiemtra").status_code == 409
    with at(now() + timedelta(hours=24)):
        late = stepped.client("baomat")
        assert "Chờ xác nhận bỏ bước thứ hai" not in late.get("/").text
        assert late.post(f"{path}/confirm").status_code == 409
        assert has(stepped, "kiemtra")
        assert ask(stepped, stepped.client("quantri"), "kiemtra").status_code == 303


def test_a_request_of_another_unit_is_on_no_page_of_its_head(stepped: World) -> None:
    asked(stepped)
    assert "Chưa có đề nghị nào" in stepped.client("donvi").get("/lost-second-steps").text
    assert "kiemtra" in stepped.client("quantri").get("/lost-second-steps").text


@pytest.mark.parametrize("second", ["baomat", "chihuy"])
def test_who_keeps_a_board_loses_it_through_two_persons_too(board: BoardWorld, second: str) -> None:
    with atomic():
        db.session.add(SecondStep(account_id=board.world.staff.accounts["thuky"], seed=b"-", last_step=0, confirmed_at=now()))
    path = asked(board.world, "thuky")
    assert has(board.world, "thuky")
    assert board.world.client(second).post(f"{path}/confirm").status_code == 303
    assert not has(board.world, "thuky")
