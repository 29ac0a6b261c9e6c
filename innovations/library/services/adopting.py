"""Use cases of an adoption from the request to its end; the table of states is in ``rules/adoptions``."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.rules.errors import Forbidden
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.improvement import recognised_at
from innovations.library.loading import LoadedAdoption, load
from innovations.library.membership import recognised
from innovations.library.models import Adoption, AdoptionStep
from innovations.library.rules import adoptions as rules
from innovations.library.rules import refusals
from innovations.library.rules.adoptions import AdoptionAction, AdoptionKind, AdoptionState
from innovations.library.rules.events import AuditTag, NoticeKind
from innovations.library.services.telling import tell
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.models import Proposal
from innovations.proposals.rules.content import check_reasons
from innovations.search import outbox


@dataclass(frozen=True)
class Request:
    """Who wants it, how, and what for.  ``unit_id`` is the adopting unit."""

    unit_id: int
    kind: AdoptionKind
    purpose: str


@dataclass(frozen=True)
class Beginning:
    """Where, by whom and since when it is used."""

    place: str
    responsible: str
    from_on: date | None


def request_adoption(actor: Actor, code: str, request: Request) -> int:
    """Ask to take an improvement over for a unit the actor commands.

    :returns: the adoption's id.
    :raises NotVisible: the library does not show the improvement to the actor.
    :raises NotAdoptersCommander: the actor does not command the unit.
    :raises OwnUnit: the unit owns it already; :raises NotTheOwner: a first use by another unit.
    :raises AlreadyRunning: the unit has one that has not ended.
    """
    with atomic() as session:
        proposal = recognised_at(actor, code)
        unit = session.get(Unit, request.unit_id)
        if unit is None:
            raise Forbidden
        rules.check_may_request(actor, unit.path)
        _check_request(proposal, unit, request)
        adoption = Adoption(
            proposal_id=proposal.id, unit_id=unit.id, kind=request.kind.value, state=rules.first_state(request.kind).value,
            purpose=request.purpose, requested_at=now(), requested_by_id=actor.person_id,
        )  # fmt: skip
        session.add(adoption)
        session.flush()
        _note(adoption, rules.REQUEST, actor, request.purpose)
        audit.record(
            AuditTag.REQUESTED,
            "adoption",
            adoption.id,
            by=actor.account_id,
            proposal=proposal.id,
            unit=unit.id,
            kind=adoption.kind,
        )
        tell(NoticeKind.REQUESTED, adoption, by=actor)
        return adoption.id


def _check_request(proposal: Proposal, unit: Unit, request: Request) -> None:
    if not unit.active:
        raise refusals.UnitClosed("unit_id")
    rules.check_kind(request.kind, unit.id, proposal.owning_unit_id)
    if not request.purpose:
        raise refusals.TextMissing("purpose")
    running = select(Adoption.id).where(
        Adoption.proposal_id == proposal.id, Adoption.unit_id == unit.id, Adoption.state.in_(rules.RUNNING)
    )
    if db.session.scalar(running) is not None:
        raise refusals.AlreadyRunning(unit=unit.name)


def _note(adoption: Adoption, action: str, actor: Actor, note: str) -> None:
    step = AdoptionStep(adoption_id=adoption.id, action=action, at=now(), person_id=actor.person_id, note=note)
    db.session.add(step)


def _load_for(action: AdoptionAction, actor: Actor, adoption_id: int) -> LoadedAdoption:
    loaded = load(actor, adoption_id)
    rules.check_step(action, actor, loaded.facts)
    if action in rules.NEED_RECOGNITION:
        standing = select(Proposal.id).where(Proposal.id == loaded.adoption.proposal_id, recognised())
        if db.session.scalar(standing) is None:
            raise refusals.NoLongerRecognised
    return loaded


def _move(action: AdoptionAction, actor: Actor, adoption: Adoption, *, note: str = "") -> None:
    """State, timeline, audit row, notices, index job.  A step."""
    before = AdoptionState(adoption.state)
    step = rules.step_of(before, action)
    adoption.state = step.target.value
    _note(adoption, action.value, actor, note)
    audit.record(step.audit, "adoption", adoption.id, by=actor.account_id, **{"from": before.value, "to": step.target.value})
    tell(step.notice, adoption, by=actor)
    outbox.enqueue(adoption.proposal_id)


def agree(actor: Actor, adoption_id: int, *, conditions: str = "") -> None:
    """The owning unit's commander agrees, with conditions if any.

    :raises NotOwnersCommander: AuthorMayNotHandle: it is another person's to answer.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.AGREE, actor, adoption_id).adoption
        adoption.answered_at, adoption.answered_by_id, adoption.answer = now(), actor.person_id, conditions
        _move(AdoptionAction.AGREE, actor, adoption, note=conditions)


def decline(actor: Actor, adoption_id: int, *, reason: str) -> None:
    """The owning unit's commander declines.

    :raises ReasonsMissing: without reasons in writing.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.DECLINE, actor, adoption_id).adoption
        adoption.answer = check_reasons(reason)
        adoption.answered_at, adoption.answered_by_id = now(), actor.person_id
        _move(AdoptionAction.DECLINE, actor, adoption, note=adoption.answer)


def cancel(actor: Actor, adoption_id: int) -> None:
    """The requesting side takes the request back.

    :raises NotRequester: somebody else.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.CANCEL, actor, adoption_id).adoption
        _move(AdoptionAction.CANCEL, actor, adoption)


def start_use(actor: Actor, adoption_id: int, beginning: Beginning) -> None:
    """The adopting commander records that the unit uses it: where, who is responsible, since when.

    :raises DayInFuture: the first day lies ahead.
    :raises TextMissing: place, responsible person or first day is empty.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.START, actor, adoption_id).adoption
        for field in ("place", "responsible", "from_on"):
            if not getattr(beginning, field):
                raise refusals.TextMissing(field)
        rules.check_days(beginning.from_on, None, today())
        adoption.place, adoption.responsible, adoption.from_on = beginning.place, beginning.responsible, beginning.from_on
        _move(AdoptionAction.START, actor, adoption)


def stop_use(actor: Actor, adoption_id: int, *, to_on: date | None, reason: str) -> None:
    """The adopting commander records that the unit no longer uses it.

    :raises DayInFuture: StopBeforeStart: the last day cannot be.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        adoption = _load_for(AdoptionAction.STOP, actor, adoption_id).adoption
        if to_on is None:
            raise refusals.TextMissing("to_on")
        rules.check_days(adoption.from_on, to_on, today())
        adoption.to_on = to_on
        _move(AdoptionAction.STOP, actor, adoption, note=check_reasons(reason, "stop_reason"))
