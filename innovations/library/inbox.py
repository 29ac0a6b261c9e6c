"""What of adoptions waits for a commander: requests to answer, agreed ones to start, results to report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement

from innovations.core.clock import today
from innovations.core.waiting import Waiting
from innovations.extensions import db
from innovations.library.adoption_queries import chosen, commanded, due_dates, owned
from innovations.library.models import Adoption
from innovations.library.rules.adoptions import AdoptionState
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import written_by
from innovations.proposals.models import Proposal

MOST = 100


def _rows(actor: Actor, state: AdoptionState, side: ColumnElement[bool]) -> list[Any]:
    columns = (Adoption, Proposal.title, Proposal.code, Unit.short_name.label("unit"))
    found = chosen(columns, actor, Adoption.state == state, side).order_by(Adoption.id).limit(MOST)
    return list(db.session.execute(found))


def _waiting(group: str, row: Any, due: Mapping[int, date] = {}) -> Waiting:  # noqa: B006  (never written to)
    adoption, title, code, unit = row
    return Waiting(group, title, url_for("library.adoption", adoption_id=adoption.id), due.get(adoption.id), unit, code or "")


def _not_mine(actor: Actor) -> ColumnElement[bool]:
    """Nobody answers for an improvement they co-authored."""
    return Proposal.id.not_in(written_by(actor))


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for the reader as a commander of owning and adopting units."""
    if not actor.holds_anywhere(Role.COMMANDER):
        return []
    asked = _rows(actor, AdoptionState.REQUESTED, owned(actor) & _not_mine(actor))
    agreed = _rows(actor, AdoptionState.AGREED, commanded(actor))
    using = _rows(actor, AdoptionState.IN_USE, commanded(actor))
    due = due_dates([row[0] for row in using], today())
    return [
        *(_waiting(gettext("Đề nghị áp dụng chờ trả lời"), row) for row in asked),
        *(_waiting(gettext("Đã được đồng ý, chờ bắt đầu áp dụng"), row) for row in agreed),
        *(_waiting(gettext("Đến kỳ báo cáo kết quả áp dụng"), row, due) for row in using if row[0].id in due),
    ]
