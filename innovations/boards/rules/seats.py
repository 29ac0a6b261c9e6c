"""Who sits on a board on a given date, and what a sound board looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, DomainError, Invalid, StateForbids, raise_all
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import is_active
from innovations.regulations.rules.rulesets import RuleSet


class SeatRole(Labelled):
    """What a seat is."""

    CHAIR = "chair", N_("Chủ tịch")
    DEPUTY = "deputy", N_("Phó chủ tịch")
    SECRETARY = "secretary", N_("Ủy viên thư ký")
    REVIEWER = "reviewer", N_("Ủy viên phản biện")
    MEMBER = "member", N_("Ủy viên")


class BoardSizeWrong(Invalid):
    """The board has too few or too many members."""

    message = N_("Hội đồng có %(seats)s ủy viên; phải từ %(minimum)s đến %(maximum)s.")


class NotOneOf(Invalid):
    """Not exactly one active chair, or secretary."""

    message = N_("Hội đồng phải có đúng một %(role)s đang giữ ghế.")


class SeatTakenTwice(Invalid):
    """One person holds two active seats of the board."""

    message = N_("Một người chỉ giữ một ghế trong hội đồng.")


class RoleHeld(Invalid):
    """Another person holds the seat of the chair, or the secretary, in that time."""

    message = N_("Ghế “%(role)s” đang có người giữ; xin cho người đó thôi giữ ghế trước ngày %(since)s.")


class SeatEndsBeforeItStarts(Invalid):
    """The last day of a seat lies before its first."""

    message = N_("Ngày thôi giữ ghế %(until)s trước ngày bắt đầu %(since)s; xin sửa lại.")


class SeatEnded(StateForbids):
    """The seat has an end already; history is not rewritten."""

    message = N_("Ghế này đã thôi giữ từ trước nên không sửa được.")


class BoardNotActive(StateForbids):
    """The board is closed, or its term does not cover the day."""

    message = N_("Hội đồng không trong nhiệm kỳ hoạt động; xin gia hạn hoặc lập hội đồng mới trước.")


class TermReversed(Invalid):
    """The term ends before it starts."""

    message = N_("Nhiệm kỳ kết thúc %(until)s trước khi bắt đầu %(since)s; xin sửa lại.")


@dataclass(frozen=True)
class SeatFacts:
    """A seat; ``person_id`` is canonical."""

    seat_id: int
    person_id: int
    role: SeatRole
    since: date
    until: date | None = None
    may_score: bool = True
    may_vote: bool = True


@dataclass(frozen=True)
class BoardFacts:
    """A board and all its seats, past ones included."""

    board_id: int
    unit_id: int
    unit_path: str
    seats: tuple[SeatFacts, ...] = ()

    def active(self, on: date) -> tuple[SeatFacts, ...]:
        """Return the seats held on a date."""
        return tuple(seat for seat in self.seats if is_active(seat.since, seat.until, on))

    def voting(self, on: date) -> tuple[SeatFacts, ...]:
        """Return the seats that may vote on a date: the base of quorum and approval."""
        return tuple(seat for seat in self.active(on) if seat.may_vote)

    def seats_person(self, person_id: int, on: date) -> SeatFacts | None:
        """Return the seat a person holds on a date, if any."""
        return next((seat for seat in self.active(on) if seat.person_id == person_id), None)

    def holder(self, role: SeatRole, on: date) -> int | None:
        """Return the person who holds a role on a date (of several, the first)."""
        return next((seat.person_id for seat in self.active(on) if seat.role is role), None)


def check_board(seats: Iterable[SeatFacts], rules: RuleSet) -> None:
    """Refuse a board that may not work.

    :param seats: the active ones.
    :raises Several: wrong size, not one chair or secretary, a person with two seats.
    """
    seats = list(seats)
    errors: list[DomainError] = []
    if not rules.board_minimum <= len(seats) <= rules.board_maximum:
        errors.append(BoardSizeWrong("seats", seats=len(seats), minimum=rules.board_minimum, maximum=rules.board_maximum))
    roles = Counter(seat.role for seat in seats)
    errors += [NotOneOf("seats", role=role) for role in (SeatRole.CHAIR, SeatRole.SECRETARY) if roles[role] != 1]
    if len({seat.person_id for seat in seats}) < len(seats):
        errors.append(SeatTakenTwice("seats"))
    raise_all(errors)


ALONE = (SeatRole.CHAIR, SeatRole.SECRETARY)  # roles that one person at a time holds


def check_new_seat(board: BoardFacts, person_id: int, role: SeatRole, since: date) -> None:
    """Refuse a seat that would stand beside another of the same person, or be a second chair or secretary.

    :param person_id: canonical: a second account gives nobody a second seat.
    :raises Several: with :class:`SeatTakenTwice` or :class:`RoleHeld`.
    """
    later = [seat for seat in board.seats if seat.until is None or seat.until >= since]
    errors: list[DomainError] = []
    if any(seat.person_id == person_id for seat in later):
        errors.append(SeatTakenTwice("person_id"))
    if role in ALONE and any(seat.role is role for seat in later):
        errors.append(RoleHeld("role", role=role, since=since))
    raise_all(errors)


def check_seat_end(since: date, until: date | None, last_day: date) -> None:
    """Refuse an end that lies before the start, or a second end.

    :raises SeatEnded: it has one.
    :raises SeatEndsBeforeItStarts: naming both dates.
    """
    if until is not None:
        raise SeatEnded
    if last_day < since:
        raise SeatEndsBeforeItStarts("last_day", since=since, until=last_day)


def check_term(since: date, until: date | None) -> None:
    """Refuse a term that ends before it starts.

    :raises TermReversed: naming both dates.
    """
    if until is not None and until < since:
        raise TermReversed("term_to", since=since, until=until)


def check_board_active(active: bool, term_from: date, term_to: date | None, on: date) -> None:
    """Refuse work of a board outside its term.

    :raises BoardNotActive: it is closed, or ``on`` lies outside its term.
    """
    if not active or not is_active(term_from, term_to, on):
        raise BoardNotActive
