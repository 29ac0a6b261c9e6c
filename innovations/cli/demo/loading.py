"""Loading and removing the demo."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from innovations.cli.demo import plot, staff
from innovations.core.clock import ago, at
from innovations.extensions import db
from innovations.people.models import Account, Person
from innovations.regulations.services.shipped import ensure_shipped

#: The demo's people have held their offices since then; its campaigns of last year and this year follow from it.
DAYS_OF_HISTORY = 420


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
    with at(ago(days=DAYS_OF_HISTORY)):
        staff.build(password)
        staff.prepare()
        boards = staff.seat_boards()
    plot.play(staff.find(), boards)


def remove() -> None:
    """Empty a demo instance: every table, the stored files and the index.

    :raises NotADemo: one account is not of the demo; nothing is removed.
    """
    if db.session.scalar(select(func.count()).select_from(Account).where(~Account.demo)):
        raise NotADemo("this instance has accounts that are not of the demo")
    db.session.remove()
    db.drop_all()
    db.create_all()
    for folder in (Path(current_app.config["FILES_DIR"]), Path(current_app.config["SEARCH_INDEX_DIR"])):
        shutil.rmtree(folder, ignore_errors=True)
    (Path(current_app.instance_path) / "demo_password").unlink(missing_ok=True)
    ensure_shipped()
