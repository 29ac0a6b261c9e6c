"""A notice that asked for something says so no longer once it is done: to whoever did it, and to whoever was asked beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from innovations import notifications
from innovations.boards.rules.decisions import CorrectionCode
from innovations.boards.rules.events import NoticeKind as BoardNotice
from innovations.boards.services import certificates, concluding, correcting, deciding, progress, recusing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import at, now, today
from innovations.extensions import db
from innovations.library.rules.events import NoticeKind as AdoptionNotice
from innovations.library.services import adopting, following_up
from innovations.notifications.models import Notice
from innovations.notifications.notices import _asking
from innovations.people.rules.events import NoticeKind as AccountNotice
from innovations.proposals.models import Proposal
from innovations.proposals.rules.complaints import Finding
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import authors, checking, complaining, quarantine, submitting
from innovations.worker.reminders import remind_deadlines
from tests import meeting_world as sitting
from tests.adoption_world import LINE, ask, in_use
from tests.board_world import REASON, SEATED, BoardWorld
from tests.recognised import recognise
from tests.world import World

DECISION = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")
ALL_OK = {item: FormalAnswer(True) for item in FormalItem}
FAULTY = {**ALL_OK, FormalItem.EVIDENCE: FormalAnswer(False, "thiếu biên bản")}


def done(world: World, number: str, kind: str) -> list[bool]:
    """Of the person's notices of this kind, the newest first, whether they say that nothing is asked any more."""
    with world.app.test_request_context():
        told, _total = notifications.notices_of(world.actor(number), per_page=100)
        kinds = {row.id: row.kind for row in db.session.query(Notice)}
        db.session.rollback()
    return [each.done for each in told if kinds[each.id] == kind]


def test_what_only_tells_is_never_done(world: World) -> None:
    world.accepted()
    with world.app.test_request_context():
        told, _total = notifications.notices_of(world.actor("tacgia"), per_page=100)
    assert told
    assert not any(each.done for each in told)


def test_a_co_author_is_asked_until_the_share_is_confirmed(world: World) -> None:
    address = world.draft()
    authors.add_author(world.actor("tacgia"), address, service_number="tacgia2")
    assert done(world, "tacgia2", NoticeKind.CO_AUTHOR_NAMED) == [False]
    authors.confirm(world.actor("tacgia2"), address)
    assert done(world, "tacgia2", NoticeKind.CO_AUTHOR_NAMED) == [True]


def test_a_share_changed_afterwards_asks_anew(world: World) -> None:
    address = world.draft()
    authors.add_author(world.actor("tacgia"), address, service_number="tacgia2")
    authors.confirm(world.actor("tacgia2"), address)
    authors.add_author(world.actor("tacgia"), address, service_number="docgia")
    assert set(done(world, "tacgia2", NoticeKind.CONFIRMATIONS_CLEARED)) == {False}


def test_the_commander_is_asked_until_the_dossier_goes_on(world: World) -> None:
    code = world.submitted("docgia")
    assert done(world, "donvi", NoticeKind.UNIT_REVIEW_ASKED) == [False]
    submitting.endorse(world.actor("donvi"), code, nothing_secret=True)
    assert done(world, "donvi", NoticeKind.UNIT_REVIEW_ASKED) == [True]


def test_what_was_sent_back_asks_its_author_until_it_is_handed_in_again(world: World) -> None:
    code = world.submitted("docgia")
    submitting.send_back(world.actor("donvi"), code, comment="Ghi rõ số liệu.")
    assert done(world, "docgia", NoticeKind.SENT_BACK) == [False]
    submitting.submit(world.actor("docgia"), code, nothing_secret=True)
    assert done(world, "docgia", NoticeKind.SENT_BACK) == [True]


def test_receiver_and_author_are_asked_in_turn(world: World) -> None:
    code = world.submitted()
    assert done(world, "tiepnhan", NoticeKind.NEW_IN_QUEUE) == [False]
    checking.ask_fix(world.actor("tiepnhan"), code, FAULTY)
    assert done(world, "tiepnhan", NoticeKind.NEW_IN_QUEUE) == [True]
    assert done(world, "tacgia", NoticeKind.FIX_ASKED) == [False]
    submitting.resubmit(world.actor("tacgia"), code, nothing_secret=True)
    assert done(world, "tacgia", NoticeKind.FIX_ASKED) == [True]


def test_of_what_the_reader_may_not_see_nothing_is_said(world: World) -> None:
    code = world.submitted()
    checking.accept(world.actor("tiepnhan"), code, ALL_OK)
    assert done(world, "tiepnhan", NoticeKind.NEW_IN_QUEUE) == [True]
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    assert done(world, "tiepnhan", NoticeKind.NEW_IN_QUEUE) == [False]


def test_a_reminder_of_a_check_that_was_made_asks_no_more(world: World) -> None:
    code = world.submitted()
    with at(now() + timedelta(days=40)):
        remind_deadlines()
        assert done(world, "tiepnhan", NoticeKind.FORMAL_REMINDER) == [False]
        checking.accept(world.actor("tiepnhan"), code, ALL_OK)
        assert done(world, "tiepnhan", NoticeKind.FORMAL_REMINDER) == [True]


def test_a_member_is_asked_for_a_sheet_before_scoring_is_open_and_until_it_is_handed_in(board: BoardWorld) -> None:
    review_id = board.accepted()
    board.assign(review_id, "uyvien3", "uyvien4", "uyvien5")
    assert done(board.world, "uyvien3", BoardNotice.ASSIGNED) == [False]
    progress.open_scoring(board.actor("thuky"), board.board_id, review_id)
    board.submit(review_id, "uyvien3")
    assert done(board.world, "uyvien3", BoardNotice.ASSIGNED) == [True]
    assert done(board.world, "uyvien4", BoardNotice.ASSIGNED) == [False]


