"""Identifiers of another unit's things, in addresses and forms, lead nowhere; links and roles hand nothing over by the side."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from innovations.boards.models import Board, Seat
from innovations.boards.models_decision import Decision
from innovations.boards.models_meeting import Meeting
from innovations.boards.services.boards import BoardData, create_board
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Account, Grant, Person
from innovations.people.rules.roles import Role
from innovations.people.services import grants
from innovations.regulations.models import Campaign
from tests.authority.conftest import House, Watch
from tests.authority.ready_for_two import removal_asked

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process

REASON = {"reason": "Có lý do chính đáng."}


def made(house: House, watch: Watch) -> dict[str, object]:
    """``demo27`` administers T2B; the board of T2B stands; ids of both units' things."""
    staff = house.world.staff
    grants.give(house.world.actor("quantri"), staff.people["demo27"], Role.ADMIN, staff.units["T2B"], from_on=today())
    own_board = create_board(house.world.actor("demo26"), staff.units["T2B"], BoardData("Hội đồng sáng kiến 2B", today()))
    foreign_grant = db.session.scalar(select(Grant.id).where(Grant.person_id == staff.people["chihuy"]))
    campaign = db.session.scalar(select(Campaign.id).where(Campaign.unit_id == staff.units["T1A"]))
    seat = db.session.scalar(select(Seat.id).where(Seat.board_id == house.told.board))
    case, removal = house.case("scored"), {"removal": removal_asked(house)["removal_id"]}
    watch.look()
    return {
        "person": staff.people["chihuy"], "account": staff.accounts["chihuy"], "grant": foreign_grant, "unit": staff.units["D6"],
        "own_person": staff.people["docgia"], "own_account": staff.accounts["docgia"], "campaign": campaign, "board": house.told.board,
        "own_board": own_board, "seat": seat, "review": case.ids["review_id"], "number": case.ids["number"],
        "decision": house.case("not_recognised").ids["decision_id"], "adoption": house.told.adoption, "code": case.ids["code"],
        "assignment": case.ids["assignment_id"], "sheet": case.ids["sheet_id"], "file": case.ids["attachment_id"],
        **removal,
    }  # fmt: skip


#: Who of T2B knocks, and at which address of T1A.
FOREIGN = (
    ("demo27", "GET", "/admin/people/{person}"),
    ("demo27", "POST", "/admin/people/{person}"),
    ("demo27", "POST", "/admin/people/{person}/link"),
    ("demo27", "POST", "/admin/people/{person}/grants"),
    ("demo27", "POST", "/admin/people/{person}/grants/{grant}/end"),
    ("demo27", "POST", "/admin/people/{own_person}/grants/{grant}/end"),
    ("demo27", "POST", "/admin/people/{person}/grants/{grant}/deputy"),
    ("demo27", "POST", "/admin/people/{own_person}/grants/{grant}/deputy"),
    ("demo27", "POST", "/admin/people/{person}/accounts/{account}/close"),
    ("demo27", "POST", "/admin/people/{own_person}/accounts/{account}/close"),
    ("demo27", "POST", "/admin/people/{person}/accounts/{account}/password"),
    ("demo27", "POST", "/admin/people/{own_person}/accounts/{account}/password"),
    ("demo27", "POST", "/admin/people/{person}/sign-ins/end"),
    ("demo27", "POST", "/admin/people/{person}/accounts/{account}/second-step/reset"),
    ("demo27", "POST", "/admin/people/{own_person}/accounts/{account}/second-step/reset"),
    ("donvi", "POST", "/lost-second-steps/{removal}/confirm"),
    ("donvi", "POST", "/lost-second-steps/{removal}/end"),
    ("demo27", "POST", "/lost-second-steps/{removal}/end"),
    ("demo27", "GET", "/admin/units/{unit}"),
    ("demo27", "POST", "/admin/units/{unit}"),
    ("demo27", "POST", "/admin/units/{unit}/move"),
    ("demo27", "POST", "/admin/units/{unit}/close"),
    ("demo26", "GET", "/admin/campaigns/{campaign}"),
    ("demo26", "POST", "/admin/campaigns/{campaign}"),
    ("demo26", "GET", "/boards/{board}"),
    ("demo26", "GET", "/boards/{board}/queue"),
    ("demo26", "GET", "/boards/{board}/edit"),
    ("demo26", "GET", "/boards/{board}/seats"),
    ("demo26", "POST", "/boards/{board}/close"),
    ("demo26", "POST", "/boards/{own_board}/seats/{seat}/end"),
    ("demo26", "GET", "/boards/{own_board}/reviews/{review}"),
    ("demo26", "GET", "/boards/{own_board}/meetings/{number}"),
    ("demo26", "POST", "/boards/{own_board}/meetings/{number}/minutes"),
    ("demo26", "GET", "/boards/{own_board}/meetings/{number}/minutes/1"),
    ("demo26", "GET", "/boards/{board}/meetings/{number}/minutes/1"),
    ("demo26", "POST", "/boards/{board}/reviews/{review}/photos"),
    ("demo26", "GET", "/boards/{board}/reviews/{review}/photos/1"),
    ("thuky", "GET", "/boards/{own_board}/reviews/{review}/photos/1"),
    ("demo26", "GET", "/boards/decisions/{decision}"),
    ("demo26", "POST", "/boards/decisions/{decision}/certificates"),
    ("donvi", "POST", "/boards/decisions/{decision}/correct"),
    ("demo26", "POST", "/boards/decisions/{decision}/corrections"),
    ("donvi", "POST", "/boards/decisions/{decision}/corrections/confirm"),
    ("demo26", "POST", "/boards/decisions/{decision}/corrections/drop"),
    ("donvi", "POST", "/boards/decisions/{decision}/reviews/{review}/revoke"),
    ("demo25", "GET", "/proposals/{code}"),
    ("demo25", "GET", "/proposals/{code}/check"),
    ("demo25", "POST", "/proposals/{code}/check"),
    ("demo25", "GET", "/proposals/{code}/files/{file}"),
    ("demo25", "GET", "/library/adoptions/{adoption}"),
    ("thuky", "POST", "/boards/{own_board}/reviews/{review}/assignments/{assignment}/excuse"),
    ("thuky", "POST", "/boards/{own_board}/reviews/{review}/sheets/{sheet}/reopen"),
    ("thuky", "POST", "/boards/{own_board}/meetings/{number}/items/{review}/reveal"),
)
FORM = {
    **REASON, "last_day": "2026-12-01", "full_name": "Tên khác", "unit_id": "0", "role": "decider", "from_on": "2026-12-01",
    "same_as_id": "1", "name": "Tên khác", "code": "X9", "level": "subunit", "parent_id": "0", "do": "accept",
}  # fmt: skip


