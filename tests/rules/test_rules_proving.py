"""A lost second step: what counts as a proof of who somebody is, and who the second person may be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from innovations.core.rules.errors import DomainError
from innovations.people.rules import proving
from innovations.people.rules.proving import Proof, Proven
from innovations.people.rules.roles import Actor, Grant, Role

TODAY = date(2026, 11, 29)
OWNER, ADMIN, OFFICER = 7, 1, 2
HERE = "/1/4/"


def proven(proof: Proof = Proof.SERVICE_CARD, on: date = TODAY, paper: str = "") -> Proven:
    return Proven(proof, ADMIN, on, paper)


def person(number: int, *grants: tuple[Role, str]) -> Actor:
    return Actor(number, number, 4, HERE, tuple(Grant(role, 4, path) for role, path in grants))


@pytest.mark.parametrize(
    "given",
    [
        proven(),
        proven(Proof.PERSONNEL_FILE, TODAY - timedelta(days=7)),
        proven(Proof.COMMANDER_PAPER, paper="12/GXN-d1"),
        proven(Proof.COMMANDER_PAPER, paper="00001/Đ-đ1"),
    ],
)
def test_a_recent_proof_by_somebody_else_is_taken(given: Proven) -> None:
    proving.check_proven(given, OWNER, ADMIN, TODAY)


@pytest.mark.parametrize(
    ("given", "by", "field", "reason"),
    [
        (proven(), OWNER, "proved_by", proving.ProvedByOwner),
        (proven(on=TODAY + timedelta(days=1)), ADMIN, "proved_on", proving.ProofNotRecent),
        (proven(on=TODAY - timedelta(days=8)), ADMIN, "proved_on", proving.ProofNotRecent),
        (proven(paper="012345678901"), ADMIN, "paper", proving.PaperNotAsked),  # a card's number is personal data
        (proven(Proof.COMMANDER_PAPER), ADMIN, "paper", proving.PaperMissing),
        (proven(Proof.COMMANDER_PAPER, paper="12/đồng chí Nam"), ADMIN, "paper", proving.NotAPaperNumber),
        (proven(Proof.COMMANDER_PAPER, paper="GXN-d1"), ADMIN, "paper", proving.NotAPaperNumber),
        (proven(Proof.COMMANDER_PAPER, paper="123456/GXN"), ADMIN, "paper", proving.NotAPaperNumber),
        (proven(Proof.COMMANDER_PAPER, paper=f"1/{'A' * 19}"), ADMIN, "paper", proving.NotAPaperNumber),
    ],
)
def test_what_is_no_proof_is_refused_at_its_field(given: Proven, by: int, field: str, reason: type[DomainError]) -> None:
    with pytest.raises(reason) as refusal:
        proving.check_proven(given, OWNER, by, TODAY)
    assert refusal.value.field == field


def test_what_the_log_keeps_holds_codes_and_numbers() -> None:
    assert proven(Proof.COMMANDER_PAPER, paper="12/GXN-d1").codes() == {
        "proof": "commander_paper", "proved_by": ADMIN, "proved_on": "2026-11-29", "paper": "12/GXN-d1",
    }  # fmt: skip
    assert proven().codes()["paper"] is None


@pytest.mark.parametrize("role", list(Role))
def test_security_officer_and_deciding_head_of_the_unit_are_the_second_person(role: Role) -> None:
    assert proving.may_confirm(person(OFFICER, (role, HERE)), OWNER, HERE, ADMIN) == (
        role in (Role.SECURITY_OFFICER, Role.DECIDER)
    )


def test_nobody_confirms_for_another_unit_nor_what_they_asked_for_nor_for_themselves() -> None:
    office = (Role.SECURITY_OFFICER, HERE)
    with pytest.raises(proving.NotConfirmer):
        proving.check_may_confirm(person(OFFICER, (Role.SECURITY_OFFICER, "/1/5/")), OWNER, HERE, ADMIN)
    with pytest.raises(proving.AskerMayNotConfirm):
        proving.check_may_confirm(person(ADMIN, office), OWNER, HERE, ADMIN)
    with pytest.raises(proving.OwnSecondStep):
        proving.check_may_confirm(person(OWNER, office), OWNER, HERE, ADMIN)


def test_a_request_waits_for_a_day_and_no_longer_once_it_was_answered() -> None:
    asked = datetime(2026, 11, 28, 9, tzinfo=UTC)
    later = asked + timedelta(hours=24)
    assert proving.waits(asked, None, None, later - timedelta(seconds=1))
    assert not proving.waits(asked, None, None, later)
    assert not proving.waits(asked, asked, None, asked)
    assert not proving.waits(asked, None, asked, asked)
