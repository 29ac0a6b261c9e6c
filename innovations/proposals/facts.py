"""Reads, in a handful of queries for any number of proposals, the facts that rights depend on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from innovations.core.aliases import lasting_alias
from innovations.core.clock import today
from innovations.core.statements import Columns, ids, kept_statement, read_once, rows
from innovations.people.models import Person, Unit
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.relations import BoardRelations, relations_of
from innovations.proposals.rules.content import Origin, is_state_paid
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts

Human = func.coalesce(Person.same_as_id, Person.id)
# Made once: an alias copies every column of its table, and making these anew took half the time of loading a proposal.
_Head, _Filer = lasting_alias(Person), lasting_alias(Person)
_Base, _Owner, _Writer = lasting_alias(Unit), lasting_alias(Unit), lasting_alias(Unit)


@kept_statement
def _contributors() -> Columns:
    chosen = select(Contribution.proposal_id, Contribution.is_lead, Human).join(Person, Person.id == Contribution.person_id)
    return chosen.where(Contribution.proposal_id.in_(ids()))


@kept_statement
def _considerations() -> Columns:
    return (
        select(
            Review.id, Review.proposal_id, Review.state, Review.unit_id, Review.board_id, Review.received_at, Review.accepted_at,
            Unit.path, func.coalesce(_Head.same_as_id, _Head.id).label("head"),
        )
        .join(Unit, Unit.id == Review.unit_id)
        .outerjoin(_Head, _Head.id == Unit.head_id)
        .where(Review.proposal_id.in_(ids()))
        .order_by(Review.id)
    )  # fmt: skip


@kept_statement
def _proposals() -> Columns:
    return (
        select(
            Proposal.id, Proposal.code, Proposal.draft_code, Proposal.base_unit_id, Proposal.handling, Proposal.quarantined_at,
            Proposal.investor_kind, Proposal.first_filed_at, Proposal.origin, _Base.path.label("base"), _Owner.path.label("owner"),
            _Writer.path.label("writer"), func.coalesce(_Filer.same_as_id, _Filer.id).label("filer"),
        )
        .join(_Base, _Base.id == Proposal.base_unit_id)
        .join(_Owner, _Owner.id == Proposal.owning_unit_id)
        .join(_Writer, _Writer.id == Proposal.author_unit_id)
        .outerjoin(_Filer, _Filer.id == Proposal.filed_by_id)
        .where(Proposal.id.in_(ids()))
    )  # fmt: skip


def _authors(proposal_ids: list[int]) -> tuple[dict[int, set[int]], dict[int, int]]:
    authors: dict[int, set[int]] = defaultdict(set)
    leads: dict[int, int] = {}
    for proposal_id, is_lead, human in rows(_contributors(), ids=proposal_ids):
        authors[proposal_id].add(human)
        if is_lead:
            leads[proposal_id] = human
    return authors, leads


def _reviews(proposal_ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows(_considerations(), ids=proposal_ids):
        found[row.proposal_id].append(row)
    return found


def _review_facts(row: Any, relations: BoardRelations, *, imported: bool) -> ReviewFacts:
    return ReviewFacts(
        review_id=row.id,
        state=row.state,
        unit_id=row.unit_id,
        unit_path=row.path,
        board_id=row.board_id,
        chair_id=relations.chair_id,
        deputy_id=relations.deputy_id,
        secretary_id=relations.secretary_id,
        chair_absent=relations.chair_absent,
        assigned=relations.assigned,
        recused=relations.recused,
        conflicted=relations.conflicted,
        blinded=relations.blinded,
        phase=relations.phase,
        reached_submitted=imported or row.received_at is not None,  # the old register rarely says when
        reached_accepted=row.accepted_at is not None,
    )


def facts_for(proposal_ids: Iterable[int], *, army_is_state_paid: bool = True) -> Mapping[int, ProposalFacts]:
    """Facts of each proposal that exists; ids of others are left out."""
    wanted = list(proposal_ids)
    authors, leads = _authors(wanted)
    reviews = _reviews(wanted)
    relations = relations_of(row.id for rows_of in reviews.values() for row in rows_of if row.board_id is not None)
    return {
        row.id: ProposalFacts(
            proposal_id=row.id,
            code=row.code or row.draft_code or "",
            lead_id=leads.get(row.id),
            author_ids=frozenset(authors[row.id]),
            base_unit_id=row.base_unit_id,
            base_unit_path=row.base,
            author_unit_path=row.writer,
            owning_unit_path=row.owner,
            filed_by_id=row.filer,
            handling=row.handling,
            quarantined=row.quarantined_at is not None,
            state_paid=is_state_paid(row.investor_kind, army_is_state_paid=army_is_state_paid),
            head_is_author=any(each.head in authors[row.id] for each in reviews[row.id] if each.head is not None),
            ever_submitted=row.first_filed_at is not None,
            reviews=tuple(
                _review_facts(each, relations.get(each.id, BoardRelations()), imported=row.origin is Origin.IMPORTED)
                for each in reviews[row.id]
            ),
        )
        for row in rows(_proposals(), ids=wanted)
    }


@read_once
def _facts_on(proposal_id: int, _day: date) -> ProposalFacts:
    return facts_for([proposal_id])[proposal_id]


def facts_of(proposal_id: int) -> ProposalFacts:
    """Facts of one proposal, today.

    :raises KeyError: there is no such proposal.
    """
    return _facts_on(proposal_id, today())


def review_facts(facts: ProposalFacts, review_id: int) -> ReviewFacts:
    """The facts of one of its reviews.

    :raises KeyError: the review belongs to another proposal.
    """
    for review in facts.reviews:
        if review.review_id == review_id:
            return review
    raise KeyError(review_id)
