"""Conflicts of interest that are declared: by the member ("có liên quan, xin rút") or recorded by the secretary.

From then on the person neither reads, scores, votes on nor keeps the minutes of the item; a sheet already given no longer counts.
"""

from innovations import audit
from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.loading import load_review
from innovations.boards.models import DismissedConflict, Recusal, Seat
from innovations.boards.rules.access import check_may_declare_conflict, check_may_record_recusal
from innovations.boards.rules.conflicts import DISMISSABLE, AlreadyRecused, Conflict, ConflictKind, NoSuchConflict
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.core.clock import now, today
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.content import check_reasons

REASON_MAX = 500  # characters


def _record(loaded: Loaded, human_id: int, reason: str, by: Actor, kind: ConflictKind = ConflictKind.DECLARED) -> None:
    """Store the conflict and take the sight of the review away.  A step."""
    db.session.add(
        Recusal(
            review_id=loaded.review.id, person_id=human_id, kind=kind.value, reason=reason[:REASON_MAX],
            declared_by_id=by.person_id, at=now(),
        )
    )  # fmt: skip
    audit.record(AuditTag.RECUSED, "proposal", loaded.proposal.id, by=by.account_id, review=loaded.review.id, person=human_id)
    audience.refresh(loaded.proposal.id)


def recuse_myself(actor: Actor, board_id: int, review_id: int, *, reason: str) -> None:
    """A member declares the own conflict and withdraws from this review; the secretary is told.

    :raises NotOnBoard: the actor holds no seat of the board today.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        loaded = load_review(actor, board_id, review_id)
        check_may_declare_conflict(actor, loaded.facts, loaded.at, board_facts(board_id), today())
        _record(loaded, actor.person_id, check_reasons(reason), actor)
        notify(NoticeKind.ASSIGNMENT_DECLINED, [loaded.secretary], "review", review_id)


def recuse_member(actor: Actor, board_id: int, review_id: int, seat_id: int, *, reason: str) -> None:
    """The secretary records another member's conflict.

    :raises NotSecretary: somebody else.
    :raises AlreadyRecused: it is on record.
    :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        loaded = load_review(actor, board_id, review_id)
        check_may_record_recusal(actor, loaded.facts, loaded.at)
        _record(loaded, _free_member(session.get(Seat, seat_id), loaded), check_reasons(reason), actor)


def _free_member(seat: Seat | None, loaded: Loaded) -> int:
    """The human being in a seat of the review's board, whose conflict is not on record."""
    if seat is None or seat.board_id != loaded.review.board_id:
        raise NotVisible
    if seat.person.human_id in loaded.at.recused:
        raise AlreadyRecused("seat_id")
    return seat.person.human_id


def judge_conflict(
    actor: Actor, board_id: int, review_id: int, seat_id: int, kind: ConflictKind, *, holds: bool, reason: str
) -> None:
    """The secretary pins a computed conflict, so that it stays whatever moves later, or dismisses it for this review.

    :param holds: pin it; otherwise dismiss it, which only what a rule set counts allows.
    Whoever has a conflict does not come here: the deputy keeps the review then.

    :raises NotSecretary: somebody else.
    :raises AlreadyRecused: a conflict of this member is on record.
    :raises NoSuchConflict: it does not stand, or is an author's.
    :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        loaded = load_review(actor, board_id, review_id)
        check_may_record_recusal(actor, loaded.facts, loaded.at)
        human = _free_member(session.get(Seat, seat_id), loaded)
        if kind not in DISMISSABLE or Conflict(kind) not in conflicts_on(loaded).get(seat_id, ()):
            raise NoSuchConflict("seat_id")
        if holds:
            _record(loaded, human, check_reasons(reason), actor, kind)
            return
        row = DismissedConflict(review_id=review_id, person_id=human, kind=kind.value, by_id=actor.person_id, at=now())
        row.reason = check_reasons(reason)[:REASON_MAX]
        session.add(row)
        audience.refresh(loaded.proposal.id)
        stated = {"review": review_id, "person": human, "kind": kind.value}
        audit.record(AuditTag.CONFLICT_DISMISSED, "proposal", loaded.proposal.id, by=actor.account_id, **stated)
