"""Quyết định thành lập hội đồng: number, date, signer, term and members as the board's page has them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from innovations.boards.models import Seat
from innovations.boards.services import boards, seats
from innovations.boards.services.boards import BoardData
from innovations.core.clock import today
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.regulations.models import FieldOfWork
from tests.board_world import FIRST_DAY, NAME, SEATED, BoardWorld


def printed(board: BoardWorld, by: str = "vanphong", board_id: int = 0) -> str:
    answer = board.world.client(by).get(f"/boards/{board_id or board.board_id}/decision.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(pages_of(BytesIO(answer.data))).split()).replace("- ", "-")


def test_it_names_every_member_with_the_seat_and_how_the_board_decides(board: BoardWorld) -> None:
    text = printed(board)
    holders = db.session.scalars(select(Seat).where(Seat.board_id == board.board_id))
    expected = [
        "QUYẾT ĐỊNH", f"Về việc thành lập {NAME}", "THỦ TRƯỞNG TRUNG ĐOÀN 1A", "Số: 12/QĐ-1A", "ngày 01 tháng 01 năm 2020",
        "gồm 07 đồng chí", "nhiệm kỳ từ ngày 01 tháng 01 năm 2020", "ít nhất 2/3 số thành viên", "ít nhất 2/3 đồng ý",
        "Căn cứ Nghị định số 13/2012/NĐ-CP", f"DANH SÁCH THÀNH VIÊN {NAME.upper()}", *(each.label for each in set(SEATED.values())),
        *(f"{each.person.rank} {each.person.full_name}" for each in holders),
    ]  # fmt: skip
    assert [each for each in expected if each not in text] == []
    assert "DỰ THẢO" not in text


def test_who_left_the_board_is_not_in_the_list(board: BoardWorld) -> None:
    gone = db.session.get_one(Seat, board.seat("uyvien5")).person.full_name
    db.session.rollback()
    seats.end_seat(board.actor("vanphong"), board.board_id, board.seat("uyvien5"), last_day=date(2025, 1, 1))
    text = printed(board)
    assert (gone in text, "gồm 06 đồng chí" in text) == (False, True)


def test_without_number_and_date_it_is_a_draft_with_blanks(board: BoardWorld) -> None:
    data = BoardData("Hội đồng sáng kiến chuyên ngành hậu cần", today(), term_to=today())
    board_id = boards.create_board(board.actor("vanphong"), board.world.staff.units["T1A"], data)
    text = printed(board, board_id=board_id)
    expected = ["DỰ THẢO", "Số: ………/QĐ", "ngày …… tháng …… năm 20……", "gồm 00 đồng chí"]
    assert [each for each in expected if each not in text] == []


def test_a_board_for_some_fields_says_which(board: BoardWorld) -> None:
    field = db.session.scalars(select(FieldOfWork).order_by(FieldOfWork.position)).first()
    assert field is not None
    name, field_id = field.name, field.id
    db.session.rollback()
    boards.change_board(
        board.actor("vanphong"), board.board_id, BoardData(NAME, FIRST_DAY, decision_number="12/QĐ-1A", field_ids=(field_id,))
    )
    assert f"thuộc lĩnh vực: {name}" in printed(board)


@pytest.mark.parametrize(
    ("who", "status"), [("thuky", 200), ("uyvien4", 200), ("chihuy", 200), ("tiepnhan", 200), ("tacgia", 404), ("donvi", 404), ("quantri", 404)]
)  # fmt: skip
def test_it_is_read_by_whoever_reads_the_boards_page(board: BoardWorld, who: str, status: int) -> None:
    client = board.world.client(who)
    page = client.get(f"/boards/{board.board_id}")
    assert (client.get(f"/boards/{board.board_id}/decision.pdf").status_code, page.status_code) == (status, status)
    assert ("decision.pdf" in page.text) == (status == 200)
