"""The items of a meeting's agenda as its people see them, each with what may be done to it now.

An item the reader may not know of (an author, a person with a conflict) is shown without code and title.  No count of a running
vote leaves this module, only how many have voted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from innovations.boards.blinding import titles_for
from innovations.boards.conflict_queries import conflicts_among
from innovations.boards.meeting_loading import Item, Sitting
from innovations.boards.models_meeting import AgendaItem, HasVoted, OpenOpinion, Vote
from innovations.boards.rules.access import (
    check_may_confirm,
    check_may_open_review,
    check_may_record_conclusion,
    check_may_run_vote,
    permitted,
)
from innovations.boards.rules.meetings import Conclusion, MeetingState
from innovations.boards.rules.quorum import Outlook
from innovations.boards.rules.votes import VoteState
from innovations.boards.vote_facts import tellers_of, voters_of
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Review
from innovations.proposals.rules.access import may
from innovations.proposals.rules.facts import acting_chair, acting_secretary
from innovations.proposals.rules.states import Action, State


@dataclass(frozen=True)
class VoteShown:
    """A vote; the counts are ``None`` until it is closed."""

    mode: str
    state: VoteState
    present: int
    base: int
    needed: int
    voted: int
    agree: int | None
    disagree: int | None
    blank: int | None
    invalid: int | None
    void_reason: str
    on_paper: bool
    issued: int | None


@dataclass(frozen=True)
class ItemRights:
    """What the reader may do to an item now, for buttons; every use case asks again."""

    takes_up: bool = False
    reveals: bool = False
    postpones: bool = False
    runs_vote: bool = False
    votes: bool = False
    counts: bool = False
    records: bool = False
    confirms: bool = False


@dataclass(frozen=True)
class ItemShown:
    """An item of the agenda; ``known`` is false when the reader takes no part in it."""

    review_id: int
    position: int
    known: bool
    code: str = ""
    title: str = ""
    state: State | None = None
    discussion: str = ""
    conclusion: Conclusion | None = None
    conclusion_text: str = ""
    confirmed: bool = False
    vote: VoteShown | None = None
    voids: tuple[str, ...] = ()
    outlook: Outlook | None = None
    secret: bool = True
    voters: tuple[tuple[int, str], ...] = ()
    stepping_out: tuple[str, ...] = ()
    taken_up_at: datetime | None = None
    rights: ItemRights = ItemRights()


def _turnout(votes: list[Vote]) -> Mapping[int, frozenset[int]]:
    """Which seats have voted, by vote."""
    found: dict[int, frozenset[int]] = {vote.id: frozenset() for vote in votes}
    for table in (OpenOpinion, HasVoted):
        for vote_id, seat_id in db.session.execute(select(table.vote_id, table.seat_id).where(table.vote_id.in_(found))):
            found[vote_id] |= {seat_id}
    return found


def _vote_shown(vote: Vote, voted: int) -> VoteShown:
    closed = vote.state == VoteState.CLOSED.value
    counts = (vote.agree, vote.disagree, vote.blank, vote.invalid) if closed else (None, None, None, None)
    return VoteShown(
        vote.mode, VoteState(vote.state), vote.present, vote.base, vote.needed, voted, *counts, vote.void_reason,
        vote.on_paper, vote.issued,
    )  # fmt: skip


def _runs(vote: Vote | None) -> bool:
    return vote is not None and vote.state == VoteState.OPEN.value


def _rights(actor: Actor, found: Item, free: Mapping[int, int], voted: frozenset[int]) -> ItemRights:
    """What is possible in a running meeting; elsewhere nothing is."""
    facts, at, vote, item = found.loaded.facts, found.loaded.at, found.vote, found.item
    if found.sitting.state is not MeetingState.OPEN or item.confirmed_at or item.conclusion == Conclusion.POSTPONED.value:
        return ItemRights()
    mine = {seat for seat, person in free.items() if person == actor.person_id}
    runs, on_paper = _runs(vote), vote is not None and vote.on_paper
    begun = item.taken_up_at is not None or vote is not None or item.conclusion
    return ItemRights(
        takes_up=not begun and actor.person_id in {acting_secretary(facts, at), acting_chair(facts, at)},
        reveals=may(Action.REVEAL, actor, facts, at),
        postpones=(may(Action.POSTPONE, actor, facts, at) or may(Action.REVEAL, actor, facts, at)) and vote is None,
        runs_vote=permitted(check_may_run_vote, actor, facts, at),
        votes=runs and not on_paper and at.state is State.MEETING and bool(mine - voted),
        counts=runs and on_paper and actor.person_id in tellers_of(found).values(),
        records=permitted(check_may_record_conclusion, actor, facts, at),
        confirms=bool(item.conclusion) and permitted(check_may_confirm, actor, facts, at),
    )


@dataclass(frozen=True)
class _Read:
    """What was read once for a whole agenda: seats' names, titles as the reader may know them, who has voted."""

    names: Mapping[int, str]
    titles: Mapping[int, str]
    voted: Mapping[int, frozenset[int]]


