"""Adoption: how another unit takes an improvement over, as a table of states, and who may do what (domain §3).

The owning unit agrees or declines, the requester cancels, the adopting commander starts, reports, confirms and stops.
Nobody acts officially on a proposal they co-authored: the next unit up does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, Forbidden
from innovations.core.rules.labels import Labelled
from innovations.library.rules.events import AuditTag, NoticeKind
from innovations.library.rules.refusals import (
    AdoptionNotAllowed,
    AuthorMayNotHandle,
    DayInFuture,
    NotAdoptersCommander,
    NotOwnersCommander,
    NotRequester,
    NotTheOwner,
    OwnUnit,
    PaperNotNow,
    StopBeforeStart,
)
from innovations.people.rules.roles import Actor, Role


class AdoptionState(Labelled):
    """Where an adoption stands."""

    REQUESTED = "requested", N_("Chờ trả lời")
    AGREED = "agreed", N_("Đã đồng ý")
    DECLINED = "declined", N_("Đã từ chối")
    CANCELLED = "cancelled", N_("Đã rút")
    IN_USE = "in_use", N_("Đang áp dụng")
    STOPPED = "stopped", N_("Đã ngừng")


class AdoptionKind(Labelled):
    """How it is taken over; only the two by others count as adoptions."""

    FIRST = "first", N_("Áp dụng tại đơn vị quản lý")
    REPLICATION = "replication", N_("Nhân rộng, áp dụng lại")
    TRANSFER = "transfer", N_("Nhận chuyển giao")


class AdoptionAction(Labelled):
    """What can be done to an adoption."""

    AGREE = "agree", N_("Đồng ý")
    DECLINE = "decline", N_("Từ chối đề nghị")
    CANCEL = "cancel", N_("Rút đề nghị")
    START = "start", N_("Bắt đầu áp dụng")
    REPORT = "report", N_("Báo cáo kết quả")
    CONFIRM = "confirm", N_("Xác nhận hiệu quả")
    STOP = "stop", N_("Ngừng áp dụng")


class AdoptionPaper(Labelled):
    """What is printed of an adoption."""

    REQUEST = "request", N_("Giấy đề nghị áp dụng lại")
    HANDOVER = "handover", N_("Biên bản bàn giao")
    CONFIRMATION = "confirmation", N_("Giấy xác nhận áp dụng")


#: What stands in the timeline for the request itself, which begins an adoption and so is no row of the table.
REQUEST = "request"


class Side(Labelled):
    """Whose act it is."""

    OWNER = "owner", N_("Chỉ huy đơn vị quản lý sáng kiến")
    ADOPTER = "adopter", N_("Chỉ huy đơn vị áp dụng")
    REQUESTER = "requester", N_("Bên đề nghị")


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    target: AdoptionState
    side: Side
    audit: AuditTag
    notice: NoticeKind


RUNNING = frozenset({AdoptionState.REQUESTED, AdoptionState.AGREED, AdoptionState.IN_USE})
#: What counts as a use by another unit.
COUNTED_KINDS = (AdoptionKind.REPLICATION, AdoptionKind.TRANSFER)

_S, _A = AdoptionState, AdoptionAction
TABLE: dict[tuple[AdoptionState, AdoptionAction], Step] = {
    (_S.REQUESTED, _A.AGREE): Step(_S.AGREED, Side.OWNER, AuditTag.AGREED, NoticeKind.AGREED),
    (_S.REQUESTED, _A.DECLINE): Step(_S.DECLINED, Side.OWNER, AuditTag.DECLINED, NoticeKind.DECLINED),
    (_S.REQUESTED, _A.CANCEL): Step(_S.CANCELLED, Side.REQUESTER, AuditTag.CANCELLED, NoticeKind.CANCELLED),
    (_S.AGREED, _A.START): Step(_S.IN_USE, Side.ADOPTER, AuditTag.STARTED, NoticeKind.STARTED),
    (_S.AGREED, _A.CANCEL): Step(_S.CANCELLED, Side.REQUESTER, AuditTag.CANCELLED, NoticeKind.CANCELLED),
    (_S.IN_USE, _A.REPORT): Step(_S.IN_USE, Side.ADOPTER, AuditTag.REPORTED, NoticeKind.REPORTED),
    (_S.IN_USE, _A.CONFIRM): Step(_S.IN_USE, Side.ADOPTER, AuditTag.CONFIRMED, NoticeKind.CONFIRMED),
    (_S.IN_USE, _A.STOP): Step(_S.STOPPED, Side.ADOPTER, AuditTag.STOPPED, NoticeKind.STOPPED),
}


@dataclass(frozen=True)
class AdoptionFacts:
    """What the rights to an adoption depend on; person ids are canonical.

    :param author_ids: the improvement's authors.
    """

    state: AdoptionState
    unit_path: str
    owning_unit_path: str
    author_ids: frozenset[int]
    requested_by_id: int


def step_of(state: AdoptionState, action: AdoptionAction) -> Step:
    """Return the row of the table.

    :raises AdoptionNotAllowed: there is none.
    """
    found = TABLE.get((state, action))
    if found is None:
        raise AdoptionNotAllowed(state=state, action=action)
    return found


def check_may_request(actor: Actor, unit_path: str) -> None:
    """Refuse a request for a unit the actor does not command.

    :raises NotAdoptersCommander: no commander's grant covers it.
    """
    if not actor.holds(Role.COMMANDER, unit_path):
        raise NotAdoptersCommander


def check_kind(kind: AdoptionKind, unit_id: int, owning_unit_id: int) -> None:
    """Refuse a kind that does not fit the unit: the owner records a first use, others replicate or receive.

    :raises OwnUnit: the owner asks itself.
    :raises NotTheOwner: another unit records a first use.
    """
    if kind is AdoptionKind.FIRST and unit_id != owning_unit_id:
        raise NotTheOwner("kind")
    if kind is not AdoptionKind.FIRST and unit_id == owning_unit_id:
        raise OwnUnit("unit_id")


#: Steps that need the improvement to be recognised still.
NEED_RECOGNITION = frozenset({AdoptionAction.AGREE, AdoptionAction.START})


def first_state(kind: AdoptionKind) -> AdoptionState:
    """Return where an adoption begins: the owner needs nobody's agreement to its own use."""
    return AdoptionState.AGREED if kind is AdoptionKind.FIRST else AdoptionState.REQUESTED


