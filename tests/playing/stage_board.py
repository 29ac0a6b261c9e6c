"""The acts of the board through the use cases: sheets, meetings, votes, conclusions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from innovations.boards import sealing
from innovations.boards.rules.meetings import Mark
from innovations.boards.rules.schedule import AuthorsShown, BoardPhase, fingerprint
from innovations.boards.rules.tellers import Figures
from innovations.boards.rules.votes import Opinion
from innovations.boards.schedule_facts import Schedules
from innovations.boards.services import (
    assigning,
    concluding,
    counting,
    items,
    meetings,
    progress,
    recusing,
    schedules,
    scoring,
    tellers,
    votes,
)
from innovations.boards.services.meetings import MeetingData
from innovations.boards.services.schedules import follow_phases
from innovations.boards.services.seats import follow_the_calendar
from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.services.following_up import remind_follow_ups
from innovations.people.rules.roles import Actor
from innovations.worker.reminders import remind_deadlines
from tests.playing.cast import SEATS
from tests.playing.model import SHEETS, Act
from tests.playing.planning import planned
from tests.playing.stage import CARRIED_OUT, Carry, Stage, reason

CODES = ("novelty", "effect", "replicability", "economy", "dossier")


def _at_board(use_case: Callable[..., Any]) -> Carry:
    return lambda stage, actor, tried: use_case(actor, stage.board.board_id, stage.stored.review(tried.p))


def _of_member(use_case: Callable[..., Any]) -> Carry:
    def carry(stage: Stage, actor: Actor, tried: Act) -> None:
        review_id = stage.stored.review(tried.p)
        assignment = stage.stored.assignment(review_id, stage.seat(tried.how[0]))
        use_case(stage, actor, review_id, assignment, tried)

    return carry


def _sheet(use_case: Callable[..., Any]) -> Carry:
    def carry(stage: Stage, actor: Actor, tried: Act) -> None:
        review_id = stage.stored.review(tried.p)
        version = stage.stored.sheet_version(review_id, stage.seat(tried.who)) if tried.who in SEATS else 0
        points = dict(zip(CODES, SHEETS[str(tried.how[0])], strict=True))
        values = {code: None if each is None else Decimal(each) for code, each in points.items()}
        if "incomplete" in tried.how:
            del values["novelty"]
        remarks = dict.fromkeys(CODES, "Đã xem kỹ minh chứng.")
        data = scoring.SheetData(values, remarks, "Đồng ý về cơ bản.", "recognise", version + ("stale" in tried.how))
        use_case(actor, stage.board.board_id, review_id, data)

    return carry


def _reopen(stage: Stage, actor: Actor, tried: Act) -> None:
    review_id = stage.stored.review(tried.p)
    sheet_id = stage.stored.sheet(review_id, stage.seat(tried.how[0]))
    scoring.reopen_score_sheet(actor, stage.board.board_id, review_id, sheet_id, reason=reason(tried))


def _assign(stage: Stage, actor: Actor, tried: Act) -> None:
    seats = [stage.seat(each) for each in tried.how]
    assigning.assign(actor, stage.board.board_id, stage.stored.review(tried.p), seats, assigning.Duty())


def _recuse(stage: Stage, actor: Actor, tried: Act) -> None:
    seat = stage.seat(tried.how[0])
    recusing.recuse_member(actor, stage.board.board_id, stage.stored.review(tried.p), seat, reason=reason(tried))


def _call(stage: Stage, actor: Actor, tried: Act) -> None:
    chosen = tuple(stage.stored.review(int(str(p))) for p in tried.how)
    meetings.call_meeting(actor, stage.board.board_id, MeetingData(today(), chosen))


def _move(stage: Stage, actor: Actor, _tried: Act) -> None:
    number = stage.stored.meeting()
    meetings.change_meeting(actor, stage.board.board_id, number, MeetingData(today(), stage.stored.agenda()))


def _attendance(stage: Stage, actor: Actor, tried: Act) -> None:
    left_out = SEATS[-1:] if "one left out" in tried.how else ()
    marks = {stage.seat(who): Mark(who not in tried.how, "Đi công tác.") for who in SEATS if who not in left_out}
    meetings.take_attendance(actor, stage.board.board_id, stage.stored.meeting(), marks)


def _of_meeting(use_case: Callable[..., Any]) -> Carry:
    return lambda stage, actor, _tried: use_case(actor, stage.board.board_id, stage.stored.meeting())


def _of_item(use_case: Callable[..., Any], **more: Callable[[Act], Any]) -> Carry:
    def carry(stage: Stage, actor: Actor, tried: Act) -> None:
        given = {name: each(tried) for name, each in more.items()}
        use_case(actor, stage.board.board_id, stage.stored.meeting(), stage.stored.review(tried.p), **given)

    return carry


def _roll(stage: Stage, actor: Actor, tried: Act) -> None:
    said = {stage.seat(who): Opinion(each) for who, each in tried.how}  # type: ignore[misc]
    votes.record_roll(actor, stage.board.board_id, stage.stored.meeting(), stage.stored.review(tried.p), said)


def _figures(tried: Act) -> Figures:
    issued, collected, invalid, *said = (int(str(each)) for each in tried.how)
    return Figures(issued, collected, collected - invalid, invalid, *said)


def _lose_key(stage: Stage, _actor: Actor, tried: Act) -> None:
    for key in stage.stored.vote_keys(tried.p):
        (sealing.folder() / f"{key.hex()}.key").unlink(missing_ok=True)


_HIDDEN = {"": AuthorsShown.RULES, "own sheet": AuthorsShown.OWN_SHEET, "reveal": AuthorsShown.REVEAL}


def _plan(stage: Stage, actor: Actor, tried: Act) -> None:
    """From a page opened just now; a stale one was opened before somebody planned."""
    board_id = stage.board.board_id
    seen = "" if "stale" in tried.how else fingerprint(Schedules([board_id]).own(board_id, None))
    db.session.rollback()
    phases = [BoardPhase("Giai đoạn", each.from_on, each.scoring, _HIDDEN[each.hides]) for each in planned(tried.how[0], today())]
    schedules.change_schedule(actor, board_id, None, dict(enumerate(phases)), seen=seen)


def _time_passes(_stage: Stage, _actor: Actor, _tried: Act) -> None:
    """The worker does its day's work; done once more it says nothing again."""
    follow_the_calendar()
    follow_phases()
    remind_deadlines()
    remind_follow_ups()
    db.session.rollback()
    assert (follow_phases(), remind_deadlines(), remind_follow_ups()) == (0, 0, 0)