def _item_shown(actor: Actor, found: Item, read: _Read) -> ItemShown:
    item, proposal, voters, vote = found.item, found.loaded.proposal, voters_of(found), found.vote
    voted = read.voted[vote.id] if vote else frozenset()
    return ItemShown(
        item.review_id, item.position, True, proposal.code or "", read.titles[item.review_id], found.loaded.at.state, item.discussion,
        Conclusion(item.conclusion) if item.conclusion else None, item.conclusion_text, item.confirmed_at is not None,
        _vote_shown(vote, len(voted)) if vote else None, tuple(each.void_reason for each in item.votes if each.state == "void"),
        voters.outlook, found.loaded.rules.vote_mode.value == "secret",
        tuple((seat, read.names[seat]) for seat in voters.free),
        tuple(read.names[seat] for seat in sorted(found.barred) if seat in read.names), item.taken_up_at, _rights(actor, found, voters.free, voted),
    )  # fmt: skip


def _known(actor: Actor, sitting: Sitting, agenda: list[AgendaItem]) -> dict[int, Item]:
    """The items that the reader may know of, by review; as many queries for any agenda."""
    facts = facts_for({item.review.proposal_id for item in agenda})
    loaded = {}
    for item in agenda:
        whole = facts[item.review.proposal_id]
        at = review_facts(whole, item.review_id)
        if permitted(check_may_open_review, actor, whole, at) and not whole.quarantined:
            loaded[item.review_id] = Loaded(item.review.proposal, item.review, whole, at)
    conflicts = conflicts_among(list(loaded.values()))
    return {
        item.review_id: Item(sitting, item, loaded[item.review_id], conflicts[item.review_id])
        for item in agenda
        if item.review_id in loaded
    }


def read_agenda(meeting_id: int, *conditions: ColumnElement[bool], on: slice | None = None) -> list[AgendaItem]:
    """Items of an agenda in their order, with what is shown of them; ``on`` a page of it when told one."""
    whole = joinedload(AgendaItem.review).joinedload(Review.proposal)
    chosen = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, *conditions).order_by(AgendaItem.position)
    if on is not None:
        chosen = chosen.slice(on.start, on.stop)
    return list(db.session.scalars(chosen.options(whole, selectinload(AgendaItem.votes))))


def items_shown(actor: Actor, sitting: Sitting, names: dict[int, str], agenda: list[AgendaItem]) -> tuple[ItemShown, ...]:
    """The items as the reader may know them; as many queries for any agenda.

    :param names: of the members, by seat.
    """
    known = _known(actor, sitting, agenda)
    titles = titles_for(actor, {review_id: found.loaded.proposal.title for review_id, found in known.items()})
    read = _Read(names, titles, _turnout([vote for item in agenda for vote in item.votes]))
    return tuple(
        _item_shown(actor, known[item.review_id], read)
        if item.review_id in known
        else ItemShown(item.review_id, item.position, known=False)
        for item in agenda
    )
