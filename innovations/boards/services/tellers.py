"""Counting the printed ballots of a secret vote: two tellers, each for themselves; equal counts close the vote.

No count enters the audit trail before the vote is closed: who reads the trail could tell the second teller the first one's figures.
"""

from dataclasses import asdict

from innovations import audit
from innovations.boards.meeting_loading import Item, load_revealed_item
from innovations.boards.models_meeting import CountSettlement, TellerCount, Vote
from innovations.boards.rules.access import check_may_confirm, check_may_run_vote
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.tellers import (
    SETTLEMENT_MAX,
    TELLERS,
    Figures,
    Keyed,
    check_figures,
    check_may_count,
    check_other_teller,
    last_pair,
    to_settle,
    turn_of,
)
from innovations.boards.rules.votes import VoteNotOpen, VoteState, check_vote_open
from innovations.boards.services.votes import record
from innovations.boards.vote_facts import counts_of, tellers_of, voters_of
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.rules.content import check_reasons

VOID_MAX = 200  # characters of the reason


def _on_paper(found: Item) -> Vote:
    vote = found.vote
    if vote is None or not vote.on_paper:
        raise VoteNotOpen
    check_vote_open(VoteState(vote.state))
    return vote


def key_count(actor: Actor, board_id: int, number: int, review_id: int, figures: Figures) -> bool:
    """Key what one counted; the second count of an attempt is compared with the first.

    :returns: whether the vote is closed by it.
    :raises NotTeller: may not count; :raises CountedAlready: the other count is another person's.
    :raises VoteNotOpen: no vote on paper runs; :raises Several: figures that contradict each other.
    """
    with atomic() as session:
        found = load_revealed_item(actor, board_id, number, review_id)
        tellers = tellers_of(found)
        check_may_count(actor, found.loaded.facts, found.loaded.at, set(tellers.values()))
        vote = _on_paper(found)
        turn = turn_of(counts_of(vote))
        check_other_teller(actor.person_id, turn)
        check_figures(figures, len(voters_of(found).free))
        seat_id = next(seat for seat, person in tellers.items() if person == actor.person_id)
        session.add(TellerCount(vote_id=vote.id, attempt=turn.attempt, place=turn.place, seat_id=seat_id, **asdict(figures)))
        session.flush()
        record(AuditTag.COUNT_KEYED, found, actor, vote=vote.id, attempt=turn.attempt, seat=seat_id)
        pair = last_pair(counts_of(vote)) if turn.place == TELLERS else None
        return pair is not None and _compare(actor, found, vote, *pair)


def _compare(actor: Actor, found: Item, vote: Vote, one: Keyed, other: Keyed) -> bool:
    """Close the vote when both counts say the same.  A step."""
    differing = one.figures.differing(other.figures)
    if differing:
        record(AuditTag.COUNTS_DIFFER, found, actor, vote=vote.id, attempt=one.attempt, fields=list(differing))
        return False
    _close(actor, found, vote, one.figures)
    return True


def _close(actor: Actor, found: Item, vote: Vote, figures: Figures) -> None:
    """Write the count into the vote.  A step."""
    vote.issued, vote.invalid = figures.issued, figures.invalid
    vote.agree, vote.disagree, vote.blank = figures.agree, figures.disagree, figures.blank
    vote.state, vote.closed_at = VoteState.CLOSED.value, now()
    db.session.flush()
    record(AuditTag.VOTE_CLOSED, found, actor, vote=vote.id, **asdict(figures))
    audit.fix("vote", vote.id)


def settle_count(actor: Actor, board_id: int, number: int, review_id: int, *, place: int, reason: str) -> None:
    """Who presides says which of two differing counts stands.

    :param place: 1 or 2, as both are shown.
    :raises NotChair: somebody else; :raises NothingToSettle: no two counts differ; :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_confirm(actor, found.loaded.facts, found.loaded.at)
        vote = _on_paper(found)
        chosen = to_settle(counts_of(vote))[place - 1]
        kept = check_reasons(reason)[:SETTLEMENT_MAX]
        at = {"attempt": chosen.attempt, "place": chosen.place}
        session.add(CountSettlement(vote_id=vote.id, by_id=actor.person_id, reason=kept, **at))
        record(AuditTag.COUNT_SETTLED, found, actor, vote=vote.id, **at)
        _close(actor, found, vote, chosen.figures)


def void_paper_vote(actor: Actor, board_id: int, number: int, review_id: int, *, reason: str) -> None:
    """Declare a running vote on paper void, so that it is held again: the box holds more ballots than were handed out.

    :raises NotOnBoard: neither keeps the minutes nor presides; :raises VoteNotOpen: no vote on paper runs.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_run_vote(actor, found.loaded.facts, found.loaded.at)
        vote = _on_paper(found)
        vote.void_reason = check_reasons(reason)[:VOID_MAX]
        vote.state, vote.closed_at = VoteState.VOID.value, now()
        record(AuditTag.VOTE_VOIDED, found, actor, vote=vote.id)
