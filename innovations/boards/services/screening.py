"""Screening a whole import or campaign for repetitions: against the register, and of its own proposals against each other.

Each proposal is asked of the index once and at most five answers are kept, so N proposals cost N looks, never N times N.  The worker
takes :func:`step` when nothing waits to be indexed; a command takes the steps itself.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, or_, select

from innovations import audit, search
from innovations.boards.models_screening import Screening
from innovations.boards.rules.events import AuditTag
from innovations.boards.screening_queries import check_screener, screening_for, subject_of
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.identity import actor_of
from innovations.people.models import Account
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_with
from innovations.proposals.facts import facts_for
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.access import AuthorMayNotAct
from innovations.proposals.rules.events import AuditTag as ProposalTag
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import similarity_tokens
from innovations.proposals.services.alike import repeats, text_of
from innovations.proposals.services.similar import Says

#: Proposals in one step: about a quarter of a second, and one short commit.
CHUNK = 25
#: What was not handed in, or taken back, is not screened.
_NOT_HANDED_IN = (State.DRAFT, State.UNIT_REVIEW, State.WITHDRAWN)


def screened(screening: Screening) -> Select[int]:
    """Ids of the proposals the screening is about."""
    chosen = select(Proposal.id).where(Proposal.quarantined_at.is_(None))
    if screening.batch_id is not None:
        return chosen.where(Proposal.import_batch_id == screening.batch_id)
    handed_in = select(Review.proposal_id).where(Review.campaign_id == screening.campaign_id, Review.state.not_in(_NOT_HANDED_IN))
    return chosen.where(Proposal.id.in_(handed_in))


def ask_screening(actor: Actor, *, batch_id: int | None = None, campaign_id: int | None = None) -> int:
    """Have an import or a campaign screened; one that still runs is not begun twice.  Returns its id.

    :raises NotVisible: there is none, or the actor keeps neither its register nor is secretary of its board.
    """
    batch_id, campaign_id = batch_id or None, campaign_id or None  # nothing has the number 0
    with atomic() as session:
        subject = subject_of(batch_id, campaign_id)
        check_screener(actor, subject)
        same = Screening.batch_id == batch_id if batch_id else Screening.campaign_id == campaign_id
        running = session.scalar(select(Screening).where(same, Screening.finished_at.is_(None)))
        if running is not None:
            return running.id
        row = Screening(
            unit_id=subject.unit_id, batch_id=batch_id, campaign_id=campaign_id, by_id=actor.account_id, asked_at=now()
        )
        counted = select(func.count()).select_from(screened(row).subquery())
        row.total = (
            session.scalar(unscoped(counted, because="how far the screening is; findings are shown to whom they may be")) or 0
        )
        session.add(row)
        session.flush()
        audit.record(AuditTag.SCREENING_ASKED, "screening", row.id, by=actor.account_id, batch=batch_id, campaign=campaign_id)
        return row.id


def step(screening_id: int | None = None) -> int:
    """Compare the next proposals of a screening, without an id of the oldest that waits; returns how many, 0 when there is nothing to do.

    Nothing is done while the index cannot be asked.
    """
    waiting = select(Screening).where(Screening.finished_at.is_(None)).order_by(Screening.id)
    row = db.session.scalar(waiting.where(Screening.id == screening_id) if screening_id else waiting.limit(1))
    if row is None or not search.available():
        db.session.rollback()
        return 0
    done_id, ids = row.id, list(db.session.scalars(_next(row)))
    found = _found(row, ids)
    db.session.rollback()
    with atomic() as session:
        row = session.get_one(Screening, done_id)
        for one, other, score in found:
            _keep(one, other, score)
        _forget_outdated(ids, found)
        row.done, row.last_id = row.done + len(ids), max(ids, default=row.last_id)
        if len(ids) < CHUNK:
            row.finished_at, row.total = now(), row.done
    return len(ids) or 1


def _next(row: Screening) -> Select[int]:
    return screened(row).where(Proposal.id > row.last_id).order_by(Proposal.id).limit(CHUNK)


def _found(row: Screening, ids: list[int]) -> list[tuple[int, int, Decimal]]:
    """(proposal, what it repeats, score): of two in the same screening the one that came later repeats the other."""
    actor = actor_of(db.session.get_one(Account, row.by_id))
    tokens = similarity_tokens(actor, [row.unit_id])
    found = {}
    for each in db.session.scalars(select(Proposal).where(Proposal.id.in_(ids), seen_with(tokens))):
        like = repeats(each.title, text_of(each.situation, each.content), tokens, exclude=[each.id])
        known = set(db.session.scalars(select(Proposal.id).where(Proposal.id.in_(like), seen_with(tokens))))
        same = set(db.session.scalars(screened(row).where(Proposal.id.in_(known))))
        for other in known:
            pair = (max(each.id, other), min(each.id, other)) if other in same else (each.id, other)
            found[pair] = round(Decimal(like[other]), 2)
    return [(one, other, score) for (one, other), score in found.items()]


def _keep(one: int, other: int, score: Decimal) -> None:
    """Store the pair unless it is there, whichever of the two it was found at.  A step."""
    kept = db.session.scalar(select(SimilarityFinding).where(_of_pair(one, other)))
    if kept is None:
        db.session.add(SimilarityFinding(proposal_id=one, other_id=other, score=score, asked=False))
    else:
        kept.score = score


def _of_pair(one: int, other: int) -> ColumnElement[bool]:
    return or_(
        (SimilarityFinding.proposal_id == one) & (SimilarityFinding.other_id == other),
        (SimilarityFinding.proposal_id == other) & (SimilarityFinding.other_id == one),
    )


def _forget_outdated(ids: list[int], found: list[tuple[int, int, Decimal]]) -> None:
    """What an earlier screening found of these and nobody judged is forgotten when it is no longer found.  A step."""
    pairs = {frozenset((one, other)) for one, other, _score in found}
    old = select(SimilarityFinding).where(
        SimilarityFinding.proposal_id.in_(ids), SimilarityFinding.other_id.not_in(ids), SimilarityFinding.asked.is_(False),
        SimilarityFinding.verdict == "", SimilarityFinding.author_says == "",
    )  # fmt: skip
    for row in db.session.scalars(old):
        if frozenset((row.proposal_id, row.other_id)) not in pairs:
            db.session.delete(row)


def judge(actor: Actor, screening_id: int, finding_id: int, verdict: str) -> None:
    """The registrar's verdict on a record of an import: no receiver or board will look at it.

    :raises Forbidden: the finding is of a campaign: whoever examines the proposal judges it there.
    :raises AuthorMayNotAct: the actor is an author of one of the two.
    """
    with atomic() as session:
        row = screening_for(actor, screening_id)
        finding = session.get(SimilarityFinding, finding_id)
        if finding is None or verdict not in {each.value for each in Says}:
            raise NotVisible
        if row.batch_id is None:
            raise Forbidden
        both = [finding.proposal_id, finding.other_id]
        tokens = similarity_tokens(actor, [row.unit_id])
        seen = set(session.scalars(select(Proposal.id).where(Proposal.id.in_(both), seen_with(tokens))))
        if seen != set(both) or not set(session.scalars(screened(row).where(Proposal.id.in_(both)))):
            raise NotVisible
        if any(actor.person_id in facts.author_ids for facts in facts_for(both).values()):
            raise AuthorMayNotAct
        finding.verdict, finding.looked_at_by_id, finding.looked_at = verdict, actor.person_id, now()
        audit.record(
            ProposalTag.SIMILARITY_LOOKED_AT, "proposal", finding.proposal_id, by=actor.account_id, other=finding.other_id
        )
