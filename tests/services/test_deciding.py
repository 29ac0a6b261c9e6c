"""Decisions, certificates, revocation and forwarding through the use cases."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from innovations.boards import review_queries
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.rules.decisions import (
    CertificatesIssued,
    DecisionDateInFuture,
    GradeMissing,
    NumberTaken,
    RevocationReason,
    SignerIsAuthor,
    SuperiorApprovalMissing,
)
from innovations.boards.services import certificates, correcting, deciding, forwarding
from innovations.boards.services.certificates import NothingToIssue, NotIssuer
from innovations.boards.services.deciding import DecisionData
from innovations.boards.services.forwarding import ForwardedAlready
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible, Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import AuthorMayNotAct, NotDecider, NotRegistrar
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.states import ActionNotAllowed, State
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld


def data(number: str = "45/QĐ-1A") -> DecisionData:
    return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def proposal_of(board: BoardWorld, review_id: int) -> Proposal:
    return board.review(review_id).proposal


def recognised(board: BoardWorld, number: str = "45/QĐ-1A") -> tuple[int, int]:
    """A recognised review and its decision."""
    review_id = sitting.concluded(board)
    return review_id, deciding.recognise(board.actor("chihuy"), [review_id], data(number)).decision_id


def reasons(refused: pytest.ExceptionInfo[Several]) -> set[type]:
    return {type(error) for error in refused.value.errors}


def test_one_decision_recognises_many_and_keeps_revision_and_grade(board: BoardWorld) -> None:
    ids = [sitting.concluded(board), sitting.concluded(board)]
    decision_id = deciding.recognise(board.actor("chihuy"), ids, data()).decision_id
    lines = db.session.scalars(select(DecisionLine).where(DecisionLine.decision_id == decision_id)).all()
    assert [(line.review_id, line.grade, line.revision_id is not None) for line in lines] == [(each, "B", True) for each in ids]
    for review_id in ids:
        found = proposal_of(board, review_id)
        assert board.review(review_id).state is State.RECOGNISED
        assert (found.recognised_on, found.recognised_year, found.recognised_level) == (today(), today().year, "base")
        assert found.grade == "B"


def test_a_number_is_used_once_a_year_and_gaps_are_told(board: BoardWorld) -> None:
    recognised(board, "12/QĐ-1A")
    second = sitting.concluded(board)
    with pytest.raises(Several) as refused:
        deciding.recognise(board.actor("chihuy"), [second], data("12 / qđ-1a"))
    assert reasons(refused) == {NumberTaken}
    assert (stored(Decision), board.review(second).state) == (1, State.PASSED)
    assert deciding.recognise(board.actor("chihuy"), [second], data("15/QĐ-1A")).skipped == (13, 14)


def test_only_the_deciding_head_decides_and_never_about_the_own_work(board: BoardWorld) -> None:
    other = sitting.concluded(board)
    with pytest.raises(NotDecider):
        deciding.recognise(board.actor("thuky"), [other], data())
    own = sitting.concluded(board, by="chihuy")
    with pytest.raises(AuthorMayNotAct):
        deciding.recognise(board.actor("chihuy"), [own], data())
    assert (stored(Decision), board.review(own).state, board.review(other).state) == (0, State.PASSED, State.PASSED)


def test_the_head_as_author_of_state_paid_work_needs_the_superiors_approval(board: BoardWorld) -> None:
    own, above = sitting.concluded(board, by="chihuy"), board.actor("demo35")
    signed = replace(data(), signer_name="Lưu Quốc Anh", signer_position="Sư đoàn trưởng")
    with pytest.raises(Several) as refused:
        deciding.recognise(above, [own], signed)
    assert reasons(refused) == {SuperiorApprovalMissing}
    with pytest.raises(SignerIsAuthor):
        deciding.recognise(above, [own], data())
    assert stored(Decision) == 0
    approved = replace(signed, superior_number="7/SM", superior_on=today(), superior_signer="Lưu Quốc Anh")
    deciding.recognise(above, [own], approved)
    assert board.review(own).state is State.RECOGNISED


def test_a_decision_from_the_future_or_without_a_grade_is_refused(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    with pytest.raises(Several) as refused:
        deciding.recognise(board.actor("chihuy"), [review_id], replace(data(), decided_on=today() + timedelta(days=1)))
    assert reasons(refused) == {DecisionDateInFuture}
    with atomic():
        board.review(review_id).grade = None
    with pytest.raises(Several) as refused:
        deciding.recognise(board.actor("chihuy"), [review_id], data())
    assert reasons(refused) == {GradeMissing}
    assert stored(Decision) == 0


def test_declining_needs_written_reasons_that_the_authors_read(board: BoardWorld) -> None:
    review_id = sitting.concluded(board, agree=3)
    with pytest.raises(ActionNotAllowed):
        deciding.recognise(board.actor("chihuy"), [review_id], data())
    with pytest.raises(Several) as refused:
        deciding.decline(board.actor("chihuy"), [review_id], data(), reason="")
    assert reasons(refused) == {ReasonsMissing}
    assert (stored(Decision), board.review(review_id).state) == (0, State.FAILED)
    deciding.decline(board.actor("chihuy"), [review_id], data(), reason=REASON)
    assert (board.review(review_id).state, board.review(review_id).reason) == (State.NOT_RECOGNISED, REASON)


def test_a_decision_is_corrected_until_the_first_certificate_and_keeps_the_old_value(board: BoardWorld) -> None:
    _review_id, decision_id = recognised(board)
    correcting.correct(board.actor("chihuy"), decision_id, data("46/QĐ-1A"))
    db.session.expire_all()
    corrected = db.session.get_one(Decision, decision_id)
    assert (corrected.number, corrected.corrections[0]["number"]) == ("46/QĐ-1A", "45/QĐ-1A")
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    with pytest.raises(CertificatesIssued, match="Đã cấp 1 giấy"):
        correcting.correct(board.actor("chihuy"), decision_id, data("47/QĐ-1A"))
    db.session.expire_all()
    assert db.session.get_one(Decision, decision_id).number == "46/QĐ-1A"


def test_certificates_are_numbered_without_gaps_one_for_each_contributor(board: BoardWorld) -> None:
    for number in ("1/QĐ", "2/QĐ"):
        _review_id, decision_id = recognised(board, number)
        assert certificates.issue_certificates(board.actor("vanphong"), decision_id) == 1
    rows = db.session.scalars(select(Certificate).order_by(Certificate.id)).all()
    assert [row.number for row in rows] == [1, 2]
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", row.code) for row in rows)
    with pytest.raises(NothingToIssue):
        certificates.issue_certificates(board.actor("vanphong"), decision_id)
    assert stored(Certificate) == 2


def test_who_neither_registers_nor_decides_issues_nothing(board: BoardWorld) -> None:
    _review_id, decision_id = recognised(board)
    with pytest.raises(NotIssuer):
        certificates.issue_certificates(board.actor("thuky"), decision_id)
    assert stored(Certificate) == 0


def test_of_one_decision_what_was_revoked_since_gets_no_certificate(board: BoardWorld) -> None:
    first, second = sitting.concluded(board), sitting.concluded(board, by="tacgia2")
    chief = board.actor("chihuy")
    decision_id = deciding.recognise(chief, [first, second], data()).decision_id
    deciding.revoke(chief, first, data("50/QĐ-1A"), code=RevocationReason.AUTHOR_DISPUTE, reason=REASON)
    assert certificates.issue_certificates(chief, decision_id) == 1
    line = db.session.get_one(DecisionLine, db.session.scalars(select(Certificate)).one().line_id)
    assert (line.decision_id, line.review_id) == (decision_id, second)


def test_certificates_rest_on_a_recognition_and_on_nothing_else(board: BoardWorld) -> None:
    review_id, decision_id = recognised(board)
    deciding.revoke(board.actor("chihuy"), review_id, data("50/QĐ-1A"), code=RevocationReason.AUTHOR_DISPUTE, reason=REASON)
    revocation = db.session.scalars(select(Decision.id).where(Decision.kind == "revoke")).one()
    for number in (revocation, revocation + decision_id):
        with pytest.raises(NotVisible):
            certificates.issue_certificates(board.actor("vanphong"), number)
    assert stored(Certificate) == 0


def test_a_revocation_keeps_the_register_and_the_proposal_falls_back(board: BoardWorld) -> None:
    review_id, decision_id = recognised(board)
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    chief = board.actor("chihuy")
    with pytest.raises(ReasonsMissing):
        deciding.revoke(chief, review_id, data("50/QĐ-1A"), code=RevocationReason.AUTHOR_DISPUTE, reason="")
    assert board.review(review_id).state is State.RECOGNISED
    deciding.revoke(chief, review_id, data("50/QĐ-1A"), code=RevocationReason.AUTHOR_DISPUTE, reason=REASON)
    db.session.expire_all()
    assert [row.state for row in db.session.scalars(select(Certificate))] == ["revoked"]
    found = proposal_of(board, review_id)
    assert (board.review(review_id).state, found.recognised_on, found.grade) == (State.REVOKED, None, None)


def test_forwarding_opens_a_new_review_with_its_own_receipt_at_the_unit_above(board: BoardWorld) -> None:
    review_id, _decision_id = recognised(board)
    with pytest.raises(NotRegistrar):
        forwarding.forward(board.actor("chihuy"), review_id)
    made = db.session.get_one(Review, forwarding.forward(board.actor("vanphong"), review_id))
    division = db.session.scalars(select(Unit).where(Unit.code == "SM")).one()
    assert (made.unit_id, made.level, made.state, made.forwarded_from_id) == (division.id, "division", State.SUBMITTED, review_id)
    assert (made.receipt_number, made.promised_formal_on is not None) == (1, True)
    assert board.review(review_id).state is State.RECOGNISED
    assert [board.review(review_id).latest, made.latest] == [False, True]
    with pytest.raises(ForwardedAlready):
        forwarding.forward(board.actor("vanphong"), review_id)
    assert stored(Review) == 2


@pytest.mark.parametrize("follow", [False, True])
def test_sheets_stay_behind_unless_the_rules_they_were_given_under_let_them_follow(board: BoardWorld, follow: bool) -> None:
    review_id, _decision_id = recognised(board)
    with atomic():
        review = board.review(review_id)
        review.rules = {**review.rules, "sheets_follow": follow}
    made = db.session.get_one(Review, forwarding.forward(board.actor("vanphong"), review_id))
    told = review_queries.below(made)
    assert (told is not None) == follow
    if told is not None:
        assert (told.unit, told.summary.result.total, told.summary.result.sheets) == ("Trung đoàn 1A", 80, 3)


def test_what_is_not_recognised_is_not_forwarded(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    with pytest.raises(ActionNotAllowed):
        forwarding.forward(board.actor("vanphong"), review_id)
    assert stored(Review) == 1
