"""Score sheets on paper: printed with a short code, keyed by two clerks, refused when they belong to another round or person."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models import ScoreSheet
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.rules.paper_sheets import (
    CodeMisread,
    NotClerk,
    SheetOfAnotherPerson,
    SheetOfAnotherRound,
    SheetSubmittedAlready,
    check_code,
    sheet_code,
)
from innovations.boards.services import paper_sheets, recusing
from innovations.core.rules.errors import NotVisible, Several
from innovations.documents.extract import pages_of
from innovations.extensions import db
from tests.board_world import POINTS, REASON, SCORERS, BoardWorld

MEMBER = "uyvien3"
FORM = {f"{code}-points": value for code, value in POINTS.items()} | {"proposes": "recognise"}


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def code_of(board: BoardWorld, review_id: int, who: str = MEMBER) -> str:
    return sheet_code(board.assignment(review_id, who).id, board.review(review_id).revision_id or 0)


def key(board: BoardWorld, review_id: int, clerk: str, code: str | None = None, **points: str) -> bool:
    given = board.assignment(review_id, MEMBER).id
    typed = code_of(board, review_id) if code is None else code
    return paper_sheets.key_sheet(
        board.actor(clerk), board.board_id, review_id, given, code=typed, data=board.sheet(**points)
    )  # fmt: skip


def test_a_sheet_that_two_clerks_keyed_alike_is_the_members_submitted_sheet(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert not key(board, review_id, "thuky")
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (0, 1)
    assert key(board, review_id, "vanphong")
    sheet = db.session.scalars(select(ScoreSheet)).one()
    assert (sheet.seat_id, sheet.total, sheet.submitted_at is not None) == (board.seat(MEMBER), 80, True)
    assert board.assignment(review_id, MEMBER).done_at is not None
    assert stored(KeyedSheet) == 0
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "boards.sheet_submitted")).one()
    assert told.data["on_paper"] is True


def test_a_mismatch_submits_nothing_and_names_the_field_to_both(board: BoardWorld) -> None:
    review_id = board.scoring()
    key(board, review_id, "thuky")
    assert not key(board, review_id, "vanphong", novelty="22")
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (0, 2)
    given = board.assignment(review_id, MEMBER).id
    for clerk in ("thuky", "vanphong"):
        page = board.world.client(clerk).get(f"/boards/{board.board_id}/reviews/{review_id}/paper/{given}").text
        assert page.count("không khớp</span>") == 1
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "boards.paper_sheets_differ")).one()
    assert events.data["fields"] == ["novelty"]
    assert key(board, review_id, "vanphong")
    assert db.session.scalars(select(ScoreSheet.total)).one() == 80


def test_a_third_clerk_is_told_that_two_others_settle_a_mismatch(board: BoardWorld) -> None:
    review_id = board.scoring()
    key(board, review_id, "thuky")
    key(board, review_id, "vanphong", novelty="22")
    page = f"/boards/{board.board_id}/reviews/{review_id}/paper"
    sheet = f"{page}/{board.assignment(review_id, MEMBER).id}"
    assert sheet in board.world.client("thuky").get(page).text
    third = board.world.client("tiepnhan")
    assert sheet not in third.get(page).text
    answer = third.get(sheet).text
    assert "Hai người khác đã nhập phiếu này" in answer
    assert "novelty-points" not in answer


def test_who_corrects_a_mismatch_finds_the_code_already_there(board: BoardWorld) -> None:
    review_id = board.scoring()
    key(board, review_id, "thuky")
    given = board.assignment(review_id, MEMBER).id
    clerk, code = board.world.client("vanphong"), code_of(board, review_id)
    sent = {**FORM, "novelty-points": "22", "printed_code": code}
    answer = clerk.post(f"/boards/{board.board_id}/reviews/{review_id}/paper/{given}", data=sent)
    page = clerk.get(answer.location).text
    assert "không khớp</span>" in page
    assert f'value="{code}"' in page


def test_one_person_is_not_both_clerks(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert not key(board, review_id, "thuky")
    assert not key(board, review_id, "thuky")
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (0, 1)


def test_a_clerk_does_not_see_what_the_other_keyed(board: BoardWorld) -> None:
    review_id = board.scoring()
    key(board, review_id, "thuky", novelty="23.75")
    given = board.assignment(review_id, MEMBER).id
    page = board.world.client("vanphong").get(f"/boards/{board.board_id}/reviews/{review_id}/paper/{given}").text
    assert "Một người đã nhập phiếu này" in page
    assert "23,75" not in page


def test_the_sheet_of_another_round_is_refused(board: BoardWorld) -> None:
    review_id = board.scoring()
    earlier = sheet_code(board.assignment(review_id, MEMBER).id, (board.review(review_id).revision_id or 0) - 1)
    with pytest.raises(SheetOfAnotherRound) as refused:
        key(board, review_id, "thuky", code=earlier)
    assert (refused.value.field, stored(KeyedSheet)) == ("printed_code", 0)


def test_the_sheet_of_another_person_is_refused(board: BoardWorld) -> None:
    review_id = board.scoring()
    with pytest.raises(SheetOfAnotherPerson) as refused:
        key(board, review_id, "thuky", code=code_of(board, review_id, "uyvien4"))
    assert (refused.value.field, stored(KeyedSheet)) == ("printed_code", 0)


def test_every_misread_digit_is_noticed() -> None:
    right = sheet_code(41, 87)
    check_code(f" {right.replace('-', ' – ')} ", 41, 87)
    for place, digit in enumerate(right):
        for other in "0123456789":
            if digit.isdigit() and other != digit:
                wrong = right[:place] + other + right[place + 1 :]
                with pytest.raises(CodeMisread):
                    check_code(wrong, 41, 87)


def test_a_sheet_that_is_in_already_is_not_keyed(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, MEMBER)
    with pytest.raises(SheetSubmittedAlready):
        key(board, review_id, "thuky", novelty="1")
    assert (stored(KeyedSheet), db.session.scalars(select(ScoreSheet.total)).one()) == (0, 80)


@pytest.mark.parametrize("who", ["uyvien4", "chutich"])
def test_who_scores_or_presides_keys_no_sheet_of_others(board: BoardWorld, who: str) -> None:
    review_id = board.scoring()
    with pytest.raises(NotClerk):
        key(board, review_id, who)
    assert stored(KeyedSheet) == 0


def test_a_bad_value_names_its_field_and_leaves_the_rest(board: BoardWorld) -> None:
    review_id = board.scoring()
    with pytest.raises(Several) as refused:
        key(board, review_id, "thuky", novelty="31")
    assert [error.field for error in refused.value.errors] == ["novelty"]
    given = board.assignment(review_id, MEMBER).id
    path = f"/boards/{board.board_id}/reviews/{review_id}/paper/{given}"
    sent = {**FORM, "novelty-points": "31", "effect-comment": "Đo hai lần.", "printed_code": code_of(board, review_id)}
    answer = board.world.client("thuky").post(path, data=sent)
    assert answer.status_code == 422
    assert "điểm phải từ 0 đến 30" in answer.text
    assert ('value="31"' in answer.text, 'value="20"' in answer.text, "Đo hai lần." in answer.text) == (True, True, True)
    assert stored(KeyedSheet) == 0


def test_a_page_is_printed_for_each_member_whose_sheet_is_out(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, MEMBER)
    answer = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}/paper.pdf")
    pages = [" ".join(page.split()).replace("- ", "-") for page in pages_of(BytesIO(answer.data))]
    assert (answer.status_code, len(pages)) == (200, 2)
    for page, who in zip(pages, [each for each in SCORERS if each != MEMBER], strict=True):
        assert code_of(board, review_id, who) in page
        assert board.review(review_id).proposal.code in page
        assert "Tính mới, sáng tạo" in page


def test_a_member_with_a_conflict_has_no_paper_sheet(board: BoardWorld) -> None:
    review_id = board.scoring()
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat(MEMBER), reason=REASON)
    with pytest.raises(NotVisible):
        key(board, review_id, "thuky")
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}/paper").text
    assert code_of(board, review_id) not in page
    assert stored(KeyedSheet) == 0
