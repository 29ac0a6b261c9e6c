"""One improvement as the library shows it: what it is, what it takes, what it brings, who made it and who uses it.

Confidential text and files with signatures are never part of it, whoever reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from innovations import search
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.membership import in_library
from innovations.library.models import Adoption
from innovations.library.recognition import Recognition, recognitions
from innovations.library.rules.adoptions import AdoptionKind, AdoptionState
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import File
from innovations.proposals.effects import EffectRow, effect_row
from innovations.proposals.models import Proposal
from innovations.proposals.models_dossier import Contribution, SimilarityFinding
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.content import Handling, Origin, SolutionType
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services.similar import Says
from innovations.regulations.queries import field_name

#: Similar improvements offered, at most.
MOST_SIMILAR = 5
#: Likeness from which an improvement may interest readers of another: much less than a repetition.
RELATED = 0.35


@dataclass(frozen=True)
class Maker:
    """An author as everybody may know him; ``share`` is unknown where the old register did not say."""

    name: str
    unit: str
    share: Decimal | None
    is_lead: bool


@dataclass(frozen=True)
class Use:
    """A unit that uses it now.  ``other`` says that it counts as an adoption."""

    unit: str
    kind: AdoptionKind
    since: date | None
    place: str
    result: str
    effects: tuple[EffectRow, ...]
    confirmed: bool
    other: bool


@dataclass(frozen=True)
class Related:
    """Another improvement in the library."""

    code: str
    title: str
    unit: str
    year: int | None
    grade: str


@dataclass(frozen=True)
class Improvement:
    """Everything the page says.  ``elsewhere``: the same idea, recognised at another base (domain case 13)."""

    id: int
    code: str
    title: str
    problem: str
    solution: str
    steps: str
    novelty: str
    conditions: str
    author_benefit: str
    applier_benefit: str
    effects: tuple[EffectRow, ...]
    makers: tuple[Maker, ...]
    base_unit: str
    owning_unit: str
    owning_unit_id: int
    responsible: str
    field: str
    type_labels: tuple[str, ...]
    proposal_class: str
    tags: tuple[str, ...]
    level: str
    grade: str
    recognised_on: date | None
    year: int | None
    decisions: tuple[Recognition, ...]
    files: tuple[File, ...]
    uses: tuple[Use, ...]
    similar: tuple[Related, ...]
    elsewhere: tuple[Related, ...]
    internal: bool
    imported: bool

    @property
    def adoptions(self) -> int:
        """How many other units use it now."""
        return sum(use.other for use in self.uses)


def recognised_at(actor: Actor, code: str) -> Proposal:
    """The improvement with this code.

    :raises NotVisible: there is none, it is not recognised, or the actor may not see it: one answer for all.
    """
    loaded = (
        *(joinedload(each) for each in (Proposal.base_unit, Proposal.owning_unit, Proposal.field, Proposal.responsible)),
        selectinload(Proposal.contributions).joinedload(Contribution.person),
        selectinload(Proposal.benefits),
        selectinload(Proposal.attachments),
    )
    here = or_(Proposal.code == code, Proposal.draft_code == code)
    found = db.session.scalar(select(Proposal).where(here, in_library(actor)).options(*loaded))
    if found is None:
        raise NotVisible
    return found


def improvement(actor: Actor, code: str) -> Improvement:
    """The page of an improvement.

    :raises NotVisible: see :func:`recognised_at`.
    """
    row = recognised_at(actor, code)
    same = _same_elsewhere(actor, row)
    alike = [each for each in _similar(actor, row) if each.code not in {one.code for one in same}]
    return Improvement(
        id=row.id, code=row.address, title=row.title, problem=row.situation, solution=row.content, steps=row.steps,
        novelty=row.novelty, conditions=row.conditions, author_benefit=row.author_benefit, applier_benefit=row.applier_benefit,
        effects=tuple(effect_row(line) for line in row.benefits), makers=tuple(_maker(each) for each in row.contributions),
        base_unit=row.base_unit.name, owning_unit=row.owning_unit.name, owning_unit_id=row.owning_unit_id,
        responsible=row.responsible.full_name if row.responsible else "", field=field_name(row.field),
        type_labels=tuple(gettext(SolutionType(each).label) for each in row.solution_types),
        proposal_class=row.proposal_class.label, tags=tuple(row.tags),
        level=row.recognised_level or "", grade=row.grade or "", recognised_on=row.recognised_on,
        year=row.recognised_year, decisions=tuple(recognitions([row.id]).get(row.id, ())),
        files=tuple(
            File(each.id, each.name, each.size, each.kind, each.media_type)
            for each in row.attachments
            if each.kind not in RESTRICTED_KINDS
        ),
        uses=_uses(row), similar=tuple(alike), elsewhere=tuple(same),
        internal=row.handling is Handling.INTERNAL, imported=row.origin is Origin.IMPORTED,
    )  # fmt: skip


def _maker(each: Contribution) -> Maker:
    name = each.person.full_name if each.person else each.free_name
    return Maker(f"{each.rank} {name}".strip(), each.unit_name, each.share, each.is_lead)


def _uses(row: Proposal) -> tuple[Use, ...]:
    in_use = (Adoption.proposal_id == row.id, Adoption.state == AdoptionState.IN_USE)
    chosen = (
        select(Adoption, Unit.name, counted())
        .join(Unit, Unit.id == Adoption.unit_id)
        .join(Proposal, Proposal.id == Adoption.proposal_id)
        .where(*in_use)
        .options(selectinload(Adoption.benefits))
        .order_by(Adoption.from_on, Adoption.id)
    )
    return tuple(
        Use(
            unit, AdoptionKind(each.kind), each.from_on, each.place, each.result,
            tuple(effect_row(line) for line in each.benefits), each.confirmed_at is not None, bool(other),
        )
        for each, unit, other in db.session.execute(chosen)
    )  # fmt: skip


def _related(actor: Actor, ids: list[int]) -> list[Related]:
    """Those of ``ids`` that the library shows the actor, in their order."""
    chosen = select(Proposal, Unit.short_name).join(Unit, Unit.id == Proposal.base_unit_id)
    rows = {row.id: (row, unit) for row, unit in db.session.execute(chosen.where(Proposal.id.in_(ids), in_library(actor)))}
    found = (rows[each] for each in ids if each in rows)
    return [Related(row.address, row.title, unit, row.recognised_year, row.grade or "") for row, unit in found]


def _similar(actor: Actor, row: Proposal) -> list[Related]:
    text = f"{row.situation}\n{row.content}"[:4000]
    here = search.Filters(state=search.LIBRARY_STATES)
    hits = search.similar(row.title, text, reader_tokens(actor), exclude=[row.id], k=2 * MOST_SIMILAR, filters=here)
    return _related(actor, [hit.id for hit in hits if hit.score >= RELATED])[:MOST_SIMILAR]


def similar_to(actor: Actor, code: str) -> list[Related]:
    """Improvements like this one, that the actor may see.

    :raises NotVisible: see :func:`recognised_at`.
    """
    return _similar(actor, recognised_at(actor, code))


def _same_elsewhere(actor: Actor, row: Proposal) -> list[Related]:
    """The same idea at other bases: what the examiner found to be the same, or the author said so and nobody denied it."""
    said = or_(
        SimilarityFinding.verdict == Says.SAME, (SimilarityFinding.verdict == "") & (SimilarityFinding.author_says == Says.SAME)
    )
    forth = select(SimilarityFinding.other_id).where(SimilarityFinding.proposal_id == row.id, said)
    back = select(SimilarityFinding.proposal_id).where(SimilarityFinding.other_id == row.id, said)
    at_others = Proposal.base_unit_id != row.base_unit_id
    chosen = select(Proposal.id).where(or_(Proposal.id.in_(forth), Proposal.id.in_(back)), at_others)
    return _related(actor, list(db.session.scalars(chosen.order_by(Proposal.recognised_on, Proposal.id))))
