"""How far the members agree: Krippendorff's alpha for points, computed exactly.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), interval metric, missing values allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled

# Krippendorff's own limits: from 0.800 data are relied on, from 0.667 conclusions are tentative.
RELIED_ON, TENTATIVE = Fraction(800, 1000), Fraction(667, 1000)


class Agreement(Labelled):
    """What an alpha says, in a sentence."""

    UNKNOWN = "unknown", N_("Chưa tính được: cần ít nhất hai hồ sơ có từ hai phiếu trở lên và các phiếu không trùng điểm hết.")
    GOOD = "good", N_("Các ủy viên chấm thống nhất: có thể dựa vào thứ tự điểm.")
    FAIR = "fair", N_("Thống nhất ở mức tạm được: hai hồ sơ điểm sát nhau chưa chắc đã hơn kém nhau.")
    POOR = "poor", N_("Chưa thống nhất: nên bàn lại cách hiểu các tiêu chí trước khi dựa vào thứ tự điểm.")
    CHANCE = "chance", N_("Không hơn chấm ngẫu nhiên: thứ tự điểm chưa nói lên điều gì, cần bàn lại từng tiêu chí.")


def _squares(values: Sequence[Fraction]) -> Fraction:
    """Sum of the squared differences of all ordered pairs."""
    total = sum(values, Fraction(0))
    return 2 * (len(values) * sum((value * value for value in values), Fraction(0)) - total * total)


def krippendorff_alpha(units: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """Return alpha of points on an interval scale: 1 is full agreement, 0 is chance; neither order nor who scored matters.

    :param units: the points each proposal was given; proposals with fewer than two say nothing about agreement.
    :returns: None where it is undefined: fewer than two such proposals, or every point the same.
    """
    pairable = [list(values) for values in units if len(values) > 1]
    everything = [value for values in pairable for value in values]
    expected = _squares(everything)
    if len(pairable) < 2 or not expected:
        return None
    observed = sum((_squares(values) / (len(values) - 1) for values in pairable), Fraction(0))
    return 1 - (len(everything) - 1) * observed / expected


def agreement_of(alpha: Fraction | None) -> Agreement:
    """Return the sentence for an alpha."""
    if alpha is None:
        return Agreement.UNKNOWN
    if alpha >= RELIED_ON:
        return Agreement.GOOD
    if alpha >= TENTATIVE:
        return Agreement.FAIR
    return Agreement.POOR if alpha > 0 else Agreement.CHANCE
