"""Form fields that put what was typed into its stored form, and say in the reader's language why they cannot.

What was typed stays in the field when it is refused.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from flask_babel import gettext
from wtforms import Field, IntegerField, StringField, TextAreaField
from wtforms.widgets import DateInput

from innovations.core.formats import exact, number, sentence
from innovations.core.rules.errors import DomainError
from innovations.core.rules.money import parse_decimal, parse_dong
from innovations.core.rules.numbers import whole
from innovations.core.rules.shares import format_share, parse_share
from innovations.core.rules.text import clean_line, clean_text

T = TypeVar("T")
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
EARLIEST_YEAR = 1930


def _through(rule: Callable[[], T]) -> T:
    """The rule's value, or its refusal as the ``ValueError`` that WTForms shows beside the field."""
    try:
        return rule()
    except DomainError as error:
        raise ValueError(sentence(error)) from error


def _let_be_empty(field: Field) -> None:
    """Let blanks count as nothing: ``InputRequired`` asks what was typed, not what is left of it."""
    if field.data in (None, ""):
        field.raw_data = [""] if field.raw_data else field.raw_data


class LineField(StringField):
    """One line: NFC, trimmed, no control characters, at most ``max_length`` characters."""

    def __init__(self, label: Any = None, validators: Any = None, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Typed text → stored form."""
        if valuelist:
            self.data = valuelist[0]
            self.data = _through(lambda: clean_line(valuelist[0], max_length=self.max_length, field=self.short_name))
            _let_be_empty(self)


class TextField(TextAreaField):
    """Several lines, the same cleaning."""

    def __init__(self, label: Any = None, validators: Any = None, *, max_length: int = 10_000, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.max_length = max_length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Typed text → stored form."""
        if valuelist:
            self.data = valuelist[0]
            self.data = _through(lambda: clean_text(valuelist[0], max_length=self.max_length, field=self.short_name))
            _let_be_empty(self)


class WholeField(IntegerField):
    """A whole number that a database holds."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Typed digits → number."""
        if valuelist:
            self.data = None
            try:
                self.data = whole(valuelist[0])
            except ValueError as error:
                raise ValueError(gettext("Nhập một số nguyên.")) from error


class _TypedField(StringField):
    """Text that becomes a value; empty text is ``None``."""

    data: Any

    def _parse(self, text: str) -> Any:
        raise TypeError(f"{type(self).__name__} does not say how its text is read")

    def _text_of(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Typed text → value."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            self.data = _through(lambda: self._parse(text))
        _let_be_empty(self)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._text_of(self.data)


class DayField(_TypedField):
    """A date: the browser's ``2026-03-10`` or typed ``10/03/2026``."""

    widget = DateInput()

    def _parse(self, text: str) -> date:
        for form in DAY_FORMATS:
            try:
                day = datetime.strptime(text, form).date()  # noqa: DTZ007  (a calendar day has no zone)
            except ValueError:  # not typed in this form; what fits none is refused below
                continue
            if EARLIEST_YEAR <= day.year <= 2100:
                return day
        raise ValueError(gettext("“%(text)s” không phải ngày hợp lệ; nhập ngày/tháng/năm, ví dụ 10/03/2026.", text=text[:20]))

    def _text_of(self, value: date) -> str:
        return value.isoformat()


class HundredthsField(_TypedField):
    """A decimal with at most two places, comma or point: ``33,33``."""

    def _parse(self, text: str) -> Decimal:
        value = parse_decimal(text, self.short_name)
        if value != round(value, 2) or abs(value) > 10**12:
            raise ValueError(gettext("Nhập số có nhiều nhất hai chữ số lẻ."))
        return value

    def _text_of(self, value: Decimal) -> str:
        return exact(value)


class ShareField(_TypedField):
    """An exact share of a whole: ``2/3`` or ``75 %``."""

    def _parse(self, text: str) -> Fraction:
        return parse_share(text, self.short_name)

    def _text_of(self, value: Fraction) -> str:
        return format_share(value)


class MoneyField(_TypedField):
    """Whole đồng: ``1.500.000``."""

    def _parse(self, text: str) -> int:
        return parse_dong(text, self.short_name)

    def _text_of(self, value: int) -> str:
        return number(value)
