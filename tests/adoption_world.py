"""An adoption brought to where a test needs it, and what is stored and told of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.core.clock import today
from innovations.core.waiting import Waiting
from innovations.extensions import db
from innovations.library import inbox
from innovations.library.models import Adoption, AdoptionStep
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Beginning, Request
from innovations.notifications.models import Notice
from innovations.proposals.rules.content import BenefitKind
from tests.prepared import prepared
from tests.world import World

PURPOSE = "Dùng cho tổ trực của hai kho trong trung đoàn."
LINE = {
    "kind": BenefitKind.TIME,
    "label": "Một lần kiểm tra",
    "before": Decimal(40),
    "after": Decimal(12),
    "measure": "phút",
    "money_per_year": None,
}


@prepared
def ask(world: World, code: str, by: str = "donvi", unit: str = "T2B", kind: AdoptionKind = AdoptionKind.REPLICATION) -> int:
    return adopting.request_adoption(world.actor(by), code, Request(world.staff.units[unit], kind, PURPOSE))


@prepared
def agreed(world: World, code: str, by: str = "donvi", unit: str = "T2B") -> int:
    adoption_id = ask(world, code, by, unit)
    adopting.agree(world.actor("chihuy"), adoption_id)
    return adoption_id


@prepared
def in_use(world: World, code: str, by: str = "donvi", unit: str = "T2B", since: date | None = None) -> int:
    adoption_id = agreed(world, code, by, unit)
    beginning = Beginning("Kho 2", "Võ Thành Nghĩa", since or today())
    adopting.start_use(world.actor(by), adoption_id, beginning)
    return adoption_id


def stored() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) for table in (Adoption, AdoptionStep, AuditEvent, Notice)
    )


def state_of(adoption_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Adoption, adoption_id).state


def told(adoption_id: int, kind: str) -> set[int]:
    chosen = select(Notice.person_id).where(Notice.subject_kind == "adoption", Notice.subject_id == adoption_id)
    return set(db.session.scalars(chosen.where(Notice.kind == f"library.adoption_{kind}")))


def waiting(world: World, number: str) -> list[Waiting]:
    with world.app.test_request_context():
        return inbox.waiting(world.actor(number))
