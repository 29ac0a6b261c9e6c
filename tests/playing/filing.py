"""Acts of the authors and of the receiver: from the declaration to the accepted application, and the ways out of it."""

from __future__ import annotations

from datetime import timedelta

from tests.playing import days
from tests.playing.acts import act, against, done, hidden, last, may_not, refused
from tests.playing.cast import VOTED_ON_OPENLY, WRITERS, holds
from tests.playing.model import INCOMPLETE, Act, Answer, Model, Proposal, Review

EDITABLE = {"draft", "needs_fix", "revise"}
WITHDRAWABLE = {"unit_review", "submitted", "needs_fix", "accepted", "trial", "scoring"}
TRIAL = timedelta(days=30)  # as planned
OUTCOMES = {"recognised", "rejected", "not_recognised", "revoked"}


@act
def draft(model: Model, tried: Act) -> Answer:
    if "undeclared" in tried.how:
        return refused(INCOMPLETE)
    model.proposals.append(Proposal([tried.who], tried.who in VOTED_ON_OPENLY, {tried.who}))
    return done("proposal.created")


def _edits(model: Model, tried: Act) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    return against(person=tried.who != proposal.lead, state=review.state not in EDITABLE)


@act
def write(model: Model, tried: Act) -> Answer:
    no = _edits(model, tried)
    if no:
        return no
    proposal, review = last(model, tried)
    proposal.written, proposal.applied = True, "applied long ago" in tried.how
    return done(*([] if review.state == "draft" else ["proposal.content_changed"]))


@act
def attach(model: Model, tried: Act) -> Answer:
    no = _edits(model, tried)
    if no:
        return no
    model.proposals[tried.p].evidence += 1
    return done("proposal.attachment_added")


@act
def add_author(model: Model, tried: Act) -> Answer:
    named = str(tried.how[0])
    no = _edits(model, tried) or against(form=named in model.proposals[tried.p].authors)
    if no:
        return no
    proposal = model.proposals[tried.p]
    proposal.authors.append(named)
    proposal.confirmed = {proposal.lead}
    return done("proposal.authors_changed")


@act
def confirm(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal = model.proposals[tried.p]
    no = against(person=tried.who not in proposal.authors or tried.who in proposal.confirmed)
    if no:
        return no
    proposal.confirmed.add(tried.who)
    return done("proposal.contribution_confirmed")


def _sends(model: Model, tried: Act, state: str) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    lacking = not proposal.complete(model.today) or "undeclared" in tried.how
    no = against(person=tried.who != proposal.lead, state=review.state != state, form=lacking)
    if no is None:
        proposal.revision += 1
        review.revision = proposal.revision
    return no


@act
def submit(model: Model, tried: Act) -> Answer:
    no = _sends(model, tried, "draft")
    if no:
        return no
    proposal, review = last(model, tried)
    proposal.filed_on = proposal.filed_on or model.today
    if model.unit_review:
        review.state, review.due = "unit_review", days.working_days_after(model.today, 5)
    else:
        _received(model, review)
    return done("proposal.submitted")


def _received(model: Model, review: Review) -> None:
    review.receive(model.today)
    model.receipts["T1A", model.today.year] += 1


def _looks_first(model: Model, tried: Act, *, form: bool) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    barred = tried.who in proposal.authors or not holds(tried.who, "commander", WRITERS[proposal.lead])
    return against(person=barred, state=review.state != "unit_review", form=form)


@act
def endorse(model: Model, tried: Act) -> Answer:
    no = _looks_first(model, tried, form="undeclared" in tried.how)
    if no:
        return no
    _received(model, last(model, tried)[1])
    return done("proposal.endorsed")


@act
def send_back(model: Model, tried: Act) -> Answer:
    no = _looks_first(model, tried, form="no reason" in tried.how)
    if no:
        return no
    review = last(model, tried)[1]
    review.state, review.due = "draft", None
    return done("proposal.sent_back")


@act
def resubmit(model: Model, tried: Act) -> Answer:
    no = _sends(model, tried, "needs_fix")
    if no:
        return no
    review = last(model, tried)[1]
    review.state, review.due = "submitted", days.months_after(model.today, 1)
    return done("proposal.resubmitted")


@act
def hand_in(model: Model, tried: Act) -> Answer:
    no = _sends(model, tried, "revise")
    if no:
        return no
    review = last(model, tried)[1]
    review.state, review.due = review.way_back, None
    return done("proposal.handed_in")


@act
def discard(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    no = against(person=tried.who != proposal.lead or proposal.filed_on is not None, state=review.state != "draft")
    if no:
        return no
    proposal.gone = True
    return done("proposal.discarded")


@act
def withdraw(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    no = against(person=tried.who != proposal.lead, state=review.state not in WITHDRAWABLE)
    if no:
        return no
    review.end("withdrawn", model.today)
    return done("proposal.withdrawn")


def _receives(model: Model, tried: Act, *states: str, form: bool = False) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden()
    review = last(model, tried)[1]
    return against(person=may_not(model, tried, "receiver", review), state=review.state not in states, form=form)


@act
def accept(model: Model, tried: Act) -> Answer:
    no = _receives(model, tried, "submitted", form="one item open" in tried.how)
    if no:
        return no
    review = last(model, tried)[1]
    review.state, review.accepted = "accepted", True
    review.due = review.result_due = days.months_after(model.today, 3)
    return done("proposal.accepted")


@act
def ask_fix(model: Model, tried: Act) -> Answer:
    no = _receives(model, tried, "submitted", form="no defect" in tried.how)
    if no:
        return no
    review = last(model, tried)[1]
    review.state, review.due = "needs_fix", days.months_after(model.today, 1)
    return done("proposal.fix_asked")


@act
def reject(model: Model, tried: Act) -> Answer:
    no = _receives(model, tried, "submitted", "needs_fix", form="no reason" in tried.how)
    if no:
        return no
    last(model, tried)[1].end("rejected", model.today)
    return done("proposal.rejected")


@act
def start_trial(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    review = last(model, tried)[1]
    keeps = review.unit == "T1A" and tried.who == model.keeper(tried.p)
    no = against(person=not keeps, state=review.state != "accepted", form="no date" in tried.how)
    if no:
        return no
    review.state, review.due = "trial", model.today + TRIAL
    return done("proposal.trial_started")


@act
def finish_trial(model: Model, tried: Act) -> Answer:
    no = _receives(model, tried, "trial", form="no reason" in tried.how)
    if no:
        return no
    review = last(model, tried)[1]
    review.state = "accepted"
    review.due = review.result_due = days.months_after(model.today, 3)
    return done("proposal.trial_finished")


@act
def fail_trial(model: Model, tried: Act) -> Answer:
    no = _receives(model, tried, "trial", form="no reason" in tried.how)
    if no:
        return no
    last(model, tried)[1].end("rejected", model.today)
    return done("proposal.trial_failed")


@act
def complain(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = last(model, tried)
    waits = not all(review.complaints)
    late = review.outcome_on is not None and model.today > days.same_day_after(review.outcome_on, 3)
    state = review.state not in OUTCOMES or waits or late
    no = against(person=tried.who != proposal.lead, state=state, form="no reason" in tried.how)
    if no:
        return no
    review.complaints.append(False)
    return done("proposal.complaint_filed")


@act
def answer(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    review = last(model, tried)[1]
    no = against(person=may_not(model, tried, "decider", review), state=all(review.complaints), form="no reason" in tried.how)
    if no:
        return no
    review.complaints[-1] = True
    return done("proposal.complaint_answered")
