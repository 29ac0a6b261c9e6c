"""Meetings on the board of seven: a review brought before it, who is there, how they vote."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from innovations.boards.board_facts import board_facts
from innovations.boards.models_meeting import Meeting, Vote
from innovations.boards.rules.meetings import Mark
from innovations.boards.rules.votes import Opinion
from innovations.boards.services import concluding, counting, items, meetings, votes
from innovations.boards.services.meetings import MeetingData
from innovations.core.clock import today
from innovations.extensions import db
from innovations.regulations.rules.rulesets import VoteMode
from tests.board_world import SCORERS, SEATED, BoardWorld
from tests.prepared import prepared
from tests.rules_in_force import rules_in_force

AWAY = "Đi công tác theo kế hoạch."


@prepared
def scored(board: BoardWorld, *, mode: str = "secret", points: Mapping[str, str] | None = None, **changes: object) -> int:
    """A review with three submitted sheets, whose rules name the mode of the vote."""
    with rules_in_force(vote_mode=VoteMode(mode)):
        review_id = board.scoring(**changes)
    for number in SCORERS:
        board.submit(review_id, number, **(points or {}))
    return review_id


@prepared
def called(board: BoardWorld, *review_ids: int, by: str = "thuky") -> int:
    """A meeting of today with these reviews; its number."""
    return meetings.call_meeting(board.actor(by), board.board_id, MeetingData(today(), review_ids, place="Phòng giao ban"))


@prepared
def attended(board: BoardWorld, number: int, absent: tuple[str, ...] = ()) -> None:
    """The meeting starts; everybody comes but those named."""
    secretary = board.actor("thuky")
    meetings.start_meeting(secretary, board.board_id, number)
    attend(board, number, absent)


@prepared
def attend(board: BoardWorld, number: int, absent: tuple[str, ...] = ()) -> None:
    """Who is there, for every seat held now."""
    seats = {each: board.seat(each) for each in SEATED}
    held = {seat.seat_id for seat in board_facts(board.board_id).active(today())}
    marks = {seat: Mark(who not in absent, AWAY if who in absent else "") for who, seat in seats.items() if seat in held}
    meetings.take_attendance(board.actor("thuky"), board.board_id, number, marks)


@prepared
def before_board(board: BoardWorld, review_id: int, absent: tuple[str, ...] = ()) -> int:
    """A meeting that runs, with the review's points revealed; its number."""
    number = called(board, review_id)
    attended(board, number, absent)
    items.reveal(board.actor("thuky"), board.board_id, number, review_id)
    return number


@prepared
def open_vote(board: BoardWorld, number: int, review_id: int) -> None:
    """The secretary opens the vote."""
    votes.open_vote(board.actor("thuky"), board.board_id, number, review_id)


@prepared
def cast(board: BoardWorld, number: int, review_id: int, who: str, opinion: Opinion = Opinion.AGREE) -> None:
    """A member votes."""
    votes.cast(board.actor(who), board.board_id, number, review_id, opinion=opinion)


@prepared
def close_vote(board: BoardWorld, number: int, review_id: int) -> None:
    """The secretary closes the vote."""
    counting.close_vote(board.actor("thuky"), board.board_id, number, review_id)


@prepared
def voted(board: BoardWorld, review_id: int, *, agree: int, absent: tuple[str, ...] = ()) -> int:
    """A vote held and closed: the first ``agree`` of those present agree, the others do not.  The meeting's number."""
    number = before_board(board, review_id, absent)
    open_vote(board, number, review_id)
    for place, who in enumerate(each for each in SEATED if each not in absent):
        cast(board, number, review_id, who, Opinion.AGREE if place < agree else Opinion.DISAGREE)
    close_vote(board, number, review_id)
    return number


@prepared
def concluded(board: BoardWorld, *, agree: int = 7, by: str = "tacgia", **changes: object) -> int:
    """A review the board has concluded on; passed unless fewer than five agree."""
    review_id = scored(board, by=by, **changes)
    conclude(board, voted(board, review_id, agree=agree), review_id)
    return review_id


@prepared
def conclude(board: BoardWorld, number: int, review_id: int, chair: str = "chutich") -> None:
    """The secretary records, who presides confirms."""
    concluding.record_conclusion(board.actor("thuky"), board.board_id, number, review_id)
    concluding.confirm_conclusion(board.actor(chair), board.board_id, number, review_id)


def meeting(board: BoardWorld, number: int) -> Meeting:
    """The stored meeting, read afresh."""
    db.session.expire_all()
    return db.session.scalars(select(Meeting).where(Meeting.board_id == board.board_id, Meeting.number == number)).one()


def vote(board: BoardWorld, number: int) -> Vote:
    """The latest vote of the meeting's first item, read afresh."""
    return meeting(board, number).items[0].votes[-1]
