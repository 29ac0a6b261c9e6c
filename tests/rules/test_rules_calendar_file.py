"""A meeting as an entry of a telephone's calendar (RFC 5545)."""

import dataclasses
from datetime import UTC, date, datetime, time

from innovations.boards.rules.calendar_file import Invitation, calendar_file

MEETING = Invitation(
    uid="meeting-7@sangkien",
    sequence=2,
    stamped=datetime(2026, 3, 1, 2, 3, 4, tzinfo=UTC),
    on=date(2026, 3, 10),
    starts=time(6, 30),
    summary="Họp hội đồng",
    place="Phòng 2; tầng 1, nhà A\\B",
    address="https://sangkien.lan/meetings/7",
)


def entry(**changed):
    return calendar_file(dataclasses.replace(MEETING, **changed))


def test_a_meeting_begins_at_its_local_time_seven_hours_before_it_in_utc():
    assert entry().split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//innovations//meetings//VI", "METHOD:PUBLISH", "BEGIN:VEVENT",
        "UID:meeting-7@sangkien", "SEQUENCE:2", "DTSTAMP:20260301T020304Z", "DTSTART:20260309T233000Z", "SUMMARY:Họp hội đồng",
        "LOCATION:Phòng 2\\; tầng 1\\, nhà A\\\\B", "URL:https://sangkien.lan/meetings/7", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_a_meeting_without_an_hour_takes_the_whole_day_and_one_without_a_place_has_no_line_for_it():
    said = entry(starts=None, place="")
    assert "\r\nDTSTART;VALUE=DATE:20260310\r\n" in said
    assert "LOCATION" not in said


def test_a_line_break_in_a_text_does_not_break_the_entry():
    assert "\r\nSUMMARY:Họp\\nđợt 2\r\n" in entry(summary="Họp\r\nđợt 2")


def test_long_lines_are_folded_at_seventy_five_octets_without_cutting_a_letter():
    title = "Đ" * 33 + "x" + "Đ" * 40
    lines = entry(summary=title).split("\r\n")
    first = lines.index(next(line for line in lines if line.startswith("SUMMARY:")))
    folded = lines[first : first + 3]
    assert [len(line.encode()) for line in folded] == [75, 75, 7]
    assert folded[0] + folded[1][1:] + folded[2][1:] == f"SUMMARY:{title}"
    assert all(line.startswith(" ") for line in folded[1:])
