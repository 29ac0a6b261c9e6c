"""The receiver's check, its outcomes, and the trial that follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovations.core.clock import today
from innovations.proposals.rules.states import State
from innovations.proposals.services import checking
from tests.board_world import BoardWorld
from tests.proposal_pages import send_check, stored
from tests.world import World


def test_accepting_twice_is_refused_by_the_state(world: World) -> None:
    code = world.accepted()
    refused = send_check(world.client("tiepnhan"), code, "accept")
    assert refused.status_code == 409
    assert stored(code).reviews[-1].state is State.ACCEPTED


def test_an_item_not_met_keeps_the_dossier_with_the_receiver(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "accept", evidence="not", note_evidence="Thiếu biên bản")
    assert refused.status_code == 422
    assert "Chưa đạt: Có minh chứng áp dụng hoặc áp dụng thử." in refused.text
    assert "Thiếu biên bản" in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_fix_that_was_asked_for_is_shown_to_the_author_and_sent_again(world: World) -> None:
    code = world.submitted()
    sent = send_check(world.client("tiepnhan"), code, "ask_fix", evidence="not", note_evidence="Thiếu biên bản")
    assert sent.status_code == 303
    author = world.client("tacgia")
    assert "Thiếu biên bản" in author.get(f"/proposals/{code}").text
    assert "Nộp lại" in author.get(f"/proposals/{code}/edit/submit").text
    assert author.post(f"/proposals/{code}/submit", data={"nothing_secret": "y"}).status_code == 303
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_rejection_without_reasons_stays_on_the_page(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "reject", reason="không")
    assert refused.status_code == 422
    assert "Lý do" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_withdrawn_dossier_says_so(world: World) -> None:
    code = world.submitted()
    client = world.client("tacgia")
    assert client.post(f"/proposals/{code}/withdraw", data={"reason": "Xin hoàn thiện thêm ở đợt sau."}).status_code == 303
    assert stored(code).reviews[-1].state is State.WITHDRAWN
    assert "Đã rút" in client.get(f"/proposals/{code}").text


def test_asking_for_fixes_without_naming_one_stays_on_the_page(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "ask_fix")
    assert refused.status_code == 422
    assert "Chưa có mục nào được đánh dấu chưa đạt" in refused.text
    assert "Kiểm tra hình thức" in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


@pytest.mark.parametrize(("ended_on", "sentence"), [("", "Nhập ngày."), ("01/01/2099", "2099")])
def test_a_trial_does_not_end_without_a_day_that_can_be(board: BoardWorld, ended_on: str, sentence: str) -> None:
    code = board.world.accepted()
    checking.start_trial(board.world.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    data = {"do": "finish", "report": "Đã dùng thử đủ một tháng.", "ended_on": ended_on}
    refused = board.world.client("tiepnhan").post(f"/proposals/{code}/trial", data=data)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert 'id="ended_on-error"' in refused.text
    assert stored(code).reviews[-1].state is State.TRIAL


def test_the_receiver_ends_a_trial_on_the_dossier(board: BoardWorld) -> None:
    code = board.world.accepted()
    checking.start_trial(board.world.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    client = board.world.client("tiepnhan")
    assert "Kết thúc áp dụng thử" in client.get(f"/proposals/{code}").text
    data = {"do": "finish", "report": "Đã dùng thử, không hỏng hóc.", "ended_on": today().isoformat()}
    assert client.post(f"/proposals/{code}/trial", data=data).status_code == 303
    assert stored(code).reviews[-1].state is State.ACCEPTED
