"""Rule sets and criteria sets: who may change which, what a change reaches, and that a refusal stores nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.loading import proposal_at
from innovations.regulations.models import Campaign, CriteriaSetRow, RuleSetRow
from innovations.regulations.queries import standing_sets
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet
from tests.world import World

RULES, CRITERIA = "/admin/sets/rules/1", "/admin/sets/criteria/1"


def typed(page: str, action: str | None) -> dict[str, str]:
    """Every control of the page's form that is sent to ``action`` (``None``: to the page itself), as a browser would send it."""
    forms = BeautifulSoup(page, "html.parser").select("main form")
    form = next(each for each in forms if each.get("action") == action)
    values: dict[str, str] = {}
    for control in form.find_all(["input", "textarea"]):
        if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        values[control["name"]] = control.get("value", "") if control.name == "input" else control.text
    for control in form.find_all("select"):
        chosen = control.find("option", selected=True) or control.find("option")
        values[control["name"]] = chosen["value"]
    return values


def copied(world: World, path: str, name: str = "Bộ riêng của trung đoàn", by: str = "vanphong", unit: str = "T1A") -> str:
    """A unit's own copy; returns its page."""
    answer = world.client(by).post(f"{path}/copy", data={"name": name, "unit_id": world.staff.units[unit]})
    assert answer.status_code == 303
    return str(answer.location)


def changed(world: World, path: str, by: str = "vanphong", **values: str) -> Any:
    """Open the page, change some controls, send it."""
    client = world.client(by)
    data = typed(client.get(path).text, path) | {name.replace("__", "-"): value for name, value in values.items()}
    return client.post(path, data=data, follow_redirects=True)


def rules_at(path: str) -> RuleSet:
    db.session.expire_all()
    return RuleSet.from_json(db.session.get_one(RuleSetRow, int(path.split("/")[-1])).content)


def criteria_at(path: str) -> CriteriaSet:
    db.session.expire_all()
    return CriteriaSet.from_json(db.session.get_one(CriteriaSetRow, int(path.split("/")[-1])).content)


def test_a_registrar_copies_a_shipped_set_and_changes_the_copy(world: World) -> None:
    path = copied(world, RULES)
    answer = changed(world, path, quorum="3/4", formal_months="2", vote_mode="open")
    assert "Đã lưu bộ quy tắc." in answer.text
    rules = rules_at(path)
    assert (rules.quorum, rules.formal_months, rules.vote_mode) == (Fraction(3, 4), 2, "open")
    assert rules.legal_bases == rules_at(RULES).legal_bases
    assert rules_at(RULES).quorum == Fraction(2, 3)


def test_saving_a_set_unchanged_changes_nothing_of_it(world: World) -> None:
    rules_path, criteria_path = copied(world, RULES), copied(world, CRITERIA)
    rules, criteria = rules_at(rules_path), criteria_at(criteria_path)
    assert changed(world, rules_path).status_code == changed(world, criteria_path).status_code == 200
    assert rules_at(rules_path) == rules
    assert criteria_at(criteria_path) == criteria


def test_a_shipped_set_is_read_and_copied_but_never_changed(world: World) -> None:
    answer = changed(world, RULES, quorum="3/4")
    assert answer.status_code == 403
    assert rules_at(RULES).quorum == Fraction(2, 3)
    assert "Bộ dùng chung, không sửa được" in world.client("vanphong").get(RULES).text


def test_a_set_of_another_unit_does_not_exist(world: World) -> None:
    path = copied(world, RULES, by="demo26", unit="T2B")
    client = world.client("vanphong")
    assert client.get(path).status_code == client.post(path).status_code == client.post(f"{path}/copy").status_code == 404
    assert "Bộ riêng của trung đoàn" not in client.get("/admin/sets").text