def check_step(action: AdoptionAction, actor: Actor, facts: AdoptionFacts) -> Step:
    """Return the step when the state has it and the actor may take it.

    :raises AdoptionNotAllowed: the state has no such step (409).
    :raises Forbidden: it is another person's to take (403).
    """
    step = step_of(facts.state, action)
    if step.side is Side.OWNER and not actor.holds(Role.COMMANDER, facts.owning_unit_path):
        raise NotOwnersCommander
    commands = actor.holds(Role.COMMANDER, facts.unit_path)
    if step.side is Side.ADOPTER and not commands:
        raise NotAdoptersCommander
    if step.side is Side.REQUESTER and not (commands or actor.person_id == facts.requested_by_id):
        raise NotRequester
    if step.side is not Side.REQUESTER and action is not AdoptionAction.REPORT and actor.person_id in facts.author_ids:
        raise AuthorMayNotHandle
    return step


def allowed_actions(actor: Actor, facts: AdoptionFacts) -> tuple[AdoptionAction, ...]:
    """Return what the actor may do now: what the page offers."""
    return tuple(action for action in AdoptionAction if _may(action, actor, facts))


def _may(action: AdoptionAction, actor: Actor, facts: AdoptionFacts) -> bool:
    try:
        check_step(action, actor, facts)
    except (Forbidden, AdoptionNotAllowed):
        return False
    return True


def may_see(actor: Actor, facts: AdoptionFacts) -> bool:
    """Say whether the actor may open the adoption's own page: both units' command and staff, the requester, the authors."""
    if actor.person_id in facts.author_ids | {facts.requested_by_id}:
        return True
    paths = (facts.unit_path, facts.owning_unit_path)
    return any(actor.holds(role, path) for role in (Role.COMMANDER, Role.REGISTRAR, Role.DECIDER) for path in paths)


#: In which states there is which paper.  What the owner uses itself was neither asked for nor handed over.
PAPERS: dict[AdoptionPaper, frozenset[AdoptionState]] = {
    AdoptionPaper.REQUEST: frozenset({_S.REQUESTED, _S.AGREED, _S.DECLINED, _S.IN_USE, _S.STOPPED}),
    AdoptionPaper.HANDOVER: frozenset({_S.AGREED, _S.IN_USE, _S.STOPPED}),
    AdoptionPaper.CONFIRMATION: frozenset({_S.IN_USE, _S.STOPPED}),
}


def papers_of(kind: AdoptionKind, state: AdoptionState) -> tuple[AdoptionPaper, ...]:
    """Return which papers there are now."""
    shared = kind in COUNTED_KINDS
    return tuple(each for each in AdoptionPaper if state in PAPERS[each] and (shared or each is AdoptionPaper.CONFIRMATION))


def check_paper(paper: AdoptionPaper, kind: AdoptionKind, state: AdoptionState) -> None:
    """Refuse a paper that has nothing to say yet.

    :raises PaperNotNow: see :data:`PAPERS`.
    """
    if paper not in papers_of(kind, state):
        raise PaperNotNow(state=state, paper=paper)


def check_days(since: date | None, until: date | None, today: date) -> None:
    """Refuse days of use that cannot be.

    :raises DayInFuture: a day lies ahead.
    :raises StopBeforeStart: the end comes before the beginning.
    """
    for field, day in (("from_on", since), ("to_on", until)):
        if day is not None and day > today:
            raise DayInFuture(field, day=day)
    if since is not None and until is not None and until < since:
        raise StopBeforeStart("to_on", since=since, until=until)


#: A report this many days before a follow-up date answers that follow-up [ours].
EARLY_DAYS = 30


def next_follow_up(dates: tuple[date, ...], reported_on: date | None) -> date | None:
    """Return the first follow-up date that no report answers yet; ``None`` when all are answered.

    :param dates: the follow-up dates of the use, in order (6 and 12 months after its start).
    :param reported_on: day of the latest report of results.
    """
    for due in dates:
        if reported_on is None or (due - reported_on).days > EARLY_DAYS:
            return due
    return None
