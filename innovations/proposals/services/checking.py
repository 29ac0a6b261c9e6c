"""The receiver's work: the formal check item by item, accepting, asking for fixes, rejecting; the end of a trial."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete

from innovations.core.clock import now, today
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import N_, Invalid
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.loading import Loaded, load_for
from innovations.proposals.models import FormalCheck
from innovations.proposals.relations import board_for
from innovations.proposals.rules.clocks import check_planned_end, check_trial_end, fix_due, result_due
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.formal import FormalAnswer, FormalItem, check_defects, check_formal
from innovations.proposals.rules.states import Action
from innovations.regulations.queries import working_calendar

Answers = Mapping[FormalItem, FormalAnswer]


class BadFixDate(Invalid):
    """The date given for completing the dossier is not ahead."""

    message = N_("Hạn bổ sung %(day)s phải sau hôm nay.")


class DateMissing(Invalid):
    """A date that the step needs was left empty."""

    message = N_("Nhập ngày.")


def _given(day: date | None, field: str) -> date:
    if day is None:
        raise DateMissing(field)
    return day


def _keep(loaded: Loaded, answers: Answers, actor: Actor) -> None:
    """Store the answers in place of the earlier ones.  A step."""
    db.session.execute(delete(FormalCheck).where(FormalCheck.review_id == loaded.review.id))
    for item, answer in answers.items():
        if answer.ok is not None:
            row = FormalCheck(review_id=loaded.review.id, item=item, ok=answer.ok, note=answer.note.strip())
            row.checked_by_id, row.checked_at = actor.person_id, now()
            db.session.add(row)


def accept(actor: Actor, address: str, answers: Answers) -> None:
    """Accept for consideration; the result is promised three months on (rule set), or from the end of the application.

    :raises Several: one refusal per item that is not met.
    """
    with atomic():
        loaded = load_for(Action.ACCEPT, actor, address)
        check_formal(answers)
        _keep(loaded, answers, actor)
        review = loaded.review
        review.accepted_at = now()
        review.board_id = board_for(review.unit_id, loaded.proposal.field_id)
        due = result_due(
            today(), loaded.rules, working_calendar(), application_ended_on=_application_end(loaded.proposal.trial_to)
        )
        review.result_due_on = due
        lifecycle.apply(review, Action.ACCEPT, by=actor, due_on=due, tell=[loaded.secretary])


def _application_end(trial_to: date | None) -> date | None:
    """The end of the first application, when it has ended: a planned end promises nothing."""
    return trial_to if trial_to is not None and trial_to <= today() else None


def ask_fix(actor: Actor, address: str, answers: Answers, *, due_on: date | None = None) -> None:
    """List what is lacking and give the author time, a month unless another date is named.

    :raises NoDefect: no item is marked.
    :raises BadFixDate: the date is not ahead.
    """
    with atomic():
        loaded = load_for(Action.ASK_FIX, actor, address)
        check_defects(answers)
        due = due_on or fix_due(today(), loaded.rules, working_calendar())
        if due <= today():
            raise BadFixDate("due_on", day=due)
        _keep(loaded, answers, actor)
        failed = [
            f"{item.label}: {answers[item].note.strip()}" for item in FormalItem if item in answers and answers[item].ok is False
        ]
        loaded.review.defects = "\n".join(failed)
        lifecycle.apply(loaded.review, Action.ASK_FIX, by=actor, due_on=due, note=loaded.review.defects)


def reject(actor: Actor, address: str, *, reason: str, answers: Answers | None = None) -> None:
    """Refuse the application, with reasons that the author reads.

    :raises ReasonsMissing: none were given.
    """
    with atomic():
        loaded = load_for(Action.REJECT, actor, address)
        loaded.review.reason = check_reasons(reason)
        if answers:
            _keep(loaded, answers, actor)
        lifecycle.apply(loaded.review, Action.REJECT, by=actor, note=loaded.review.reason)


def start_trial(actor: Actor, address: str, *, planned_end: date | None) -> None:
    """The secretary lets the solution be tried before it is scored."""
    with atomic():
        loaded = load_for(Action.START_TRIAL, actor, address)
        end = _given(planned_end, "planned_end")
        check_planned_end(end, today())
        loaded.review.trial_planned_end = end
        lifecycle.apply(loaded.review, Action.START_TRIAL, by=actor, due_on=end)


def finish_trial(actor: Actor, address: str, *, report: str, ended_on: date | None) -> None:
    """The trial is over: the three months of the result start anew (domain §9, case 10)."""
    with atomic():
        loaded = load_for(Action.FINISH_TRIAL, actor, address)
        review = loaded.review
        ended = _given(ended_on, "ended_on")
        check_trial_end(ended, local_date(review.held_since or now()), today())
        review.trial_report, review.trial_ended_on = check_reasons(report, "report"), ended
        accepted_on = local_date(review.accepted_at or now())
        due = result_due(accepted_on, loaded.rules, working_calendar(), application_ended_on=ended)
        review.result_due_on = due
        lifecycle.apply(review, Action.FINISH_TRIAL, by=actor, due_on=due, tell=[loaded.secretary])


def fail_trial(actor: Actor, address: str, *, reason: str) -> None:
    """The trial showed that it does not work: refused, with reasons."""
    with atomic():
        loaded = load_for(Action.FAIL_TRIAL, actor, address)
        loaded.review.reason = check_reasons(reason)
        lifecycle.apply(loaded.review, Action.FAIL_TRIAL, by=actor, note=loaded.review.reason)
