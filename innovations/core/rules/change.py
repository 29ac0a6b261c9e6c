"""How much a measured quantity changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def change_percent(before: Decimal, after: Decimal) -> Decimal | None:
    """Return the change in per cent, rounded half away from zero to one decimal: 40 → 30 gives −25.

    None when there was nothing before, because no percentage says that.
    """
    if before == 0:
        return None
    change = (Fraction(after) - Fraction(before)) * 1000 / abs(Fraction(before))
    tenths = (abs(change) * 2 + 1) // 2
    return Decimal(tenths if change >= 0 else -tenths).scaleb(-1)
