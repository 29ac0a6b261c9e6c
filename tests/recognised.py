"""Recognised proposals for tests of what comes after recognition, without the road through a board."""

from __future__ import annotations

from datetime import date
from typing import Any

from innovations import search
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals import audience, lifecycle
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.states import State
from tests.prepared import prepared
from tests.world import World


@prepared
def recognise(world: World, *, by: str = "tacgia", on: date = date(2025, 6, 2), grade: str = "B", **changes: Any) -> str:
    """A proposal that its base recognised on a day; ``changes`` are columns of the proposal, and ``evidence``.  Returns its code."""
    text = {name: changes.pop(name) for name in ("title", "situation", "content", "evidence") if name in changes}
    code = world.submitted(by, **text)
    with atomic():
        proposal = proposal_at(code)
        assert proposal is not None
        lifecycle.record_past(proposal.reviews[-1], State.RECOGNISED)
        proposal.recognised_on, proposal.recognised_year, proposal.recognised_level = on, on.year, "base"
        proposal.grade = grade
        for name, value in changes.items():
            setattr(proposal, name, value)
        audience.refresh(proposal.id)
    return code


def index(world: World) -> None:
    """Let the worker's part of the search catch up."""
    while search.drain_once().get("jobs") or search.drain_once().get("rebuilt"):
        pass
    db.session.rollback()
