"""The figures of the annual report and of before/after lines, computed from plain facts.

Rollups follow the tree: a unit's row counts everything at or below it.  Only confirmed benefits are added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from innovations.people.rules.units import PersonCategory


@dataclass(frozen=True)
class BenefitFacts:
    """A confirmed benefit: đồng per year, or None where it cannot be counted in money."""

    money_per_year: int | None


@dataclass(frozen=True)
class ReviewFigures:
    """One review as far as the report goes; dates are local, None when it did not happen.

    :param unit_path: of the unit that considered it.
    """

    unit_path: str
    received_on: date | None = None
    accepted_on: date | None = None
    refused_on: date | None = None
    recognised_on: date | None = None
    revoked_on: date | None = None
    forwarded_on: date | None = None
    recognised_above_on: date | None = None
    applied: bool = False
    solution_types: tuple[str, ...] = ()
    work_field: str = ""
    grade: str | None = None
    categories: tuple[PersonCategory, ...] = ()
    adopting_unit_ids: frozenset[int] = frozenset()
    benefits: tuple[BenefitFacts, ...] = ()


@dataclass(frozen=True)
class AnnualRow:
    """One unit's row of the annual report."""

    received: int = 0
    accepted: int = 0
    refused: int = 0
    recognised: int = 0
    by_type: Mapping[str, int] = field(default_factory=dict, hash=False)
    by_field: Mapping[str, int] = field(default_factory=dict, hash=False)
    by_grade: Mapping[str, int] = field(default_factory=dict, hash=False)
    by_category: Mapping[PersonCategory, int] = field(default_factory=dict, hash=False)
    applied: int = 0
    replicated: int = 0
    adopting_units: int = 0
    benefit_money: int = 0
    benefits_not_computable: int = 0
    forwarded: int = 0
    recognised_above: int = 0
    revoked: int = 0


def annual_row(unit_path: str, year: int, reviews: Iterable[ReviewFigures]) -> AnnualRow:
    """Return the row of a unit and everything below it.

    Each column counts by its own date in ``year``; types, fields, grades, authors, adoptions and benefits belong to
    what was recognised in ``year``.  A proposal with two solution types counts in both columns, once in the total.
    """
    below = [review for review in reviews if review.unit_path.startswith(unit_path)]
    recognised = [review for review in below if _in_year(review.recognised_on, year)]
    benefits = [benefit for review in recognised for benefit in review.benefits]
    money = [benefit.money_per_year for benefit in benefits if benefit.money_per_year is not None]
    return AnnualRow(
        received=_count(below, "received_on", year),
        accepted=_count(below, "accepted_on", year),
        refused=_count(below, "refused_on", year),
        recognised=len(recognised),
        by_type=Counter(kind for review in recognised for kind in review.solution_types),
        by_field=Counter(review.work_field for review in recognised),
        by_grade=Counter(review.grade for review in recognised if review.grade),
        by_category=Counter(category for review in recognised for category in review.categories),
        applied=sum(review.applied for review in recognised),
        replicated=sum(bool(review.adopting_unit_ids) for review in recognised),
        adopting_units=len({unit for review in recognised for unit in review.adopting_unit_ids}),
        benefit_money=sum(money),
        benefits_not_computable=len(benefits) - len(money),
        forwarded=_count(below, "forwarded_on", year),
        recognised_above=_count(below, "recognised_above_on", year),
        revoked=_count(below, "revoked_on", year),
    )


def _in_year(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def _count(reviews: Iterable[ReviewFigures], column: str, year: int) -> int:
    return sum(_in_year(getattr(review, column), year) for review in reviews)


def adoption_count(owner_unit_id: int, adopting_unit_ids: Iterable[int]) -> int:
    """Return how many distinct other units use it now; the owning unit's own use does not count."""
    return len(set(adopting_unit_ids) - {owner_unit_id})
