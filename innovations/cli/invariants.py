"""The invariants of domain §4, walked over the data: each yields a line for every row that breaks it.

Imported records are exempt from 1 to 3 and 7 (invariant 10).  What the database refuses by itself (a value that is none, a number
twice) is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, selectinload

from innovations.audit.models import AuditEvent
from innovations.boards.models import Assignment, Recusal, ScoreSheet, Seat
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.models_meeting import AgendaItem, CountSettlement, HasVoted, OpenOpinion, TellerCount, Vote
from innovations.boards.rules.meetings import Conclusion
from innovations.boards.rules.quorum import needed
from innovations.boards.rules.scoring import Sheet
from innovations.boards.rules.votes import VoteState
from innovations.boards.score_queries import criteria_of, shown_total, values_of
from innovations.boards.services.votes import EVIDENCE
from innovations.core.counters import Counter
from innovations.core.rules.calendar import local_date
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.models import FormalCheck, Proposal, Review, ReviewStep
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.models_secrets import Purge
from innovations.proposals.rules.content import Handling, Origin, last_filing_day
from innovations.proposals.rules.events import AuditTag
from innovations.proposals.rules.states import BEFORE_SUBMITTED, Action, State
from innovations.proposals.services.freezing import frozen_digest
from innovations.regulations.rules.rulesets import ApprovalBase, RuleSet

#: Where a dossier rests as it was handed in; where its authors complete it, or took it back meanwhile, it may lack something.
_AT_REST = (
    State.UNIT_REVIEW, State.SUBMITTED, State.ACCEPTED, State.TRIAL, State.SCORING, State.MEETING, State.PASSED, State.RECOGNISED,
)  # fmt: skip
#: What authors do themselves; every other step is somebody's office.
_AUTHORS_OWN = (Action.SUBMIT, Action.DISCARD, Action.RESUBMIT, Action.HAND_IN, Action.WITHDRAW)
CHUNK = 500  # reviews read together
_ADDRESS = func.coalesce(Proposal.code, Proposal.draft_code)


def _at_rest() -> ColumnElement[bool]:
    """The latest consideration rests, the record was not imported and its content not purged."""
    purged = select(Purge.proposal_id).where(Purge.confirmed_at.is_not(None))
    resting = select(Review.proposal_id).where(Review.latest, Review.state.in_(_AT_REST))
    return Proposal.id.in_(resting) & (Proposal.origin != Origin.IMPORTED) & Proposal.id.not_in(purged)


def shares_are_whole() -> Iterator[str]:
    """1. Shares of every submitted proposal sum to exactly 100.00; imported ones may have none."""
    total = func.sum(Contribution.share)
    submitted = select(Review.proposal_id).where(Review.state.not_in(BEFORE_SUBMITTED))
    rows = select(Proposal.code, total).join(Contribution).where(Proposal.id.in_(submitted), Proposal.origin != Origin.IMPORTED)
    for code, found in db.session.execute(rows.group_by(Proposal.id).having(total != 100)):
        yield f"{code}: shares sum to {found}"


def authors_have_confirmed() -> Iterator[str]:
    """1. Every author has confirmed the share, or a signed page attests it."""
    open_shares = select(_ADDRESS, func.count()).join(Contribution).where(_at_rest())
    open_shares = open_shares.where(Contribution.confirmed_at.is_(None), Contribution.attested_by_id.is_(None))
    for code, count in db.session.execute(open_shares.group_by(Proposal.id)):
        yield f"{code}: {count} authors have not confirmed"


def filed_in_time() -> Iterator[str]:
    """2. What was applied already was first filed within the months of its rule set."""
    rows = select(_ADDRESS, Proposal.first_applied_on, Proposal.first_filed_at, Review.rules).join(
        Review, (Review.proposal_id == Proposal.id) & Review.latest
    )
    rows = rows.where(_at_rest(), Proposal.first_applied_on.is_not(None), Proposal.first_filed_at.is_not(None))
    for code, applied_on, filed_at, rules in db.session.execute(rows):
        last = last_filing_day(applied_on, RuleSet.from_json(rules).filing_window_months)
        if local_date(filed_at) > last:
            yield f"{code}: filed on {local_date(filed_at)}, could be until {last}"


def votes_have_evidence() -> Iterator[str]:
    """3. Evidence of application or trial lay in the dossier before a vote on recognition."""
    shown = select(Attachment.proposal_id).where(Attachment.kind.in_(EVIDENCE))
    rows = select(_ADDRESS).join(Review, Review.proposal_id == Proposal.id).join(AgendaItem, AgendaItem.review_id == Review.id)
    rows = rows.join(Vote, Vote.item_id == AgendaItem.id).where(Vote.state != VoteState.VOID.value)
    for code in db.session.scalars(rows.where(_at_rest(), Proposal.id.not_in(shown)).distinct()):
        yield f"{code}: voted on without evidence"


def _seat_acts() -> Iterator[Select[Any]]:
    """What members did in a review: whose, when, what."""
    for what, row, at in (("assignment", Assignment, Assignment.assigned_at), ("sheet", ScoreSheet, ScoreSheet.submitted_at)):
        acts = select(row.review_id, Seat.person_id, at, literal(what)).join(Seat, Seat.id == row.seat_id)
        yield acts.where(Assignment.declined_at.is_(None)) if row is Assignment else acts
    for what, cast_by in (("vote", HasVoted), ("opinion", OpenOpinion), ("count", TellerCount)):
        acts = select(AgendaItem.review_id, Seat.person_id, Vote.opened_at, literal(what)).join(
            Vote, Vote.item_id == AgendaItem.id
        )
        yield acts.join(cast_by, cast_by.vote_id == Vote.id).join(Seat, Seat.id == cast_by.seat_id)


def _office_acts() -> Iterator[Select[Any]]:
    """What offices, the chair and the secretary did in a review."""
    steps = select(ReviewStep.review_id, ReviewStep.person_id, ReviewStep.at, cast(ReviewStep.action, String))
    yield steps.where(ReviewStep.action.not_in([each.value for each in _AUTHORS_OWN]))
    yield select(FormalCheck.review_id, FormalCheck.checked_by_id, FormalCheck.checked_at, literal("formal check"))
    yield select(AgendaItem.review_id, AgendaItem.recorded_by_id, AgendaItem.recorded_at, literal("conclusion"))
    yield select(AgendaItem.review_id, AgendaItem.confirmed_by_id, AgendaItem.confirmed_at, literal("confirmation"))
    settled = select(AgendaItem.review_id, CountSettlement.by_id, Vote.closed_at, literal("settled count"))
    yield settled.join(Vote, Vote.item_id == AgendaItem.id).join(CountSettlement, CountSettlement.vote_id == Vote.id)
    decided = select(DecisionLine.review_id, Decision.recorded_by_id, Decision.recorded_at, literal("decision"))
    yield decided.join(Decision, Decision.id == DecisionLine.decision_id).where(~Decision.imported)


def nobody_acts_on_their_own() -> Iterator[str]:
    """4. No office, duty, sheet or vote of an author or of somebody with a declared conflict, whichever record they used.

    Acts count from the moment somebody became one: an author who joined later, a conflict declared later change nothing before.
    """
    acts = union_all(*_seat_acts(), *_office_acts()).subquery()
    review_id, person_id, at, what = acts.c
    author, recused = aliased(Person), aliased(Person)
    written = select(Review.id.label("review"), func.coalesce(author.same_as_id, author.id), Contribution.confirmed_at)
    written = written.join(Contribution, Contribution.proposal_id == Review.proposal_id).join(
        author, author.id == Contribution.person_id
    )
    declared = select(Recusal.review_id, func.coalesce(recused.same_as_id, recused.id), Recusal.at)
    barred = union_all(written, declared.join(recused, recused.id == Recusal.person_id)).subquery()
    barred_in, human, since = barred.c
    rows = select(_ADDRESS, what).join(Review, Review.proposal_id == Proposal.id).join(acts, review_id == Review.id)
    rows = rows.join(Person, Person.id == person_id).join(barred, (barred_in == review_id) & (human == Human))
    for code, act in db.session.execute(rows.where(at > since).distinct()):
        yield f"{code}: {act} of an author or of somebody with a conflict"


def rules_stay_frozen() -> Iterator[str]:
    """5. Rules and criteria of a review are those it began with, by the digest that stands in the audit log."""
    frozen = (AuditEvent.subject_kind == "proposal") & AuditEvent.tag.in_([AuditTag.SUBMITTED.value, AuditTag.FORWARDED.value])
    began = {
        data.get("forwarded_to", data["review"]): data["frozen"]
        for data in db.session.scalars(select(AuditEvent.data).where(frozen).order_by(AuditEvent.id))
        if "frozen" in data
    }
    rows = select(Review, _ADDRESS).join(Proposal, Proposal.id == Review.proposal_id).where(Review.state != State.DRAFT)
    started = sorted(began)
    for some in (started[place : place + CHUNK] for place in range(0, len(started), CHUNK)):
        for review, code in db.session.execute(rows.where(Review.id.in_(some))):
            if began[review.id] != frozen_digest(review):
                yield f"{code}: rules or criteria changed inside a review"


def points_are_those_of_the_sheets() -> Iterator[str]:
    """6. The points of a sheet are its criteria's, rounded once."""
    rows = select(ScoreSheet, Review, _ADDRESS).join(Review, Review.id == ScoreSheet.review_id)
    rows = rows.join(Proposal, Proposal.id == Review.proposal_id).where(ScoreSheet.submitted_at.is_not(None))
    for sheet, review, code in db.session.execute(rows.options(selectinload(ScoreSheet.scores)).execution_options(yield_per=500)):
        total = shown_total(Sheet(sheet.id, values_of(sheet)), criteria_of(review))
        if total != sheet.total:
            yield f"{code}: a sheet says {sheet.total}, its criteria {total}"


