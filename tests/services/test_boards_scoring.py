"""Score sheets through their use cases: drafts, submitting, reopening, stale writes, and what rests after the reveal."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models import ScoreSheet
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.conflicts import AlreadyRecused
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.refusals import NotNow, NotScorer
from innovations.boards.rules.sheets import AlreadyReopened, NothingToReopen, SheetIsFinal
from innovations.boards.score_queries import sheet_count, summary
from innovations.boards.services import assigning, recusing, scoring
from innovations.boards.sheet_queries import own_sheet
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible, Several, Stale
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.models import Person
from innovations.proposals.services.drafting import contribution_of
from innovations.regulations.models import CriteriaSetRow
from innovations.regulations.queries import sets_in_force
from innovations.regulations.rules.criteria import Criterion
from innovations.regulations.rules.presets import SIMPLE_40_30_30
from tests.board_world import REASON, BoardWorld


def sheets_stored() -> int:
    return db.session.scalar(select(func.count()).select_from(ScoreSheet)) or 0


def events(tag: AuditTag) -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.tag == tag.value)) or 0


def criteria_in_force(board: BoardWorld) -> tuple[Criterion, ...]:
    """What a review that starts today would be scored by."""
    return sets_in_force(board.world.staff.units["T1A"], today()).criteria.criteria


def test_a_draft_may_be_incomplete(board: BoardWorld) -> None:
    review_id = board.scoring()
    member = board.actor("uyvien3")
    scoring.save_score_sheet(member, board.board_id, review_id, scoring.SheetData({"novelty": Decimal("18.5")}))
    stored = own_sheet(member, board.board_id, review_id)
    assert (stored.values, stored.version, stored.submitted_at) == ({"novelty": Decimal("18.50")}, 1, None)
    assert stored.total == Decimal("18.50")


def test_what_does_not_apply_leaves_the_maximum_of_the_sheets_total(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, "uyvien3", economy=None)
    assert own_sheet(board.actor("uyvien3"), board.board_id, review_id).total == Decimal("80.00")  # 72 of 90


def test_an_incomplete_sheet_is_not_submitted_and_everything_it_lacks_is_named(board: BoardWorld) -> None:
    review_id = board.scoring()
    data = scoring.SheetData({"novelty": Decimal(30), "effect": Decimal(31), "replicability": Decimal(20), "economy": None})
    with pytest.raises(Several) as refused:
        scoring.submit_score_sheet(board.actor("uyvien3"), board.board_id, review_id, data)
    assert [error.field for error in refused.value.errors] == ["novelty", "effect", "dossier", "proposes"]
    assert sheets_stored() == 0


def test_a_reviewer_writes_a_review_as_well(board: BoardWorld) -> None:
    review_id = board.scoring()
    duty = assigning.Duty(AssignmentRole.REVIEWER)
    assigning.assign(board.actor("thuky"), board.board_id, review_id, [board.seat("uyvien2")], duty)
    with pytest.raises(Several, match="nhận xét phản biện"):
        scoring.submit_score_sheet(board.actor("uyvien2"), board.board_id, review_id, board.sheet())
    assert sheets_stored() == 0


def test_only_an_assigned_member_scores(board: BoardWorld) -> None:
    review_id = board.scoring()
    with pytest.raises(NotScorer):
        board.submit(review_id, "chutich")
    with pytest.raises(NotVisible):
        board.submit(review_id, "uyvien2")
    assert sheets_stored() == 0


def test_nobody_scores_before_scoring_is_open(board: BoardWorld) -> None:
    review_id = board.accepted()
    board.assign(review_id, "uyvien3")
    with pytest.raises(NotNow):
        board.submit(review_id, "uyvien3")
    assert sheets_stored() == 0


def test_a_sheet_saved_elsewhere_meanwhile_is_not_overwritten(board: BoardWorld) -> None:
    review_id, member = board.scoring(), board.actor("uyvien3")
    scoring.save_score_sheet(member, board.board_id, review_id, board.sheet(novelty="20"))
    with pytest.raises(Stale) as refused:
        scoring.save_score_sheet(member, board.board_id, review_id, board.sheet(novelty="10", version=0))
    assert refused.value.field == "version"
    assert own_sheet(member, board.board_id, review_id).values["novelty"] == Decimal(20)


def test_a_submitted_sheet_rests_and_the_attempt_stays_in_the_audit_trail(board: BoardWorld) -> None:
    review_id, member = board.scoring(), board.actor("uyvien3")
    board.submit(review_id, "uyvien3")
    with pytest.raises(SheetIsFinal):
        scoring.save_score_sheet(member, board.board_id, review_id, board.sheet(version=1, novelty="12"))
    assert own_sheet(member, board.board_id, review_id).values["novelty"] == Decimal(24)
    assert events(AuditTag.SHEET_CHANGE_REFUSED) == 1


def test_after_the_reveal_neither_scorer_nor_secretary_changes_a_score_and_both_attempts_are_audited(board: BoardWorld) -> None:
    """Case 8 of the regulation's twenty."""
    review_id, secretary = board.scoring(), board.actor("thuky")
    for number in ("uyvien3", "uyvien4"):
        board.submit(review_id, number)
    scoring.save_score_sheet(board.actor("uyvien5"), board.board_id, review_id, board.sheet(novelty="6"))
    board.reveal(review_id)
    with pytest.raises(SheetIsFinal):
        scoring.save_score_sheet(board.actor("uyvien5"), board.board_id, review_id, board.sheet(novelty="30", version=1))
    sheet_id = db.session.scalars(select(ScoreSheet.id).where(ScoreSheet.seat_id == board.seat("uyvien3"))).one()
    with pytest.raises(SheetIsFinal):
        scoring.reopen_score_sheet(secretary, board.board_id, review_id, sheet_id, reason=REASON)
    assert events(AuditTag.SHEET_CHANGE_REFUSED) == 2
    assert db.session.get_one(ScoreSheet, sheet_id).submitted_at is not None
    assert own_sheet(board.actor("uyvien5"), board.board_id, review_id).values["novelty"] == Decimal(6)


