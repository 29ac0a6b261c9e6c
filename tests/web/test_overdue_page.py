"""The page of what is late: within the reader's reach, who holds it, since when, how far it has climbed; counts equal the list."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from innovations.core.clock import at, now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.models import Proposal, Review
from tests.board_world import BoardWorld
from tests.world import World


def later(days: int) -> datetime:
    """So many days after the last deadline, in the morning."""
    due = db.session.scalar(select(func.max(Review.due_on)))
    db.session.rollback()
    assert due is not None
    return datetime.combine(due + timedelta(days=days), time(1), UTC)


def page(world: World, number: str, moment: datetime, address: str = "/boards/overdue") -> BeautifulSoup:
    with at(moment):
        answer = world.client(number).get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def rows(soup: BeautifulSoup) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in soup.select("tr.is-late")]


def test_it_says_who_holds_what_since_when_and_how_far_it_has_climbed(world: World) -> None:
    code = world.submitted()
    (row,) = rows(page(world, "vanphong", later(8)))
    assert code in row and "Kiểm tra hồ sơ" in row and "Cán bộ tiếp nhận" in row
    assert "đã quá hạn 8 ngày" in row and "từ" in row and "Thủ trưởng đơn vị" in row


def test_what_is_not_late_yet_is_not_there(world: World) -> None:
    world.submitted()
    assert rows(page(world, "vanphong", later(0))) == []


def test_counts_equal_the_lists_of_each_level(world: World) -> None:
    for _ in range(2):
        world.submitted()
    soup = page(world, "vanphong", later(4))
    values = [int(each.text) for each in soup.select(".stat__value")]
    assert values[0] == sum(values[1:]) == len(rows(soup)) == 2
    assert len(rows(page(world, "vanphong", later(4), "/boards/overdue?level=base"))) == 2
    assert rows(page(world, "vanphong", later(4), "/boards/overdue?level=branch")) == []


def test_another_unit_sees_nothing_of_it_and_the_office_above_does(world: World) -> None:
    world.submitted()
    assert rows(page(world, "donvi", later(20))) == []
    assert len(rows(page(world, "demo36", later(20)))) == 1


def test_only_the_secretary_reads_which_member_is_late_with_a_sheet(board: BoardWorld) -> None:
    board.scoring()
    moment = later(2)
    full_name = db.session.get_one(Person, board.world.staff.people["uyvien3"]).full_name
    db.session.rollback()
    assert any(full_name in row for row in rows(page(board.world, "thuky", moment)))
    for number in ("chihuy", "vanphong"):
        listed = rows(page(board.world, number, moment))
        assert len(listed) == 3 and not any(full_name in row for row in listed)


def test_what_is_under_quarantine_is_neither_listed_nor_counted(world: World) -> None:
    world.submitted()
    with atomic() as session:
        session.scalars(select(Proposal)).one().quarantined_at = now()
    soup = page(world, "vanphong", later(20))
    assert rows(soup) == [] and soup.select(".stat__value")[0].text == "0"


def test_readers_without_an_office_are_refused(world: World) -> None:
    assert world.client("docgia").get("/boards/overdue").status_code == 403