def recognised_have_decisions() -> Iterator[str]:
    """7. A recognised review has a decision with number and date."""
    decided = (
        select(DecisionLine.review_id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(Decision.kind == "recognise", Decision.number != "", Decision.decided_on.is_not(None))
    )
    rows = (
        select(Proposal.code)
        .join(Review, Review.proposal_id == Proposal.id)
        .where(Review.state == State.RECOGNISED, Proposal.origin != Origin.IMPORTED, Review.id.not_in(decided))
    )
    yield from (f"{code}: recognised without a decision" for code in db.session.scalars(rows))


def _broken(review: Review, item: AgendaItem | None, vote: Vote | None) -> Iterator[str]:
    """What the board's side of a recognition lacks, by the rules and criteria that the review froze."""
    if item is None or vote is None or item.outcome is None:
        yield "no confirmed conclusion with a closed vote"
        return
    rules, criteria, kept = RuleSet.from_json(review.rules), criteria_of(review), item.outcome
    of_all = rules.approval_base is ApprovalBase.ALL_MEMBERS
    leaving = len(kept["recused"]) if rules.recusal_lowers_base else 0
    least = needed(rules.approval, max(0, (vote.base if of_all else vote.present) - leaving))
    if vote.present < needed(rules.quorum, vote.base):
        yield f"{vote.present} of {vote.base} members present"
    if (vote.agree or 0) < vote.needed or vote.needed < least:
        yield f"{vote.agree} agreements, {max(vote.needed, least)} needed"
    points = kept["points"]
    if points["failed_pass_floors"] or (review.total is not None and review.total < criteria.pass_mark):
        yield f"{review.total} points, floors missed: {points['failed_pass_floors']}"
    if points["total"] is not None and Decimal(points["total"]) != review.total:
        yield f"{review.total} points, {points['total']} by the conclusion"


def recognised_passed_the_board() -> Iterator[str]:
    """7. Quorum, agreements, points and floors stand behind everything that passed."""
    concluded = (AgendaItem.review_id == Review.id) & (AgendaItem.conclusion == Conclusion.PASSED.value)
    passed = select(Review, _ADDRESS, AgendaItem, Vote).join(Proposal, Proposal.id == Review.proposal_id)
    passed = passed.outerjoin(AgendaItem, concluded & AgendaItem.confirmed_at.is_not(None))
    passed = passed.outerjoin(Vote, (Vote.item_id == AgendaItem.id) & (Vote.state == VoteState.CLOSED.value))
    states = (State.PASSED, State.RECOGNISED, State.REVOKED)
    rows = passed.where(Review.state.in_(states), Proposal.origin != Origin.IMPORTED)
    for review, code, item, vote in db.session.execute(rows.execution_options(yield_per=500)):
        yield from (f"{code}: {what}" for what in _broken(review, item, vote))


def numbers_are_gapless() -> Iterator[str]:
    """8. Receipts and certificates: the counter's value is how many there are, and the highest number."""
    for kind, model, number, year in (
        ("receipt", Review, Review.receipt_number, Review.receipt_year),
        ("certificate", Certificate, Certificate.number, Certificate.year),
    ):
        rows = (
            select(model.unit_id, year, func.count(), func.max(number)).where(number.is_not(None)).group_by(model.unit_id, year)
        )
        for unit_id, in_year, count, highest in db.session.execute(rows):
            counter = db.session.get(Counter, (kind, unit_id, in_year))
            if count != highest or counter is None or counter.value != highest:
                yield f"{kind} of unit {unit_id} in {in_year}: {count} rows, highest {highest}, counter {counter and counter.value}"


def handling_is_known() -> Iterator[str]:
    """9. Everything is open or internal."""
    stored = cast(Proposal.handling, String)
    rows = select(_ADDRESS).where(or_(stored.is_(None), stored.not_in([each.value for each in Handling])))
    yield from (f"{code}: neither open nor internal" for code in db.session.scalars(rows))


def imports_mint_nothing() -> Iterator[str]:
    """10. No certificate rests on an imported decision."""
    rows = select(_ADDRESS, func.count()).join(Contribution, Contribution.proposal_id == Proposal.id)
    rows = rows.join(Certificate, Certificate.contribution_id == Contribution.id)
    rows = rows.join(DecisionLine, DecisionLine.id == Certificate.line_id).join(Decision, Decision.id == DecisionLine.decision_id)
    for code, count in db.session.execute(rows.where(Decision.imported).group_by(Proposal.id)):
        yield f"{code}: {count} certificates of an imported decision"


INVARIANTS = (
    shares_are_whole, authors_have_confirmed, filed_in_time, votes_have_evidence, nobody_acts_on_their_own, rules_stay_frozen,
    points_are_those_of_the_sheets, recognised_have_decisions, recognised_passed_the_board, numbers_are_gapless, handling_is_known,
    imports_mint_nothing,
)  # fmt: skip
