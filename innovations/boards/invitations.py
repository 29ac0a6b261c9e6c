"""Giấy mời: the invitations to a meeting on paper, one a member, and as a calendar file for each member's own calendar."""

from flask import current_app, url_for
from flask_babel import gettext

from innovations.boards.agenda_queries import read_agenda
from innovations.boards.ballot_papers import board_letterhead
from innovations.boards.conflict_queries import conflicts_among
from innovations.boards.meeting_loading import load_led_meeting, load_meeting
from innovations.boards.meeting_queries import MeetingShown, meeting_head, meeting_shown
from innovations.boards.models import Board
from innovations.boards.rules.calendar_file import Invitation, calendar_file
from innovations.core.clock import now
from innovations.core.formats import in_vietnamese
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.loading import Loaded


def invitation_file(actor: Actor, board_id: int, number: int) -> str:
    """The meeting for the calendar of whoever may open its page.

    :raises NotVisible: there is no such meeting for the actor.
    """
    page = meeting_head(actor, board_id, number)
    meeting = load_meeting(actor, board_id, number).meeting
    invitation = Invitation(
        uid=f"meeting-{meeting.id}@{current_app.config.get('SERVER_NAME') or 'innovations'}", sequence=meeting.version, stamped=now(),
        on=page.on, starts=page.starts, place=page.place,
        summary=gettext("Họp %(board)s, phiên số %(number)s", board=page.board, number=number),
        address=url_for("boards.meeting", board_id=board_id, number=number, _external=True),
    )  # fmt: skip
    return calendar_file(invitation)


def _barred(actor: Actor, board_id: int, number: int) -> dict[int, set[int]]:
    """Review → seats with a conflict in it: their invitation leaves the item out."""
    sitting = load_led_meeting(actor, board_id, number)
    agenda = read_agenda(sitting.meeting.id)
    facts = facts_for({item.review.proposal_id for item in agenda})
    wholes = ((item.review, facts[item.review.proposal_id]) for item in agenda)
    loaded = [Loaded(review.proposal, review, whole, review_facts(whole, review.id)) for review, whole in wholes]
    return {review_id: set(seats) for review_id, seats in conflicts_among(loaded).items()}


def _agenda(page: MeetingShown, seat_id: int, barred: dict[int, set[int]]) -> tuple[str, ...]:
    """The items as one member is told of them; what the member takes no part in, or who prints may not read, has no title."""
    return tuple(
        f"{item.code} {item.title}"
        if item.known and seat_id not in barred[item.review_id]
        else "Một hồ sơ đồng chí không tham gia xét"
        for item in page.items
    )


@in_vietnamese
def invitations_paper(actor: Actor, board_id: int, number: int) -> Paper:
    """A page for each member of the board.

    :raises NotVisible: no such meeting for the actor; :raises NotOnBoard: the actor does not lead it.
    """
    barred, page = _barred(actor, board_id, number), meeting_shown(actor, board_id, number)
    board = db.session.get_one(Board, board_id)
    chair = next((seat for seat in page.seats if seat.role.value == "chair"), None)
    paper = data.Invitations(
        head=board_letterhead(board, None), board=board.name, session=f"phiên số {number}", held_on=page.on,
        starts=page.starts.strftime("%H giờ %M") if page.starts else "", place=page.place,
        guests=tuple(
            parts.Guest(name=seat.name, role=seat.role.label, agenda=_agenda(page, seat.seat_id, barred)) for seat in page.seats
        ),
        signature=parts.Signature(lines=("TM. Hội đồng", "Chủ tịch"), name=chair.name if chair else ""),
    )  # fmt: skip
    return Paper(f"giay-moi-{board_id}-{number}.pdf", render_pdf(paper))
