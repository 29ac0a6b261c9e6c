"""Complaints about an outcome: in the time of the rule set, one at a time, answered with reasons, on the timeline, with a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from innovations.boards.deadlines import deadlines
from innovations.boards.models import Recusal
from innovations.boards.services import deciding
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import at, now, today
from innovations.core.rules.calendar import add_months
from innovations.core.rules.errors import DomainError, Forbidden, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals import inbox
from innovations.proposals.models import Proposal
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.rules.climbing import Rung
from innovations.proposals.rules.complaints import ComplaintOpen, ComplaintTooLate, Finding
from innovations.proposals.services import complaining
from innovations.worker.reminders import remind_deadlines
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

WHY = "Hội đồng chưa xét biên bản áp dụng thử ngày 10/3."


def refused(board: BoardWorld) -> tuple[str, int]:
    """A proposal that was not recognised, with its review."""
    review_id = sitting.concluded(board, agree=3)
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    deciding.decline(board.actor("chihuy"), [review_id], data, reason="Đã có trong quy trình bắt buộc.")
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    db.session.rollback()
    return code, review_id


def stored() -> list[Complaint]:
    db.session.expire_all()
    return list(db.session.scalars(select(Complaint)))


def morning(day: date) -> datetime:
    return datetime.combine(day, time(1), UTC)


def told(board: BoardWorld, kind: str) -> set[str]:
    people = {person: number for number, person in board.world.staff.people.items()}
    return {people[person] for person in db.session.scalars(select(Notice.person_id).where(Notice.kind == kind))}


def test_the_lead_author_complains_and_the_head_answers_with_reasons(board: BoardWorld) -> None:
    code, review_id = refused(board)
    complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
    assert told(board, "proposal.complaint_filed") == {"chihuy"}
    with board.world.app.test_request_context():
        assert "Khiếu nại chờ trả lời" in {item.group for item in inbox.waiting(board.actor("chihuy"))}
    complaining.answer(
        board.actor("chihuy"), code, review_id, finding=Finding.UNFOUNDED, reason="Biên bản đã được xét tại phiên họp."
    )
    (row,) = stored()
    assert (row.finding, row.answered_at is not None) == ("unfounded", True)
    assert "tacgia" in told(board, "proposal.complaint_answered")


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1, False)])
def test_it_is_taken_until_the_last_day_of_the_rule_sets_months(board: BoardWorld, days: int, taken: bool) -> None:
    code, review_id = refused(board)
    last = add_months(today(), 3)
    with at(morning(last + timedelta(days=days))):
        if taken:
            complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
        else:
            with pytest.raises(ComplaintTooLate):
                complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
    assert len(stored()) == taken


def test_one_is_open_at_a_time_also_in_the_database(board: BoardWorld) -> None:
    code, review_id = refused(board)
    lead = board.actor("tacgia")
    complaining.complain(lead, code, review_id, reason=WHY)
    with pytest.raises(ComplaintOpen):
        complaining.complain(lead, code, review_id, reason=WHY)
    with pytest.raises(Exception, match="UNIQUE"), atomic() as session:
        session.add(Complaint(review_id=review_id, filed_at=now(), filed_by_id=lead.person_id, text=WHY, due_on=today()))
    complaining.answer(board.actor("chihuy"), code, review_id, finding=Finding.PARTLY, reason="Đã xem lại biên bản áp dụng thử.")
    complaining.complain(lead, code, review_id, reason=WHY)
    assert len(stored()) == 2


@pytest.mark.parametrize("number", ["tiepnhan", "chihuy", "thuky"])
def test_nobody_but_the_lead_author_complains(board: BoardWorld, number: str) -> None:
    code, review_id = refused(board)
    with pytest.raises(Forbidden):
        complaining.complain(board.actor(number), code, review_id, reason=WHY)
    assert stored() == []


def test_without_an_outcome_there_is_nothing_to_complain_of(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    db.session.rollback()
    with pytest.raises(StateForbids):
        complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)


def test_an_answer_without_reasons_is_impossible(board: BoardWorld) -> None:
    code, review_id = refused(board)
    complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
    with pytest.raises(DomainError) as missing:
        complaining.answer(board.actor("chihuy"), code, review_id, finding=Finding.UPHELD, reason=" ")
    assert missing.value.field == "reason"
    assert stored()[0].answered_at is None


def test_a_head_with_a_conflict_is_passed_over_for_the_head_of_the_parent_unit(board: BoardWorld) -> None:
    code, review_id = refused(board)
    with atomic() as session:
        person, by = board.world.staff.people["chihuy"], board.world.staff.people["thuky"]
        session.add(Recusal(review_id=review_id, person_id=person, kind="declared", declared_by_id=by, at=now()))
    complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
    assert told(board, "proposal.complaint_filed") == {"demo35"}
    with pytest.raises(Forbidden):
        complaining.answer(board.actor("chihuy"), code, review_id, finding=Finding.UPHELD, reason="Tự mình trả lời.")
    complaining.answer(board.actor("demo35"), code, review_id, finding=Finding.UPHELD, reason="Sư đoàn đã xem lại hồ sơ.")
    assert stored()[0].finding == "upheld"


def test_its_clock_reminds_and_climbs(board: BoardWorld) -> None:
    code, review_id = refused(board)
    complaining.complain(board.actor("tacgia"), code, review_id, reason=WHY)
    (clock,) = deadlines()
    assert clock.ladder[Rung.PERSON] == {board.world.staff.people["chihuy"]}
    db.session.rollback()
    with at(morning(clock.due - timedelta(days=7))):
        remind_deadlines()
    assert told(board, "proposal.complaint_reminder") == {"chihuy"}
    with at(morning(clock.due + timedelta(days=20))):
        remind_deadlines()
        remind_deadlines()
    assert told(board, "proposal.overdue_told") == {"vanphong", "demo36"}
    complaining.answer(board.actor("chihuy"), code, review_id, finding=Finding.PARTLY, reason="Đã xem lại biên bản áp dụng thử.")
    assert deadlines() == []


def test_on_the_page_authors_and_offices_read_it_and_nobody_else(board: BoardWorld) -> None:
    code, review_id = refused(board)
    lead = board.world.client("tacgia")
    address = f"/proposals/{code}/reviews/{review_id}/complaints"
    empty = lead.post(address, data={"reason": ""})
    assert empty.status_code == 422 and 'id="reason-error"' in empty.text
    assert lead.post(address, data={"reason": WHY}).status_code == 303
    for number in ("tacgia", "chihuy", "vanphong"):
        page = board.world.client(number).get(f"/proposals/{code}").text
        assert WHY in page and "Chờ trả lời khiếu nại" in page
    for number in ("thuky", "chutich", "tiepnhan", "uyvien3"):
        assert WHY not in board.world.client(number).get(f"/proposals/{code}").text
    head = board.world.client("chihuy")
    sent = head.post(f"{address}/answer", data={"finding": "partly", "reason": "Đã xem lại biên bản áp dụng thử."})
    assert sent.status_code == 303
    page = lead.get(f"/proposals/{code}").text
    assert "Đã xem lại biên bản" in page and "Khiếu nại đúng một phần" in page
