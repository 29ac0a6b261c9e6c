"""Loading a proposal for a use case: what the actor may not see does not exist; what they see but may not do is refused."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select

from innovations.core.rules.errors import NotVisible, Stale
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import check_may, check_may_edit
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts, acting_secretary
from innovations.proposals.rules.states import Action
from innovations.proposals.rules.visibility import visible, visible_at_board
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class Loaded:
    """A proposal, the review in question and the facts rights depend on; good for one transaction."""

    proposal: Proposal
    review: Review
    facts: ProposalFacts
    at: ReviewFacts

    @cached_property
    def rules(self) -> RuleSet:
        """The rule set this review was started with."""
        return RuleSet.from_json(self.review.rules)

    @property
    def secretary(self) -> int | None:
        """Who keeps the review now and is told of it; nobody who has a conflict is."""
        return acting_secretary(self.facts, self.at)


def proposal_at(address: str) -> Proposal | None:
    """The proposal with this code, or with this temporary address from before its first submit."""
    return db.session.scalar(select(Proposal).where(or_(Proposal.code == address, Proposal.draft_code == address)))


def load(actor: Actor, address: str, *, review_id: int | None = None, at_board: bool = False) -> Loaded:
    """The proposal, as far as the actor may know of it.

    :param review_id: which consideration; without it the latest.
    :param at_board: for a page of the board, which hides the authors from who scores blind.
    :raises NotVisible: it does not exist, or not for this actor.
    """
    proposal = proposal_at(address)
    if proposal is None:
        raise NotVisible
    facts = facts_of(proposal.id)
    if not (visible_at_board if at_board else visible)(actor, facts):
        raise NotVisible
    wanted = review_id if review_id is not None else (proposal.reviews[-1].id if proposal.reviews else None)
    review = next((each for each in proposal.reviews if each.id == wanted), None)
    if review is None:
        raise NotVisible
    return Loaded(proposal, review, facts, review_facts(facts, review.id))


def load_for(action: Action, actor: Actor, address: str, *, review_id: int | None = None) -> Loaded:
    """The same, with the right to ``action`` checked.

    :raises ActionNotAllowed: the state forbids it.
    :raises Forbidden: it is another person's to do; the message says whose.
    """
    loaded = load(actor, address, review_id=review_id)
    check_may(action, actor, loaded.facts, loaded.at)
    return loaded


def load_for_edit(actor: Actor, address: str, version: int | None) -> Loaded:
    """The same, for changes of the text.

    :param version: of the text the author has before them; ``None`` where the change cannot overwrite anything.
    :raises Stale: somebody saved a newer version meanwhile.
    """
    loaded = load(actor, address)
    check_may_edit(actor, loaded.facts, loaded.at)
    if version is not None and loaded.proposal.version != version:
        raise Stale("version", version=loaded.proposal.version)
    return loaded
