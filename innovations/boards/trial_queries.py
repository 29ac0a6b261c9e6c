"""A criteria set tried on a campaign that was scored by another: what each proposal would have come to.  Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovations.boards.campaign_cases import Case, campaign_cases
from innovations.boards.models import Board
from innovations.boards.rules.scoring import Result
from innovations.boards.rules.trying import tried
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.models import CriteriaSetRow
from innovations.regulations.rules.access import may_use_set
from innovations.regulations.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class TriedRow:
    """One proposal under both sets; ``after`` is None when they have no criterion in common."""

    review_id: int
    code: str
    title: str
    before: Result
    after: Result | None
    missing: tuple[str, ...]
    changes: bool


@dataclass(frozen=True)
class Trial:
    """A set tried on a campaign; proposals by their codes."""

    set_id: int
    criteria: CriteriaSet
    rows: tuple[TriedRow, ...]

    @property
    def changing(self) -> int:
        """How many proposals would come out differently."""
        return sum(1 for row in self.rows if row.changes)


def sets_to_try(board_id: int) -> list[tuple[int, str]]:
    """Sets the board's unit may work by, in use or not: a set is tried before it is put into use.  By name."""
    board = db.session.get_one(Board, board_id)
    rows = db.session.scalars(select(CriteriaSetRow).options(joinedload(CriteriaSetRow.unit)).order_by(CriteriaSetRow.name))
    return [(row.id, row.name) for row in rows if may_use_set(board.unit.path, row.unit.path if row.unit else None)]


def trial(actor: Actor, board_id: int, campaign_id: int, set_id: int) -> Trial:
    """The set tried on the reviews of the campaign whose scores the actor may weigh.  Whoever asks has checked the board's page.

    :raises NotVisible: no set the board's unit may work by.
    """
    if set_id not in {each for each, _name in sets_to_try(board_id)}:
        raise NotVisible
    row = db.session.get_one(CriteriaSetRow, set_id)
    criteria = CriteriaSet.from_json({**row.content, "name": row.name})
    found = sorted(campaign_cases(actor, board_id, campaign_id), key=lambda case: case.code)
    return Trial(set_id, criteria, tuple(_row(case, criteria) for case in found))


def _row(case: Case, criteria: CriteriaSet) -> TriedRow:
    one = tried(case.criteria, criteria, list(case.sheets.values()), case.rules)
    missing = tuple(each.name for each in one.missing) if one else ()
    return TriedRow(
        case.review_id, case.code, case.title, case.result, one.result if one else None, missing, bool(one and one.changes)
    )
