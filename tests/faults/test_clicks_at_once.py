"""Fifty equal clicks at the same moment on a real server: one has its effect, the others get a clear answer.

Half of them carry the same key, as a button pressed twice does; the others come from pages opened one by one.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from fault_processes import Answer, Browser, answers, free_port, running, start_web, wait_until
from fault_sizes import CLICK_ROUNDS, CLICKS_AT_ONCE
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models_meeting import Ballot, HasVoted, OpenOpinion, Vote
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.votes import VoteState
from innovations.cli.checking import CHECKS
from innovations.extensions import db
from innovations.people.services import signing_in
from innovations.proposals.models import Proposal, Review, Revision
from innovations.proposals.rules.events import AuditTag as ProposalTag
from tests import meeting_world as sitting
from tests.board_world import SEATED, BoardWorld
from tests.world import PASSWORD, World

MODES = ("secret", "open")


@pytest.fixture
def port(board: BoardWorld) -> Iterator[int]:
    """A web server as ``./dev run`` starts it."""
    port = free_port()
    with running(start_web(Path(board.world.app.instance_path), port)):
        wait_until(lambda: answers(port))
        yield port


def browser(world: World, number: str, port: int) -> Browser:
    found = Browser(world.app, signing_in.sign_in(number, PASSWORD, address="127.0.0.1"), port)
    db.session.rollback()
    found.post("/account/nothing-here")  # fetches the key of its forms
    return found


def all_at_once(clicker: Browser, path: str, sent: Sequence[dict[str, str]]) -> list[Answer]:
    """The answers to all of ``sent``, let go together."""
    gate, found = threading.Barrier(len(sent)), [Answer(0, "", "") for _ in sent]

    def click(place: int) -> None:
        gate.wait()
        found[place] = clicker.post(path, **sent[place])

    threads = [threading.Thread(target=click, args=(place,)) for place in range(len(sent))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    db.session.rollback()
    return found


def keys(name: str) -> list[str]:
    """One key for the first half, one each for the second."""
    half = CLICKS_AT_ONCE // 2
    return [name] * half + [f"{name}-{place}" for place in range(half)]


def page_behind(clicker: Browser, location: str) -> str:
    """Where the location ends: the address of a draft leads on to that of its code."""
    return clicker.get(location).location or location


def check_clear(clicker: Browser, given: Sequence[str], found: Sequence[Answer]) -> Counter[int]:
    """One key had the effect: all its clicks are led to one place, all others are told that it was done."""
    done = {key for key, answer in zip(given, found, strict=True) if answer.status == 303}
    assert len(done) == 1, Counter(answer.status for answer in found)
    assert {answer.status for key, answer in zip(given, found, strict=True) if key not in done} <= {409}
    led = {page_behind(clicker, location) for location in {answer.location for answer in found if answer.status == 303}}
    assert len(led) == 1, led
    assert all(answer.status == 303 for key, answer in zip(given, found, strict=True) if key in done)
    return Counter(answer.status for answer in found)


def events(tag: str) -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.tag == tag)) or 0


def told_of(told: Callable[..., None], seen: Counter[int], effects: int) -> None:
    told(
        done=f"{CLICK_ROUNDS} x {CLICKS_AT_ONCE} clicks; answers {dict(sorted(seen.items()))}", acknowledged=CLICK_ROUNDS,
        lost=max(0, CLICK_ROUNDS - effects), doubled=max(0, effects - CLICK_ROUNDS),
    )  # fmt: skip
    assert effects == CLICK_ROUNDS
    assert [problem for one in CHECKS for problem in one()] == []


def test_a_submit_clicked_fifty_times_at_once_is_one_submit(board: BoardWorld, port: int, told: Callable[..., None]) -> None:
    author, seen = browser(board.world, "tacgia", port), Counter[int]()
    for place in range(CLICK_ROUNDS):
        address = board.world.draft(title=f"Khay úp bát cho bếp ăn, kiểu {place}")
        board.world.attach(address)
        given = keys(f"submit-{place}")
        found = all_at_once(author, f"/proposals/{address}/submit", [{"nothing_secret": "y", "_once": key} for key in given])
        seen += check_clear(author, given, found)
    numbers = sorted(db.session.scalars(select(Review.receipt_number)))
    assert numbers == list(range(1, CLICK_ROUNDS + 1))
    assert db.session.query(Revision).count() == db.session.query(Proposal).count() == CLICK_ROUNDS
    told_of(told, seen, events(ProposalTag.SUBMITTED))


def test_a_vote_clicked_fifty_times_at_once_is_one_vote_and_a_close_one_close(
    board: BoardWorld, port: int, told: Callable[..., None]
) -> None:
    voter, secretary = browser(board.world, "uyvien3", port), browser(board.world, "thuky", port)
    seen, closed = Counter[int](), Counter[int]()
    for place in range(CLICK_ROUNDS):
        review_id = sitting.scored(board, mode=MODES[place % 2], title=f"Khay úp bát cho bếp ăn, kiểu {place}")
        number = sitting.before_board(board, review_id)
        sitting.open_vote(board, number, review_id)
        base = f"/boards/{board.board_id}/meetings/{number}"
        cast = all_at_once(voter, f"{base}/vote/{review_id}", [{"opinion": "agree"}] * CLICKS_AT_ONCE)
        assert Counter(answer.status for answer in cast) == {303: 1, 409: CLICKS_AT_ONCE - 1}
        for who in SEATED:
            if who != "uyvien3":
                sitting.cast(board, number, review_id, who)
        given = keys(f"close-{place}")
        found = all_at_once(secretary, f"{base}/items/{review_id}/vote/close", [{"_once": key} for key in given])
        closed += check_clear(secretary, given, found)
        vote = sitting.vote(board, number)
        assert (vote.state, vote.agree, vote.disagree) == (VoteState.CLOSED.value, len(SEATED), 0)
        seen += Counter(answer.status for answer in cast)
        db.session.rollback()
    cast_rows = db.session.query(HasVoted).count() + db.session.query(OpenOpinion).count()
    assert cast_rows == CLICK_ROUNDS * len(SEATED)
    assert db.session.query(Ballot).count() == (CLICK_ROUNDS + 1) // 2 * len(SEATED)
    assert db.session.query(Vote).count() == CLICK_ROUNDS
    told_of(told, seen + closed, events(AuditTag.VOTE_CLOSED))
