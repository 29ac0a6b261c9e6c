"""The admin's and the registrar's pages: who may, what happens, and that a refusal stores nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from innovations.core.clock import today
from innovations.core.rules.errors import Phrase
from innovations.exchange.report import report_from, report_of, stored_form
from innovations.exchange.rules.columns import UnknownColumn
from innovations.exchange.rules.plan import Plan, Remark
from innovations.exchange.rules.words import TwoUnits
from innovations.extensions import db
from innovations.people.models import Grant, Person, Unit
from innovations.people.queries import account_with
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level
from innovations.people.services.signing_in import sign_in
from innovations.proposals.models import ImportBatch, Proposal
from innovations.regulations.models import Campaign, FieldOfWork, SpecialDay
from innovations.regulations.queries import working_calendar
from tests.world import World

REGISTRAR_PAGES = ("register", "campaigns", "campaigns/new", "fields", "days")
ADMIN_PAGES = ("units", "units/new", "people", "people/new")
GOOD = "title,year\nGiá treo dụng cụ,2020\n"
BAD = "title,year\nGiá treo dụng cụ,năm ngoái\n"


def upload(world: World, text: str, *, unit: str = "T1A", by: str = "vanphong", path: str = "/admin/register"):  # noqa: ANN201
    data = {"unit_id": world.staff.units[unit], "file": (BytesIO(text.encode()), "so.csv")}
    return world.client(by).post(path, data=data, content_type="multipart/form-data", follow_redirects=True)


@pytest.mark.parametrize(
    ("number", "pages", "status"),
    [
        ("vanphong", ("", *REGISTRAR_PAGES), 200),
        ("quantri", ("", *ADMIN_PAGES), 200),
        ("vanphong", ADMIN_PAGES, 403),
        ("quantri", REGISTRAR_PAGES, 403),
        ("docgia", ("", *REGISTRAR_PAGES, *ADMIN_PAGES), 403),
    ],
)
def test_each_role_opens_its_own_pages(world: World, number: str, pages: tuple[str, ...], status: int) -> None:
    client = world.client(number)
    assert {page: client.get(f"/admin/{page}").status_code for page in pages} == dict.fromkeys(pages, status)


def test_a_registrar_imports_a_register_and_sees_what_became_of_it(world: World) -> None:
    answer = upload(world, GOOD)
    assert answer.status_code == 200
    assert "Đã nhập sổ." in answer.text
    assert db.session.query(Proposal).one().title == "Giá treo dụng cụ"
    assert "1 thêm mới" in world.client("vanphong").get("/admin/register").text
    batch = db.session.query(ImportBatch).one()
    assert world.client("demo26").get(f"/admin/register/{batch.id}").status_code == 404


def test_the_report_of_an_import_is_read_in_each_readers_language_whoever_ran_it(world: World) -> None:
    upload(world, "title,year,mood\nGiá treo dụng cụ,2020,tốt\n")
    batch = db.session.query(ImportBatch).one()
    address = f"/admin/register/{batch.id}"
    assert batch.report["warnings"]
    assert "message" not in batch.report["warnings"][0]
    reader = world.client("vanphong")
    vietnamese = reader.get(address).text
    reader.post("/locale", data={"locale": "en", "next": "/"})
    english = reader.get(address).text
    assert "Không rõ cột “mood”" in vietnamese
    assert "mood" in english
    assert "Không rõ cột" not in english


def test_a_stored_report_says_what_the_import_said(world: World) -> None:
    day, share = date(2026, 3, 10), Decimal("90.5")
    told = TwoUnits(value=Phrase("Cơ sở"), count=2, codes=[day, share, Level.BASE, UnknownColumn(header="mood"), "T9", 3])
    plan = Plan(rows=1, errors=[Remark(7, "unit", told)])
    with world.app.test_request_context():
        assert report_from(json.loads(json.dumps(stored_form(plan)))) == report_of(plan)


def test_a_register_with_faults_shows_row_and_column_and_stores_nothing(world: World) -> None:
    answer = upload(world, BAD)
    assert answer.status_code == 422
    assert re.search(r'<td class="num">2</td><td>year</td><td>[^<]*năm ngoái', answer.text)
    assert db.session.query(Proposal).count() == db.session.query(ImportBatch).count() == 0


def test_checking_a_register_stores_nothing(world: World) -> None:
    answer = upload(world, GOOD, path="/admin/register/check")
    assert answer.status_code == 200
    assert "Sổ không có lỗi" in answer.text
    assert db.session.query(Proposal).count() == 0


def test_a_registrar_cannot_import_for_another_unit(world: World) -> None:
    assert upload(world, GOOD, unit="T2B").status_code == 422
    assert db.session.query(Proposal).count() == 0


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_template_comes_back_without_a_fault(world: World, file_format: str) -> None:
    template = world.client("vanphong").get(f"/admin/register/template.{file_format}")
    data = {"unit_id": world.staff.units["T1A"], "file": (BytesIO(template.data), f"so.{file_format}")}
    checked = world.client("vanphong").post("/admin/register/check", data=data, content_type="multipart/form-data")
    assert "Không có gì để lưu" in checked.text


def test_an_admin_adds_a_unit_changes_and_closes_it(world: World) -> None:
    client = world.client("quantri")
    values = {"parent": world.staff.units["T1A"], "code": "d8", "name": "Tiểu đoàn 8", "level": "subunit", "kind": "battalion"}
    assert client.post("/admin/units/new", data=values).status_code == 303
    unit = db.session.query(Unit).filter_by(code="D8").one()
    assert unit.parent_id == world.staff.units["T1A"]
    client.post(f"/admin/units/{unit.id}", data={**values, "name": "Tiểu đoàn 8 (mới)"})
    client.post(f"/admin/units/{unit.id}/move", data={"parent_id": world.staff.units["T2B"]})
    client.post(f"/admin/units/{unit.id}/close")
    db.session.expire_all()
    unit = db.session.get_one(Unit, unit.id)
    assert (unit.name, unit.parent_id, unit.active) == ("Tiểu đoàn 8 (mới)", world.staff.units["T2B"], False)


def test_a_code_in_use_is_refused_beside_its_field(world: World) -> None:
    before = db.session.query(Unit).count()
    values = {"parent": world.staff.units["T1A"], "code": "T2B", "name": "Tiểu đoàn 8", "level": "subunit", "kind": ""}
    answer = world.client("quantri").post("/admin/units/new", data=values)
    assert answer.status_code == 422
    assert "đã được đơn vị khác dùng" in answer.text
    assert db.session.query(Unit).count() == before


def _person(world: World, **changes: object) -> dict[str, object]:
    unit = world.staff.units["D5"]
    return {"service_number": "qn88", "full_name": "Lê Văn Tám", "category": "officer", "unit_id": unit, **changes}


def test_a_new_person_gets_a_password_that_is_shown_once_and_works(world: World) -> None:
    client = world.client("quantri")
    answer = client.post("/admin/people/new", data=_person(world))
    assert answer.status_code == 200
    password = re.search(r"<dd>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</dd>", answer.text)
    assert password
    assert sign_in("qn88", password[1], address="127.0.0.1")
    assert password[1] not in client.get("/admin/people?q=qn88").text
    assert "Lê Văn Tám" in client.get("/admin/people?q=qn88").text


def test_a_service_number_in_use_is_refused(world: World) -> None:
    before = db.session.query(Person).count()
    answer = world.client("quantri").post("/admin/people/new", data=_person(world, service_number="docgia"))
    assert answer.status_code == 422
    assert "đã có tài khoản" in answer.text
    assert db.session.query(Person).count() == before


def test_a_role_is_given_and_ended(world: World) -> None:
    client, person = world.client("quantri"), world.staff.people["docgia"]
    role = {"role": "receiver", "unit_id": world.staff.units["T2B"], "from_on": "2026-01-01"}
    client.post(f"/admin/people/{person}/grants", data=role)
    grant = db.session.query(Grant).filter_by(person_id=person).one()
    assert grant.role is Role.RECEIVER
    client.post(f"/admin/people/{person}/grants/{grant.id}/end")
    db.session.expire_all()
    assert db.session.get_one(Grant, grant.id).ended_at is not None


def test_nobody_gives_a_role_to_themselves(world: World) -> None:
    person, before = world.staff.people["quantri"], db.session.query(Grant).count()
    role = {"role": "decider", "unit_id": world.staff.units["T2B"], "from_on": "2026-01-01"}
    answer = world.client("quantri").post(f"/admin/people/{person}/grants", data=role)
    assert answer.status_code == 403
    assert "không được tự cấp" in answer.text
    assert db.session.query(Grant).count() == before


def test_closing_an_account_ends_its_sign_ins(world: World) -> None:
    reader, account = world.client("docgia"), account_with("docgia")
    assert account is not None
    account_id, person_id = account.id, account.person_id
    world.client("quantri").post(f"/admin/people/{person_id}/accounts/{account_id}/close")
    assert reader.get("/library/").status_code in (302, 303)


def test_a_registrar_opens_and_closes_a_campaign(world: World) -> None:
    client, before = world.client("vanphong"), db.session.query(Campaign).first()
    assert before is not None
    values = {
        "name": "Đợt hai", "year": 2026, "unit_id": world.staff.units["T1A"], "opens_on": "2026-06-01",
        "rule_set_id": before.rule_set_id, "criteria_set_id": before.criteria_set_id,
    }  # fmt: skip
    assert client.post("/admin/campaigns/new", data=values).status_code == 303
    made = db.session.query(Campaign).filter_by(name="Đợt hai").one()
    reversed_period = client.post(f"/admin/campaigns/{made.id}", data={**values, "closes_on": "2026-05-01"})
    assert reversed_period.status_code == 422
    assert "trước ngày mở" in reversed_period.text
    client.post(f"/admin/campaigns/{made.id}", data={**values, "closes_on": "2026-12-31"})
    db.session.expire_all()
    assert db.session.get_one(Campaign, made.id).closes_on == date(2026, 12, 31)
    assert world.client("demo26").get(f"/admin/campaigns/{made.id}").status_code == 404


def test_fields_are_added_and_closed_but_other_stays(world: World) -> None:
    client = world.client("vanphong")
    client.post("/admin/fields", data={"name": "Thông tin liên lạc"})
    added = db.session.query(FieldOfWork).filter_by(name="Thông tin liên lạc").one()
    client.post(f"/admin/fields/{added.id}", data={"name": "Thông tin liên lạc"})
    other = db.session.query(FieldOfWork).filter_by(code="other").one()
    refused = client.post(f"/admin/fields/{other.id}", data={"name": "Khác"})
    assert refused.status_code == 409
    db.session.expire_all()
    assert (db.session.get_one(FieldOfWork, added.id).active, db.session.get_one(FieldOfWork, other.id).active) == (False, True)


def test_a_holiday_is_no_working_day_until_it_is_taken_out(world: World) -> None:
    client, day = world.client("vanphong"), date(2026, 9, 2)
    client.post("/admin/days", data={"on": "2026-09-02", "name": "Quốc khánh"})
    assert not working_calendar().is_working(day)
    client.post("/admin/days/2026-09-02/remove")
    db.session.expire_all()
    assert db.session.get(SpecialDay, day) is None


def deputy_sent(world: World, number: str, away_from: str = "2026-01-05", away_to: str = "") -> tuple[int, Any]:
    """The admin names who stands in for the receiver; returns the grant and the answer."""
    person = world.staff.people["tiepnhan"]
    grant = db.session.query(Grant).filter_by(person_id=person, role=Role.RECEIVER).one()
    data = {
        f"grant{grant.id}-deputy_number": number,
        f"grant{grant.id}-away_from": away_from,
        f"grant{grant.id}-away_to": away_to,
    }
    answer = world.client("quantri").post(f"/admin/people/{person}/grants/{grant.id}/deputy", data=data)
    db.session.expire_all()
    return grant.id, answer


def test_a_deputy_holds_the_role_while_the_holder_is_away(world: World) -> None:
    code = world.submitted()
    assert world.client("docgia").get(f"/proposals/{code}/check").status_code == 404
    _grant, answer = deputy_sent(world, "docgia", today().isoformat())
    assert answer.status_code == 303
    assert world.client("docgia").get(f"/proposals/{code}/check").status_code == 200
    deputy_sent(world, "")
    assert world.client("docgia").get(f"/proposals/{code}/check").status_code == 404


@pytest.mark.parametrize(
    ("number", "away_from", "away_to", "sentence"),
    [
        ("khongai", "2026-01-05", "", "Không có tài khoản mang số hiệu “khongai”"),
        ("tiepnhan", "2026-01-05", "", "Người thay phải là người khác"),
        ("docgia", "", "", "Nhập ngày bắt đầu vắng mặt."),
        ("docgia", "2026-01-05", "2026-01-04", "xin sửa lại thời hạn"),
    ],
)
def test_a_deputy_that_cannot_be_is_refused(world: World, number: str, away_from: str, away_to: str, sentence: str) -> None:
    grant_id, answer = deputy_sent(world, number, away_from, away_to)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{number}"' in answer.text
    assert db.session.get_one(Grant, grant_id).deputy_id is None


def test_the_head_of_a_unit_is_named_by_service_number(world: World) -> None:
    client, unit_id = world.client("quantri"), world.staff.units["D6"]
    values = {"code": "D6", "name": "Tiểu đoàn 6", "short_name": "", "level": "subunit", "kind": "", "place": ""}
    refused = client.post(f"/admin/units/{unit_id}", data={**values, "head_number": "khongai"})
    assert refused.status_code == 422
    assert "Không có tài khoản mang số hiệu" in refused.text
    assert client.post(f"/admin/units/{unit_id}", data={**values, "head_number": "docgia"}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Unit, unit_id).head_id == world.staff.people["docgia"]
    assert 'value="docgia"' in client.get(f"/admin/units/{unit_id}").text


def test_records_with_the_same_name_and_no_other_year_of_birth_are_offered_for_linking(world: World) -> None:
    client = world.client("quantri")
    for number, born in (("qn1", "1990-05-01"), ("qn2", "1990-11-02"), ("qn3", "1985-01-01")):
        client.post("/admin/people/new", data=_person(world, service_number=number, born_on=born))
    ids = [account_with(number).person_id for number in ("qn1", "qn2", "qn3")]  # type: ignore[union-attr]
    page = client.get(f"/admin/people/{ids[0]}").text
    assert f"Số hồ sơ: {ids[1]}" in page
    assert f"Số hồ sơ: {ids[2]}" not in page
