"""What of the boards waits for whom, and how readers see the boards, reviews and assignments that notices are about."""

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import ColumnElement, and_, select

from innovations.boards.agenda_queries import ItemShown
from innovations.boards.blinding import titles_for
from innovations.boards.board_queries import kept_boards, my_seats
from innovations.boards.correction_queries import to_confirm
from innovations.boards.decision_queries import pending, unissued
from innovations.boards.meeting_queries import running_meetings
from innovations.boards.models import Assignment, Board
from innovations.boards.models_decision import Certificate
from innovations.boards.models_meeting import AgendaItem, Meeting, Vote
from innovations.boards.queue_queries import QueueRow, my_sheets, queue
from innovations.boards.sight import without_part
from innovations.core.clock import today
from innovations.core.waiting import Waiting
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_at_board, seen_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import State


def board_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Name and address of each board the reader sits on."""
    mine = set(my_seats(actor)) & set(ids)
    rows = db.session.execute(select(Board.id, Board.name).where(Board.id.in_(mine)))
    return {board_id: Subject(name, url_for("boards.show", board_id=board_id)) for board_id, name in rows}


def _label(code: str | None, title: str) -> str:
    return f"{code} “{title}”" if code else f"“{title}”"


def _shown_to(actor: Actor) -> ColumnElement[bool]:
    """What boards show the reader: what they may know of at a board, but where they have a conflict."""
    return and_(seen_at_board(actor), Review.id.not_in(without_part(actor)))


def review_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """The board's page of each review whose proposal the reader may still see."""
    chosen = select(Review.id, Review.board_id, Proposal.code, Proposal.title).join(Proposal, Proposal.id == Review.proposal_id)
    rows = db.session.execute(chosen.where(Review.id.in_(list(ids)), Review.board_id.is_not(None), _shown_to(actor))).all()
    titles = titles_for(actor, {review_id: title for review_id, _board, _code, title in rows})
    return {
        review_id: Subject(_label(code, titles[review_id]), url_for("boards.review", board_id=board_id, review_id=review_id))
        for review_id, board_id, code, _title in rows
    }


def assignment_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """The sheet of each assignment whose proposal the reader may still see."""
    chosen = select(Assignment.id, Review.id, Review.board_id, Proposal.code, Proposal.title)
    chosen = chosen.join(Review, Review.id == Assignment.review_id).join(Proposal, Proposal.id == Review.proposal_id)
    wanted = chosen.where(Assignment.id.in_(list(ids)), Review.board_id.is_not(None), _shown_to(actor))
    rows = db.session.execute(wanted).all()
    titles = titles_for(actor, {review_id: title for _assignment, review_id, _board, _code, title in rows})
    return {
        assignment_id: Subject(_label(code, titles[review_id]), url_for("boards.score", board_id=board_id, review_id=review_id))
        for assignment_id, review_id, board_id, code, _title in rows
    }


def decision_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """The page of decisions for each concluded review the reader may still see."""
    chosen = select(Review.id, Proposal.code, Proposal.title).join(Proposal, Proposal.id == Review.proposal_id)
    rows = db.session.execute(chosen.where(Review.id.in_(list(ids)), seen_by(actor)))
    return {review_id: Subject(_label(code, title), url_for("boards.decisions")) for review_id, code, title in rows}


