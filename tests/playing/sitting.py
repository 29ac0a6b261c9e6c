"""Acts of a meeting: calling it, who is there, the reveal, the conclusion.  Votes stand in :mod:`.voting`."""

from __future__ import annotations

from tests.playing import days
from tests.playing.acts import act, against, done, first, hidden, reads_board, refused
from tests.playing.cast import CHAIR, DEPUTY, KEEPER, SEATS
from tests.playing.model import (
    FORBIDDEN,
    INCOMPLETE,
    Act,
    Answer,
    Item,
    Meeting,
    Model,
    Sheet,
    counting,
    grade_of,
    result,
)
from tests.playing.scoring import LEAST_SCORERS, official

LEADS = (CHAIR, DEPUTY, KEEPER)
NEEDED = 5  # two thirds of seven, for the quorum and for the approval alike


@act
def call_meeting(model: Model, tried: Act) -> Answer:
    wanted = [int(str(each)) for each in tried.how]
    if not reads_board(tried.who):
        return hidden()
    taken = {p for each in model.meetings if each.state != "closed" for p, item in each.agenda.items() if not item.conclusion}
    ready = [p for p in wanted if _ready(model, p) and p not in taken]
    grounds = [] if tried.who in LEADS else [FORBIDDEN]
    grounds += [INCOMPLETE] if not wanted or ready != wanted else []
    for p in wanted:
        no = official(model, Act("", tried.who, p))
        grounds += no.grounds if no else []
    if grounds:
        return refused(*grounds)
    model.meetings.append(Meeting({p: Item() for p in wanted}, model.today))
    return done("boards.meeting_called")


def _ready(model: Model, p: int) -> bool:
    proposal = model.at(p)
    return proposal is not None and proposal.reviews[0].state in ("scoring", "meeting")


def _leads(model: Model, tried: Act, state: str, *, busy: bool = False, form: bool = False) -> Answer | None:
    if not reads_board(tried.who) or model.meeting is None:
        return hidden()
    return against(person=tried.who not in LEADS, state=model.meeting.state != state or busy, form=form)


@act
def start_meeting(model: Model, tried: Act) -> Answer:
    another_day = model.meeting is not None and model.meeting.on != model.today
    no = _leads(model, tried, "planned", busy=another_day)
    if no:
        return no
    assert model.meeting
    model.meeting.state = "open"
    return done("boards.meeting_started")


@act
def move_meeting(model: Model, tried: Act) -> Answer:
    """Call the meeting for today; its agenda stays, as far as it still can be dealt with.  One that runs stays on its day."""
    meeting = model.meeting
    if not reads_board(tried.who) or meeting is None:
        return hidden()
    gone = not all(item.conclusion or _ready(model, p) for p, item in meeting.agenda.items())
    late = meeting.state == "closed" or (meeting.state == "open" and meeting.on != model.today)
    no = against(person=tried.who not in LEADS, state=late, form=gone)
    if no:
        return no
    meeting.on = model.today
    return done("boards.meeting_changed")


@act
def attendance(model: Model, tried: Act) -> Answer:
    runs = model.meeting is not None and any(each.vote == "open" for each in model.meeting.agenda.values())
    no = _leads(model, tried, "open", busy=runs, form="one left out" in tried.how)
    if no:
        return no
    assert model.meeting
    model.meeting.present = frozenset(SEATS) - {str(each) for each in tried.how}
    return done("boards.attendance_taken")


@act
def close_meeting(model: Model, tried: Act) -> Answer:
    meeting = model.meeting
    unsettled = meeting is not None and not all(settled(each) for each in meeting.agenda.values())
    no = _leads(model, tried, "open", busy=unsettled or (meeting is not None and meeting.present is None))
    if no:
        return no
    assert meeting
    meeting.state = "closed"
    return done("boards.meeting_ended")


def settled(item: Item) -> bool:
    return item.confirmed or item.conclusion == "postponed"


