"""Outcomes are kept pending and published together: until then nothing is known, then each author has exactly one message."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import delete, select

from innovations.audit.models import AuditEvent
from innovations.boards.models_decision import Certificate, Decision, DecisionLine, PendingOutcome
from innovations.boards.pending_queries import held
from innovations.boards.rules.decisions import NumberTaken
from innovations.boards.rules.pending import NotPending, Outcome
from innovations.boards.services import deciding, publishing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import now, today
from innovations.core.rules.errors import DomainError, Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.models import Proposal
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

WHY = "Đã có trong quy trình bắt buộc của ngành."


def signed(number: str = "45/QĐ-1A") -> DecisionData:
    return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng")


def clear_notices() -> None:
    with atomic() as session:
        session.execute(delete(Notice))


def messages(board: BoardWorld, number: str) -> list[str]:
    mine = Notice.person_id == board.world.staff.people[number]
    return list(db.session.scalars(select(Notice.kind).where(mine)))


def three(board: BoardWorld) -> tuple[int, int, int]:
    """Two passed and one failed review of the same author, all recorded."""
    passed, departing, failed = sitting.concluded(board), sitting.concluded(board), sitting.concluded(board, agree=3)
    publishing.hold(board.actor("chihuy"), [passed], Outcome.RECOGNISE)
    publishing.hold(board.actor("vanphong"), [departing, failed], Outcome.DECLINE, reason=WHY)
    return passed, departing, failed


def test_before_publication_nothing_is_decided_and_no_author_knows(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    clear_notices()
    publishing.hold(board.actor("chihuy"), [review_id], Outcome.DECLINE, reason=WHY)
    assert board.review(review_id).state is State.PASSED
    assert db.session.scalars(select(Notice)).all() == []
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    for number in ("tacgia", "tacgia2", "docgia", "chutich", "uyvien3"):
        page = board.world.client(number).get(f"/proposals/{code}")
        assert WHY not in page.text and "chờ công bố" not in page.text
        assert board.world.client(number).get("/boards/decisions/pending").status_code == 403
    for number in ("chihuy", "vanphong", "thuky"):
        assert WHY in board.world.client(number).get("/boards/decisions/pending").text


def test_published_together_each_has_its_state_certificates_and_each_author_one_message(board: BoardWorld) -> None:
    passed, departing, failed = three(board)
    clear_notices()
    publishing.publish(board.actor("chihuy"), [passed, departing, failed], signed())
    states = [board.review(each).state for each in (passed, departing, failed)]
    assert states == [State.RECOGNISED, State.NOT_RECOGNISED, State.NOT_RECOGNISED]
    assert messages(board, "tacgia") == ["boards.outcomes_published"]
    assert set(Counter(db.session.scalars(select(Notice.person_id))).values()) == {1}
    assert [row.number for row in db.session.scalars(select(Certificate))] == [1]
    assert {row.kind for row in db.session.scalars(select(Decision))} == {"recognise", "not_recognise"}
    assert db.session.scalars(select(PendingOutcome)).all() == []
    tags = Counter(db.session.scalars(select(AuditEvent.tag).where(AuditEvent.tag.like("boards.outcomes_published"))))
    assert tags == {"boards.outcomes_published": 1}


def test_a_departure_from_the_boards_conclusion_is_flagged_and_an_agreement_is_not(board: BoardWorld) -> None:
    passed, departing, failed = three(board)
    publishing.publish(board.actor("chihuy"), [passed, departing, failed], signed())
    flags = {row.review_id: row.departs for row in db.session.scalars(select(DecisionLine))}
    assert flags == {passed: False, departing: True, failed: False}


def test_the_one_step_form_flags_a_departure_too_and_ends_what_was_recorded(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    publishing.hold(board.actor("vanphong"), [review_id], Outcome.RECOGNISE)
    deciding.decline(board.actor("chihuy"), [review_id], signed(), reason=WHY)
    assert db.session.scalars(select(DecisionLine.departs)).one() is True
    assert db.session.scalars(select(PendingOutcome)).all() == []


def test_a_single_outcome_is_told_as_such(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    publishing.hold(board.actor("chihuy"), [review_id], Outcome.RECOGNISE)
    clear_notices()
    publishing.publish(board.actor("chihuy"), [review_id], signed())
    assert messages(board, "tacgia") == ["proposal.recognised"]


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_a_refusal_without_reasons_is_not_even_recorded(board: BoardWorld, reason: str) -> None:
    review_id = sitting.concluded(board)
    with pytest.raises(DomainError) as refused:
        publishing.hold(board.actor("chihuy"), [review_id], Outcome.DECLINE, reason=reason)
    assert refused.value.field == "reason"
    assert db.session.scalars(select(PendingOutcome)).all() == []


def test_what_failed_cannot_be_recorded_as_recognised(board: BoardWorld) -> None:
    review_id = sitting.concluded(board, agree=3)
    with pytest.raises(DomainError) as refused:
        publishing.hold(board.actor("chihuy"), [review_id], Outcome.RECOGNISE)
    assert refused.value.status == 409


def test_it_is_changed_and_dropped_until_it_is_published(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    head = board.actor("chihuy")
    publishing.hold(head, [review_id], Outcome.DECLINE, reason=WHY)
    publishing.hold(head, [review_id], Outcome.RECOGNISE)
    row = db.session.scalars(select(PendingOutcome)).one()
    assert (row.outcome, row.reason) == ("recognise", "")
    db.session.rollback()
    publishing.drop(head, [review_id])
    with pytest.raises(NotPending):
        publishing.publish(head, [review_id], signed())
    assert board.review(review_id).state is State.PASSED


def test_one_wrong_thing_publishes_nothing(board: BoardWorld) -> None:
    passed, departing, failed = three(board)
    other = sitting.concluded(board)
    deciding.decline(board.actor("chihuy"), [other], signed("45/QĐ-1A"), reason=WHY)
    clear_notices()
    with pytest.raises(DomainError) as refused:
        publishing.publish(board.actor("chihuy"), [passed, departing, failed], signed("45/QĐ-1A"))
    assert NumberTaken.__name__ in str(type(refused.value)) or "number" in str(vars(refused.value))
    assert board.review(passed).state is State.PASSED
    assert db.session.scalars(select(Certificate)).all() == []
    assert db.session.scalars(select(Notice)).all() == []


def test_only_the_head_publishes_and_nobody_acts_on_the_own_work(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    publishing.hold(board.actor("vanphong"), [review_id], Outcome.RECOGNISE)
    with pytest.raises(Forbidden):
        publishing.publish(board.actor("vanphong"), [review_id], signed())
    with pytest.raises((Forbidden, NotVisible)):
        publishing.hold(board.actor("thuky"), [review_id], Outcome.RECOGNISE)
    own = sitting.concluded(board, by="chihuy")
    with pytest.raises(Forbidden):
        publishing.hold(board.actor("chihuy"), [own], Outcome.RECOGNISE)
    assert [row.review_id for row in held(board.actor("chihuy"))] == [review_id]


def test_what_is_hidden_is_not_listed_and_not_published(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    publishing.hold(board.actor("chihuy"), [review_id], Outcome.RECOGNISE)
    with atomic() as session:
        session.get_one(Proposal, board.review(review_id).proposal_id).quarantined_at = now()
    assert held(board.actor("chihuy")) == []
    with pytest.raises(DomainError):
        publishing.publish(board.actor("chihuy"), [review_id], signed())
    assert board.review(review_id).state is State.PASSED


def test_by_page_the_office_records_and_the_head_publishes(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    office, head = board.world.client("vanphong"), board.world.client("chihuy")
    refused = office.post("/boards/decisions/pending", data={"review_ids": review_id, "do": "decline"})
    assert refused.status_code == 422 and 'id="reason-error"' in refused.text
    assert office.post("/boards/decisions/pending", data={"review_ids": review_id, "do": "recognise"}).status_code == 303
    data = {"review_ids": review_id, "number": "46/QĐ-1A", "decided_on": today().isoformat(), "signer_name": "Dương Văn Nam"}
    missing = head.post("/boards/decisions/publish", data=data)
    assert missing.status_code == 422
    sent = head.post("/boards/decisions/publish", data={**data, "signer_position": "Trung đoàn trưởng"})
    assert sent.status_code == 303
    assert board.review(review_id).state is State.RECOGNISED
    assert "GCN-T1A-" in head.get(sent.location).text
