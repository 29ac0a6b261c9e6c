"""The server's clock a day back, as when it was set wrong, and ten years on: no rule is broken, and nothing that was given changes.

What holds: events of the log keep their order by number, not by time; numbers go on in the year the clock shows; a receipt and its
dates stay as they were promised; a reminder is sent once; a sign-in outlives no clock that ran on; a decision is not dated before
what it decides on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from innovations import audit
from innovations.audit.models import AuditEvent
from innovations.boards.models_decision import Decision
from innovations.cli.checking import CHECKS
from innovations.core.clock import at, today
from innovations.core.counters import Counter
from innovations.core.rules.calendar import local_date
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.states import State
from innovations.worker.reminders import remind_deadlines
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.world import World, opens

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)  # a Thursday
A_DAY_BACK, TEN_YEARS_ON = NOW - timedelta(days=1), NOW.replace(year=2036)
PAGES = ("/", "/proposals/", "/boards/", "/library/", "/reports/", "/account")


def broken() -> list[str]:
    found = [problem for one in CHECKS for problem in one()]
    db.session.rollback()
    return found


def receipt_of(code: str) -> tuple[object, ...]:
    """Number, instant and promised dates."""
    proposal = proposal_at(code)
    assert proposal is not None
    review = proposal.reviews[0]
    found = (review.receipt_year, review.receipt_number, review.received_at, review.promised_formal_on, review.promised_result_on)
    db.session.rollback()
    return found


def counters(kind: str) -> dict[int, int]:
    found = {row.year: row.value for row in db.session.scalars(select(Counter).where(Counter.kind == kind))}
    db.session.rollback()
    return found


def test_numbers_receipts_and_the_log_go_on_whatever_the_clock_shows(world: World, told: Callable[..., None]) -> None:
    given: dict[str, tuple[object, ...]] = {}
    for place, instant in enumerate((NOW, A_DAY_BACK, TEN_YEARS_ON, NOW, A_DAY_BACK)):
        with at(instant):
            code = world.submitted(title=f"Khay úp bát cho bếp ăn, kiểu {place}")
            assert code.split("-")[2] == str(local_date(instant).year)
            given[code] = receipt_of(code)
            assert {each: receipt_of(each) for each in given} == given
            assert broken() == []
            assert audit.verify() is None
    assert counters("receipt") == {2026: 4, 2036: 1}
    for _year, _number, received, formal, result in given.values():
        assert local_date(received) < formal <= result  # type: ignore[arg-type,operator]
    events = db.session.execute(select(AuditEvent.id, AuditEvent.at).order_by(AuditEvent.id)).all()
    assert [row.id for row in events] == list(range(1, len(events) + 1))
    assert [row.at for row in events] != sorted(row.at for row in events)
    told(done="a day back, ten years on, and home again", acknowledged=len(given), lost=0, doubled=0)


def test_a_sign_in_is_over_after_ten_years_and_every_page_opens_anew(world: World) -> None:
    with at(NOW):
        client = world.client("tacgia")
        assert opens(client)
    with at(A_DAY_BACK):
        assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)
    with at(TEN_YEARS_ON):
        assert not opens(client)
        assert [world.client("tacgia").get(page).status_code for page in PAGES] == [200] * len(PAGES)
    with at(NOW + timedelta(days=1)):
        assert not opens(client)  # what idled out does not wake up


def notices() -> int:
    count = db.session.scalar(select(func.count()).select_from(Notice)) or 0
    db.session.rollback()
    return count


def test_a_reminder_is_sent_once_however_the_clock_jumps(world: World) -> None:
    with at(NOW):
        world.submitted()
    counts = []
    for instant in (TEN_YEARS_ON, TEN_YEARS_ON, NOW, A_DAY_BACK, TEN_YEARS_ON):
        with at(instant):
            remind_deadlines()
            counts.append(notices())
    assert counts[0] > 1
    assert counts == [counts[0]] * len(counts)


def test_a_decision_is_not_dated_before_what_it_decides_on(board: BoardWorld) -> None:
    with at(NOW):
        review_id = sitting.concluded(board)
    signed = {"number": "45/QĐ-1A", "signer_name": "Dương Văn Nam", "signer_position": "Trung đoàn trưởng", "do": "recognise"}
    with at(A_DAY_BACK):
        sent = {**signed, "decided_on": today().isoformat(), "review_ids": review_id}
        refused = board.world.client("chihuy").post("/boards/decisions/", data=sent)
        assert refused.status_code == 422
        assert (db.session.query(Decision).count(), board.review(review_id).state) == (0, State.PASSED)
    with at(TEN_YEARS_ON):
        sent = {**signed, "decided_on": today().isoformat(), "review_ids": review_id}
        assert board.world.client("chihuy").post("/boards/decisions/", data=sent).status_code == 303
        assert board.review(review_id).state is State.RECOGNISED
        assert broken() == []
