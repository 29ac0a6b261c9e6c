"""Break-glass requests as pages and notices show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select

from innovations.core.clock import now
from innovations.core.formats import moment
from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.facts import facts_for
from innovations.proposals.models_secrets import BreakGlass
from innovations.proposals.rules import glass

#: Requests shown, the newest first.
SHOWN = 50


@dataclass(frozen=True)
class GlassShown:
    """A request; of the proposal its code alone.

    :param open: the reader may read now; ``mine``: the reader asked.
    """

    id: int
    code: str
    reason: glass.GlassReason
    note: str
    office: Role
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    until: datetime | None
    ended_at: datetime | None
    waits: bool
    open: bool
    running: bool
    mine: bool
    may_confirm: bool


def _name(names: Mapping[int, object], person_id: int | None) -> str:
    return getattr(names.get(person_id or 0), "titled", "")


def requests(actor: Actor) -> list[GlassShown]:
    """Those the reader made, and those he may confirm or confirmed."""
    newest = select(BreakGlass).order_by(BreakGlass.id.desc()).limit(SHOWN * 4)
    rows = list(db.session.scalars(unscoped(newest, because="the policy is asked of each one")))
    facts = facts_for({row.proposal_id for row in rows})
    names = names_of({person for row in rows for person in (row.asked_by_id, row.confirmed_by_id) if person is not None})
    found = []
    for row in rows:
        about, asker = facts[row.proposal_id], row.asked_by.human_id
        second, mine = glass.may_confirm(actor, about, asker, row.office), asker == actor.person_id
        if not (second or mine) or about.quarantined:
            continue
        waits = glass.waits(row.asked_at, row.confirmed_at, row.ended_at, now())
        running = row.ended_at is None and row.until is not None and now() < row.until
        reads = running and glass.reads(actor, about, asker, row.office, row.until, now())
        found.append(
            GlassShown(
                row.id, about.code, row.reason, row.note, row.office, _name(names, row.asked_by_id), row.asked_at,
                _name(names, row.confirmed_by_id), row.until, row.ended_at, waits, reads, running, mine, second and waits,
            )
        )  # fmt: skip
    return found[:SHOWN]


def subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """For the authors who reads, when and why; for who asked and who may confirm the code."""
    rows = list(db.session.scalars(select(BreakGlass).where(BreakGlass.id.in_(list(ids)))))
    facts = facts_for({row.proposal_id for row in rows})
    names = names_of({row.asked_by_id for row in rows})
    found = {}
    for row in rows:
        about = facts[row.proposal_id]
        if about.quarantined:
            continue
        if actor.person_id in about.own_people:
            why = f"{gettext(row.reason.label)}: {row.note}"
            said = {"code": about.code, "name": _name(names, row.asked_by_id), "office": gettext(row.office.label)}
            label = gettext(
                "%(code)s cho %(name)s (%(office)s) từ %(when)s đến %(until)s, lý do: %(why)s",
                **said, when=moment(row.confirmed_at), until=moment(row.until), why=why.rstrip("."),
            )  # fmt: skip
            found[row.id] = Subject(label, url_for("proposals.show", address=about.code))
        else:
            found[row.id] = Subject(about.code, url_for("proposals.glass"))
    return found


def waiting(actor: Actor) -> list[GlassShown]:
    """Those that wait for this reader's word."""
    return [row for row in requests(actor) if row.may_confirm]
