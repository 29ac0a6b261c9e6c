"""What boards tell proposals: who has a review on the agenda, and who presides while the chair is away."""

from innovations.boards.models_meeting import AgendaItem, Attendance, Meeting
from innovations.boards.relations import relations
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.rules.access import acting_chair
from tests.board_world import SEATED, BoardWorld


def meet(board: BoardWorld, review_id: int, *, state: str, chair_present: bool) -> None:
    """A meeting with the review on its agenda, as it lies in the database."""
    with atomic() as session:
        meeting = Meeting(board_id=board.board_id, number=1, on=today(), state=state)
        meeting.items.append(AgendaItem(review_id=review_id, position=1))
        meeting.attendance.append(Attendance(seat_id=board.seat("chutich"), present=chair_present))
        session.add(meeting)


def presides(board: BoardWorld, review_id: int) -> int | None:
    facts = facts_of(board.review(review_id).proposal_id)
    return acting_chair(facts, review_facts(facts, review_id))


def test_before_a_meeting_only_the_assigned_belong_to_the_review(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien3", "uyvien4", "uyvien5")
    people = {board.actor(number).person_id for number in ("uyvien3", "uyvien4", "uyvien5")}
    assert relations([review_id])[review_id].assigned == people


def test_on_an_agenda_every_seat_belongs_to_the_review(board: BoardWorld) -> None:
    review_id = board.scoring()
    meet(board, review_id, state="planned", chair_present=True)
    assert relations([review_id])[review_id].assigned == {board.actor(number).person_id for number in SEATED}


def test_the_deputy_presides_while_the_chair_is_absent_from_the_running_meeting(board: BoardWorld) -> None:
    review_id, other = board.scoring(), board.scoring(title="Hộp đựng phụ tùng có ngăn chia")
    meet(board, review_id, state="open", chair_present=False)
    assert presides(board, review_id) == board.actor("uyvien1").person_id
    assert presides(board, other) == board.actor("chutich").person_id


def test_absence_from_a_meeting_that_is_over_takes_nothing_from_the_chair(board: BoardWorld) -> None:
    review_id = board.scoring()
    meet(board, review_id, state="closed", chair_present=False)
    assert presides(board, review_id) == board.actor("chutich").person_id


def test_a_review_without_a_board_has_no_relations(board: BoardWorld) -> None:
    review_id = board.review_of(board.world.submitted())
    assert review_id not in relations([review_id])
