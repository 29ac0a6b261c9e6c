"""What happens to one item of a running meeting before its vote: points come out, the discussion is noted, it is postponed."""

from innovations import audit
from innovations.boards.meeting_loading import Item, load_item, load_revealed_item
from innovations.boards.rules.access import check_may_record_conclusion
from innovations.boards.rules.assignments import check_all_in
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.meetings import Conclusion, ItemSettled, check_registered
from innovations.boards.rules.refusals import NotOnBoard
from innovations.boards.score_queries import result_of, sheet_count
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.rules.access import check_may, check_official
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.facts import acting_chair, acting_secretary
from innovations.proposals.rules.states import Action, State


def check_unsettled(item: Item) -> None:
    """Refuse what would go past a vote or a conclusion.

    :raises ItemSettled: one stands.
    """
    if item.vote is not None or item.item.conclusion:
        raise ItemSettled


def reveal(actor: Actor, board_id: int, number: int, review_id: int) -> None:
    """Show the sheets to the board; from here on nobody changes one.

    :raises AttendanceMissing: it is not known who is there.
    :raises SheetsMissing: a sheet is missing and not excused; :raises TooFewSheets: below the minimum.
    """
    with atomic():
        found = load_item(actor, board_id, number, review_id)
        check_may(Action.REVEAL, actor, found.loaded.facts, found.loaded.at)
        check_registered(found.sitting.seats, [row.seat_id for row in found.sitting.meeting.attendance])
        review = found.loaded.review
        check_all_in(sheet_count(review))
        result_of(review)
        lifecycle.apply(review, Action.REVEAL, by=actor, due_on=review.result_due_on)


def take_up(actor: Actor, board_id: int, number: int, review_id: int) -> None:
    """The item's turn has come: its clock runs from now.

    :raises NotOnBoard: neither keeps the minutes nor presides; :raises ItemSettled: it is concluded, postponed or was taken up.
    """
    with atomic():
        found = load_item(actor, board_id, number, review_id)
        check_official(actor, found.loaded.facts, found.loaded.at)
        if actor.person_id not in {
            acting_secretary(found.loaded.facts, found.loaded.at),
            acting_chair(found.loaded.facts, found.loaded.at),
        }:
            raise NotOnBoard
        if found.item.taken_up_at is not None or found.item.conclusion:
            raise ItemSettled
        found.item.taken_up_at = now()
        audit.record(AuditTag.ITEM_TAKEN_UP, "meeting", found.item.meeting_id, by=actor.account_id, review=review_id)


def note_discussion(actor: Actor, board_id: int, number: int, review_id: int, *, text: str) -> None:
    """Keep what was said about an item; the minutes print it.

    :raises ItemSettled: the conclusion is confirmed.
    """
    with atomic():
        found = load_revealed_item(actor, board_id, number, review_id)
        check_may_record_conclusion(actor, found.loaded.facts, found.loaded.at)
        if found.item.confirmed_at is not None:
            raise ItemSettled
        found.item.discussion = text
        audit.record(AuditTag.DISCUSSION_NOTED, "meeting", found.item.meeting_id, by=actor.account_id, review=review_id)


def postpone(actor: Actor, board_id: int, number: int, review_id: int, *, reason: str) -> None:
    """Leave an item to a later meeting.

    :raises ReasonsMissing: without a reason.
    :raises ItemSettled: a vote was opened, or there is a conclusion.
    """
    with atomic():
        found = load_item(actor, board_id, number, review_id)
        review, item = found.loaded.review, found.item
        revealed = found.loaded.at.state is State.MEETING
        check_may(Action.POSTPONE if revealed else Action.REVEAL, actor, found.loaded.facts, found.loaded.at)
        check_unsettled(found)
        item.conclusion, item.conclusion_text = Conclusion.POSTPONED.value, check_reasons(reason)
        item.recorded_at, item.recorded_by_id = now(), actor.person_id
        if revealed:
            lifecycle.apply(review, Action.POSTPONE, by=actor, due_on=review.due_on, note=item.conclusion_text)
        else:
            audit.record(AuditTag.AGENDA_CHANGED, "meeting", item.meeting_id, by=actor.account_id, review=review_id)
