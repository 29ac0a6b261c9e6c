"""An adopted improvement in use: start, reports, confirmed results, end, and what counts as an adoption (domain §3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from innovations.core.clock import at, today
from innovations.core.rules.errors import DomainError
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.index_part import adoption_counts
from innovations.library.models import Adoption
from innovations.library.rules import refusals
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning
from innovations.proposals.loading import proposal_at
from innovations.search.models import IndexJob
from tests.adoption_world import LINE, agreed, ask, in_use, state_of, stored, told, waiting
from tests.recognised import index, recognise
from tests.world import World


def test_a_new_report_needs_a_new_confirmation(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    donvi = world.actor("donvi")
    following_up.report_results(donvi, adoption_id, result="Tốt.", lines=[LINE])
    following_up.confirm_benefits(donvi, adoption_id)
    following_up.report_results(donvi, adoption_id, result="Đo lại sau một năm.", lines=[LINE])
    assert db.session.get_one(Adoption, adoption_id).confirmed_at is None


@pytest.mark.parametrize("act", ["start", "report", "confirm", "stop"])
def test_the_owner_does_not_act_for_the_adopting_unit(world: World, act: str) -> None:
    code = recognise(world)
    adoption_id = agreed(world, code) if act == "start" else in_use(world, code)
    chihuy = world.actor("chihuy")
    acts = {
        "start": lambda: adopting.start_use(chihuy, adoption_id, Beginning("Kho", "An", today())),
        "report": lambda: following_up.report_results(chihuy, adoption_id, result="Tốt.", lines=[]),
        "confirm": lambda: following_up.confirm_benefits(chihuy, adoption_id),
        "stop": lambda: adopting.stop_use(chihuy, adoption_id, to_on=today(), reason="Không dùng nữa từ nay"),
    }
    before = stored()
    with pytest.raises(refusals.NotAdoptersCommander):
        acts[act]()
    assert stored() == before


@pytest.mark.parametrize(
    ("beginning", "field"),
    [
        (Beginning("", "An", date(2026, 1, 5)), "place"),
        (Beginning("Kho", "", date(2026, 1, 5)), "responsible"),
        (Beginning("Kho", "An", date(2100, 1, 5)), "from_on"),
    ],
)
def test_a_start_needs_place_person_and_a_day_that_has_come(world: World, beginning: Beginning, field: str) -> None:
    adoption_id = agreed(world, recognise(world))
    with pytest.raises(DomainError) as refused:
        adopting.start_use(world.actor("donvi"), adoption_id, beginning)
    assert refused.value.field == field
    assert state_of(adoption_id) == "agreed"


def test_a_use_cannot_end_before_it_began(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    with pytest.raises(refusals.StopBeforeStart):
        adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today() - timedelta(days=1), reason="Không dùng nữa từ nay")
    assert state_of(adoption_id) == "in_use"


def test_nothing_measured_is_nothing_to_confirm(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    with pytest.raises(refusals.NothingMeasured):
        following_up.confirm_benefits(world.actor("donvi"), adoption_id)


def test_only_other_units_now_using_it_count_as_adoptions(world: World) -> None:
    code = recognise(world)
    proposal_id = proposal_at(code).id
    first = ask(world, code, "chihuy", "T1A", AdoptionKind.FIRST)
    adopting.start_use(world.actor("chihuy"), first, Beginning("Kho 1", "An", today()))
    assert adoption_counts([proposal_id]) == {}
    agreed(world, code, "demo33", "TT")
    using = in_use(world, code)
    in_use(world, code, "demo30", "L3C")
    assert adoption_counts([proposal_id]) == {proposal_id: 2}
    adopting.stop_use(world.actor("donvi"), using, to_on=today(), reason="Thay bằng thiết bị mới hơn")
    assert adoption_counts([proposal_id]) == {proposal_id: 1}


def test_a_change_of_the_count_asks_for_indexing(world: World) -> None:
    code = recognise(world)
    adoption_id = agreed(world, code)
    index(world)
    adopting.start_use(world.actor("donvi"), adoption_id, Beginning("Kho", "An", today()))
    jobs = set(db.session.scalars(select(IndexJob.document_id)))
    assert jobs == {proposal_at(code).id}


def test_results_are_asked_for_after_six_and_twelve_months_and_a_report_answers(world: World) -> None:
    adoption_id = in_use(world, recognise(world), since=date(2025, 1, 6))
    assert [each.due_on for each in following_up.due_follow_ups(date(2025, 7, 4))] == []
    assert [each.due_on for each in following_up.due_follow_ups(date(2025, 7, 7))] == [date(2025, 7, 7)]
    with atomic() as session:
        session.get_one(Adoption, adoption_id).reported_on = date(2025, 7, 1)
    assert following_up.due_follow_ups(date(2025, 12, 31)) == []
    assert [each.due_on for each in following_up.due_follow_ups(date(2026, 1, 6))] == [date(2026, 1, 6)]


def test_a_due_report_is_asked_for_once(world: World) -> None:
    adoption_id = in_use(world, recognise(world), since=date(2025, 1, 6))
    with at(datetime.now(UTC) + timedelta(seconds=1)):
        assert following_up.remind_follow_ups() == 1
        assert following_up.remind_follow_ups() == 0
    assert told(adoption_id, "follow_up") == {world.staff.people["donvi"]}
    groups = {each.group for each in waiting(world, "donvi")}
    assert groups == {"Đến kỳ báo cáo kết quả áp dụng"}