def test_what_belongs_to_another_unit_does_not_exist(house: House, watch: Watch) -> None:
    ids, clients, wrong = made(house, watch), dict[str, FlaskClient](), {}
    for who, method, path in FOREIGN:
        client = clients.get(who) or clients.setdefault(who, house.world.client(who))
        watch.look()
        form = {**FORM, "unit_id": str(house.world.staff.units["T2B"]), "parent_id": str(house.world.staff.units["T2B"])}
        answer = client.open(path.format(**ids), method=method, data=form if method == "POST" else None)
        missing = client.open(path.format(**dict.fromkeys(ids, 99999)), method=method, data=form if method == "POST" else None)
        if (answer.status_code, answer.get_data()) != (404, missing.get_data()):
            wrong[f"{who} {method} {path}"] = answer.status_code
        if stored := watch.changed():
            wrong[f"{who} {method} {path} stored"] = sorted(stored)
    assert wrong == {}


def test_forms_do_not_take_identifiers_of_another_unit(house: House, watch: Watch) -> None:
    ids, units = made(house, watch), house.world.staff.units
    registrar, on = house.world.client("demo26"), today().isoformat()
    kept = stored()
    campaign = {
        "name": "Đợt",
        "year": "2026",
        "opens_on": on,
        "rule_set_id": "1",
        "criteria_set_id": "1",
        "unit_id": str(units["T1A"]),
    }
    board = {"name": "Hội đồng", "term_from": on, "unit": str(units["T1A"])}
    decision = {"review_ids": str(ids["review"]), "number": "1", "decided_on": on}
    meeting = {"on": on, "review_ids": str(house.case("elsewhere_unit_review").ids["review_id"])}
    answers = {
        "campaign": registrar.post("/admin/campaigns/new", data=campaign).status_code,
        "board": registrar.post("/boards/new", data=board).status_code,
        "decision": house.clients["donvi"].post("/boards/decisions/", data=decision).status_code,
        "meeting": house.clients["thuky"].post(f"/boards/{ids['board']}/meetings/new", data=meeting).status_code,
    }
    # Units are no secret, only not his; a review of another unit is like one that does not exist.
    assert answers == {"campaign": 422, "board": 403, "decision": 404, "meeting": 422}
    assert stored() == kept


def stored() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Campaign, Board, Decision, Meeting))


def test_a_link_hands_over_nothing_from_another_unit_and_nothing_to_the_admin(house: House, watch: Watch) -> None:
    """An admin could take the rights of a head by saying that both are one person."""
    ids, staff = made(house, watch), house.world.staff
    admin = house.world.client("demo27")
    for person, same_as in (("docgia", "chihuy"), ("demo27", "donvi"), ("donvi", "demo27")):
        answer = admin.post(
            f"/admin/people/{staff.people[person]}/link",
            data={"same_as_id": str(staff.people[same_as]), "reason": "Cùng một người."},
        )
        assert answer.status_code in (403, 422), (person, same_as)
    linked = db.session.scalars(select(Person.id).where(Person.same_as_id.is_not(None))).all()
    assert linked == []
    assert ids["person"]


@pytest.mark.parametrize("form", [{"role": "decider", "unit_id": "T2B"}, {"role": "admin", "unit_id": "T2B"}])
def test_nobody_gives_a_role_to_himself_or_to_another_units_person(house: House, watch: Watch, form: dict[str, str]) -> None:
    made(house, watch)
    staff, admin = house.world.staff, house.world.client("demo27")
    held = len(db.session.scalars(select(Grant.id)).all())
    sent = {**form, "unit_id": str(staff.units[form["unit_id"]]), "from_on": today().isoformat()}
    assert admin.post(f"/admin/people/{staff.people['demo27']}/grants", data=sent).status_code == 403
    assert admin.post(f"/admin/people/{staff.people['chihuy']}/grants", data=sent).status_code == 404
    db.session.rollback()
    assert len(db.session.scalars(select(Grant.id)).all()) == held
    assert db.session.scalar(select(Account.active).where(Account.id == staff.accounts["chihuy"]))
