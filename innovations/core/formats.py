"""How pages write dates, instants, numbers and sizes in the reader's language: Vietnamese first.

Official papers are Vietnamese whoever prints them: what makes one stands inside :func:`in_vietnamese`.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask
from flask_babel import force_locale, get_locale, gettext, ngettext
from markupsafe import Markup

from innovations.core.clock import today
from innovations.core.rules.calendar import VIETNAM
from innovations.core.rules.errors import DomainError
from innovations.core.rules.money import format_decimal

#: Written out, because 10/03/2026 is another day to some readers of English.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: The permanent code of a proposal inside a sentence.
CODE = re.compile(r"\b(SK-[A-Z0-9-]+-\d{4}-\d{4,})")
Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def in_english() -> bool:
    """Whether the reader chose English; commands and the worker speak Vietnamese."""
    return str(get_locale() or "vi").startswith("en")


def in_vietnamese(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """Have the decorated function find Vietnamese words, dates and numbers whatever the reader's language."""

    @wraps(make)
    def made(*args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        with force_locale("vi"):
            return make(*args, **kwargs)

    return made


def named(name: str, english: str = "") -> str:
    """A name that people may edit: the English one when it is given and asked for, else as it stands.

    What was shipped and never edited has its English in the catalogue: ``"Tính mới, sáng tạo"`` → ``"Novelty, creativity"``.
    """
    if not name or not in_english():
        return name
    return english or gettext(name)


def day(value: date | None) -> str:
    """``2026-03-10`` → ``10/03/2026``, in English ``10 Mar 2026``; ``None`` → empty."""
    if value is None:
        return ""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if in_english() else value.strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """Instant → ``14:32, 10/03/2026`` in Vietnam's time; in English ``14:32, 10 Mar 2026``."""
    if value is None:
        return ""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M}, {day(local)}"


def whole_codes(text: str) -> Markup:
    """The text, escaped, with each code of a proposal kept on one line: a browser breaks at its hyphens."""
    parts = enumerate(CODE.split(text))  # the codes stand at the odd places
    whole = Markup('<span class="nowrap">{}</span>')
    return Markup("").join(whole.format(part) if place % 2 else part for place, part in parts)


def number(value: Decimal | int | None) -> str:
    """``Decimal("82.50")`` → ``82,5``; thousands apart by a point; English the other way round; ``None`` → empty."""
    if value is None:
        return ""
    exact = Decimal(value)
    text = f"{exact.normalize():,f}" if exact else "0"
    return text if in_english() else text.translate(str.maketrans(",.", ".,"))


def exact(value: Decimal) -> str:
    """A number as it is typed into a field, thousands not apart: ``Decimal("33.30")`` → ``33,3``, in English ``33.3``."""
    text = format_decimal(value)
    return text.replace(",", ".") if in_english() else text


def written(value: date | Decimal) -> str:
    """A datum inside a sentence: a date as :func:`day`, a decimal with all its places: ``Decimal("90.50")`` → ``90,50``."""
    if isinstance(value, Decimal):
        return format(value, "f") if in_english() else format(value, "f").replace(".", ",")
    return day(value)


def sentence(error: DomainError) -> str:
    """A refusal or warning in the reader's language."""
    return error.worded(gettext, written)


def size(octets: int) -> str:
    """``317440`` → ``310 KB``."""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} KB"
    return number(round(Decimal(octets) / (1024 * 1024), 1)) + " MB"


def remaining(due: date | None, on: date | None = None) -> str:
    """Days left to a deadline in words: ``còn 4 ngày``, ``hạn hôm nay``, ``đã quá hạn 3 ngày``."""
    if due is None:
        return ""
    days = (due - (on or today())).days
    if days < 0:
        return ngettext("đã quá hạn %(num)d ngày", "đã quá hạn %(num)d ngày", -days)
    return gettext("hạn hôm nay") if days == 0 else ngettext("còn %(num)d ngày", "còn %(num)d ngày", days)


def tone_of(due: date | None, on: date | None = None) -> str:
    """Colour of a deadline: ``red`` when past, ``gold`` within 7 days, else ``quiet``."""
    if due is None:
        return "quiet"
    days = (due - (on or today())).days
    return "red" if days < 0 else "gold" if days <= 7 else "quiet"


def init_app(app: Flask) -> None:
    """Make them Jinja filters."""
    filters: dict[str, Any] = {
        "day": day, "moment": moment, "number": number, "size": size, "remaining": remaining, "tone_of": tone_of,
        "whole_codes": whole_codes, "named": named, "sentence": sentence,
    }  # fmt: skip
    app.jinja_env.filters.update(filters)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
