"""Phiếu nhận xét phản biện: what an assigned reviewer wrote, without the points."""

from innovations.boards.blinding import title_for
from innovations.boards.loading import load_review, present_sheet
from innovations.boards.models import Board, ScoreSheet, Seat
from innovations.boards.papers import board_head
from innovations.boards.readable_sheets import reviewer_seats, sheet_access_of
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.sheet_access import SheetAccess
from innovations.boards.rules.sheets import SheetProposal
from innovations.boards.score_queries import counted_sheets, criteria_of
from innovations.core.formats import in_vietnamese
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, parts, render_pdf
from innovations.documents.papers import board as papers
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded


def _readable(actor: Actor, loaded: Loaded, seat_id: int) -> ScoreSheet | None:
    """The sheet of the seat: one's own, or after the reveal any that counts for who reads them all with names."""
    access, holder = sheet_access_of(actor, loaded), db.session.get(Seat, seat_id)
    own = holder is not None and holder.person.human_id == actor.person_id and access is not SheetAccess.NONE
    if not own and access is not SheetAccess.ALL:
        return None
    counted = next((each for each in counted_sheets(loaded.review) if each.seat_id == seat_id), None)
    return present_sheet(loaded, seat_id) if own and counted is None else counted


@in_vietnamese
def remarks_paper(actor: Actor, board_id: int, review_id: int, seat_id: int) -> Paper:
    """The remarks of the reviewer in a seat: for the reviewer once submitted, after the reveal for who reads all sheets.

    :raises NotVisible: the review or the sheet is not for the actor, it is not submitted, or the seat was not given it as reviewer.
    """
    loaded = load_review(actor, board_id, review_id)
    sheet = _readable(actor, loaded, seat_id) if seat_id in reviewer_seats(review_id) else None
    if sheet is None or sheet.submitted_at is None:
        raise NotVisible
    person, board = sheet.seat.person, db.session.get_one(Board, board_id)
    said = {each.criterion: each.comment for each in sheet.scores}
    paper = papers.ReviewerRemarks(
        head=board_head(board, dated=False), board=board.name, code=loaded.facts.code, title=title_for(actor, loaded),
        reviewer=f"{person.rank} {person.full_name}, {person.unit.name}".strip(), role=SeatRole(sheet.seat.role).label,
        remarks=tuple(papers.RemarkLine(criterion=each.name, remark=said.get(each.code, "")) for each in criteria_of(loaded.review).criteria),
        comment=sheet.comment, proposal=SheetProposal(sheet.proposes).label if sheet.proposes else "",
        submitted_on=local_date(sheet.submitted_at),
        signature=parts.Signature(lines=("Người phản biện",), name=person.full_name, rank=person.rank, note="(Ký, ghi rõ họ tên)"),
    )  # fmt: skip
    return Paper(f"{loaded.facts.code}-nhan-xet-phan-bien.pdf", render_pdf(paper))
