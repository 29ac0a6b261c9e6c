"""What the scores say about the scorers: one review without each sheet, a campaign with leniency, calibrated order and agreement.

For who keeps, presides or decides, after the reveal; advice only.  Only reviews the reader may weigh enter the figures, so nothing of
the others shows in them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from innovations.boards.loading import load_board
from innovations.boards.models import ScoreSheet, SheetScore
from innovations.boards.rules.access import check_may_weigh_campaigns, check_may_weigh_scores, permitted
from innovations.boards.rules.agreement import Agreement, agreement_of, krippendorff_alpha
from innovations.boards.rules.calibration import Group, Mark, calibrate, ranks
from innovations.boards.rules.reading import Extreme, leave_one_out
from innovations.boards.rules.scoring import Result, Sheet, result, rounded, sheet_total
from innovations.boards.score_queries import counted_sheets, counting, criteria_of, facts_of_sheets
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import AFTER_REVEAL
from innovations.regulations.models import Campaign
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class LeftOutShown:
    """What a review's result would be without one member's sheet."""

    name: str
    extreme: Extreme | None
    result: Result
    changes: bool


def left_out(loaded: Loaded) -> tuple[LeftOutShown, ...]:
    """The result without each sheet, in the order of the seats.  Whoever asks has checked the right to it."""
    sheets = counted_sheets(loaded.review)
    names = {sheet.id: f"{sheet.seat.person.rank} {sheet.seat.person.full_name}".strip() for sheet in sheets}
    found = leave_one_out(criteria_of(loaded.review), facts_of_sheets(sheets), loaded.rules)
    return tuple(LeftOutShown(names[each.sheet_id], each.extreme, each.result, each.changes) for each in found)


@dataclass(frozen=True)
class MemberRow:
    """How a member scored; ``leniency`` in points out of 100, None where nobody else scored the same."""

    name: str
    sheets: int
    leniency: Decimal | None


@dataclass(frozen=True)
class CaseRow:
    """A proposal with its plain total and place beside the calibrated ones."""

    review_id: int
    code: str
    title: str
    total: Decimal
    place: int
    calibrated: Decimal
    calibrated_place: int
    spread: Decimal
    spread_flagged: bool
    sheets: int

    @property
    def moved(self) -> int:
        """Places up (positive) or down when leniency is taken off."""
        return self.place - self.calibrated_place


@dataclass(frozen=True)
class GroupShown:
    """Members and proposals that can be compared; proposals by their plain place."""

    members: tuple[MemberRow, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True)
class CampaignReading:
    """A campaign's scores; ``alpha`` is None where it is undefined."""

    campaign_id: int
    alpha: Decimal | None
    agreement: Agreement
    groups: tuple[GroupShown, ...]


@dataclass(frozen=True)
class _Case:
    """A review with its result and sheets: member → total of the sheet."""

    review_id: int
    code: str
    title: str
    result: Result
    totals: Mapping[int, Fraction]


def _check_reader(actor: Actor, board_id: int) -> None:
    _board, facts = load_board(actor, board_id)
    check_may_weigh_campaigns(actor, facts, today())


def campaigns_to_read(actor: Actor, board_id: int) -> list[tuple[int, str, int]]:
    """Campaigns with revealed reviews on the board, the youngest first: id, name, year.

    :raises NotVisible: not a board of the reader; :raises NotOnBoard: the reader neither runs it nor decides.
    """
    _check_reader(actor, board_id)
    used = select(Review.campaign_id).where(Review.board_id == board_id, Review.state.in_(AFTER_REVEAL))
    chosen = select(Campaign.id, Campaign.name, Campaign.year).where(Campaign.id.in_(used))
    return [tuple(row) for row in db.session.execute(chosen.order_by(Campaign.year.desc(), Campaign.id.desc()))]


def _readable(actor: Actor, board_id: int, campaign_id: int) -> dict[int, tuple[Review, str, str]]:
    chosen = select(Review, Proposal.code, Proposal.title).join(Proposal, Proposal.id == Review.proposal_id)
    chosen = chosen.where(Review.board_id == board_id, Review.campaign_id == campaign_id, Review.state.in_(AFTER_REVEAL))
    rows = db.session.execute(chosen.where(seen_by(actor))).all()
    facts = facts_for(review.proposal_id for review, _code, _title in rows)
    return {
        review.id: (review, code or "", title)
        for review, code, title in rows
        for of_proposal in [facts[review.proposal_id]]
        if permitted(check_may_weigh_scores, actor, of_proposal, review_facts(of_proposal, review.id))
    }


