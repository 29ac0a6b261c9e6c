"""How a missed deadline climbs: the person, the secretary, the head of the unit, the parent office; each is told once.

The days are numbers of the rule set, frozen into the review like every other one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.regulations.rules.rulesets import RuleSet


class Rung(Labelled):
    """Whom a missed deadline has reached; the order is that of the climb."""

    PERSON = "person", N_("Người giải quyết")
    SECRETARY = "secretary", N_("Thư ký")
    HEAD = "head", N_("Thủ trưởng đơn vị")
    PARENT = "parent", N_("Cơ quan cấp trên")


def _starts(rules: RuleSet) -> Mapping[Rung, int]:
    return {
        Rung.PERSON: 1,
        Rung.SECRETARY: rules.climb_secretary_days,
        Rung.HEAD: rules.climb_head_days,
        Rung.PARENT: rules.climb_parent_days,
    }


def rungs_reached(due: date, today: date, rules: RuleSet) -> tuple[Rung, ...]:
    """Return the rungs that a deadline has reached, lowest first; none before the day after ``due``, which ends at 24:00."""
    late = (today - due).days
    return tuple(rung for rung, days in _starts(rules).items() if late >= days)


def ladder(people: Mapping[Rung, Collection[int]], barred: Collection[int]) -> dict[Rung, frozenset[int]]:
    """Return who is told at each rung: nobody on two of them, and above the first nobody who is barred.

    :param barred: authors, and persons with a conflict in the review; an author who holds the dossier is still told of it.
    """
    told: set[int] = set()
    found = {}
    for rung in Rung:
        here = set(people.get(rung, ())) - told
        found[rung] = frozenset(here if rung is Rung.PERSON else here - set(barred))
        told |= found[rung]
    return found
