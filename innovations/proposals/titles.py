"""Titles straight from the database, for the minutes in which the search index cannot be asked; the same rights hold."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, String, cast, func, or_, select

from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.audience import seen_with
from innovations.proposals.models import Proposal, Review
from innovations.regulations.models import FieldOfWork
from innovations.search import Filters
from innovations.search.port import Title


def titles(reader_tokens: Collection[str], filters: Filters) -> Iterable[Title]:
    """What the reader may see, narrowed by all but the adoptions, newest recognised first, then newest."""
    chosen = (
        select(Proposal.id, func.coalesce(Proposal.code, Proposal.draft_code), Proposal.title)
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .outerjoin(FieldOfWork, FieldOfWork.id == Proposal.field_id)
        .where(seen_with(reader_tokens, first=True), Proposal.quarantined_at.is_(None), *_narrowed(filters))
        .order_by(Proposal.recognised_on.is_(None), Proposal.recognised_on.desc(), Proposal.id.desc())
    )
    return [Title(*row) for row in db.session.execute(chosen)]


def _narrowed(filters: Filters) -> Iterable[ColumnElement[bool]]:
    """The conditions of the filters in use; a value that is no number or no unit finds nothing, as in the index."""
    columns = {
        "field": FieldOfWork.code, "level": Proposal.recognised_level, "grade": Proposal.grade, "handling": Proposal.handling,
        "year": cast(Proposal.recognised_year, String),
    }  # fmt: skip
    for name, values in filters.chosen().items():
        if name in columns:
            yield cast(columns[name], String).in_(values)
        elif name == "unit":
            yield or_(*(Unit.path.contains(f"/{value}/", autoescape=True) for value in values))
        elif name == "type":
            yield or_(*(cast(Proposal.solution_types, String).contains(f'"{value}"', autoescape=True) for value in values))
        elif name == "state":
            yield Proposal.id.in_(select(Review.proposal_id).where(cast(Review.state, String).in_(values)))
