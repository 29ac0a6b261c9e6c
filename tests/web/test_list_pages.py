"""Lists of units and of people by page: stored whole or not at all, only where the admin administers; passwords are shown once."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest

from innovations.audit.models import AuditEvent
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Account, Person, Unit
from innovations.people.rules.roles import Role
from innovations.people.services import grants
from innovations.people.services.signing_in import sign_in
from tests.world import World

UNITS = "Mã đơn vị,Tên đơn vị,Đơn vị cấp trên,Cấp\nT9,Trung đoàn 9,SM,Cơ sở\nD91,Tiểu đoàn 91,T9,subunit\n"
PEOPLE = "Số hiệu;Họ và tên;Cấp bậc;Mã đơn vị\nqn01;Lê Văn Cường;Đại úy;T1A\nqn02;Trần Thị Dung;;D5\n"


def sent(world: World, kind: str, text: str, by: str = "quantri") -> Any:
    data = {"file": (BytesIO(text.encode()), "danh-sach.csv")}
    return world.client(by).post(f"/admin/import/{kind}", data=data, content_type="multipart/form-data")


def count(model: type) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def test_a_list_of_units_is_added_parents_before_children_and_again_changes_nothing(world: World) -> None:
    assert sent(world, "units", UNITS).status_code == 303
    stored = {unit.code: unit for unit in db.session.query(Unit).filter(Unit.code.in_(("T9", "D91")))}
    assert stored["D91"].parent_id == stored["T9"].id
    before = count(Unit)
    assert sent(world, "units", UNITS).status_code == 303
    assert count(Unit) == before
    assert db.session.query(AuditEvent).filter_by(tag="people.units_imported").one().account_id == world.staff.accounts["quantri"]


def test_new_people_get_passwords_by_unit_that_work_and_are_shown_once(world: World) -> None:
    page = sent(world, "people", PEOPLE)
    assert page.status_code == 200
    passwords = re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>", page.text)
    assert len(set(passwords)) == 2
    assert all(name in page.text for name in ("Lê Văn Cường", "Trần Thị Dung", '<h2 id="unit-1">D5</h2>'))
    assert any(sign_in("qn01", each, address="127.0.0.1") for each in passwords if works("qn01", each))
    again = sent(world, "people", PEOPLE)
    assert again.status_code == 303
    assert not re.search(r"<code>", again.text)


def works(number: str, password: str) -> bool:
    try:
        return bool(sign_in(number, password, address="127.0.0.1"))
    except Exception:  # noqa: BLE001  (the other person's password)
        return False


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("people", PEOPLE + "qn03;;;T1A\n", "Dòng 4: Nhập họ tên."),
        ("people", PEOPLE + "qn03;Lê An;;KHONGCO\n", "Không có đơn vị mã “KHONGCO”"),
        ("people", "Họ và tên\nLê An\n", "Số hiệu"),
        ("units", UNITS + "sai mã,Tiểu đoàn 92,T9,subunit\n", "Dòng 4:"),
        ("units", "", "không có dòng nào"),
    ],
)
def test_a_list_with_a_fault_names_the_row_and_stores_nothing(world: World, kind: str, text: str, sentence: str) -> None:
    before = count(Unit), count(Person), count(Account)
    answer = sent(world, kind, text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (count(Unit), count(Person), count(Account)) == before


def test_an_admin_of_one_unit_adds_nobody_elsewhere(world: World) -> None:
    staff = world.staff
    grants.give(world.actor("quantri"), staff.people["docgia"], Role.ADMIN, staff.units["T2B"], from_on=today())
    before = count(Unit), count(Account)
    people, units = sent(world, "people", PEOPLE, by="docgia"), sent(world, "units", UNITS, by="docgia")
    assert people.status_code == units.status_code == 422
    assert "không phải quản trị viên của đơn vị này" in people.text
    assert (count(Unit), count(Account)) == before
    assert sent(world, "people", "Số hiệu;Họ và tên;Mã đơn vị\nqn05;Lê An;D7\n", by="docgia").status_code == 200


@pytest.mark.parametrize("kind", ["units", "people"])
def test_lists_are_the_admins_and_their_templates_have_every_column(world: World, kind: str) -> None:
    assert world.client("vanphong").get(f"/admin/import/{kind}").status_code == 403
    page, template = (world.client("quantri").get(f"/admin/import/{kind}{rest}") for rest in ("", "/template.csv"))
    assert page.status_code == 200
    assert "Mã đơn vị" in template.text
    assert sent(world, kind, template.data.decode("utf-8-sig") + "\n").status_code in (303, 422)
