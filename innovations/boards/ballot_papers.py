"""Phiếu biểu quyết and biên bản kiểm phiếu of a secret vote on paper.

All ballots of a vote are the same to the last dot: no number, no code, nothing that could tell one from another.
"""

from datetime import date

from innovations.boards.agenda_queries import ItemShown
from innovations.boards.counting_queries import tellers_named
from innovations.boards.meeting_queries import MeetingShown, meeting_item
from innovations.boards.models import Board
from innovations.boards.models_meeting import AgendaItem, Meeting, Vote
from innovations.boards.rules.meetings import MeetingState
from innovations.boards.rules.votes import VoteState
from innovations.core.formats import day, in_vietnamese
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor


def _led(actor: Actor, board_id: int, number: int, review_id: int) -> tuple[MeetingShown, ItemShown]:
    """The item, for who leads its meeting once it is known who is there."""
    page, item = meeting_item(actor, board_id, number, review_id)
    if not page.leads or page.state is MeetingState.PLANNED or not page.registered or item.outlook is None:
        raise NotVisible
    return page, item


def board_letterhead(board: Board, on: date | None) -> parts.Letterhead:
    """The letterhead of a meeting's paper; ``on`` ``None``: its date is left blank until it is issued."""
    return parts.Letterhead(parent=board.unit.name, unit=board.name, place=board.unit.place, on=on)


def _session(page: MeetingShown) -> str:
    return f"phiên số {page.number}, ngày {day(page.on)}"


@in_vietnamese
def ballots_paper(actor: Actor, board_id: int, number: int, review_id: int) -> Paper:
    """As many ballots as there are voters without conflict.

    :raises NotVisible: the item is not for the actor, who does not lead the meeting, or nobody knows yet who is there.
    """
    page, item = _led(actor, board_id, number, review_id)
    board = db.session.get_one(Board, board_id)
    voters = item.outlook.voters if item.outlook else 0
    paper = data.Ballots(
        head=board_letterhead(board, page.on),
        board=board.name,
        session=_session(page),
        code=item.code,
        title=item.title,
        copies=voters,
    )
    return Paper(f"{item.code}-phieu-bieu-quyet.pdf", render_pdf(paper))


def _closed(board_id: int, number: int, review_id: int) -> Vote | None:
    """The closed vote on paper of an item."""
    chosen = db.select(Vote).join(AgendaItem, AgendaItem.id == Vote.item_id).join(Meeting, Meeting.id == AgendaItem.meeting_id)
    chosen = chosen.where(Meeting.board_id == board_id, Meeting.number == number, AgendaItem.review_id == review_id)
    return db.session.scalar(chosen.where(Vote.on_paper, Vote.state == VoteState.CLOSED.value))


def _figures(vote: Vote | None) -> parts.CountFigures | None:
    if vote is None:
        return None
    agree, disagree, blank, invalid = (each or 0 for each in (vote.agree, vote.disagree, vote.blank, vote.invalid))
    valid = agree + disagree + blank
    return parts.CountFigures(
        issued=vote.issued or 0,
        collected=valid + invalid,
        valid=valid,
        invalid=invalid,
        agree=agree,
        disagree=disagree,
        blank=blank,
    )


def settled_note(vote: Vote) -> str:
    """That who presided chose between two counts, and why; empty when both were equal."""
    kept = vote.settlement
    return f"Hai kết quả kiểm phiếu không khớp; chủ tọa chọn kết quả thứ {kept.place}. Lý do: {kept.reason}" if kept else ""


@in_vietnamese
def count_record(actor: Actor, board_id: int, number: int, review_id: int) -> Paper:
    """The count record, with blanks to fill by hand as long as the vote is not closed.

    :raises NotVisible: as for the ballots.
    """
    page, item = _led(actor, board_id, number, review_id)
    board, vote = db.session.get_one(Board, board_id), _closed(board_id, number, review_id)
    tellers = tellers_named(vote) if vote else ("", "")
    paper = data.CountRecord(
        head=board_letterhead(board, page.on), board=board.name, session=_session(page), code=item.code, title=item.title,
        voters=item.outlook.voters if item.outlook else 0, needed=item.vote.needed if item.vote else 0, figures=_figures(vote),
        note=settled_note(vote) if vote else "",
        signatures=tuple(parts.Signature(lines=("Người kiểm phiếu",), name=each, note="(Ký, ghi rõ họ tên)") for each in tellers),
    )  # fmt: skip
    return Paper(f"{item.code}-kiem-phieu.pdf", render_pdf(paper))
