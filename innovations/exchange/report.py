"""What an import tells its caller, as plain values; and what its batch keeps: sentences and data apart, for readers of any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from innovations.core.formats import sentence
from innovations.core.rules.errors import DomainError, Phrase
from innovations.exchange.rules.plan import Plan, Remark


@dataclass(frozen=True)
class Line:
    """One fault or warning: spreadsheet row (header = 1), header as written, sentence."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Repeated:
    """A new row that may repeat a proposal of the register; ``likeness`` from 0 to 1."""

    row: int
    title: str
    code: str
    other_title: str
    likeness: float


@dataclass(frozen=True)
class Report:
    """How many rows the file has and what became of them; ``warnings`` list the conflicts too.

    Only a check has ``similar``: what the ``compared`` first new rows may repeat; None when nothing was compared.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    conflicts: int
    skipped: int
    errors: tuple[Line, ...]
    warnings: tuple[Line, ...]
    similar: tuple[Repeated, ...] = ()
    compared: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        values = asdict(self)
        if self.compared is None:
            del values["similar"], values["compared"]
        return values


def _lines(remarks: Sequence[Remark]) -> tuple[Line, ...]:
    return tuple(Line(remark.row, remark.column, sentence(remark.error)) for remark in remarks)


def report_of(plan: Plan) -> Report:
    """The plan in the reader's language."""
    return Report(errors=_lines(plan.errors), warnings=_lines(plan.warnings), similar=(), compared=None, **plan.counts())


def stored_form(plan: Plan) -> dict[str, Any]:
    """The plan as a batch keeps it, in no language."""
    return {**plan.counts(), "errors": _kept_lines(plan.errors), "warnings": _kept_lines(plan.warnings)}


def _kept_lines(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [kept_line(remark) for remark in remarks]


def kept_line(remark: Remark) -> dict[str, Any]:
    """A fault or warning as a batch keeps it."""
    return {"row": remark.row, "column": remark.column, **_kept(remark.error)}


def _kept(value: Any) -> Any:
    """A refusal or a datum of one as JSON: ``Decimal("90.5")`` → ``{"decimal": "90.5"}``, a marked phrase → ``{"say": …}``."""
    if isinstance(value, DomainError):
        return {"say": value.message, "data": {name: _kept(each) for name, each in value.data.items()}}
    if isinstance(value, Phrase):
        return {"say": str(value)}
    if hasattr(value, "label"):
        return {"say": value.label}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_kept(each) for each in value]
    return value


def _taken_up(kept: Any) -> Any:
    """What :func:`_kept` made JSON of, ready to be put into words."""
    if isinstance(kept, list):
        return [_taken_up(each) for each in kept]
    if not isinstance(kept, dict):
        return kept
    if "decimal" in kept:
        return Decimal(kept["decimal"])
    if "day" in kept:
        return date.fromisoformat(kept["day"])
    if "data" not in kept:
        return Phrase(kept["say"])
    return type("KeptRefusal", (DomainError,), {"message": kept["say"]})(
        **{name: _taken_up(each) for name, each in kept["data"].items()}
    )


def _line(stored: dict[str, Any]) -> Line:
    # Batches of before kept the sentence itself, in the language of whoever ran the import.
    words = stored["message"] if "message" in stored else sentence(_taken_up(stored))
    return Line(stored["row"], stored["column"], words)


def report_from(stored: dict[str, Any]) -> Report:
    """The report that a batch keeps, in the reader's language."""
    lines = {name: tuple(_line(line) for line in stored[name]) for name in ("errors", "warnings")}
    return Report(**{**stored, **lines})
