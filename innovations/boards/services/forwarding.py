"""Sending a recognised proposal up: a new consideration at the next base above, with its own receipt, rules and clocks."""

from sqlalchemy import select, update

from innovations.boards.services.deciding import load_case
from innovations.core.rules.errors import N_, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Unit
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import ancestors
from innovations.proposals import lifecycle
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Review
from innovations.proposals.rules.access import check_may
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import Action
from innovations.proposals.services.freezing import freeze, frozen_digest
from innovations.proposals.services.submitting import give_receipt
from innovations.regulations.rules.rulesets import RuleSet


class NobodyAbove(StateForbids):
    """No unit above takes applications."""

    message = N_("Không có đơn vị cấp trên nào nhận xét công nhận; hồ sơ giữ nguyên.")


class ForwardedAlready(StateForbids):
    """The unit above has it already."""

    message = N_("Hồ sơ này đã được đề nghị %(unit)s xét; mỗi cấp chỉ xét một lần.")


def _unit_above(path: str) -> Unit:
    above = ancestors(path)[:-1]
    found = db.session.scalars(select(Unit).where(Unit.id.in_(above), Unit.is_base, Unit.active))
    nearest = max(found, key=lambda unit: len(ancestors(unit.path)), default=None)
    if nearest is None:
        raise NobodyAbove
    return nearest


def _review_at(unit: Unit, case: Loaded) -> Review:
    """The new consideration, received now and the latest; no campaign window and no confirmation is asked again."""
    db.session.execute(update(Review).where(Review.proposal_id == case.proposal.id, Review.latest).values(latest=False))
    made = Review(proposal_id=case.proposal.id, unit_id=unit.id, level=unit.level.value, revision_id=case.review.revision_id)
    made.forwarded_from_id = case.review.id
    freeze(made)
    db.session.add(made)
    db.session.flush()
    give_receipt(made, RuleSet.from_json(made.rules))
    return made


def forward(actor: Actor, review_id: int) -> int:
    """Propose a recognised improvement to the nearest unit above that recognises.

    :returns: the id of the new review there.
    :raises NotRegistrar: not the registrar; :raises ActionNotAllowed: it is not recognised.
    :raises NobodyAbove: no such unit; :raises ForwardedAlready: it has been considered there.
    """
    with atomic():
        case = load_case(actor, review_id)
        check_may(Action.FORWARD, actor, case.facts, case.at)
        unit = _unit_above(case.at.unit_path)
        if any(review.unit_id == unit.id for review in case.proposal.reviews):
            raise ForwardedAlready(unit=unit.name)
        made = _review_at(unit, case)
        due, frozen = made.promised_result_on, frozen_digest(made)
        lifecycle.apply(case.review, Action.FORWARD, by=actor, due_on=due, forwarded_to=made.id, frozen=frozen)
        lifecycle.begin_forwarded(made, by=actor, due_on=made.promised_formal_on)
        receivers = holders_of(Role.RECEIVER, unit.id)
        notify(NoticeKind.NEW_IN_QUEUE, receivers, "proposal", case.proposal.id, due=made.promised_formal_on)
        return made.id
