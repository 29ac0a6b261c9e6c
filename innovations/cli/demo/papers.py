"""What people of the demo did on paper and brought in: minutes signed by hand, a sheet filled in pen, sheets keyed by clerks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from sqlalchemy import select

from innovations.boards.minutes import minutes_file
from innovations.boards.models import Assignment
from innovations.boards.rules.paper_sheets import sheet_code
from innovations.boards.services import attached_minutes, paper_sheets, sheet_photos
from innovations.boards.services.attached_minutes import MinutesData
from innovations.boards.services.scoring import SheetData
from innovations.boards.services.sheet_photos import PhotoData
from innovations.cli.demo.pictures import page, photographed, scanned
from innovations.cli.demo.story import CRITERIA, POINTS, PRAISE, Story
from innovations.core.clock import today
from innovations.documents.intake import Upload
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.models import Review

Marks = tuple[str, ...]


def _attach(story: Story, number: int, name: str, content: bytes, kind: str, note: str = "") -> None:
    data = MinutesData(Upload(name, BytesIO(content)), kind, note, nothing_secret=True)
    attached_minutes.add_minutes(story.secretary, story.board_id, number, data)


def edit_minutes(story: Story, number: int) -> None:
    """The secretary completes the Word file of the minutes and keeps it with the meeting."""
    content = minutes_file(story.secretary, story.board_id, number).content
    _attach(story, number, f"bien-ban-phien-{number}.docx", content, "edited", "Bổ sung ý kiến của đại biểu mời.")


def sign_minutes(story: Story, number: int, results: Sequence[str], *, by_phone: bool = False) -> None:
    """The minutes signed on paper: scanned, or photographed with a telephone."""
    first = f"Phiên họp số {number}, ngày {today():%d/%m/%Y}, tại Phòng họp số 2."
    paper = page("BIÊN BẢN HỌP HỘI ĐỒNG SÁNG KIẾN", [first, *results], "THƯ KÝ", "CHỦ TỌA")
    if by_phone:
        _attach(story, number, f"bien-ban-phien-{number}-da-ky.jpg", photographed(paper), "signed")
    else:
        _attach(story, number, f"bien-ban-phien-{number}-da-ky.pdf", scanned(paper), "signed")


def _given(story: Story, review_id: int, member: str) -> tuple[int, int]:
    """The member's assignment and the text it is for."""
    chosen = select(Assignment.id, Review.revision_id).join(Review, Review.id == Assignment.review_id)
    row = db.session.execute(chosen.where(Assignment.review_id == review_id, Assignment.seat_id == story.seat(member))).one()
    db.session.rollback()
    return row.id, row.revision_id


def send_photo(story: Story, review_id: int, member: str, points: Marks) -> None:
    """The member photographs the sheet that was filled in pen."""
    _assignment_id, revision_id = _given(story, review_id, member)
    lines = [f"{place}. {points[place - 1]} điểm: {PRAISE[name]}" for place, name in enumerate(CRITERIA, 1)]
    picture = photographed(page("PHIẾU CHẤM ĐIỂM", lines, "NGƯỜI CHẤM", written=True))
    data = PhotoData([Upload("phieu-cham.jpg", BytesIO(picture))], revision_id, nothing_secret=True)
    sheet_photos.add_photos(story.actor(member), story.board_id, review_id, data)


def key(story: Story, review_id: int, member: str, points: Marks, *clerks: Actor) -> None:
    """Clerks key the member's paper sheet, the second one reading one figure otherwise."""
    assignment_id, revision_id = _given(story, review_id, member)
    for misread, clerk in enumerate(clerks):
        values = {name: Decimal(mark) for name, mark in zip(CRITERIA, points, strict=True)}
        values["effect"] -= 6 * misread  # a handwritten 9 that may be a 3
        data = SheetData(values, dict(PRAISE), "Chấm trên giấy tại buổi xem hiện vật.", "recognise")
        code = sheet_code(assignment_id, revision_id)
        paper_sheets.key_sheet(clerk, story.board_id, review_id, assignment_id, code=code, data=data)


def score_on_paper(story: Story, review_id: int, once: str, twice: str) -> None:
    """Two members of a review fill paper: one sheet is keyed by one clerk so far, of the other two readings differ.

    :param once: whose sheet waits for the second clerk; ``twice``: whose photo was read in two ways.
    """
    key(story, review_id, once, POINTS["C"], story.registrar)
    marks = ("22", "29", "20", "7", "4")
    send_photo(story, review_id, twice, marks)
    key(story, review_id, twice, marks, story.receiver, story.secretary)
