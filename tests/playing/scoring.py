"""Acts around the sheets: assigning, excusing, declining, conflicts, scoring, giving a sheet back."""

from __future__ import annotations

from tests.playing.acts import act, against, done, first, hidden, refused
from tests.playing.cast import SEATS
from tests.playing.model import FORBIDDEN, NOT_NOW, NOT_THERE, REVEALED, WITH_BOARD, Act, Answer, Model, Sheet

BEFORE_REVEAL = {"accepted", "scoring"}
LEAST_SCORERS = 3


def official(model: Model, tried: Act) -> Answer | None:
    """At the board's pages: what one does not see there is not there, and an author may do nothing."""
    if not model.sees_at_board(tried.who, tried.p):
        return hidden()
    return refused(FORBIDDEN) if tried.who in model.proposals[tried.p].authors else None


def _keeps(model: Model, tried: Act, states: set[str], *, state: bool = False, **grounds: bool) -> Answer | None:
    no = official(model, tried)
    if no:
        return no
    late = state or first(model, tried)[1].state not in states
    return against(person=tried.who != model.keeper(tried.p), state=late, **grounds)


@act
def assign(model: Model, tried: Act) -> Answer:
    members = [str(each) for each in tried.how]
    no = _keeps(model, tried, BEFORE_REVEAL, form=not members)
    if no:
        return no
    review = first(model, tried)[1]
    if any(model.barred(each, tried.p) for each in members):
        return Answer(frozenset({422}), ("boards.assignment_refused",))
    for each in members:
        review.assigned[each] = True
        review.excused.discard(each)
    return done(*["boards.assigned"] * len(members))


def _submitted(model: Model, tried: Act, member: str) -> bool:
    review = first(model, tried)[1]
    sheet = review.sheets.get((member, review.revision))
    return sheet is not None and sheet.submitted


@act
def unassign(model: Model, tried: Act) -> Answer:
    member = str(tried.how[0])
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    given = member in review.assigned
    sheet_in = given and _submitted(model, tried, member)
    no = _keeps(model, tried, BEFORE_REVEAL, absent=not given, state=sheet_in)
    if no:
        return no
    del review.assigned[member]
    review.excused.discard(member)
    for key in [key for key, sheet in review.sheets.items() if key[0] == member and not sheet.submitted]:
        del review.sheets[key]
    return done("boards.unassigned")


@act
def excuse(model: Model, tried: Act) -> Answer:
    member = str(tried.how[0])
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    given = member in review.assigned
    sheet_in = given and _submitted(model, tried, member)
    no = _keeps(model, tried, BEFORE_REVEAL, absent=not given, state=sheet_in, form="no reason" in tried.how)
    if no:
        return no
    review.excused.add(member)
    return done("boards.assignment_excused")


@act
def decline_duty(model: Model, tried: Act) -> Answer:
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    given = review.assigned.get(tried.who, False)
    late = review.state not in BEFORE_REVEAL or _submitted(model, tried, tried.who)
    no = against(person=not given, state=late, form="no reason" in tried.how)
    if no:
        return no
    review.assigned[tried.who] = False
    return done("boards.assignment_declined")


@act
def recuse_myself(model: Model, tried: Act) -> Answer:
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    no = against(person=tried.who not in SEATS, state=review.state not in WITH_BOARD, form="no reason" in tried.how)
    if no:
        return no
    review.recused.add(tried.who)
    return done("boards.recused")


@act
def recuse_member(model: Model, tried: Act) -> Answer:
    member = str(tried.how[0])
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    no = _keeps(model, tried, WITH_BOARD, state=member in review.recused, form="no reason" in tried.how)
    if no:
        return no
    review.recused.add(member)
    return done("boards.recused")


@act
def open_scoring(model: Model, tried: Act) -> Answer:
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    free = [who for who, runs in review.assigned.items() if runs and not model.barred(who, tried.p)]
    no = _keeps(model, tried, {"accepted"}, state=len(free) < LEAST_SCORERS)
    if no:
        return no
    review.state = "scoring"
    return done("proposal.scoring_opened")


def _score(model: Model, tried: Act, *, submit: bool) -> Answer:
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    if not review.assigned.get(tried.who, False):
        return refused(FORBIDDEN)
    if _submitted(model, tried, tried.who) or review.state in REVEALED:
        return refused(NOT_NOW, events=("boards.sheet_change_refused",))
    late = review.state != "scoring" or not model.takes_sheets()
    no = against(state=late or "stale" in tried.how, form=submit and "incomplete" in tried.how)
    if no:
        return no
    sheet = review.sheets.setdefault((tried.who, review.revision), Sheet(""))
    sheet.points, sheet.submitted = str(tried.how[0]), submit
    if submit:
        review.excused.discard(tried.who)
    return done(*(["boards.sheet_submitted"] if submit else []))


@act
def save_sheet(model: Model, tried: Act) -> Answer:
    return _score(model, tried, submit=False)


@act
def submit_sheet(model: Model, tried: Act) -> Answer:
    return _score(model, tried, submit=True)


@act
def reopen_sheet(model: Model, tried: Act) -> Answer:
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    sheet = review.sheets.get((str(tried.how[0]), review.revision))
    if sheet is None:
        return refused(NOT_THERE)
    if review.state in REVEALED:
        return refused(NOT_NOW, events=("boards.sheet_change_refused",))
    spent = not sheet.submitted or sheet.reopened or model.barred(str(tried.how[0]), tried.p)
    no = _keeps(model, tried, BEFORE_REVEAL, state=spent, form="no reason" in tried.how)
    if no:
        return no
    sheet.submitted, sheet.reopened = False, True
    return done("boards.sheet_reopened")
