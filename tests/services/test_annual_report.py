"""The annual report: each column counts by its own date, a unit's row holds everything below it (domain §7)."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path

import pytest

from innovations.boards.services import deciding
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.services import checking, quarantine
from innovations.reports.annual import annual_report
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.world import World

YEAR = today().year


def table(world: World, unit: str, year: int = YEAR) -> dict[str, dict[str, object]]:
    """Unit name → header → cell."""
    path = db.session.get_one(Unit, world.staff.units[unit]).path
    found = annual_report(path, year)
    return {str(row[0]): dict(zip(found.headers, row, strict=True)) for row in found.rows}


def recognised(board: BoardWorld) -> int:
    review_id = sitting.concluded(board)
    deciding.recognise(
        board.actor("chihuy"), [review_id], DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    )
    return review_id


def test_a_recognised_proposal_counts_in_its_type_field_grade_and_authors_category(board: BoardWorld) -> None:
    recognised(board)
    row = table(board.world, "T1A")["Trung đoàn 1A"]
    expected = {
        "Tiếp nhận": 1, "Thụ lý": 1, "Từ chối": 0, "Công nhận": 1, "Giải pháp kỹ thuật": 1, "Giải pháp quản lý": 0,
        "Lĩnh vực: Bảo đảm kỹ thuật": 1, "Loại A": 0, "Loại B": 1, "Tác giả: Sĩ quan": 1, "Hủy công nhận": 0,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_a_units_row_holds_what_lies_below_it_and_each_base_has_its_own(board: BoardWorld) -> None:
    recognised(board)
    rows = table(board.world, "SM")
    assert rows["Sư đoàn M"]["Công nhận"] == rows["Trung đoàn 1A"]["Công nhận"] == 1
    assert "Trung đoàn 2B" not in rows  # nothing to tell


def test_a_refusal_counts_where_and_when_it_was_given(world: World) -> None:
    checking.reject(world.actor("tiepnhan"), world.submitted(), reason="Nộp quá thời hiệu.")
    row = table(world, "T1A")["Trung đoàn 1A"]
    assert (row["Tiếp nhận"], row["Từ chối"], row["Công nhận"]) == (1, 1, 0)
    assert table(world, "T1A", YEAR - 1)["Trung đoàn 1A"]["Từ chối"] == 0


def test_a_draft_and_what_is_quarantined_count_nowhere(world: World) -> None:
    world.draft()
    quarantine.hide(world.actor("baomat"), world.submitted(), reason="Có người báo.")
    assert table(world, "T1A")["Trung đoàn 1A"]["Tiếp nhận"] == 0


@pytest.mark.parametrize(
    ("number", "status"), [("vanphong", 200), ("chihuy", 200), ("donvi", 404), ("docgia", 403), ("kiemtra", 403)]
)
def test_the_report_is_for_those_who_keep_the_units_register(board: BoardWorld, number: str, status: int) -> None:
    unit = board.world.staff.units["T1A"]
    answer = board.world.client(number).get(f"/reports/annual.csv?unit={unit}&year={YEAR}")
    assert answer.status_code == status
    assert ("Trung đoàn 1A" in answer.text) == (status == 200)


@pytest.mark.parametrize(
    "wrong", ["annual.docx", f"annual.pdf?year={YEAR + 1}", f"annual.csv?year={YEAR + 1}", "annual.csv?year=1800"]
)
def test_a_report_that_cannot_be_does_not_exist(world: World, wrong: str) -> None:
    assert world.client("vanphong").get(f"/reports/{wrong}").status_code == 404


def test_the_command_writes_the_same_report(board: BoardWorld, tmp_path: Path) -> None:
    recognised(board)
    out = tmp_path / "bao-cao.csv"
    done = board.world.app.test_cli_runner().invoke(
        args=["report", "annual", "--unit", "T1A", "--year", str(YEAR), "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert {name: str(value) for name, value in table(board.world, "T1A")["Trung đoàn 1A"].items()} == rows[0]
    refused = board.world.app.test_cli_runner().invoke(args=["report", "annual", "--year", str(YEAR), "--out", "x.docx"])
    assert refused.exit_code == 2


def pages_read(data: bytes) -> list[str]:
    return [" ".join(page.split()).replace("- ", "-") for page in pages_of(BytesIO(data))]


def test_the_paper_has_every_column_and_figure_of_the_spreadsheet(board: BoardWorld) -> None:
    recognised(board)
    client, unit = board.world.client("vanphong"), board.world.staff.units["SM"]
    path = db.session.get_one(Unit, board.world.staff.units["T1A"]).path
    sheet = annual_report(path, YEAR)
    db.session.rollback()
    own = board.world.staff.units["T1A"]
    answer = client.get(f"/reports/annual.pdf?unit={own}&year={YEAR}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = " ".join(pages_read(answer.data))
    tables, start = [], 1
    for name, width in sheet.groups:
        tables.append((name, sheet.headers[start : start + width], sheet.rows[0][start : start + width]))
        start += width
    assert start == len(sheet.headers)
    for place, (name, headers, figures) in enumerate(tables, 1):
        after = text.partition(f"{place}. {name}")[2].partition(f"{place + 1}. ")[0]
        columns = " ".join(each.removeprefix(f"{name}: ") for each in headers)
        row = " ".join(str(each) for each in figures)
        assert (columns in after, f"Trung đoàn 1A {row}" in after) == (True, True), (name, after)
    assert f"Kết quả hoạt động sáng kiến, cải tiến kỹ thuật năm {YEAR}" in text
    assert "Kính gửi: Sư đoàn M" in text
    assert client.get(f"/reports/annual.pdf?unit={unit}&year={YEAR}").status_code == 404


@pytest.mark.parametrize(
    ("number", "status"),
    [("vanphong", 200), ("chihuy", 200), ("donvi", 404), ("docgia", 403), ("kiemtra", 403), ("quantri", 403)],
)
def test_the_paper_is_for_those_who_keep_the_units_register(board: BoardWorld, number: str, status: int) -> None:
    unit = board.world.staff.units["T1A"]
    assert board.world.client(number).get(f"/reports/annual.pdf?unit={unit}").status_code == status


def test_the_page_offers_both_forms_of_the_report(world: World) -> None:
    page = world.client("vanphong").get("/reports/").text
    assert ("/reports/annual.xlsx" in page, 'formaction="/reports/annual.pdf"' in page) == (True, True)
