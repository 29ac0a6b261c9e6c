"""Ready people and proposals for the tests of the rules: a regiment, its company, and everybody with a role there."""

from dataclasses import replace

from innovations.people.rules.roles import Actor, Grant, Role
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.proposals.rules.states import State

DIVISION, REGIMENT, COMPANY, OTHER_REGIMENT = "/1/4/", "/1/4/9/", "/1/4/9/12/", "/1/4/10/"
LEAD, CO_AUTHOR, SECRETARY, CHAIR, DEPUTY, MEMBER, OUTSIDER = 101, 102, 201, 202, 203, 204, 999
_GRANTED = {
    "commander": (301, Role.COMMANDER, COMPANY),
    "receiver": (302, Role.RECEIVER, REGIMENT),
    "registrar": (303, Role.REGISTRAR, REGIMENT),
    "decider": (304, Role.DECIDER, REGIMENT),
    "security_officer": (305, Role.SECURITY_OFFICER, REGIMENT),
    "auditor": (306, Role.AUDITOR, REGIMENT),
    "admin": (307, Role.ADMIN, "/1/"),
}
_SEATED = {
    "lead_author": LEAD,
    "co_author": CO_AUTHOR,
    "secretary": SECRETARY,
    "chair": CHAIR,
    "deputy": DEPUTY,
    "member": MEMBER,
    "reader": OUTSIDER,
}


def person(person_id: int, *grants: tuple[Role, str], unit_path: str = REGIMENT) -> Actor:
    """Somebody with grants given as (role, unit path)."""
    unit = int(unit_path.strip("/").split("/")[-1])
    made = tuple(Grant(role, int(path.strip("/").split("/")[-1]), path) for role, path in grants)
    return Actor(person_id, person_id * 10, unit, unit_path, made)


def everybody() -> dict[str, Actor]:
    """One person for each role of the regulation, none with two."""
    people = {name: person(number, (role, path)) for name, (number, role, path) in _GRANTED.items()}
    return people | {name: person(number) for name, number in _SEATED.items()}


def review(state: State = State.SUBMITTED, **fields: object) -> ReviewFacts:
    """A review at the regiment with a full board; flags follow from the state unless given."""
    early = state in {State.DRAFT, State.UNIT_REVIEW}
    before_board = early or state in {State.SUBMITTED, State.NEEDS_FIX}
    ready = ReviewFacts(
        review_id=1,
        state=state,
        unit_id=9,
        unit_path=REGIMENT,
        board_id=5,
        chair_id=CHAIR,
        deputy_id=DEPUTY,
        secretary_id=SECRETARY,
        assigned=frozenset() if before_board else frozenset({MEMBER}),
        reached_submitted=not early,
        reached_accepted=not before_board,
    )
    return replace(ready, **fields)  # type: ignore[arg-type]


def proposal(*reviews: ReviewFacts, **fields: object) -> ProposalFacts:
    """A proposal of two authors of the company, filed at the regiment."""
    ready = ProposalFacts(
        proposal_id=7,
        code="SK-E1A-2026-0007",
        lead_id=LEAD,
        author_ids=frozenset({LEAD, CO_AUTHOR}),
        base_unit_id=9,
        base_unit_path=REGIMENT,
        author_unit_path=COMPANY,
        owning_unit_path=REGIMENT,
        reviews=reviews,
    )
    return replace(ready, **fields)  # type: ignore[arg-type]
