"""What an adoption brought: reports, confirmed benefits, and the reminders at 6 and 12 months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.adoption_queries import due_dates
from innovations.library.loading import load
from innovations.library.models import Adoption, AdoptionBenefit, AdoptionStep
from innovations.library.rules import adoptions as rules
from innovations.library.rules import refusals
from innovations.library.rules.adoptions import AdoptionAction, AdoptionState
from innovations.library.rules.events import NoticeKind
from innovations.library.services.telling import commanders_for, tell
from innovations.notifications import notify
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class FollowUp:
    """A use whose results are asked for: since ``due_on`` nobody reported them."""

    adoption_id: int
    proposal_id: int
    unit_id: int
    due_on: date


def report_results(actor: Actor, adoption_id: int, *, result: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """The adopting commander writes what it brought and replaces the measured before/after lines.

    A new report needs a new confirmation.

    :param lines: keys ``kind``, ``label``, ``before``, ``after``, ``measure``, ``money_per_year``.
    :raises TextMissing: without a summary.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.REPORT, actor, adoption_id)
        if not result:
            raise refusals.TextMissing("result")
        adoption.result, adoption.reported_on = result, today()
        adoption.benefits = [AdoptionBenefit(**line) for line in lines]
        adoption.confirmed_at = adoption.confirmed_by_id = None
        _note(AdoptionAction.REPORT, actor, adoption, result)


def confirm_benefits(actor: Actor, adoption_id: int) -> None:
    """The adopting commander confirms the measured benefits; reports add up confirmed ones only.

    :raises NothingMeasured: nothing was measured yet.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.CONFIRM, actor, adoption_id)
        if not adoption.benefits:
            raise refusals.NothingMeasured
        adoption.confirmed_at, adoption.confirmed_by_id = now(), actor.person_id
        _note(AdoptionAction.CONFIRM, actor, adoption, "")


def _load_for(action: AdoptionAction, actor: Actor, adoption_id: int) -> Adoption:
    loaded = load(actor, adoption_id)
    rules.check_step(action, actor, loaded.facts)
    return loaded.adoption


def _note(action: AdoptionAction, actor: Actor, adoption: Adoption, note: str) -> None:
    step = rules.step_of(AdoptionState(adoption.state), action)
    db.session.add(AdoptionStep(adoption_id=adoption.id, action=action.value, at=now(), person_id=actor.person_id, note=note))
    audit.record(step.audit, "adoption", adoption.id, by=actor.account_id)
    tell(step.notice, adoption, by=actor)


def due_follow_ups(on: date) -> list[FollowUp]:
    """Uses whose 6 or 12 months are over on ``on`` without a report, the longest overdue first."""
    rows = list(db.session.scalars(select(Adoption).where(Adoption.state == AdoptionState.IN_USE)))
    due = due_dates(rows, on)
    found = [FollowUp(row.id, row.proposal_id, row.unit_id, due[row.id]) for row in rows if row.id in due]
    return sorted(found, key=lambda each: (each.due_on, each.adoption_id))


def remind_follow_ups() -> int:
    """Tell the adopting commanders whose report is due, once per due date; for the worker.  Returns how many were told."""
    with atomic():
        return sum(
            notify(
                NoticeKind.FOLLOW_UP, commanders_for(each.unit_id), "adoption", each.adoption_id,
                once=f"adoption-{each.adoption_id}-{each.due_on.isoformat()}", due=each.due_on,
            )
            for each in due_follow_ups(today())
        )  # fmt: skip
