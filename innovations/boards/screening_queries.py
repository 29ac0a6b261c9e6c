"""Who may screen what, and what a screening found, as far as the reader may know both proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from innovations.boards.board_facts import boards_facts
from innovations.boards.models import Board
from innovations.boards.models_screening import Screening
from innovations.boards.rules.seats import SeatRole
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import seen_with
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.visibility import reader_tokens, similarity_tokens
from innovations.proposals.services.alike import WORTH_ASKING
from innovations.proposals.services.similar import Says
from innovations.regulations.models import Campaign


@dataclass(frozen=True)
class Subject:
    """An import or a campaign, and the unit whose it is."""

    unit_id: int
    unit_path: str
    unit: str
    batch_id: int | None
    campaign_id: int | None
    name: str
    at: datetime | None


@dataclass(frozen=True)
class Progress:
    """A screening as it stands; ``finished_at`` is None while the worker is at it."""

    id: int
    subject: Subject
    asked_at: datetime
    finished_at: datetime | None
    done: int
    total: int


@dataclass(frozen=True)
class Side:
    """One of two proposals."""

    id: int
    address: str
    title: str
    unit: str
    year: int | None


@dataclass(frozen=True)
class Pair:
    """Two proposals that may be one; ``opens`` says whether the reader may compare them."""

    id: int
    left: Side
    right: Side
    score: float
    says: str
    verdict: str
    looked_at: datetime | None
    opens: bool


def subject_of(batch_id: int | None, campaign_id: int | None) -> Subject:
    """The import or campaign.

    :raises NotVisible: there is none, or it is not whole yet.
    """
    batch = db.session.get(ImportBatch, batch_id) if batch_id else None
    if batch is not None and batch.published_at is not None:
        unit = db.session.get_one(Unit, batch.unit_id)
        return Subject(unit.id, unit.path, unit.short_name, batch.id, None, "", batch.published_at)
    campaign = db.session.get(Campaign, campaign_id) if campaign_id else None
    if campaign is None:
        raise NotVisible
    unit = campaign.unit
    return Subject(unit.id, unit.path, unit.short_name, None, campaign.id, campaign.name, None)


def secretary_at(actor: Actor) -> frozenset[int]:
    """Units whose board the actor is secretary of today."""
    boards = boards_facts(db.session.scalars(select(Board.id).where(Board.active)))
    seats = ((facts.unit_id, facts.seats_person(actor.person_id, today())) for facts in boards.values())
    return frozenset(unit_id for unit_id, seat in seats if seat is not None and seat.role is SeatRole.SECRETARY)


def check_screener(actor: Actor, subject: Subject) -> None:
    """An import: the registrar of its unit; a campaign: also the secretary of the unit's board.

    :raises NotVisible: anybody else.
    """
    if actor.holds(Role.REGISTRAR, subject.unit_path):
        return
    if subject.campaign_id is None or subject.unit_id not in secretary_at(actor):
        raise NotVisible


def screening_for(actor: Actor, screening_id: int) -> Screening:
    """A screening the actor may ask for himself.

    :raises NotVisible: there is none, or not for him.
    """
    row = db.session.get(Screening, screening_id)
    if row is None:
        raise NotVisible
    check_screener(actor, subject_of(row.batch_id, row.campaign_id))
    return row


def may_screen(actor: Actor) -> bool:
    """Whether there is anything the actor may have screened."""
    return actor.holds_anywhere(Role.REGISTRAR) or bool(secretary_at(actor))


def subjects(actor: Actor) -> list[tuple[Subject, Progress | None]]:
    """Campaigns and imports the actor may have screened, youngest first, with their latest screening."""
    paths, at = actor.paths_of(Role.REGISTRAR), secretary_at(actor)
    campaigns = select(Campaign).join(Unit, Unit.id == Campaign.unit_id).order_by(Campaign.opens_on.desc(), Campaign.id.desc())
    batches = select(ImportBatch).where(ImportBatch.published_at.is_not(None)).order_by(ImportBatch.id.desc())
    found = [
        subject_of(None, row.id) for row in db.session.scalars(campaigns) if row.unit.path.startswith(paths) or row.unit_id in at
    ]
    imports = (subject_of(row.id, None) for row in db.session.scalars(batches)) if paths else ()
    found += [each for each in imports if each.unit_path.startswith(paths)]
    return [(each, _latest(each)) for each in found]


def _latest(subject: Subject) -> Progress | None:
    same = Screening.batch_id == subject.batch_id if subject.batch_id else Screening.campaign_id == subject.campaign_id
    row = db.session.scalar(select(Screening).where(same).order_by(Screening.id.desc()).limit(1))
    return _progress(row, subject) if row else None


def _progress(row: Screening, subject: Subject) -> Progress:
    return Progress(row.id, subject, row.asked_at, row.finished_at, row.done, row.total)


def progress(actor: Actor, screening_id: int) -> Progress:
    """How far a screening is.

    :raises NotVisible: see :func:`screening_for`.
    """
    row = screening_for(actor, screening_id)
    return _progress(row, subject_of(row.batch_id, row.campaign_id))


def pairs(actor: Actor, screening_id: int, *, page: int = 1, per_page: int | None = 20) -> tuple[list[Pair], int]:
    """What was found and how much there is: not judged first, then by score.

    :param per_page: None for all of them.
    :raises NotVisible: see :func:`screening_for`.
    """
    row = screening_for(actor, screening_id)
    known, own = similarity_tokens(actor, [row.unit_id]), reader_tokens(actor)
    chosen = _chosen(row, known)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if per_page is not None:
        chosen = chosen.limit(per_page).offset((page - 1) * per_page)
    rows = [(row[0], row[1], row[2]) for row in db.session.execute(chosen)]
    ids = {each for _finding, one, other in rows for each in (one.id, other.id)}
    opening = set(db.session.scalars(select(Proposal.id).where(Proposal.id.in_(ids), seen_with(own))))
    return list(_shown(rows, opening)), total


def _chosen(row: Screening, known: frozenset[str]) -> Select[SimilarityFinding, Proposal, Proposal]:
    one, other = aliased(Proposal), aliased(Proposal)
    chosen = select(SimilarityFinding, one, other).join(one, one.id == SimilarityFinding.proposal_id)
    chosen = chosen.join(other, other.id == SimilarityFinding.other_id)
    seen = [select(Proposal.id).where(Proposal.id == each.id, seen_with(known)).correlate(each).exists() for each in (one, other)]
    return chosen.where(
        or_(_of_subject(row, SimilarityFinding.proposal_id), _of_subject(row, SimilarityFinding.other_id)),
        SimilarityFinding.score >= WORTH_ASKING, *seen,
    ).order_by(SimilarityFinding.verdict != "", SimilarityFinding.score.desc(), SimilarityFinding.id)  # fmt: skip


def _of_subject(row: Screening, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if row.batch_id is not None:
        return column.in_(select(Proposal.id).where(Proposal.import_batch_id == row.batch_id))
    return column.in_(select(Review.proposal_id).where(Review.campaign_id == row.campaign_id))


def _shown(rows: Iterable[tuple[SimilarityFinding, Proposal, Proposal]], opening: set[int]) -> Iterator[Pair]:
    for finding, one, other in rows:
        yield Pair(
            finding.id, _side(one), _side(other), float(finding.score), finding.author_says, finding.verdict, finding.looked_at,
            {one.id, other.id} <= opening,
        )  # fmt: skip


def _side(row: Proposal) -> Side:
    year = row.recognised_year or row.register_year or (row.first_filed_at.year if row.first_filed_at else None)
    return Side(row.id, row.address, row.title, row.base_unit.short_name, year)


def rows_of(actor: Actor, screening_id: int) -> Iterator[tuple[str | int | None, ...]]:
    """Every pair as a row of cells, both sides and then likeness and verdict, in Vietnamese like every register file."""
    labels = {each.value: each.label for each in Says}
    for pair in pairs(actor, screening_id, per_page=None)[0]:
        sides = (value for side in (pair.left, pair.right) for value in (side.address, side.title, side.unit, side.year))
        yield (*sides, round(pair.score * 100), labels.get(pair.verdict, ""))
