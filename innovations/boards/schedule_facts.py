"""The schedules of boards as the rules know them, in one query for any number of boards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from innovations.boards.loading import load_board
from innovations.boards.models import Board
from innovations.boards.models_schedule import BoardPhase as Row
from innovations.boards.rules.access import check_may_schedule
from innovations.boards.rules.schedule import AuthorsShown, BoardPhase, NamesShown, Schedule, SheetsShown
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.core.statements import Columns, ids, kept_statement, read_once, rows
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.models import Campaign


@kept_statement
def _phases() -> Columns:
    chosen = select(Row.board_id, Row.campaign_id, Row.name, Row.from_on, Row.scoring, Row.authors, Row.sheets, Row.names)
    return chosen.where(Row.board_id.in_(ids())).order_by(Row.from_on.is_not(None), Row.from_on)


def _phase(row: Any) -> BoardPhase:
    return BoardPhase(
        row.name, row.from_on, row.scoring, AuthorsShown(row.authors), SheetsShown(row.sheets), NamesShown(row.names)
    )


@read_once
def _schedules(board_ids: tuple[int, ...]) -> Mapping[tuple[int, int | None], Schedule]:
    found: dict[tuple[int, int | None], list[BoardPhase]] = defaultdict(list)
    for row in rows(_phases(), ids=board_ids):
        found[row.board_id, row.campaign_id].append(_phase(row))
    return {place: tuple(phases) for place, phases in found.items()}


class Schedules:
    """The schedules of some boards.

    :param board_ids: of every board that is asked about.
    """

    def __init__(self, board_ids: Iterable[int]) -> None:
        self._found = _schedules(tuple(sorted(set(board_ids))))

    def own(self, board_id: int, campaign_id: int | None) -> Schedule:
        """The schedule made for the campaign itself, or for everything without one; empty: none was made."""
        return self._found.get((board_id, campaign_id), ())

    def of(self, board_id: int, campaign_id: int | None) -> Schedule:
        """The schedule a review of the campaign stands in; empty: none."""
        return self.own(board_id, campaign_id) or self.own(board_id, None)


def check_campaign(board: Board, campaign_id: int | None) -> Campaign | None:
    """The campaign that a schedule of the board is for; None: for all that stand in no schedule of their own campaign.

    :raises NotVisible: it is no campaign of the board's unit.
    """
    campaign = db.session.get(Campaign, campaign_id) if campaign_id is not None else None
    if campaign_id is not None and (campaign is None or campaign.unit_id != board.unit_id):
        raise NotVisible
    return campaign


def check_planner(actor: Actor, board_id: int, campaign_id: int | None) -> None:
    """Who may plan the phases of a board.

    :raises NotVisible: not a board of the actor, or no campaign of its unit.
    :raises NotScheduler: neither registrar of the unit nor the board's secretary.
    """
    board, facts = load_board(actor, board_id)
    check_may_schedule(actor, facts, today())
    check_campaign(board, campaign_id)
