"""Where the model's acts are carried out through the use cases, on the real database.

The acts themselves stand in :mod:`.stage_filing`, :mod:`.stage_board` and :mod:`.stage_deciding`, each in the table below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from innovations.extensions import db
from innovations.people.rules.roles import Actor
from tests.board_world import REASON, BoardWorld
from tests.playing.model import Act
from tests.playing.stored import Stored

Carry: TypeAlias = "Callable[[Stage, Actor, Act], Any]"
CARRIED_OUT: dict[str, Carry] = {}


@dataclass
class Stage:
    """The board's world as the model's people use it."""

    board: BoardWorld
    stored: Stored
    field_id: int
    actors: dict[str, Actor] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)

    def carry_out(self, tried: Act) -> None:
        """One attempt, as the person makes it.

        :raises DomainError: it is refused.
        """
        if tried.who not in self.actors:
            self.actors[tried.who] = self.board.actor(tried.who)
            db.session.rollback()
        CARRIED_OUT[tried.name](self, self.actors[tried.who], tried)

    def seat(self, who: object) -> int:
        """The seat of a member of the board."""
        if who not in self.seats:
            self.seats[str(who)] = self.board.seat(str(who))
            db.session.rollback()
        return self.seats[str(who)]


def reason(tried: Act) -> str:
    return "" if {"no reason", "no text"} & set(tried.how) else REASON


def declared(tried: Act) -> bool:
    return "undeclared" not in tried.how


def addressed(use_case: Callable[..., Any], **more: Callable[[Act], Any]) -> Carry:
    return lambda stage, actor, tried: use_case(
        actor, stage.stored.address(tried.p), **{name: each(tried) for name, each in more.items()}
    )
