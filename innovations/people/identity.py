"""Who is acting: the account, the person and the grants of a moment, read once per request and then frozen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Date, Integer, and_, bindparam, or_, select

from innovations.core.clock import today
from innovations.core.statements import Columns, kept_statement, rows
from innovations.people.models import Account, Grant, Person, Unit
from innovations.people.rules import roles
from innovations.people.rules.factors import Stage


@dataclass(frozen=True)
class SignedIn:
    """The signed-in reader, as Flask-Login's user and as the rules' actor.  Never an ORM object."""

    actor: roles.Actor
    token: str
    name: str
    rank: str
    unit_name: str
    locale: str
    must_change: bool
    must_enrol: bool
    seen_at: datetime
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The session's token; the loader looks up its hash."""
        return self.token

    @property
    def initials(self) -> str:
        """``"Nguyễn Văn An"`` → ``"NA"``."""
        words = self.name.split()
        return (words[0][:1] + words[-1][:1] if len(words) > 1 else self.name[:2]).upper()


@kept_statement
def _grants() -> Columns:
    """Grants in force on a day: one's own, and those of absent holders whose deputy one is."""
    human, on = bindparam("human", type_=Integer), bindparam("on", type_=Date)
    humans = select(Person.id).where(or_(Person.id == human, Person.same_as_id == human))
    away = and_(Grant.deputy_id.in_(humans), Grant.away_from <= on, or_(Grant.away_to.is_(None), Grant.away_to >= on))
    return (
        select(Grant.role, Unit.id, Unit.path)
        .join(Unit, Unit.id == Grant.unit_id)
        .where(or_(Grant.person_id.in_(humans), away))
        .where(Grant.ended_at.is_(None), Grant.from_on <= on, or_(Grant.to_on.is_(None), Grant.to_on >= on))
    )


def actor_of(account: Account) -> roles.Actor:
    """The rules' view of an account, today."""
    person = account.person
    held = rows(_grants(), human=person.human_id, on=today())
    grants = tuple(roles.Grant(role, unit_id, path) for role, unit_id, path in held)
    return roles.Actor(
        person_id=person.human_id,
        account_id=account.id,
        unit_id=person.unit_id,
        unit_path=person.unit.path,
        grants=grants,
    )


def signed_in(account: Account, token: str, seen_at: datetime, stage: Stage) -> SignedIn:
    """The reader that Flask-Login keeps for the request."""
    person = account.person
    return SignedIn(
        actor=actor_of(account),
        token=token,
        name=person.full_name,
        rank=person.rank,
        unit_name=person.unit.short_name,
        locale=account.locale,
        must_change=account.must_change,
        must_enrol=stage is Stage.ENROLMENT,
        seen_at=seen_at,
    )
