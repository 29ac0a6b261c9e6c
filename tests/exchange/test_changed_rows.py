"""Changed rows of an import: seen by nobody until all is staged, then all of them, whatever kills the import in between."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from innovations import search
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.core.transactions import atomic
from innovations.exchange.lock import importing
from innovations.exchange.models import StagedChange
from innovations.exchange.report import stored_form
from innovations.exchange.services import changing, settling
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.exchange.services.importing import Outcome, write_unseen
from innovations.exchange.services.matching import plan_import
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.models import ImportBatch, Proposal
from innovations.proposals.models_dossier import Contribution
from innovations.search.models import IndexJob, Lane
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring, count, stored
from tests.world import World

#: The register of before with another grade, decision, authors and outcome.
CHANGED_RACK = 'Giá treo dụng cụ;T1A;"Đại úy Lê An 70\nPhạm Dũng 30";2021;A;13/QĐ;11/03/2021;;A1\n'
CHANGED_PUMP = "Phao cho máy bơm;T1A;Lê Cường;2021;;14/QĐ;12/03/2021;không công nhận;A2\n"
CHANGED = HEAD + CHANGED_RACK + CHANGED_PUMP


def grades() -> dict[str, str | None]:
    db.session.rollback()
    return {row.external_id: row.grade for row in db.session.execute(select(Proposal.external_id, Proposal.grade))}


def written_unseen(world: World, text: str, *, decided: bool) -> int:
    """An import that died when its rows were staged, before or after the decision to show them."""
    unit_id, actor = world.staff.units["T1A"], world.actor("vanphong")
    with importing():
        plan = plan_import(BytesIO(text.encode()), db.session.get_one(Unit, unit_id), create_units=False)
        db.session.rollback()
        batch_id = write_unseen(actor, unit_id, plan)
        if decided:
            settling.decide(batch_id, stored_form(plan))
    return batch_id


def test_a_changed_row_takes_state_authors_and_decision_of_the_file(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    report = bring(world, CHANGED).report
    assert (report.updated, report.created, report.conflicts) == (2, 0, 0)
    rack, pump = stored("Giá treo dụng cụ"), stored("Phao cho máy bơm")
    assert [(each.free_name, each.share, each.is_lead) for each in rack.contributions] == [
        ("Lê An", 70, True),
        ("Phạm Dũng", 30, False),
    ]
    assert (rack.grade, str(rack.recognised_on), rack.version) == ("A", "2021-03-11", 1)
    assert (pump.grade, pump.recognised_on, pump.reviews[0].state.value) == (None, None, "not_recognised")
    lines = select(Decision.number, DecisionLine.kind).join(DecisionLine.decision).order_by(Decision.number)
    assert [tuple(row) for row in db.session.execute(lines)] == [("13/QĐ", "recognise"), ("14/QĐ", "not_recognise")]
    assert count(StagedChange) == 0


def test_changes_of_an_undecided_import_were_never_seen_and_go_at_the_next_start(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    written_unseen(world, CHANGED, decided=False)
    assert grades() == {"A1": "B", "A2": "A"}
    clean_unfinished()
    assert (grades(), count(StagedChange), count(ImportBatch)) == ({"A1": "B", "A2": "A"}, 0, 1)
    assert set(db.session.scalars(select(Decision.number))) == {"12/QĐ"}


def test_a_decided_import_is_finished_by_the_next_start(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    batch_id = written_unseen(world, CHANGED + "Bảng trực ban;T1A;;2021;C;;;;A3\n", decided=True)
    assert grades() == {"A1": "B", "A2": "A", "A3": "C"}
    clean_unfinished()
    batch = db.session.get_one(ImportBatch, batch_id)
    assert batch.published_at is not None
    assert ((batch.report or {})["updated"], (batch.report or {})["created"]) == (2, 1)
    assert grades() == {"A1": "A", "A2": None, "A3": "C"}
    assert bring(world, CHANGED).report.unchanged == 2


@pytest.mark.parametrize("killed_after", [1, 2])
def test_an_import_killed_between_two_runs_of_changes_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    rows = [f"Giá treo kiểu {n};T1A;Lê An;2021;B;;;;M{n}\n" for n in range(7)]
    bring(world, HEAD + "".join(rows))
    monkeypatch.setattr(changing, "AT_ONCE", 3)
    batch_id = written_unseen(world, HEAD + "".join(rows).replace(";B;", ";A;"), decided=True)
    for _ in range(killed_after):
        with atomic():
            changing.apply_some(changing.next_of(batch_id))
    assert sorted(map(str, grades().values())) == ["A"] * 3 * killed_after + ["B"] * (7 - 3 * killed_after)
    clean_unfinished()
    assert set(grades().values()) == {"A"}
    assert count(Contribution) == 7


def test_what_is_edited_between_the_check_and_the_end_is_left_and_told(world: World) -> None:
    bring(world, HEAD + RACK + PUMP)
    batch_id = written_unseen(world, CHANGED, decided=True)
    with atomic():
        stored_rack = db.session.scalars(select(Proposal).where(Proposal.external_id == "A1")).one()
        stored_rack.grade, stored_rack.edited_here = "C", True
    clean_unfinished()
    report = db.session.get_one(ImportBatch, batch_id).report or {}
    assert (report["updated"], report["conflicts"], [line["row"] for line in report["warnings"]]) == (1, 1, [2])
    assert grades() == {"A1": "C", "A2": None}


def changed_of(world: World, rows: int) -> Outcome:
    lines = "".join(f"Giá treo kiểu {n};T1A;;2021;B;;;;M{n}\n" for n in range(rows))
    bring(world, HEAD + lines)
    with atomic() as session:
        session.query(IndexJob).delete()
    return bring(world, HEAD + lines.replace(";B;", ";A;"))


def test_changed_rows_are_queued_for_the_index_as_one_batch_of_their_import(world: World) -> None:
    outcome = changed_of(world, 501)
    jobs = db.session.execute(select(IndexJob.lane, IndexJob.batch, IndexJob.document_id)).all()
    assert {(job.lane, job.batch) for job in jobs} == {(Lane.BATCH, f"import-{outcome.batch_id}")}
    assert len({job.document_id for job in jobs}) == 501
    (batch,) = search.status()["batches"]
    assert (batch["size"], batch["done"]) == (501, 0)
