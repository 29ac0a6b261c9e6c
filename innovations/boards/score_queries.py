"""What the sheets of a review say together, and how many are still expected.  Only sheets that count are read: submitted, on the
present revision, of seats whose assignment runs and whose holder is no author and has no conflict on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from innovations.boards.models import Assignment, Recusal, ScoreSheet, Seat
from innovations.boards.rules.assignments import SheetCount
from innovations.boards.rules.scoring import Result, Sheet, result, rounded, sheet_total
from innovations.boards.rules.sheets import SheetProposal
from innovations.core.statements import Columns, kept_statement, rows
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import AFTER_REVEAL
from innovations.regulations.rules.criteria import CriteriaSet, Measure
from innovations.regulations.rules.rulesets import RuleSet


def criteria_of(review: Review) -> CriteriaSet:
    """The criteria the review was started with; later edits of the set never reach it."""
    return CriteriaSet.from_json(review.criteria)


def _unbarred() -> tuple[ColumnElement[bool], ...]:
    """The holder of the seat has no conflict on record and is no author, named as one after scoring neither; joined as in
    :func:`counting`."""
    recused, author = aliased(Person), aliased(Person)
    conflicts = select(func.coalesce(recused.same_as_id, recused.id)).join(Recusal, Recusal.person_id == recused.id)
    authors = select(func.coalesce(author.same_as_id, author.id)).join(Contribution, Contribution.person_id == author.id)
    return (
        Human.not_in(conflicts.where(Recusal.review_id == Review.id).correlate(Review)),
        Human.not_in(authors.where(Contribution.proposal_id == Review.proposal_id).correlate(Review)),
    )


@kept_statement
def _expected() -> Columns:
    """Running assignments of members without a conflict on record: seats, and why their sheets are excused."""
    chosen = select(Assignment.seat_id, Assignment.excused_reason).join(Seat, Seat.id == Assignment.seat_id)
    chosen = chosen.join(Person, Person.id == Seat.person_id).join(Review, Review.id == Assignment.review_id)
    return chosen.where(Assignment.review_id == bindparam("review"), Assignment.declined_at.is_(None), *_unbarred())


def _scored_revision() -> ColumnElement[int]:
    """The revision whose sheets count: the present one; after the reveal the last one scored.

    A text handed in again for the meeting alone is newer than its points.
    """
    other = aliased(ScoreSheet)
    scored = select(func.max(other.revision_id)).where(other.review_id == Review.id, other.submitted_at.is_not(None))
    return case((Review.state.in_(AFTER_REVEAL), scored.correlate(Review).scalar_subquery()), else_=Review.revision_id)


def counting(*columns: Any) -> Select[Any]:
    """A choice among the sheets that count, of any number of reviews: joined are review, assignment, seat and its holder."""
    return (
        select(*columns)
        .select_from(ScoreSheet)
        .join(Review, Review.id == ScoreSheet.review_id)
        .join(Assignment, (Assignment.review_id == Review.id) & (Assignment.seat_id == ScoreSheet.seat_id))
        .join(Seat, Seat.id == ScoreSheet.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .where(ScoreSheet.submitted_at.is_not(None), ScoreSheet.revision_id == _scored_revision())
        .where(Assignment.declined_at.is_(None), *_unbarred())
    )


def counted_sheets(review: Review) -> list[ScoreSheet]:
    """The submitted sheets that count, in the order of the seats."""
    chosen = counting(ScoreSheet).where(Review.id == review.id).order_by(Seat.position, Seat.id)
    chosen = chosen.options(selectinload(ScoreSheet.scores), joinedload(ScoreSheet.seat).joinedload(Seat.person))
    return list(db.session.scalars(chosen))


@kept_statement
def _counted_seats() -> Columns:
    return counting(ScoreSheet.seat_id).where(Review.id == bindparam("review"))


def sheet_count(review: Review) -> SheetCount:
    """How the expected sheets stand: submitted, excused, missing."""
    submitted = set(rows(_counted_seats(), review=review.id).scalars())
    waiting = [reason for seat_id, reason in rows(_expected(), review=review.id) if seat_id not in submitted]
    excused = sum(1 for reason in waiting if reason)
    return SheetCount(len(submitted), excused, len(waiting) - excused)


def facts_of_sheets(sheets: Sequence[ScoreSheet]) -> list[Sheet]:
    """The sheets as the rules of scoring know them."""
    return [Sheet(sheet.id, values_of(sheet), sheet.tie_key or "") for sheet in sheets]


def values_of(sheet: ScoreSheet) -> dict[str, Decimal | None]:
    """A sheet's points by criterion; None is "not applicable", a criterion without points is left out."""
    return {each.criterion: each.value for each in sheet.scores if each.value is not None or each.not_applicable}


