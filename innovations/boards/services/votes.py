"""Votes on an item: opening, giving an opinion, the roll of an open vote.  The close has its own module, :mod:`.counting`.

In a secret vote nothing joins a person to an opinion: casting commits that the seat has voted together with a sealed opinion
under a random key, and writes no audit row, notice, log line or time beside them (domain §6).
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import delete, func, select

from innovations import audit
from innovations.boards import sealing
from innovations.boards.meeting_loading import Item, load_revealed_item
from innovations.boards.models_meeting import HasVoted, OpenOpinion, SealedBallot, Vote
from innovations.boards.rules.access import check_may_run_vote, check_may_vote
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.meetings import Conclusion, ItemSettled, check_registered
from innovations.boards.rules.quorum import check_can_open
from innovations.boards.rules.votes import (
    NotAVoter,
    Opinion,
    RollNeedsOpenVote,
    VotedAlready,
    VoteNotOpen,
    VoteOpenedAlready,
    VoteState,
    check_not_on_paper,
    check_paper,
    check_vote_open,
)
from innovations.boards.vote_facts import voters_of
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.content import check_evidence_for_vote
from innovations.regulations.rules.rulesets import VoteMode

#: Kinds of files that show an application or a trial.
EVIDENCE = ("evidence", "photo")


def record(tag: AuditTag, found: Item, actor: Actor, **data: object) -> None:
    """An audit row about a vote: counts and ids of the item, never a voter of a secret one.  A step."""
    review, meeting = found.loaded.review, found.sitting.meeting
    stated = {"review": review.id, "meeting": meeting.id, **data}
    audit.record(tag, "proposal", found.loaded.proposal.id, by=actor.account_id, **stated)


def _evidence(proposal_id: int) -> int:
    chosen = select(func.count()).where(Attachment.proposal_id == proposal_id, Attachment.kind.in_(EVIDENCE))
    return db.session.scalar(chosen) or 0


def _withdraw_conclusion(found: Item) -> None:
    """A completion that was recorded but not confirmed gives way to the vote."""
    if found.item.confirmed_at is not None or found.item.conclusion == Conclusion.POSTPONED.value:
        raise ItemSettled
    found.item.conclusion = found.item.conclusion_text = found.item.revise_back_to = ""


def open_vote(actor: Actor, board_id: int, number: int, review_id: int, *, on_paper: bool = False) -> None:
    """Open the vote in the mode the review froze; who votes by phone is told.

    :param on_paper: a secret vote on printed ballots, counted by two tellers (:mod:`.tellers`).
    :raises PaperNeedsSecretVote: the rules ask for an open one.
    :raises AttendanceMissing, NoQuorum: the quorum is not registered.
    :raises EvidenceMissing: nothing shows an application or a trial.
    :raises VoteOpenedAlready: one stands; :raises ItemSettled: the item was postponed or sent back.
    """
    with atomic() as session:
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_run_vote(actor, found.loaded.facts, found.loaded.at)
        if found.vote is not None:
            raise VoteOpenedAlready
        _withdraw_conclusion(found)
        check_registered(found.sitting.seats, [row.seat_id for row in found.sitting.meeting.attendance])
        check_evidence_for_vote(_evidence(found.loaded.proposal.id), found.loaded.proposal.origin)
        voters, mode = voters_of(found), found.loaded.rules.vote_mode
        check_can_open(voters.outlook)
        check_paper(secret=mode is VoteMode.SECRET, on_paper=on_paper)
        vote = Vote(item_id=found.item.id, mode=mode.value, on_paper=on_paper, opened_at=now(), base=voters.base)
        vote.present, vote.needed = voters.outlook.present, voters.outlook.needed
        vote.public_key = sealing.make_key() if mode is VoteMode.SECRET and not on_paper else None
        session.add(vote)
        session.flush()
        record(AuditTag.VOTE_OPENED, found, actor, vote=vote.id, base=vote.base, present=vote.present, needed=vote.needed)
        if not on_paper:
            notify(NoticeKind.VOTE_OPENED, voters.free.values(), "vote", vote.id)


def _open(found: Item) -> Vote:
    if found.vote is None:
        raise VoteNotOpen
    check_vote_open(VoteState(found.vote.state))
    return found.vote


def _own_seat(found: Item, actor: Actor) -> int:
    free = voters_of(found).free
    check_may_vote(actor, found.loaded.facts, found.loaded.at, frozenset(free.values()))
    return next(seat for seat, person in free.items() if person == actor.person_id)


def has_voted(vote: Vote, seat_id: int) -> bool:
    """Whether the seat has given its opinion."""
    table = HasVoted if vote.mode == VoteMode.SECRET.value else OpenOpinion
    return db.session.get(table, (vote.id, seat_id)) is not None


def cast(actor: Actor, board_id: int, number: int, review_id: int, *, opinion: Opinion) -> None:
    """Give one's opinion, once.

    :raises NotVoter: no voting seat, or not registered as present; :raises RecusedMayNotAct: a conflict.
    :raises VoteNotOpen: no vote is open; :raises VotedAlready: the seat has voted; :raises VoteOnPaper: ballots are printed.
    """
    with atomic() as session:
        found = load_revealed_item(actor, board_id, number, review_id)
        seat_id, vote = _own_seat(found, actor), _open(found)
        check_not_on_paper(on_paper=vote.on_paper)
        if has_voted(vote, seat_id):
            raise VotedAlready
        if vote.public_key is None:
            session.add(OpenOpinion(vote_id=vote.id, seat_id=seat_id, opinion=opinion.value))
            record(AuditTag.OPINION_GIVEN, found, actor, vote=vote.id, seat=seat_id, opinion=opinion.value)
            return
        session.add(HasVoted(vote_id=vote.id, seat_id=seat_id))
        sealed = sealing.seal(vote.public_key, opinion)
        session.add(SealedBallot(key=secrets.token_hex(16), vote_id=vote.id, sealed=sealed))


def record_roll(actor: Actor, board_id: int, number: int, review_id: int, opinions: Mapping[int, Opinion]) -> None:
    """The secretary writes down an open vote taken by roll: seat → opinion, in place of what stood there.

    :raises RollNeedsOpenVote: the vote is secret; :raises NotAVoter: a seat has no opinion in this item.
    """
    with atomic() as session:
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_run_vote(actor, found.loaded.facts, found.loaded.at)
        vote = _open(found)
        if vote.mode == VoteMode.SECRET.value:
            raise RollNeedsOpenVote
        if not set(opinions) <= set(voters_of(found).free):
            raise NotAVoter("opinions")
        session.execute(delete(OpenOpinion).where(OpenOpinion.vote_id == vote.id, OpenOpinion.seat_id.in_(opinions)))
        session.add_all(OpenOpinion(vote_id=vote.id, seat_id=seat, opinion=each.value) for seat, each in opinions.items())
        told = {str(seat): each.value for seat, each in sorted(opinions.items())}
        record(AuditTag.ROLL_RECORDED, found, actor, vote=vote.id, opinions=told)
