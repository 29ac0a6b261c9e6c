"""Who may do what around a board: one verb per line, asked by pages, lists and API alike.

Secretary, chair and member come from the seat, never from a grant; registrar and decider are grants.  The state table
and the bar on authors and recused persons come from :mod:`innovations.proposals.rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from innovations.boards.rules.refusals import (
    NotChair,
    NotNow,
    NotOnBoard,
    NotScheduler,
    NotScorer,
    NotVoter,
    ScoringEnded,
    ScoringNotOpen,
)
from innovations.boards.rules.seats import BoardFacts, SeatRole
from innovations.core.rules.errors import Forbidden, StateForbids
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.access import (
    NotDecider,
    NotRegistrar,
    NotSecretary,
    check_may,
    check_official,
)
from innovations.proposals.rules.facts import (
    ProposalFacts,
    ReviewFacts,
    acting_chair,
    acting_secretary,
)
from innovations.proposals.rules.states import AFTER_REVEAL, AWAITING_DECISION, WITH_BOARD, Action, State


def permitted(check: Callable[..., None], *args: Any, **kwargs: Any) -> bool:
    """Say whether a ``check_…`` of this module lets the act pass, for buttons and menus."""
    try:
        check(*args, **kwargs)
    except (Forbidden, StateForbids):
        return False
    return True


def _check_state(review: ReviewFacts, *states: State) -> None:
    if review.state not in states:
        raise NotNow(state=review.state)


def check_takes_sheets(review: ReviewFacts) -> None:
    """Refuse where the phase of the board's schedule takes no sheets today.

    :raises ScoringNotOpen: it says from when; :raises ScoringEnded: it says until when they were taken.
    """
    if review.phase.scoring:
        return
    if review.phase.scoring_from is not None:
        raise ScoringNotOpen(phase=review.phase.name, opens=review.phase.scoring_from)
    raise ScoringEnded(phase=review.phase.name, ended=review.phase.scoring_until)


def _check_secretary(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    check_official(actor, facts, review)
    if actor.person_id != acting_secretary(facts, review):
        raise NotSecretary


def check_may_manage_board(actor: Actor, unit_path: str) -> None:
    """Boards and seats: the registrar of the unit or above; the admin never.

    :raises NotRegistrar: anybody else.
    """
    if not actor.holds(Role.REGISTRAR, unit_path):
        raise NotRegistrar


def check_may_run_meetings(actor: Actor, board: BoardFacts, on: date) -> None:
    """Calling a meeting, its agenda and attendance: secretary, chair and deputy of the board.

    :raises NotOnBoard: anybody else.
    """
    running = {board.holder(role, on) for role in (SeatRole.SECRETARY, SeatRole.CHAIR, SeatRole.DEPUTY)}
    if actor.person_id not in running:
        raise NotOnBoard


def check_may_read_board(actor: Actor, board: BoardFacts, on: date) -> None:
    """The board's own pages: its active seats, and registrar, decider and receiver of its unit.

    :raises NotOnBoard: anybody else.
    """
    if not (board.seats_person(actor.person_id, on) or _serves(actor, board.unit_path)):
        raise NotOnBoard


def _serves(actor: Actor, unit_path: str) -> bool:
    return any(actor.holds(role, unit_path) for role in (Role.REGISTRAR, Role.DECIDER, Role.RECEIVER))


def check_may_open_review(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """The board's page of one review: who runs it, whom it was given to, and the level's offices.

    The same people as :mod:`innovations.proposals.rules.visibility` lets see it from the seat; an idle deputy is not
    among them.

    :raises AuthorMayNotAct: authors follow it on the proposal's own page.
    :raises RecusedMayNotAct: a person with a conflict no longer reads it.
    :raises NotOnBoard: anybody else.
    """
    check_official(actor, facts, review)
    running = {review.chair_id, review.secretary_id, acting_chair(facts, review), acting_secretary(facts, review)}
    people = running | review.assigned if review.reached_accepted else frozenset()
    if actor.person_id not in people and not _serves(actor, review.unit_path):
        raise NotOnBoard


def check_may_declare_conflict(actor: Actor, facts: ProposalFacts, review: ReviewFacts, board: BoardFacts, on: date) -> None:
    """Declaring the own conflict: every active seat, as long as the board has the review.

    :raises Forbidden: no seat, or barred already.
    :raises NotNow: the board has not got it yet, or has concluded.
    """
    check_official(actor, facts, review)
    if not board.seats_person(actor.person_id, on):
        raise NotOnBoard
    _check_state(review, *WITH_BOARD)


def check_may_record_recusal(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Recording another member's conflict: the secretary, as long as the board has the review.

    :raises Forbidden: not the secretary, or barred from this review.
    :raises NotNow: the board has not got it yet, or has concluded.
    """
    _check_secretary(actor, facts, review)
    _check_state(review, *WITH_BOARD)


