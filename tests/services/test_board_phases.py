"""The dated phases of a board: planned, kept, followed on their day, and asked by every act that takes a sheet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bench.pages import counted_queries
from innovations.audit.models import AuditEvent
from innovations.boards.inbox import waiting
from innovations.boards.loading import load_review
from innovations.boards.models import ScoreSheet
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.models_schedule import BoardPhase as Row
from innovations.boards.readable_sheets import sheet_access_of
from innovations.boards.rules.access import check_may_reveal
from innovations.boards.rules.refusals import NotScheduler, ScoringEnded, ScoringNotOpen
from innovations.boards.rules.schedule import AuthorsShown, BoardPhase, NamesShown, SheetsShown, fingerprint
from innovations.boards.rules.sheet_access import SheetAccess
from innovations.boards.schedule_facts import Schedules
from innovations.boards.schedule_queries import schedule_page
from innovations.boards.services import paper_sheets, schedules, scoring
from innovations.core.clock import at, now, today
from innovations.core.rules.errors import NotVisible, Several, Stale
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.audience import seen_at_board, seen_by
from innovations.proposals.facts import facts_for
from innovations.proposals.models import Audience, AudienceToken, Proposal, Review
from innovations.proposals.rules.visibility import document_tokens
from innovations.regulations.models import Campaign
from innovations.search.models import IndexJob
from innovations.worker.reminders import remind_deadlines
from innovations.worker.rounds import DAILY
from tests.board_world import REASON, SCORERS, BoardWorld
from tests.phased import ahead, phase, plan
from tests.services.test_sheets_on_paper import code_of

SCORER = "uyvien3"


def stored(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def names(board: BoardWorld, campaign: int | None = None) -> list[str]:
    return [each.name for each in Schedules([board.board_id]).own(board.board_id, campaign)]


def campaign_of(board: BoardWorld) -> int:
    """A campaign of the board's unit."""
    found = db.session.scalar(select(Campaign.id).where(Campaign.unit_id == board.world.staff.units["T1A"]))
    db.session.rollback()
    assert found is not None
    return found


def audience_of(review_id: int) -> set[str]:
    """Who sees its proposal, as it is stored for lists and search."""
    chosen = select(AudienceToken.token).join(Audience).join(Proposal, Proposal.audience_id == Audience.id)
    found = set(db.session.scalars(chosen.join(Review, Review.proposal_id == Proposal.id).where(Review.id == review_id)))
    db.session.rollback()
    return found


def told(board: BoardWorld, review_id: int) -> bool:
    """Whether what is stored is what the policy says."""
    proposal_id = board.review(review_id).proposal_id
    said = document_tokens(facts_for([proposal_id])[proposal_id])
    return audience_of(review_id) == set(said)


def knows(board: BoardWorld, number: str) -> tuple[int, int]:
    """How many proposals somebody finds in lists, and at the board."""
    count, actor = select(func.count()).select_from(Proposal), board.actor(number)
    found = tuple(db.session.scalar(count.where(seen(actor))) or 0 for seen in (seen_by, seen_at_board))
    db.session.rollback()
    return found


# --- planning -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["vanphong", "thuky"])
def test_registrar_and_secretary_plan_and_one_event_names_no_phase(board: BoardWorld, by: str) -> None:
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", 3), phase("Họp", 9, scoring=False), by=by)
    assert names(board) == ["Chuẩn bị", "Chấm điểm", "Họp"]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "boards.schedule_changed")).one()
    assert (event.subject_id, event.data) == (board.board_id, {"phases": 3})


@pytest.mark.parametrize("by", ["chutich", "uyvien1", "uyvien3", "tiepnhan", "chihuy"])
def test_nobody_else_of_the_board_plans(board: BoardWorld, by: str) -> None:
    with pytest.raises(NotScheduler):
        plan(board, phase("Chấm điểm"), by=by)
    assert stored(Row) == 0


