"""The register and the library as files: whose rows they hold, and that no spreadsheet runs what stands in them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import ImportBatch
from innovations.proposals.rules.content import Handling
from innovations.proposals.services import quarantine, submitting
from innovations.reports.files import FileFormat, neutral, write_register
from innovations.reports.queries import figures
from innovations.reports.register import whole_register
from tests.recognised import index, recognise
from tests.world import World

HEADERS = [
    *("Mã số", "Tên sáng kiến", "Mô tả", "Lĩnh vực", "Loại giải pháp", "Đơn vị", "Tác giả", "Năm", "Cấp công nhận", "Xếp loại"),
    *("Số quyết định", "Ngày quyết định", "Trạng thái", "Hiệu quả", "Từ khóa", "Mã nguồn"),
]
QUIZ = "Bộ câu hỏi trắc nghiệm chính trị trên máy tính nội bộ"
RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def codes(client: FlaskClient, path: str) -> list[str]:
    return [row["Mã số"] for row in rows(client, path)]


def test_the_columns_are_those_of_the_import(world: World) -> None:
    recognise(world)
    text = world.client("vanphong").get("/reports/register.csv").data.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == HEADERS


def test_a_record_stands_in_words_the_import_reads(world: World) -> None:
    code = recognise(world, title=QUIZ, on=date(2025, 6, 2), grade="A", tags=["chính trị", "máy tính"], external_id="SC-17")
    (row,) = rows(world.client("vanphong"), "/reports/register.csv")
    assert row["Mã số"] == code
    assert row["Tên sáng kiến"] == QUIZ
    assert row["Loại giải pháp"] == "Giải pháp kỹ thuật"
    assert (row["Đơn vị"], row["Cấp công nhận"], row["Xếp loại"], row["Năm"]) == ("T1A", "cơ sở", "A", "2025")
    assert (row["Ngày quyết định"], row["Trạng thái"]) == ("02/06/2025", "Đã công nhận")
    assert (row["Từ khóa"], row["Mã nguồn"]) == ("chính trị; máy tính", "SC-17")
    assert row["Tác giả"].startswith("Thượng úy Nguyễn Văn An")


def test_a_register_holds_the_readers_subtree_only(world: World) -> None:  # case 20
    ours, theirs = recognise(world, title=QUIZ), recognise(world, by="demo27", title=RACK)
    assert codes(world.client("vanphong"), "/reports/register.csv") == [ours]
    assert codes(world.client("donvi"), "/reports/register.csv") == [theirs]
    assert codes(world.client("demo36"), "/reports/register.csv") == [ours, theirs]
    assert codes(world.client("demo30"), "/reports/register.csv") == []


@pytest.mark.parametrize("number", ["docgia", "tacgia", "tiepnhan", "kiemtra", "quantri"])
def test_who_keeps_no_register_gets_none(world: World, number: str) -> None:
    code = recognise(world)
    answer = world.client(number).get("/reports/register.csv")
    assert answer.status_code == 403
    assert "Sổ sáng kiến do cơ quan thường trực" in answer.text
    assert code not in answer.text


def test_what_is_still_considered_is_no_entry_and_what_was_withdrawn_is(world: World) -> None:
    world.submitted(title=QUIZ)
    withdrawn = world.submitted(title=RACK)
    submitting.withdraw(world.actor("tacgia"), withdrawn)
    found = rows(world.client("vanphong"), "/reports/register.csv")
    assert [(row["Mã số"], row["Trạng thái"]) for row in found] == [(withdrawn, "Đã rút")]


def test_a_library_export_holds_what_the_library_shows_the_reader(world: World) -> None:  # case 20
    shown = recognise(world, title=QUIZ)
    internal = recognise(world, title=RACK, handling=Handling.INTERNAL)
    index(world)
    assert codes(world.client("docgia"), "/reports/library.csv") == [shown]
    assert set(codes(world.client("demo24"), "/reports/library.csv")) == {shown, internal}


def test_a_library_export_follows_the_filters_and_the_order_of_the_page(world: World) -> None:
    b = recognise(world, title=RACK, grade="B")
    a = recognise(world, title=QUIZ, grade="A")
    recognise(world, title="Máy rửa chi tiết tuần hoàn dung dịch", grade="C")
    index(world)
    client = world.client("docgia")
    assert codes(client, "/reports/library.csv?grade=A&grade=B&sort=title") == [a, b]
    assert codes(client, "/reports/library.csv?q=gia+do") == [b]


def test_a_quarantined_record_stands_in_no_export(world: World) -> None:  # case 19
    code = recognise(world)
    index(world)
    quarantine.hide(world.actor("baomat"), code, reason="Có ký hiệu cần kiểm tra")
    assert codes(world.client("vanphong"), "/reports/register.csv") == []
    assert codes(world.client("docgia"), "/reports/library.csv") == []
    assert list(whole_register()) == []


def test_confidential_text_stands_in_no_export(world: World) -> None:
    recognise(world, confidential="Chỉ hội đồng được biết cách pha")
    index(world)
    for path in ("/reports/register.csv", "/reports/library.csv"):
        assert "cách pha" not in world.client("chihuy").get(path).data.decode()


def test_without_an_index_a_library_export_says_so_and_sends_no_file(world: World) -> None:
    recognise(world)
    answer = world.client("docgia").get("/reports/library.csv")
    assert answer.status_code == 503
    assert "chỉ mục tìm kiếm" in answer.text


def test_an_unknown_format_is_not_found(world: World) -> None:
    assert world.client("vanphong").get("/reports/register.pdf").status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"


def test_a_hostile_title_is_text_in_both_formats(world: World) -> None:
    title = '=HYPERLINK("http://x","mở ra xem")'
    recognise(world, title=title)
    client = world.client("vanphong")
    assert [row["Tên sáng kiến"] for row in rows(client, "/reports/register.csv")] == [f"'{title}"]
    book = load_workbook(io.BytesIO(client.get("/reports/register.xlsx").data))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == (title, "s")


def test_a_workbook_holds_dates_as_dates_and_years_as_numbers(world: World) -> None:
    recognise(world, on=date(2025, 6, 2))
    sheet = load_workbook(io.BytesIO(world.client("vanphong").get("/reports/register.xlsx").data)).active
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert list(row) == HEADERS
    assert row["Ngày quyết định"].date() == date(2025, 6, 2)
    assert row["Năm"] == 2025


def test_an_unpublished_import_stands_in_no_register(world: World) -> None:
    code = recognise(world)
    with atomic() as session:
        batch = ImportBatch(unit_id=world.staff.units["T1A"], started_at=now())
        session.add(batch)
        session.flush()
        proposal_at(code).import_batch_id = batch.id
    assert codes(world.client("vanphong"), "/reports/register.csv") == []
    assert list(whole_register()) == []


def test_the_command_writes_every_unit_and_counts(world: World) -> None:
    recognise(world, title=QUIZ)
    recognise(world, by="demo27", title=RACK)
    stream = io.BytesIO()
    assert write_register(stream, whole_register(), FileFormat.CSV) == 2
    assert RACK in stream.getvalue().decode()
    db.session.rollback()


def test_the_reports_page_counts_what_the_reader_may_see(world: World) -> None:
    recognise(world, title=QUIZ)
    world.submitted(title=RACK)
    assert "Đã nộp" in world.client("vanphong").get("/reports/").text
    assert "Đã nộp" not in world.client("docgia").get("/reports/").text


def test_the_reports_page_offers_the_register_to_those_who_keep_it(world: World) -> None:
    assert "/reports/register.xlsx" in world.client("chihuy").get("/reports/").text
    assert "/reports/register.xlsx" not in world.client("docgia").get("/reports/").text


def test_the_figures_of_a_unit_count_everything_below_it(world: World) -> None:
    recognise(world, title=QUIZ)
    client, units = world.client("demo35"), world.staff.units
    assert 'Trung đoàn 1A</a></th><td class="num">1<' in client.get(f"/reports/?unit={units['SM']}").text
    assert "Trung đoàn 1A</a></th>" not in client.get(f"/reports/?unit={units['T2B']}").text


def test_the_trend_begins_with_the_first_year_that_has_figures_and_keeps_the_empty_years_after_it(world: World) -> None:
    this = today().year
    recognise(world, on=date(this - 3, 6, 2))
    recognise(world, on=date(this - 1, 6, 2), title="Giá phơi dụng cụ sau giờ trực")
    path = db.session.get_one(Unit, world.staff.units["T1A"]).path
    found = figures(world.actor("vanphong"), path).by_year
    assert found == ((this - 3, 1), (this - 2, 0), (this - 1, 1), (this, 0))
