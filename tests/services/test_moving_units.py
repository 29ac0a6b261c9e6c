"""A unit that moves takes its proposals' readers with it, in one short write however many they are."""

from __future__ import annotations

from sqlalchemy import Select, select

from bench.pages import counted_queries
from innovations.extensions import db
from innovations.people.services.units import move_unit
from innovations.proposals.models import Audience, AudienceToken, Proposal
from innovations.search import outbox
from innovations.search.models import IndexJob, Lane
from tests.world import World


def statements_of_moving(world: World, there: str) -> int:
    units = world.staff.units
    with counted_queries() as sent:
        move_unit(world.actor("quantri"), units["T1A"], units[there])
    return len(sent)


def test_moving_a_unit_sends_as_many_statements_for_nine_proposals_as_for_three(world: World) -> None:
    for _ in range(3):
        world.submitted()
    statements_of_moving(world, "SP")  # makes the audiences, which are there the next time
    statements_of_moving(world, "SM")
    few = statements_of_moving(world, "SP")
    statements_of_moving(world, "SM")
    for _ in range(6):
        world.submitted()
    assert statements_of_moving(world, "SP") == few


def test_after_a_move_every_audience_names_the_new_place(world: World) -> None:
    world.submitted()
    before = set(db.session.scalars(tokens_of_all()))
    statements_of_moving(world, "SP")
    after = set(db.session.scalars(tokens_of_all()))
    assert before != after
    assert not {each for each in after if f"/{world.staff.units['SM']}/" in each}


def tokens_of_all() -> Select[tuple[str]]:
    """Every token that some proposal's readers need."""
    chosen = select(AudienceToken.token).join(Audience, Audience.id == AudienceToken.audience_id)
    return chosen.join(Proposal, Proposal.audience_id == Audience.id)


def test_more_than_five_hundred_documents_wait_behind_single_changes(world: World) -> None:
    ids = range(1, outbox.SINGLE_LANE + 2)
    outbox.enqueue_many(ids[:-1], "few")
    outbox.enqueue_many(ids, "many")
    db.session.flush()
    lanes = db.session.execute(select(IndexJob.lane, IndexJob.batch).where(IndexJob.document_id == 1)).all()
    assert {(lane, batch) for lane, batch in lanes} == {(Lane.SINGLE, None), (Lane.BATCH, "many")}
