"""One review as the board's people see it: the dossier, who scores and how far they are, who is recused, what may be done now.

Before the reveal a sheet is only "submitted" or not, for everybody but its writer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from innovations.boards.blind_files import JudgedFile, judged_files
from innovations.boards.blinding import blind_dossier, covered_words, hides_authors, reads_blind, words_to_cover
from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.judging_queries import Judgeable, judgeable
from innovations.boards.loading import load_review
from innovations.boards.models import Assignment, Board, Recusal, ScoreSheet, Seat
from innovations.boards.models_meeting import AgendaItem, Meeting
from innovations.boards.planning_queries import loads_of
from innovations.boards.readable_sheets import SheetShown, revealed, sheet_access_of, titled, told
from innovations.boards.reading_queries import LeftOutShown, left_out
from innovations.boards.rules.access import (
    check_may_assign,
    check_may_declare_conflict,
    check_may_decline,
    check_may_record_recusal,
    check_may_weigh_scores,
    permitted,
)
from innovations.boards.rules.assignments import AssignmentRole, SheetCount
from innovations.boards.rules.conflicts import Conflict, ConflictKind
from innovations.boards.rules.paper_sheets import check_may_key
from innovations.boards.rules.seats import BoardFacts, SeatRole
from innovations.boards.score_queries import Summary, criteria_of, sheet_count, summary
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Dossier, shown
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Review
from innovations.proposals.rules.access import allowed_actions
from innovations.proposals.rules.clocks import sheet_due
from innovations.proposals.rules.facts import ActivePhase
from innovations.proposals.rules.states import Action, State
from innovations.regulations.queries import working_calendar
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class AssignmentShown:
    """Who was given the review; ``sheet_id`` only leads to the reopening of a submitted sheet."""

    id: int
    seat_id: int
    name: str
    role: AssignmentRole
    due_on: date
    submitted_at: datetime | None
    started: bool
    reopened: bool
    sheet_id: int | None
    declined_reason: str
    declined: bool
    excused_reason: str
    recused: bool


@dataclass(frozen=True)
class Candidate:
    """A seat that may score, with the conflict that stands against it, if any, and how many waiting reviews it scores."""

    seat_id: int
    name: str
    role: SeatRole
    conflict: Conflict | None
    assigned: bool
    recused: bool
    load: int


@dataclass(frozen=True)
class RecusalShown:
    """A conflict on record."""

    name: str
    kind: ConflictKind
    reason: str
    declared_by_self: bool
    at: datetime


@dataclass(frozen=True)
class MeetingLink:
    """The meeting whose agenda has the review."""

    number: int
    on: date
    state: str


@dataclass(frozen=True)
class Rights:
    """What the reader may do here now, for buttons; every use case asks again."""

    assigns: bool
    records_recusal: bool
    declares_conflict: bool
    declines: bool
    opens_scoring: bool
    starts_trial: bool
    closes_overdue: bool
    covers: bool


@dataclass(frozen=True)
class Below:
    """What the sheets said at the unit that forwarded the review, without names."""

    unit: str
    summary: Summary


@dataclass(frozen=True)
class ReviewBoard:
    """The page of one review; ``below`` only where the rules of the unit below let its sheets follow."""

    board_id: int
    board: str
    review_id: int
    state: State
    due_on: date | None
    held_by: str
    held_since: datetime | None
    blind: bool
    campaign_id: int | None
    phase: ActivePhase
    dossier: Dossier
    covered: tuple[str, ...]
    judged_files: tuple[JudgedFile, ...]
    rules: RuleSet
    criteria: CriteriaSet
    assignments: tuple[AssignmentShown, ...]
    candidates: tuple[Candidate, ...]
    recusals: tuple[RecusalShown, ...]
    judgeable: tuple[Judgeable, ...]
    count: SheetCount
    summary: Summary | None
    below: Below | None
    sheets: tuple[SheetShown, ...]
    left_out: tuple[LeftOutShown, ...]
    meetings: tuple[MeetingLink, ...]
    default_due: date
    rights: Rights
    my_assignment: AssignmentShown | None
    keys_paper: bool


def _assignments(loaded: Loaded) -> tuple[AssignmentShown, ...]:
    on_present = (ScoreSheet.review_id == Assignment.review_id) & (ScoreSheet.revision_id == loaded.review.revision_id)
    chosen = (
        select(Assignment, Person, ScoreSheet)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(ScoreSheet, on_present & (ScoreSheet.seat_id == Assignment.seat_id))
        .where(Assignment.review_id == loaded.review.id)
        .order_by(Seat.position, Person.sort_key)
    )
    return tuple(
        AssignmentShown(
            given.id, given.seat_id, titled(person), AssignmentRole(given.role), given.due_on,
            sheet.submitted_at if sheet else None, sheet is not None, sheet is not None and sheet.reopened_at is not None,
            sheet.id if sheet else None,
            given.decline_reason, given.declined_at is not None, given.excused_reason, person.human_id in loaded.at.recused,
        )
        for given, person, sheet in db.session.execute(chosen)
    )  # fmt: skip


def _candidates(
    loaded: Loaded, facts: BoardFacts, given: tuple[AssignmentShown, ...], loads: Mapping[int, int]
) -> tuple[Candidate, ...]:
    conflicts = conflicts_on(loaded)
    has = {each.seat_id for each in given if not each.declined}
    active = {seat.seat_id: seat for seat in facts.active(today()) if seat.may_score}
    chosen = (
        select(Seat.id, Person, Unit.short_name).join(Person, Person.id == Seat.person_id).join(Unit, Unit.id == Person.unit_id)
    )
    rows = db.session.execute(chosen.where(Seat.id.in_(active)).order_by(Seat.position, Person.sort_key))
    return tuple(
        Candidate(
            seat_id, f"{titled(person)}, {unit}", active[seat_id].role, conflicts[seat_id][0] if seat_id in conflicts else None,
            seat_id in has, person.human_id in loaded.at.recused, loads.get(seat_id, 0),
        )
        for seat_id, person, unit in rows
    )  # fmt: skip


def _recusals(review_id: int) -> tuple[RecusalShown, ...]:
    chosen = select(Recusal, Person).join(Person, Person.id == Recusal.person_id).where(Recusal.review_id == review_id)
    rows = db.session.execute(chosen.order_by(Recusal.at))
    return tuple(
        RecusalShown(titled(person), ConflictKind(row.kind), row.reason, row.declared_by_id == row.person_id, row.at)
        for row, person in rows
    )


def _meetings(review_id: int) -> tuple[MeetingLink, ...]:
    chosen = select(Meeting).join(AgendaItem, AgendaItem.meeting_id == Meeting.id).where(AgendaItem.review_id == review_id)
    return tuple(MeetingLink(row.number, row.on, row.state) for row in db.session.scalars(chosen.order_by(Meeting.number)))


def below(review: Review) -> Below | None:
    """Sheets stay behind when a recognition is forwarded, unless the rules they were given under say otherwise."""
    source = db.session.get(Review, review.forwarded_from_id) if review.forwarded_from_id else None
    if source is None or not RuleSet.from_json(source.rules).sheets_follow:
        return None
    said = summary(source)
    return Below(source.unit.name, said) if said else None


def _rights(actor: Actor, loaded: Loaded, facts: BoardFacts) -> Rights:
    actions = allowed_actions(actor, loaded.facts, loaded.at)
    late = loaded.review.due_on is not None and loaded.review.due_on < today()
    return Rights(
        assigns=permitted(check_may_assign, actor, loaded.facts, loaded.at),
        records_recusal=permitted(check_may_record_recusal, actor, loaded.facts, loaded.at),
        declares_conflict=permitted(check_may_declare_conflict, actor, loaded.facts, loaded.at, facts, today()),
        declines=permitted(check_may_decline, actor, loaded.facts, loaded.at, loaded.at.assigned),
        opens_scoring=Action.OPEN_SCORING in actions,
        starts_trial=Action.START_TRIAL in actions,
        closes_overdue=Action.CLOSE_OVERDUE in actions and late,
        covers=hides_authors(loaded) and permitted(check_may_assign, actor, loaded.facts, loaded.at),
    )


def review_board(actor: Actor, board_id: int, review_id: int) -> ReviewBoard:
    """Everything of one review that the reader may see.

    :raises NotVisible: no review of this board, or not for this reader.
    :raises AuthorMayNotAct: the reader is one of the authors.
    """
    return board_of(actor, load_review(actor, board_id, review_id))


def board_of(actor: Actor, loaded: Loaded) -> ReviewBoard:
    """The same of a review that is loaded already."""
    board_id, review_id = loaded.review.board_id or 0, loaded.review.id
    facts, given = board_facts(board_id), _assignments(loaded)
    seat = facts.seats_person(actor.person_id, today())
    mine = next((each for each in given if seat and each.seat_id == seat.seat_id and not each.declined), None)
    access = sheet_access_of(actor, loaded)
    rights = _rights(actor, loaded, facts)
    loads = loads_of(actor, board_id) if rights.assigns else {}
    weighs = permitted(check_may_weigh_scores, actor, loaded.facts, loaded.at)
    review, blind = loaded.review, reads_blind(actor, loaded)
    dossier = shown(loaded, actor)
    return ReviewBoard(
        board_id=board_id, board=db.session.get_one(Board, board_id).name, review_id=review_id, state=loaded.at.state,
        due_on=review.due_on, held_by=review.held_by, held_since=review.held_since, blind=blind, campaign_id=review.campaign_id, phase=loaded.at.phase, dossier=blind_dossier(dossier, review_id) if blind else dossier,
        covered=covered_words(review_id) if rights.covers else (),
        judged_files=judged_files(dossier, review_id, words_to_cover([review_id])[review_id]) if rights.covers else (),
        rules=loaded.rules, criteria=criteria_of(review), assignments=given,
        candidates=_candidates(loaded, facts, given, loads), recusals=_recusals(review_id), judgeable=judgeable(loaded) if rights.records_recusal else (), count=sheet_count(review),
        summary=told(loaded, access), below=None if blind else below(review),
        sheets=revealed(loaded, access), left_out=left_out(loaded) if weighs else (), meetings=_meetings(review_id),
        default_due=sheet_due(today(), loaded.rules, working_calendar()),
        rights=rights, my_assignment=mine,
        keys_paper=permitted(check_may_key, actor, loaded.facts, loaded.at, {actor.person_id} if mine else set()),
    )  # fmt: skip
