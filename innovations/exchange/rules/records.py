"""One row of a register: from cells to a checked record, every fault told with its column.

What is unknown stays empty; nothing is invented (domain §4, invariant 10).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.text import clean_line, clean_text
from innovations.exchange.rules.authors import Author, read_authors
from innovations.exchange.rules.cells import Cell, day_of, text_of, year_of
from innovations.exchange.rules.words import UnitRef, Words, level_of, solution_types, state_of
from innovations.people.rules.units import Level
from innovations.proposals.rules.codes import CODE_PATTERN
from innovations.proposals.rules.content import FIELD_LIMITS, SolutionType
from innovations.proposals.rules.states import State
from innovations.regulations.rules.campaigns import FIELD_NAME_MAX

GRADE_MAX = 30
NUMBER_MAX = 60
EXTERNAL_MAX = 100
#: States that a decision of the unit's head puts a record into.
DECIDED = frozenset({State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED})
_PARTS = re.compile(r"[;|]")


class TitleMissing(Invalid):
    """A record without a title."""

    message = N_("Thiếu tên sáng kiến.")


class YearMissing(Invalid):
    """Neither a year nor a date of decision."""

    message = N_("Thiếu năm; xin ghi năm hoặc ngày quyết định.")


class SameKeyTwice(Invalid):
    """Two rows of the file are the same record."""

    message = N_("Trùng với dòng %(row)s (cùng mã nguồn, cùng mã số, hoặc cùng tên, đơn vị và năm).")


class DecisionLeftOut(Invalid):
    """Told as a warning: an application that was refused or withdrawn has no decision to stand in."""

    message = N_("Hồ sơ “%(state)s” không có quyết định; số và ngày quyết định được bỏ qua.")


@dataclass(frozen=True)
class Record:
    """A row as it will be stored.

    :param code: kept only when it is of our pattern and of the record's unit.
    :param field: code of the field of work.
    """

    row: int
    code: str | None
    title: str
    description: str
    field: str | None
    solution_types: tuple[SolutionType, ...]
    unit: UnitRef
    authors: tuple[Author, ...]
    year: int
    level: Level | None
    grade: str
    decision_number: str
    decision_date: date | None
    state: State
    benefit: str
    tags: tuple[str, ...]
    external_id: str

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same record: external id, else code, else title, unit and year."""
        if self.external_id:
            return "external", self.external_id
        if self.code:
            return "code", self.code
        return "title", self.title.casefold(), self.unit.identity, str(self.year)

    @property
    def has_decision(self) -> bool:
        """Say whether the register names the decision."""
        return bool(self.decision_number or self.decision_date)


def title_digest(record: Record, unit_id: int) -> str | None:
    """Return the stored key of a record that has neither code nor external id, else None."""
    if record.key[0] != "title":
        return None
    return hashlib.sha256(f"{record.title.casefold()}\n{unit_id}\n{record.year}".encode()).hexdigest()