def outcome_subjects(_actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """So many dossiers of the reader's own, in the list of them."""
    page = url_for("proposals.index", mine="1")
    return {count: Subject(ngettext("%(num)d hồ sơ", "%(num)d hồ sơ", count), page) for count in ids}


def certificate_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """The paper of each certificate, named by its proposal, as far as the reader may see that."""
    chosen = (
        select(Certificate.id, Certificate.code, Proposal.code, Proposal.title)
        .join(Contribution, Contribution.id == Certificate.contribution_id)
        .join(Proposal, Proposal.id == Contribution.proposal_id)
    )
    rows = db.session.execute(chosen.where(Certificate.id.in_(list(ids)), seen_by(actor)))
    return {
        certificate_id: Subject(_label(code, title), url_for("boards.certificate_paper", code=verification))
        for certificate_id, verification, code, title in rows
    }


def _meeting_subject(board: str, board_id: int, number: int) -> Subject:
    label = gettext("số %(number)s của %(board)s", number=number, board=board)
    return Subject(label, url_for("boards.meeting", board_id=board_id, number=number))


def meeting_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Number and board of each meeting of the boards the reader sits on."""
    chosen = select(Meeting.id, Board.name, Board.id, Meeting.number).join(Board, Board.id == Meeting.board_id)
    rows = db.session.execute(chosen.where(Meeting.id.in_(list(ids)), Board.id.in_(my_seats(actor))))
    return {meeting_id: _meeting_subject(name, board_id, number) for meeting_id, name, board_id, number in rows}


def vote_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """The meeting of each vote, named by its review, as far as the reader may see that."""
    chosen = (
        select(Vote.id, Meeting.board_id, Meeting.number, Proposal.code, Proposal.title)
        .join(AgendaItem, AgendaItem.id == Vote.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Review, Review.id == AgendaItem.review_id)
        .join(Proposal, Proposal.id == Review.proposal_id)
    )
    rows = db.session.execute(chosen.where(Vote.id.in_(list(ids)), seen_by(actor)))
    return {
        vote_id: Subject(_label(code, title), url_for("boards.meeting", board_id=board_id, number=number))
        for vote_id, board_id, number, code, title in rows
    }


def _sheets(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            gettext("Phiếu chấm của tôi"), row.title, url_for("boards.score", board_id=row.board_id, review_id=row.review_id),
            row.due_on, "", row.code,
        )
        for row in my_sheets(actor)
        if row.may_score and not row.submitted
    ]  # fmt: skip


def _asked_of_secretary(row: QueueRow) -> str | None:
    """What the secretary has to do about a review now, if anything."""
    if row.due_on is not None and row.due_on < today() and row.state in (State.REVISE, State.SCORING):
        return gettext("Quá hạn, cần xử lý")
    if row.state is State.ACCEPTED:
        return gettext("Phân công chấm")
    if row.state is State.SCORING and row.all_in:
        return gettext("Đủ phiếu chấm, đưa ra họp")
    return None


def _queue(actor: Actor) -> list[Waiting]:
    asked = [(board_id, row, _asked_of_secretary(row)) for board_id in kept_boards(actor) for row in queue(actor, board_id)]
    return [
        Waiting(
            gettext("Việc của thư ký hội đồng"), row.title, url_for("boards.review", board_id=board_id, review_id=row.review_id),
            row.due_on, note, row.code,
        )
        for board_id, row, note in asked
        if note is not None
    ]  # fmt: skip


def _asked_in_meeting(item: ItemShown) -> str | None:
    """What an item of a running meeting asks of the reader, if anything."""
    if item.rights.votes:
        return gettext("Đang biểu quyết, chờ ý kiến của đồng chí")
    return gettext("Chờ đồng chí xác nhận kết luận") if item.rights.confirms else None


def _meetings(actor: Actor) -> list[Waiting]:
    asked = [(each, item, _asked_in_meeting(item)) for each in running_meetings(actor) for item in each.items]
    return [
        Waiting(
            gettext("Phiên họp đang diễn ra"), item.title, url_for("boards.meeting", board_id=each.board_id, number=each.number),
            each.on, note, item.code,
        )
        for each, item, note in asked
        if note is not None
    ]  # fmt: skip


def _decisions(actor: Actor) -> list[Waiting]:
    page, group = url_for("boards.decisions"), gettext("Chờ quyết định")
    corrections = [
        Waiting(
            gettext("Đính chính chờ xác nhận"), gettext("Quyết định số %(number)s", number=row.number),
            url_for("boards.decision", decision_id=row.id),
        )
        for row in to_confirm(actor)
    ]  # fmt: skip
    return corrections + [
        Waiting(group, row.title, page, row.due_on, gettext(row.state.label), row.code) for row in pending(actor)
    ]


def _certificates(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            gettext("Giấy chứng nhận cần cấp"), gettext("Quyết định số %(number)s", number=row.number),
            url_for("boards.decision", decision_id=row.id),
        )
        for row in unissued(actor)
    ]  # fmt: skip


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for the reader as a member in a meeting, as scoring member, secretary, deciding head or registrar."""
    return [*_meetings(actor), *_sheets(actor), *_queue(actor), *_decisions(actor), *_certificates(actor)]
