"""What the scores say about the scorers: one review without each sheet, a campaign with leniency, calibrated order and agreement.

For who keeps, presides or decides, after the reveal; advice only.  Only reviews the reader may weigh enter the figures, so nothing of
the others shows in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from innovations.boards.campaign_cases import Case, campaign_cases
from innovations.boards.loading import load_board
from innovations.boards.rules.access import check_may_weigh_campaigns
from innovations.boards.rules.agreement import Agreement, agreement_of, krippendorff_alpha
from innovations.boards.rules.calibration import Group, Mark, calibrate, ranks
from innovations.boards.rules.reading import Extreme, leave_one_out
from innovations.boards.rules.scoring import Result, rounded, sheet_total
from innovations.boards.score_queries import counted_sheets, criteria_of, facts_of_sheets
from innovations.boards.sight import in_sight
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import AFTER_REVEAL
from innovations.regulations.models import Campaign


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
    """A campaign's scores; ``alpha`` is None where it is undefined; ``cases`` is what they were read from."""

    campaign_id: int
    alpha: Decimal | None
    agreement: Agreement
    groups: tuple[GroupShown, ...]
    cases: tuple[Case, ...]


def _check_reader(actor: Actor, board_id: int) -> None:
    _board, facts = load_board(actor, board_id)
    check_may_weigh_campaigns(actor, facts, today())


def campaigns_to_read(actor: Actor, board_id: int) -> list[tuple[int, str, int]]:
    """Campaigns with revealed reviews on the board, the youngest first: id, name, year.

    :raises NotVisible: not a board of the reader; :raises NotOnBoard: the reader neither runs it nor decides.
    """
    _check_reader(actor, board_id)
    used = select(Review.campaign_id).join(Proposal, Proposal.id == Review.proposal_id)
    used = used.where(Review.board_id == board_id, Review.state.in_(AFTER_REVEAL), in_sight(actor))
    chosen = select(Campaign.id, Campaign.name, Campaign.year).where(Campaign.id.in_(used))
    return [tuple(row) for row in db.session.execute(chosen.order_by(Campaign.year.desc(), Campaign.id.desc()))]


@dataclass(frozen=True)
class _Pointed:
    """A case whose criteria give points: its total, and member → total of the sheet."""

    of: Case
    total: Decimal
    totals: Mapping[int, Fraction]


def _pointed(cases: Iterable[Case]) -> list[_Pointed]:
    """The highest total first; answers of yes and no have no leniency and are left out."""
    found = [
        _Pointed(case, case.result.total, {member: sheet_total(sheet, case.criteria) for member, sheet in case.sheets.items()})
        for case in cases
        if case.result.total is not None
    ]
    return sorted(found, key=lambda case: (-case.total, case.of.code))


def _signed(value: Fraction) -> Decimal:
    return rounded(value) if value >= 0 else -rounded(-value)


def _case_rows(group: Group, cases: Sequence[_Pointed]) -> tuple[CaseRow, ...]:
    worth = {each.case: each.calibrated for each in group.standings}
    inside = {case.of.review_id: case for case in cases if case.of.review_id in worth}
    places = ranks({review_id: Fraction(case.total) for review_id, case in inside.items()})
    calibrated = ranks(worth)
    return tuple(
        CaseRow(
            case.of.review_id, case.of.code, case.of.title, case.total, places[review_id], _signed(worth[review_id]),
            calibrated[review_id], case.of.result.spread, case.of.result.spread_flagged, case.of.result.sheets,
        )
        for review_id, case in inside.items()
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
    readable = tuple(campaign_cases(actor, board_id, campaign_id))
    cases = _pointed(readable)
    groups = calibrate(Mark(case.of.review_id, member, total) for case in cases for member, total in case.totals.items())
    names = _names({member for case in cases for member in case.totals})
    alpha = krippendorff_alpha([list(case.totals.values()) for case in cases])
    shown = tuple(GroupShown(_member_rows(group, names), _case_rows(group, cases)) for group in groups)
    return CampaignReading(campaign_id, None if alpha is None else _signed(alpha), agreement_of(alpha), shown, readable)
