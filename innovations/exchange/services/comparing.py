"""Which new rows of a file may repeat what the register has: one look into the index for each, before anything is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import select

from innovations import search
from innovations.exchange.report import Repeated
from innovations.exchange.rules.records import Record
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_with
from innovations.proposals.models import Proposal
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services.alike import repeats

#: How long the answer to a page may take for it; the rest is said to be left to the screening after the import.
PAGE_SECONDS = 5.0

Compare = Callable[[Actor, Sequence[Record]], tuple[list[Repeated], int | None]]


def while_waiting(actor: Actor, records: Sequence[Record]) -> tuple[list[Repeated], int | None]:
    """As many of the records as a person waits for."""
    return compare_all(actor, records, seconds=PAGE_SECONDS)


def compare_all(
    actor: Actor, records: Sequence[Record], *, seconds: float | None = None, on_done: Callable[[], object] = lambda: None
) -> tuple[list[Repeated], int | None]:
    """What the records may repeat, the best first, and how many were compared; None when the index cannot be asked.

    :param seconds: stop after so long.
    """
    if not search.available():
        return [], None
    tokens, began, found, compared = reader_tokens(actor), time.monotonic(), [], 0
    for record in records:
        if seconds is not None and time.monotonic() - began > seconds:
            break
        like = repeats(record.title, record.description, tokens)
        rows = db.session.scalars(select(Proposal).where(Proposal.id.in_(like), seen_with(tokens))) if like else ()
        found += [Repeated(record.row, record.title, row.address, row.title, like[row.id]) for row in rows]
        compared += 1
        on_done()
    db.session.rollback()
    return sorted(found, key=lambda each: (-each.likeness, each.row)), compared