def item_of(model: Model, tried: Act) -> tuple[Answer | None, Item]:
    """The item, for who sees it while the meeting runs."""
    meeting = model.meeting
    if not reads_board(tried.who) or meeting is None or tried.p not in meeting.agenda:
        return hidden(), Item()
    no = official(model, tried)
    item = meeting.agenda[tried.p]
    return (no or against(state=meeting.state != "open")), item


def is_meeting(model: Model, tried: Act) -> bool:
    return first(model, tried)[1].state == "meeting"


@act
def reveal(model: Model, tried: Act) -> Answer:
    no, _ = item_of(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    expected = {who for who, runs in review.assigned.items() if runs and not model.barred(who, tried.p)}
    missing = [who for who in expected if not _in(model, tried, who) and who not in review.excused]
    sheets = len(counting(model.proposals[tried.p]))
    assert model.meeting
    unready = model.meeting.present is None or bool(missing) or sheets < LEAST_SCORERS
    no = against(person=tried.who != model.keeper(tried.p), state=review.state != "scoring" or unready)
    if no:
        return no
    review.state = "meeting"
    return done("proposal.revealed")


def _in(model: Model, tried: Act, who: str) -> bool:
    review = first(model, tried)[1]
    sheet = review.sheets.get((who, review.revision))
    return sheet is not None and sheet.submitted


@act
def postpone(model: Model, tried: Act) -> Answer:
    no, item = item_of(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    past = bool(item.vote or item.conclusion) or review.state not in ("scoring", "meeting")
    no = against(person=tried.who != model.keeper(tried.p), state=past, form="no reason" in tried.how)
    if no:
        return no
    item.conclusion = "postponed"
    return done("proposal.postponed" if review.state == "meeting" else "boards.agenda_changed")


def _concludes(model: Model, tried: Act, *, state: bool, form: bool = False) -> Answer | None:
    return against(person=tried.who != model.keeper(tried.p), state=state or not is_meeting(model, tried), form=form)


@act
def record_conclusion(model: Model, tried: Act) -> Answer:
    no, item = item_of(model, tried)
    if no:
        return no
    sheets = counting(model.proposals[tried.p])
    no = _concludes(model, tried, state=settled(item) or item.vote != "closed" or len(sheets) < LEAST_SCORERS)
    if no:
        return no
    item.conclusion = _computed(item, sheets)
    return done("boards.conclusion_recorded")


def _computed(item: Item, sheets: list[Sheet]) -> str:
    ballot = item.ballot
    assert ballot is not None and ballot.counted is not None
    agreed = ballot.counted["agree"] >= NEEDED and ballot.present >= NEEDED
    return "passed" if agreed and result(sheets)[1] else "failed"


@act
def record_revise(model: Model, tried: Act) -> Answer:
    no, item = item_of(model, tried)
    no = no or _concludes(model, tried, state=settled(item) or bool(item.vote), form="no text" in tried.how)
    if no:
        return no
    item.conclusion = f"revise {tried.how[0]}"
    return done("boards.conclusion_recorded")


@act
def confirm_conclusion(model: Model, tried: Act) -> Answer:
    no, item = item_of(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    sheets = counting(model.proposals[tried.p])
    revise = item.conclusion.startswith("revise")
    nothing = not item.conclusion or settled(item) or not is_meeting(model, tried)
    # Passed and failed are computed: what was recorded must still be so, though members withdrew since.
    outdated = not nothing and not revise and (len(sheets) < LEAST_SCORERS or item.conclusion != _computed(item, sheets))
    no = against(person=tried.who != model.chair(tried.p), state=nothing or outdated)
    if no:
        return no
    item.confirmed = True
    if revise:
        review.state, review.way_back = "revise", item.conclusion.split()[1]
        review.due = days.months_after(model.today, 1)
    else:
        review.state = item.conclusion
        review.total = result(sheets)[0]
        review.grade = grade_of(review.total)
    return done("boards.conclusion_confirmed", "proposal.concluded")
