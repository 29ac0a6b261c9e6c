"""Closing a vote: in an open one the opinions are counted; in a secret one the seals are opened in steps that a crash may repeat.

1. ``closing`` is committed: no opinion comes any more.
2. One transaction opens the seals, counts, writes plain ballots under new random keys in key order, deletes the sealed rows.
3. The write-ahead log, which still holds them, is truncated.
4. The key is destroyed.
5. ``closed`` is committed with its audit row and a signed checkpoint of the log, which the minutes carry.

Whoever finds a vote in ``closing`` closes it again: what is done is skipped.  A key lost before step 2 voids the vote, which is
then held again.
"""

import secrets
import time

from sqlalchemy import delete, insert, select

from innovations import audit
from innovations.boards import sealing
from innovations.boards.meeting_loading import Item, load_revealed_item
from innovations.boards.models_meeting import Ballot, OpenOpinion, SealedBallot, Vote
from innovations.boards.rules.access import check_may_run_vote
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.votes import (
    Count,
    Opinion,
    SealsNotCleared,
    VoteNotOpen,
    VoteState,
    ballot_order,
    check_not_on_paper,
    count_opinions,
)
from innovations.boards.services.votes import record
from innovations.boards.vote_facts import voters_of
from innovations.core.clock import now
from innovations.core.database import truncate_log
from innovations.core.rules.errors import N_
from innovations.core.transactions import atomic, check_attempt
from innovations.extensions import db
from innovations.people.rules.roles import Actor

#: Who reads, and a second click that empties the log at the same moment, are waited for so long (seconds).
WAIT_FOR_LOG, LOOK_AGAIN = 2.0, 0.05
KEY_LOST = N_("Mất khóa mở phiếu trước khi kiểm; biểu quyết lại.")


def _running(actor: Actor, board_id: int, number: int, review_id: int) -> tuple[Item, Vote]:
    found = load_revealed_item(actor, board_id, number, review_id)
    check_may_run_vote(actor, found.loaded.facts, found.loaded.at)
    vote = found.vote
    if vote is None or vote.state == VoteState.CLOSED.value:
        raise VoteNotOpen
    check_not_on_paper(on_paper=vote.on_paper)
    return found, vote


def close_vote(actor: Actor, board_id: int, number: int, review_id: int) -> None:
    """Close the vote and count it; repeating it after a crash is safe.

    :raises VoteNotOpen: there is none to close; :raises VoteOnPaper: the tellers' equal counts close it.
    :raises SealsNotCleared: a reader held the log; nothing is lost, close again.
    """
    public_key = _stop(actor, board_id, number, review_id)
    if public_key is not None and not _open_seals(actor, board_id, number, review_id):
        return
    if public_key is not None:
        _truncate_log()
        sealing.destroy_key(public_key)
    _finish(actor, board_id, number, review_id)


def _stop(actor: Actor, board_id: int, number: int, review_id: int) -> bytes | None:
    """Step 1; the public key of a secret vote.  An open vote is counted at once."""
    with atomic(final=False):
        found, vote = _running(actor, board_id, number, review_id)
        if vote.state == VoteState.OPEN.value:
            vote.state = VoteState.CLOSING.value
        if vote.public_key is None and vote.agree is None:
            free = voters_of(found).free  # who was found to be in conflict since has no opinion any more
            chosen = select(OpenOpinion.opinion).where(OpenOpinion.vote_id == vote.id, OpenOpinion.seat_id.in_(free))
            _keep(vote, count_opinions([Opinion(each) for each in db.session.scalars(chosen)], len(free)))
        return vote.public_key


def _keep(vote: Vote, count: Count) -> None:
    vote.agree, vote.disagree = count.agree, count.disagree
    vote.blank, vote.invalid = count.blank, count.invalid


def _open_seals(actor: Actor, board_id: int, number: int, review_id: int) -> bool:
    """Step 2, once; whether the vote has a count.  Without the key it is void."""
    with atomic(final=False) as session:
        found, vote = _running(actor, board_id, number, review_id)
        key = vote.public_key or b""
        if vote.agree is not None:
            return True
        mine = SealedBallot.vote_id == vote.id
        sealed = list(session.scalars(select(SealedBallot.sealed).where(mine).order_by(SealedBallot.key)))
        session.execute(delete(SealedBallot).where(mine))
        if not sealing.has_key(key):
            vote.state, vote.closed_at, vote.void_reason = VoteState.VOID.value, now(), KEY_LOST
            record(AuditTag.VOTE_VOIDED, found, actor, vote=vote.id)
            return False
        opinions = sealing.unseal(key, sealed)
        _keep(vote, count_opinions(opinions, max(len(voters_of(found).free), len(sealed))))
        _write_ballots(vote.id, opinions)
        return True


def _write_ballots(vote_id: int, opinions: list[Opinion | None]) -> None:
    """Plain ballots in the order of new random keys: neither the order of casting nor that of the seals is left."""
    ballots = ballot_order((secrets.token_hex(16), each) for each in opinions if each is not None)
    rows = [{"key": key, "vote_id": vote_id, "opinion": each.value} for key, each in ballots]
    if rows:
        db.session.execute(insert(Ballot), rows)


def _truncate_log() -> None:
    """Step 3: the write-ahead log still holds the sealed rows beside the names of who had voted.

    :raises SealsNotCleared: another connection reads from it.
    :raises AlreadyDone: another click of the same button closed the vote meanwhile.
    """
    db.session.rollback()
    until = time.monotonic() + WAIT_FOR_LOG
    while not truncate_log(db.engine, seconds=LOOK_AGAIN):
        check_attempt()
        if time.monotonic() > until:
            raise SealsNotCleared


def _finish(actor: Actor, board_id: int, number: int, review_id: int) -> None:
    """Step 5."""
    with atomic():
        found, vote = _running(actor, board_id, number, review_id)
        vote.state, vote.closed_at = VoteState.CLOSED.value, now()
        counted = {"agree": vote.agree, "disagree": vote.disagree, "blank": vote.blank, "invalid": vote.invalid}
        record(AuditTag.VOTE_CLOSED, found, actor, vote=vote.id, **counted)
        audit.fix("vote", vote.id)
