"""Danh mục sáng kiến đề nghị nhân rộng: recommended is what a decision on scope or another unit's use speaks for, and what may circulate."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.library.services import adopting, following_up
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.proposals.services import quarantine
from innovations.reports.replication import replication_paper
from tests.adoption_world import LINE, agreed, in_use
from tests.recognised import recognise
from tests.world import World

SCOPE = "Toàn sư đoàn"


def read(pdf: bytes) -> str:
    """All the text on one line."""
    return " ".join(" ".join(pages_of(BytesIO(pdf))).split()).replace("- ", "-").replace("/ ", "/")


def listed(world: World, by: str = "vanphong", **asked: object) -> str:
    answer = world.client(by).get("/reports/replication.pdf", query_string={"unit": world.staff.units["T1A"], **asked})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return read(answer.data)


def scoped(world: World, code: str) -> None:
    """The division decides that its effect reaches farther."""
    with atomic() as session:
        proposal = proposal_at(code)
        assert proposal is not None
        decision = Decision(
            unit_id=world.staff.units["SM"], recorded_at=now(), kind=DecisionKind.SCOPE.value, number="77/QĐ-M", decided_on=today(), year=today().year,
            signer_name="Lê Thế Vững", signer_position="Sư đoàn trưởng",
        )  # fmt: skip
        session.add(decision)
        session.flush()
        session.add(
            DecisionLine(
                decision_id=decision.id, review_id=proposal.reviews[-1].id, kind=DecisionKind.SCOPE.value, scope=SCOPE,
                revision_id=proposal.reviews[-1].revision_id,
            )
        )  # fmt: skip


def test_an_improvement_used_elsewhere_is_recommended_with_users_and_confirmed_effects(world: World) -> None:
    code = recognise(world, title="Bảng kiểm tra dụng cụ cho tổ trực")
    adoption_id = in_use(world, code)
    following_up.report_results(
        world.actor("donvi"), adoption_id, result="Nhanh hơn.", lines=[{**LINE, "money_per_year": 1_250_000}]
    )
    assert "Chưa có số đo được xác nhận" in listed(world)
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    text = listed(world)
    proposal = proposal_at(code)
    assert proposal is not None
    author = proposal.contributions[0]
    assert author.person is not None
    expected = [
        "DANH MỤC", "Số: ………/DM", "đề nghị nhân rộng 01 sáng kiến", proposal.title, code, f"{author.rank} {author.person.full_name}",
        "loại B", "01 đơn vị khác đang áp dụng: Trung đoàn 2B", "Trung đoàn 2B: Một lần kiểm tra: trước 40 phút, sau 12 phút; làm lợi 1.250.000 đồng/năm",
        f"tính đến ngày {today():%d/%m/%Y}", "THỦ TRƯỞNG ĐƠN VỊ",
    ]  # fmt: skip
    assert [each for each in expected if each not in text] == []


def test_a_decision_on_scope_recommends_without_any_use(world: World) -> None:
    code = recognise(world)
    assert code not in listed(world)
    scoped(world, code)
    text = listed(world)
    assert code in text
    assert f"Phạm vi được công nhận (Sư đoàn M): {SCOPE}" in text


def test_what_is_agreed_only_or_no_longer_used_is_not_recommended(world: World) -> None:
    first, second = recognise(world, title="Giá để mũ gấp gọn"), recognise(world, title="Bàn gá khuôn tháo nhanh")
    agreed(world, first)
    adoption_id = in_use(world, second)
    assert second in listed(world)
    adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today(), reason="Đã thay bằng mẫu khác.")
    text = listed(world)
    assert (first in text, second in text, "đề nghị nhân rộng 00 sáng kiến" in text) == (False, False, True)


def test_what_circulates_inside_the_unit_or_is_under_quarantine_is_not_in_a_list_for_others(world: World) -> None:
    inside, hidden = recognise(world, title="Giá để mũ gấp gọn"), recognise(world, title="Bàn gá khuôn tháo nhanh")
    scoped(world, inside)
    in_use(world, hidden)
    with atomic():
        proposal = proposal_at(inside)
        assert proposal is not None
        proposal.handling = Handling.INTERNAL
    quarantine.hide(world.actor("baomat"), hidden, reason="Có người báo.")
    text = listed(world)
    assert (inside in text, hidden in text) == (False, False)


def test_a_list_too_long_for_a_paper_says_how_many_are_left(world: World) -> None:
    for title, on in (("Giá để mũ gấp gọn", date(2024, 3, 1)), ("Bàn gá khuôn tháo nhanh", date(2025, 3, 1))):
        in_use(world, recognise(world, title=title, on=on))
    with world.app.test_request_context():
        pdf = replication_paper(world.actor("vanphong"), world.staff.units["T1A"], most=1).content
    text = read(pdf)
    assert ("Bàn gá khuôn tháo nhanh" in text, "Giá để mũ gấp gọn" in text) == (True, False)
    assert "Còn 1 sáng kiến khác được công nhận trước đó" in text


def test_a_year_narrows_the_list_to_what_was_recognised_then(world: World) -> None:
    code = recognise(world)
    in_use(world, code)
    assert (code in listed(world, year=2025), code in listed(world, year=2024), code in listed(world, year="")) == (
        True,
        False,
        True,
    )
    assert "công nhận năm 2025" in listed(world, year=2025)


@pytest.mark.parametrize(
    ("number", "status"),
    [("vanphong", 200), ("chihuy", 200), ("donvi", 404), ("docgia", 403), ("kiemtra", 403), ("quantri", 403)],
)
def test_the_list_is_for_those_who_keep_the_units_register(world: World, number: str, status: int) -> None:
    answer = world.client(number).get(f"/reports/replication.pdf?unit={world.staff.units['T1A']}")
    assert answer.status_code == status


def test_the_list_is_recorded_as_a_copy_that_left_and_offered_on_the_page(world: World) -> None:
    counted = select(func.count()).where(AuditEvent.tag == "library.exported")
    before = db.session.scalar(counted) or 0
    db.session.rollback()
    listed(world)
    assert db.session.scalar(counted) == before + 1
    assert "/reports/replication.pdf" in world.client("vanphong").get("/reports/").text
    assert "/reports/replication.pdf" not in world.client("docgia").get("/reports/").text