CARRIED_OUT.update(
    {
        "assign": _assign,
        "unassign": _of_member(
            lambda stage, actor, review, given, tried: assigning.unassign(actor, stage.board.board_id, review, given)
        ),
        "excuse": _of_member(
            lambda stage, actor, review, given, tried: assigning.excuse(
                actor, stage.board.board_id, review, given, reason=reason(tried)
            )
        ),
        "decline_duty": lambda stage, actor, tried: assigning.decline(
            actor, stage.board.board_id, stage.stored.review(tried.p), reason=reason(tried)
        ),
        "recuse_myself": lambda stage, actor, tried: recusing.recuse_myself(
            actor, stage.board.board_id, stage.stored.review(tried.p), reason=reason(tried)
        ),
        "recuse_member": _recuse,
        "plan_phases": _plan,
        "open_scoring": _at_board(progress.open_scoring),
        "save_sheet": _sheet(scoring.save_score_sheet),
        "submit_sheet": _sheet(scoring.submit_score_sheet),
        "reopen_sheet": _reopen,
        "call_meeting": _call,
        "start_meeting": _of_meeting(meetings.start_meeting),
        "attendance": _attendance,
        "close_meeting": _of_meeting(meetings.close_meeting),
        "reveal": _of_item(items.reveal),
        "postpone": _of_item(items.postpone, reason=reason),
        "move_meeting": _move,
        "close_overdue": lambda stage, actor, tried: progress.close_overdue(
            actor, stage.board.board_id, stage.stored.review(tried.p), reason=reason(tried)
        ),
        "open_vote": _of_item(votes.open_vote, on_paper=lambda tried: "on paper" in tried.how),
        "roll": _roll,
        "key_count": _of_item(tellers.key_count, figures=_figures),
        "settle_count": _of_item(tellers.settle_count, place=lambda tried: tried.how[0], reason=reason),
        "void_vote": _of_item(tellers.void_paper_vote, reason=reason),
        "lose_key": _lose_key,
        "time_passes": _time_passes,
        "cast": _of_item(votes.cast, opinion=lambda tried: Opinion(tried.how[0])),
        "close_vote": _of_item(counting.close_vote),
        "record_conclusion": _of_item(concluding.record_conclusion),
        "record_revise": _of_item(concluding.record_revise, text=reason, back_to=lambda tried: tried.how[0]),
        "confirm_conclusion": _of_item(concluding.confirm_conclusion),
    }
)
