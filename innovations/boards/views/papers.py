"""Downloads of a decision and of certificates, and of what a board writes beside its minutes."""

from flask import Response

from innovations.boards import decision_papers, establishment, outcomes, reviewer_remarks, submissions
from innovations.boards.views.blueprint import bp
from innovations.boards.views.scoring import pdf, word
from innovations.core.web import signed_in
from innovations.people.doors import actor


@bp.get("/decisions/<int:decision_id>/decision.pdf")
@signed_in
def decision_paper(decision_id: int) -> Response:
    """The decision with its list."""
    return pdf(decision_papers.decision_paper(actor(), decision_id))


@bp.get("/results/<address>/<int:review_id>.pdf")
@signed_in
def result_paper(address: str, review_id: int) -> Response:
    """The notice of a result to the authors."""
    return pdf(outcomes.result_paper(actor(), address, review_id))


@bp.get("/certificates/<code>.pdf")
@signed_in
def certificate_paper(code: str) -> Response:
    """One's certificate."""
    return pdf(decision_papers.certificate_paper(actor(), code))


@bp.get("/decisions/<int:decision_id>/certificates.pdf")
@signed_in
def certificates_paper(decision_id: int) -> Response:
    """All certificates of a decision, to be printed at once."""
    return pdf(decision_papers.certificates_paper(actor(), decision_id))


@bp.get("/<int:board_id>/decision.pdf")
@signed_in
def establishment_paper(board_id: int) -> Response:
    """The decision that sets the board up."""
    return pdf(establishment.establishment_paper(actor(), board_id))


@bp.get("/<int:board_id>/meetings/<int:number>/submission.pdf")
@signed_in
def submission_paper(board_id: int, number: int) -> Response:
    """What awaits the head's decision, submitted by the board."""
    return pdf(submissions.submission_paper(actor(), board_id, number))


@bp.get("/<int:board_id>/reviews/<int:review_id>/remarks/<int:seat_id>.pdf")
@signed_in
def remarks_paper(board_id: int, review_id: int, seat_id: int) -> Response:
    """A reviewer's remarks: one's own, after the reveal for who reads all sheets."""
    return pdf(reviewer_remarks.remarks_paper(actor(), board_id, review_id, seat_id))


@bp.get("/decisions/<int:decision_id>/decision.docx")
@signed_in
def decision_word(decision_id: int) -> Response:
    """The decision, to be edited in Word."""
    return word(decision_papers.decision_word(actor(), decision_id))


@bp.get("/results/<address>/<int:review_id>.docx")
@signed_in
def result_word(address: str, review_id: int) -> Response:
    """The notice of a result, to be edited in Word."""
    return word(outcomes.result_word(actor(), address, review_id))


@bp.get("/<int:board_id>/decision.docx")
@signed_in
def establishment_word(board_id: int) -> Response:
    """The decision that sets the board up, to be edited in Word."""
    return word(establishment.establishment_word(actor(), board_id))


@bp.get("/<int:board_id>/meetings/<int:number>/submission.docx")
@signed_in
def submission_word(board_id: int, number: int) -> Response:
    """The submission, to be edited in Word."""
    return word(submissions.submission_word(actor(), board_id, number))