def test_the_sheet_of_a_member_who_has_withdrawn_is_not_given_back(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, "uyvien3")
    sheet_id = db.session.scalars(select(ScoreSheet.id)).one()
    recusing.recuse_myself(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    with pytest.raises(AlreadyRecused, match="đã được ghi nhận"):
        scoring.reopen_score_sheet(board.actor("thuky"), board.board_id, review_id, sheet_id, reason=REASON)
    assert db.session.get_one(ScoreSheet, sheet_id).submitted_at is not None


def test_the_secretary_reopens_a_sheet_once_with_a_reason(board: BoardWorld) -> None:
    review_id, secretary = board.scoring(), board.actor("thuky")
    board.submit(review_id, "uyvien3")
    sheet_id = db.session.scalars(select(ScoreSheet.id)).one()
    scoring.reopen_score_sheet(secretary, board.board_id, review_id, sheet_id, reason=REASON)
    with pytest.raises(NothingToReopen):
        scoring.reopen_score_sheet(secretary, board.board_id, review_id, sheet_id, reason=REASON)
    stored = own_sheet(board.actor("uyvien3"), board.board_id, review_id)
    changed = board.sheet(version=stored.version, novelty="18")
    scoring.submit_score_sheet(board.actor("uyvien3"), board.board_id, review_id, changed)
    with pytest.raises(AlreadyReopened):
        scoring.reopen_score_sheet(secretary, board.board_id, review_id, sheet_id, reason=REASON)
    assert events(AuditTag.SHEET_REOPENED) == 1
    assert own_sheet(board.actor("uyvien3"), board.board_id, review_id).values["novelty"] == Decimal(18)


def told_that_all_is_in(board: BoardWorld) -> int:
    mine = Notice.person_id == board.actor("thuky").person_id, Notice.kind == NoticeKind.SHEETS_COMPLETE.value
    return db.session.scalar(select(func.count()).select_from(Notice).where(*mine)) or 0


def test_the_last_sheet_tells_the_secretary_once(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number in ("uyvien3", "uyvien4"):
        board.submit(review_id, number)
    assert told_that_all_is_in(board) == 0
    board.submit(review_id, "uyvien5")
    assert told_that_all_is_in(board) == 1


def test_the_sheet_of_a_member_who_withdrew_no_longer_counts(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    for number, points in (("uyvien2", "6"), ("uyvien3", "24"), ("uyvien4", "24"), ("uyvien5", "24")):
        board.submit(review_id, number, novelty=points)
    recusing.recuse_myself(board.actor("uyvien2"), board.board_id, review_id, reason=REASON)
    counted = summary(board.review(review_id))
    assert counted is not None
    assert (counted.result.sheets, counted.result.total) == (3, Decimal("80.00"))


def test_a_criterion_that_does_not_apply_leaves_the_mean(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number, points in (("uyvien3", "4"), ("uyvien4", "8"), ("uyvien5", None)):
        board.submit(review_id, number, economy=points)
    counted = summary(board.review(review_id))
    assert counted is not None
    assert next(each.mean for each in counted.criteria if each.code == "economy") == Decimal(6)


def test_below_the_minimum_of_sheets_there_is_no_summary(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, "uyvien3")
    assert summary(board.review(review_id)) is None


def test_criteria_edited_in_mid_campaign_leave_a_running_review_as_it_was(board: BoardWorld) -> None:
    """Case 18: the set now has other criteria; the sheet, its limits and the result keep those of the start."""
    review_id = board.scoring()
    with atomic() as session:
        for row in session.scalars(select(CriteriaSetRow)):
            row.content = SIMPLE_40_30_30.to_json()
    codes = [each.code for each in own_sheet(board.actor("uyvien3"), board.board_id, review_id).criteria.criteria]
    assert codes == ["novelty", "effect", "replicability", "economy", "dossier"]
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number)
    counted = summary(board.review(review_id))
    assert counted is not None
    assert (counted.result.total, len(counted.criteria)) == (Decimal("80.00"), 5)
    assert len(criteria_in_force(board)) == 3


def test_the_sheet_of_a_member_who_is_named_as_an_author_afterwards_counts_no_more(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    for number in ("uyvien2", "uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number)
    with atomic() as session:
        person = session.get_one(Person, board.world.staff.people["uyvien3"])
        proposal = board.review(review_id).proposal
        proposal.contributions.append(contribution_of(person, position=2, is_lead=False))
    count, told = sheet_count(board.review(review_id)), summary(board.review(review_id))
    assert (count.submitted, count.missing) == (3, 0)
    assert told is not None
    assert told.result.sheets == 3
