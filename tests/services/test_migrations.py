"""The shipped migrations make exactly what the models say, triggers included."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import inspect, select, text

from innovations.boards.models_meeting import GUARDS
from innovations.cli.serve import newest_revision, stored_revision
from innovations.extensions import db
from innovations.proposals.models import Review
from innovations.proposals.models_tally import COUNTED, STANDING
from innovations.proposals.tally import untrue
from tests.instances import make_app
from tests.world import World


def test_the_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, db.metadata) == []
            stored = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
            triggers = {name: sql for name, sql in stored}
            view = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'proposal_standing'"))
        db.engine.dispose()
    kept = {f"{table}_no_{verb}" for table in ("audit_event", "audit_checkpoint") for verb in ("update", "delete")}
    guarded = {
        f"{table}_no_conflict_insert" for table in ("assignment", "score_sheet", "open_opinion", "has_voted", "teller_count")
    }
    guarded |= {"teller_count_two_people"} | {
        f"{table}_no_conflict_update" for table in ("assignment", "score_sheet", "open_opinion")
    }
    counted = {statement.split()[5]: statement.replace(" IF NOT EXISTS", "") for statement in COUNTED}
    assert set(triggers) == kept | guarded | set(counted)
    assert view == STANDING.replace(" IF NOT EXISTS", "")
    assert {name: sql for name, sql in triggers.items() if name in counted} == counted
    assert {name: sql for name, sql in triggers.items() if name in guarded} == {
        statement.split()[5]: statement.replace(" IF NOT EXISTS", "") for _model, statement in GUARDS
    }
    assert stored_revision(tmp_path / "innovations.sqlite") == newest_revision()


def test_down_and_up_again_leaves_an_empty_and_then_a_whole_database(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    with app.app_context():
        upgrade()
        tables = set(inspect(db.engine).get_table_names())
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade()
        assert set(inspect(db.engine).get_table_names()) == tables
        db.engine.dispose()


#: Tables of the boards' and officers' own: they stay small beside the register.
SMALL = {"score_sheet", "purge", "content_report", "keyed_sheet", "sheet_photo"}


def test_what_points_at_a_row_that_is_deleted_is_found_by_an_index(world: World) -> None:
    """A draft is thrown away or a file taken out while everybody else waits to write."""
    deleted = {"proposal", "review", "revision", "contribution", "attachment", "decision_line"}
    inspector, lacking = inspect(db.engine), set()
    for table in set(inspector.get_table_names()) - SMALL:
        indexed = {each["column_names"][0] for each in inspector.get_indexes(table)}
        indexed |= {each["column_names"][0] for each in inspector.get_unique_constraints(table)}
        indexed |= {*inspector.get_pk_constraint(table)["constrained_columns"][:1]}
        keys = [each for each in inspector.get_foreign_keys(table) if each["referred_table"] in deleted]
        lacking |= {f"{table}.{each['constrained_columns'][0]}" for each in keys if each["constrained_columns"][0] not in indexed}
    assert lacking == set()


def test_files_that_were_there_before_wait_to_be_read_and_signed_pages_do_not(world: World) -> None:
    address = world.draft()
    world.attach(address, text="Biên bản đo lại.")
    world.attach(address, text="Biên bản đo lại.")
    world.attach(address, kind="consent", text="Bản xác nhận đồng tác giả.")
    db.session.remove()
    stamp()
    downgrade(revision="0003")
    assert "file_text" not in inspect(db.engine).get_table_names()
    upgrade()
    rows = db.session.execute(text("SELECT media_type, ending, text FROM file_text")).all()
    db.session.rollback()
    assert [tuple(row) for row in rows] == [("text/plain", "waiting", "")]


def test_of_the_reviews_that_were_there_before_the_latest_is_marked(world: World) -> None:
    world.submitted()
    first = db.session.scalars(select(Review)).one()
    first.latest, first.ended = False, True
    db.session.flush()
    db.session.add(Review(proposal_id=first.proposal_id, unit_id=first.unit_id, level="division", rules={}, criteria={}))
    db.session.commit()
    db.session.remove()
    stamp()
    downgrade(revision="0024")
    upgrade()
    marked = list(db.session.scalars(select(Review.latest).order_by(Review.id)))
    db.session.rollback()
    assert marked == [False, True]


def test_what_was_there_before_is_in_the_tally(world: World) -> None:
    world.submitted()
    world.draft()
    db.session.remove()
    stamp()
    downgrade(revision="0027")
    upgrade()
    assert db.session.scalar(text("SELECT sum(proposals) FROM proposal_tally")) == 2
    assert untrue() == []
    db.session.rollback()
