"""What several papers are made of: the letterhead, signatures, people, benefits, votes.

Plain values only, ready to print except dates and amounts: those stay ``date`` and ``Decimal`` and are written the Vietnamese
way when the paper is made.  No ORM object, no identifier of a row, no rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The block at the head of an official paper (Decree 30/2020 as the units apply it).

    :param parent: the superior unit; empty when there is none.
    :param unit: the unit, or the board, that issues the paper.
    :param number: as the clerical registry gave it, with its signs, ``"12/QĐ-1A"``; empty: a blank to fill in by hand.
    :param place: where it is signed; empty: dots.
    :param on: the date it bears; ``None``: a blank, until it is issued.
    """

    unit: str
    parent: str = ""
    number: str = ""
    place: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: the lines above the name, as ``("KT. TRUNG ĐOÀN TRƯỞNG", "PHÓ TRUNG ĐOÀN TRƯỞNG")``.

    :param note: under the lines, for example ``"(Ký, ghi rõ họ tên)"``.
    """

    lines: tuple[str, ...]
    name: str = ""
    rank: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Author:
    """One author of an application.  The date of birth is asked by the official form and printed there only.

    :param share: contribution in percent.
    """

    name: str
    share: Decimal
    rank: str = ""
    born: date | None = None
    unit: str = ""
    position: str = ""
    qualification: str = ""


@dataclass(frozen=True, kw_only=True)
class Applier:
    """Somebody who took part in the first application or the trial."""

    name: str
    birth_year: str = ""
    unit: str = ""
    qualification: str = ""
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitLine:
    """One measured or expected benefit; ``before`` and ``after`` carry their unit of measure."""

    name: str
    before: str
    after: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """How a letter names a proposal."""

    code: str
    title: str
    authors: tuple[str, ...]
    receipt_number: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One member of the board in the minutes; ``reason`` of the absence, when absent."""

    name: str
    role: str
    present: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class VoteLine:
    """The count of one vote.

    :param needed: approvals required.
    :param on_paper: secret, on printed ballots; ``tellers`` are who counted them.
    :param note: a vote declared void and held again, and why; how two counts that differed were settled.
    :param seal_code: what fixes the log as it was when the vote closed, to be compared by eye; ``seal_text`` is all of it, as a QR code.
    """

    secret: bool
    issued: int
    returned: int
    valid: int
    agree: int
    disagree: int
    needed: int
    on_paper: bool = False
    blank: int = 0
    tellers: tuple[str, ...] = ()
    note: str = ""
    seal_code: str = ""
    seal_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who is invited, and the agenda as this member is told of it."""

    name: str
    role: str
    agenda: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CountFigures:
    """The figures of a count record."""

    issued: int
    collected: int
    valid: int
    invalid: int
    agree: int
    disagree: int
    blank: int


@dataclass(frozen=True, kw_only=True)
class MinutesItem:
    """One proposal on the agenda.

    :param mean: points, ``None`` when it was not scored; then ``highest`` and ``lowest`` are ``None`` too.
    :param sheets: number of submitted score sheets.
    :param vote: ``None`` when no vote was taken (revise, postponed).
    """

    code: str
    title: str
    authors: tuple[str, ...]
    conclusion: str
    taken_up: str = ""
    discussion: str = ""
    recused: tuple[str, ...] = ()
    mean: Decimal | None = None
    highest: Decimal | None = None
    lowest: Decimal | None = None
    sheets: int = 0
    vote: VoteLine | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One criterion on a score sheet; ``points`` ``None``: not applicable; ``band``: level 1–5 as text, or empty; a ``gate`` is
    answered with yes (1) or no (0)."""

    criterion: str
    max: Decimal
    points: Decimal | None
    band: str = ""
    remark: str = ""
    gate: bool = False


@dataclass(frozen=True, kw_only=True)
class BlankSheet:
    """A page to fill by hand: whose it is, the short code, and the address that its QR code opens."""

    scorer: str
    role: str
    code: str
    address: str


@dataclass(frozen=True, kw_only=True)
class CriterionHead:
    """A column of the score summary; of a ``gate`` the column holds the share of sheets that say yes."""

    name: str
    max: Decimal
    gate: bool = False


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One proposal in the score summary; ``means`` in the order of the criteria."""

    code: str
    title: str
    authors: tuple[str, ...]
    means: tuple[Decimal | None, ...]
    sheets: int
    total: Decimal | None = None
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DecidedLine:
    """One proposal in the list of a decision; ``note``: the reason or the scope, by the kind of decision."""

    code: str
    title: str
    authors: tuple[str, ...]
    unit: str
    grade: str = ""
    note: str = ""