def test_a_recused_member_is_asked_for_no_sheet(board: BoardWorld) -> None:
    review_id = board.scoring()
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien3"), reason=REASON)
    with board.world.app.test_request_context():
        told, _total = notifications.notices_of(board.actor("uyvien3"), per_page=100)
    assert all(each.url is None for each in told if each.text.startswith("Đồng chí được phân công"))


def test_a_vote_asks_each_member_until_he_voted_and_nobody_once_it_is_closed(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1")
    assert done(board.world, "uyvien1", BoardNotice.VOTE_OPENED) == [True]
    assert done(board.world, "uyvien2", BoardNotice.VOTE_OPENED) == [False]
    for who in SEATED.keys() - {"uyvien1"}:
        sitting.cast(board, number, review_id, who)
    sitting.close_vote(board, number, review_id)
    assert {who: done(board.world, who, BoardNotice.VOTE_OPENED) for who in SEATED} == dict.fromkeys(SEATED, [True])


def test_the_chair_is_asked_until_the_conclusion_is_confirmed_and_the_head_until_it_is_decided(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    concluding.record_conclusion(board.actor("thuky"), board.board_id, number, review_id)
    assert done(board.world, "chutich", BoardNotice.CONFIRMATION_ASKED) == [False]
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    assert done(board.world, "chutich", BoardNotice.CONFIRMATION_ASKED) == [True]
    assert done(board.world, "chihuy", BoardNotice.DECISION_ASKED) == [False]
    deciding.recognise(board.actor("chihuy"), [review_id], DECISION)
    assert done(board.world, "chihuy", BoardNotice.DECISION_ASKED) == [True]


def test_a_proposed_correction_asks_the_head_until_it_is_confirmed(board: BoardWorld) -> None:
    decision_id = deciding.recognise(board.actor("chihuy"), [sitting.concluded(board)], DECISION).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    correcting.propose(board.actor("vanphong"), decision_id, replace(DECISION, number="54/QĐ-1A"), CorrectionCode.TYPED)
    assert done(board.world, "chihuy", BoardNotice.CORRECTION_PROPOSED) == [False]
    correcting.confirm(board.actor("chihuy"), decision_id)
    assert done(board.world, "chihuy", BoardNotice.CORRECTION_PROPOSED) == [True]


def test_a_complaint_asks_the_head_until_it_is_answered(board: BoardWorld) -> None:
    review_id = sitting.concluded(board, agree=3)
    deciding.decline(board.actor("chihuy"), [review_id], DECISION, reason="Đã có trong quy trình bắt buộc.")
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    db.session.rollback()
    complaining.complain(board.actor("tacgia"), code, review_id, reason="Chưa xét biên bản ngày 10/3.")
    assert done(board.world, "chihuy", NoticeKind.COMPLAINT_FILED) == [False]
    complaining.answer(board.actor("chihuy"), code, review_id, finding=Finding.UPHELD, reason="Đã xét lại biên bản.")
    assert done(board.world, "chihuy", NoticeKind.COMPLAINT_FILED) == [True]


def test_a_request_to_adopt_asks_until_it_is_answered_and_the_results_until_they_are_reported(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code)
    assert done(world, "chihuy", "library.adoption_requested") == [False]
    adopting.decline(world.actor("chihuy"), adoption_id, reason="Đang sửa bản vẽ.")
    assert done(world, "chihuy", "library.adoption_requested") == [True]
    used = in_use(world, code, since=date(today().year - 1, 1, 5))
    following_up.remind_follow_ups()
    assert done(world, "donvi", "library.adoption_follow_up") == [False]
    following_up.report_results(world.actor("donvi"), used, result="Tốt.", lines=[LINE])
    assert done(world, "donvi", "library.adoption_follow_up") == [True]


def post(client: FlaskClient, path: str, **data: str) -> None:
    assert client.post(path, data=data).status_code == 303


def test_second_persons_are_asked_until_one_of_them_answered(world: World) -> None:
    code = world.submitted()
    post(world.client("tiepnhan"), f"/proposals/{code}/report")
    assert done(world, "baomat", NoticeKind.CONTENT_REPORTED) == [False]
    post(world.client("quantri"), "/proposals/glass", code=code, reason="complaint", note="Khiếu nại về số liệu.")
    assert done(world, "baomat", NoticeKind.GLASS_ASKED) == [False]
    post(world.client("baomat"), "/proposals/glass/1/confirm")
    assert done(world, "baomat2", NoticeKind.GLASS_ASKED) == [True]
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    assert done(world, "baomat2", NoticeKind.CONTENT_REPORTED) == [True]
    post(world.client("baomat"), f"/proposals/{code}/purge", reason="classified")
    assert done(world, "baomat2", NoticeKind.PURGE_PROPOSED) == [False]


def test_whatever_asks_knows_when_it_is_done() -> None:
    """By the words that such sentences have; a deadline that was missed stays missed."""
    sentences = [each for kinds in (AccountNotice, NoticeKind, BoardNotice, AdoptionNotice) for each in kinds]
    asking = {
        each for each in sentences if re.search(r"xin (xác nhận|đồng chí)|chờ (đồng chí|cán bộ)|hạn .* là ngày", each.label)
    }
    assert asking - _asking.keys() == set()


@pytest.mark.parametrize("path", ["/notices", "/", "/digest"])
def test_pages_say_what_is_done(world: World, path: str) -> None:
    code, client = world.submitted(), world.client("tiepnhan")
    assert "đã xong" not in client.get(path).text
    checking.accept(world.actor("tiepnhan"), code, ALL_OK)
    assert "đã xong" in client.get(path).text
