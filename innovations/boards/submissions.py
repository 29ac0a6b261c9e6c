"""Tờ trình: what a meeting concluded and the deciding head has not decided yet, submitted by the board."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from innovations.boards.decision_queries import holder_of
from innovations.boards.meeting_queries import MeetingShown, meeting_shown
from innovations.boards.models import Board
from innovations.boards.models_meeting import AgendaItem
from innovations.boards.rules.meetings import MeetingState, NothingToSubmit
from innovations.boards.rules.refusals import NotOnBoard
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.votes import Condition
from innovations.core.formats import day, in_vietnamese, number
from innovations.documents.papers import Paper, parts
from innovations.documents.papers import board as papers
from innovations.documents.papers.word import Contents, as_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import AWAITING_DECISION, State
from innovations.regulations.queries import standing_sets
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.services.word_templates import in_template


def _awaiting(*columns: Any, meeting_id: int) -> Any:
    return (
        select(*columns)
        .select_from(AgendaItem)
        .join(Review, Review.id == AgendaItem.review_id)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.confirmed_at.is_not(None))
        .where(AgendaItem.conclusion == Review.state, Review.state.in_(AWAITING_DECISION), Proposal.quarantined_at.is_(None))
    )


def awaits_decision(meeting_id: int) -> bool:
    """Whether the meeting concluded on something that is not decided yet."""
    return bool(db.session.scalar(_awaiting(func.count(), meeting_id=meeting_id)))


def _failure(check: Mapping[str, Any], criteria: Mapping[str, str]) -> str:
    """``"tổng điểm 44,5 (cần 50)"``."""
    condition = Condition(check["condition"])
    if condition is Condition.PASS_FLOORS:
        names = ", ".join(criteria.get(code, code) for code in check["actual"].split(", "))
        return f"dưới mức sàn của tiêu chí: {names}"
    actual, least = (number(Decimal(check[name])) for name in ("actual", "needed"))
    return f"{condition.label.lower()} {actual} (cần {least})"


def _note(item: AgendaItem) -> str:
    """Why it failed; of one that passed which criteria lie below the floor of its grade; then what the minutes add in words."""
    kept = item.outcome or {}
    criteria = {each.code: each.name for each in CriteriaSet.from_json(item.review.criteria).criteria}
    failed = [_failure(check, criteria) for check in kept.get("checks", ()) if not check["met"]]
    flags = [
        f"{criteria.get(flag['criterion'], flag['criterion'])} chưa tới mức loại {flag['grade']}"
        for flag in kept.get("points", {}).get("grade_flags", ())
    ]
    return "; ".join(filter(None, (*failed, *flags, item.conclusion_text)))


def _line(item: AgendaItem) -> papers.SubmittedLine:
    review, vote = item.review, (item.outcome or {}).get("vote", {})
    proposal = review.proposal
    return papers.SubmittedLine(
        code=proposal.code or "", title=proposal.title, authors=tuple(map(holder_of, proposal.contributions)),
        unit=proposal.author_unit.name, total=review.total, grade=review.grade or "", agree=vote.get("agree", 0),
        base=vote.get("base", 0), needed=vote.get("needed", 0), note=_note(item),
    )  # fmt: skip


def _signature(page: MeetingShown) -> parts.Signature:
    """The chair; the deputy who presided signs in the chair's place."""
    chair = next((seat.name for seat in page.seats if seat.role is SeatRole.CHAIR), "")
    deputised = page.chair not in ("", chair)
    lines = ("TM. Hội đồng", *(("KT. Chủ tịch", "Phó Chủ tịch") if deputised else ("Chủ tịch",)))
    return parts.Signature(lines=lines, name=page.chair or chair)


def submission_contents(actor: Actor, board_id: int, meeting: int) -> Contents:
    """The submission, for those who lead the board; a draft until the meeting is closed.

    What the reader takes no part in is counted and not named: somebody else of the board submits it.

    :raises NotVisible: there is no such meeting for the actor; :raises NotOnBoard: the actor does not lead it.
    :raises NothingToSubmit: nothing of it awaits a decision, as far as the actor takes part in it.
    """
    page = meeting_shown(actor, board_id, meeting)
    if not page.leads:
        raise NotOnBoard
    asked = _awaiting(AgendaItem, meeting_id=page.meeting_id).order_by(AgendaItem.position)
    waiting = list(db.session.scalars(asked))
    known = {item.review_id for item in page.items if item.known}
    lines = [(State(item.review.state), _line(item)) for item in waiting if item.review_id in known]
    if not lines:
        raise NothingToSubmit
    board = db.session.get_one(Board, board_id)
    rules = standing_sets(board.unit.path, page.on).rules
    paper = papers.Submission(
        head=parts.Letterhead(parent=board.unit.name, unit=board.name, place=board.unit.place), signature=_signature(page),
        legal_bases=tuple(basis.text for basis in rules.legal_bases_on(page.on)), recipients=("Như trên", "Cơ quan thường trực"),
        addressee=f"Thủ trưởng {board.unit.name}", board=board.name, session=f"phiên số {page.number}, ngày {day(page.on)}",
        passed=tuple(line for state, line in lines if state is State.PASSED),
        failed=tuple(line for state, line in lines if state is State.FAILED), apart=len(waiting) - len(lines),
    )  # fmt: skip
    draft = page.state is not MeetingState.CLOSED
    return Contents(f"to-trinh-{board_id}-{meeting}", paper, board.unit.path, draft)


@in_vietnamese
def submission_paper(actor: Actor, board_id: int, meeting: int) -> Paper:
    """The paper as PDF; who reads it and the refusals as in :func:`submission_contents`."""
    return as_pdf(submission_contents(actor, board_id, meeting))


@in_vietnamese
def submission_word(actor: Actor, board_id: int, meeting: int) -> Paper:
    """The paper in the unit's Word template; as in :func:`submission_contents`."""
    return in_template(submission_contents(actor, board_id, meeting))
