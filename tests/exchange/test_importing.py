"""An existing register comes in whole or not at all, and coming in again changes nothing twice."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from innovations import audit, search
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden
from innovations.core.transactions import atomic
from innovations.exchange.lock import ImportRunning, importing
from innovations.exchange.report import Report
from innovations.exchange.rules.plan import Plan
from innovations.exchange.services import writing
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.exchange.services.importing import Outcome, check_register, import_register
from innovations.exchange.services.matching import plan_import, unit_ref
from innovations.exchange.services.writing import Batch
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.audience import refresh, seen_by
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import State
from innovations.reports.files import FileFormat, write_register
from innovations.reports.register import register_rows
from innovations.search.models import IndexJob, Lane
from tests.recognised import index, recognise
from tests.world import World

HEAD = "Tên sáng kiến;Đơn vị;Tác giả;Năm;Xếp loại;Số quyết định;Ngày quyết định;Trạng thái;Mã nguồn\n"
RACK = 'Giá treo dụng cụ;T1A;"Đại úy Lê An 60\nTrần Bình 40";2021;B;12/QĐ;10/03/2021;;A1\n'
PUMP = "Phao cho máy bơm;T1A;Lê Cường;2021;A;12/QĐ;10/03/2021;;A2\n"


def bring(world: World, text: str | bytes, *, by: str = "vanphong", unit: str = "T1A", **options: Any) -> Outcome:
    data = text if isinstance(text, bytes) else text.encode()
    return import_register(world.actor(by), world.staff.units[unit], BytesIO(data), **options)


def faults(report: Report) -> list[tuple[int, str]]:
    return [(line.row, line.column) for line in report.errors]


def stored(title: str) -> Proposal:
    db.session.rollback()
    return db.session.scalars(select(Proposal).where(Proposal.title == title)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_register_becomes_recognised_records(world: World) -> None:
    report = bring(world, HEAD + RACK + PUMP).report
    assert (report.rows, report.created, report.errors) == (2, 2, ())
    rack = stored("Giá treo dụng cụ")
    assert (rack.code, rack.external_id, rack.recognised_on, rack.recognised_year) == (
        "SK-T1A-2021-0001",
        "A1",
        date(2021, 3, 10),
        2021,
    )
    assert (rack.grade, rack.reviews[0].state, rack.first_filed_at) == ("B", State.RECOGNISED, None)
    authors = [(each.rank, each.free_name, each.share, each.is_lead) for each in rack.contributions]
    assert authors == [("Đại úy", "Lê An", 60, True), ("", "Trần Bình", 40, False)]


def test_rows_with_one_number_share_one_decision_and_no_certificate_is_minted(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    assert (count(Decision), count(DecisionLine), count(Certificate)) == (1, 2, 0)
    bring(world, HEAD + "Bảng trực ban;T1A;;2021;C;12/QĐ;10/03/2021;;A3\n")
    assert (count(Decision), count(DecisionLine)) == (1, 3)


def test_one_fault_stores_nothing_and_every_fault_is_told_by_row_and_column(world: World) -> None:
    before = count(Proposal)
    outcome = bring(world, HEAD + RACK + ";T1A;;hai ba;;;;;A2\n" + "Phao;KHO-9;An 50;2020;;;;;A3\n")
    assert outcome.batch_id is None
    assert faults(outcome.report) == [
        (3, "Năm"), (3, "Tên sáng kiến"), (4, "Đơn vị"), (4, "Tác giả"),
    ]  # fmt: skip
    assert (count(Proposal), count(ImportBatch), count(Decision), count(IndexJob)) == (before, 0, 0, 0)


def test_bad_rows_can_be_left_out(world: World) -> None:
    report = bring(world, HEAD + RACK + ";T1A;;2020;;;;;A2\n", skip_bad_rows=True).report
    assert (report.created, report.skipped, faults(report)) == (1, 1, [(3, "Tên sáng kiến")])
    assert stored("Giá treo dụng cụ").code


def test_a_dry_run_stores_nothing(world: World) -> None:
    report = check_register(world.actor("vanphong"), world.staff.units["T1A"], BytesIO((HEAD + RACK).encode()))
    assert report.created == 1
    assert count(ImportBatch) == count(Proposal) == 0


def test_coming_in_again_changes_nothing(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    again = bring(world, HEAD + PUMP + RACK)
    assert (again.batch_id, again.report.unchanged, again.report.created) == (None, 2, 0)
    assert count(Proposal) == 2


def test_a_changed_row_updates_what_nobody_edited_here(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    report = bring(world, HEAD + RACK.replace(";B;12/QĐ", ";A;13/QĐ") + PUMP).report
    assert (report.updated, report.unchanged) == (1, 1)
    rack = stored("Giá treo dụng cụ")
    assert (rack.grade, rack.version, len(rack.contributions)) == ("A", 1, 2)
    lines = db.session.execute(select(Decision.number).join(DecisionLine).where(DecisionLine.review_id == rack.reviews[0].id))
    assert lines.scalars().all() == ["13/QĐ"]
    assert bring(world, HEAD + RACK.replace(";B;12/QĐ", ";A;13/QĐ") + PUMP).report.unchanged == 2


def test_what_was_edited_here_is_a_conflict_and_is_left(world: World) -> None:
    bring(world, HEAD + RACK)
    with atomic():
        stored_row = db.session.scalars(select(Proposal)).one()
        stored_row.title = "Giá treo dụng cụ hai tầng"
    report = bring(world, HEAD + RACK.replace(";B;", ";A;")).report
    assert (report.conflicts, report.updated, report.created) == (1, 0, 0)
    assert [(line.row, "SK-T1A-2021-0001" in line.message) for line in report.warnings] == [(2, True)]
    assert stored("Giá treo dụng cụ hai tầng").grade == "B"


def test_a_record_filed_here_is_never_overwritten(world: World) -> None:
    code = recognise(world, title="Bảng trực ban có ô đánh dấu", grade="B")
    report = bring(world, f"code,title,year,grade\n{code},Bảng trực ban khác,2025,A\n").report
    assert (report.conflicts, report.created, report.updated) == (1, 0, 0)
    assert stored("Bảng trực ban có ô đánh dấu").grade == "B"


@pytest.mark.parametrize(
    "rows",
    ["A;T1A;;2021;;;;;X1\nB;T1A;;2021;;;;;X1\n", "A;T1A;;2021;;;;;\na;;;2021;;;;;\n"],
    ids=["external id", "title, unit and year"],
)
def test_the_same_key_twice_in_one_file_is_a_fault(world: World, rows: str) -> None:
    outcome = bring(world, HEAD + rows)
    assert outcome.batch_id is None
    assert [line.row for line in outcome.report.errors] == [3]
    assert "dòng 2" in outcome.report.errors[0].message


def test_a_title_without_other_keys_is_known_again_in_any_case_and_composition(world: World) -> None:
    bring(world, "title,year\nGiá đỡ máy,2020\n")
    again = unicodedata.normalize("NFD", "title,year\nGiá đỡ máy,2020\n")
    assert bring(world, again).report.unchanged == 1


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


def test_a_code_of_this_unit_is_kept_and_later_codes_follow_it(world: World) -> None:
    bring(world, "code,title,unit,year\nSK-T1A-2020-0007,Giá treo,T1A,2020\nSC/5,Phao bơm,T1A,2020\n")
    assert stored("Giá treo").code == "SK-T1A-2020-0007"
    pump = stored("Phao bơm")
    assert (pump.code, pump.external_id) == ("SK-T1A-2020-0008", "SC/5")


def test_unknown_units_can_be_made_below_the_unit(world: World) -> None:
    text = "title,unit,year\nGiá treo,Kho K2,2020\nPhao,D9,2020\nBảng,kho k2,2020\n"
    report = bring(world, text, create_units=True).report
    assert report.created == 3
    made = {unit.name: unit for unit in db.session.scalars(select(Unit).where(Unit.name.in_(["Kho K2", "D9"])))}
    assert (made["D9"].code, made["Kho K2"].parent_id) == ("D9", world.staff.units["T1A"])
    assert stored("Bảng").base_unit_id == stored("Giá treo").base_unit_id == made["Kho K2"].id
    assert bring(world, text, create_units=True).report.unchanged == 3


def test_a_unit_outside_the_registrars_is_unknown(world: World) -> None:
    outcome = bring(world, "title,unit,year\nGiá treo,T2B,2020\n")
    assert faults(outcome.report) == [(2, "unit")]


@pytest.mark.parametrize("number", ["docgia", "tacgia", "tiepnhan", "chihuy", "quantri", "demo26"])
def test_only_the_registrar_of_the_unit_imports(world: World, number: str) -> None:
    with pytest.raises(Forbidden):
        bring(world, HEAD + RACK, by=number)
    assert count(Proposal) == count(ImportBatch) == 0


def test_a_second_import_waits_for_the_first(world: World) -> None:
    with importing(), pytest.raises(ImportRunning):
        bring(world, HEAD + RACK)
    assert count(Proposal) == 0


def test_a_batch_is_one_audit_event_without_any_title(world: World) -> None:
    outcome = bring(world, HEAD + RACK + PUMP)
    (event,) = audit.events_of("import_batch", outcome.batch_id or 0)
    assert (event.tag, event.data["created"]) == ("exchange.register_imported", 2)
    assert audit.verify() is None


def test_what_was_imported_is_found_and_small_imports_go_before_batches(world: World) -> None:
    bring(world, HEAD + RACK)
    assert db.session.scalars(select(IndexJob.lane)).all() == [Lane.SINGLE]
    index(world)
    found = world.client("docgia").get("/library/?q=giá treo dụng cụ").text
    assert 'data-code="SK-T1A-2021-0001"' in found


def test_a_large_import_is_indexed_as_a_batch_with_its_size(world: World) -> None:
    outcome = bring(world, "title,year\n" + "".join(f"Giá treo kiểu {number},2020\n" for number in range(501)))
    (batch,) = search.status()["batches"]
    assert (batch["batch"], batch["size"], batch["done"]) == (f"import-{outcome.batch_id}", 501, 0)
    assert (count(Proposal), outcome.report.created) == (501, 501)


@pytest.mark.parametrize("state", ["recognised", "not_recognised", "rejected", "withdrawn", "revoked"])
def test_who_sees_an_imported_record_is_what_the_rule_says(world: World, state: str) -> None:
    bring(world, f"title,year,status\nGiá treo,2020,{state}\n")
    row = stored("Giá treo")
    before = row.audience_id
    with atomic():
        refresh(row.id)
    assert stored("Giá treo").audience_id == before
    registrar, reader = world.actor("vanphong"), world.actor("docgia")
    assert db.session.scalar(select(Proposal.id).where(seen_by(registrar))) == row.id
    assert (db.session.scalar(select(Proposal.id).where(seen_by(reader))) is not None) == (state == "recognised")


def _killed(world: World) -> None:
    """An import that died after its first chunk: rows are there, the batch was never published."""
    unit = db.session.get_one(Unit, world.staff.units["T1A"])
    plan: Plan = plan_import(BytesIO((HEAD + RACK).encode()), unit, create_units=False)
    ref = unit_ref(unit)
    with atomic() as session:
        row = ImportBatch(unit_id=ref.id, started_at=now(), rows=1)
        session.add(row)
        session.flush()
        batch = Batch(row.id, world.staff.people["vanphong"], {ref.identity: ref}, writing.field_ids())
        writing.find_audiences(plan.created, batch)
        writing.add_records(plan.created, writing.columns_of(plan.created, batch), batch)


def test_an_unpublished_batch_is_seen_nowhere_and_removed_at_the_next_start(world: World) -> None:
    _killed(world)
    registrar = world.actor("vanphong")
    assert db.session.scalar(select(Proposal.id).where(seen_by(registrar))) is None
    assert list(register_rows(registrar)) == []
    assert clean_unfinished() == 1
    assert [count(model) for model in (Proposal, Review, Contribution, Decision, DecisionLine, ImportBatch)] == [0] * 6


def test_a_running_import_is_not_cleaned_away(world: World) -> None:
    _killed(world)
    with importing():
        assert clean_unfinished() == 0
    assert count(Proposal) == 1


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


def test_what_an_old_register_decided_is_held_by_nobody(world: World) -> None:
    bring(world, HEAD + RACK)
    assert stored("Giá treo dụng cụ").reviews[-1].held_by == ""
    assert "Đang ở" not in world.client("vanphong").get(f"/proposals/{stored('Giá treo dụng cụ').code}").text
