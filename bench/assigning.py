"""How long a balanced plan and the reading of a campaign's scores take: ``./dev bench assign [reviews] [members]``, rules alone."""

from __future__ import annotations

import random
import time
from fractions import Fraction

from innovations.boards.rules.agreement import krippendorff_alpha
from innovations.boards.rules.balancing import Want, balance
from innovations.boards.rules.calibration import Mark, calibrate

REVIEWS, MEMBERS, SCORERS, AIM_SECONDS = 300, 9, 5, 2.0


def main(arguments: list[str]) -> int:
    """Plan, calibrate, print; 1 when an aim is missed."""
    reviews, members = [int(each) for each in [*arguments, *[str(REVIEWS), str(MEMBERS)][len(arguments) :]]]
    chance = random.Random(20261128)  # noqa: S311  (a fixed set of examples, nothing secret)
    seats = range(members)
    wants = [Want(number, SCORERS, barred=frozenset(chance.sample(seats, chance.randint(0, 3)))) for number in range(reviews)]
    took = 0.0
    for pairs in (0, 2):
        apart = [frozenset(chance.sample(seats, 2)) for _ in range(pairs)]
        began = time.perf_counter()
        plan = balance(seats, wants, loads={}, apart=apart)
        took = max(took, time.perf_counter() - began)
        spread = max(plan.loads.values()) - min(plan.loads.values())
        print(f"plan with {pairs} pairs kept apart: loads differ by {spread}, {len(plan.shortfalls)} short")
    marks = [
        Mark(want.review_id, seat, Fraction(chance.randint(4000, 9500), 100))
        for want in wants
        for seat in plan.added[want.review_id]
    ]
    began = time.perf_counter()
    calibrate(marks)
    krippendorff_alpha([[mark.points for mark in marks if mark.case == number] for number in range(reviews)])
    read = time.perf_counter() - began
    met = max(took, read) <= AIM_SECONDS
    print(
        f"{reviews} reviews, {members} members: plan {took:.2f} s, "
        f"leniency and alpha {read:.2f} s   {'met' if met else 'MISSED'} aim {AIM_SECONDS} s each"
    )
    return 0 if met else 1
