"""Whether somebody may be the second person for another: asked of the audit log, which nobody can change."""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from innovations.audit.models import AuditEvent
from innovations.core.clock import now
from innovations.extensions import db
from innovations.people.models import Account, Grant, Person
from innovations.people.rules.events import AuditTag
from innovations.people.rules.second_person import COOLING_OFF, check_not_put_there

#: Acts that let somebody in, by the kind of their subject.
_LETS_IN = {
    "account": (AuditTag.ACCOUNT_CREATED, AuditTag.ONE_TIME_PASSWORD_ISSUED, AuditTag.SECOND_FACTOR_CHANGED),
    "grant": (AuditTag.ROLE_GRANTED,),
    "person": (AuditTag.PERSONS_LINKED,),
}


def check_second_person(first_id: int, second_id: int) -> None:
    """Refuse two people of whom one let the other in within the last week.

    :param first_id: canonical id of who asked; ``second_id``: of who confirms.
    :raises PutThere: by an office, an account, a password, a second step taken away or records that were linked.
    """
    found = db.session.scalar(_let_in(second_id, by=first_id)) or db.session.scalar(_let_in(first_id, by=second_id))
    check_not_put_there(found or 0)


def _let_in(human_id: int, *, by: int) -> Select[Any]:
    people = _records(human_id)
    subjects = {
        "account": select(Account.id).where(Account.person_id.in_(people)),
        "grant": select(Grant.id).where(or_(Grant.person_id.in_(people), Grant.deputy_id.in_(people))),
        "person": people,
    }
    acts = [
        and_(
            AuditEvent.subject_kind == kind,
            AuditEvent.subject_id.in_(ids),
            AuditEvent.tag.in_(tag.value for tag in _LETS_IN[kind]),
        )
        for kind, ids in subjects.items()
    ]
    accounts = select(Account.id).where(Account.person_id.in_(_records(by)))
    of_late = select(func.count()).select_from(AuditEvent).where(AuditEvent.at > now() - COOLING_OFF)
    return of_late.where(or_(*acts), AuditEvent.account_id.in_(accounts))


def _records(human_id: int) -> Select[Any]:
    """Every record of a human being."""
    return select(Person.id).where(or_(Person.id == human_id, Person.same_as_id == human_id))
