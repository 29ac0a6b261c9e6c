"""The table of acts, and the grounds that many of them share."""

from __future__ import annotations

from collections.abc import Callable

from tests.playing.cast import SEATS, holds
from tests.playing.model import FORBIDDEN, INCOMPLETE, NOT_NOW, NOT_THERE, Act, Answer, Model, Proposal, Review

Judge = Callable[[Model, Act], Answer]
ACTS: dict[str, Judge] = {}


def act(judge: Judge) -> Judge:
    """Put an act into the table under its own name."""
    ACTS[judge.__name__] = judge
    return judge


def refused(*grounds: int, events: tuple[str, ...] = ()) -> Answer:
    """Refused, on any of these grounds."""
    return Answer(frozenset(grounds), events)


def done(*events: str) -> Answer:
    """Done, with what the audit log gains."""
    return Answer(events=events)


def hidden(*, incomplete: bool = False) -> Answer:
    """What one may not see answers like what does not exist; an incomplete form may be refused before anything is looked at."""
    return refused(NOT_THERE, *([INCOMPLETE] if incomplete else []))


def against(*, person: bool = False, state: bool = False, form: bool = False, absent: bool = False) -> Answer | None:
    """Refused on each ground that holds, or None: wrong person, wrong state, wrong or missing content, no such thing."""
    held = ((person, FORBIDDEN), (state, NOT_NOW), (form, INCOMPLETE), (absent, NOT_THERE))
    grounds = [ground for holds_, ground in held if holds_]
    return refused(*grounds) if grounds else None


def last(model: Model, tried: Act) -> tuple[Proposal, Review]:
    """The proposal and its latest review."""
    proposal = model.proposals[tried.p]
    return proposal, proposal.reviews[-1]


def first(model: Model, tried: Act) -> tuple[Proposal, Review]:
    """The proposal and the review that the board has."""
    proposal = model.proposals[tried.p]
    return proposal, proposal.reviews[0]


def may_not(model: Model, tried: Act, office: str, review: Review) -> bool:
    """Whether it is another's act: no such office, or an author or in conflict, who never act officially."""
    barred = tried.who in model.proposals[tried.p].authors or tried.who in review.recused
    return barred or not holds(tried.who, office, review.unit)


def reads_board(who: str) -> bool:
    """Who finds the board and its meetings: its members, and the offices of its unit and above."""
    return who in SEATS or any(holds(who, office, "T1A") for office in ("receiver", "registrar", "decider"))
