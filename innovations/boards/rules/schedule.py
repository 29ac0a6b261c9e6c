"""Dated phases of a board's round: who may score, and what is hidden longer than the regulation and the rule set say.

A phase lasts until the next one begins and the first has no beginning: none overlap, and on any day exactly one is active.  A phase
is never looser than the regulation (domain §3, "Who sees what") or the rule set a review froze (§4, invariant 5); without a schedule
they stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.facts import ActivePhase

NAME_MAX = 80  # characters
AHEAD_MAX = 8  # phases that have not begun


class AuthorsShown(Labelled):
    """When scorers learn who the authors are."""

    RULES = "rules", N_("Theo bộ quy tắc của hồ sơ")
    OWN_SHEET = "own_sheet", N_("Ẩn đến khi chốt phiếu của mình")
    REVEAL = "reveal", N_("Ẩn với người chấm đến khi công bố điểm")


class SheetsShown(Labelled):
    """When members who neither preside, keep the board nor decide read one another's sheets."""

    REVEAL = "reveal", N_("Từ khi công bố điểm")
    NEVER = "never", N_("Không; chỉ phiếu của mình và bảng tổng hợp")


class NamesShown(Labelled):
    """When the same members learn who wrote which sheet."""

    REVEAL = "reveal", N_("Từ khi công bố điểm")
    NEVER = "never", N_("Không ghi tên người chấm")


@dataclass(frozen=True)
class BoardPhase:
    """One phase.

    :param from_on: its first day; None only for the first phase of a schedule.
    :param scoring: sheets are filled in and handed in.
    """

    name: str
    from_on: date | None = None
    scoring: bool = True
    authors: AuthorsShown = AuthorsShown.RULES
    sheets: SheetsShown = SheetsShown.REVEAL
    names: NamesShown = NamesShown.REVEAL


#: In the order of their days; empty: no schedule.
Schedule = Sequence[BoardPhase]


class NoScoringPhase(Invalid):
    """Nobody could ever score."""

    message = N_("Lịch phải có ít nhất một giai đoạn được chấm điểm.")


class TooManyPhases(Invalid):
    """More than anybody plans ahead."""

    message = N_("Lập trước nhiều nhất %(most)s giai đoạn.")


class PhaseNameMissing(Invalid):
    """Pages and refusals call the phase by its name."""

    message = N_("Nhập tên giai đoạn, dài nhất %(most)s ký tự.")


class PhaseDayMissing(Invalid):
    """Only the first phase has no beginning."""

    message = N_("Nhập ngày bắt đầu của giai đoạn; chỉ giai đoạn đầu tiên không có ngày.")


class FirstPhaseDated(Invalid):
    """The first phase holds from before; a gap before it would be nobody's."""

    message = N_("Giai đoạn đầu tiên không có ngày bắt đầu: nó kéo dài đến khi giai đoạn thứ hai bắt đầu.")


class TwoPhasesOneDay(Invalid):
    """One of them would never be."""

    message = N_("Một giai đoạn khác đã bắt đầu vào ngày này; chọn ngày khác.")


class PhaseBegun(Invalid):
    """What was hidden or open on a past day stays what it was."""

    message = N_("Giai đoạn mới bắt đầu sớm nhất là hôm nay (%(today)s): những ngày đã qua không sửa được.")


def begun(schedule: Schedule, day: date) -> Schedule:
    """The phases that have begun, the active one last."""
    return [phase for phase in schedule if phase.from_on is None or phase.from_on <= day]


def active_on(schedule: Schedule, day: date) -> BoardPhase | None:
    """The phase of a day; None only without a schedule."""
    return begun(schedule, day)[-1] if schedule else None


#: Phases as somebody fills them in, by the row of the form.
Rows = Mapping[int, BoardPhase]


def _at(row: int, part: str) -> str:
    return f"phases-{row}-{part}"


def _row_errors(row: int, phase: BoardPhase, *, first: bool, day: date) -> Iterator[DomainError]:
    if not 1 <= len(phase.name.strip()) <= NAME_MAX:
        yield PhaseNameMissing(_at(row, "name"), most=NAME_MAX)
    if first and phase.from_on is not None:
        yield FirstPhaseDated(_at(row, "from_on"))
    elif not first and phase.from_on is None:
        yield PhaseDayMissing(_at(row, "from_on"))
    elif phase.from_on is not None and phase.from_on < day:
        yield PhaseBegun(_at(row, "from_on"), today=day)


