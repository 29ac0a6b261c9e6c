"""The things of the regulation as plainly as they can be: proposals, reviews, sheets, meetings, votes; and who sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.playing import days
from tests.playing.cast import CHAIR, DAY, DEPUTY, FILED_UNTIL, KEEPER, SEATS, WRITERS, holds

NOT_THERE, FORBIDDEN, NOT_NOW, INCOMPLETE = 404, 403, 409, 422
NEGATIVE = {"rejected", "withdrawn", "not_recognised", "revoked"}
REVEALED = {"meeting", "revise", "passed", "failed", "recognised", "not_recognised", "revoked"}
UNREVEALED = {"accepted", "trial", "scoring"}
COMMANDERS = ("chihuy2", "chihuy", "demo35")  # the nearest first
WITH_BOARD = {"accepted", "trial", "scoring", "meeting", "revise"}


@dataclass(frozen=True)
class Act:
    """Somebody's attempt.  ``p`` counts proposals from 0; ``how`` is what they fill in, as far as it matters."""

    name: str
    who: str
    p: int = 0
    how: tuple[object, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What must come of an attempt: done when there is no ground to refuse it, else refused on one of the grounds.

    :param events: what the audit log gains; of a refusal only those that the regulation wants recorded.
    """

    grounds: frozenset[int] = frozenset()
    events: tuple[str, ...] = ()


@dataclass
class Sheet:
    """A score sheet of one member on one text."""

    points: str
    submitted: bool = False
    reopened: bool = False


@dataclass
class Review:
    """One consideration at one unit."""

    unit: str
    state: str = "draft"
    received: bool = False
    accepted: bool = False
    revision: int = 0
    assigned: dict[str, bool] = field(default_factory=dict)  # member → whether the assignment runs (not declined)
    excused: set[str] = field(default_factory=set)
    recused: set[str] = field(default_factory=set)
    sheets: dict[tuple[str, int], Sheet] = field(default_factory=dict)  # (member, revision)
    way_back: str = "meeting"
    total: Decimal | None = None
    grade: str | None = None
    pending: str = ""
    complaints: list[bool] = field(default_factory=list)  # whether answered
    due: date | None = None  # by when the next holder acts, where the regulation sets a day
    promised: tuple[date, date] | None = None  # by the receipt: the formal answer, the result
    result_due: date | None = None
    outcome_on: date | None = None

    def receive(self, today: date) -> None:
        """The base has it: its receipt promises the answer in a month and the result three months after."""
        self.state, self.received = "submitted", True
        formal = days.months_after(today, 1)
        self.due, self.promised = formal, (formal, days.months_after(formal, 3))

    def end(self, state: str, today: date) -> None:
        """An outcome: nothing is due any more, but a complaint may come."""
        self.state, self.due, self.outcome_on = state, None, today


@dataclass
class Proposal:
    """What was created; the first author leads."""

    authors: list[str]
    open_vote: bool
    confirmed: set[str] = field(default_factory=set)
    written: bool = False
    evidence: int = 0
    applied: bool = False  # before it was filed, on a day long past
    filed_on: date | None = None
    gone: bool = False
    revision: int = 0
    certificates: list[str] = field(default_factory=list)
    adoptions: list[list[str]] = field(default_factory=list)  # [unit, requester, state]
    reviews: list[Review] = field(default_factory=lambda: [Review("T1A")])

    @property
    def lead(self) -> str:
        return self.authors[0]

    def complete(self, today: date) -> bool:
        """Written and confirmed by all; what was applied before has evidence and was filed within a year."""
        in_time = not self.applied or (self.evidence > 0 and (self.filed_on or today) <= FILED_UNTIL)
        return self.written and set(self.authors) <= self.confirmed and in_time


#: What a teller counts: ballots issued, collected, invalid; agreeing, disagreeing, without opinion.
Figures = tuple[int, int, int, int, int, int]


@dataclass
class Ballot:
    """One vote on an item; a void one is held again."""

    state: str = "open"  # closed, void
    on_paper: bool = False
    present: int = 0
    voted: dict[str, str] = field(default_factory=dict)
    key_lost: bool = False
    attempts: list[list[tuple[str, Figures]]] = field(default_factory=list)  # of two tellers each: who, and what
    settled: bool = False
    counted: dict[str, int] | None = None


@dataclass
class Item:
    """A review on an agenda: its votes and its conclusion."""

    votes: list[Ballot] = field(default_factory=list)
    conclusion: str = ""
    confirmed: bool = False

    @property
    def ballot(self) -> Ballot | None:
        """The vote that stands."""
        return self.votes[-1] if self.votes and self.votes[-1].state != "void" else None

    @property
    def vote(self) -> str:
        """Whether the vote that stands is open or closed; empty when there is none."""
        return self.ballot.state if self.ballot else ""


@dataclass
class Meeting:
    """A meeting of the board; ``present`` is None before the attendance was taken."""

    agenda: dict[int, Item]
    on: date
    state: str = "planned"
    present: frozenset[str] | None = None


@dataclass(frozen=True)
class Phase:
    """A phase of the board's rounds.

    :param from_on: its first day; None of the first of all.
    :param hides: from scorers, who the authors are: until the "reveal", until the "own sheet" is in; empty: from nobody.
    """

    from_on: date | None
    scoring: bool
    hides: str


@dataclass
class Model:
    """Everything there is."""

    unit_review: bool = False  # whether the rule set lets the unit's commander look first
    now: datetime = DAY
    proposals: list[Proposal] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)  # in the order of their days
    decisions: set[tuple[str, str, int]] = field(default_factory=set)  # (kind, number, year)
    receipts: Counter[tuple[str, int]] = field(default_factory=Counter)  # of (unit, year)
    certificates: Counter[int] = field(default_factory=Counter)  # of the year

    @property
    def today(self) -> date:
        """The date there."""
        return days.there(self.now)

    def at(self, p: int) -> Proposal | None:
        """The proposal, if it is there."""
        found = self.proposals[p] if p < len(self.proposals) else None
        return None if found is None or found.gone else found

    @property
    def meeting(self) -> Meeting | None:
        """The latest meeting."""
        return self.meetings[-1] if self.meetings else None

    def commander(self, p: int) -> str:
        """Who looks first: the lead's nearest commander who is not an author."""
        unit, authors = WRITERS[self.proposals[p].lead], self.proposals[p].authors
        return next(who for who in COMMANDERS if holds(who, "commander", unit) and who not in authors)

    def chair_away(self, p: int) -> bool:
        """Whether a meeting that runs has the proposal on its agenda and the chair is not there."""
        running = (each for each in self.meetings if each.state == "open" and p in each.agenda)
        return any(each.present is not None and CHAIR not in each.present for each in running)

    def barred(self, who: str, p: int) -> bool:
        """Authors and people with a declared conflict take no part."""
        return who in self.proposals[p].authors or who in self.proposals[p].reviews[0].recused

    def chair(self, p: int) -> str | None:
        """Who presides: the chair; the deputy when the chair is absent, recused or an author."""
        if not self.chair_away(p) and not self.barred(CHAIR, p):
            return CHAIR
        return None if self.barred(DEPUTY, p) else DEPUTY

    def keeper(self, p: int) -> str | None:
        """Who keeps the minutes: the secretary, else the deputy unless the deputy presides."""
        if not self.barred(KEEPER, p):
            return KEEPER
        return None if self.barred(DEPUTY, p) or self.chair(p) == DEPUTY else DEPUTY

    def on_agenda(self, p: int) -> bool:
        """Whether it stood on any agenda."""
        return any(p in each.agenda for each in self.meetings)

    def seated(self, p: int) -> set[str]:
        """Members who know of it: who leads the board, whom it was given to, everybody once it is on an agenda."""
        review = self.proposals[p].reviews[0]
        if not review.accepted:
            return set()
        members = {each for each, runs in review.assigned.items() if runs} | (set(SEATS) if self.on_agenda(p) else set())
        members |= {each for each in (CHAIR, KEEPER, self.chair(p), self.keeper(p)) if each}
        return members - review.recused

    def begun(self) -> list[Phase]:
        """The phases that have begun; the last of them is the present one."""
        return [each for each in self.phases if each.from_on is None or each.from_on <= self.today]

    def takes_sheets(self) -> bool:
        """Whether sheets are filled in and handed in today."""
        return not self.phases or self.begun()[-1].scoring

    def blind(self, who: str, p: int) -> bool:
        """Whether somebody scores it without knowing whose it is: they meet it at the board alone.

        Who keeps it knows: they cover the words that tell whose it is.
        """
        review, hides = self.proposals[p].reviews[0], self.begun()[-1].hides if self.phases else ""
        if not hides or review.state not in UNREVEALED or not review.assigned.get(who, False) or who == self.keeper(p):
            return False
        sheet = review.sheets.get((who, review.revision))
        return hides == "reveal" or sheet is None or not sheet.submitted

    def sees(self, who: str, p: int) -> bool:
        """Who may know the proposal by its own page (the regulation's "who sees what")."""
        proposal = self.at(p)
        return proposal is not None and (
            who in proposal.authors
            or any(each.state == "recognised" for each in proposal.reviews)
            or (self._knows_of(who, p) and not self.blind(who, p))
        )

    def _knows_of(self, who: str, p: int) -> bool:
        proposal = self.at(p)
        return proposal is not None and any(self._sees_review(who, p, each) for each in proposal.reviews)

    def _sees_review(self, who: str, p: int, review: Review) -> bool:
        if review.state == "draft":
            return False
        if holds(who, "commander", WRITERS[self.proposals[p].lead]):
            return True
        return serves(who, review) or (review.unit == "T1A" and who in self.seated(p))

    def sees_at_board(self, who: str, p: int) -> bool:
        """Who finds the proposal at the board's own pages; authors are told that they may not act there."""
        if not (self.sees(who, p) or self._knows_of(who, p)) or not self.proposals[p].reviews[0].accepted:
            return False
        review = self.proposals[p].reviews[0]
        return who in self.proposals[p].authors or who in self.seated(p) or (serves(who, review) and who not in review.recused)


def serves(who: str, review: Review) -> bool:
    """Whether somebody holds an office that deals with a received review."""
    return review.received and any(holds(who, office, review.unit) for office in ("receiver", "registrar", "decider"))


#: What may stand on a sheet: points for novelty, effect, replicability, economy, dossier; None is "not applicable".
SHEETS: dict[str, tuple[str | None, ...]] = {
    "good": ("24", "24", "20", "8", "4"),
    "excellent": ("29", "29.5", "24", "9", "5"),
    "not so new": ("18", "30", "25", "10", "5"),
    "little effect": ("29", "8", "22", "9", "5"),
    "poor": ("10", "11", "8.5", "3", "2"),
    "just half": ("15", "15", "12.5", "5", "2.5"),
    "nearly half": ("15", "15", "12.49", "5", "2.49"),
    "no economy": ("24", "24", "20", None, "4"),
    "not to be copied": ("28", "28", None, "10", "5"),
}
#: maximum and least mean of each criterion
CRITERIA = ((30, None), (30, Fraction(10)), (25, Fraction(25, 3)), (10, None), (5, None))


def counting(proposal: Proposal) -> list[Sheet]:
    """Sheets that count: submitted, on the text that was scored last, by members who still have the duty, no conflict and no share."""
    review = proposal.reviews[0]
    scored = [number for (_, number), sheet in review.sheets.items() if sheet.submitted]
    text = max(scored, default=0) if review.state in REVEALED else review.revision
    free = {who for who, runs in review.assigned.items() if runs} - review.recused - set(proposal.authors)
    return [sheet for (who, number), sheet in review.sheets.items() if sheet.submitted and number == text and who in free]


def result(sheets: Iterable[Sheet]) -> tuple[Decimal, bool]:
    """The total, rounded half up once, and whether it reaches 50 with every floor."""
    rows = [SHEETS[sheet.points] for sheet in sheets]
    means = []
    for column in zip(*rows, strict=True):
        given = [Fraction(each) for each in column if each is not None]
        means.append(sum(given, Fraction(0)) / len(given) if given else Fraction(0))
    exact = sum(means, Fraction(0))
    total = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    floors = all(least is None or mean >= least for mean, (_, least) in zip(means, CRITERIA, strict=True))
    return total, total >= 50 and floors


def grade_of(total: Decimal) -> str | None:
    """A from 85, B from 70, C from 50."""
    return next((name for name, least in (("A", 85), ("B", 70), ("C", 50)) if total >= least), None)
