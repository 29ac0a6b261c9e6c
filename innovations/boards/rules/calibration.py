"""How lenient each member is over a campaign, and how its proposals would rank if all were equally lenient.

The model: a sheet's points = what the proposal is worth + how lenient the member is; both are the exact least-squares solution.
It is advice: the decision uses the plain mean of the rule set.  Members who never scored the same proposals, directly or through
others, cannot be compared at all; so each group that shares members is solved and ranked for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Mark:
    """The points of one member's whole sheet on one proposal, out of 100."""

    case: int
    member: int
    points: Fraction


@dataclass(frozen=True)
class Leniency:
    """How many points more a member gives than colleagues on the same proposals; negative: fewer.

    :param points: None when nobody else scored what the member scored.
    """

    member: int
    sheets: int
    points: Fraction | None


@dataclass(frozen=True)
class Standing:
    """One proposal: the mean of its sheets, and that mean with each member's leniency taken off."""

    case: int
    mean: Fraction
    calibrated: Fraction


@dataclass(frozen=True)
class Group:
    """Proposals and members that can be compared with each other, each by id."""

    members: tuple[Leniency, ...]
    standings: tuple[Standing, ...]


def _solve(matrix: list[list[Fraction]]) -> list[Fraction]:
    """Solve a regular system, each row with its right side at the end, by elimination in exact fractions."""
    size = len(matrix)
    for column in range(size):
        pivot = next(row for row in range(column, size) if matrix[row][column])
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        matrix[column] = [value / matrix[column][column] for value in matrix[column]]
        for row in range(size):
            factor = matrix[row][column]
            if row != column and factor:
                matrix[row] = [value - factor * base for value, base in zip(matrix[row], matrix[column], strict=True)]
    return [row[-1] for row in matrix]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _biases(members: Sequence[int], cases: Iterable[Mapping[int, Fraction]]) -> dict[int, Fraction]:
    """The least-squares leniency of each member of one group; over all its sheets the mean is 0."""
    place = {member: position for position, member in enumerate(members)}
    size = len(members)
    matrix = [[Fraction(0)] * (size + 1) for _ in members]
    sheets = [Fraction(0)] * size
    for given in cases:
        mean, share = _mean(list(given.values())), Fraction(1, len(given))
        for member, points in given.items():
            row = matrix[place[member]]
            row[place[member]] += 1
            row[size] += points - mean
            sheets[place[member]] += 1
            for other in given:
                row[place[other]] -= share
    # The equations add up to 0 = 0, so one of them gives way to the convention that the mean over all sheets is 0.
    matrix[-1] = [*sheets, Fraction(0)]
    return dict(zip(members, _solve(matrix), strict=True))


def _groups(cases: Mapping[int, Mapping[int, Fraction]]) -> list[list[int]]:
    """The cases that hang together by shared members, each group and the groups in the order of their ids."""
    of_member: dict[int, list[int]] = defaultdict(list)
    for case, given in cases.items():
        for member in given:
            of_member[member].append(case)
    found: list[list[int]] = []
    seen: set[int] = set()
    for first in sorted(cases):
        waiting, group = [first], []
        while waiting:
            case = waiting.pop()
            if case not in seen:
                seen.add(case)
                group.append(case)
                waiting += [near for member in cases[case] for near in of_member[member]]
        if group:
            found.append(sorted(group))
    return found


def _group(cases: Mapping[int, Mapping[int, Fraction]]) -> Group:
    members = sorted({member for given in cases.values() for member in given})
    biases = _biases(members, cases.values())
    counts = {member: sum(member in given for given in cases.values()) for member in members}
    alone = len(members) == 1
    return Group(
        tuple(Leniency(member, counts[member], None if alone else biases[member]) for member in members),
        tuple(
            Standing(case, mean, mean - _mean([biases[member] for member in given]))
            for case, given in sorted(cases.items())
            for mean in [_mean(list(given.values()))]
        ),
    )


def calibrate(marks: Iterable[Mark]) -> tuple[Group, ...]:
    """Return the comparable groups of a campaign, the largest first; the order of the marks never matters.

    A member who is harsh or lenient by a constant changes no calibrated order: the constant is the member's leniency.

    :param marks: one per proposal and member; the last one counts if there are several.
    """
    cases: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for mark in marks:
        cases[mark.case][mark.member] = mark.points
    found = [_group({case: cases[case] for case in group}) for group in _groups(cases)]
    return tuple(sorted(found, key=lambda group: -len(group.standings)))


def ranks(values: Mapping[int, Fraction]) -> dict[int, int]:
    """Return the place of each id, the highest value first; equal values share the better place: 1, 2, 2, 4."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {key: first[value] for key, value in values.items()}
