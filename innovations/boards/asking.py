"""Whether what a notice of the boards asked of its reader is still to be done."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from sqlalchemy import select

from innovations.boards.agenda_queries import ItemShown
from innovations.boards.correction_queries import to_confirm
from innovations.boards.deadlines import BY_STATE
from innovations.boards.decision_queries import pending
from innovations.boards.meeting_queries import running_meetings
from innovations.boards.models_decision import DecisionLine
from innovations.boards.models_meeting import AgendaItem, Vote
from innovations.boards.queue_queries import my_sheets
from innovations.boards.rules.events import NoticeKind
from innovations.boards.rules.votes import VoteState
from innovations.extensions import db
from innovations.notifications import StillAsking
from innovations.people.rules.roles import Actor
from innovations.proposals.asking import while_in
from innovations.proposals.rules.states import State


def _sheets(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    """Assignments of the reader without a submitted sheet, also before the day on which the board's schedule begins."""
    return {row.assignment_id for row in my_sheets(actor) if not (row.submitted or row.revealed)}


def _reviews_in_meetings(actor: Actor, asks: Callable[[ItemShown], bool]) -> set[int]:
    return {item.review_id for meeting in running_meetings(actor) for item in meeting.items if asks(item)}


def _votes(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """Open votes that the reader has not taken part in yet."""
    opened = select(Vote.id, AgendaItem.review_id).join(AgendaItem, AgendaItem.id == Vote.item_id)
    rows = db.session.execute(opened.where(Vote.id.in_(ids), Vote.state == VoteState.OPEN.value)).all()
    waiting = _reviews_in_meetings(actor, lambda item: item.rights.votes) if rows else set()
    return {vote_id for vote_id, review_id in rows if review_id in waiting}


def _conclusions(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    """Reviews whose conclusion waits for the reader's confirmation."""
    return _reviews_in_meetings(actor, lambda item: item.rights.confirms)


def _decisions(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {row.review_id for row in pending(actor)}


def _corrections(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    """Reviews decided by a decision whose correction the reader may confirm."""
    lines = select(DecisionLine.review_id).where(DecisionLine.decision_id.in_([row.id for row in to_confirm(actor)]))
    return set(db.session.scalars(lines))


def _reminders() -> Mapping[StrEnum, StillAsking]:
    """Reminders of deadlines, as long as a review is in a state whose clock they are about."""
    states: dict[StrEnum, list[State]] = {}
    for state, (_kind, notice) in BY_STATE.items():
        states.setdefault(notice, []).append(state)
    return {notice: while_in(*found) for notice, found in states.items()}


ASKING: Mapping[StrEnum, StillAsking] = {
    **_reminders(),
    NoticeKind.ASSIGNED: _sheets,
    NoticeKind.SHEET_REMINDER: _sheets,
    NoticeKind.SHEET_REOPENED: _sheets,
    NoticeKind.VOTE_OPENED: _votes,
    NoticeKind.CONFIRMATION_ASKED: _conclusions,
    NoticeKind.DECISION_ASKED: _decisions,
    NoticeKind.CORRECTION_PROPOSED: _corrections,
}
