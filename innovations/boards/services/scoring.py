"""A member's score sheet: saved as a draft, submitted once, reopened once at most before the reveal.

A sheet belongs to (review, revision, seat).  An attempt to change one that rests is refused and stays in the audit trail.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from innovations import audit
from innovations.boards.blinding import hides_authors
from innovations.boards.loading import load_review, own_assignment, present_sheet
from innovations.boards.models import Assignment, ScoreSheet, SheetScore
from innovations.boards.rules.access import check_may_assign, check_may_score
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.conflicts import AlreadyRecused
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.scoring import Sheet
from innovations.boards.rules.sheets import (
    REMARK_MAX,
    SheetFacts,
    SheetIsFinal,
    SheetProposal,
    check_changeable,
    check_reopen,
    check_review_text,
    check_sheet,
    check_sheet_proposal,
)
from innovations.boards.score_queries import criteria_of, sheet_count, shown_total
from innovations.core.clock import now
from innovations.core.rules.errors import DomainError, NotVisible, Several, Stale
from innovations.core.rules.text import clean_text
from innovations.core.transactions import atomic, leave_key
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.facts import is_barred
from innovations.proposals.rules.states import AFTER_REVEAL
from innovations.regulations.rules.criteria import CriteriaSet

TIE_KEY_BYTES = 16
COMMENT_MAX = 10_000  # characters of the remark on the whole


@dataclass(frozen=True)
class SheetData:
    """What a member fills in.

    :param values: criterion code → points, None for "not applicable"; a criterion left out is not scored yet.
    :param remarks: criterion code → remark.
    :param version: of the sheet the member has before them; 0 for one that was never saved.
    """

    values: Mapping[str, Decimal | None]
    remarks: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    proposes: str = ""
    version: int = 0


def _facts(loaded: Loaded, sheet: ScoreSheet | None) -> SheetFacts:
    return SheetFacts(
        submitted=sheet is not None and sheet.submitted_at is not None,
        revealed=loaded.at.state in AFTER_REVEAL,
        reopened=sheet is not None and sheet.reopened_at is not None,
    )


def _refuse_finally(loaded: Loaded, sheet: ScoreSheet | None, actor: Actor) -> SheetIsFinal | None:
    """The refusal when a sheet rests, written to the audit trail; it is raised after the commit, so that the row stays."""
    try:
        check_changeable(_facts(loaded, sheet))
    except SheetIsFinal as refusal:
        audit.record(
            AuditTag.SHEET_CHANGE_REFUSED, "proposal", loaded.proposal.id, by=actor.account_id, review=loaded.review.id,
            sheet=sheet.id if sheet else None,
        )  # fmt: skip
        leave_key()
        return refusal
    return None


def write(sheet: ScoreSheet, data: SheetData, criteria: CriteriaSet) -> None:
    """Put what was filled in onto the sheet.  A step."""
    stored = {score.criterion: score for score in sheet.scores}
    for code in (criterion.code for criterion in criteria.criteria):
        score = stored.get(code) or SheetScore(criterion=code)
        score.value = data.values.get(code)
        score.not_applicable = code in data.values and data.values[code] is None
        score.comment = clean_text(data.remarks.get(code, ""), max_length=REMARK_MAX, field=code)
        if code not in stored:
            sheet.scores.append(score)
    sheet.comment = clean_text(data.comment, max_length=COMMENT_MAX, field="comment")
    sheet.proposes = data.proposes if data.proposes in set(SheetProposal) else ""
    # In a draft what is not scored yet counts 0; only "not applicable" leaves the maximum.
    counted = {each.code: data.values.get(each.code, Decimal(0)) for each in criteria.criteria}
    sheet.total = shown_total(Sheet(0, counted), criteria)
    sheet.updated_at = now()


def sheet_to_write(loaded: Loaded, given: Assignment, version: int) -> ScoreSheet:
    """The sheet to write, made when there is none.

    :raises Stale: it was saved elsewhere meanwhile; the field is ``version``.
    """
    sheet = present_sheet(loaded, given.seat_id)
    if (sheet.version if sheet else 0) != version:
        raise Stale("version", version=sheet.version if sheet else 0)
    if sheet is None:
        sheet = ScoreSheet(review_id=loaded.review.id, revision_id=loaded.review.revision_id, seat_id=given.seat_id)
        db.session.add(sheet)
    return sheet


def check_complete(criteria: CriteriaSet, data: SheetData, role: str) -> None:
    """Refuse an incomplete sheet with everything it lacks, in one list."""
    errors: list[DomainError] = []
    for check in (
        lambda: check_sheet(criteria, data.values, data.remarks, True),
        lambda: check_sheet_proposal(data.proposes),
        lambda: check_review_text(data.comment, is_reviewer=role == AssignmentRole.REVIEWER.value),
    ):
        try:
            check()
        except Several as several:
            errors += several.errors
        except DomainError as error:
            errors.append(error)
    if errors:
        raise Several(errors)


def _tell_when_complete(loaded: Loaded) -> None:
    db.session.flush()
    count = sheet_count(loaded.review)
    if not count.missing:
        key = f"sheets-complete:{loaded.review.id}:{loaded.review.revision_id}"
        notify(NoticeKind.SHEETS_COMPLETE, [loaded.secretary], "review", loaded.review.id, once=key)


def let_rest(loaded: Loaded, sheet: ScoreSheet, given: Assignment, actor: Actor, **stated: object) -> None:
    """Let the sheet rest; who keeps the minutes is told when it was the last one expected.  A step.

    :param stated: what the audit trail says besides.
    """
    sheet.submitted_at, sheet.tie_key = now(), secrets.token_hex(TIE_KEY_BYTES)
    given.done_at, given.excused_reason = now(), ""
    db.session.flush()
    audit.record(
        AuditTag.SHEET_SUBMITTED,
        "proposal",
        loaded.proposal.id,
        by=actor.account_id,
        review=loaded.review.id,
        sheet=sheet.id,
        **stated,
    )
    _tell_when_complete(loaded)
    _name_authors(loaded)


def _name_authors(loaded: Loaded) -> None:
    """Where scorers do not know the authors until their sheet is in, it is in now, or no longer."""
    if hides_authors(loaded):
        audience.refresh(loaded.proposal.id)


def _keep(actor: Actor, board_id: int, review_id: int, data: SheetData, *, submit: bool) -> None:
    with atomic():
        loaded = load_review(actor, board_id, review_id)
        given = own_assignment(actor, loaded)
        refusal = _refuse_finally(loaded, present_sheet(loaded, given.seat_id), actor)
        if refusal is None:
            check_may_score(actor, loaded.facts, loaded.at, frozenset({actor.person_id}))
            criteria = criteria_of(loaded.review)
            if submit:
                check_complete(criteria, data, given.role)
            else:
                check_sheet(criteria, data.values, data.remarks, False)
            sheet = sheet_to_write(loaded, given, data.version)
            write(sheet, data, criteria)
            if submit:
                let_rest(loaded, sheet, given, actor)
    if refusal is not None:
        raise refusal


def save_score_sheet(actor: Actor, board_id: int, review_id: int, data: SheetData) -> None:
    """Keep a sheet as a draft; it may be incomplete, but no value in it impossible.

    :raises NotScorer: the review is not assigned to the actor; :raises NotNow: scoring is not open.
    :raises ScoringNotOpen, ScoringEnded: the board's schedule takes no sheets today.
    :raises SheetIsFinal: it was submitted, or the points are revealed; audited.
    :raises Stale: it was saved elsewhere meanwhile.
    :raises Several: a refusal per criterion.
    """
    _keep(actor, board_id, review_id, data, submit=False)


def submit_score_sheet(actor: Actor, board_id: int, review_id: int, data: SheetData) -> None:
    """Submit a complete sheet; the secretary is told when it was the last one expected.

    Refusals as in :func:`save_score_sheet`, and one for each criterion, proposal or review that is missing.
    """
    _keep(actor, board_id, review_id, data, submit=True)


def reopen_score_sheet(actor: Actor, board_id: int, review_id: int, sheet_id: int, *, reason: str) -> None:
    """The secretary gives a submitted sheet back to its scorer, once, before the reveal.

    :raises SheetIsFinal: after the reveal; audited.
    :raises NothingToReopen: it is a draft; :raises AlreadyReopened: it was reopened before.
    :raises AlreadyRecused: its scorer has a conflict since, so the sheet counts no more.
    :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        loaded = load_review(actor, board_id, review_id)
        sheet = session.get(ScoreSheet, sheet_id)
        if sheet is None or sheet.review_id != review_id or sheet.revision_id != loaded.review.revision_id:
            raise NotVisible
        refusal = _refuse_finally(loaded, None, actor)
        if refusal is None:
            check_may_assign(actor, loaded.facts, loaded.at)
            if is_barred(sheet.seat.person.human_id, loaded.facts, loaded.at):
                raise AlreadyRecused
            sheet.reopen_reason = check_reopen(_facts(loaded, sheet), reason)[:500]
            sheet.submitted_at, sheet.reopened_at, sheet.updated_at = None, now(), now()
            _give_back(loaded, sheet, actor)
    if refusal is not None:
        raise refusal


def _give_back(loaded: Loaded, sheet: ScoreSheet, actor: Actor) -> None:
    audit.record(
        AuditTag.SHEET_REOPENED, "proposal", loaded.proposal.id, by=actor.account_id, review=loaded.review.id, sheet=sheet.id
    )
    of_seat = select(Assignment).where(Assignment.review_id == loaded.review.id, Assignment.seat_id == sheet.seat_id)
    given = db.session.scalars(of_seat).one()
    given.done_at = None
    _name_authors(loaded)
    notify(NoticeKind.SHEET_REOPENED, [sheet.seat.person.human_id], "assignment", given.id)
