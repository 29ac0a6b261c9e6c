"""Scoring without knowing the authors, where the rule set says so: no page, list, search, file or paper names them before the sheet is in."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations import search
from innovations.boards.models import ScoreSheet
from innovations.boards.rules.blindness import COVER
from innovations.boards.services import scoring
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals import audience
from innovations.proposals.facts import facts_of
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.visibility import visible, visible_at_board
from innovations.proposals.services import attachments, checking, submitting
from innovations.worker.rounds import Rounds
from tests.board_world import REASON, SCORERS, SEATED, BoardWorld
from tests.canary_files import docx
from tests.world import without_keys

AUTHOR, NICKNAME = "Nguyễn Văn An", "Anh Tư thợ hàn"
TITLE = f"Giá xếp dụng cụ của {AUTHOR}"
CONTENT = f"{NICKNAME} và đồng chí Văn An hàn giá ba tầng, Tiểu đoàn 5 dùng thử hai tháng, các kho đều làm theo được. " * 3


def blind_review(board: BoardWorld) -> tuple[int, str]:
    """A review whose frozen rule set hides the authors, given to three members, and its code."""
    world = board.world
    address = world.draft(title=TITLE, content=CONTENT, place="Kho của Tiểu đoàn 5")
    world.attach(address)
    with BytesIO(report()) as source:
        attachments.attach(world.actor("tacgia"), address, name="Bao cao cua Nguyen Van An.docx", source=source, kind="evidence", nothing_secret=True)  # fmt: skip
    review_id, code = accept_blind(board, address)
    board.start(review_id)
    return review_id, code


def report() -> bytes:
    """A report in whose properties the program wrote who typed it."""
    made = BytesIO(docx())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("docProps/core.xml", f"<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>")  # fmt: skip
        archive.writestr("word/comments.xml", f'<w:comments xmlns:w="w"><w:comment w:author="{AUTHOR}" w:id="1"/></w:comments>')
    return made.getvalue()


def accept_blind(board: BoardWorld, address: str, *, by: str = "tacgia") -> tuple[int, str]:
    """Submit and accept a draft; its review, whose frozen rule set hides the authors, and its code."""
    code = submitting.submit(board.world.actor(by), address, nothing_secret=True)
    checking.accept(board.world.actor("tiepnhan"), code, {item: FormalAnswer(True) for item in FormalItem})
    review_id = board.review_of(code)
    with atomic():
        review = board.review(review_id)
        review.rules = {**review.rules, "blind_authors": True}
        audience.refresh(review.proposal_id)
    return review_id, code


@pytest.fixture
def blind(board: BoardWorld) -> tuple[int, str]:
    found = blind_review(board)
    Rounds().read_files()
    search.drain_once()
    db.session.rollback()
    return found


def at_board(board: BoardWorld, review_id: int, rest: str = "") -> str:
    return f"/boards/{board.board_id}/reviews/{review_id}{rest}"


def names(text: str) -> list[str]:
    """What tells who wrote it."""
    return re.findall(r"Nguyễn Văn An|Nguyen Van An|Văn An|Tiểu đoàn 5|bien-ban", text)


def plain(page: str, code: str) -> str:
    """A page without its address and the keys of its forms."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", without_keys(page)).replace(code, "")


def doors(code: str) -> list[str]:
    return [f"/proposals/{code}", f"/proposals/{code}/papers/application.pdf", f"/api/v1/proposals/{code}", f"/library/{code}"]


def pages(board: BoardWorld, review_id: int) -> list[str]:
    at = f"/boards/{board.board_id}"
    return ["/", "/notices", at, f"{at}/queue", at_board(board, review_id), at_board(board, review_id, "/score")]


def statuses(client: FlaskClient, code: str) -> list[int]:
    return [client.get(door).status_code for door in doors(code)]


