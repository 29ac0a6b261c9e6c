"""Who sits on a board on a given date, and what a sound board looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
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
        errors.append(
            BoardSizeWrong(
                "seats", seats=len(seats), minimum=rules.board_minimum, maximum=rules.board_maximum
            )
        )
    roles = Counter(seat.role for seat in seats)
    errors += [NotOneOf("seats", role=role) for role in (SeatRole.CHAIR, SeatRole.SECRETARY) if roles[role] != 1]
    if len({seat.person_id for seat in seats}) < len(seats):
        errors.append(SeatTakenTwice("seats"))
    raise_all(errors)
