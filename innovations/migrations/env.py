"""Alembic's environment.

Measured trap: batch mode drops and recreates the table; with ``foreign_keys=ON`` every ON DELETE CASCADE child vanishes and
every SET NULL key is nulled, without an error.  So the keys are off while a migration runs, and checked before its commit.
"""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from innovations.core.columns import Coded, Fixed, UtcDateTime
from innovations.extensions import db


class BrokenReferences(RuntimeError):
    """A migration would leave rows that point nowhere; nothing of it is kept."""


def plainly(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as what the database stores, so that an old migration never depends on today's code."""
    if kind == "type" and isinstance(item, Coded):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, Fixed):
        return "sa.BigInteger()"
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    """Run the migrations on ``connection``."""
    context.configure(
        connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True, render_item=plainly
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise BrokenReferences(str(broken[:5]))


def run() -> None:
    """Open a connection whose foreign keys are off before any BEGIN, migrate, and put them on again."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        migrate(connection)
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


run()
