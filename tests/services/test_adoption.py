"""Another unit takes an improvement over: who may do what, when, and what is stored and told (domain §3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from innovations.audit.models import AuditEvent
from innovations.core.clock import at, now, today
from innovations.core.rules.errors import DomainError, NotVisible
from innovations.core.transactions import atomic
from innovations.core.waiting import Waiting
from innovations.extensions import db
from innovations.library import inbox
from innovations.library.index_part import adoption_counts
from innovations.library.models import Adoption, AdoptionStep
from innovations.library.rules import adoptions as rules
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning, Request
from innovations.notifications.models import Notice
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import BenefitKind, Handling, ReasonsMissing
from innovations.search.models import IndexJob
from tests.recognised import index, recognise
from tests.world import World

PURPOSE = "Dùng cho tổ trực của hai kho trong trung đoàn."
LINE = {
    "kind": BenefitKind.TIME,
    "label": "Một lần kiểm tra",
    "before": Decimal(40),
    "after": Decimal(12),
    "measure": "phút",
    "money_per_year": None,
}


def ask(world: World, code: str, by: str = "donvi", unit: str = "T2B", kind: AdoptionKind = AdoptionKind.REPLICATION) -> int:
    return adopting.request_adoption(world.actor(by), code, Request(world.staff.units[unit], kind, PURPOSE))


def agreed(world: World, code: str, by: str = "donvi", unit: str = "T2B") -> int:
    adoption_id = ask(world, code, by, unit)
    adopting.agree(world.actor("chihuy"), adoption_id)
    return adoption_id


def in_use(world: World, code: str, by: str = "donvi", unit: str = "T2B", since: date | None = None) -> int:
    adoption_id = agreed(world, code, by, unit)
    beginning = Beginning("Kho 2", "Võ Thành Nghĩa", since or today())
    adopting.start_use(world.actor(by), adoption_id, beginning)
    return adoption_id


def stored() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) for table in (Adoption, AdoptionStep, AuditEvent, Notice)
    )


def state_of(adoption_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Adoption, adoption_id).state


def told(adoption_id: int, kind: str) -> set[int]:
    chosen = select(Notice.person_id).where(Notice.subject_kind == "adoption", Notice.subject_id == adoption_id)
    return set(db.session.scalars(chosen.where(Notice.kind == f"library.adoption_{kind}")))


def waiting(world: World, number: str) -> list[Waiting]:
    with world.app.test_request_context():
        return inbox.waiting(world.actor(number))


def test_a_request_waits_for_the_owners_commander_and_the_author_is_told(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code)
    people = world.staff.people
    assert state_of(adoption_id) == "requested"
    assert told(adoption_id, "requested") == {people["tacgia"], people["chihuy"]}
    assert [each.text for each in waiting(world, "chihuy")] == ["Bảng kiểm tra dụng cụ dùng chung cho tổ trực"]
    assert waiting(world, "donvi") == []


def test_the_whole_way_from_request_to_confirmed_benefits(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    following_up.report_results(world.actor("donvi"), adoption_id, result="Nhanh hơn rõ rệt.", lines=[LINE])
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    row = db.session.get_one(Adoption, adoption_id)
    assert (row.state, row.place, row.result) == ("in_use", "Kho 2", "Nhanh hơn rõ rệt.")
    assert row.confirmed_at is not None
    steps = db.session.scalars(
        select(AdoptionStep.action).where(AdoptionStep.adoption_id == adoption_id).order_by(AdoptionStep.id)
    )
    assert list(steps) == ["request", "agree", "start", "report", "confirm"]


def test_author_and_owner_hear_of_every_step(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    following_up.report_results(world.actor("donvi"), adoption_id, result="Tốt.", lines=[LINE])
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today(), reason="Thay bằng thiết bị mới hơn")
    people = world.staff.people
    for kind in ("started", "reported", "confirmed", "stopped"):
        assert told(adoption_id, kind) == {people["tacgia"], people["chihuy"]}, kind
    assert told(adoption_id, "agreed") == {people["tacgia"], people["donvi"]}


def test_a_new_report_needs_a_new_confirmation(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    donvi = world.actor("donvi")
    following_up.report_results(donvi, adoption_id, result="Tốt.", lines=[LINE])
    following_up.confirm_benefits(donvi, adoption_id)
    following_up.report_results(donvi, adoption_id, result="Đo lại sau một năm.", lines=[LINE])
    assert db.session.get_one(Adoption, adoption_id).confirmed_at is None


@pytest.mark.parametrize(
    ("by", "unit", "refusal", "sentence"),
    [
        ("docgia", "T2B", rules.NotAdoptersCommander, "chỉ huy đơn vị áp dụng"),
        ("donvi", "T1A", rules.NotAdoptersCommander, "chỉ huy đơn vị áp dụng"),
        ("chihuy", "T1A", rules.OwnUnit, "đang quản lý sáng kiến"),
    ],
)
def test_a_request_that_may_not_be_made_stores_nothing(
    world: World, by: str, unit: str, refusal: type[DomainError], sentence: str
) -> None:
    code = recognise(world)
    before = stored()
    with pytest.raises(refusal, match=sentence):
        ask(world, code, by, unit)
    assert stored() == before


def test_a_first_use_is_for_the_owner_alone_and_needs_no_answer(world: World) -> None:
    code = recognise(world)
    with pytest.raises(rules.NotTheOwner):
        ask(world, code, kind=AdoptionKind.FIRST)
    assert state_of(ask(world, code, "chihuy", "T1A", AdoptionKind.FIRST)) == "agreed"


def test_a_unit_has_one_running_adoption_of_an_improvement(world: World) -> None:
    code = recognise(world)
    ask(world, code)
    before = stored()
    with pytest.raises(rules.AlreadyRunning, match="Trung đoàn 2B đã có đề nghị"):
        ask(world, code)
    assert stored() == before


def test_the_database_too_refuses_a_second_running_adoption(world: World) -> None:
    code = recognise(world)
    first = db.session.get_one(Adoption, ask(world, code))
    second = Adoption(
        proposal_id=first.proposal_id,
        unit_id=first.unit_id,
        requested_at=now(),
        requested_by_id=first.requested_by_id,
        state="in_use",
    )
    with pytest.raises(IntegrityError), atomic() as session:
        session.add(second)


def test_after_a_refusal_the_unit_may_ask_again(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code)
    adopting.decline(world.actor("chihuy"), adoption_id, reason="Chưa có đủ mẫu để chuyển giao")
    assert state_of(adoption_id) == "declined"
    assert state_of(ask(world, code)) == "requested"


def test_declining_without_reasons_is_blocked(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    before = stored()
    with pytest.raises(ReasonsMissing):
        adopting.decline(world.actor("chihuy"), adoption_id, reason="không")
    assert (stored(), state_of(adoption_id)) == (before, "requested")


def test_only_the_owning_units_commander_answers(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    before = stored()
    for number in ("donvi", "tacgia", "vanphong"):
        with pytest.raises(rules.NotOwnersCommander):
            adopting.agree(world.actor(number), adoption_id)
    assert (stored(), state_of(adoption_id)) == (before, "requested")


def test_a_commander_who_is_an_author_leaves_the_answer_to_the_next_unit_up(world: World) -> None:
    code = recognise(world)
    with atomic() as session:
        proposal_id = proposal_at(code).id
        person = world.staff.people["chihuy"]
        session.add(Contribution(proposal_id=proposal_id, position=2, person_id=person, free_name="", share=None))
    adoption_id = ask(world, code)
    with pytest.raises(rules.AuthorMayNotHandle, match="chỉ huy cấp trên"):
        adopting.agree(world.actor("chihuy"), adoption_id)
    assert world.staff.people["demo35"] in told(adoption_id, "requested")
    assert waiting(world, "chihuy") == []
    adopting.agree(world.actor("demo35"), adoption_id)
    assert state_of(adoption_id) == "agreed"


def test_only_the_requesting_side_takes_a_request_back(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    with pytest.raises(rules.NotRequester):
        adopting.cancel(world.actor("chihuy"), adoption_id)
    assert state_of(adoption_id) == "requested"
    adopting.cancel(world.actor("donvi"), adoption_id)
    assert state_of(adoption_id) == "cancelled"


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
    with pytest.raises(rules.NotAdoptersCommander):
        acts[act]()
    assert stored() == before


def test_a_state_that_has_no_such_step_refuses_it(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    with pytest.raises(rules.AdoptionNotAllowed, match="Chờ trả lời"):
        adopting.start_use(world.actor("donvi"), adoption_id, Beginning("Kho", "An", today()))
    assert state_of(adoption_id) == "requested"


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
    with pytest.raises(rules.StopBeforeStart):
        adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today() - timedelta(days=1), reason="Không dùng nữa từ nay")
    assert state_of(adoption_id) == "in_use"


def test_nothing_measured_is_nothing_to_confirm(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    with pytest.raises(rules.NothingMeasured):
        following_up.confirm_benefits(world.actor("donvi"), adoption_id)


def test_an_improvement_the_reader_may_not_see_cannot_be_asked_for(world: World) -> None:
    code = recognise(world, handling=Handling.INTERNAL)
    with pytest.raises(NotVisible):
        ask(world, code)
    assert stored()[0] == 0


def test_an_adoption_of_others_does_not_exist_for_a_stranger(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    for number in ("docgia", "demo30", "quantri"):
        with pytest.raises(NotVisible):
            adopting.cancel(world.actor(number), adoption_id)


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
