"""What a click asks several times is read once, and never kept longer than it is true."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import update

from innovations.boards.board_facts import board_facts
from innovations.boards.models import Seat
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.facts import facts_of
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from innovations.proposals.rules.content import Handling
from tests.board_world import BoardWorld
from tests.library_pages import counted
from tests.world import World


@pytest.fixture
def filed(world: World) -> int:
    proposal = proposal_at(world.submitted())
    assert proposal is not None
    db.session.rollback()
    return proposal.id


def test_the_same_question_is_asked_once_in_a_reading_transaction(filed: int) -> None:
    before = facts_of(filed)
    with counted() as sent:
        assert facts_of(filed) is before
    assert sent == []


def test_the_next_transaction_asks_anew(app_of: Flask, filed: int) -> None:
    assert facts_of(filed).handling is Handling.OPEN

    def restrict() -> None:
        with app_of.app_context(), atomic() as session:
            session.execute(update(Proposal).where(Proposal.id == filed).values(handling=Handling.INTERNAL))

    elsewhere = threading.Thread(target=restrict)
    elsewhere.start()
    elsewhere.join()
    assert facts_of(filed).handling is Handling.OPEN  # one transaction sees one state
    db.session.rollback()
    assert facts_of(filed).handling is Handling.INTERNAL


def test_a_writing_transaction_sees_what_it_just_wrote(filed: int) -> None:
    assert facts_of(filed).handling is Handling.OPEN
    with atomic() as session:
        assert facts_of(filed).handling is Handling.OPEN
        session.execute(update(Proposal).where(Proposal.id == filed).values(handling=Handling.INTERNAL))
        assert facts_of(filed).handling is Handling.INTERNAL
    assert facts_of(filed).handling is Handling.INTERNAL


def test_what_is_pending_or_was_stored_in_the_session_is_seen(board: BoardWorld) -> None:
    def voters() -> int:
        return sum(seat.may_vote for seat in board_facts(board.board_id).seats)

    all_vote = voters()
    seat = db.session.get_one(Seat, board.seat("uyvien5"))
    seat.may_vote = False
    assert voters() == all_vote - 1
    assert voters() == all_vote - 1
    db.session.execute(update(Seat).where(Seat.id == board.seat("uyvien4")).values(may_vote=False))
    assert voters() == all_vote - 2
    db.session.rollback()
    assert voters() == all_vote


@pytest.fixture
def app_of(world: World) -> Flask:
    return world.app
