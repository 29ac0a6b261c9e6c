"""Exact shares of a whole, as people write them: ``2/3`` or ``75 %``.  Never a decimal: 1/3 is none."""

from __future__ import annotations

import re
from fractions import Fraction

from innovations.core.rules.errors import N_, Invalid

_RATIO = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*%", re.ASCII)


class NotAShare(Invalid):
    """The text is neither a fraction nor a percentage."""

    message = N_("“%(value)s” không phải tỷ lệ; xin nhập phân số như 2/3 hoặc phần trăm như 75 %%.")


def parse_share(value: str, field: str | None = None) -> Fraction:
    """Return the exact share: ``"2/3"`` → ``Fraction(2, 3)``, ``"75 %"`` → ``Fraction(3, 4)``.

    :raises NotAShare: for anything else, a division by zero included.
    """
    bare = value.strip()
    if (ratio := _RATIO.fullmatch(bare)) and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    if percent := _PERCENT.fullmatch(bare):
        return Fraction(percent[1].replace(",", ".")) / 100
    raise NotAShare(field, value=bare[:40])


def format_share(value: Fraction) -> str:
    """Return the share as a reader writes it: ``Fraction(3, 4)`` → ``"75 %"``, ``Fraction(2, 3)`` → ``"2/3"``."""
    percent = value * 100
    return f"{percent.numerator} %" if percent.denominator == 1 else f"{value.numerator}/{value.denominator}"
