"""What the rights of a proposal depend on, as frozen facts.  Every person id is canonical: one per human being.

Queries fill them; :mod:`.access`, :mod:`.visibility` and the boards' own access rules read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.states import State


@dataclass(frozen=True)
class ActivePhase:
    """What the dated phase of the board's schedule makes stricter today; without a schedule nothing.

    :param scoring_from: when sheets are taken next, where they are not taken now.
    :param scoring_until: the last day on which they are taken, or were where they are not taken now; None: no such day.
    :param hides_authors: in it or in one that follows scorers do not know the authors; from whom they are hidden says ``blinded``.
    :param hides_to_reveal: the own sheet names nobody; the reveal does.
    :param keeps_sheets: who neither presides, keeps the review nor decides reads no sheet of others.
    :param keeps_names: the same people read no writer's name.
    """

    name: str = ""
    scoring: bool = True
    scoring_from: date | None = None
    scoring_until: date | None = None
    hides_authors: bool = False
    hides_to_reveal: bool = False
    keeps_sheets: bool = False
    keeps_names: bool = False


@dataclass(frozen=True)
class ReviewFacts:
    """One consideration.

    :param unit_id: the unit whose receiver, registrar and decider are responsible; ``unit_path`` ends with it.
    :param chair_absent: the chair cannot act now (away, or not present at the meeting): the deputy stands in.
    :param assigned: persons with a seat that was assigned to the review or has it on an agenda.
    :param recused: persons with a conflict on record, declared or found; they lose whatever a seat gives.
    :param conflicted: persons with a conflict that the rule set counts and nobody recorded or dismissed; they lose it likewise.
    :param blinded: persons from whom the authors are hidden: their sheet is not in yet, where the rule set or the phase says so, or
        the phase hides them until the reveal.
    :param reached_submitted: the review was in ``submitted`` at some time; likewise ``reached_accepted``.
    """

    review_id: int
    state: State
    unit_id: int
    unit_path: str
    board_id: int | None = None
    chair_id: int | None = None
    deputy_id: int | None = None
    secretary_id: int | None = None
    chair_absent: bool = False
    assigned: frozenset[int] = frozenset()
    recused: frozenset[int] = frozenset()
    conflicted: frozenset[int] = frozenset()
    blinded: frozenset[int] = frozenset()
    phase: ActivePhase = ActivePhase()
    reached_submitted: bool = False
    reached_accepted: bool = False

    @property
    def without_part(self) -> frozenset[int]:
        """Persons who take no part for a conflict, on record or not."""
        return self.recused | self.conflicted


@dataclass(frozen=True)
class ProposalFacts:
    """A proposal.

    :param lead_id: the lead author's person, or None when the lead has no place in the register of persons.
    :param filed_by_id: the clerk who filed it on paper for an author without account; acts for the lead then.
    :param author_unit_path: the lead's unit at filing; its commander endorses.
    :param owning_unit_path: the owning unit; from there down an internal proposal is read once recognised.
    :param ever_submitted: it was submitted at least once, so a draft of it can no longer be discarded.
    :param head_is_author: the head of the deciding unit is one of the authors.
    """

    proposal_id: int
    code: str
    lead_id: int | None
    author_ids: frozenset[int]
    base_unit_id: int
    base_unit_path: str
    author_unit_path: str
    owning_unit_path: str
    filed_by_id: int | None = None
    handling: Handling = Handling.OPEN
    quarantined: bool = False
    state_paid: bool = False
    head_is_author: bool = False
    ever_submitted: bool = False
    reviews: tuple[ReviewFacts, ...] = ()

    @property
    def own_people(self) -> frozenset[int]:
        """The authors, and the clerk who filed for them: who reads it at every stage."""
        return self.author_ids | ({self.filed_by_id} if self.filed_by_id is not None else frozenset())


def is_barred(person_id: int, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Say whether a person may not act officially: an author, or a person with a conflict in this review."""
    return person_id in facts.author_ids or person_id in review.without_part


def acting_chair(facts: ProposalFacts, review: ReviewFacts) -> int | None:
    """Return who presides over this review: the chair, or the deputy when the chair is absent, recused or an author."""
    chair = review.chair_id
    if chair is not None and not review.chair_absent and not is_barred(chair, facts, review):
        return chair
    return _deputy(facts, review)


def acting_secretary(facts: ProposalFacts, review: ReviewFacts) -> int | None:
    """Return who keeps this review: the secretary, or the deputy when the secretary is barred and the deputy free.

    A deputy who already presides cannot keep the minutes as well: then nobody can until a seat is filled.
    """
    secretary = review.secretary_id
    if secretary is not None and not is_barred(secretary, facts, review):
        return secretary
    deputy = _deputy(facts, review)
    return None if deputy == acting_chair(facts, review) else deputy


def _deputy(facts: ProposalFacts, review: ReviewFacts) -> int | None:
    deputy = review.deputy_id
    return None if deputy is None or is_barred(deputy, facts, review) else deputy