def test_a_set_of_a_unit_above_is_read_but_not_changed(world: World) -> None:
    path = copied(world, RULES, by="demo36", unit="SM")
    assert changed(world, path, quorum="3/4").status_code == 403
    assert rules_at(path).quorum == Fraction(2, 3)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quorum": "hai phần ba"}, "không phải tỷ lệ"),
        ({"approval": "1/3"}, "Giá trị phải từ 1/2 đến 1."),
        ({"formal_months": "0"}, "Giá trị phải từ 1 đến 12."),
        ({"legal_bases__0__until": "01/01/1999"}, "Căn cứ pháp lý cần có nội dung"),
        ({"name": ""}, "Nhập tên bộ."),
        ({"name": "Quy chế mặc định"}, "Đã có bộ mang tên"),
    ],
)
def test_a_number_no_board_could_work_by_is_refused(world: World, values: dict[str, str], sentence: str) -> None:
    path = copied(world, RULES)
    before = rules_at(path)
    answer = changed(world, path, **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert rules_at(path) == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"criteria__0__maximum": "20"}, "phải đúng 100"),
        ({"criteria__0__bands": "Chỉ một mức"}, "5 mức mô tả"),
        ({"criteria__0__grade_floors": "Z 50 %"}, "loại “Z” không có trong bộ tiêu chí"),
        ({"criteria__0__grade_floors": "A"}, "“A” chưa đúng"),
        ({"pass_mark": "40"}, "Loại thấp nhất phải bắt đầu từ điểm đạt 40"),
        ({"grades__3__name": "A", "grades__3__minimum": "95"}, "“A” xuất hiện hai lần"),
    ],
)
def test_criteria_nobody_could_score_by_are_refused(world: World, values: dict[str, str], sentence: str) -> None:
    path = copied(world, CRITERIA)
    before = criteria_at(path)
    answer = changed(world, path, **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert criteria_at(path) == before


def test_a_criterion_is_added_and_another_left_out(world: World) -> None:
    path = copied(world, CRITERIA)
    bands = "Một\nHai\nBa\nBốn\nNăm"
    new = {"criteria__5__name": "Tính an toàn", "criteria__5__maximum": "5", "criteria__5__bands": bands}
    assert changed(world, path, criteria__4__name="", **new).status_code == 200
    criteria = criteria_at(path).criteria
    assert [each.code for each in criteria] == ["novelty", "effect", "replicability", "economy", "tinh_an_toan"]
    assert criteria[-1].maximum == Decimal(5)


def test_a_save_over_somebody_elses_save_is_refused_with_what_was_typed(world: World) -> None:
    path, client = copied(world, RULES), world.client("vanphong")
    mine = typed(client.get(path).text, path) | {"formal_months": "3"}
    changed(world, path, formal_months="2")
    answer = client.post(path, data=mine)
    assert answer.status_code == 409
    assert "Có người đã lưu bộ này" in answer.text
    assert 'value="3"' in answer.text
    assert rules_at(path).formal_months == 2


def test_a_review_that_started_keeps_the_rules_it_froze(world: World) -> None:
    path = copied(world, RULES)
    campaign = db.session.scalars(select(Campaign).where(Campaign.unit_id == world.staff.units["T1A"])).first()
    assert campaign
    data = typed(world.client("vanphong").get(f"/admin/campaigns/{campaign.id}").text, None)
    data["rule_set_id"] = path.split("/")[-1]
    assert world.client("vanphong").post(f"/admin/campaigns/{campaign.id}", data=data).status_code == 303
    started = world.draft()
    changed(world, path, formal_months="2")
    later = world.draft()
    frozen = [RuleSet.from_json(proposal_at(each).reviews[0].rules).formal_months for each in (started, later)]  # type: ignore[union-attr]
    assert frozen == [1, 2]


def test_a_campaign_cannot_name_a_set_of_another_unit(world: World) -> None:
    path = copied(world, RULES, by="demo26", unit="T2B")
    campaign = db.session.scalars(select(Campaign).where(Campaign.unit_id == world.staff.units["T1A"])).first()
    assert campaign
    client, chosen = world.client("vanphong"), campaign.rule_set_id
    data = typed(client.get(f"/admin/campaigns/{campaign.id}").text, None) | {"rule_set_id": path.split("/")[-1]}
    assert client.post(f"/admin/campaigns/{campaign.id}", data=data).status_code == 422
    db.session.expire_all()
    assert campaign.rule_set_id == chosen


def test_without_a_campaign_a_units_own_set_in_use_wins_over_the_shipped_one(world: World) -> None:
    path = copied(world, RULES, by="demo36", unit="SM")
    changed(world, path, by="demo36", active="y", formal_months="4")
    paths = {code: path for code, path in db.session.execute(select(Unit.code, Unit.path))}
    assert standing_sets(paths["T1A"], today()).rules.formal_months == 4  # below the division
    assert standing_sets(paths["L3C"], today()).rules.formal_months == 1  # elsewhere


def test_copying_and_changing_are_told_in_the_log(world: World) -> None:
    changed(world, copied(world, CRITERIA), pass_mark="50")
    tags = db.session.scalars(
        select(AuditEvent.tag).where(AuditEvent.tag.startswith("regulations.criteria")).order_by(AuditEvent.id)
    )
    assert list(tags) == ["regulations.criteria_set_created", "regulations.criteria_set_changed"]
