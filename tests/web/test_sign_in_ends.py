"""A sign-in ends by itself: after half an hour without a page, and after twelve hours whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from innovations.core.clock import at
from tests.world import World

MORNING = datetime(2026, 3, 10, 1, tzinfo=UTC)


def _open(client: FlaskClient, after: timedelta) -> bool:
    """Whether a page opens so long after the morning's sign-in."""
    with at(MORNING + after):
        return client.get("/proposals/").status_code == 200


def _signed_in(world: World) -> FlaskClient:
    with at(MORNING):
        return world.client("tacgia")


def test_half_an_hour_without_a_page_ends_it(world: World) -> None:
    client = _signed_in(world)
    assert _open(client, timedelta(minutes=29))
    assert not _open(client, timedelta(minutes=60))


def test_each_page_gives_it_another_half_hour(world: World) -> None:
    client = _signed_in(world)
    assert all(_open(client, timedelta(minutes=minutes)) for minutes in (20, 40, 60))


def test_twelve_hours_end_it_however_busy_it_is(world: World) -> None:
    client = _signed_in(world)
    opened = [_open(client, timedelta(minutes=minutes)) for minutes in range(20, 12 * 60 + 40, 20)]
    assert opened == [True] * 35 + [False] * 2


def test_the_end_of_one_sign_in_ends_no_other(world: World) -> None:
    early = _signed_in(world)
    with at(MORNING + timedelta(hours=11, minutes=50)):
        late = world.client("tacgia")
    assert not _open(early, timedelta(hours=12, minutes=5))
    assert _open(late, timedelta(hours=12, minutes=5))
