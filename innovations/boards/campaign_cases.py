"""The reviews of a campaign with the sheets that count, for whoever may weigh them: five queries for any number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from innovations.boards.models import ScoreSheet, SheetScore
from innovations.boards.rules.access import check_may_weigh_scores, permitted
from innovations.boards.rules.scoring import Result, Sheet, result
from innovations.boards.score_queries import counting
from innovations.extensions import db
from innovations.people.queries import Human
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import AFTER_REVEAL
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class Case:
    """A review with the rules it froze, its sheets (member → sheet) and what they say together."""

    review_id: int
    code: str
    title: str
    rules: RuleSet
    criteria: CriteriaSet
    sheets: Mapping[int, Sheet]
    result: Result


def _readable(actor: Actor, board_id: int, campaign_id: int) -> dict[int, tuple[Review, str, str]]:
    chosen = select(Review, Proposal.code, Proposal.title).join(Proposal, Proposal.id == Review.proposal_id)
    chosen = chosen.where(Review.board_id == board_id, Review.campaign_id == campaign_id, Review.state.in_(AFTER_REVEAL))
    rows = db.session.execute(chosen.where(seen_by(actor))).all()
    facts = facts_for(review.proposal_id for review, _code, _title in rows)
    return {
        review.id: (review, code or "", title)
        for review, code, title in rows
        for of_proposal in [facts[review.proposal_id]]
        if permitted(check_may_weigh_scores, actor, of_proposal, review_facts(of_proposal, review.id))
    }


def _sheets(review_ids: Iterable[int]) -> Mapping[int, dict[int, Sheet]]:
    """The sheets that count: review → member → sheet; two queries for any number."""
    wanted = list(review_ids)
    points: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    columns = SheetScore.sheet_id, SheetScore.criterion, SheetScore.value, SheetScore.not_applicable
    scores = counting(*columns).join(SheetScore, SheetScore.sheet_id == ScoreSheet.id).where(Review.id.in_(wanted))
    for sheet_id, criterion, value, not_applicable in db.session.execute(scores):
        if value is not None or not_applicable:
            points[sheet_id][criterion] = value
    found: dict[int, dict[int, Sheet]] = defaultdict(dict)
    chosen = counting(ScoreSheet.id, ScoreSheet.review_id, ScoreSheet.tie_key, Human).where(Review.id.in_(wanted))
    for sheet_id, review_id, tie_key, human in db.session.execute(chosen):
        found[review_id][human] = Sheet(sheet_id, points[sheet_id], tie_key or "")
    return found


class _Frozen:
    """The rules and criteria reviews froze: hundreds share a few, so each is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def rules(self, review: Review) -> RuleSet:
        return self._read(RuleSet, review.rules)

    def criteria(self, review: Review) -> CriteriaSet:
        return self._read(CriteriaSet, review.criteria)

    def _read(self, kind: Any, stored: Any) -> Any:
        key = kind.__name__ + json.dumps(stored, sort_keys=True)
        if key not in self._known:
            self._known[key] = kind.from_json(stored)
        return self._known[key]


def campaign_cases(actor: Actor, board_id: int, campaign_id: int) -> list[Case]:
    """The revealed reviews of a campaign on a board with enough sheets for a result, of which the actor may weigh the scores."""
    rows, frozen, found = _readable(actor, board_id, campaign_id), _Frozen(), []
    for review_id, given in _sheets(rows).items():
        review, code, title = rows[review_id]
        rules, criteria = frozen.rules(review), frozen.criteria(review)
        if len(given) >= rules.minimum_scorers:
            counted = result(criteria, list(given.values()), rules)
            found.append(Case(review_id, code, title, rules, criteria, given, counted))
    return found
