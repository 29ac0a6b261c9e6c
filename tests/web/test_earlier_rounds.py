"""A text that comes back is scored anew: the sheets on the earlier one stay readable, with what was changed, and nobody reads more."""

from __future__ import annotations

import re

import pytest

from innovations.boards.services import concluding, meetings
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.rules.states import State
from innovations.proposals.services import submitting
from innovations.proposals.services.drafting import save_text
from tests import meeting_world as sitting
from tests.board_world import SCORERS, BoardWorld
from tests.world import TEXT

REASON = "Bổ sung số đo trước và sau khi áp dụng."
ADDED = "Đã đo lại mười hai ca, mỗi ca giảm 28 phút."
WRITER, OTHER = SCORERS[0], SCORERS[1]


def handed_in_again(board: BoardWorld, **rules: object) -> int:
    """A review that was scored, sent back and handed in with another text, and is scored anew."""
    review_id, secretary = sitting.scored(board, content=TEXT), board.actor("thuky")
    with atomic():
        board.review(review_id).rules = {**board.review(review_id).rules, **rules}
    number = sitting.before_board(board, review_id)
    concluding.record_revise(secretary, board.board_id, number, review_id, text=REASON, back_to="scoring")
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    meetings.close_meeting(secretary, board.board_id, number)
    code = board.review(review_id).proposal.code or ""
    save_text(board.actor("tacgia"), code, board.world.version(code), {"content": f"{TEXT} {ADDED}"})
    submitting.hand_in(board.actor("tacgia"), code, nothing_secret=True)
    assert board.review(review_id).state is State.SCORING
    db.session.rollback()
    return review_id


def rounds(board: BoardWorld, review_id: int, who: str) -> str:
    answer = board.world.client(who).get(f"/boards/{board.board_id}/reviews/{review_id}/rounds")
    assert answer.status_code == 200
    return answer.text


def author_of(person_id: int) -> str:
    found = db.session.get_one(Person, person_id).full_name
    db.session.rollback()
    return found


def test_before_the_reveal_each_reads_the_own_earlier_sheet_and_what_was_changed(board: BoardWorld) -> None:
    review_id = handed_in_again(board)
    page = rounds(board, review_id, WRITER)
    assert "phiếu của tôi" in page
    assert page.count('<th scope="row">') == 1
    assert [text.strip(". ") for text in re.findall("<ins>(.*?)</ins>", page)] == [ADDED.strip(".")]
    assert "<del>" not in page
    for who in ("thuky", "chihuy"):  # who keeps the review and who will decide read no sheet before the reveal, old or new
        assert '<th scope="row">' not in rounds(board, review_id, who)
    for link in (f"/reviews/{review_id}", f"/reviews/{review_id}/score"):
        assert f"/reviews/{review_id}/rounds" in board.world.client(WRITER).get(f"/boards/{board.board_id}{link}").text


def test_a_new_sheet_is_empty_and_what_it_says_stands_beside_the_old_points(board: BoardWorld) -> None:
    review_id = handed_in_again(board)
    assert " → " not in rounds(board, review_id, WRITER)
    board.submit(review_id, WRITER, novelty="25")
    page = rounds(board, review_id, WRITER)
    assert page.count('<th scope="row">') == 1
    assert " → <strong>25</strong>" in page


def test_after_the_reveal_whoever_reads_the_sheets_reads_the_earlier_ones_too(board: BoardWorld) -> None:
    review_id = handed_in_again(board)
    for who in SCORERS:
        board.submit(review_id, who)
    board.reveal(review_id)
    for who in ("thuky", WRITER, "chihuy"):
        assert rounds(board, review_id, who).count('<th scope="row">') == len(SCORERS)
    own = board.world.client("tacgia").get(f"/boards/{board.board_id}/reviews/{review_id}/rounds")
    assert own.status_code in {403, 404}


def test_where_authors_are_hidden_the_changes_name_nobody(board: BoardWorld) -> None:
    review_id = handed_in_again(board, blind_authors=True)
    with atomic():
        review = board.review(review_id)
        name = board.world.actor("tacgia").person_id
        review.revision.content = {**review.revision.content, "content": f"{TEXT} {author_of(name)} đo lại."}
    assert author_of(name) not in rounds(board, review_id, WRITER)


def test_a_review_of_one_text_has_no_rounds_and_no_link(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert "Hồ sơ mới được chấm trên bản hiện nay." in rounds(board, review_id, WRITER)
    assert "/rounds" not in board.world.client(WRITER).get(f"/boards/{board.board_id}/reviews/{review_id}/score").text


@pytest.mark.parametrize("who", ["docgia", "quantri", "donvi"])
def test_nobody_else_finds_it(board: BoardWorld, who: str) -> None:
    review_id = handed_in_again(board)
    answer = board.world.client(who).get(f"/boards/{board.board_id}/reviews/{review_id}/rounds")
    assert answer.status_code in {403, 404}
