"""Amounts in đồng (whole numbers) and Vietnamese decimals ("33,33"), read and written.

Points and shares are decimals, money is whole đồng; neither is ever a binary float.
"""

from __future__ import annotations

import re
from decimal import Decimal

from innovations.core.rules.errors import N_, Invalid

MAX_DONG = 10**15  # a thousand trillion: above it a figure is a slip of the keyboard
LONGEST = 40  # characters of an amount, group marks included; Python refuses to read a number of 5,000 digits
# ``re.ASCII``: digits of other scripts are somebody else's numbers.
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s\u00a0]\d{3})+|\d+", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)


class NotAnAmount(Invalid):
    """The text is no amount in whole đồng."""

    message = N_("“%(value)s” không phải số tiền; xin nhập số nguyên đồng, ví dụ 1.500.000.")


class NotADecimal(Invalid):
    """The text is no decimal number."""

    message = N_("“%(value)s” không phải số; xin nhập số, phần lẻ sau dấu phẩy, ví dụ 33,33.")


def parse_dong(value: str, field: str | None = None) -> int:
    """Return whole đồng: ``"1.500.000 đ"`` → ``1500000``.

    :raises NotAnAmount: for fractions, negative amounts, other currencies and amounts above :data:`MAX_DONG`.
    """
    bare = re.sub(r"(?:đồng|đ|vnđ|vnd)\.?$", "", value.strip(), flags=re.IGNORECASE).strip()
    if len(bare) > LONGEST or not _GROUPED.fullmatch(bare):
        raise NotAnAmount(field, value=value.strip()[:40])
    amount = int(re.sub(r"\D", "", bare))
    if amount > MAX_DONG:
        raise NotAnAmount(field, value=value.strip()[:40])
    return amount


def format_dong(amount: int) -> str:
    """Return the amount with points between thousands: ``1500000`` → ``"1.500.000"``."""
    return f"{amount:,}".replace(",", ".")


def parse_decimal(value: str, field: str | None = None) -> Decimal:
    """Return an exact decimal; comma and point both mark the fraction: ``"33,33"`` → ``Decimal("33.33")``.

    :raises NotADecimal: for anything else, exponents and group marks included.
    """
    bare = value.strip()
    if not _DECIMAL.fullmatch(bare):
        raise NotADecimal(field, value=bare[:40])
    return Decimal(bare.replace(",", "."))


def parse_percent(value: str, field: str | None = None) -> Decimal:
    """Return the number of per cent: ``"33,33 %"`` and ``"33.33"`` → ``Decimal("33.33")``.

    :raises NotADecimal: when what stands before the sign is no decimal.
    """
    return parse_decimal(value.strip().removesuffix("%"), field)


def format_decimal(value: Decimal) -> str:
    """Return the decimal as a Vietnamese reader writes it: ``Decimal("33.30")`` → ``"33,3"``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
