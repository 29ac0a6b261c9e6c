"""What tests begin with is copied only within a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from innovations.boards.models_meeting import Meeting
from innovations.core import clock
from innovations.extensions import db
from tests.board_world import BoardWorld
from tests.meeting_world import called, scored


@pytest.fixture
def day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> date:
    """The day on which the test runs that time: today, or so many days later."""
    _time, later = request.param
    held = clock.today() + timedelta(days=later)
    for each in ("innovations.core.clock.today", "tests.meeting_world.today"):
        monkeypatch.setattr(each, lambda: held)
    return held


@pytest.mark.xdist_group("one process")
@pytest.mark.parametrize("day", [("first", 0), ("second", 0), ("third", 0), ("after midnight", 1)], indirect=True)
def test_a_meeting_of_today_is_of_today_also_after_midnight(day: date, board: BoardWorld) -> None:
    """From the third time on it is a copy: a suite that ran past midnight called yesterday's meeting today's."""
    called(board, scored(board))
    assert [meeting.on for meeting in db.session.scalars(db.select(Meeting))] == [day]
