"""One cell of a spreadsheet as text or as a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from innovations.core.rules.errors import N_, Invalid

#: Before it people wrote no register of initiatives; a year below is a slip.
EARLIEST_YEAR = 1930
_WHOLE = re.compile(r"(-?\d+)\.0+", re.ASCII)
_TYPED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
#: A spreadsheet runs text that begins so; our own export puts an apostrophe before it.
_RUN = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula or an error instead of a value."""


Cell = str | int | float | date | datetime | Formula | None


class FormulaRefused(Invalid):
    """What a formula would give is not ours to compute."""

    message = N_("Ô chứa công thức hoặc lỗi tính; xin dán lại dưới dạng giá trị.")


class NotADay(Invalid):
    """The text is no date."""

    message = N_("“%(value)s” không phải ngày hợp lệ; xin ghi ngày/tháng/năm, ví dụ 10/03/2024.")


class NotAYear(Invalid):
    """The text is no year a register could have."""

    message = N_("“%(value)s” không phải năm hợp lệ (%(least)s–%(most)s).")


def from_csv(text: str) -> Cell:
    """Return a CSV cell: one that begins with ``=`` is a formula, the export's apostrophe goes: ``"'=a"`` → ``"=a"``."""
    if text.lstrip().startswith("="):
        return Formula()
    return text[1:] if text[:1] == "'" and text[1:].startswith(_RUN) else text


def text_of(cell: Cell, column: str) -> str:
    """Return a cell as text: ``12.0`` → ``"12"``, a day → ``"10/03/2024"``, an empty cell → ``""``.

    :raises FormulaRefused: for formulas.
    """
    if isinstance(cell, Formula):
        raise FormulaRefused(column)
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    text = str(cell)
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1] if whole else text


def day_of(cell: Cell, column: str) -> date | None:
    """Return a cell as a day: a date cell, ``10/03/2024`` (also with ``-`` or ``.``) or ``2024-03-10``; empty → None.

    :raises NotADay: for anything else, days that do not exist, and years before 1930 or after 2100.
    """
    if isinstance(cell, datetime):
        return _sensible(cell.date(), column)
    if isinstance(cell, date):
        return _sensible(cell, column)
    text = text_of(cell, column).strip()
    if not text:
        return None
    if typed := _TYPED_DAY.fullmatch(text):
        return _sensible(_day(int(typed[3]), int(typed[2]), int(typed[1]), text, column), column)
    if iso := _ISO_DAY.fullmatch(text):
        return _sensible(_day(int(iso[1]), int(iso[2]), int(iso[3]), text, column), column)
    raise NotADay(column, value=text[:40])


def _day(year: int, month: int, day: int, text: str, column: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(column, value=text[:40]) from None


def _sensible(day: date, column: str) -> date:
    if not EARLIEST_YEAR <= day.year <= 2100:
        raise NotADay(column, value=day.strftime("%d/%m/%Y"))
    return day


def year_of(cell: Cell, column: str, latest: int) -> int | None:
    """Return a cell as a year; empty → None.

    :param latest: the last year taken.
    :raises NotAYear: for anything but four digits from 1930 to ``latest``.
    """
    text = text_of(cell, column).strip()
    if not text:
        return None
    if not _YEAR.fullmatch(text) or not EARLIEST_YEAR <= int(text) <= latest:
        raise NotAYear(column, value=text[:40], least=EARLIEST_YEAR, most=latest)
    return int(text)
