"""The secretary pins or dismisses what the rule set counts as a conflict; an author's is never dismissed, one's own never judged."""

from __future__ import annotations

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from innovations.audit.models import AuditEvent
from innovations.boards.models import Assignment, DismissedConflict, Recusal
from innovations.boards.models_meeting import AgendaItem
from innovations.boards.rules.conflicts import ConflictKind, NoSuchConflict
from innovations.boards.rules.events import AuditTag
from innovations.boards.services import recusing
from innovations.core.clock import now
from innovations.core.rules.errors import DomainError, NotVisible, Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.models import Review
from innovations.proposals.rules.content import ReasonsMissing
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld


def stored(model: type) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def same_subunit(board: BoardWorld, *numbers: str) -> int:
    """A review whose rule set counts comrades of the author's sub-unit, where these members serve."""
    review_id = board.accepted()
    serve_with_the_author(board, review_id, *numbers)
    return review_id


def serve_with_the_author(board: BoardWorld, review_id: int, *numbers: str) -> None:
    """Members who serve in the author's sub-unit, on a review that counts that."""
    with atomic() as session:
        author = session.get_one(Person, board.world.staff.people["tacgia"])
        for number in numbers:
            session.get_one(Person, board.world.staff.people[number]).unit_id = author.unit_id
        review = session.get_one(Review, review_id)
        review.rules = {**review.rules, "same_subunit_is_conflict": True}


def judge(
    board: BoardWorld, review_id: int, number: str, *, holds: bool, kind: ConflictKind = ConflictKind.SAME_SUBUNIT,
    by: str = "thuky", reason: str = REASON,
) -> None:  # fmt: skip
    recusing.judge_conflict(board.actor(by), board.board_id, review_id, board.seat(number), kind, holds=holds, reason=reason)


def test_a_dismissed_conflict_lets_the_member_score_this_review_and_stays_in_the_record(board: BoardWorld) -> None:
    review_id = same_subunit(board, "uyvien3")
    with pytest.raises(Several, match="Cùng phân đội"):
        board.assign(review_id, "uyvien3")
    judge(board, review_id, "uyvien3", holds=False)
    board.assign(review_id, "uyvien3")
    assert stored(Assignment) == 1
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == AuditTag.CONFLICT_DISMISSED.value)).one()
    assert event.data["kind"] == "same_subunit"


def test_a_pinned_conflict_stays_when_the_member_serves_elsewhere(board: BoardWorld) -> None:
    review_id = same_subunit(board, "uyvien3")
    judge(board, review_id, "uyvien3", holds=True)
    with atomic() as session:
        session.get_one(Person, board.world.staff.people["uyvien3"]).unit_id = board.world.staff.units["T1A"]
    with pytest.raises(Several):
        board.assign(review_id, "uyvien3")
    assert db.session.scalars(select(Recusal.kind)).one() == "same_subunit"


@pytest.mark.parametrize(
    ("number", "kind"),
    [("uyvien4", ConflictKind.SAME_SUBUNIT), ("uyvien3", ConflictKind.SUPERIOR), ("uyvien3", ConflictKind.AUTHOR)],
)
def test_what_does_not_stand_or_is_an_authors_is_not_judged(board: BoardWorld, number: str, kind: ConflictKind) -> None:
    review_id = same_subunit(board, "uyvien3")
    with pytest.raises(NoSuchConflict):
        judge(board, review_id, number, holds=False, kind=kind)
    assert (stored(DismissedConflict), stored(Recusal)) == (0, 0)


def test_nobody_judges_the_own_conflict_and_no_reason_is_no_judgement(board: BoardWorld) -> None:
    review_id = same_subunit(board, "thuky", "uyvien3")
    with pytest.raises(NotVisible):  # the secretary has one: it is out of sight, and the deputy keeps it
        judge(board, review_id, "thuky", holds=False)
    with pytest.raises(ReasonsMissing):
        judge(board, review_id, "uyvien3", holds=False, reason=" ", by="uyvien1")
    for stranger in ("uyvien4", "docgia"):
        with pytest.raises((DomainError, NotVisible)):
            judge(board, review_id, "uyvien3", holds=False, by=stranger)
    assert stored(DismissedConflict) == 0


@pytest.mark.parametrize(("kind", "reason"), [("author", REASON), ("declared", REASON), ("superior", "")])
def test_the_database_keeps_no_dismissed_author_and_none_without_a_reason(board: BoardWorld, kind: str, reason: str) -> None:
    review_id, person = board.accepted(), board.world.staff.people["uyvien3"]
    row = {"review_id": review_id, "person_id": person, "kind": kind, "reason": reason, "by_id": person, "at": now()}
    with pytest.raises(IntegrityError), atomic() as session:
        session.execute(insert(DismissedConflict).values(**row))


def test_the_secretarys_page_offers_both_and_shows_what_was_dismissed(board: BoardWorld) -> None:
    review_id = same_subunit(board, "uyvien3")
    client, at = board.world.client("thuky"), f"/boards/{board.board_id}/reviews/{review_id}"
    assert "Bỏ qua cho hồ sơ này" in client.get(at).text
    data = {"seat_id": board.seat("uyvien3"), "kind": "same_subunit", "do": "dismiss", "reason": "Mới về đơn vị tuần trước."}
    assert client.post(f"{at}/conflicts", data=data).status_code == 303
    page = client.get(at).text
    assert "Mới về đơn vị tuần trước." in page
    assert "Bỏ qua cho hồ sơ này" not in page
    assert "Mới về đơn vị tuần trước." not in board.world.client("vanphong").get(at).text


def test_who_took_no_part_by_a_rule_stands_in_the_minutes_record_as_well(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    serve_with_the_author(board, review_id, "uyvien2")
    number = sitting.voted(board, review_id, agree=6, absent=("uyvien2",))
    sitting.conclude(board, number, review_id)
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.review_id == review_id)).one()
    assert item.outcome is not None
    assert item.outcome["recused"] == [board.world.staff.people["uyvien2"]]
