"""How templates write dates, instants, numbers and sizes: Vietnamese first."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import get_locale, gettext, ngettext

from innovations.core.clock import today
from innovations.core.rules.calendar import VIETNAM


def day(value: date | None) -> str:
    """``2026-03-10`` → ``10/03/2026``; ``None`` → empty."""
    return value.strftime("%d/%m/%Y") if value else ""


def moment(value: datetime | None) -> str:
    """Instant → ``14:32, 10/03/2026`` in Vietnam's time."""
    return value.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y") if value else ""


def number(value: Decimal | int | None) -> str:
    """``Decimal("82.50")`` → ``82,5``; thousands apart by a point; English the other way round; ``None`` → empty."""
    if value is None:
        return ""
    exact = Decimal(value)
    text = f"{exact.normalize():,f}" if exact else "0"
    return text if str(get_locale())[:2] == "en" else text.translate(str.maketrans(",.", ".,"))


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
    }  # fmt: skip
    app.jinja_env.filters.update(filters)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
