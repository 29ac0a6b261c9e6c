"""Dated phases on the board of seven, counted from today."""

from __future__ import annotations

from datetime import date, timedelta

from innovations.boards.rules.schedule import BoardPhase, fingerprint
from innovations.boards.schedule_facts import Schedules
from innovations.boards.services import schedules
from innovations.core.clock import today
from tests.board_world import BoardWorld


def ahead(days: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=days)


def phase(name: str, days: int | None = None, **more: object) -> BoardPhase:
    """A phase that begins in so many days; without them the first of all."""
    return BoardPhase(name, None if days is None else ahead(days), **more)  # type: ignore[arg-type]


def plan(board: BoardWorld, *phases: BoardPhase, campaign: int | None = None, by: str = "thuky") -> None:
    """Plan these phases after those that have begun."""
    seen = fingerprint(Schedules([board.board_id]).own(board.board_id, campaign))
    schedules.change_schedule(board.actor(by), board.board_id, campaign, dict(enumerate(phases)), seen=seen)


def of_review(board: BoardWorld, review_id: int, rest: str = "") -> str:
    """The address of a review's page at the board, or of one behind it."""
    return f"/boards/{board.board_id}/reviews/{review_id}{rest}"
