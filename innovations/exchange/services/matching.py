"""Checking a whole file against what is stored, without the write lock: reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from sqlalchemy import func, select

from innovations.core.clock import today
from innovations.core.rules.errors import DomainError, Invalid, Several
from innovations.core.scoping import unscoped
from innovations.exchange.reading import Sheet, read_sheet
from innovations.exchange.rules.plan import Plan, Remark, SeenKeys, Stored, remarks
from innovations.exchange.rules.records import Record, digest, read_record, title_digest
from innovations.exchange.rules.words import UnitNames, UnitRef, Words, plain
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.audience import published
from innovations.proposals.models import Proposal, Review
from innovations.regulations.queries import fields_of_work

#: Codes looked up in one query.
LOOKED_UP = 500


def unit_ref(unit: Unit) -> UnitRef:
    """A unit as the rules know it."""
    return UnitRef(unit.id, unit.code, unit.name, unit.short_name, unit.path, unit.level)


def words_for(target: Unit, *, create_units: bool) -> Words:
    """The units at and below ``target``, closed ones too (their history stays), and the fields of work."""
    below = db.session.scalars(select(Unit).where(Unit.path.startswith(target.path, autoescape=True)))
    fields = {plain(name): each.code for each in fields_of_work(only_active=False) for name in (each.code, each.name)}
    return Words(UnitNames(map(unit_ref, below)), unit_ref(target), fields, create_units, today().year + 1)


class _Known:
    """Stored records by key."""

    def __init__(self, target: UnitRef) -> None:
        several = select(Review.proposal_id).group_by(Review.proposal_id).having(func.count() > 1)
        self._chosen = select(
            Proposal.id, Proposal.code, Proposal.external_id, Proposal.import_key, Proposal.import_digest, Proposal.base_unit_id,
            (Proposal.edited_here | (Proposal.version > 1) | Proposal.quarantined_at.is_not(None)).label("edited"),
            Proposal.id.in_(several).label("went_on"),
        )  # fmt: skip
        self._external: dict[str, dict[int, Stored]] = {}
        self._title: dict[str, Stored] = {}
        here = self._chosen.join(Unit, Unit.id == Proposal.base_unit_id)
        here = here.where(Unit.path.startswith(target.path, autoescape=True), Proposal.code.is_not(None), published())
        for row in db.session.execute(unscoped(here, because="whose register it is compares all of it with what comes")):
            if row.external_id:
                self._external.setdefault(row.external_id, {})[row.base_unit_id] = self._stored(row)
            if row.import_key:
                self._title[row.import_key] = self._stored(row)

    @staticmethod
    def _stored(row: object) -> Stored:
        edited = row.edited or row.went_on or row.import_digest is None  # type: ignore[attr-defined]
        return Stored(row.id, row.code, row.import_digest, bool(edited))  # type: ignore[attr-defined]

    def by_code(self, codes: Iterable[str]) -> dict[str, Stored]:
        """Stored records with these codes, of any unit."""
        wanted, found = list(codes), {}
        for start in range(0, len(wanted), LOOKED_UP):
            piece = self._chosen.where(Proposal.code.in_(wanted[start : start + LOOKED_UP]), published())
            found.update({row.code: self._stored(row) for row in db.session.execute(piece)})
        return found

    def find(self, record: Record, coded: dict[str, Stored]) -> Stored | None:
        """The stored record with the key of this one.  Units number their records alike, so its own unit's comes first."""
        same = self._external.get(record.external_id, {}) if record.external_id else {}
        if record.unit.id in same:
            return same[record.unit.id]
        if len(same) == 1:
            return next(iter(same.values()))
        if record.code in coded:
            return coded[record.code]
        return self._title.get(title_digest(record, record.unit.id) or "") if record.unit.id is not None else None


def _records(sheet: Sheet, words: Words, plan: Plan, on_row: Callable[[int], object]) -> Iterator[Record]:
    seen = SeenKeys()
    for row, cells in sheet.rows:
        plan.rows += 1
        on_row(plan.rows)
        try:
            record, warnings = read_record(row, cells, words)
            seen.check(record)
        except DomainError as error:
            plan.skipped += 1
            plan.errors += remarks(row, error.errors if isinstance(error, Several) else [error], sheet.header.written)
        else:
            plan.warnings += remarks(row, warnings, sheet.header.written)
            yield record


def plan_import(
    source: BinaryIO, target: Unit, *, create_units: bool, on_row: Callable[[int], object] = lambda _rows: None
) -> Plan:
    """What importing the file under ``target`` would do; a file that cannot be read at all is one error in its first row.

    :param on_row: called with the number of rows read.
    """
    plan = Plan()
    words = words_for(target, create_units=create_units)
    try:
        sheet = read_sheet(source)
        plan.warnings += [Remark(sheet.header_row, each.data["header"], each) for each in sheet.header.warnings]
        records = list(_records(sheet, words, plan, on_row))
    except Invalid as error:
        return Plan(errors=[Remark(1, error.data.get("header", ""), error)])
    known = _Known(words.target)
    coded = known.by_code(record.code for record in records if record.code)
    for record in records:
        plan.sort(record, known.find(record, coded), digest(record, record.unit))
    return plan
