"""The one row that ties this database to its index."""

import secrets

from sqlalchemy import select, update

from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search.files.generations import Manifest
from innovations.search.models import IndexState


def current() -> IndexState:
    """The row; made by the first caller, which is always the worker."""
    state = db.session.scalar(select(IndexState))
    if state is not None:
        return state
    with atomic() as session:
        session.add(IndexState(id=1, fingerprint=secrets.token_hex(8), sequence=0))
    return db.session.scalars(select(IndexState)).one()


def belongs(manifest: Manifest, state: IndexState) -> bool:
    """Whether the index was made from this database and knows all its commits.

    One commit ahead is the trace of a crash between the index commit and the database's: those jobs are still there.
    """
    return manifest.fingerprint == state.fingerprint and manifest.sequence in (state.sequence, state.sequence + 1)


def note_commit(sequence: int) -> None:
    """A step: the index has committed ``sequence``."""
    db.session.execute(update(IndexState).values(sequence=sequence))
