"""A plan of who scores what: loads as even as conflicts allow, with each shortfall named.  A proposal for the secretary, not a decision.

Each review first takes the members with the least to do; then reviews are handed on along chains of members, from one who has more to
one who has at least two fewer, until there is no such chain.  Without pairs that are kept apart this is the optimum: sums of
squares of loads are least exactly when no chain shortens them, so two members whose loads differ by more than one are never joined by
reviews that could move.  With pairs the question is as hard as independent sets; then the plan may be less even than the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled

Pair = frozenset[int]


class Lack(Labelled):
    """Why a review has fewer scorers than wanted."""

    CONFLICTS = "conflicts", N_("Quá nhiều ủy viên vướng xung đột lợi ích hoặc đã từ chối")
    APART = "apart", N_("Các ủy viên còn lại không chấm chung với nhau")
    FULL = "full", N_("Các ủy viên còn lại đã đủ số hồ sơ tối đa")


@dataclass(frozen=True)
class Want:
    """A review that needs scorers.

    :param wanted: scorers in all, those it has included.
    :param has: seats that score it already; they stay.
    :param barred: seats that may not, by a conflict or because they declined.
    """

    review_id: int
    wanted: int
    has: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Shortfall:
    """A review that lacks scorers, how many, and why."""

    review_id: int
    missing: int
    why: Lack


@dataclass(frozen=True)
class Plan:
    """Who is to be added to each review, the loads that makes, and what is lacking; the same input gives the same plan."""

    added: Mapping[int, tuple[int, ...]]
    loads: Mapping[int, int]
    shortfalls: tuple[Shortfall, ...] = ()


def apart_within(seats: Iterable[int], apart: Collection[Pair]) -> list[Pair]:
    """Return the pairs kept apart that are together among ``seats``."""
    inside = set(seats)
    return sorted((pair for pair in apart if pair <= inside), key=sorted)


@dataclass
class _Board:
    """The plan in the making."""

    seats: Sequence[int]
    wants: Mapping[int, Want]
    loads: Counter[int]
    enemies: Mapping[int, frozenset[int]]
    most: int | None
    added: dict[int, set[int]] = field(default_factory=dict)

    def company(self, review: int) -> set[int]:
        return self.added[review] | self.wants[review].has

    def fits(self, seat: int, review: int, leaving: int | None = None) -> bool:
        """Whether a seat may join a review, perhaps in the place of another."""
        want, company = self.wants[review], self.company(review)
        return seat not in want.barred and seat not in company and not self.enemies[seat] & (company - {leaving})

    def has_room(self, seat: int) -> bool:
        return self.most is None or self.loads[seat] < self.most

    def join(self, seat: int, review: int) -> None:
        self.added[review].add(seat)
        self.loads[seat] += 1

    def by_load(self) -> list[int]:
        return sorted(self.seats, key=lambda seat: (self.loads[seat], seat))


def _choice(board: _Board, review: int, candidates: Sequence[int], count: int) -> tuple[int, ...] | None:
    """The first ``count`` candidates, in their order, of whom no two are kept apart; None when there are not as many."""
    if count == 0:
        return ()
    for place, seat in enumerate(candidates):
        rest = [other for other in candidates[place + 1 :] if other not in board.enemies[seat]]
        if len(rest) >= count - 1:
            found = _choice(board, review, rest, count - 1)
            if found is not None:
                return (seat, *found)
    return None


def _fill(board: _Board, review: int) -> None:
    """Give a review as many as it lacks, or as many as can be together."""
    want = board.wants[review]
    free = [seat for seat in board.by_load() if board.has_room(seat) and board.fits(seat, review)]
    for count in range(max(want.wanted - len(board.company(review)), 0), 0, -1):
        found = _choice(board, review, free, count)
        if found is not None:
            for seat in found:
                board.join(seat, review)
            return


def _chain(board: _Board, start: Iterable[int], below: int) -> list[tuple[int, int, int]] | None:
    """The shortest hand-over from one of ``start`` to a seat whose load is at most ``below``: (giver, review, taker) in turn."""
    came: dict[int, tuple[int, int, int] | None] = dict.fromkeys(start)
    waiting = list(came)
    for giver in waiting:
        if board.loads[giver] <= below:
            steps: list[tuple[int, int, int]] = []
            step = came[giver]
            while step is not None:
                steps.append(step)
                step = came[step[0]]
            return steps[::-1]
        for review in sorted(review for review, added in board.added.items() if giver in added):
            for taker in board.seats:
                if taker not in came and board.fits(taker, review, leaving=giver):
                    came[taker] = (giver, review, taker)
                    waiting.append(taker)
    return None


def _hand_over(board: _Board, steps: Sequence[tuple[int, int, int]]) -> bool:
    """Carry a chain out from its end; a step that no longer fits, as its review changed in the chain, undoes all."""
    before = {review: set(board.added[review]) for _giver, review, _taker in steps}
    for giver, review, taker in reversed(steps):
        if giver not in board.added[review] or not board.fits(taker, review, leaving=giver):
            board.added.update(before)
            return False
        board.added[review] ^= {giver, taker}
    if steps:
        board.loads[steps[0][0]] -= 1
        board.loads[steps[-1][2]] += 1
    return True


def _make_room(board: _Board, review: int) -> bool:
    """Let a full member hand a review on, so that they can take this one."""
    if board.most is None:
        return False
    full = [seat for seat in board.by_load() if board.fits(seat, review)]
    steps = _chain(board, full, board.most - 1)
    if steps is None or not _hand_over(board, steps):
        return False
    taker = steps[0][0] if steps else full[0]
    if not board.fits(taker, review):
        return False
    board.join(taker, review)
    return True


def _even_out(board: _Board) -> None:
    """Hand reviews on until no chain leads from a member to one who has at least two fewer."""
    stuck: set[int] = set()
    while True:
        givers = [seat for seat in reversed(board.by_load()) if seat not in stuck]
        if not givers:
            return
        steps = _chain(board, [givers[0]], board.loads[givers[0]] - 2)
        if steps and _hand_over(board, steps):
            stuck.clear()
        else:
            stuck.add(givers[0])


def _why(board: _Board, review: int) -> Lack:
    want = board.wants[review]
    free = [seat for seat in board.seats if seat not in want.barred and seat not in want.has]
    missing = want.wanted - len(want.has)
    if len(free) < missing:
        return Lack.CONFLICTS
    compatible = [seat for seat in free if not board.enemies[seat] & want.has]
    return Lack.APART if _choice(board, review, compatible, missing) is None else Lack.FULL


def _shortfalls(board: _Board) -> tuple[Shortfall, ...]:
    missing = {review: want.wanted - len(board.company(review)) for review, want in board.wants.items()}
    return tuple(Shortfall(review, count, _why(board, review)) for review, count in sorted(missing.items()) if count > 0)


def balance(
    seats: Iterable[int],
    wants: Iterable[Want],
    *,
    loads: Mapping[int, int],
    apart: Collection[Pair] = (),
    most: int | None = None,
) -> Plan:
    """Return a plan; the order of the input never matters.

    :param seats: seats that may score today.
    :param loads: what each seat has to do already, the seats in ``has`` included; it counts, and stays.
    :param apart: pairs of seats that never score the same review.
    :param most: reviews a seat has at most, what it has already included; None for no limit.
    """
    ordered = sorted(set(seats))
    enemies = {seat: frozenset(other for pair in apart if seat in pair for other in pair if other != seat) for seat in ordered}
    board = _Board(
        ordered, {want.review_id: want for want in wants}, Counter({seat: loads.get(seat, 0) for seat in ordered}), enemies, most
    )
    board.added = {review: set() for review in sorted(board.wants)}

    def choices(review: int) -> tuple[int, int]:
        return sum(board.fits(seat, review) for seat in ordered) - board.wants[review].wanted, review

    for review in sorted(board.wants, key=choices):
        _fill(board, review)
    for review, want in sorted(board.wants.items()):
        while len(board.company(review)) < want.wanted and _make_room(board, review):
            pass
    _even_out(board)
    added = {review: tuple(sorted(chosen)) for review, chosen in board.added.items()}
    return Plan(added, {seat: board.loads[seat] for seat in ordered}, _shortfalls(board))
