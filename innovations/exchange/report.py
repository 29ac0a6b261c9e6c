"""What an import tells its caller, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from innovations.core.formats import sentence
from innovations.exchange.rules.plan import Plan, Remark


@dataclass(frozen=True)
class Line:
    """One fault or warning: spreadsheet row (header = 1), header as written, sentence."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Report:
    """How many rows the file has and what became of them; ``warnings`` list the conflicts too."""

    rows: int
    created: int
    updated: int
    unchanged: int
    conflicts: int
    skipped: int
    errors: tuple[Line, ...]
    warnings: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return asdict(self)


def _lines(remarks: Sequence[Remark]) -> tuple[Line, ...]:
    return tuple(Line(remark.row, remark.column, sentence(remark.error)) for remark in remarks)


def report_of(plan: Plan) -> Report:
    """The plan in the reader's language."""
    return Report(**plan.counts(), errors=_lines(plan.errors), warnings=_lines(plan.warnings))


def report_from(stored: dict[str, Any]) -> Report:
    """The report that a batch keeps."""
    lines = {name: tuple(Line(**line) for line in stored[name]) for name in ("errors", "warnings")}
    return Report(**{**stored, **lines})
