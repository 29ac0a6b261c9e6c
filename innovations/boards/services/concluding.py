"""The conclusion on an item: the secretary records it, who presides confirms it, and only then the review moves on."""

from typing import Any

from innovations import audit
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.meeting_loading import Item, load_revealed_item
from innovations.boards.models_meeting import AgendaItem, Vote
from innovations.boards.rules.access import check_may_confirm, check_may_record_conclusion
from innovations.boards.rules.conclusions import NothingToConfirm, VoteMissing, check_revise, check_still_so, conclusion_of
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.meetings import Conclusion, ItemSettled
from innovations.boards.rules.quorum import Outlook, needed
from innovations.boards.rules.votes import Count, Outcome, VoteState, outcome
from innovations.boards.score_queries import result_of
from innovations.boards.vote_facts import voters_of
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.notifications import notify
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import lifecycle
from innovations.proposals.rules.clocks import revise_due
from innovations.proposals.rules.facts import acting_chair
from innovations.proposals.rules.states import Action, State
from innovations.regulations.queries import working_calendar


def count_of(vote: Vote, issued: int) -> Count:
    """The count record of a closed vote.

    :param issued: voters present without conflict; of a vote on paper the ballots handed out stand in its record.
    """
    agree, disagree, blank, invalid = (each or 0 for each in (vote.agree, vote.disagree, vote.blank, vote.invalid))
    collected = agree + disagree + blank + invalid
    return Count(vote.issued if vote.issued is not None else max(issued, collected), collected, invalid, agree, disagree, blank)


def _closed_vote(found: Item) -> Vote:
    vote = found.vote
    if vote is None or vote.state != VoteState.CLOSED.value:
        raise VoteMissing
    return vote


def _as_opened(found: Item, vote: Vote) -> Outlook:
    """What was said when the vote opened: later comers change neither quorum nor approval."""
    quorum_needed = needed(found.loaded.rules.quorum, vote.base)
    current = voters_of(found).outlook
    return Outlook(
        vote.base, vote.present, current.recused, quorum_needed, vote.present >= quorum_needed, vote.needed, current.voters
    )


def computed(found: Item) -> Outcome:
    """Passed or failed with every condition.

    :raises VoteMissing: the vote is not closed.
    """
    vote = _closed_vote(found)
    return outcome(count_of(vote, len(voters_of(found).free)), _as_opened(found, vote), result_of(found.loaded.review))


def _kept(found: Item, said: Outcome) -> dict[str, Any]:
    """The computed outcome as it stands at the conclusion, in plain values."""
    vote = _closed_vote(found)
    count = count_of(vote, len(voters_of(found).free))
    counted = {
        "issued": count.issued, "collected": count.collected, "invalid": count.invalid, "agree": count.agree,
        "disagree": count.disagree, "blank": count.blank, "needed": vote.needed, "base": vote.base, "present": vote.present,
    }  # fmt: skip
    points = result_of(found.loaded.review).to_json()
    conflicts, active = conflicts_on(found.loaded), found.sitting.board.active(found.sitting.meeting.on)
    barred = {seat.person_id for seat in active if seat.seat_id in conflicts}
    seats = {"present_seats": sorted(found.sitting.present), "recused": sorted(found.loaded.at.recused | barred)}
    return {**said.to_json(), "vote": {"mode": vote.mode, **counted}, "points": points, **seats}


def _record(actor: Actor, found: Item, conclusion: Conclusion, text: str) -> None:
    item = found.item
    item.conclusion, item.conclusion_text = conclusion.value, text
    item.recorded_at, item.recorded_by_id = now(), actor.person_id
    stated = {"review": item.review_id, "conclusion": conclusion.value}
    audit.record(AuditTag.CONCLUSION_RECORDED, "proposal", found.loaded.proposal.id, by=actor.account_id, **stated)
    notify(NoticeKind.CONFIRMATION_ASKED, [acting_chair(found.loaded.facts, found.loaded.at)], "review", item.review_id)


def _load(actor: Actor, board_id: int, number: int, review_id: int) -> Item:
    found = load_revealed_item(actor, board_id, number, review_id)
    check_may_record_conclusion(actor, found.loaded.facts, found.loaded.at)
    if found.item.confirmed_at is not None or found.item.conclusion == Conclusion.POSTPONED.value:
        raise ItemSettled
    return found


def record_conclusion(actor: Actor, board_id: int, number: int, review_id: int, *, text: str = "") -> None:
    """Record what the vote, the quorum, the points and the floors say; nobody chooses it.

    :param text: what the minutes add in words.
    :raises VoteMissing: there is no closed vote; :raises ItemSettled: it is confirmed or postponed.
    """
    with atomic():
        found = _load(actor, board_id, number, review_id)
        said = computed(found)
        found.item.outcome = _kept(found, said)
        _record(actor, found, conclusion_of(said), text)


def record_revise(actor: Actor, board_id: int, number: int, review_id: int, *, text: str, back_to: str) -> None:
    """Record that the authors complete the text first; no vote is counted.

    :param back_to: ``scoring`` or ``meeting``.
    :raises ItemSettled: there is a vote that stands.
    :raises ReasonsMissing, NoWayBack: what to complete, or the way back, is not said.
    """
    with atomic():
        found = _load(actor, board_id, number, review_id)
        if found.vote is not None:
            raise ItemSettled
        found.item.revise_back_to = check_revise(text, back_to).value
        _record(actor, found, Conclusion.REVISE, text.strip())


def _conclude(actor: Actor, found: Item, item: AgendaItem) -> None:
    """Move the review to what was recorded.  A step."""
    review, state = found.loaded.review, State(item.conclusion)
    if state is State.REVISE:
        review.revise_text, review.revise_back_to = item.conclusion_text, item.revise_back_to
        due = revise_due(today(), found.loaded.rules, working_calendar())
    else:
        points = result_of(review)
        review.total, review.grade = points.total, points.grade
        due = review.result_due_on or today()
        notify(NoticeKind.DECISION_ASKED, holders_of(Role.DECIDER, review.unit_id), "decision_case", review.id, due=due)
    lifecycle.apply(review, Action.CONCLUDE, by=actor, to=state, due_on=due, note=item.conclusion_text)


def confirm_conclusion(actor: Actor, board_id: int, number: int, review_id: int) -> None:
    """The chair, or the deputy in the chair's place, confirms; the review moves on and the authors are told.

    :raises NotChair: somebody else; :raises NothingToConfirm: nothing is recorded, or it is confirmed.
    :raises ConclusionOutdated: vote and points say something else by now.
    """
    with atomic():
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_confirm(actor, found.loaded.facts, found.loaded.at)
        item = found.item
        if not item.conclusion or item.conclusion == Conclusion.POSTPONED.value or item.confirmed_at is not None:
            raise NothingToConfirm
        if item.conclusion != Conclusion.REVISE.value:
            check_still_so(Conclusion(item.conclusion), computed(found))
        item.confirmed_at, item.confirmed_by_id = now(), actor.person_id
        stated = {"review": review_id, "conclusion": item.conclusion}
        audit.record(AuditTag.CONCLUSION_CONFIRMED, "proposal", found.loaded.proposal.id, by=actor.account_id, **stated)
        _conclude(actor, found, item)
