"""Sending a proposal in: submit, resubmit, hand in; the commander's look; withdrawing.

The receipt with its number and promised dates comes into being in the transaction that enters ``submitted``.
"""

from sqlalchemy import func, select

from innovations.core import counters
from innovations.core.clock import now, today
from innovations.core.rules.errors import N_, Invalid, Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Unit
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import lifecycle
from innovations.proposals.completeness import lacking
from innovations.proposals.loading import Loaded, load_for
from innovations.proposals.models import Proposal, Review, Revision
from innovations.proposals.rules.clocks import formal_due, promise, unit_review_due
from innovations.proposals.rules.codes import proposal_code
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import Action, State
from innovations.proposals.services.freezing import freeze, frozen_digest
from innovations.regulations.queries import working_calendar
from innovations.regulations.rules.rulesets import RuleSet

#: The columns a revision keeps; authors, benefits and files are kept with them.
TEXTS = (
    "title", "situation", "content", "steps", "novelty", "conditions", "author_benefit", "applier_benefit", "confidential", "place",
)  # fmt: skip


class NotDeclaredAgain(Invalid):
    """The declaration that nothing is secret is repeated at every submit (domain §8)."""

    message = N_("Xin khẳng định lại: hồ sơ không có nội dung bí mật nhà nước.")


def make_revision(proposal: Proposal, by: Actor) -> Revision:
    """Keep the text as it stands.  A step."""
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.proposal_id == proposal.id)) or 0
    content = {name: getattr(proposal, name) for name in TEXTS}
    content["solution_types"] = list(proposal.solution_types)
    content["attachments"] = [[each.name, each.sha256] for each in proposal.attachments]
    content["benefits"] = [
        [each.label, str(each.before or ""), str(each.after or ""), each.measure] for each in proposal.benefits
    ]
    revision = Revision(proposal_id=proposal.id, number=last + 1, content=content, made_at=now(), made_by_id=by.person_id)
    db.session.add(revision)
    db.session.flush()
    return revision


def give_receipt(review: Review, rules: RuleSet) -> None:
    """Number, instant and the two promised dates; once per review, a resubmit keeps them.  A step."""
    unit_id, year, promised = review.unit_id, today().year, promise(today(), rules, working_calendar())
    review.receipt_year, review.receipt_number = year, counters.next_number("receipt", unit_id, year)
    review.received_at = now()
    review.promised_formal_on, review.promised_result_on = promised.formal, promised.result


def _check(loaded: Loaded, *, nothing_secret: bool) -> None:
    if not nothing_secret:
        raise NotDeclaredAgain("nothing_secret")
    found = lacking(loaded.proposal, loaded.review)
    if found:
        raise Several([each.error for each in found])


def _give_code(proposal: Proposal) -> None:
    base = db.session.get_one(Unit, proposal.base_unit_id)
    year = today().year
    proposal.code = proposal_code(base.code, year, counters.next_number("proposal", base.id, year))
    proposal.first_filed_at = now()


def _tell_receivers(loaded: Loaded) -> None:
    receivers = holders_of(Role.RECEIVER, loaded.review.unit_id)
    notify(NoticeKind.NEW_IN_QUEUE, receivers, "proposal", loaded.proposal.id, due=loaded.review.due_on)


def submit(actor: Actor, address: str, *, nothing_secret: bool) -> str:
    """Submit for the first time, or again after the commander sent it back.

    :returns: the permanent code.
    :raises Several: everything that is missing, in one list.
    :raises NotDeclaredAgain: the declaration was not repeated.
    """
    with atomic():
        loaded = load_for(Action.SUBMIT, actor, address)
        freeze(loaded.review)
        _check(loaded, nothing_secret=nothing_secret)
        proposal, review, rules = loaded.proposal, loaded.review, loaded.rules
        if proposal.code is None:
            _give_code(proposal)
        review.revision_id = make_revision(proposal, actor).id
        if rules.unit_review:
            due = unit_review_due(today(), rules, working_calendar())
            lifecycle.apply(review, Action.SUBMIT, by=actor, to=State.UNIT_REVIEW, due_on=due, frozen=frozen_digest(review))
            commanders = holders_of(Role.COMMANDER, proposal.author_unit_id)
            notify(NoticeKind.UNIT_REVIEW_ASKED, commanders, "proposal", proposal.id, due=due)
        else:
            give_receipt(review, rules)
            promised = review.promised_formal_on
            lifecycle.apply(review, Action.SUBMIT, by=actor, to=State.SUBMITTED, due_on=promised, frozen=frozen_digest(review))
            _tell_receivers(loaded)
        return proposal.code or ""


def endorse(actor: Actor, address: str, *, nothing_secret: bool, comment: str = "") -> None:
    """The commander agrees; the proposal goes to the base and gets its receipt.

    :raises NotDeclaredAgain: the commander's own declaration is missing.
    """
    with atomic():
        loaded = load_for(Action.ENDORSE, actor, address)
        if not nothing_secret:
            raise NotDeclaredAgain("nothing_secret")
        give_receipt(loaded.review, loaded.rules)  # the first one: before, the base had not received it
        lifecycle.apply(loaded.review, Action.ENDORSE, by=actor, due_on=loaded.review.promised_formal_on, note=comment.strip())
        _tell_receivers(loaded)


def send_back(actor: Actor, address: str, *, comment: str) -> None:
    """The commander returns it with a comment; the code stays, the draft can be submitted again."""
    with atomic():
        loaded = load_for(Action.SEND_BACK, actor, address)
        lifecycle.apply(loaded.review, Action.SEND_BACK, by=actor, note=check_reasons(comment, "comment"))


def resubmit(actor: Actor, address: str, *, nothing_secret: bool) -> None:
    """Hand in the completed dossier: a new revision, the same receipt, a new formal month."""
    with atomic():
        loaded = load_for(Action.RESUBMIT, actor, address)
        _check(loaded, nothing_secret=nothing_secret)
        loaded.review.revision_id = make_revision(loaded.proposal, actor).id
        due = formal_due(today(), loaded.rules, working_calendar())
        lifecycle.apply(loaded.review, Action.RESUBMIT, by=actor, due_on=due)
        _tell_receivers(loaded)


def hand_in(actor: Actor, address: str, *, nothing_secret: bool) -> None:
    """Hand in what the board asked for: a new revision, back to where the conclusion says."""
    with atomic():
        loaded = load_for(Action.HAND_IN, actor, address)
        _check(loaded, nothing_secret=nothing_secret)
        review = loaded.review
        review.revision_id = make_revision(loaded.proposal, actor).id
        back_to = State(review.revise_back_to or State.MEETING)
        lifecycle.apply(review, Action.HAND_IN, by=actor, to=back_to, due_on=review.result_due_on, tell=[loaded.secretary])


def withdraw(actor: Actor, address: str, *, reason: str = "") -> None:
    """The lead author takes it back; the co-authors and whoever held it are told."""
    with atomic():
        loaded = load_for(Action.WITHDRAW, actor, address)
        told = [loaded.secretary, *loaded.at.assigned]
        if loaded.at.state in (State.SUBMITTED, State.NEEDS_FIX):
            told += holders_of(Role.RECEIVER, loaded.review.unit_id)
        lifecycle.apply(loaded.review, Action.WITHDRAW, by=actor, note=reason.strip(), tell=told)
