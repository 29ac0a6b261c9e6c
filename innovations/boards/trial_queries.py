"""A criteria set tried on a campaign that was scored by another: what each proposal would have come to.  Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovations.boards.campaign_cases import Case
from innovations.boards.models import Board
from innovations.boards.rules.scoring import Result
from innovations.boards.rules.trying import tried
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
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


def trial(cases: Iterable[Case], offered: Iterable[tuple[int, str]], set_id: int) -> Trial:
    """The set tried on the reviews of a campaign, as its page has read them for the reader.

    :param offered: as :func:`sets_to_try` gave them.
    :raises NotVisible: the set is none of them.
    """
    if set_id not in {each for each, _name in offered}:
        raise NotVisible
    row = db.session.get_one(CriteriaSetRow, set_id)
    criteria = CriteriaSet.from_json({**row.content, "name": row.name})
    found = sorted(cases, key=lambda case: case.code)
    return Trial(set_id, criteria, tuple(_row(case, criteria) for case in found))


def _row(case: Case, criteria: CriteriaSet) -> TriedRow:
    one = tried(case.criteria, criteria, list(case.sheets.values()), case.rules)
    missing = tuple(each.name for each in one.missing) if one else ()
    return TriedRow(
        case.review_id, case.code, case.title, case.result, one.result if one else None, missing, bool(one and one.changes)
    )
