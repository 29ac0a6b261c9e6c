"""Khiếu nại about an outcome: by the lead author within the months of the rule set, one at a time, answered with reasons.

A complaint changes no outcome by itself: what it finds wrong is put right by a new round or by an act of two persons.
"""

from __future__ import annotations

from datetime import date

from innovations.core.rules.calendar import WorkingCalendar, due_after_months
from innovations.core.rules.errors import N_, Forbidden, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.access import (
    NotDecider,
    NotLeadAuthor,
    ProposalFacts,
    ReviewFacts,
    UnderQuarantine,
    check_official,
)
from innovations.proposals.rules.states import ENDED, State
from innovations.regulations.rules.rulesets import RuleSet

#: Outcomes that somebody else gave; a withdrawal is the author's own.
COMPLAINABLE = ENDED - {State.WITHDRAWN}


class Finding(Labelled):
    """What the answer says of the complaint."""

    UPHELD = "upheld", N_("Khiếu nại đúng")
    PARTLY = "partly", N_("Khiếu nại đúng một phần")
    UNFOUNDED = "unfounded", N_("Khiếu nại không có căn cứ")


class NothingToComplainOf(StateForbids):
    """There is no outcome, or none that was given here."""

    message = N_("Hồ sơ chưa có kết quả nào ở đây để khiếu nại.")


class ComplaintTooLate(StateForbids):
    """The months of the rule set are over."""

    message = N_("Hạn khiếu nại là ngày %(until)s, nay đã qua.")


class ComplaintOpen(StateForbids):
    """One complaint at a time."""

    message = N_("Đang có một khiếu nại chờ trả lời; xin chờ trả lời trước khi gửi khiếu nại mới.")


class NoOpenComplaint(StateForbids):
    """Nothing waits for an answer."""

    message = N_("Không có khiếu nại nào chờ trả lời; xin tải lại trang.")


def answer_due(filed_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which the complaint is answered, in calendar months, moved to a working day."""
    return due_after_months(filed_on, rules.complaint_answer_months, calendar)


def check_may_complain(
    actor: Actor, facts: ProposalFacts, review: ReviewFacts, *, until: date | None, today: date, is_open: bool
) -> None:
    """Refuse a complaint.

    :param until: the last day, which does not move; None where no outcome was given here (an old register's record).
    :raises UnderQuarantine: it is hidden; :raises NothingToComplainOf: no outcome; :raises NotLeadAuthor: somebody else.
    :raises ComplaintOpen: another one waits; :raises ComplaintTooLate: naming the last day.
    """
    if facts.quarantined:
        raise UnderQuarantine
    if review.state not in COMPLAINABLE or until is None:
        raise NothingToComplainOf
    if actor.person_id not in {facts.lead_id, facts.filed_by_id} - {None}:
        raise NotLeadAuthor
    if is_open:
        raise ComplaintOpen
    if today > until:
        raise ComplaintTooLate(until=until)


def check_may_answer(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Refuse an answer except by a deciding head of the unit or above who is neither author nor in conflict.

    :raises UnderQuarantine: it is hidden; :raises NotDecider: no such grant; :raises AuthorMayNotAct: an author.
    :raises RecusedMayNotAct: a conflict is on record; the head of the parent unit answers then.
    """
    if facts.quarantined:
        raise UnderQuarantine
    if not actor.holds(Role.DECIDER, review.unit_path):
        raise NotDecider
    check_official(actor, facts, review)


def reads_complaints(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Say whether the actor reads complaints: the authors, and head and standing office of the level, unless in conflict."""
    if facts.quarantined:
        return False
    if actor.person_id in facts.own_people:
        return True
    offices = any(actor.holds(role, review.unit_path) for role in (Role.DECIDER, Role.REGISTRAR))
    return offices and actor.person_id not in review.recused


def may_answer(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Say whether the actor may answer complaints of the review."""
    try:
        check_may_answer(actor, facts, review)
    except Forbidden:
        return False
    return True
