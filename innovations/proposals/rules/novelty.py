"""Novelty is judged within the base only; a match elsewhere is an offer of reuse, never a refusal by itself.

A machine finds the matches and a person judges: nothing here refuses a proposal automatically.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from innovations.core.rules.calendar import VIETNAM, local_date
from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.labels import Labelled


class Match(Labelled):
    """What a similar proposal means for this one."""

    EARLIER_HERE = "earlier_here", N_("Đã nộp trước tại cơ sở này")
    LATER_HERE = "later_here", N_("Nộp sau tại cơ sở này")
    RECOGNISED_ELSEWHERE = "recognised_elsewhere", N_("Đã công nhận tại cơ sở khác; có thể áp dụng lại")
    ELSEWHERE = "elsewhere", N_("Đang xét tại cơ sở khác")


@dataclass(frozen=True)
class Filed:
    """A proposal as far as novelty goes; ``recognised_at`` names the unit that recognised it."""

    code: str
    title: str
    base_unit_id: int
    first_filed_at: datetime
    recognised_at: str | None = None

    def precedes(self, other: Filed) -> bool:
        """Say whether this was filed first; the code breaks a tie of instants, for it was given in order."""
        return (self.first_filed_at, self.code) < (other.first_filed_at, other.code)


class EarlierNotCited(Invalid):
    """A refusal for want of novelty does not name what was there before."""

    message = N_("Lý do phải nêu hồ sơ nộp trước: mã số %(code)s, tên và ngày nộp %(filed_on)s.")


def match_of(own: Filed, other: Filed) -> Match:
    """Return what a similar proposal means for one's own; at another base the same idea is still new here."""
    if own.base_unit_id == other.base_unit_id:
        return Match.EARLIER_HERE if other.precedes(own) else Match.LATER_HERE
    return Match.RECOGNISED_ELSEWHERE if other.recognised_at else Match.ELSEWHERE


def novelty_holder(one: Filed, other: Filed) -> Filed | None:
    """Return which of two applications with the same solution is the new one: the earlier at one base, else None."""
    if one.base_unit_id != other.base_unit_id:
        return None
    return one if one.precedes(other) else other


def novelty_date(filed_on: date, trial_from: date | None, first_applied_on: date | None) -> date:
    """Return the day before which nothing like it may have been known at the base: filing, trial or application."""
    return min(day for day in (filed_on, trial_from, first_applied_on) if day is not None)


def refusal_citing(earlier: Filed, tz: ZoneInfo = VIETNAM) -> str:
    """Return the reason that refuses a later application, citing code, title and date of the earlier one."""
    filed_on = local_date(earlier.first_filed_at, tz)
    return f"Giải pháp đã có trong hồ sơ {earlier.code} “{earlier.title}”, nộp ngày {filed_on:%d/%m/%Y} tại cơ sở này."


def check_cites(reasons: str, earlier: Filed, tz: ZoneInfo = VIETNAM) -> None:
    """Refuse a refusal for want of novelty that does not cite code, title and date of the earlier application.

    :raises EarlierNotCited: naming what to cite.
    """
    filed_on = local_date(earlier.first_filed_at, tz)
    if any(part not in reasons for part in (earlier.code, earlier.title, f"{filed_on:%d/%m/%Y}")):
        raise EarlierNotCited("reason", code=earlier.code, filed_on=filed_on)


def mark_of(other: Filed) -> str | None:
    """Return the mark beside a similar proposal recognised elsewhere: ``"đã công nhận tại Lữ đoàn 3C"``."""
    return f"đã công nhận tại {other.recognised_at}" if other.recognised_at else None
