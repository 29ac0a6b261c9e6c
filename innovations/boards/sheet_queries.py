"""A member's own score sheet, for the scoring screen and for paper.  Nobody reads another's through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from innovations.boards.blinding import title_for
from innovations.boards.loading import load_review, own_assignment, present_sheet
from innovations.boards.models import ScoreSheet
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.score_queries import criteria_of, values_of
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.states import AFTER_REVEAL, State
from innovations.regulations.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class OwnSheet:
    """The sheet as it is stored; an empty one with version 0 when nothing was saved.

    :param scores_now: scoring is open, the schedule takes sheets today, and the sheet is not submitted: it may be written.
    :param revealed: the points are out; nothing changes any more.
    """

    board_id: int
    review_id: int
    seat_id: int
    code: str
    title: str
    criteria: CriteriaSet
    role: AssignmentRole
    due_on: date
    state: State
    version: int
    values: Mapping[str, Decimal | None]
    remarks: Mapping[str, str]
    comment: str
    proposes: str
    total: Decimal | None
    submitted_at: datetime | None
    reopen_reason: str
    scores_now: bool
    revealed: bool


def _remarks(sheet: ScoreSheet | None) -> dict[str, str]:
    return {each.criterion: each.comment for each in sheet.scores} if sheet else {}


def own_sheet_in(loaded: Loaded, actor: Actor) -> OwnSheet:
    """The actor's sheet on a review that is loaded already.

    :raises NotScorer: the review is not assigned to the actor.
    """
    given = own_assignment(actor, loaded)
    sheet = present_sheet(loaded, given.seat_id)
    submitted_at = sheet.submitted_at if sheet else None
    return OwnSheet(
        board_id=loaded.review.board_id or 0, review_id=loaded.review.id, seat_id=given.seat_id, code=loaded.facts.code, title=title_for(actor, loaded),
        criteria=criteria_of(loaded.review), role=AssignmentRole(given.role), due_on=given.due_on, state=loaded.at.state,
        version=sheet.version if sheet else 0, values=values_of(sheet) if sheet else {}, remarks=_remarks(sheet),
        comment=sheet.comment if sheet else "", proposes=sheet.proposes if sheet else "", total=sheet.total if sheet else None,
        submitted_at=submitted_at, reopen_reason=sheet.reopen_reason if sheet else "",
        scores_now=loaded.at.state is State.SCORING and loaded.at.phase.scoring and submitted_at is None,
        revealed=loaded.at.state in AFTER_REVEAL,
    )  # fmt: skip


def own_sheet(actor: Actor, board_id: int, review_id: int) -> OwnSheet:
    """The actor's sheet on a review of the board.

    :raises NotVisible: the actor may not know of the review there; :raises NotScorer: it is not assigned to the actor.
    """
    return own_sheet_in(load_review(actor, board_id, review_id), actor)
