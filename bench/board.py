"""``./dev bench board [proposals]``: the screens of a round on a board of nine, at a tenth of its size and whole.

A member's scoring screen, the secretary's page of a review and queue, the meeting with everything on its agenda, the plan and the home
page; each with the statements it sends, which must not depend on the size.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select

from bench import pages, preparing
from innovations.boards.models import Assignment, ScoreSheet, Seat, SheetScore
from innovations.boards.models_meeting import AgendaItem, Meeting
from innovations.boards.rules.meetings import Mark
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services import assigning, boards, items, meetings, progress, scoring, seats
from innovations.boards.services.assigning import Duty
from innovations.boards.services.boards import BoardData
from innovations.boards.services.meetings import MeetingData
from innovations.boards.services.scoring import SheetData
from innovations.boards.services.seats import SeatData
from innovations.cli.demo.staff import Staff, find
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals import audience
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal, Review, Revision
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import checking, submitting
from innovations.regulations.rules.presets import STANDARD

PROPOSALS, REQUESTS = 300, 60
AIM_MS = {"plan": 2000}  # it is made anew for the page, of everything that waits, and is opened once a campaign
AIM_OF_THE_REST_MS = 150
FIRST_DAY = date(2020, 1, 1)
SEATED = {
    "chutich": SeatRole.CHAIR, "uyvien1": SeatRole.DEPUTY, "thuky": SeatRole.SECRETARY, "uyvien2": SeatRole.REVIEWER,
    "uyvien3": SeatRole.MEMBER, "uyvien4": SeatRole.MEMBER, "uyvien5": SeatRole.MEMBER, "demo23": SeatRole.MEMBER, "demo24": SeatRole.MEMBER,
}  # fmt: skip


def seat_nine(staff: Staff) -> int:
    """A board of nine at the regiment."""
    registrar = staff.actor("vanphong")
    board_id = boards.create_board(
        registrar, staff.units["T1A"], BoardData("Hội đồng đo tốc độ", FIRST_DAY, decision_number="1/QĐ", decision_on=FIRST_DAY)
    )
    for number, role in SEATED.items():
        seats.seat_person(registrar, board_id, SeatData(staff.people[number], role, FIRST_DAY))
    return board_id


def _sheet() -> SheetData:
    values = {each.code: each.maximum * 8 / 10 for each in STANDARD.criteria}
    return SheetData(values, dict.fromkeys(values, "Đã xem kỹ minh chứng."), "", "recognise", 0)


def one_review(staff: Staff, board_id: int) -> int:
    """A review that all nine score, three of whom are done, through the use cases."""
    code = submitting.submit(staff.actor(preparing.AUTHOR), preparing.drafts(1)[0], nothing_secret=True)
    checking.accept(staff.actor("tiepnhan"), code, {item: FormalAnswer(True) for item in FormalItem})
    proposal = proposal_at(code)
    review_id = proposal.reviews[-1].id if proposal else 0
    db.session.rollback()
    held = list(db.session.scalars(select(Seat.id).where(Seat.board_id == board_id)))
    db.session.rollback()
    assigning.assign(staff.actor("thuky"), board_id, review_id, held, Duty())
    progress.open_scoring(staff.actor("thuky"), board_id, review_id)
    for number in ("uyvien3", "uyvien4", "demo23"):
        scoring.submit_score_sheet(staff.actor(number), board_id, review_id, _sheet())
    return review_id


def _copy(row: Any, **changes: Any) -> Any:
    """A second row like ``row``, with an id of its own."""
    columns = {each.key: getattr(row, each.key) for each in inspect(type(row)).column_attrs if each.key != "id"}
    made = type(row)(**{**columns, **changes})
    db.session.add(made)
    db.session.flush()
    return made


def _copies_of(parent: Any, child: Any, column: str, made: Any, **changes: Any) -> None:
    for row in db.session.scalars(select(child).where(getattr(child, column) == parent.id)).all():
        _copy(row, **{column: made.id}, **changes)


def copy_review(review_id: int, number: int) -> None:
    """The same proposal and review once more, under another code."""
    review = db.session.get_one(Review, review_id)
    proposal = _copy(review.proposal, code=f"SK-T1A-2030-{number:04}", draft_code=f"N-bench{number:05}", title=f"{review.proposal.title} {number}")  # fmt: skip
    _copies_of(review.proposal, Contribution, "proposal_id", proposal)
    _copies_of(review.proposal, Attachment, "proposal_id", proposal)
    revision = _copy(db.session.get_one(Revision, review.revision_id), proposal_id=proposal.id)
    made = _copy(review, proposal_id=proposal.id, revision_id=revision.id, receipt_number=None, receipt_year=None)
    _copies_of(review, Assignment, "review_id", made)
    for sheet in db.session.scalars(select(ScoreSheet).where(ScoreSheet.review_id == review.id)).all():
        _copies_of(sheet, SheetScore, "sheet_id", _copy(sheet, review_id=made.id, revision_id=revision.id))
    audience.refresh(proposal.id)


def hold_meeting(staff: Staff, board_id: int, review_id: int) -> int:
    """A meeting that runs, with everything on its agenda and the first item revealed; its number."""
    secretary = staff.actor("thuky")
    number = meetings.call_meeting(secretary, board_id, MeetingData(today(), (review_id,), place="Phòng giao ban"))
    with atomic() as session:
        meeting = session.scalars(select(Meeting).where(Meeting.board_id == board_id)).one()
        others = session.scalars(select(Review.id).where(Review.board_id == board_id, Review.id != review_id)).all()
        session.add_all(AgendaItem(meeting_id=meeting.id, review_id=each, position=place) for place, each in enumerate(others, 2))
        audience.refresh(*session.scalars(select(Review.proposal_id).where(Review.board_id == board_id)))
    meetings.start_meeting(secretary, board_id, number)
    held = list(db.session.scalars(select(Seat.id).where(Seat.board_id == board_id)))
    db.session.rollback()
    meetings.take_attendance(secretary, board_id, number, {seat: Mark(True) for seat in held})
    for missing in db.session.scalars(
        select(Assignment.id).where(Assignment.review_id == review_id, Assignment.done_at.is_(None))
    ).all():
        db.session.rollback()
        assigning.excuse(secretary, board_id, review_id, missing, reason="Đi công tác.")
    items.reveal(secretary, board_id, number, review_id)
    return number


def _addresses(board_id: int, waiting: int, number: int) -> dict[str, tuple[str, str]]:
    at = f"/boards/{board_id}"
    return {
        "scoring screen": ("uyvien5", f"{at}/reviews/{waiting}/score"),
        "review, secretary": ("thuky", f"{at}/reviews/{waiting}"),
        "queue": ("thuky", f"{at}/queue"),
        "meeting, secretary": ("thuky", f"{at}/meetings/{number}"),
        "meeting, member": ("uyvien5", f"{at}/meetings/{number}"),
        "plan": ("thuky", f"{at}/plan"),
        "home, member": ("uyvien5", "/"),
    }


def measure(size: int) -> tuple[dict[str, int], bool]:
    """Bring a round of ``size`` about and print what its screens take; statements by screen, and whether the aims are met."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = preparing.new_instance(Path(folder))
        with app.app_context():
            staff = find()
            board_id = seat_nine(staff)
            first = one_review(staff, board_id)
            for start in range(1, size, 50):
                with atomic():
                    for number in range(start, min(size, start + 50)):
                        copy_review(first, number)
            waiting = (
                db.session.scalars(select(Review.id).join(Proposal).where(Review.id != first).order_by(Review.id)).first() or 0
            )
            db.session.rollback()
            number = hold_meeting(staff, board_id, first)
        print(f"\n{size} proposals, 9 members")
        queries, met = {}, True
        for name, (who, path) in _addresses(board_id, waiting, number).items():
            client = pages.signed_in(app, who, preparing.PASSWORD)
            with app.app_context():
                queries[name] = pages.queries_of(client, path)
                taken = pages.measure_page(client, path, REQUESTS)
            aim = AIM_MS.get(name, AIM_OF_THE_REST_MS)
            fast = taken.p95 <= aim
            met = met and fast
            print(f"{name:24} p50 {taken.p50:6.1f} ms  p95 {taken.p95:6.1f} ms  (work {taken.work:.1f})  {queries[name]:3} queries   {'met   ' if fast else 'MISSED'} aim p95 {aim} ms", flush=True)  # fmt: skip
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    return queries, met


def main(arguments: list[str]) -> int:
    """Both sizes; 1 when an aim is missed."""
    whole = int(arguments[0]) if arguments else PROPOSALS
    few, _met = measure(max(3, whole // 10))
    many, met = measure(whole)
    differ = {name: (few[name], many[name]) for name in few if few[name] != many[name]}
    print(f"\nstatements depend on the size: {differ or 'of no screen'}")
    return 0 if met and not differ else 1
