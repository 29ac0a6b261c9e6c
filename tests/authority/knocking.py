"""Which accounts try a door in a situation: by turns, so that over the situations everybody comes to every door."""

from __future__ import annotations

from collections.abc import Sequence

from tests.authority.doors import Door
from tests.authority.sight import ACCOUNTS, SEEN, SITUATIONS
from tests.sizes import FULL

#: Accounts that try a door where the situation allows it, of those who may and of the others who see the proposal.
_OF_EACH = 3


def knocking(door: Door, situation: str, turn: int) -> list[str]:
    """Which accounts try the door in a situation; the proposal's own page is tried by everybody.

    Where the situation allows the act: of those who may and of those who see the proposal and may not three capacities by turns,
    who holds the role, the admin, a recused member and some by turns.  Where it does not: who may otherwise, and some by turns.
    Over the situations everybody comes to every door; with ``./dev faults`` everybody comes in every situation (50,000 knocks).
    """
    if FULL or door.endpoint in ("proposals.show", "api.proposal"):
        return list(ACCOUNTS)
    inside = situation in door.where.split() and situation in door.exists.split()
    by_capacity: dict[str, list[str]] = {}
    for account in ACCOUNTS:
        by_capacity.setdefault(SEEN[situation][account], []).append(account)
    blind = by_capacity.pop(".", [])
    may, others = ([each for each in by_capacity if (each in door.who) == allowed] for allowed in (True, False))
    capacities = [*_by_turns(may, turn), *_by_turns(others, turn)] if inside else [each for each in may if each in door.who[:1]]
    chosen = {by_capacity[each][turn % len(by_capacity[each])] for each in capacities}
    tried = [each for each in SITUATIONS if door.is_tried(each)]
    share = -(-len(ACCOUNTS) // len(tried))  # so that the situations together bring everybody
    chosen |= {ACCOUNTS[(tried.index(situation) * share + step) % len(ACCOUNTS)] for step in range(share)}
    if inside:
        chosen |= {"quantri", "uyvien5"} & set(blind)
        if len(door.gate) < len(ACCOUNTS):
            chosen |= set(door.gate)
    return [account for account in ACCOUNTS if account in chosen]


def _by_turns(capacities: Sequence[str], turn: int) -> Sequence[str]:
    begin = turn * _OF_EACH % max(1, len(capacities))
    return [*capacities[begin:], *capacities[:begin]][:_OF_EACH]
