"""Requests to take a lost second step away, as pages and notices show them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from innovations.core.clock import now
from innovations.extensions import db
from innovations.people.models import SecondStepRemoval
from innovations.people.queries import names_of
from innovations.people.rules import proving
from innovations.people.rules.roles import Actor

#: Requests shown, the newest first.
SHOWN = 50


@dataclass(frozen=True)
class RemovalShown:
    """A request.  ``mine``: the reader asked."""

    id: int
    owner: str
    unit: str
    service_number: str
    proof: proving.Proof
    proved_by: str
    proved_on: date
    paper: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    waits: bool
    done: bool
    mine: bool
    may_confirm: bool


def _second(actor: Actor, row: SecondStepRemoval) -> bool:
    owner = row.account.person
    return proving.may_confirm(actor, owner.human_id, owner.unit.path, row.asked_by.human_id)


def _known(actor: Actor, rows: Iterable[SecondStepRemoval]) -> list[SecondStepRemoval]:
    """Those the reader asked for, and those he may confirm."""
    return [row for row in rows if row.asked_by.human_id == actor.person_id or _second(actor, row)]


def requests(actor: Actor) -> list[RemovalShown]:
    """What the reader asked for or may confirm, whatever became of it."""
    rows = db.session.scalars(select(SecondStepRemoval).order_by(SecondStepRemoval.id.desc()).limit(SHOWN * 4))
    known = _known(actor, rows)[:SHOWN]
    people = {person for row in known for person in (row.asked_by_id, row.proved_by_id, row.confirmed_by_id) if person}
    names = names_of(people | {row.account.person_id for row in known})

    def named(person_id: int | None) -> str:
        return names[person_id].titled if person_id else ""

    return [_shown(actor, row, named(row.account.person_id), named) for row in known]


def _shown(actor: Actor, row: SecondStepRemoval, owner: str, named: Callable[[int | None], str]) -> RemovalShown:
    waits = proving.waits(row.asked_at, row.confirmed_at, row.ended_at, now())
    return RemovalShown(
        row.id, owner, row.account.person.unit.short_name, row.account.service_number, row.proof, named(row.proved_by_id),
        row.proved_on, row.paper, named(row.asked_by_id), row.asked_at, named(row.confirmed_by_id), waits,
        row.confirmed_at is not None, row.asked_by.human_id == actor.person_id, waits and _second(actor, row),
    )  # fmt: skip


def owners(actor: Actor, removal_ids: Iterable[int]) -> Mapping[int, str]:
    """Whose second step each is about, where the reader asked or may confirm."""
    rows = list(db.session.scalars(select(SecondStepRemoval).where(SecondStepRemoval.id.in_(list(removal_ids)))))
    known = _known(actor, rows)
    names = names_of({row.account.person_id for row in known})
    return {row.id: names[row.account.person_id].titled for row in known}


def waiting(actor: Actor) -> list[RemovalShown]:
    """Those that wait for this reader's word."""
    return [row for row in requests(actor) if row.may_confirm]
