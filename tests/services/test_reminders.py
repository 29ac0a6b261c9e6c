"""Reminders run from the worker: each step once, caught up after days without one, to nobody who may not see it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from innovations import notifications
from innovations.boards.models import Recusal
from innovations.core.clock import at, now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.models import Account
from innovations.proposals.models import Proposal, Review
from innovations.worker.reminders import remind_deadlines
from tests import meeting_world
from tests.board_world import BoardWorld
from tests.world import World

CLIMB = ("proposal.overdue", "proposal.overdue_told")


def told(*kinds: str) -> Counter[str]:
    """Who got how many notices of these kinds."""
    known = {person: number for person, number in db.session.execute(select(Account.person_id, Account.service_number))}
    return Counter(known[person] for person in db.session.scalars(select(Notice.person_id).where(Notice.kind.in_(kinds))))


def on(day: date) -> datetime:
    """Eight in the morning of a day, local time."""
    return datetime.combine(day, time(1), UTC)


def run(day: date) -> int:
    """The worker's job on a day."""
    with at(on(day)):
        return remind_deadlines()


def due(review_id: int | None = None) -> date:
    chosen = select(Review.due_on).order_by(Review.id.desc())
    found = db.session.scalar(chosen.where(Review.id == review_id) if review_id else chosen)
    db.session.rollback()
    assert found is not None
    return found


def test_a_missed_formal_check_climbs_one_office_after_the_other(world: World) -> None:
    world.submitted()
    day = due()
    steps = []
    for late in range(1, 15):
        run(day + timedelta(days=late))
        steps.append(dict(told(*CLIMB)))
    assert steps[1] == {}  # the receiver is reminded daily anyway
    assert steps[2] == {"vanphong": 1}
    assert steps[6] == {"vanphong": 1, "chihuy": 1}
    above = steps[13].keys() - steps[6].keys()
    assert all(count == 1 for count in steps[13].values())
    assert not above & {"tacgia", "tacgia2", "vanphong", "chihuy"}
    assert told("proposal.formal_reminder") == {"tiepnhan": 14}


def test_days_without_a_worker_are_caught_up_with_one_notice_for_each_office(world: World) -> None:
    world.submitted()
    day = due() + timedelta(days=20)
    assert run(day) > 0
    assert {who: count for who, count in told(*CLIMB, "proposal.formal_reminder").items() if count > 1} == {}
    assert {"tiepnhan", "vanphong", "chihuy"} <= set(told(*CLIMB, "proposal.formal_reminder"))
    assert run(day) == 0
    assert run(day + timedelta(days=1)) == 1  # the receiver's daily one


def test_the_database_holds_a_step_only_once(world: World) -> None:
    world.submitted()
    run(due() + timedelta(days=20))
    row = db.session.scalars(select(Notice).where(Notice.once_key.startswith("climb:"))).first()
    assert row is not None
    double = {"person_id": row.person_id, "kind": row.kind, "subject_kind": "proposal", "subject_id": row.subject_id}
    once = row.once_key
    with pytest.raises(Exception, match="UNIQUE"), atomic() as session:
        session.add(Notice(**double, once_key=once, created_at=now(), data={}))


def test_a_missed_sheet_climbs_from_the_member_by_way_of_the_secretary(board: BoardWorld) -> None:
    board.scoring()
    day = due()
    run(day - timedelta(days=2))
    assert told("boards.sheet_reminder") == {"uyvien3": 1, "uyvien4": 1, "uyvien5": 1}
    run(day + timedelta(days=1))
    assert told(*CLIMB) == {"uyvien3": 1, "uyvien4": 1, "uyvien5": 1}
    run(day + timedelta(days=3))
    assert told(*CLIMB)["thuky"] == 3  # one for each sheet


def test_an_author_who_is_head_of_the_unit_and_a_member_with_a_conflict_are_told_nothing(board: BoardWorld) -> None:
    review_id = board.scoring(by="chihuy")
    with atomic() as session:
        for number in ("vanphong", "uyvien3"):
            person = board.world.staff.people[number]
            by = board.world.staff.people["thuky"]
            session.add(Recusal(review_id=review_id, person_id=person, kind="declared", declared_by_id=by, at=now()))
    run(due() + timedelta(days=20))
    assert not told(*CLIMB, "boards.sheet_reminder").keys() & {"chihuy", "vanphong", "uyvien3"}


def test_a_late_decision_climbs_from_the_deciding_head_and_tells_nobody_twice(board: BoardWorld) -> None:
    meeting_world.concluded(board)
    day = due()
    run(day - timedelta(days=21))
    assert told("proposal.decision_reminder") == {"chihuy": 1}
    run(day + timedelta(days=20))
    assert told(*CLIMB)["chihuy"] == told(*CLIMB)["thuky"] == 1


def test_what_is_under_quarantine_reminds_nobody(world: World) -> None:
    world.submitted()
    day = due()
    with atomic() as session:
        session.scalars(select(Proposal)).one().quarantined_at = now()
    assert run(day + timedelta(days=20)) == 0


def test_members_are_reminded_of_a_meeting_three_working_days_before_and_again_when_it_moves(board: BoardWorld) -> None:
    review_id = meeting_world.scored(board)
    number = meeting_world.called(board, review_id)
    assert remind_deadlines() >= 7
    assert set(told("boards.meeting_reminder").values()) == {1}
    remind_deadlines()
    assert set(told("boards.meeting_reminder").values()) == {1}
    with atomic() as session:
        session.merge(meeting_world.meeting(board, number)).on += timedelta(days=1)
    remind_deadlines()
    assert set(told("boards.meeting_reminder").values()) == {2}


def test_a_reminder_is_worded_when_read_and_names_nothing_the_reader_may_not_see(world: World) -> None:
    world.submitted()
    run(due() + timedelta(days=20))
    with world.app.test_request_context():
        texts = [one.text for one in notifications.notices_of(world.actor("vanphong"))[0]]
        assert any("đã quá hạn 20 ngày" in text and "Bảng kiểm tra" in text for text in texts)
        stored = db.session.scalars(select(Notice).where(Notice.kind.in_(CLIMB))).all()
        assert all(set(row.data) == {"due", "days"} for row in stored)
