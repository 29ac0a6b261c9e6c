"""The annual report of a unit: one row for it and one for each base below, in the columns of domain §7."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core.rules.calendar import local_date
from innovations.core.scoping import unscoped
from innovations.core.statements import Columns
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.models import Adoption, AdoptionBenefit
from innovations.people.models import Person, Unit
from innovations.people.queries import UnitRow, units
from innovations.people.rules.roles import Actor
from innovations.people.rules.units import PersonCategory
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import BenefitItem, Contribution
from innovations.proposals.rules.content import BenefitBasis, SolutionType
from innovations.proposals.rules.states import State
from innovations.regulations.models import FieldOfWork
from innovations.reports.columns import Value
from innovations.reports.register import REGISTER_ROLES
from innovations.reports.rules.figures import AnnualRow, BenefitFacts, ReviewFigures, annual_row


@dataclass(frozen=True)
class AnnualReport:
    """The report as a table: the first row is the unit with everything below it, then each base.

    :param groups: name and number of the columns that belong together, in their order after the unit's own.
    """

    headers: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Value, ...], ...]


def may_report(actor: Actor, unit_path: str) -> bool:
    """Say whether the actor keeps the register of the unit, and so may read its figures."""
    return any(actor.holds(role, unit_path) for role in REGISTER_ROLES)


def annual_report(unit_path: str, year: int) -> AnnualReport:
    """The report of the unit at ``unit_path`` over a calendar year of Vietnam.  Whoever asks has checked :func:`may_report`."""
    facts = list(review_figures(unit_path))
    listed = [unit for unit in units(under=unit_path, only_active=False) if unit.path == unit_path or unit.is_base]
    rows = [(unit, annual_row(unit.path, year, facts)) for unit in listed]
    kept = [(unit, row) for unit, row in rows if unit.path == unit_path or row != AnnualRow()]
    fields = tuple(db.session.scalars(select(FieldOfWork.name).order_by(FieldOfWork.position, FieldOfWork.id)))
    grades = tuple(sorted({grade for _unit, row in kept for grade in row.by_grade} | {"A", "B", "C"}))
    return AnnualReport(
        _headers(fields, grades), _groups(fields, grades), tuple(_cells(unit, row, fields, grades) for unit, row in kept)
    )


def _groups(fields: tuple[str, ...], grades: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return (
        ("Tiếp nhận, xét, công nhận", 4), ("Loại giải pháp", len(SolutionType)), ("Lĩnh vực", len(fields)), ("Xếp loại", len(grades)),
        ("Tác giả", len(PersonCategory)), ("Áp dụng, nhân rộng, lợi ích", 5), ("Cấp trên công nhận, hủy công nhận", 3),
    )  # fmt: skip


def _headers(fields: tuple[str, ...], grades: tuple[str, ...]) -> tuple[str, ...]:
    return (
        "Đơn vị", "Tiếp nhận", "Thụ lý", "Từ chối", "Công nhận", *(each.label for each in SolutionType),
        *(f"Lĩnh vực: {name}" for name in fields), *(f"Loại {grade}" for grade in grades),
        *(f"Tác giả: {each.label}" for each in PersonCategory), "Đã áp dụng", "Được nhân rộng", "Đơn vị áp dụng lại",
        "Tiền làm lợi (đồng/năm)", "Lợi ích không tính được thành tiền", "Đề nghị cấp trên", "Cấp trên công nhận", "Hủy công nhận",
    )  # fmt: skip


def _cells(unit: UnitRow, row: AnnualRow, fields: tuple[str, ...], grades: tuple[str, ...]) -> tuple[Value, ...]:
    return (
        unit.name, row.received, row.accepted, row.refused, row.recognised,
        *(row.by_type.get(each.value, 0) for each in SolutionType), *(row.by_field.get(name, 0) for name in fields),
        *(row.by_grade.get(grade, 0) for grade in grades), *(row.by_category.get(each, 0) for each in PersonCategory),
        row.applied, row.replicated, row.adopting_units, row.benefit_money, row.benefits_not_computable, row.forwarded,
        row.recognised_above, row.revoked,
    )  # fmt: skip


@dataclass(frozen=True)
class _Around:
    """What is read once for all reviews: decisions by review and kind, and by proposal what recognition is judged by."""

    decided: Mapping[tuple[int, str], tuple[date, str]]
    categories: Mapping[int, tuple[PersonCategory, ...]]
    adopting: Mapping[int, frozenset[int]]
    benefits: Mapping[int, tuple[BenefitFacts, ...]]


def _of_unit(statement: Columns) -> Columns:
    return unscoped(statement, because="figures of a whole unit for the office that answers for it, nothing of one dossier")


def review_figures(unit_path: str) -> Iterator[ReviewFigures]:
    """The facts of every review considered at or below a unit; what is quarantined is left out."""
    chosen = (
        select(Review, Proposal, Unit.path, FieldOfWork.name)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .join(Unit, Unit.id == Review.unit_id)
        .outerjoin(FieldOfWork, FieldOfWork.id == Proposal.field_id)
        .where(Unit.path.startswith(unit_path, autoescape=True), Proposal.quarantined_at.is_(None), Review.state != State.DRAFT)
    )
    rows = db.session.execute(_of_unit(chosen).order_by(Review.proposal_id, Review.id)).all()
    considered = select(Review.proposal_id).join(Unit, Unit.id == Review.unit_id)
    considered = considered.where(Unit.path.startswith(unit_path, autoescape=True))  # ids as variables end at 32,766
    around, later = _around(considered), _next_reviews(considered)
    for review, proposal, path, field in rows:
        yield _figures(review, proposal, path, field or "", around, later.get(review.id))


def _figures(review: Review, proposal: Proposal, path: str, field: str, around: _Around, above: Review | None) -> ReviewFigures:
    recognised, grade = around.decided.get((review.id, DecisionKind.RECOGNISE.value), (None, ""))
    revoked, _grade = around.decided.get((review.id, DecisionKind.REVOKE.value), (None, ""))
    recognised_above, _grade = around.decided.get((above.id, DecisionKind.RECOGNISE.value), (None, "")) if above else (None, "")
    refused = review.held_since if review.state is State.REJECTED else None
    return ReviewFigures(
        path, _day(review.received_at), _day(review.accepted_at), _day(refused), recognised, revoked,
        _day(above.received_at) if above else None, recognised_above,
        applied=proposal.first_applied_on is not None or proposal.id in around.adopting,
        solution_types=tuple(proposal.solution_types), work_field=field, grade=grade or review.grade or proposal.grade,
        categories=around.categories.get(proposal.id, ()), adopting_unit_ids=around.adopting.get(proposal.id, frozenset()),
        benefits=around.benefits.get(proposal.id, ()),
    )  # fmt: skip


def _day(instant: Any) -> date | None:
    return local_date(instant) if instant else None


def _next_reviews(proposal_ids: Select[Any]) -> dict[int, Review]:
    """Review → the later one of the same proposal: what it was forwarded to."""
    found: dict[int, Review] = {}
    before: Review | None = None
    chosen = select(Review).where(Review.proposal_id.in_(proposal_ids)).order_by(Review.proposal_id, Review.id)
    for review in db.session.scalars(_of_unit(chosen)):
        if before is not None and before.proposal_id == review.proposal_id:
            found[before.id] = review
        before = review
    return found


def _around(proposal_ids: Select[Any]) -> _Around:
    return _Around(_decided(proposal_ids), _categories(proposal_ids), _adopting(proposal_ids), _benefits(proposal_ids))


def _decided(proposal_ids: Select[Any]) -> dict[tuple[int, str], tuple[date, str]]:
    """Day and grade of each decision.  An old register may know the year only: then its first day stands for it."""
    chosen = (
        select(DecisionLine.review_id, DecisionLine.kind, DecisionLine.grade, Decision.decided_on, Decision.year)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .join(Review, Review.id == DecisionLine.review_id)
        .where(Review.proposal_id.in_(proposal_ids))
    )
    return {
        (row.review_id, row.kind): (row.decided_on or date(row.year, 1, 1), row.grade or "")
        for row in db.session.execute(_of_unit(chosen))
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _categories(proposal_ids: Select[Any]) -> dict[int, tuple[PersonCategory, ...]]:
    chosen = select(Contribution.proposal_id, Person.category).join(Person, Person.id == Contribution.person_id)
    rows = db.session.execute(_of_unit(chosen.where(Contribution.proposal_id.in_(proposal_ids))))
    return {key: tuple(values) for key, values in _grouped((row[0], row[1]) for row in rows).items()}


def _adopting(proposal_ids: Select[Any]) -> dict[int, frozenset[int]]:
    chosen = select(Adoption.proposal_id, Adoption.unit_id).join(Proposal, Proposal.id == Adoption.proposal_id)
    rows = db.session.execute(_of_unit(chosen.where(counted(), Adoption.proposal_id.in_(proposal_ids))))
    return {key: frozenset(values) for key, values in _grouped((row[0], row[1]) for row in rows).items()}


def _benefits(proposal_ids: Select[Any]) -> dict[int, tuple[BenefitFacts, ...]]:
    """Confirmed lines only: of the proposal itself, and those an adopting commander confirmed (domain §3)."""
    own = select(BenefitItem.proposal_id, BenefitItem.money_per_year).where(BenefitItem.basis == BenefitBasis.CONFIRMED)
    measured = select(Adoption.proposal_id, AdoptionBenefit.money_per_year).join(
        Adoption, Adoption.id == AdoptionBenefit.adoption_id
    )
    rows = [
        *db.session.execute(_of_unit(own.where(BenefitItem.proposal_id.in_(proposal_ids)))),
        *db.session.execute(_of_unit(measured.where(Adoption.confirmed_at.is_not(None), Adoption.proposal_id.in_(proposal_ids)))),
    ]
    return {key: tuple(values) for key, values in _grouped((row[0], BenefitFacts(row[1])) for row in rows).items()}
