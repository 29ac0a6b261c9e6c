"""Which decisions recognised an improvement, read from the boards' decisions; imported records may know less."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.units import Level
from innovations.proposals.models import Review
from innovations.proposals.rules.states import State

_SHOWN_KINDS = (DecisionKind.RECOGNISE, DecisionKind.SCOPE)


@dataclass(frozen=True)
class Recognition:
    """A decision that stands: at which level, its number and date, the grade or the scope it states."""

    kind: DecisionKind
    unit: str
    level: Level
    number: str
    decided_on: date | None
    grade: str
    scope: str


def recognitions(proposal_ids: Iterable[int]) -> dict[int, list[Recognition]]:
    """The standing decisions on each proposal, the highest level first; a revoked recognition is not among them."""
    chosen = (
        select(Review.proposal_id, DecisionLine, Decision, Unit.name, Unit.level)
        .join(DecisionLine, DecisionLine.review_id == Review.id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Unit, Unit.id == Decision.unit_id)
        .where(Review.proposal_id.in_(list(proposal_ids)), Review.state == State.RECOGNISED, DecisionLine.kind.in_(_SHOWN_KINDS))
        .order_by(Decision.decided_on.desc(), DecisionLine.id)
    )
    found: dict[int, list[Recognition]] = {}
    for proposal_id, line, decision, unit, level in db.session.execute(chosen):
        shown = Recognition(
            DecisionKind(line.kind), unit, level, decision.number, decision.decided_on, line.grade or "", line.scope
        )
        found.setdefault(proposal_id, []).append(shown)
    for each in found.values():
        each.sort(key=lambda one: -one.level.order)
    return found