def digest(record: Record, unit: UnitRef) -> str:
    """Return what tells a changed row from an unchanged one; the code is not in it, as it may have been made here.

    An export of what was imported gives the same digest: a level left empty counts as the unit's own, and what an export
    does not hold of unrecognised records (level, grade) does not count.
    """
    recognised = record.state is State.RECOGNISED
    shown: list[Any] = [
        record.title, record.description, record.field, [*record.solution_types], unit.code,
        [[author.rank, author.name, str(author.share)] for author in record.authors], record.year,
        (record.level or unit.level).value if recognised else "", record.grade if recognised else "",
        record.decision_number, str(record.decision_date), record.state.value, record.benefit, sorted(record.tags),
        record.external_id,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


class _Row:
    """The cells of one row while they are read; refusals are collected, so that all of a row are told at once."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells = cells
        self.errors: list[DomainError] = []

    def read(self, column: str, rule: Callable[[Cell, str], Any], fallback: Any = None) -> Any:
        """The column's value, or ``fallback`` when it is refused."""
        try:
            return rule(self._cells.get(column), column)
        except DomainError as error:
            self.errors.append(error)
            return fallback

    def line(self, column: str, maximum: int) -> str:
        """One line of text."""
        return self.read(column, lambda cell, name: clean_line(text_of(cell, name), max_length=maximum, field=name), "")

    def text(self, column: str, maximum: int) -> str:
        """Several lines of text."""
        return self.read(column, lambda cell, name: clean_text(text_of(cell, name), max_length=maximum, field=name), "")

    def parts(self, column: str, maximum: int) -> list[str]:
        """Parts between ``;`` or ``|``, each once."""

        def split(cell: Cell, name: str) -> list[str]:
            cleaned = (clean_line(part, max_length=maximum, field=name) for part in _PARTS.split(text_of(cell, name)))
            return list(dict.fromkeys(part for part in cleaned if part))

        return self.read(column, split, [])


def read_record(row: int, cells: Mapping[str, Cell], words: Words) -> tuple[Record, list[DomainError]]:
    """Return the record of a row, and warnings about it.

    :param row: its number in the spreadsheet.
    :raises Several: every fault of the row; the ``field`` of each is its column.
    """
    reading = _Row(cells)
    title = reading.line("title", FIELD_LIMITS["title"])
    unit_text = reading.line("unit", 400)
    unit = reading.read("unit", lambda _cell, name: words.unit(unit_text, name), words.target)
    decided_on = reading.read("decision_date", day_of)
    year = reading.read("year", lambda cell, name: year_of(cell, name, words.latest_year), 0)
    if year is None and decided_on is None and "decision_date" not in {error.field for error in reading.errors}:
        reading.errors.append(YearMissing("year"))
    if not title and "title" not in {error.field for error in reading.errors}:
        reading.errors.append(TitleMissing("title"))
    field, field_tag = words.field(reading.line("field", FIELD_NAME_MAX))
    kinds = reading.parts("solution_type", FIELD_NAME_MAX)
    state = reading.read("status", lambda cell, name: state_of(text_of(cell, name).strip(), name), State.RECOGNISED)
    code, external_id = _identifiers(reading, unit)
    record = Record(
        row=row, code=code, title=title, description=reading.text("description", FIELD_LIMITS["content"]), field=field,
        solution_types=reading.read("solution_type", lambda _cell, name: solution_types(kinds, name), ()), unit=unit,
        authors=reading.read("authors", lambda cell, name: read_authors(text_of(cell, name), name), ()),
        year=year or (decided_on.year if decided_on else 0),
        level=reading.read("level", lambda cell, name: level_of(text_of(cell, name).strip(), name)),
        grade=reading.line("grade", GRADE_MAX), decision_number=reading.line("decision_number", NUMBER_MAX),
        decision_date=decided_on, state=state, benefit=reading.text("benefit", FIELD_LIMITS["author_benefit"]),
        tags=_tags(reading.parts("tags", FIELD_LIMITS["tag"]), field_tag), external_id=external_id,
    )  # fmt: skip
    raise_all(reading.errors)
    return _without_stray_decision(record)


def _identifiers(reading: _Row, unit: UnitRef) -> tuple[str | None, str]:
    """(code kept, external id): another register's code becomes the external id when there is none."""
    code, external_id = reading.line("code", EXTERNAL_MAX), reading.line("external_id", EXTERNAL_MAX)
    ours = CODE_PATTERN.fullmatch(code)
    if ours and unit.id is not None and ours["base"] == unit.code:
        return code, external_id
    return None, external_id or code


def _tags(tags: list[str], field_tag: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*tags, field_tag] if field_tag else tags))


def _without_stray_decision(record: Record) -> tuple[Record, list[DomainError]]:
    if record.state in DECIDED or not record.has_decision:
        return record, []
    kept = {**vars(record), "decision_number": "", "decision_date": None}
    return Record(**kept), [DecisionLeftOut("decision_number", state=record.state)]
