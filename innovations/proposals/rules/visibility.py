"""Who sees what, as tokens: a document carries tokens, a reader carries tokens, one in common opens it.

The same two functions filter pages, lists, counts, search, exports and API, so no door can show more than another.

============================  ==========================================  =============================
token                         carried by the document                     carried by the reader
============================  ==========================================  =============================
``any``                       recognised and open                         everybody signed in
``person:<id>``               authors, and seats of the board             that person
``blind:<id>``                seats that score without knowing authors    that person, at the board's pages only
``<role>:<unit id>``          every unit on the path of the unit          holder of that grant
                              responsible
``under:<unit id>``           recognised and internal: the owning unit    members of it and of units below
``pending:<base unit id>``    submitted, not ended                        only asked for similar matches
============================  ==========================================  =============================
"""

from __future__ import annotations

from collections.abc import Iterable

from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import ancestors
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts, acting_chair, acting_secretary
from innovations.proposals.rules.states import PENDING, State

ANY = "any"
_LEVEL_ROLES = (Role.RECEIVER, Role.REGISTRAR, Role.DECIDER)
_AFTER_RECOGNITION_ROLES = (Role.REGISTRAR, Role.DECIDER)
_ABOVE_OWNER_ROLES = (Role.COMMANDER, Role.REGISTRAR, Role.DECIDER)


def person_token(person_id: int) -> str:
    """Return the token of one human being."""
    return f"person:{person_id}"


def blind_token(person_id: int) -> str:
    """Return the token of a human being who may know of it at the board's pages only, where no author is named."""
    return f"blind:{person_id}"


def role_token(role: Role, unit_id: int) -> str:
    """Return the token of a role granted at a unit."""
    return f"{role.value}:{unit_id}"


def document_tokens(facts: ProposalFacts) -> frozenset[str]:
    """Return whom the proposal shows itself to; with several reviews, the union of what each opens.

    Quarantined: the security officers of the base and above, nobody else, the authors not either.
    """
    if facts.quarantined:
        return frozenset(_on_path((Role.SECURITY_OFFICER,), facts.base_unit_path))
    recognised = any(review.state is State.RECOGNISED for review in facts.reviews)
    if recognised and facts.handling is Handling.OPEN:
        return frozenset({ANY})
    tokens = {person_token(person) for person in facts.own_people}
    for review in facts.reviews:
        tokens |= _review_tokens(facts, review)
    if recognised:
        owner = ancestors(facts.owning_unit_path)[-1]
        tokens |= {f"under:{owner}", *_on_path(_ABOVE_OWNER_ROLES, facts.owning_unit_path)}
    return frozenset(tokens)


def _review_tokens(facts: ProposalFacts, review: ReviewFacts) -> set[str]:
    if review.state is State.DRAFT:
        return set()
    tokens = set(_on_path((Role.COMMANDER,), facts.author_unit_path))
    if review.reached_submitted:
        # A recognised, internal proposal no longer concerns receivers outside the owning unit.
        roles = _AFTER_RECOGNITION_ROLES if review.state is State.RECOGNISED else _LEVEL_ROLES
        tokens |= set(_on_path(roles, review.unit_path))
    if review.reached_accepted:
        blind = _blind(facts, review)
        tokens |= {blind_token(person) if person in blind else person_token(person) for person in _seated(facts, review)}
    if review.state in PENDING:
        tokens.add(f"pending:{facts.base_unit_id}")
    return tokens


def _seated(facts: ProposalFacts, review: ReviewFacts) -> set[int]:
    standing = {review.secretary_id, review.chair_id, acting_secretary(facts, review), acting_chair(facts, review)}
    return {person for person in standing | review.assigned if person is not None} - review.without_part


def _blind(facts: ProposalFacts, review: ReviewFacts) -> frozenset[int]:
    """Who scores without knowing the authors; who keeps the review must know them, to find conflicts."""
    return review.blinded - {acting_secretary(facts, review)}


def _on_path(roles: Iterable[Role], path: str) -> list[str]:
    return [role_token(role, unit_id) for role in roles for unit_id in ancestors(path)]


def reader_tokens(actor: Actor) -> frozenset[str]:
    """Return what a signed-in reader carries: himself, his grants, and the units he serves in or under."""
    own_units = {f"under:{unit_id}" for unit_id in ancestors(actor.unit_path)}
    grants = {role_token(grant.role, grant.unit_id) for grant in actor.grants}
    return frozenset({ANY, person_token(actor.person_id), *own_units, *grants})


def board_tokens(actor: Actor) -> frozenset[str]:
    """Return what a reader carries at the pages of a board, where whoever scores blind finds what they have to score."""
    return reader_tokens(actor) | {blind_token(actor.person_id)}


def similarity_tokens(actor: Actor, base_unit_ids: Iterable[int]) -> frozenset[str]:
    """Return what a receiver, secretary or board member carries when similar matches are looked for.

    :param base_unit_ids: the bases the actor serves; their pending proposals count as well, by code and title.
    """
    return reader_tokens(actor) | {f"pending:{unit_id}" for unit_id in base_unit_ids}


def visible(actor: Actor, facts: ProposalFacts) -> bool:
    """Say whether the actor may know that the proposal exists."""
    return bool(document_tokens(facts) & reader_tokens(actor))


def visible_at_board(actor: Actor, facts: ProposalFacts) -> bool:
    """Say whether the actor may know at the board's pages that the proposal exists.

    Those pages name the authors to whoever passes :func:`visible` as well, and to nobody else.
    """
    return bool(document_tokens(facts) & board_tokens(actor))
