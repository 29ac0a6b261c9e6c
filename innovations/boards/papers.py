"""The boards' papers about points: a member's own score sheet, and the score summary after the reveal."""

from decimal import Decimal

from flask_babel import gettext

from innovations.boards.loading import load_review
from innovations.boards.models import Board
from innovations.boards.review_queries import ReviewBoard, review_board
from innovations.boards.rules.sheets import SheetProposal
from innovations.boards.sheet_queries import OwnSheet, own_sheet_in
from innovations.core.clock import today
from innovations.core.formats import in_vietnamese, number
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.regulations.rules.criteria import level_of


def board_head(board: Board, *, dated: bool) -> parts.Letterhead:
    """The letterhead of a board's paper; ``dated``: it bears today's date."""
    on = today() if dated else None
    return parts.Letterhead(unit=board.name, parent=board.unit.name, place=board.unit.place, on=on)


def _lines(sheet: OwnSheet) -> tuple[parts.SheetLine, ...]:
    return tuple(
        parts.SheetLine(
            criterion=each.name, max=each.maximum, points=(points := sheet.values.get(each.code)),
            band="" if points is None or each.is_gate else str(level_of(each, points)), remark=sheet.remarks.get(each.code, ""),
            gate=each.is_gate,
        )
        for each in sheet.criteria.criteria
    )  # fmt: skip


@in_vietnamese
def score_sheet(actor: Actor, board_id: int, review_id: int) -> Paper:
    """The actor's own sheet; a draft is marked as one.

    :raises NotVisible: the actor may not know of the review; :raises NotScorer: it is not assigned to the actor.
    """
    loaded = load_review(actor, board_id, review_id)
    sheet, scorer = own_sheet_in(loaded, actor), db.session.get_one(Person, actor.person_id)
    proposes = SheetProposal(sheet.proposes).label if sheet.proposes else ""
    paper = data.ScoreSheet(
        head=board_head(db.session.get_one(Board, board_id), dated=False),
        signature=parts.Signature(lines=("Người chấm",), name=scorer.full_name, rank=scorer.rank, note="(Ký, ghi rõ họ tên)"),
        code=sheet.code, title=sheet.title, scorer=f"{scorer.rank} {scorer.full_name}".strip(), role=sheet.role.label,
        lines=_lines(sheet), total=sheet.total, proposal=proposes,
        comment=sheet.comment, submitted_on=local_date(sheet.submitted_at) if sheet.submitted_at else None,
    )  # fmt: skip
    return Paper(f"{sheet.code}-phieu-cham.pdf", render_pdf(paper, draft=sheet.submitted_at is None))


def _note(page: ReviewBoard) -> str:
    if page.summary is None or not page.summary.result.spread_flagged:
        return ""
    return gettext("Chênh lệch %(points)s điểm", points=number(page.summary.result.spread))


def _row(page: ReviewBoard) -> parts.SummaryRow:
    summary = page.summary
    if summary is None:
        raise NotVisible
    means: tuple[Decimal | None, ...] = tuple(each.mean for each in summary.criteria)
    return parts.SummaryRow(
        code=page.dossier.code or "", title=page.dossier.title, authors=tuple(each.titled for each in page.dossier.authors),
        means=means, sheets=summary.result.sheets, total=summary.result.total, grade=summary.result.grade or "", note=_note(page),
    )  # fmt: skip


@in_vietnamese
def score_summary(actor: Actor, board_id: int, review_id: int) -> Paper:
    """The summary of one review, for who reads all sheets.

    :raises NotVisible: the points are not revealed, or not to this actor.
    """
    page = review_board(actor, board_id, review_id)
    row, board = _row(page), db.session.get_one(Board, board_id)
    session = gettext("phiên họp số %(number)s", number=page.meetings[-1].number) if page.meetings else ""
    paper = data.ScoreSummary(
        head=board_head(board, dated=True), board=board.name, session=session, rows=(row,),
        criteria=tuple(parts.CriterionHead(name=each.name, max=each.maximum, gate=each.is_gate) for each in page.criteria.criteria),
        chair_signature=parts.Signature(lines=("TM. Hội đồng", "Chủ tịch")),
        secretary_signature=parts.Signature(lines=("Thư ký",)),
    )  # fmt: skip
    return Paper(f"{row.code}-tong-hop-diem.pdf", render_pdf(paper))
