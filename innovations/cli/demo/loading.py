"""Loading and removing the demo."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from innovations.boards import sealing
from innovations.cli.demo import plot, staff
from innovations.cli.demo.past import Past
from innovations.core.clock import now
from innovations.extensions import db
from innovations.people.models import Account, Person
from innovations.regulations.services.shipped import ensure_shipped

#: Its people hold their offices since that day of the first year: the campaigns of that year and the next follow from it.
FIRST_DAY = (1, 5)


class NotADemo(RuntimeError):
    """The instance holds accounts that are no demo accounts: it is somebody's real register."""


def may_load() -> bool:
    """Whether the instance is empty, so that invented people can never mix with real ones."""
    empty = not db.session.scalar(select(func.count()).select_from(Person))
    db.session.rollback()
    return empty


def load(password: str) -> None:
    """Make the demo: units, people, boards, and some sixty proposals, at least one in every state.

    :param password: of every demo account.
    """
    past = Past(now())
    with past.on(date(past.first_year, *FIRST_DAY)):
        staff.build(password)
        staff.prepare()
        boards = staff.seat_boards()
    plot.play(staff.find(), boards, past)


def remove() -> None:
    """Empty a demo instance: every table, the stored files and the index.

    :raises NotADemo: one account is not of the demo; nothing is removed.
    """
    if db.session.scalar(select(func.count()).select_from(Account).where(~Account.demo)):
        raise NotADemo("this instance has accounts that are not of the demo")
    db.session.remove()
    _make_tables_anew()
    for folder in (Path(current_app.config["FILES_DIR"]), Path(current_app.config["SEARCH_INDEX_DIR"]), sealing.folder()):
        shutil.rmtree(folder, ignore_errors=True)
    (Path(current_app.instance_path) / "demo_password").unlink(missing_ok=True)
    ensure_shipped()


def _make_tables_anew() -> None:
    """Every table dropped and made again in one transaction.

    Units name their heads and people their units, so no order of dropping pleases SQLite's foreign keys: they are not looked at
    meanwhile, which it allows outside a transaction only.
    """
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        if sqlite:
            cursor.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                db.metadata.drop_all(connection)
                db.metadata.create_all(connection)
        finally:
            if sqlite:
                cursor.execute("PRAGMA foreign_keys=ON")
