"""Another rule set in force, as if the unit had chosen so, while something is submitted: rules that a review froze are never changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from innovations.proposals.services import freezing
from innovations.regulations.queries import Frozen, sets_in_force


@contextmanager
def rules_in_force(**changes: object) -> Iterator[None]:
    """What is submitted in the block is considered by the rules in force with these changes."""

    def changed(unit_id: int, on: date) -> Frozen:
        sets = sets_in_force(unit_id, on)
        return replace(sets, rules=replace(sets.rules, **changes))  # type: ignore[arg-type]

    with patch.object(freezing, "sets_in_force", changed):
        yield
