"""What is late within a reader's reach: who holds it, since when, by how many days, how far it has climbed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from innovations.boards.board_queries import kept_boards
from innovations.boards.deadlines import Deadline, deadlines
from innovations.core.clock import today
from innovations.core.rules.errors import N_, Forbidden
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import Level
from innovations.proposals.audience import seen_by
from innovations.proposals.lifecycle import HOLDERS
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.climbing import Rung, rungs_reached
from innovations.proposals.rules.clocks import ReminderKind
from innovations.proposals.rules.states import State

#: Offices that see to what is late in their units and below.
OVERSEERS = (Role.COMMANDER, Role.REGISTRAR, Role.DECIDER)

#: Who has to act where the timeline says the board does.
_HELD_BY = dict.fromkeys((State.SCORING, State.MEETING), "secretary")


class NothingToOversee(Forbidden):
    """Neither one of the offices nor a board's secretary."""

    message = N_("Trang này dành cho chỉ huy, cơ quan thường trực, thủ trưởng quyết định và thư ký hội đồng.")


@dataclass(frozen=True)
class OverdueRow:
    """A missed deadline.  ``people`` are named where the reader may know who they are; ``held_by`` is their role."""

    address: str
    title: str
    unit: str
    level: Level
    kind: ReminderKind
    state: State
    held_by: str
    people: tuple[str, ...]
    since: datetime | None
    due: date
    days: int
    rung: Rung


@dataclass(frozen=True)
class Overdue:
    """The rows of the chosen level, and counts of all that the reader oversees."""

    rows: Sequence[OverdueRow]
    total: int
    by_level: dict[Level, int]
    by_rung: dict[Rung, int]


def oversees(actor: Actor) -> bool:
    """Whether the page is of use to the reader: an office over units, or the secretary's seat."""
    return any(actor.holds_anywhere(role) for role in OVERSEERS) or bool(kept_boards(actor))


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    paths = sorted({path for role in OVERSEERS for path in actor.paths_of(role)})
    under = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return or_(Review.board_id.in_(kept_boards(actor)), *under) & seen_by(actor)


def _named(deadline: Deadline, kept: set[int | None], board_id: int | None) -> bool:
    """Authors stand in the dossier; which member scores is the secretary's to know."""
    if deadline.kind is ReminderKind.SHEET:
        return board_id in kept
    return HOLDERS.get(deadline.state, "decider") != "author"


def _rows(actor: Actor, late: Sequence[Deadline]) -> list[OverdueRow]:
    chosen = select(Review.id, Review.board_id, Proposal.code, Proposal.draft_code, Proposal.title, Unit.short_name, Unit.level)
    chosen = chosen.join(Proposal, Proposal.id == Review.proposal_id).join(Unit, Unit.id == Review.unit_id)
    known = {row.id: row for row in db.session.execute(chosen.where(Review.id.in_({each.review_id for each in late})))}
    names = names_of({person for each in late for person in each.ladder[Rung.PERSON]})
    kept: set[int | None] = set(kept_boards(actor))
    found = []
    for each in late:
        row = known[each.review_id]
        people = sorted(each.ladder[Rung.PERSON]) if _named(each, kept, row.board_id) else []
        held_by = "board" if each.kind is ReminderKind.SHEET else _HELD_BY.get(each.state, HOLDERS.get(each.state, "decider"))
        found.append(
            OverdueRow(
                row.code or row.draft_code or "", row.title, row.short_name, row.level, each.kind, each.state, held_by,
                tuple(names[person].titled for person in people), each.since, each.due, (today() - each.due).days,
                rungs_reached(each.due, today(), each.rules)[-1],
            )
        )  # fmt: skip
    return found


def overdue(actor: Actor, level: str = "") -> Overdue:
    """What is late in the reader's units and on the boards he keeps, the longest overdue first.

    :param level: of the unit that considers it; empty or unknown for all.
    :raises NothingToOversee: the reader has no such office and keeps no board.
    """
    if not oversees(actor):
        raise NothingToOversee
    rows = _rows(actor, deadlines(_within_reach(actor), before=today()))
    levels, rungs = Counter(row.level for row in rows), Counter(row.rung for row in rows)
    chosen = [row for row in rows if row.level == level] if level in set(Level) else rows
    by_level = {each: levels[each] for each in Level if levels[each]}
    return Overdue(chosen, len(rows), by_level, {rung: rungs[rung] for rung in Rung})