@pytest.mark.parametrize("by", ["quantri", "docgia", "donvi"])
def test_for_who_has_nothing_to_do_with_the_board_it_does_not_exist(board: BoardWorld, by: str) -> None:
    with pytest.raises(NotVisible):
        plan(board, phase("Chấm điểm"), by=by)
    assert stored(Row) == 0


def test_a_phase_that_began_stays_whatever_is_planned_after_it(board: BoardWorld) -> None:
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", 2), phase("Họp", 9, scoring=False))
    with at(now() + timedelta(days=3)):
        plan(board, phase("Chấm bù", 4), phase("Họp", 6, scoring=False))
        assert names(board) == ["Chuẩn bị", "Chấm điểm", "Chấm bù", "Họp"]
        plan(board)
        assert names(board) == ["Chuẩn bị", "Chấm điểm"]
        with pytest.raises(Several, match="sớm nhất là hôm nay"):
            plan(board, phase("Chấm bù", -1))
        assert names(board) == ["Chuẩn bị", "Chấm điểm"]


def test_who_plans_on_a_schedule_that_somebody_changed_meanwhile_is_refused(board: BoardWorld) -> None:
    plan(board, phase("Chấm điểm"))
    old = fingerprint(())
    with pytest.raises(Stale):
        schedules.change_schedule(board.actor("thuky"), board.board_id, None, {0: phase("Họp", 3, scoring=False)}, seen=old)
    assert names(board) == ["Chấm điểm"]


def test_a_campaign_of_another_unit_has_no_schedule_on_this_board(board: BoardWorld) -> None:
    with atomic() as session:
        own = session.get_one(Campaign, campaign_of(board))
        other = Campaign(unit_id=board.world.staff.units["T2B"], year=2026, name="Đợt khác", opens_on=today())
        other.rule_set_id, other.criteria_set_id = own.rule_set_id, own.criteria_set_id
        session.add(other)
        session.flush()
        foreign = other.id
    for unknown in (foreign, 99_999):
        with pytest.raises(NotVisible):
            plan(board, phase("Chấm điểm"), campaign=unknown)
        with pytest.raises(NotVisible):
            schedule_page(board.actor("thuky"), board.board_id, unknown)
    assert stored(Row) == 0


@pytest.mark.parametrize("campaign", [False, True])
@pytest.mark.parametrize("day", [None, 5])
def test_the_database_holds_no_two_phases_of_one_day_and_no_two_firsts(
    board: BoardWorld, campaign: bool, day: int | None
) -> None:
    of = campaign_of(board) if campaign else None
    from_on = None if day is None else ahead(day)
    with pytest.raises(IntegrityError), atomic() as session:
        session.add_all(
            Row(board_id=board.board_id, campaign_id=of, from_on=from_on, name=name, scoring=True) for name in ("Một", "Hai")
        )
    assert stored(Row) == 0


# --- who may score ------------------------------------------------------------------------------------------------------------


