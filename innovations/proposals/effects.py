"""Before/after lines in the words of a page: what the chart macro ``before_after`` draws."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import gettext

from innovations.core.formats import number
from innovations.core.rules.change import change_percent


class Measured(Protocol):
    """A before/after line as it is stored: of a proposal, or of a unit that adopted it."""

    @property
    def kind(self) -> Any: ...
    @property
    def label(self) -> str: ...
    @property
    def before(self) -> Decimal | None: ...
    @property
    def after(self) -> Decimal | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def money_per_year(self) -> int | None: ...


@dataclass(frozen=True)
class EffectRow:
    """One line of the chart: numbers set the lengths, texts are shown."""

    name: str
    before: Decimal | None
    after: Decimal | None
    before_text: str
    after_text: str
    change_text: str

    @property
    def measured(self) -> bool:
        """Whether there is anything to draw; a sum of money alone has no bars."""
        return self.before is not None or self.after is not None


def effect_row(line: Measured) -> EffectRow:
    """``40 → 12 phút`` with its change ``−70 %``; money per year stands in the last column when nothing was measured."""
    return EffectRow(
        name=line.label or gettext(line.kind.label),
        before=line.before,
        after=line.after,
        before_text=_amount(line.before, line.measure),
        after_text=_amount(line.after, line.measure),
        change_text=_change(line),
    )


def _amount(value: Decimal | None, measure: str) -> str:
    return "–" if value is None else f"{number(value)} {measure}".strip()


def _change(line: Measured) -> str:
    texts = []
    if line.before is not None and line.after is not None:
        change = change_percent(line.before, line.after)
        texts += [] if change is None else [f"{_signed(change)} %"]
    if line.money_per_year:
        texts.append(gettext("%(money)s đồng/năm", money=number(line.money_per_year)))
    return " · ".join(texts)


def _signed(change: Decimal) -> str:
    """``Decimal("-25")`` → ``−25``, with a true minus sign; ``Decimal("12.5")`` → ``+12,5``."""
    return f"{'−' if change < 0 else '+' if change > 0 else ''}{number(abs(change))}"
