"""The minutes on paper say what the record says, to those who lead the meeting."""

from __future__ import annotations

import zipfile
from io import BytesIO

from defusedxml import ElementTree
from sqlalchemy import select

from innovations import audit
from innovations.boards.models_meeting import Vote
from innovations.documents.extract import pages_of
from innovations.extensions import db
from tests.board_world import BoardWorld
from tests.meeting_world import concluded

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_the_minutes_hold_counts_conclusion_and_who_was_there(board: BoardWorld) -> None:
    review_id = concluded(board)
    code = board.review(review_id).proposal.code or ""
    answer = board.world.client("thuky").get(f"/boards/{board.board_id}/meetings/1/minutes.pdf")
    assert answer.status_code == 200
    text = " ".join(" ".join(pages_of(BytesIO(answer.data))).split())
    assert code in text
    assert "Hoàng Đức Giang" in text
    assert "Thông qua" in text
    vote_id = db.session.scalars(select(Vote.id)).one()
    seal = audit.seal_of("vote", vote_id)
    assert seal is not None
    assert seal.code in text.replace("- ", "-")


def test_a_member_who_does_not_lead_gets_no_minutes_page(board: BoardWorld) -> None:
    concluded(board)
    answer = board.world.client("uyvien4").get(f"/boards/{board.board_id}/meetings/1/minutes.pdf")
    assert answer.status_code == 404


def lines_of(document: bytes) -> list[str]:
    """The paragraphs of a Word file, those in tables too."""
    root = ElementTree.fromstring(zipfile.ZipFile(BytesIO(document)).read("word/document.xml"))
    return ["".join(run.text or "" for run in each.iter(f"{WORD}t")) for each in root.iter(f"{WORD}p")]


def test_the_minutes_to_be_edited_say_what_the_printed_ones_say(board: BoardWorld) -> None:
    concluded(board)
    client, path = board.world.client("thuky"), f"/boards/{board.board_id}/meetings/1/minutes"
    printed = "".join("".join(pages_of(BytesIO(client.get(f"{path}.pdf").data))).split())
    answer = client.get(f"{path}.docx")
    assert (answer.status_code, "wordprocessingml" in answer.mimetype) == (200, True)
    lines = [line for line in lines_of(answer.data) if line.strip()]
    missing = [line for line in lines if "".join(line.split()) not in printed.replace("\u200b", "")]
    assert missing == ["Không hợp lệ", "Không có ý kiến"]
    assert len(lines) > 40