def shown_total(sheet: Sheet, criteria: CriteriaSet) -> Decimal | None:
    """A sheet's points out of 100, rounded; ``None`` where the criteria give no points."""
    return rounded(sheet_total(sheet, criteria)) if criteria.summed else None


def result_of(review: Review) -> Result:
    """The result of the sheets that count, by the rules and criteria the review froze.

    :raises TooFewSheets: below the minimum of the rule set.
    """
    return result(criteria_of(review), facts_of_sheets(counted_sheets(review)), RuleSet.from_json(review.rules))


@dataclass(frozen=True)
class CriterionMean:
    """One criterion in the summary.  ``mean`` is rounded for reading only, of a gate the share of sheets that say yes; floors were
    compared on the exact one."""

    code: str
    name: str
    maximum: Decimal
    mean: Decimal | None
    measure: Measure
    below_floor: bool
    flagged_grade: str | None


@dataclass(frozen=True)
class Remark:
    """A remark without the name of its writer; ``criterion`` is empty for one on the whole."""

    criterion: str
    text: str


@dataclass(frozen=True)
class Summary:
    """Bảng tổng hợp điểm of one review.

    :param totals: of each sheet, sorted, so that their order names nobody; empty where the criteria give no points.
    :param proposed: how many sheets propose what, in the order of :class:`SheetProposal`.
    """

    result: Result
    criteria: tuple[CriterionMean, ...]
    totals: tuple[Decimal, ...]
    remarks: tuple[Remark, ...]
    proposed: tuple[tuple[str, int], ...]


def _means(criteria: CriteriaSet, counted: Result) -> tuple[CriterionMean, ...]:
    flagged = {flag.criterion: flag.grade for flag in counted.grade_flags}
    return tuple(
        CriterionMean(
            each.code, each.name, each.maximum, rounded(mean) if (mean := counted.means[each.code]) is not None else None,
            each.measure, each.code in counted.failed_pass_floors, flagged.get(each.code),
        )
        for each in criteria.criteria
    )  # fmt: skip


def _remarks(sheets: Sequence[ScoreSheet], criteria: CriteriaSet) -> tuple[Remark, ...]:
    """Every remark, sorted by its text inside a criterion: the order of the seats would name the writers."""
    names = {each.code: each.name for each in criteria.criteria}
    found = [Remark(names[score.criterion], score.comment) for sheet in sheets for score in sheet.scores if score.comment]
    found += [Remark("", sheet.comment) for sheet in sheets if sheet.comment]
    place = {name: position for position, name in enumerate([*names.values(), ""])}
    return tuple(sorted(found, key=lambda remark: (place[remark.criterion], remark.text)))


def summary(review: Review) -> Summary | None:
    """The summary, or ``None`` below the minimum number of sheets.  Whoever asks has checked that the points are revealed."""
    criteria, rules = criteria_of(review), RuleSet.from_json(review.rules)
    sheets = counted_sheets(review)
    if len(sheets) < rules.minimum_scorers:
        return None
    facts = facts_of_sheets(sheets)
    counted = result(criteria, facts, rules)
    return Summary(
        result=counted,
        criteria=_means(criteria, counted),
        totals=tuple(sorted(total for each in facts if (total := shown_total(each, criteria)) is not None)),
        remarks=_remarks(sheets, criteria),
        proposed=tuple((kind.label, sum(1 for sheet in sheets if sheet.proposes == kind.value)) for kind in SheetProposal),
    )
