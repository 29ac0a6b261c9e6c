"""A decision on which certificates rest is corrected by two persons: the standing office proposes, the deciding head confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from innovations.boards.correction_queries import correction_shown, to_confirm
from innovations.boards.models_decision import Certificate, Decision, DecisionCorrection
from innovations.boards.rules.decisions import (
    CorrectionCode,
    CorrectionWaits,
    NoCorrectionWaits,
    NothingCorrected,
    NothingRestsOnIt,
    NumberTaken,
    OwnCorrection,
)
from innovations.boards.services import certificates, correcting, deciding
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.core.rules.errors import Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.rules.access import NotDecider, NotRegistrar
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

TYPED = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")
RIGHT = replace(TYPED, number="54/QĐ-1A", signer_rank="Đại tá")


@pytest.fixture
def decision(board: BoardWorld) -> Decision:
    review_id = sitting.concluded(board)
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], TYPED).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    return db.session.get_one(Decision, decision_id)


def propose(board: BoardWorld, decision: Decision, data: DecisionData = RIGHT, by: str = "vanphong") -> None:
    correcting.propose(board.actor(by), decision.id, data, CorrectionCode.TYPED)


def told(kind: str) -> list[int]:
    return sorted(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_until_the_head_confirms_everything_stands_as_it_was(board: BoardWorld, decision: Decision) -> None:
    propose(board, decision)
    assert (decision.number, decision.signer_rank, decision.corrections) == ("45/QĐ-1A", "Thượng tá", [])
    shown = correction_shown(board.actor("chihuy"), decision)
    assert shown is not None
    assert [(each.old, each.new) for each in shown.changes] == [("45/QĐ-1A", "54/QĐ-1A"), ("Thượng tá", "Đại tá")]
    assert [each.id for each in to_confirm(board.actor("chihuy"))] == [decision.id]
    assert to_confirm(board.actor("vanphong")) == []
    assert told("boards.correction_proposed") == [board.actor("chihuy").person_id]


def test_confirmed_it_stands_keeps_the_old_values_and_every_certificate_and_tells_each_author_once(
    board: BoardWorld, decision: Decision
) -> None:
    before = [(row.code, row.year, row.number, row.state) for row in db.session.scalars(select(Certificate))]
    propose(board, decision)
    correcting.confirm(board.actor("chihuy"), decision.id)
    assert (decision.number, decision.signer_rank) == ("54/QĐ-1A", "Đại tá")
    assert [(old["number"], old["signer_rank"]) for old in decision.corrections] == [("45/QĐ-1A", "Thượng tá")]
    assert [(row.code, row.year, row.number, row.state) for row in db.session.scalars(select(Certificate))] == before
    authors = sorted(each.person_id for each in decision.lines[0].review.proposal.contributions)
    assert told("boards.decision_corrected") == authors
    assert correction_shown(board.actor("chihuy"), decision) is None


def test_nobody_proposes_and_confirms_and_the_offices_are_two(board: BoardWorld, decision: Decision) -> None:
    with pytest.raises(NotRegistrar):
        propose(board, decision, by="chihuy")
    propose(board, decision)
    for stranger in ("vanphong", "thuky", "tacgia"):
        with pytest.raises(NotDecider):
            correcting.confirm(board.actor(stranger), decision.id)
    proposed = db.session.scalars(select(DecisionCorrection)).one()
    with atomic():
        proposed.proposed_by_id = board.actor("chihuy").person_id
    with pytest.raises(OwnCorrection):
        correcting.confirm(board.actor("chihuy"), decision.id)
    alone = update(DecisionCorrection).values(confirmed=True, answered_by_id=DecisionCorrection.proposed_by_id)
    with pytest.raises(IntegrityError), atomic():
        db.session.execute(alone)


def test_one_waits_at_a_time_and_is_answered_once(board: BoardWorld, decision: Decision) -> None:
    propose(board, decision)
    with pytest.raises(CorrectionWaits):
        propose(board, decision, replace(RIGHT, number="55/QĐ-1A"))
    correcting.drop(board.actor("vanphong"), decision.id)
    for answer in (correcting.confirm, correcting.drop):
        with pytest.raises(NoCorrectionWaits):
            answer(board.actor("chihuy"), decision.id)
    assert decision.number == "45/QĐ-1A"
    propose(board, decision)  # a dropped one is over
    assert db.session.scalar(select(func.count()).select_from(DecisionCorrection)) == 2


def test_what_changes_nothing_or_cannot_be_is_not_proposed(board: BoardWorld, decision: Decision) -> None:
    with pytest.raises(NothingCorrected):
        propose(board, decision, TYPED)
    with pytest.raises(Several):
        propose(board, decision, replace(RIGHT, decided_on=today() + timedelta(days=1)))


def test_without_a_certificate_the_head_corrects_alone(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], TYPED).decision_id
    with pytest.raises(NothingRestsOnIt):
        correcting.propose(board.actor("vanphong"), decision_id, RIGHT, CorrectionCode.TYPED)


def test_a_number_used_meanwhile_is_refused_when_it_is_confirmed(board: BoardWorld, decision: Decision) -> None:
    propose(board, decision)
    deciding.recognise(board.actor("chihuy"), [sitting.concluded(board)], RIGHT)
    with pytest.raises(Several) as refused:
        correcting.confirm(board.actor("chihuy"), decision.id)
    assert any(isinstance(error, NumberTaken) for error in refused.value.errors)
    assert decision.number == "45/QĐ-1A"
    correcting.drop(board.actor("chihuy"), decision.id)
