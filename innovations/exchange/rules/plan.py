"""What an import would do: which records are new, changed, the same, or edited here and therefore left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid
from innovations.exchange.rules.records import Record, SameKeyTwice


class EditedHere(Invalid):
    """Told as a warning: the stored record was edited since, so the file does not overwrite it."""

    message = N_("Hồ sơ %(code)s đã được sửa trên hệ thống; dòng này khác nên được để nguyên, không ghi đè.")


@dataclass(frozen=True)
class Remark:
    """A refusal or warning with its place: spreadsheet row and header as written."""

    row: int
    column: str
    error: DomainError


@dataclass(frozen=True)
class Stored:
    """What is already there under a record's key.

    :param digest: of the row it was last imported from; None when it was not imported.
    :param edited: somebody changed it here since, or it went on from here.
    """

    id: int
    code: str
    digest: str | None
    edited: bool


@dataclass
class Plan:
    """The rows of a file, sorted by what becomes of them."""

    rows: int = 0
    created: list[Record] = field(default_factory=list)
    updated: list[tuple[Record, Stored]] = field(default_factory=list)
    unchanged: int = 0
    conflicts: int = 0
    skipped: int = 0
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def sort(self, record: Record, stored: Stored | None, digest: str) -> None:
        """Put one record where it belongs."""
        if stored is None:
            self.created.append(record)
        elif stored.digest == digest:
            self.unchanged += 1
        elif stored.edited:
            self.conflicts += 1
            self.warnings.append(Remark(record.row, "", EditedHere(code=stored.code)))
        else:
            self.updated.append((record, stored))

    def counts(self) -> dict[str, int]:
        """How many rows there are of each sort."""
        return {
            "rows": self.rows, "created": len(self.created), "updated": len(self.updated), "unchanged": self.unchanged,
            "conflicts": self.conflicts, "skipped": self.skipped,
        }  # fmt: skip


class SeenKeys:
    """Notices the second row of a file that is the same record."""

    def __init__(self) -> None:
        self._rows: dict[Any, int] = {}

    def check(self, record: Record) -> None:
        """Remember the record's keys.

        :raises SameKeyTwice: naming the earlier row.
        """
        keys = {record.key, *((("code", record.code),) if record.code else ())}
        for key in keys:
            if key in self._rows:
                column = {"external": "external_id", "code": "code"}.get(str(key[0]), "title")
                raise SameKeyTwice(column, row=self._rows[key])
        self._rows.update(dict.fromkeys(keys, record.row))


def remarks(row: int, errors: Iterable[DomainError], written: Mapping[str, str]) -> list[Remark]:
    """Return refusals with the header of their column as the file writes it."""
    return [Remark(row, written.get(error.field or "", error.field or ""), error) for error in errors]
