"""Biên bản: the minutes of a meeting as PDF, filled from the record; a draft until the meeting is closed."""

from sqlalchemy import select

from innovations import audit
from innovations.boards.agenda_queries import ItemShown
from innovations.boards.ballot_papers import settled_note
from innovations.boards.counting_queries import tellers_named
from innovations.boards.meeting_queries import MeetingShown, meeting_shown
from innovations.boards.models import Board
from innovations.boards.models_meeting import AgendaItem
from innovations.boards.rules.meetings import MeetingState
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.votes import VoteState
from innovations.boards.score_queries import counted_sheets
from innovations.boards.services.attached_minutes import load_minutes
from innovations.core.formats import day, in_vietnamese
from innovations.core.rules.calendar import VIETNAM
from innovations.documents.papers import Paper, data, parts
from innovations.documents.papers.word import Contents, as_pdf
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.regulations.queries import standing_sets
from innovations.regulations.services.word_templates import in_template


def _time(instant: object) -> str:
    return instant.astimezone(VIETNAM).strftime("%H giờ %M") if instant else ""  # type: ignore[attr-defined]


def _recused(item: AgendaItem) -> tuple[str, ...]:
    ids = (item.outcome or {}).get("recused", [])
    people = db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key))
    return tuple(f"{person.rank} {person.full_name}".strip() for person in people)


def _vote(shown: ItemShown, item: AgendaItem) -> parts.VoteLine | None:
    kept = (item.outcome or {}).get("vote")
    if shown.vote is None or kept is None:
        return None
    closed = next((vote for vote in item.votes if vote.state == VoteState.CLOSED.value), None)
    seal = audit.seal_of("vote", closed.id) if closed else None
    return parts.VoteLine(
        secret=shown.vote.mode == "secret",
        issued=kept["issued"],
        returned=kept["collected"],
        valid=kept["collected"] - kept["invalid"],
        agree=kept["agree"],
        disagree=kept["disagree"],
        needed=kept["needed"],
        blank=kept["blank"],
        on_paper=shown.vote.on_paper,
        tellers=tellers_named(closed) if closed else (),
        note="; ".join(filter(None, (*shown.voids, settled_note(closed) if closed else ""))),
        seal_code=seal.code if seal else "",
        seal_text=seal.text if seal else "",
    )


def _item(shown: ItemShown, item: AgendaItem) -> parts.MinutesItem:
    proposal = item.review.proposal
    # Nothing of the sheets before the conclusion is recorded: until the reveal they are nobody's but their writers'.
    sheets = counted_sheets(item.review) if shown.conclusion else []
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    return parts.MinutesItem(
        code=shown.code,
        title=shown.title,
        authors=tuple(
            f"{each.rank} {each.person.full_name if each.person else each.free_name}".strip() for each in proposal.contributions
        ),
        conclusion=shown.conclusion.label if shown.conclusion else "Chưa kết luận",
        taken_up=_time(item.taken_up_at),
        discussion=shown.discussion,
        recused=_recused(item),
        mean=item.review.total if totals else None,
        highest=max(totals, default=None),
        lowest=min(totals, default=None),
        sheets=len(sheets),
        vote=_vote(shown, item),
        remark=shown.conclusion_text,
    )


def _named(page: MeetingShown, role: SeatRole) -> str:
    return next((seat.name for seat in page.seats if seat.role is role), "")


def _signatures(page: MeetingShown) -> tuple[parts.Signature, parts.Signature]:
    chair = parts.Signature(lines=("Chủ tọa",), name=page.chair)
    return chair, parts.Signature(lines=("Thư ký",), name=_named(page, SeatRole.SECRETARY), note="(Ký, ghi rõ họ tên)")


@in_vietnamese
def minutes_paper(actor: Actor, board_id: int, number: int) -> Paper:
    """The minutes as PDF; who reads them and the refusals as in :func:`_minutes`."""
    return as_pdf(_minutes(actor, board_id, number))


@in_vietnamese
def minutes_file(actor: Actor, board_id: int, number: int) -> Paper:
    """The same in the unit's Word template, to be edited before it is signed."""
    return in_template(_minutes(actor, board_id, number))


def _minutes(actor: Actor, board_id: int, number: int) -> Contents:
    """The minutes, a draft until the meeting is closed; who reads them as in :func:`load_minutes`."""
    meeting = load_minutes(actor, board_id, number).meeting
    page = meeting_shown(actor, board_id, number)
    board = db.session.get_one(Board, board_id)
    stored = {item.review_id: item for item in meeting.items}
    chair, secretary = _signatures(page)
    rules = standing_sets(board.unit.path, meeting.on).rules
    paper = data.Minutes(
        head=parts.Letterhead(parent=board.unit.name, unit=board.name, place=board.unit.place, on=meeting.on),
        legal_bases=tuple(basis.text for basis in rules.legal_bases_on(meeting.on)),
        board=board.name,
        session=f"phiên số {page.number}, ngày {day(page.on)}",
        establishing_decision=f"Quyết định số {board.decision_number} ngày {day(board.decision_on)} của {board.decision_signer}",
        held_on=page.on,
        place=page.place,
        started_at=_time(page.started_at),
        ended_at=_time(page.ended_at),
        chair=page.chair,
        secretary=_named(page, SeatRole.SECRETARY),
        members=tuple(
            parts.MemberLine(name=seat.name, role=seat.role.label, present=bool(seat.present), reason=seat.reason)
            for seat in page.seats
        ),
        base=page.base,
        present=page.present,
        quorum=page.quorum_needed,
        quorate=page.present >= page.quorum_needed,
        items=tuple(_item(item, stored[item.review_id]) for item in page.items),
        chair_signature=chair,
        secretary_signature=secretary,
    )
    return Contents(f"bien-ban-{board_id}-{number}", paper, board.unit.path, page.state is not MeetingState.CLOSED)