def test_before_scoring_opens_no_sheet_is_saved_submitted_or_keyed(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", 3))
    for keep in (scoring.save_score_sheet, scoring.submit_score_sheet):
        with pytest.raises(ScoringNotOpen, match=f"từ ngày {ahead(3):%d/%m/%Y}"):
            keep(board.actor(SCORER), board.board_id, review_id, board.sheet())
    with pytest.raises(ScoringNotOpen):
        key(board, review_id, "thuky")
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (0, 0)
    with at(now() + timedelta(days=3)):
        board.submit(review_id, SCORER)
        assert not key(board, review_id, "thuky", "uyvien4")
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (1, 1)


def test_after_the_last_day_no_sheet_is_taken_nor_one_that_was_reopened(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chấm điểm"), phase("Họp", 2, scoring=False))
    board.submit(review_id, SCORER)
    sheet = db.session.scalars(select(ScoreSheet)).one()
    scoring.reopen_score_sheet(board.actor("thuky"), board.board_id, review_id, sheet.id, reason=REASON)
    version = db.session.scalars(select(ScoreSheet.version)).one()
    db.session.rollback()
    with at(now() + timedelta(days=2)):
        for number, known in ((SCORER, version), ("uyvien4", 0)):
            with pytest.raises(ScoringEnded, match=f"đến hết ngày {ahead(-1):%d/%m/%Y}"):
                scoring.submit_score_sheet(board.actor(number), board.board_id, review_id, board.sheet(known))
        with pytest.raises(ScoringEnded):
            key(board, review_id, "vanphong", "uyvien4")
    assert stored(ScoreSheet) == 1


def key(board: BoardWorld, review_id: int, clerk: str, member: str = SCORER) -> bool:
    given = board.assignment(review_id, member).id
    typed = code_of(board, review_id, member)
    return paper_sheets.key_sheet(board.actor(clerk), board.board_id, review_id, given, code=typed, data=board.sheet())


def test_the_secretary_gives_more_time_by_the_schedule(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chấm điểm"), phase("Họp", 2, scoring=False))
    with at(now() + timedelta(days=3)):
        plan(board, phase("Chấm bù", 0), phase("Họp", 2, scoring=False))
        board.submit(review_id, SCORER)
    assert stored(ScoreSheet) == 1


def test_the_reveal_waits_for_no_date(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", 5))
    loaded = load_review(board.actor("thuky"), board.board_id, review_id)
    check_may_reveal(board.actor("thuky"), loaded.facts, loaded.at)


def test_what_cannot_be_scored_yet_neither_waits_for_its_scorer_nor_is_reminded_of(board: BoardWorld) -> None:
    board.scoring()
    due = board.assignment(db.session.scalars(select(Review.id)).one(), SCORER).due_on
    days = (due - today()).days
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", days + 5))

    def asked() -> int:
        with board.world.app.test_request_context():
            return sum(1 for each in waiting(board.actor(SCORER)) if each.group == "Phiếu chấm của tôi")

    def reminded() -> int:
        return db.session.scalar(select(func.count()).where(Notice.kind == "boards.sheet_reminder")) or 0

    assert asked() == 0
    with at(now() + timedelta(days=days - 2)):
        remind_deadlines()
        assert reminded() == 0
        plan(board, phase("Chấm điểm", 0))
        assert asked() == 1
        remind_deadlines()
        assert reminded() == len(SCORERS)


# --- which schedule -----------------------------------------------------------------------------------------------------------


def test_a_review_stands_in_the_schedule_of_its_campaign_before_the_boards_general_one(board: BoardWorld) -> None:
    review_id, campaign = board.scoring(), campaign_of(board)
    with atomic():
        board.review(review_id).campaign_id = campaign
    plan(board, phase("Chung", scoring=True))
    plan(board, phase("Riêng", scoring=False), phase("Riêng, chấm", 4), campaign=campaign)
    loaded = load_review(board.actor(SCORER), board.board_id, review_id)
    assert (loaded.at.phase.name, loaded.at.phase.scoring) == ("Riêng", False)
    with pytest.raises(ScoringNotOpen):
        board.submit(review_id, SCORER)
    with atomic():
        board.review(review_id).campaign_id = None
    board.submit(review_id, SCORER)
    assert stored(ScoreSheet) == 1


# --- who knows the authors ----------------------------------------------------------------------------------------------------


def test_a_phase_that_hides_the_authors_is_followed_at_once_and_given_up_at_once(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert knows(board, SCORER) == (1, 1)
    plan(board, phase("Chấm kín", authors=AuthorsShown.REVEAL))
    assert (knows(board, SCORER), knows(board, "thuky")) == ((0, 1), (1, 1))
    assert told(board, review_id)
    board.submit(review_id, SCORER)
    assert (knows(board, SCORER), told(board, review_id)) == ((0, 1), True)
    plan(board, phase("Chấm mở", 0))
    assert (knows(board, SCORER), told(board, review_id)) == ((1, 1), True)


def test_until_the_own_sheet_is_in_only(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chấm kín", authors=AuthorsShown.OWN_SHEET))
    assert knows(board, SCORER) == (0, 1)
    board.submit(review_id, SCORER)
    assert (knows(board, SCORER), knows(board, "uyvien4")) == ((1, 1), (0, 1))
    board.submit(review_id, "uyvien4")
    board.submit(review_id, "uyvien5")
    board.reveal(review_id)
    assert told(board, review_id)


def test_a_phase_does_not_loosen_what_the_frozen_rules_hide(board: BoardWorld) -> None:
    review_id = board.scoring()
    with atomic():
        review = board.review(review_id)
        review.rules = {**review.rules, "blind_authors": True}
    plan(board, phase("Chấm", authors=AuthorsShown.RULES))
    assert knows(board, SCORER) == (0, 1)
    board.submit(review_id, SCORER)
    assert knows(board, SCORER) == (1, 1)


def test_who_sees_what_is_read_in_as_many_queries_for_three_reviews_as_for_one(board: BoardWorld) -> None:
    plan(board, phase("Chấm kín", authors=AuthorsShown.OWN_SHEET))
    ids, counted = [], []
    for titles in (("Giá treo áo mưa",), ("Hộp đựng sổ trực", "Thang gấp kho quân trang")):
        ids += [board.review(board.scoring(title=title)).proposal_id for title in titles]
        with counted_queries() as asked:
            facts_for(ids)
        counted.append(len(asked))
    assert counted[0] == counted[1]


# --- after the reveal ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dated", "member"),
    [
        (BoardPhase("Họp", scoring=True), SheetAccess.ALL),
        (BoardPhase("Họp", names=NamesShown.NEVER), SheetAccess.NAMELESS),
        (BoardPhase("Họp", sheets=SheetsShown.NEVER), SheetAccess.SUMMARY),
    ],
)
def test_members_read_of_the_revealed_sheets_what_the_phase_leaves_them(
    board: BoardWorld, dated: BoardPhase, member: SheetAccess
) -> None:
    review_id = board.scoring()
    for number in SCORERS:
        board.submit(review_id, number)
    plan(board, dated)
    board.reveal(review_id)

    def access(number: str) -> SheetAccess:
        return sheet_access_of(board.actor(number), load_review(board.actor(number), board.board_id, review_id))

    assert {number: access(number) for number in ("thuky", "chutich", "chihuy", *SCORERS)} == {
        **dict.fromkeys(("thuky", "chutich", "chihuy"), SheetAccess.ALL), **dict.fromkeys(SCORERS, member),
    }  # fmt: skip


# --- they advance by date -----------------------------------------------------------------------------------------------------


def test_the_worker_follows_a_phase_on_its_day_catches_up_missed_days_and_does_nothing_twice(board: BoardWorld) -> None:
    assert schedules.follow_phases in DAILY
    review_id = board.scoring()
    plan(board, phase("Chấm mở"), phase("Chấm kín", 2, authors=AuthorsShown.REVEAL), phase("Chấm mở lại", 9))
    assert schedules.follow_phases() == 0
    with at(now() + timedelta(days=4)):  # nobody was there on the day it began
        assert not told(board, review_id)
        assert schedules.follow_phases() == 1
        assert (knows(board, SCORER), told(board, review_id)) == ((0, 1), True)
        jobs = stored(IndexJob)
        assert (schedules.follow_phases(), stored(IndexJob)) == (0, jobs)
    assert schedules.follow_phases() == 1  # a clock that was ahead and is set right again
    assert (knows(board, SCORER), told(board, review_id)) == ((1, 1), True)
    with at(now() + timedelta(days=30)):  # both were missed
        assert schedules.follow_phases() == 1
        assert (knows(board, SCORER), told(board, review_id)) == ((1, 1), True)
