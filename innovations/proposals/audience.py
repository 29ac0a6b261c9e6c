"""Keeps, beside each proposal, the set of readers the visibility rule gives it, so that SQL filters lists by the same rule.

Steps: called inside the transaction that changed what the rule looks at.  ``flask check`` compares stored and computed sets.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, update

from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_for
from innovations.proposals.models import Audience, AudienceToken, ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.visibility import blind_token, board_tokens, document_tokens, reader_tokens
from innovations.search import outbox

#: Proposals whose facts are read at once.
CHUNK = 500


def audience_id(tokens: frozenset[str]) -> int:
    """Id of the audience with exactly these tokens, made when it is new."""
    digest = hashlib.sha256("\n".join(sorted(tokens)).encode()).hexdigest()
    known = db.session.scalar(select(Audience.id).where(Audience.digest == digest))
    if known is not None:
        return known
    made = Audience(digest=digest)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(AudienceToken(audience_id=made.id, token=token) for token in tokens)
    return made.id


def refresh(*proposal_ids: int) -> None:
    """Recompute who sees each proposal and queue it for the index.  A step.

    A unit that moves takes thousands with it, of a few audiences, while everybody else waits to write: each audience is
    looked up once and written with one statement (4,500 proposals on a busy machine: 2.7 s, one by one 25 s).
    """
    db.session.flush()
    known: dict[frozenset[str], int] = {}
    for start in range(0, len(proposal_ids), CHUNK):
        readers: dict[int, list[int]] = defaultdict(list)
        for proposal_id, facts in facts_for(proposal_ids[start : start + CHUNK]).items():
            tokens = document_tokens(facts)
            if tokens not in known:
                known[tokens] = audience_id(tokens)
            readers[known[tokens]].append(proposal_id)
        for seen_by, ids in readers.items():
            changed = update(Proposal).where(Proposal.id.in_(ids), Proposal.audience_id.is_distinct_from(seen_by))
            db.session.execute(changed.values(audience_id=seen_by))  # not through the mapper: it is no new version of the text
    outbox.enqueue_many(proposal_ids, "audience")


def follow_move(unit_ids: Collection[int]) -> None:
    """Recompute who sees what is filed, owned, written or considered in units that moved.  A step."""
    there = select(Unit.id).where(Unit.id.in_(unit_ids))
    considered = select(Review.proposal_id).where(Review.unit_id.in_(there))
    concerned = or_(
        Proposal.base_unit_id.in_(there), Proposal.owning_unit_id.in_(there), Proposal.author_unit_id.in_(there),
        Proposal.id.in_(considered),
    )  # fmt: skip
    refresh(*_ids_where(concerned))


def follow_link(person_ids: Collection[int]) -> None:
    """Recompute who sees what these people wrote or filed for others.  A step."""
    written = select(Contribution.proposal_id).where(Contribution.person_id.in_(person_ids))
    concerned = or_(Proposal.id.in_(written), Proposal.filed_by_id.in_(person_ids))
    refresh(*_ids_where(concerned))


def _ids_where(concerned: ColumnElement[bool]) -> Iterable[int]:
    return db.session.scalars(unscoped(select(Proposal.id).where(concerned), because="who sees them is computed anew"))


def whole_imports() -> Select[int]:
    """Ids of the imports whose rows may be seen."""
    return select(ImportBatch.id).where(ImportBatch.published_at.is_not(None))


def published(*, first: bool = False) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: it belongs to no import, or to one that is whole; ``first`` as in :func:`seen_with`."""
    batch = Proposal.import_batch_id if first else Proposal.import_batch_id + 0
    return or_(batch.is_(None), batch.in_(whole_imports()))


def _audiences_with(tokens: Iterable[str]) -> Select[int]:
    return select(AudienceToken.audience_id).where(AudienceToken.token.in_(sorted(tokens)))


def audiences_of(actor: Actor) -> Select[int]:
    """Ids of the audiences that ``actor`` is among."""
    return _audiences_with(reader_tokens(actor))


def seen_with(tokens: Iterable[str], *, first: bool = False) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: a reader with ``tokens`` may know of it.

    :param first: whether the query may begin there: only when it is about everything that is seen.  SQLite would begin there always, and read
        and sort 100,000 proposals for twenty; without, it begins at the list's order or at what narrows it (26 ms → 0.02).
    """
    audience = Proposal.audience_id if first else Proposal.audience_id + 0
    return audience.in_(_audiences_with(tokens)) & published(first=first)


def seen_by(actor: Actor, *, first: bool = False) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: ``actor`` may know of it.  The one filter of every list, count and export outside boards."""
    return seen_with(reader_tokens(actor), first=first)


def seen_at_board(actor: Actor) -> ColumnElement[bool]:
    """The same for lists of a board, where whoever scores blind finds what they have to score."""
    return seen_with(board_tokens(actor))


def seen_blind(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: ``actor`` may know of it, and not whose it is."""
    return and_(seen_with([blind_token(actor.person_id)]), not_(seen_by(actor)))


def written_by(actor: Actor) -> Select[int]:
    """Ids of the proposals of which ``actor`` is an author, under whichever account of the same human being."""
    humans = select(Person.id).where(or_(Person.id == actor.person_id, Person.same_as_id == actor.person_id))
    return select(Contribution.proposal_id).where(Contribution.person_id.in_(humans))
