"""An import as one batch: alone at a time, one event, its lane of the index, unseen until published and cleaned away when killed."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from innovations import audit, search
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.exchange.lock import ImportRunning, importing
from innovations.exchange.rules.plan import Plan
from innovations.exchange.services import writing
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.exchange.services.matching import plan_import, unit_ref
from innovations.exchange.services.writing import Batch
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.audience import seen_by
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.queries import Chosen, listing
from innovations.reports.register import register_rows
from innovations.search.models import IndexJob, Lane
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring, count
from tests.recognised import index
from tests.world import World


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
    assert listing(registrar, Chosen()).counts == {}
    assert clean_unfinished() == 1
    assert [count(model) for model in (Proposal, Review, Contribution, Decision, DecisionLine, ImportBatch)] == [0] * 6


def test_a_running_import_is_not_cleaned_away(world: World) -> None:
    _killed(world)
    with importing():
        assert clean_unfinished() == 0
    assert count(Proposal) == 1
