"""Gapless numbers: a counter row per unit, year and kind, moved in the transaction of the event it numbers (domain §3).

Never a database sequence: those leave a gap when a transaction is rolled back.
"""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from innovations.extensions import db


class Counter(db.Model):
    """The last number given out for (kind, unit, year)."""

    __tablename__ = "counter"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    value: Mapped[int] = mapped_column(Integer, default=0)


def next_number(kind: str, unit_id: int, year: int, *, count: int = 1) -> int:
    """Take the next ``count`` numbers and return the first.  A step: call it inside ``atomic()``.

    :param kind: what is numbered, such as ``"proposal"``, ``"receipt"``, ``"certificate"``.
    """
    with db.session.no_autoflush:  # a counter is flushed when it is made, and what else waits to be written is no counter
        row = db.session.get(Counter, (kind, unit_id, year))
    if row is None:
        row = Counter(kind=kind, unit_id=unit_id, year=year, value=0)
        db.session.add(row)
        db.session.flush()  # from now on the next call finds it; a changed value needs none, it is written with the rest
    first = row.value + 1
    row.value += count
    return first


def next_numbers(kind: str, wanted: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Like :func:`next_number` for many: (unit, year) → how many in, (unit, year) → the first of them out; one query.  A step."""
    units = {unit_id for unit_id, _year in wanted}
    rows = db.session.scalars(select(Counter).where(Counter.kind == kind, Counter.unit_id.in_(units)))
    held = {(row.unit_id, row.year): row for row in rows}
    for unit_id, year in wanted.keys() - held.keys():
        held[unit_id, year] = Counter(kind=kind, unit_id=unit_id, year=year, value=0)
        db.session.add(held[unit_id, year])
    first = {place: held[place].value + 1 for place in wanted}
    for place, count in wanted.items():
        held[place].value += count
    db.session.flush()
    return first


def raise_to(kind: str, unit_id: int, year: int, value: int) -> None:
    """Let no later number be ``value`` or lower: an imported register brings numbers of its own."""
    row = db.session.get(Counter, (kind, unit_id, year))
    if row is None:
        db.session.add(Counter(kind=kind, unit_id=unit_id, year=year, value=value))
    elif row.value < value:
        row.value = value
    db.session.flush()
