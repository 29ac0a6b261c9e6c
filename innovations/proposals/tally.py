"""Adding up the tally of what a reader may see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute

from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import audiences_of, whole_imports
from innovations.proposals.models_tally import PROPERTIES, ProposalTally


def tallied(
    actor: Actor, by: Sequence[InstrumentedAttribute[Any]], *conditions: ColumnElement[bool], under: str = "/"
) -> Sequence[Any]:
    """How many proposals based at or below the path ``under`` the actor may see, by each combination of ``by`` that has any.

    :param by: columns of :class:`ProposalTally`; the number comes behind them.
    """
    seen = [
        ProposalTally.audience_id.in_(audiences_of(actor)),
        or_(ProposalTally.import_batch_id == 0, ProposalTally.import_batch_id.in_(whole_imports())),
    ]
    if under != "/":
        seen.append(ProposalTally.base_unit_id.in_(select(Unit.id).where(Unit.path.startswith(under, autoescape=True))))
    total = func.sum(ProposalTally.proposals)
    return db.session.execute(select(*by, total).where(*seen, *conditions).group_by(*by).having(total > 0)).all()


def untrue() -> Sequence[Row[Any]]:
    """Rows that only the tally has, or only a count of all proposals; none unless triggers were taken away or somebody wrote beside them."""
    counted = f"SELECT {PROPERTIES}, count(*) FROM proposal_standing GROUP BY {PROPERTIES}"  # noqa: S608  (constants)
    kept = f"SELECT {PROPERTIES}, proposals FROM proposal_tally"  # noqa: S608  (constants)
    ones = f"SELECT * FROM ({counted} EXCEPT {kept}) UNION ALL SELECT * FROM ({kept} EXCEPT {counted})"  # noqa: S608  (constants)
    return db.session.execute(text(ones)).all()
