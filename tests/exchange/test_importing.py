"""An existing register comes in whole or not at all, and coming in again changes nothing twice."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.core.rules.errors import Forbidden
from innovations.core.transactions import atomic
from innovations.exchange.services.importing import check_register
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.audience import refresh, seen_by
from innovations.proposals.models import ImportBatch, Proposal
from innovations.proposals.rules.states import State
from innovations.search.models import IndexJob
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring, count, faults, stored
from tests.recognised import recognise
from tests.world import World


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


def test_what_an_old_register_decided_is_held_by_nobody(world: World) -> None:
    bring(world, HEAD + RACK)
    assert stored("Giá treo dụng cụ").reviews[-1].held_by == ""
    assert "Đang ở" not in world.client("vanphong").get(f"/proposals/{stored('Giá treo dụng cụ').code}").text
