"""What boards know of a review, handed over and not imported: who presides, keeps, is assigned, is recused (house rule 5)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from innovations.people.rules.roles import Actor
from innovations.proposals.rules.facts import ActivePhase, ProposalFacts, ReviewFacts


@dataclass(frozen=True)
class BoardRelations:
    """People of a review's board, as human ids, and what the board's schedule says today."""

    chair_id: int | None = None
    deputy_id: int | None = None
    secretary_id: int | None = None
    chair_absent: bool = False
    assigned: frozenset[int] = frozenset()
    recused: frozenset[int] = frozenset()
    conflicted: frozenset[int] = frozenset()
    blinded: frozenset[int] = frozenset()
    phase: ActivePhase = ActivePhase()


Provider = Callable[[Iterable[int]], Mapping[int, BoardRelations]]
_providers: list[Provider] = []


def register_relations(provider: Provider) -> None:
    """Let the boards feature say who has to do with which review."""
    _providers[:] = [provider]


def relations_of(review_ids: Iterable[int]) -> Mapping[int, BoardRelations]:
    """The relations of each review that has any."""
    ids = list(review_ids)
    return _providers[0](ids) if _providers and ids else {}


BoardFinder = Callable[[int, int | None], int | None]
_finders: list[BoardFinder] = []


def register_board_finder(finder: BoardFinder) -> None:
    """Let the boards feature say which board of a unit considers proposals of a field."""
    _finders[:] = [finder]


def board_for(unit_id: int, field_id: int | None) -> int | None:
    """Id of the board that considers it, or ``None`` when the unit has none yet."""
    return _finders[0](unit_id, field_id) if _finders else None


BoardPageRule = Callable[[Actor, ProposalFacts, ReviewFacts], bool]
_rules: list[BoardPageRule] = []


def register_board_page_rule(rule: BoardPageRule) -> None:
    """Let the boards feature say who may open its page of a review."""
    _rules[:] = [rule]


def opens_at_board(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Whether the board's page of the review exists for the actor: nobody is led to a page that then is not there."""
    return bool(_rules) and _rules[0](actor, facts, review)