def _sheets(review_ids: Iterable[int]) -> Mapping[int, dict[int, Sheet]]:
    """The sheets that count: review → member → sheet; two queries for any number."""
    wanted = list(review_ids)
    points: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    columns = SheetScore.sheet_id, SheetScore.criterion, SheetScore.value, SheetScore.not_applicable
    scores = counting(*columns).join(SheetScore, SheetScore.sheet_id == ScoreSheet.id).where(Review.id.in_(wanted))
    for sheet_id, criterion, value, not_applicable in db.session.execute(scores):
        if value is not None or not_applicable:
            points[sheet_id][criterion] = value
    found: dict[int, dict[int, Sheet]] = defaultdict(dict)
    chosen = counting(ScoreSheet.id, ScoreSheet.review_id, ScoreSheet.tie_key, Human).where(Review.id.in_(wanted))
    for sheet_id, review_id, tie_key, human in db.session.execute(chosen):
        found[review_id][human] = Sheet(sheet_id, points[sheet_id], tie_key or "")
    return found


class _Frozen:
    """The rules and criteria reviews froze: hundreds share a few, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def rules(self, review: Review) -> RuleSet:
        return self._read(RuleSet, review.rules)

    def criteria(self, review: Review) -> CriteriaSet:
        return self._read(CriteriaSet, review.criteria)

    def _read(self, kind: Any, stored: Any) -> Any:
        key = kind.__name__ + json.dumps(stored, sort_keys=True)
        if key not in self._known:
            self._known[key] = kind.from_json(stored)
        return self._known[key]


def _cases(actor: Actor, board_id: int, campaign_id: int) -> list[_Case]:
    """Those with enough sheets for a result."""
    rows, frozen, found = _readable(actor, board_id, campaign_id), _Frozen(), []
    for review_id, given in _sheets(rows).items():
        review, code, title = rows[review_id]
        rules, criteria = frozen.rules(review), frozen.criteria(review)
        if len(given) >= rules.minimum_scorers:
            totals = {member: sheet_total(sheet, criteria) for member, sheet in given.items()}
            found.append(_Case(review_id, code, title, result(criteria, list(given.values()), rules), totals))
    return sorted(found, key=lambda case: (-case.result.total, case.code))


def _signed(value: Fraction) -> Decimal:
    return rounded(value) if value >= 0 else -rounded(-value)


def _case_rows(group: Group, cases: Sequence[_Case]) -> tuple[CaseRow, ...]:
    worth = {each.case: each.calibrated for each in group.standings}
    inside = [case for case in cases if case.review_id in worth]
    places = ranks({case.review_id: Fraction(case.result.total) for case in inside})
    calibrated = ranks(worth)
    return tuple(
        CaseRow(
            case.review_id, case.code, case.title, case.result.total, places[case.review_id], _signed(worth[case.review_id]),
            calibrated[case.review_id], case.result.spread, case.result.spread_flagged, case.result.sheets,
        )
        for case in inside
    )  # fmt: skip


def _names(humans: Iterable[int]) -> Mapping[int, str]:
    rows = db.session.scalars(select(Person).where(Person.id.in_(list(humans))).order_by(Person.sort_key))
    return {person.id: f"{person.rank} {person.full_name}".strip() for person in rows}


def _member_rows(group: Group, names: Mapping[int, str]) -> tuple[MemberRow, ...]:
    by_id = {each.member: each for each in group.members}
    return tuple(
        MemberRow(name, row.sheets, None if row.points is None else _signed(row.points))
        for human, name in names.items()
        if (row := by_id.get(human)) is not None
    )


def campaign_reading(actor: Actor, board_id: int, campaign_id: int) -> CampaignReading:
    """The scores of a campaign on a board, as far as the reader may weigh them; as many queries for any number of reviews.

    :raises NotVisible: no revealed campaign of this board; :raises NotOnBoard: the reader neither runs it nor decides.
    """
    if campaign_id not in {each for each, _name, _year in campaigns_to_read(actor, board_id)}:
        raise NotVisible
    cases = _cases(actor, board_id, campaign_id)
    groups = calibrate(Mark(case.review_id, member, total) for case in cases for member, total in case.totals.items())
    names = _names({member for case in cases for member in case.totals})
    alpha = krippendorff_alpha([list(case.totals.values()) for case in cases])
    shown = tuple(GroupShown(_member_rows(group, names), _case_rows(group, cases)) for group in groups)
    return CampaignReading(campaign_id, None if alpha is None else _signed(alpha), agreement_of(alpha), shown)
