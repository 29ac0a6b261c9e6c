"""In what form a register may come: CSV and XLSX, their marks and cells, and our own export."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import select

from innovations.boards.models_decision import Decision
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal
from innovations.reports.files import FileFormat, write_register
from innovations.reports.register import register_rows
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring, count, faults, stored
from tests.world import World


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_delimiters_with_and_without_a_byte_order_mark(world: World, mark: str, delimiter: str) -> None:
    text = f'{mark}"Tên sáng kiến, giải pháp; mô tả"{delimiter}title{delimiter}year\n,"Giá, treo; dụng cụ",2020\n'
    rows = text.replace("\n,", f"\n{delimiter}").replace('",2020', f'"{delimiter}2020')
    assert bring(world, rows).report.created == 1
    assert stored("Giá, treo; dụng cụ").register_year == 2020


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "không có dòng nào"),
        (b"\n ; ;\n", "không có dòng nào"),
        ("Tên sáng kiến\nGiá đỡ\n".encode("utf-16"), "UTF-8"),
        ("Tên sáng kiến\nGiá đỡ\n".encode("cp1258", "replace") + b"\xff", "UTF-8"),
        (b'title,year\n"Gia do,2020\n', "dòng"),
        (b"PK\x03\x04 not a zip", "Không đọc được"),
        (b"\xd0\xcf\x11\xe0 an old sheet", "Không đọc được"),
        ("Năm\n2020\n".encode(), "Tên sáng kiến"),
        ("title,Tên sáng kiến\nA,B\n".encode(), "hai lần"),
    ],
    ids=["empty", "blank", "utf-16", "code page", "open quote", "broken xlsx", "xls", "no title", "twice"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_repair(world: World, data: bytes, part: str) -> None:
    outcome = bring(world, data)
    assert outcome.batch_id is None
    assert part in outcome.report.errors[0].message
    assert count(Proposal) == count(ImportBatch) == 0


def test_a_header_alone_is_a_register_without_rows(world: World) -> None:
    outcome = bring(world, "title,year\n\n")
    assert (outcome.batch_id, outcome.report.rows, outcome.report.errors) == (None, 0, ())


def sheet(rows: list[list[Any]]) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                else:
                    page.write(number, column, value)
        book.add_worksheet("Sheet2").write(0, 0, "title")
    return held.getvalue()


def test_the_first_sheet_of_an_xlsx_is_read_with_date_cells_and_whole_numbers(world: World) -> None:
    head = ["Tên sáng kiến", "Ngày quyết định", "Số quyết định", "Xếp loại"]
    report = bring(world, sheet([[], head, ["Giá treo", date(2022, 5, 6), 12.0, "A"]])).report
    assert (report.created, report.errors) == (1, ())
    assert stored("Giá treo").recognised_on == date(2022, 5, 6)
    assert db.session.scalar(select(Decision.number)) == "12"


def test_a_formula_in_an_xlsx_is_refused_with_its_place(world: World) -> None:
    outcome = bring(world, sheet([["title", "year"], ["Giá treo", "=2000+20"], ["Phao", 2020]]))
    assert (outcome.batch_id, faults(outcome.report)) == (None, [(2, "year")])
    assert "công thức" in outcome.report.errors[0].message


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_our_own_export_comes_back_unchanged(world: World, tmp_path: Path, file_format: FileFormat) -> None:
    rows = "Bảng trực;T1A;;2019;;;;Đã rút;\nBảng hai;T1A;Đ/c Lê An;2018;C;7;01/02/2019;Đã hủy công nhận;\n"
    field = "Lĩnh vực;title;year;tags;solution_type;level;benefit\nLạ lẫm;Tủ sấy bát;2017;a;management;;- bớt 2 người\n"
    bring(world, HEAD + RACK + PUMP + rows)
    bring(world, field)
    held = BytesIO()
    assert write_register(held, register_rows(world.actor("vanphong")), file_format) == 5
    report = bring(world, held.getvalue()).report
    assert (report.unchanged, report.errors, report.warnings) == (5, (), ())
