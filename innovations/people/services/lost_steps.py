"""Taking away the second step of somebody who lost telephone and recovery codes, once they proved who they are.

At once for those who may do without a second step; for a role or a seat that must have one a second person confirms it.
"""

from datetime import date

from sqlalchemy import or_, select

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import followers
from innovations.people.models import Account, Grant, Person, SecondStepRemoval
from innovations.people.queries import holders_over
from innovations.people.rules import proving
from innovations.people.rules.events import AuditTag, NoticeKind
from innovations.people.rules.factors import DEMANDING
from innovations.people.rules.proving import Proof, Proven
from innovations.people.rules.roles import Actor, Role
from innovations.people.second_person import check_second_person
from innovations.people.services import second_step
from innovations.people.services.persons import person_with_number
from innovations.people.services.sign_ins import end_sign_ins


def take_away(actor: Actor, account_id: int, proof: Proof, *, proved_by: str, proved_on: date | None, paper: str) -> bool:
    """Take a lost second step away; sign-ins of the account end and its owner is told.

    :param proved_by: service number of who established the identity; empty: the actor.
    :param proved_on: the day of it; None: today.  ``paper``: the number of the commander's confirmation.
    :returns: True when done, False when it waits for a second person.
    :raises NotVisible: there is no such account, or somebody else administers the person's unit.
    :raises OwnSecondStep: it is an account of the actor's, whichever.
    :raises NobodyWithNumber: nobody has the number; and what :func:`~innovations.people.rules.proving.check_proven` refuses.
    :raises RemovalWaits: it was asked for and waits.
    """
    with atomic() as session:
        account = session.get(Account, account_id)
        if account is None or not actor.holds(Role.ADMIN, account.person.unit.path):
            raise NotVisible
        if account.person.human_id == actor.person_id:
            raise proving.OwnSecondStep
        person = person_with_number(proved_by, "proved_by") or session.get_one(Person, actor.person_id)
        proven = Proven(proof, person.id, proved_on or today(), paper.strip())
        proving.check_proven(proven, account.person.human_id, person.human_id, today())
        if second_step.must_have(account) or _had_to_have(account.person.human_id):
            _ask(actor, account, proven)
            return False
        _done(actor, account, proven)
        return True


def _had_to_have(human_id: int) -> bool:
    """Whether a role that must have a second step was taken away from the human being lately."""
    humans = select(Person.id).where(or_(Person.id == human_id, Person.same_as_id == human_id))
    ended = Grant.ended_at > now() - proving.ROLE_REMEMBERED
    chosen = select(Grant.id).where(Grant.person_id.in_(humans), Grant.role.in_(DEMANDING), ended)
    return db.session.scalars(chosen).first() is not None


def _done(actor: Actor, account: Account, proven: Proven, removal: int | None = None) -> None:
    second_step.remove(account.id)
    end_sign_ins(account.id)
    said = {"done": "reset", "removal": removal, **proven.codes()}
    audit.record(AuditTag.SECOND_FACTOR_CHANGED, "account", account.id, by=actor.account_id, **said)
    followers.tell_owner(NoticeKind.SECOND_STEP_REMOVED, account.id, account.person.human_id)


def _ask(actor: Actor, account: Account, proven: Proven) -> None:
    earlier = db.session.scalars(select(SecondStepRemoval).where(SecondStepRemoval.account_id == account.id))
    if any(proving.waits(each.asked_at, each.confirmed_at, each.ended_at, now()) for each in earlier):
        raise proving.RemovalWaits
    row = SecondStepRemoval(
        account_id=account.id, asked_by_id=actor.person_id, asked_at=now(), proof=proven.proof,
        proved_by_id=proven.by_id, proved_on=proven.on, paper=proven.paper,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said = {"removal": row.id, **proven.codes()}
    audit.record(AuditTag.SECOND_STEP_REMOVAL_ASKED, "account", account.id, by=actor.account_id, **said)
    owner = account.person
    others = {person for role in proving.CONFIRMERS for person in holders_over(role, owner.unit.path)}
    followers.tell(NoticeKind.SECOND_STEP_REMOVAL_ASKED, others - {actor.person_id, owner.human_id}, "lost_step", row.id)
    followers.tell_owner(NoticeKind.OWN_SECOND_STEP_ASKED, account.id, owner.human_id)


def _known(actor: Actor, removal_id: int) -> SecondStepRemoval:
    """The request, for who asked and who may confirm; nobody else knows of it."""
    row = db.session.get(SecondStepRemoval, removal_id)
    if row is None:
        raise NotVisible
    owner, asker = row.account.person, row.asked_by.human_id
    if actor.person_id != asker and not proving.may_confirm(actor, owner.human_id, owner.unit.path, asker):
        raise NotVisible
    return row


def _check_waits(row: SecondStepRemoval) -> None:
    if not proving.waits(row.asked_at, row.confirmed_at, row.ended_at, now()):
        raise proving.NoRemovalWaits


def confirm(actor: Actor, removal_id: int) -> None:
    """The second person agrees: the second step is gone, and its owner is told.

    :raises NotVisible: no such request for this actor.
    :raises AskerMayNotConfirm: the same human being asked.
    :raises NoRemovalWaits: it was confirmed or ended meanwhile, or waited for more than a day.
    :raises PutThere: one of the two let the other in of late.
    """
    with atomic():
        row = _known(actor, removal_id)
        owner = row.account.person
        proving.check_may_confirm(actor, owner.human_id, owner.unit.path, row.asked_by.human_id)
        _check_waits(row)
        check_second_person(row.asked_by.human_id, actor.person_id)
        row.confirmed_by_id, row.confirmed_at = actor.person_id, now()
        _done(actor, row.account, Proven(row.proof, row.proved_by_id, row.proved_on, row.paper), row.id)


def end(actor: Actor, removal_id: int) -> None:
    """The asker takes it back, or who may confirm does not agree.

    :raises NotVisible: no such request for this actor.
    :raises NoRemovalWaits: nothing waits any more.
    """
    with atomic():
        row = _known(actor, removal_id)
        _check_waits(row)
        row.ended_by_id, row.ended_at = actor.person_id, now()
        audit.record(AuditTag.SECOND_STEP_REMOVAL_ENDED, "account", row.account_id, by=actor.account_id, removal=row.id)
