"""A meeting as an iCalendar file (RFC 5545), for the calendar of a telephone or a mail program.

It names board, day and place and where to read on, nothing of the agenda: calendars are copied to where rights do not reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from innovations.core.rules.calendar import VIETNAM

LINE = 75  # octets; longer lines are folded


@dataclass(frozen=True)
class Invitation:
    """What the file says.

    :param uid: stays the same when the meeting changes; ``sequence`` grows then, so that calendars replace the entry.
    :param starts: local time; ``None``: the whole day.
    """

    uid: str
    sequence: int
    stamped: datetime
    on: date
    starts: time | None
    summary: str
    place: str
    address: str


def _escaped(text: str) -> str:
    """``"Phòng 2; tầng 1, nhà A"`` → ``"Phòng 2\\; tầng 1\\, nhà A"``."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, each but the first after a blank; no letter is cut."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _start(invitation: Invitation) -> str:
    if invitation.starts is None:
        return f"DTSTART;VALUE=DATE:{invitation.on:%Y%m%d}"
    return f"DTSTART:{_instant(datetime.combine(invitation.on, invitation.starts, VIETNAM))}"


def calendar_file(invitation: Invitation) -> str:
    """The whole file, lines ended by CRLF."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//innovations//meetings//VI", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{_escaped(invitation.uid)}", f"SEQUENCE:{invitation.sequence}", f"DTSTAMP:{_instant(invitation.stamped)}",
        _start(invitation), f"SUMMARY:{_escaped(invitation.summary)}",
        *([f"LOCATION:{_escaped(invitation.place)}"] if invitation.place else []),
        f"URL:{invitation.address}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))