def _same_day(kept: Schedule, ordered: Iterable[tuple[int, BoardPhase]]) -> Iterator[DomainError]:
    taken = {phase.from_on for phase in kept if phase.from_on is not None}
    for row, phase in ordered:
        if phase.from_on in taken:
            yield TwoPhasesOneDay(_at(row, "from_on"))
        elif phase.from_on is not None:
            taken.add(phase.from_on)


def check_schedule(kept: Schedule, rows: Rows, day: date) -> Schedule:
    """Return the phases that follow those that have begun, in the order of their days.

    :param kept: the phases that have begun; they stay as they are.  The active one ends when the first of ``rows`` begins.
    :param rows: those that follow, in any order; without ``kept`` one of them is the first of all and has no day.
    :param day: today; what was open or hidden on a day gone by is not changed.
    :raises Several: everything that is wrong, on the fields of the form.
    """
    ordered = sorted(rows.items(), key=lambda item: item[1].from_on or date.min)
    errors = [
        error
        for place, (row, phase) in enumerate(ordered)
        for error in _row_errors(row, phase, first=not kept and not place, day=day)
    ]
    errors += _same_day(kept, ordered)
    if len(ordered) > AHEAD_MAX:
        errors.append(TooManyPhases("phases", most=AHEAD_MAX))
    if not any(phase.scoring for phase in (*kept, *rows.values())):
        errors.append(NoScoringPhase("phases"))
    raise_all(errors)
    return tuple(phase for _row, phase in ordered)


def hidden_from(given: Set[int], waiting: Set[int], authors: AuthorsShown, *, rules_hide: bool) -> Set[int]:
    """Who of those given a review scores it without knowing the authors, before the reveal.

    :param waiting: those of ``given`` whose own sheet is not in.
    :param rules_hide: the rule set of the review hides the authors until then; a phase does not loosen that.
    """
    if authors is AuthorsShown.REVEAL:
        return given
    return waiting if rules_hide or authors is AuthorsShown.OWN_SHEET else frozenset()


def ends_on(schedule: Schedule, phase: BoardPhase) -> date | None:
    """The last day of one of its phases; the last phase has none."""
    following = [each.from_on for each in schedule if each.from_on is not None and each.from_on > (phase.from_on or date.min)]
    return following[0] - timedelta(days=1) if following else None


def _last_scoring_day(schedule: Schedule, day: date) -> date | None:
    """Until when sheets are taken without a break from ``day`` on, else until when they were; None: no end, or never before."""
    ends = [after.from_on for phase, after in pairwise(schedule) if phase.scoring and not after.scoring and after.from_on]
    ahead = [end for end in ends if end > day]
    active = active_on(schedule, day)
    if active is not None and active.scoring:
        return ahead[0] - timedelta(days=1) if ahead else None
    past = [end for end in ends if end <= day]
    return past[-1] - timedelta(days=1) if past else None


def _next_scoring_day(schedule: Schedule, day: date) -> date | None:
    return next(
        (phase.from_on for phase in schedule if phase.scoring and phase.from_on is not None and phase.from_on > day), None
    )


def in_force(schedule: Schedule, day: date) -> ActivePhase:
    """What the schedule says on a day, as the policy asks it; without a schedule nothing is stricter."""
    phase = active_on(schedule, day)
    if phase is None:
        return ActivePhase()
    ahead = [each for each in schedule if each.from_on is not None and each.from_on > day]
    return ActivePhase(
        name=phase.name,
        scoring=phase.scoring,
        scoring_from=None if phase.scoring else _next_scoring_day(schedule, day),
        scoring_until=_last_scoring_day(schedule, day),
        hides_authors=any(each.authors is not AuthorsShown.RULES for each in (phase, *ahead)),
        hides_to_reveal=phase.authors is AuthorsShown.REVEAL,
        keeps_sheets=phase.sheets is SheetsShown.NEVER,
        keeps_names=phase.names is NamesShown.NEVER,
    )


def fingerprint(schedule: Iterable[BoardPhase]) -> str:
    """Tells two schedules apart: a form says with it which one its reader had before them."""
    return sha256("\n".join(map(repr, schedule)).encode()).hexdigest()[:16]