def test_a_scorer_finds_the_proposal_at_the_board_and_nowhere_else(board: BoardWorld, blind: tuple[int, str]) -> None:
    review_id, code = blind
    scorer = board.world.client("uyvien3")
    unknown = board.world.client("donvi")  # has nothing to do with it
    assert statuses(scorer, code) == statuses(unknown, code)
    for question in ("", "?q=gia+xep+dung+cu", "?q=nguyen+van+an", "?q=Tiểu+đoàn+5"):
        assert code not in scorer.get(f"/proposals/{question}").text, question
    assert scorer.get(at_board(board, review_id)).status_code == 200


def test_what_does_not_open_answers_like_what_does_not_exist(board: BoardWorld, blind: tuple[int, str]) -> None:
    _review_id, code = blind
    scorer = board.world.client("uyvien3")
    for door, nowhere in zip(doors(code), doors("SK-T1A-2026-9999"), strict=True):
        hidden, missing = scorer.get(door), scorer.get(nowhere)
        assert hidden.status_code == missing.status_code
        assert plain(hidden.text, code) == plain(missing.text, "SK-T1A-2026-9999"), door


def test_no_page_of_the_board_names_an_author_a_unit_or_a_file(board: BoardWorld, blind: tuple[int, str]) -> None:
    review_id, _code = blind
    scorer = board.world.client("uyvien3")
    shown = {page: scorer.get(page) for page in pages(board, review_id)}
    assert {page: (answer.status_code, names(answer.text)) for page, answer in shown.items()} == dict.fromkeys(shown, (200, []))
    assert f"Giá xếp dụng cụ của {COVER}" in shown["/"].text  # it waits there, under a title that tells nothing
    assert COVER in shown["/notices"].text
    assert "Tệp 2.docx" in shown[at_board(board, review_id)].text


def test_what_an_author_said_of_a_similar_proposal_names_nobody_and_another_blind_one_keeps_its_title_covered(
    board: BoardWorld, blind: tuple[int, str]
) -> None:
    review_id, _code = blind
    other_id, _other_code = blind_review(board)
    with atomic() as session:
        own, other = (board.review(each).proposal_id for each in (review_id, other_id))
        note = f"Đồng chí {AUTHOR} làm cả hai ở Tiểu đoàn 5, mẫu sau có bánh xe."
        session.add(
            SimilarityFinding(proposal_id=own, other_id=other, score=Decimal("0.8"), author_says="extends", author_note=note)
        )
    page = board.world.client("uyvien3").get(at_board(board, review_id)).text
    assert "mẫu sau có bánh xe" in page
    assert names(page) == []
    assert AUTHOR in board.world.client("thuky").get(at_board(board, review_id)).text


def test_with_the_own_sheet_in_everything_is_named_and_hidden_again_when_it_is_reopened(
    board: BoardWorld, blind: tuple[int, str]
) -> None:
    review_id, code = blind
    board.submit(review_id, "uyvien3")
    done, waits = board.world.client("uyvien3"), board.world.client("uyvien4")
    assert done.get(f"/proposals/{code}").status_code == 200
    assert AUTHOR in done.get(at_board(board, review_id)).text
    assert names(waits.get(at_board(board, review_id)).text) == []
    sheet_id = db.session.scalar(select(ScoreSheet.id).where(ScoreSheet.review_id == review_id)) or 0
    scoring.reopen_score_sheet(board.actor("thuky"), board.board_id, review_id, sheet_id, reason=REASON)
    assert done.get(f"/proposals/{code}").status_code == 404
    assert names(done.get(at_board(board, review_id, "/score")).text) == []


