"""What may stand behind the colon of a filter: words, or whole numbers and ranges of them."""

from __future__ import annotations

import re

from innovations.search.asking.query import Filter, FilterKind

_RANGE = re.compile(r"(\d{0,9})\.\.(\d{0,9})")
_COMPARED = re.compile(r"(>=|<=|>|<)(\d{1,9})")
_NUMBER = re.compile(r"\d{1,9}")
#: Years that people write; with a comparison one more or less.
_YEARS = range(999, 10_001)
_YES = {"yes", "co", "có"}
_NO = {"no", "khong", "không"}

Range = tuple[int | None, int | None]


class BadValue(Exception):
    """The value does not fit its filter; ``code`` is the note that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_filter(kind: FilterKind, value: str, *, quoted: bool, negated: bool) -> Filter:
    """The filter ``kind`` with ``value``; commas separate several values unless it was quoted.

    :raises BadValue: a number is missing or no year, or a range stands where none is allowed.
    """
    parts = [value] if quoted else [part for part in value.split(",") if part]
    if kind.number:
        ranges = tuple(_range(kind, part) for part in parts)
        if kind.key == "year" and any(end is not None and end not in _YEARS for each in ranges for end in each):
            raise BadValue("bad_year")
        return Filter(kind.key, ranges=ranges, negated=negated)
    if any(".." in part or part[0] in "<>" for part in parts):
        raise BadValue("range_not_allowed")
    if not any(c.isalnum() for c in value):
        raise BadValue("empty_filter")
    return Filter(kind.key, values=tuple(parts), negated=negated)


def _range(kind: FilterKind, text: str) -> Range:
    """``2023..2025`` → (2023, 2025), ``>=2`` → (2, None), ``2024`` → (2024, 2024), ``có`` → (1, None)."""
    if match := _RANGE.fullmatch(text):
        low, high = (int(end) if end else None for end in match.groups())
        if low is not None and high is not None:
            return min(low, high), max(low, high)
        if low is not None or high is not None:
            return low, high
    elif match := _COMPARED.fullmatch(text):
        return _compared(match[1], int(match[2]))
    elif _NUMBER.fullmatch(text):
        return int(text), int(text)
    elif kind.key == "adopted" and text.lower() in _YES | _NO:
        return (1, None) if text.lower() in _YES else (0, 0)
    raise BadValue("bad_number")


def _compared(sign: str, number: int) -> Range:
    low = {">=": number, ">": number + 1}.get(sign)
    high = {"<=": number, "<": number - 1}.get(sign)
    return low, high
