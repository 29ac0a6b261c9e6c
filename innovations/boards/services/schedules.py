"""The dated phases of a board's rounds: planned by registrar and secretary, followed by the calendar.

What a phase hides is read from the schedule at every click.  Lists and search ask who sees a proposal by what is stored beside it:
that is worked out anew when a schedule is changed, and by :func:`follow_phases` on the day a phase begins.
"""

from sqlalchemy import ColumnElement, and_, delete, or_, select

from innovations import audit
from innovations.boards.models_schedule import BoardPhase as Row
from innovations.boards.relations import HIDING
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.schedule import NAME_MAX, BoardPhase, Rows, Schedule, begun, check_schedule, fingerprint
from innovations.boards.schedule_facts import Schedules, check_planner
from innovations.core.clock import today
from innovations.core.rules.errors import Stale
from innovations.core.rules.text import clean_line
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.models import Review


def _has_begun() -> ColumnElement[bool]:
    return or_(Row.from_on.is_(None), Row.from_on <= today())


def _store(board_id: int, campaign_id: int | None, ahead: Schedule) -> None:
    """Put these phases in the place of those that have not begun.  A step."""
    own = and_(Row.board_id == board_id, Row.campaign_id.is_not_distinct_from(campaign_id))
    db.session.execute(delete(Row).where(own, ~_has_begun()))
    db.session.add_all(_row(board_id, campaign_id, phase) for phase in ahead)


def _row(board_id: int, campaign_id: int | None, phase: BoardPhase) -> Row:
    return Row(
        board_id=board_id, campaign_id=campaign_id, from_on=phase.from_on, scoring=phase.scoring,
        name=clean_line(phase.name, max_length=NAME_MAX, field="name"),
        authors=phase.authors.value, sheets=phase.sheets.value, names=phase.names.value,
    )  # fmt: skip


def _follow(board_id: int) -> None:
    """Work out who sees, by the phases of today, what the board considers before the reveal: only there may they hide authors.  A step."""
    considered = select(Review.proposal_id).where(Review.board_id == board_id, Review.state.in_(HIDING)).distinct()
    audience.refresh(*db.session.scalars(unscoped(considered, because="who sees them is computed anew")))
    for row in db.session.scalars(select(Row).where(Row.board_id == board_id)):
        row.followed = row.from_on is None or row.from_on <= today()


def change_schedule(actor: Actor, board_id: int, campaign_id: int | None, rows: Rows, *, seen: str) -> None:
    """Plan the phases that have not begun; those that have stay as they are.

    :param campaign_id: whose reviews the schedule is for; None: all that stand in no schedule of their own campaign.
    :param rows: row of the form → phase.  Without a schedule so far one of them has no day: it is the first, and holds at once.
    :param seen: the fingerprint of the schedule that the actor has before them.
    :raises NotVisible: not a board of the actor, or no campaign of its unit.
    :raises NotScheduler: neither registrar of the unit nor the board's secretary.
    :raises Stale: somebody planned meanwhile; the field is ``seen``.
    :raises Several: what is wrong with the phases.
    """
    with atomic():
        check_planner(actor, board_id, campaign_id)
        present = Schedules([board_id]).own(board_id, campaign_id)
        if fingerprint(present) != seen:
            raise Stale("seen")
        ahead = check_schedule(begun(present, today()), rows, today())
        _store(board_id, campaign_id, ahead)
        _follow(board_id)
        audit.record(AuditTag.SCHEDULE_CHANGED, "board", board_id, by=actor.account_id, campaign=campaign_id, phases=len(ahead))


def follow_phases() -> int:
    """Recompute who sees the reviews of boards where a phase began since this was done last; run once a day.

    A phase remembers that it was followed, so a day on which nothing ran is caught up, and a second run does nothing.  A clock that
    was ahead is none the wiser: a phase that was followed and has not begun yet is followed anew.

    :returns: on how many boards one began.
    """
    with atomic() as session:
        turned = select(Row.board_id).where(or_(and_(_has_begun(), ~Row.followed), and_(~_has_begun(), Row.followed)))
        boards = list(session.scalars(turned.distinct()))
        for board_id in boards:
            _follow(board_id)
        return len(boards)
