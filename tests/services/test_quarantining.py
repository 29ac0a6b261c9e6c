"""Quarantine through the use cases: who hides and shows again what, and that hiding twice changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.core.rules.errors import Forbidden, NotVisible, StateForbids
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.services import quarantine
from tests.recognised import recognise
from tests.world import World

REASON = "Có người báo."


def hidden(code: str) -> bool:
    db.session.rollback()
    db.session.expire_all()
    found = proposal_at(code)
    assert found is not None
    return found.quarantined_at is not None


def events() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_only_what_is_there_is_hidden_and_only_by_a_security_officer(world: World) -> None:
    code, before = world.submitted(), events()
    for who, address in (("baomat", "SK-T1A-2026-0999"), ("tiepnhan", code), ("quantri", code)):
        with pytest.raises(NotVisible) as refused:
            quarantine.hide(world.actor(who), address, reason=REASON)
        assert refused.value.field == "code"
    with pytest.raises(ReasonsMissing):
        quarantine.hide(world.actor("baomat"), code, reason=" ")
    assert (hidden(code), events()) == (False, before)


def test_hiding_what_another_officer_has_hidden_changes_nothing(world: World) -> None:
    code = world.submitted()
    quarantine.hide(world.actor("baomat"), code, reason=REASON)
    before = events()
    quarantine.hide(world.actor("baomat2"), code, reason=REASON)
    found = proposal_at(code)
    assert found is not None
    assert (found.quarantined_by_id, events()) == (world.staff.people["baomat"], before)


def test_what_is_not_hidden_is_not_shown_again_nor_by_anybody_but_an_officer(world: World) -> None:
    code = recognise(world)
    before = events()
    with pytest.raises(StateForbids):
        quarantine.release(world.actor("baomat"), code)
    with pytest.raises(Forbidden):
        quarantine.release(world.actor("docgia"), code)
    assert (hidden(code), events()) == (False, before)


def test_an_officer_shows_it_again(world: World) -> None:
    code = world.submitted()
    quarantine.hide(world.actor("baomat"), code, reason=REASON)
    assert hidden(code)
    quarantine.release(world.actor("baomat2"), code)
    assert not hidden(code)
