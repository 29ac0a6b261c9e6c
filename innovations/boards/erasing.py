"""What a purge of a proposal blanks at the boards: every remark and reason; points, votes, numbers and dates stay."""

from sqlalchemy import delete, select, update

from innovations.boards.models import Assignment, DismissedConflict, Recusal, ScoreSheet, SheetScore
from innovations.boards.models_blind import CoveredWords, FileRuling
from innovations.boards.models_decision import Certificate, DecisionLine, PendingOutcome
from innovations.boards.models_files import AttachedMinutes, SheetPhoto
from innovations.boards.models_meeting import AgendaItem, CountSettlement, Vote
from innovations.boards.models_paper import KeyedSheet
from innovations.extensions import db
from innovations.proposals.erasing import BLANK, Doomed, uncite


def erase(doomed: Doomed) -> None:
    """Blank what seats, meetings and decisions say of the proposal.  A step."""
    of_review = (
        (Recusal, {"reason": ""}),
        (DismissedConflict, {"reason": BLANK}),
        (Assignment, {"decline_reason": "", "excused_reason": ""}),
        (ScoreSheet, {"comment": "", "reopen_reason": ""}),
        (AgendaItem, {"discussion": "", "conclusion_text": ""}),
        (DecisionLine, {"reason": "", "scope": ""}),
        (PendingOutcome, {"reason": ""}),
    )
    for model, blanked in of_review:
        db.session.execute(update(model).where(model.review_id.in_(doomed.review_ids)).values(blanked))
    of_part = (
        (SheetScore, SheetScore.sheet_id, ScoreSheet, {"comment": ""}),
        (Vote, Vote.item_id, AgendaItem, {"void_reason": ""}),
        (Certificate, Certificate.line_id, DecisionLine, {"state_note": ""}),
    )
    for model, whole, owner, blanked in of_part:
        own = select(owner.id).where(owner.review_id.in_(doomed.review_ids))
        db.session.execute(update(model).where(whole.in_(own)).values(blanked))
    for said in (CoveredWords, FileRuling):
        db.session.execute(delete(said).where(said.review_id.in_(doomed.review_ids)))
    given = select(Assignment.id).where(Assignment.review_id.in_(doomed.review_ids))
    db.session.execute(delete(KeyedSheet).where(KeyedSheet.assignment_id.in_(given)))
    db.session.execute(delete(SheetPhoto).where(SheetPhoto.assignment_id.in_(given)))
    _minutes(doomed)
    votes = select(Vote.id).join(AgendaItem).where(AgendaItem.review_id.in_(doomed.review_ids))
    db.session.execute(update(CountSettlement).where(CountSettlement.vote_id.in_(votes)).values(reason=BLANK))
    for column in (AgendaItem.discussion, AgendaItem.conclusion_text, DecisionLine.reason, PendingOutcome.reason):
        uncite(column, doomed.title)


def _minutes(doomed: Doomed) -> None:
    """The files of every meeting that had it on its agenda: they may tell of each item; number, day and who added them stay."""
    meetings = select(AgendaItem.meeting_id).where(AgendaItem.review_id.in_(doomed.review_ids))
    emptied = {"name": "", "note": "", "media_type": "", "size": 0, "sha256": ""}
    db.session.execute(update(AttachedMinutes).where(AttachedMinutes.meeting_id.in_(meetings)).values(emptied))