def test_a_trial_between_assignment_and_scoring_names_nobody_either(board: BoardWorld) -> None:
    address = board.world.draft(title=TITLE, content=CONTENT)
    board.world.attach(address)
    review_id, code = accept_blind(board, address)
    board.assign(review_id, *SCORERS)
    checking.start_trial(board.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    scorer = board.world.client("uyvien3")
    assert scorer.get(f"/proposals/{code}").status_code == 404
    page = scorer.get(at_board(board, review_id))
    assert (page.status_code, names(page.text)) == (200, [])


def test_the_secretary_knows_the_authors_and_covers_what_still_tells_them(board: BoardWorld, blind: tuple[int, str]) -> None:
    review_id, code = blind
    secretary, scorer, page = board.world.client("thuky"), board.world.client("uyvien3"), at_board(board, review_id)
    assert secretary.get(f"/proposals/{code}").status_code == 200
    assert AUTHOR in secretary.get(page).text
    assert NICKNAME in scorer.get(page).text
    sent = secretary.post(f"{page}/covers", data={"words": f"{NICKNAME}\nthợ   nguội"})
    assert (sent.status_code, sent.location) == (303, page)
    assert NICKNAME not in scorer.get(page).text
    assert NICKNAME in secretary.get(page).text
    assert scorer.post(f"{page}/covers", data={"words": ""}).status_code == 403
    secretary.post(f"{page}/covers", data={"words": ""})
    assert NICKNAME in scorer.get(page).text


def test_words_are_covered_only_where_authors_are_hidden(board: BoardWorld) -> None:
    review_id = board.scoring()
    page = at_board(board, review_id)
    secretary = board.world.client("thuky")
    assert "Che từ ngữ" not in secretary.get(page).text
    assert secretary.post(f"{page}/covers", data={"words": "x"}).status_code == 409


def test_more_words_than_anybody_checks_are_refused_and_come_back(board: BoardWorld, blind: tuple[int, str]) -> None:
    review_id, _code = blind
    words = "\n".join(f"biệt danh số {number}" for number in range(51))
    sent = board.world.client("thuky").post(at_board(board, review_id, "/covers"), data={"words": words})
    assert sent.status_code == 422
    assert "Che nhiều nhất 50 cụm từ" in sent.text
    assert "biệt danh số 50" in sent.text


def test_a_file_is_saved_without_its_name_and_without_what_programs_wrote_into_it(
    board: BoardWorld, blind: tuple[int, str]
) -> None:
    review_id, code = blind
    scorer = board.world.client("uyvien3")
    link = re.findall(rf'href="({at_board(board, review_id)}/files/\d+)"', scorer.get(at_board(board, review_id)).text)[1]
    saved = scorer.get(link)
    assert saved.status_code == 200
    assert re.search(r"filename\*=UTF-8''T%E1%BB%87p%202\.docx", saved.headers["Content-Disposition"])
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    with zipfile.ZipFile(BytesIO(saved.data)) as copy:
        assert copy.testzip() is None
        assert "word/document.xml" in copy.namelist()
        assert {name: names(copy.read(name).decode()) for name in copy.namelist()} == dict.fromkeys(copy.namelist(), [])
    number = link.rsplit("/", 1)[1]
    assert scorer.get(f"/proposals/{code}/files/{number}").status_code == 404
    assert board.world.client("donvi").get(link).status_code == 404


def test_who_the_authors_are_is_known_only_to_whom_the_proposal_is_known(board: BoardWorld, blind: tuple[int, str]) -> None:
    review_id, _code = blind
    facts = facts_of(board.review(review_id).proposal_id)
    actors = [board.actor(number) for number in (*SEATED, "tacgia", "tacgia2", "tiepnhan", "vanphong", "donvi", "quantri")]
    named = {actor.person_id for actor in actors if visible(actor, facts)}
    known = {actor.person_id for actor in actors if visible_at_board(actor, facts)}
    assert named < known
    assert known - named == {board.actor(number).person_id for number in SCORERS}


def test_a_chair_who_scores_blind_calls_a_meeting_under_covered_titles(board: BoardWorld) -> None:
    review_id, _code = blind_review(board)
    board.assign(review_id, "chutich")
    page = board.world.client("chutich").get(f"/boards/{board.board_id}/meetings/new")
    assert (page.status_code, names(page.text)) == (200, [])
    assert f"Giá xếp dụng cụ của {COVER}" in page.text
