"""What conflicts of interest are computed from, read for one review: its authors, the members' commands, declared conflicts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select

from innovations.boards.models import DismissedConflict, Seat
from innovations.boards.rules.conflicts import (
    DISMISSABLE,
    AuthorFacts,
    CaseFacts,
    Conflict,
    ConflictKind,
    PersonFacts,
    conflicts_of,
)
from innovations.core.clock import today
from innovations.core.statements import Columns, ids, kept_statement, rows
from innovations.extensions import db
from innovations.people.models import Grant, Person, Unit
from innovations.people.queries import Human
from innovations.people.rules.roles import Role, is_active
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import is_state_paid
from innovations.regulations.rules.rulesets import CONFLICT_SETTINGS, RuleSet


@dataclass(frozen=True)
class _CountingCase:
    """A review whose rule set counts conflicts beside authorship."""

    proposal_id: int
    board_id: int
    rules: RuleSet


@kept_statement
def _contributors() -> Columns:
    chosen = select(Contribution.proposal_id, Contribution.person_id, Human, Unit.id, Unit.path, Contribution.is_lead)
    chosen = chosen.join(Person, Person.id == Contribution.person_id).join(Unit, Unit.id == Person.unit_id)
    return chosen.where(Contribution.proposal_id.in_(ids()))


@kept_statement
def _set_aside() -> Columns:
    chosen = select(DismissedConflict.review_id, Human, DismissedConflict.kind)
    return chosen.join(Person, Person.id == DismissedConflict.person_id).where(DismissedConflict.review_id.in_(ids()))


@kept_statement
def _held_commands() -> Columns:
    chosen = select(Human, Unit.path, Grant.from_on, Grant.to_on).join(Person, Person.id == Grant.person_id)
    chosen = chosen.join(Unit, Unit.id == Grant.unit_id).where(Grant.role == Role.COMMANDER, Grant.ended_at.is_(None))
    return chosen.where(Human.in_(ids()))


@kept_statement
def _holders() -> Columns:
    chosen = select(Seat.id, Person.id, Human, Person.unit_id, Unit.path, Seat.board_id).join(Person, Person.id == Seat.person_id)
    return chosen.join(Unit, Unit.id == Person.unit_id).where(Seat.board_id.in_(ids()))


def _authors(proposal_ids: Iterable[int]) -> Mapping[int, tuple[AuthorFacts, ...]]:
    found: dict[int, tuple[AuthorFacts, ...]] = defaultdict(tuple)
    written = rows(_contributors(), ids=list(proposal_ids)).all()
    commands = _commands({row[2] for row in written})
    for proposal_id, person_id, human, unit_id, path, is_lead in written:
        found[proposal_id] += (AuthorFacts(person_id, human, unit_id, path, is_lead, commands.get(human, frozenset())),)
    return found


def _dismissed(review_ids: Iterable[int]) -> Mapping[int, frozenset[tuple[int, ConflictKind]]]:
    found: dict[int, frozenset[tuple[int, ConflictKind]]] = defaultdict(frozenset)
    for review_id, human, kind in rows(_set_aside(), ids=list(review_ids)):
        found[review_id] |= {(human, ConflictKind(kind))}
    return found


def _counted(cases: Mapping[int, _CountingCase]) -> Mapping[int, frozenset[int]]:
    """Human beings with a seat who have a conflict that the rule set of the review counts and nobody dismissed, by review.

    Authors and conflicts on record are not among them: those are known without.
    """
    if not cases:
        return {}
    authors = _authors(case.proposal_id for case in cases.values())
    dismissed = _dismissed(cases)
    seated = _seated({case.board_id for case in cases.values()})
    return {
        review_id: frozenset(
            person.human_id
            for person in seated[case.board_id].values()
            if any(
                each.kind in DISMISSABLE
                for each in conflicts_of(person, CaseFacts(authors[case.proposal_id], dismissed=dismissed[review_id]), case.rules)
            )
        )
        for review_id, case in cases.items()
    }


def counts_conflicts() -> ColumnElement[bool]:
    """SQL condition on :class:`Review`: its rules count conflicts of interest beside authorship."""
    return or_(*(Review.rules[name].as_boolean() for name in CONFLICT_SETTINGS))


@kept_statement
def _rules() -> Columns:
    return select(Review.id, Review.proposal_id, Review.board_id, Review.rules).where(Review.id.in_(ids()))


def conflicted(counting: list[int]) -> Mapping[int, frozenset[int]]:
    """Who has a conflict nobody recorded, of reviews whose rules count some beside authorship."""
    if not counting:
        return {}
    cases = rows(_rules(), ids=counting)
    return _counted(
        {each: _CountingCase(proposal_id, board_id, RuleSet.from_json(rules)) for each, proposal_id, board_id, rules in cases}
    )


def _case(loaded: Loaded, authors: tuple[AuthorFacts, ...], dismissed: frozenset[tuple[int, ConflictKind]]) -> CaseFacts:
    paid = is_state_paid(loaded.proposal.investor_kind, army_is_state_paid=loaded.rules.army_is_state_paid)
    return CaseFacts(authors, paid, loaded.at.recused, dismissed)


def _commands(humans: set[int]) -> Mapping[int, frozenset[str]]:
    """Paths of the units each human being commands today."""
    on = today()
    found: dict[int, set[str]] = defaultdict(set)
    for human, path, since, until in rows(_held_commands(), ids=sorted(humans)):
        if is_active(since, until, on):
            found[human].add(path)
    return {human: frozenset(paths) for human, paths in found.items()}


def _seated(board_ids: set[int]) -> Mapping[int, Mapping[int, PersonFacts]]:
    """The holders of seats, past ones too: board → seat → person."""
    held = rows(_holders(), ids=sorted(board_ids)).all()
    commands = _commands({row[2] for row in held})
    found: dict[int, dict[int, PersonFacts]] = defaultdict(dict)
    for seat_id, person_id, human, unit_id, path, board_id in held:
        person = PersonFacts(person_id, human, unit_id, commands.get(human, frozenset()), unit_path=path)
        found[board_id][seat_id] = person
    return found


def _members(loaded: Loaded) -> Mapping[int, PersonFacts]:
    """The same of one review's board, and who of them heads the unit that considers it."""
    head_id = db.session.get_one(Unit, loaded.review.unit_id).head_id
    head = db.session.get(Person, head_id) if head_id is not None else None
    board_id = loaded.review.board_id or 0
    heads = head.human_id if head is not None else None
    return {
        seat_id: replace(person, heads_unit=person.human_id == heads) for seat_id, person in _seated({board_id})[board_id].items()
    }


def conflicts_among(reviews: Sequence[Loaded]) -> Mapping[int, Mapping[int, tuple[Conflict, ...]]]:
    """The conflicts of every seat with each of these reviews of one board: review → seat → conflicts, the gravest first.

    Seats without any are left out; as many queries for any number of reviews.
    """
    if not reviews:
        return {}
    dismissed = _dismissed(loaded.review.id for loaded in reviews)
    authors, members = _authors(loaded.proposal.id for loaded in reviews), _members(reviews[0])
    found: dict[int, dict[int, tuple[Conflict, ...]]] = {}
    for loaded in reviews:
        case, rules = _case(loaded, authors[loaded.proposal.id], dismissed[loaded.review.id]), loaded.rules
        each = {seat_id: conflicts_of(person, case, rules) for seat_id, person in members.items()}
        found[loaded.review.id] = {seat_id: conflicts for seat_id, conflicts in each.items() if conflicts}
    return found


def conflicts_on(loaded: Loaded) -> Mapping[int, tuple[Conflict, ...]]:
    """The same for one review."""
    return conflicts_among([loaded])[loaded.review.id]
