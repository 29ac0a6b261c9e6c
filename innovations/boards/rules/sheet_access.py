"""Who reads which score sheets: the one rule that every page and paper with sheets asks, and the page of who sees what."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.facts import ActivePhase, ProposalFacts, ReviewFacts, acting_chair, acting_secretary
from innovations.proposals.rules.states import AFTER_REVEAL, State


class SheetAccess(Labelled):
    """What somebody reads of the score sheets of a review."""

    NONE = "none", N_("Không xem được phiếu chấm")
    OWN = "own", N_("Chỉ xem phiếu của mình")
    MEANS = "means", N_("Xem điểm trung bình và nhận xét không ghi tên")
    SUMMARY = "summary", N_("Xem phiếu của mình và bảng tổng hợp")
    NAMELESS = "nameless", N_("Xem mọi phiếu, không ghi tên người chấm")
    ALL = "all", N_("Xem mọi phiếu")


#: Who reads the score summary.
READS_SUMMARY = frozenset({SheetAccess.SUMMARY, SheetAccess.NAMELESS, SheetAccess.ALL})
#: Who reads every sheet.
READS_SHEETS = frozenset({SheetAccess.NAMELESS, SheetAccess.ALL})


def sheet_access(
    actor: Actor,
    facts: ProposalFacts,
    review: ReviewFacts,
    *,
    scorers: frozenset[int],
    voting: frozenset[int],
) -> SheetAccess:
    """Return what the actor reads of the score sheets.

    Before the reveal the own sheet only, the secretary not more; after it the voting seats, secretary and decider all;
    authors get means and unnamed remarks with the decision.  A recused person reads nothing, an admin nothing.
    A phase of the board's schedule may keep others' sheets, or their writers' names, from the voting seats that neither preside
    nor keep the review, nor decide.

    :param scorers: persons with a sheet; ``voting``: persons with a voting seat.
    """
    if facts.quarantined or actor.person_id in review.without_part:
        return SheetAccess.NONE
    if actor.person_id in facts.own_people:
        return SheetAccess.MEANS if review.state in _DECIDED else SheetAccess.NONE
    if review.state in AFTER_REVEAL and _reads_all(actor, facts, review, voting):
        return SheetAccess.ALL if _leads_or_decides(actor, facts, review) else _in_phase(review.phase)
    return SheetAccess.OWN if actor.person_id in scorers else SheetAccess.NONE


_DECIDED = frozenset({State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED})


def _reads_all(actor: Actor, facts: ProposalFacts, review: ReviewFacts, voting: frozenset[int]) -> bool:
    keeps = actor.person_id == acting_secretary(facts, review)
    return keeps or actor.person_id in voting or actor.holds(Role.DECIDER, review.unit_path)


def _leads_or_decides(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    leading = {review.chair_id, review.secretary_id, acting_chair(facts, review), acting_secretary(facts, review)}
    return actor.person_id in leading or actor.holds(Role.DECIDER, review.unit_path)


def _in_phase(phase: ActivePhase) -> SheetAccess:
    if phase.keeps_sheets:
        return SheetAccess.SUMMARY
    return SheetAccess.NAMELESS if phase.keeps_names else SheetAccess.ALL
