"""Whoever has a conflict that the rule set counts gets no page, no count, no search hit and no notice about it; the person, not the login."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from innovations import search
from innovations.boards.models import Recusal
from innovations.boards.rules.conflicts import ConflictKind
from innovations.boards.services import progress, recusing
from innovations.boards.services.seats import follow_the_calendar
from innovations.core.clock import at, now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.models import Person
from innovations.people.rules.roles import Role
from innovations.people.services import grants, persons
from innovations.people.services.persons import PersonData
from innovations.proposals import audience
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.rules.facts import acting_chair, acting_secretary
from tests.board_world import REASON, BoardWorld

COUNTED = ("superior_is_conflict", "subordinate_is_conflict", "same_subunit_is_conflict")


@pytest.fixture
def counted(board: BoardWorld) -> int:
    """An accepted review whose frozen rules count every conflict beside authorship; nobody has one yet."""
    review_id = board.accepted()
    with atomic():
        review = board.review(review_id)
        review.rules = {**review.rules, **dict.fromkeys(COUNTED, True)}
        audience.refresh(review.proposal_id)
    return review_id


def serve_with_author(board: BoardWorld, number: str) -> None:
    """The member is moved to the author's own sub-unit."""
    staff = board.world.staff
    member, author = (db.session.get_one(Person, staff.people[each]) for each in (number, "tacgia"))
    data = PersonData(member.full_name, author.unit_id, member.rank, member.position)
    db.session.rollback()
    persons.change_person(board.actor("quantri"), staff.people[number], data)


def sees(board: BoardWorld, review_id: int, number: str) -> set[str]:
    """Where the person meets the review."""
    client, at_board = board.world.client(number), f"/boards/{board.board_id}"
    code = board.review(review_id).proposal.address
    db.session.rollback()
    pages = {"review": f"{at_board}/reviews/{review_id}", "proposal": f"/proposals/{code}"}
    lists = {
        "queue": f"{at_board}/queue",
        "list": "/proposals/",
        "search": "/proposals/?q=bang+kiem+tra",
        "notices": "/notices",
        "home": "/",
    }
    met = {name for name, path in pages.items() if client.get(path).status_code == 200}
    met |= {name for name, path in lists.items() if code in client.get(path).text}
    return met | ({"counted"} if "1 hồ sơ đang xét" in client.get("/boards/").text else set())


def told(board: BoardWorld, number: str) -> int:
    person = board.actor(number).person_id
    return db.session.scalar(select(func.count()).where(Notice.person_id == person)) or 0


def test_a_comrade_of_the_author_meets_it_nowhere(board: BoardWorld, counted: int) -> None:
    board.start(counted)
    search.drain_once()
    before = sees(board, counted, "uyvien3")
    assert before >= {"review", "proposal", "queue", "list", "search", "home", "notices", "counted"}
    serve_with_author(board, "uyvien3")
    search.drain_once()
    assert sees(board, counted, "uyvien3") == set()
    assert sees(board, counted, "uyvien4") == before


def test_nobody_with_a_conflict_is_told_when_scoring_opens(board: BoardWorld, counted: int) -> None:
    board.assign(counted, "uyvien2", "uyvien3", "uyvien4", "uyvien5")
    serve_with_author(board, "uyvien3")
    before = {number: told(board, number) for number in ("uyvien3", "uyvien4")}
    progress.open_scoring(board.actor("thuky"), board.board_id, counted)
    after = {number: told(board, number) - before[number] for number in before}
    assert after == {"uyvien3": 0, "uyvien4": 1}


def test_dismissed_it_is_met_again_and_pinned_it_stays_away_whoever_moves(board: BoardWorld, counted: int) -> None:
    board.start(counted)
    for number in ("uyvien3", "uyvien4"):
        serve_with_author(board, number)
    secretary = board.actor("thuky")
    for number, holds in (("uyvien3", False), ("uyvien4", True)):
        recusing.judge_conflict(secretary, board.board_id, counted, board.seat(number), ConflictKind.SAME_SUBUNIT, holds=holds, reason=REASON)  # fmt: skip
    assert "review" in sees(board, counted, "uyvien3")
    assert sees(board, counted, "uyvien4") == set()
    assert db.session.scalar(select(func.count()).select_from(Recusal)) == 1


def test_who_takes_command_over_the_author_loses_sight_the_same_day(board: BoardWorld, counted: int) -> None:
    board.start(counted)
    staff, admin = board.world.staff, board.actor("quantri")
    unit = db.session.get_one(Person, staff.people["tacgia"]).unit_id
    db.session.rollback()
    grants.give(admin, staff.people["uyvien3"], Role.COMMANDER, unit, from_on=today() + timedelta(days=1))
    assert "review" in sees(board, counted, "uyvien3")
    with at(now() + timedelta(days=1)):
        follow_the_calendar()
        # As its commander the person reads the proposal of the own unit; of the board there is nothing any more.
        assert not sees(board, counted, "uyvien3") & {"review", "queue"}
        client = board.world.client("uyvien3")
        assert {path: f"/reviews/{counted}" in client.get(path).text for path in ("/", "/notices")} == {
            "/": False,
            "/notices": False,
        }


def test_the_deputy_presides_for_the_chair_and_keeps_for_the_secretary(board: BoardWorld, counted: int) -> None:
    deputy = board.actor("uyvien1").person_id

    def led_by() -> tuple[int | None, int | None]:
        facts = facts_of(board.review(counted).proposal_id)
        found = acting_chair(facts, review_facts(facts, counted)), acting_secretary(facts, review_facts(facts, counted))
        db.session.rollback()
        return found

    assert led_by() == (board.actor("chutich").person_id, board.actor("thuky").person_id)
    serve_with_author(board, "thuky")
    assert led_by() == (board.actor("chutich").person_id, deputy)
    assert sees(board, counted, "thuky") == set()
    serve_with_author(board, "chutich")
    assert led_by() == (deputy, None)  # one cannot do both


def test_without_the_setting_a_comrade_goes_on(board: BoardWorld) -> None:
    review_id = board.scoring()
    serve_with_author(board, "uyvien3")
    assert "review" in sees(board, review_id, "uyvien3")