def check_may_assign(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Assigning scorers, excusing and reopening sheets: the secretary, until the reveal.

    :raises Forbidden: not the secretary, or barred from this review.
    :raises NotNow: the review is not accepted or being scored.
    """
    _check_secretary(actor, facts, review)
    _check_state(review, State.ACCEPTED, State.SCORING)


def check_may_decline(actor: Actor, facts: ProposalFacts, review: ReviewFacts, scorers: frozenset[int]) -> None:
    """Declining an assignment: who has it, until the reveal; from then on the sheets that count stand.

    :param scorers: persons with a running assignment to score.
    :raises Forbidden: not assigned, or barred from this review.
    :raises NotNow: the review is not accepted or being scored.
    """
    check_official(actor, facts, review)
    if actor.person_id not in scorers:
        raise NotScorer
    _check_state(review, State.ACCEPTED, State.SCORING)


def check_may_plan(actor: Actor, board: BoardFacts, on: date) -> None:
    """Planning who scores what: the secretary, or the deputy standing in; of each review they are asked again.

    :raises NotSecretary: anybody else.
    """
    if actor.person_id not in {board.holder(role, on) for role in (SeatRole.SECRETARY, SeatRole.DEPUTY)}:
        raise NotSecretary


def check_may_schedule(actor: Actor, board: BoardFacts, on: date) -> None:
    """The dated phases of a board: the registrar of its unit or above, who keeps boards and campaigns, and the board's secretary.

    :raises NotScheduler: anybody else.
    """
    if not (actor.holds(Role.REGISTRAR, board.unit_path) or actor.person_id == board.holder(SeatRole.SECRETARY, on)):
        raise NotScheduler


def check_may_score(actor: Actor, facts: ProposalFacts, review: ReviewFacts, scorers: frozenset[int]) -> None:
    """Filling and submitting the own sheet.

    :param scorers: persons with a running assignment to score.
    :raises Forbidden: not assigned, or barred from this review.
    :raises NotNow: scoring is not open.
    :raises ScoringNotOpen, ScoringEnded: the board's schedule takes no sheets today; a sheet that was reopened is none the freer.
    """
    check_official(actor, facts, review)
    if actor.person_id not in scorers:
        raise NotScorer
    _check_state(review, State.SCORING)
    check_takes_sheets(review)


def check_may_reveal(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Revealing the sheets: the secretary, while scoring is open (refusals as in ``check_may``), whatever the dates."""
    check_may(Action.REVEAL, actor, facts, review)


def check_may_weigh_scores(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Reading how the sheets were given (spread, leave-one-out, leniency): who keeps, presides or decides, after the reveal.

    :raises Forbidden: anybody else, or barred from this review, or it is under quarantine.
    :raises NotNow: the points are not revealed.
    """
    check_official(actor, facts, review)
    leads = actor.person_id in {acting_secretary(facts, review), acting_chair(facts, review)}
    if facts.quarantined or not (leads or actor.holds(Role.DECIDER, review.unit_path)):
        raise NotOnBoard
    _check_state(review, *AFTER_REVEAL)


def check_may_weigh_campaigns(actor: Actor, board: BoardFacts, on: date) -> None:
    """The board's page of a campaign's scores: those who run it, and the decider; of each review they are asked again.

    :raises NotOnBoard: anybody else.
    """
    if not actor.holds(Role.DECIDER, board.unit_path):
        check_may_run_meetings(actor, board, on)


def check_may_run_vote(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Opening and closing a vote: the secretary or who presides.

    :raises Forbidden: anybody else, or barred from this review.
    :raises NotNow: the review is not before the meeting.
    """
    check_official(actor, facts, review)
    if actor.person_id not in {acting_secretary(facts, review), acting_chair(facts, review)}:
        raise NotOnBoard
    _check_state(review, State.MEETING)


def check_may_vote(actor: Actor, facts: ProposalFacts, review: ReviewFacts, voters: frozenset[int]) -> None:
    """Giving an opinion.

    :param voters: persons with a voting seat who are registered as present.
    :raises Forbidden: not among them, or barred from this review.
    :raises NotNow: the review is not before the meeting.
    """
    check_official(actor, facts, review)
    if actor.person_id not in voters:
        raise NotVoter
    _check_state(review, State.MEETING)


def check_may_record_conclusion(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Recording the conclusion: the secretary.

    :raises Forbidden: anybody else, or barred from this review.
    :raises NotNow: the review is not before the meeting.
    """
    _check_secretary(actor, facts, review)
    _check_state(review, State.MEETING)


def check_may_confirm(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Confirming the conclusion: the chair, or the deputy when the chair is absent, recused or an author.

    :raises NotChair: anybody else.
    :raises NotNow: the review is not before the meeting.
    """
    check_official(actor, facts, review)
    if actor.person_id != acting_chair(facts, review):
        raise NotChair
    _check_state(review, State.MEETING)


def check_may_decide(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Recording the decision on a concluded review: the decider of its unit or above, never an author.

    :raises Forbidden: anybody else.
    :raises NotNow: the board has not concluded, or it is decided.
    """
    check_official(actor, facts, review)
    if not actor.holds(Role.DECIDER, review.unit_path):
        raise NotDecider
    _check_state(review, *AWAITING_DECISION)
