"""What tests of reminders and summaries share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from innovations.core.clock import at
from innovations.extensions import db
from innovations.proposals.models import Review
from innovations.worker.reminders import remind_deadlines
from tests.world import World


@pytest.fixture
def late(world: World) -> Iterator[World]:
    """Eight days after a formal check was due, reminders sent."""
    world.submitted()
    due = db.session.scalar(select(Review.due_on))
    db.session.rollback()
    assert due is not None
    with at(datetime.combine(due + timedelta(days=8), time(1), UTC)):
        remind_deadlines()
        yield world
