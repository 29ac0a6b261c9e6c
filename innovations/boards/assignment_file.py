"""A plan brought as a file: CSV in UTF-8 with the code of the proposal, the member's service number, and perhaps a date.

The file is taken whole or refused whole; each refusal names file and line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import select

from innovations.boards.models import Seat
from innovations.boards.planning_queries import assignable, check_planner, scoring_seats
from innovations.boards.rules.assignments import InPlan, NoSuchMember, NotWaiting
from innovations.boards.services.planning import Pick
from innovations.core.rules.errors import N_, DomainError, Invalid, Phrase, raise_all
from innovations.core.rules.text import fold
from innovations.extensions import db
from innovations.people.models import Account, Person
from innovations.people.queries import Human
from innovations.people.rules.roles import Actor

ROWS_MAX, NAME_MAX = 5000, 80
CODE, NUMBER, DUE = "code", "service_number", "due_on"
#: Column → headers that name it, folded.
_HEADERS = {CODE: ("code", "ma so"), NUMBER: ("service_number", "so hieu"), DUE: ("due_on", "han nop")}


class BadFile(Invalid):
    """The file as a whole cannot be read."""

    message = N_("%(place)s: %(why)s")


class BadDate(Invalid):
    """A date is written in no known way."""

    message = N_("Ngày “%(text)s” không đọc được; xin ghi như 31/12/2026.")


def _bad(place: str, why: str) -> BadFile:
    return BadFile("file", place=place, why=Phrase(why))


def _columns(header: list[str], place: str) -> dict[str, int]:
    names = [fold(cell.strip()) for cell in header]
    found = {key: names.index(name) for key, known in _HEADERS.items() for name in known if name in names}
    if CODE not in found or NUMBER not in found:
        raise _bad(place, N_("Dòng đầu phải có hai cột “Mã số” và “Số hiệu”."))
    return found


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it ends on in the file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(name, N_("Tệp không ở bảng mã UTF-8; xin lưu lại thành “CSV UTF-8”.")) from None
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error:
        raise _bad(f"{name}:{reader.line_num}", N_("Dòng hỏng, thường do thiếu dấu nháy đóng.")) from None


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    if text:
        raise BadDate("file", text=text[:20])
    return None


def _seats_by_number(board_id: int) -> Mapping[str, int]:
    """Service numbers, of whichever account, of the people in scoring seats."""
    holder = select(Seat.id, Human).join(Person, Person.id == Seat.person_id).where(Seat.id.in_(scoring_seats(board_id)))
    seat_of = {human: seat_id for seat_id, human in db.session.execute(holder)}
    accounts = select(Account.service_number, Human).join(Person, Person.id == Account.person_id)
    rows = db.session.execute(accounts.where(Human.in_(seat_of)))
    return {number: seat_of[human] for number, human in rows}


def _pick(cells: Mapping[str, str], reviews: Mapping[str, int], seats: Mapping[str, int], place: str) -> Pick:
    if cells[CODE] not in reviews:
        raise NotWaiting
    if cells[NUMBER] not in seats:
        raise NoSuchMember
    return Pick(reviews[cells[CODE]], seats[cells[NUMBER]], _day(cells.get(DUE, "")), place)


def read_picks(actor: Actor, board_id: int, name: str, content: bytes) -> list[Pick]:
    """Read a file into a plan; applying it asks everything again.

    :raises NotSecretary: the actor does not keep the board.
    :raises BadFile: it is no CSV in UTF-8 with both columns, or too long.
    :raises Several: of :class:`InPlan`, one for each line that names no waiting proposal or no member, or has a bad date.
    """
    check_planner(actor, board_id)
    name = name[:NAME_MAX] or "CSV"
    lines = list(_lines(name, content))
    if len(lines) < 2 or len(lines) > ROWS_MAX:
        raise _bad(name, N_("Tệp phải có từ 1 đến 5000 dòng dưới dòng tiêu đề."))
    columns = _columns(lines[0][1], f"{name}:{lines[0][0]}")
    reviews = {loaded.facts.code: loaded.review.id for loaded in assignable(actor, board_id)}
    seats, picks, errors = _seats_by_number(board_id), [], list[DomainError]()
    for number, row in lines[1:]:
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        place = f"{name}:{number}"
        try:
            picks.append(_pick(cells, reviews, seats, place))
        except DomainError as problem:
            errors.append(InPlan("file", place=place, problem=problem))
    raise_all(errors)
    return picks
