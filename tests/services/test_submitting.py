"""Submitting, the commander's look, fixing, withdrawing (domain §5), through the use cases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from innovations import search
from innovations.audit.models import AuditEvent
from innovations.core.clock import at
from innovations.core.rules.errors import Forbidden, NotVisible, Several, StateForbids
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Revision
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services import checking, drafting, submitting
from innovations.proposals.services.submitting import NotDeclaredAgain
from tests.world import World

ALL_OK = {item: FormalAnswer(True) for item in FormalItem}


def state_of(code: str) -> State:
    db.session.rollback()
    proposal = proposal_at(code)
    assert proposal is not None
    return proposal.reviews[-1].state


def test_a_first_submit_gives_code_receipt_and_promised_dates(world: World) -> None:
    with at(datetime(2026, 1, 31, 3, tzinfo=UTC)):
        code = world.submitted()
    proposal = proposal_at(code)
    assert proposal is not None
    review = proposal.reviews[-1]
    assert code == "SK-T1A-2026-0001"
    assert (review.state, review.receipt_number, review.receipt_year) == (State.SUBMITTED, 1, 2026)
    # Case 9: 31/01 + 1 month = 28/02/2026, a Saturday, so the next working day.
    assert review.promised_formal_on == date(2026, 3, 2)
    assert review.promised_result_on == date(2026, 6, 2)


def test_numbers_have_no_gap_when_a_submit_is_refused_in_between(world: World) -> None:
    first = world.submitted()
    incomplete = world.draft(title="ngắn")
    with pytest.raises(Several):
        submitting.submit(world.actor("tacgia"), incomplete, nothing_secret=True)
    second = world.submitted()
    assert (first[-4:], second[-4:]) == ("0001", "0002")


def test_a_refused_submit_tells_everything_missing_at_once_and_stores_nothing(world: World) -> None:
    address = drafting.create_draft(world.actor("tacgia"), nothing_secret=True)
    events = db.session.scalar(select(func.count()).select_from(AuditEvent))
    with pytest.raises(Several) as refused:
        submitting.submit(world.actor("tacgia"), address, nothing_secret=True)
    fields = {error.field for error in refused.value.errors}
    assert {"title", "situation", "content", "novelty", "solution_types", "field"} <= fields
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == events
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 0


def test_a_submit_needs_the_declaration_again(world: World) -> None:
    address = world.draft()
    with pytest.raises(submitting.NotDeclaredAgain):
        submitting.submit(world.actor("tacgia"), address, nothing_secret=False)
    assert state_of(address) is State.DRAFT


def test_the_receivers_are_told_and_strangers_do_not_see_it(world: World) -> None:
    code = world.submitted()
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == "proposal.new_in_queue")))
    assert told == {world.staff.people["tiepnhan"]}
    with pytest.raises(NotVisible):
        checking.accept(world.actor("docgia"), code, ALL_OK)


def test_what_an_author_saves_is_found_by_its_new_title(world: World) -> None:
    address = world.draft()
    version = proposal_at(address).version  # type: ignore[union-attr]
    drafting.save_text(world.actor("tacgia"), address, version, {"title": "Thùng ươm hạt giống quay tay"})
    while search.drain_once().get("jobs"):
        pass
    found = search.engine().search(search.parse("ươm hạt giống"), reader_tokens(world.actor("tacgia")))
    assert [hit.code for hit in found.hits] == [address]
    assert not search.engine().search(search.parse("ươm hạt giống"), reader_tokens(world.actor("vanphong"))).hits


def test_a_reader_may_not_submit_anothers_draft(world: World) -> None:
    address = world.draft()
    with pytest.raises(NotVisible):
        submitting.submit(world.actor("tacgia2"), address, nothing_secret=True)


def test_accepting_needs_all_eight_items(world: World) -> None:
    code = world.submitted()
    answers = {**ALL_OK, FormalItem.SHARES: FormalAnswer(False, "thiếu xác nhận")}
    with pytest.raises(Several):
        checking.accept(world.actor("tiepnhan"), code, answers)
    assert state_of(code) is State.SUBMITTED


def test_defects_come_back_with_a_month_and_a_resubmit_keeps_the_receipt(world: World) -> None:
    with at(datetime(2026, 3, 2, 2, tzinfo=UTC)):
        code = world.submitted()
        answers = {**ALL_OK, FormalItem.EVIDENCE: FormalAnswer(False, "thiếu biên bản")}
        checking.ask_fix(world.actor("tiepnhan"), code, answers)
        proposal = proposal_at(code)
        assert proposal is not None
        assert proposal.reviews[-1].due_on == date(2026, 4, 2)
    with at(datetime(2026, 3, 10, 2, tzinfo=UTC)):
        submitting.resubmit(world.actor("tacgia"), code, nothing_secret=True)
    db.session.expire_all()
    review = proposal_at(code).reviews[-1]
    assert (review.state, review.receipt_number, review.due_on) == (State.SUBMITTED, 1, date(2026, 4, 10))
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 2


def test_a_refusal_without_reasons_is_blocked(world: World) -> None:  # case 11
    code = world.submitted()
    with pytest.raises(Exception, match="lý do"):
        checking.reject(world.actor("tiepnhan"), code, reason="  ")
    assert state_of(code) is State.SUBMITTED


def test_an_author_who_is_the_receiver_may_not_check_it(world: World) -> None:
    code = world.submitted(by="tiepnhan")
    with pytest.raises(Forbidden):
        checking.accept(world.actor("tiepnhan"), code, ALL_OK)


def test_a_withdrawn_proposal_takes_no_further_action(world: World) -> None:
    code = world.submitted()
    submitting.withdraw(world.actor("tacgia"), code)
    with pytest.raises(StateForbids):
        submitting.withdraw(world.actor("tacgia"), code)
    assert state_of(code) is State.WITHDRAWN


@pytest.mark.parametrize(("accepted", "told_of_it"), [(False, True), (True, False)])
def test_the_receiver_is_told_of_a_withdrawal_while_the_dossier_is_theirs(world: World, accepted: bool, told_of_it: bool) -> None:
    code = world.accepted() if accepted else world.submitted()
    before = len(told(code, "tiepnhan", world))
    submitting.withdraw(world.actor("tacgia"), code)
    assert state_of(code) is State.WITHDRAWN
    assert (len(told(code, "tiepnhan", world)) > before) is told_of_it


def test_a_trial_starts_the_three_months_anew(world: World) -> None:  # case 10
    with at(datetime(2026, 3, 2, 2, tzinfo=UTC)):
        code = world.accepted()
    review = proposal_at(code).reviews[-1]
    assert review.result_due_on == date(2026, 6, 2)


def told(code: str, who: str, world: World) -> list[str]:
    chosen = select(Notice.kind).where(Notice.person_id == world.staff.people[who]).order_by(Notice.id)
    return [kind for kind in db.session.scalars(chosen) if kind != NoticeKind.CO_AUTHOR_NAMED]


def test_under_unit_review_the_author_reads_of_the_commander_and_of_the_receipt_only_once_the_base_has_it(world: World) -> None:
    code = world.submitted("docgia")
    assert state_of(code) is State.UNIT_REVIEW
    assert told(code, "docgia", world) == [NoticeKind.SENT_TO_COMMANDER]
    proposal = proposal_at(code)
    assert proposal is not None
    assert proposal.reviews[-1].receipt_number is None
    db.session.rollback()
    submitting.endorse(world.actor("donvi"), code, nothing_secret=True)
    assert told(code, "docgia", world) == [NoticeKind.SENT_TO_COMMANDER, NoticeKind.SUBMITTED]


def test_what_the_commander_sent_back_keeps_its_code_and_gets_its_receipt_from_the_base(world: World) -> None:
    code = world.submitted("docgia")
    commander, author = world.actor("donvi"), world.actor("docgia")
    with pytest.raises(ReasonsMissing):
        submitting.send_back(commander, code, comment=" ")
    submitting.send_back(commander, code, comment="Ghi rõ số liệu trước khi áp dụng.")
    assert state_of(code) is State.DRAFT
    assert submitting.submit(author, code, nothing_secret=True) == code
    with pytest.raises(NotDeclaredAgain):
        submitting.endorse(commander, code, nothing_secret=False)
    assert state_of(code) is State.UNIT_REVIEW
    submitting.endorse(commander, code, nothing_secret=True, comment=" Đồng ý. ")
    proposal = proposal_at(code)
    assert proposal is not None
    review = proposal.reviews[-1]
    numbers = list(
        db.session.scalars(select(Revision.number).where(Revision.proposal_id == proposal.id).order_by(Revision.number))
    )
    assert (review.state, review.receipt_number, numbers) == (State.SUBMITTED, 1, [1, 2])


def test_a_step_forward_is_a_change_that_lists_show_and_sort_by(world: World) -> None:
    with at(datetime(2026, 1, 5, 3, tzinfo=UTC)):
        older = world.submitted()
    with at(datetime(2026, 1, 6, 3, tzinfo=UTC)):
        world.submitted(title="Giá phơi dụng cụ sau giờ trực")
    accepted_at = datetime(2026, 1, 12, 3, tzinfo=UTC)
    with at(accepted_at):
        checking.accept(world.actor("tiepnhan"), older, ALL_OK)
    page = world.client("tacgia").get("/proposals/?sort=recent").text
    assert page.index(f'data-code="{older}"') < page.index("Giá phơi dụng cụ")
    assert "thay đổi 10:00, 12/01/2026" in page
