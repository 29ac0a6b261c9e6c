"""Rights follow at once: a transfer, a role taken away, a seat given up, a closed account, a unit moved, two records found to be one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations.boards.rules.seats import SeatRole
from innovations.boards.services.seats import SeatData, end_seat, seat_person
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Grant, Person
from innovations.people.rules.roles import Role
from innovations.people.services import grants, persons, units
from innovations.people.services.persons import PersonData
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal
from tests.authority.conftest import House, Watch
from tests.authority.sight import SEEN, SITUATIONS

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process


def status(house: House, account: str, situation: str, client: FlaskClient | None = None) -> int:
    address = house.case(situation).ids["address"]
    return (client or house.world.client(account)).get(f"/proposals/{address}").status_code


def listed(house: House, account: str) -> set[str]:
    """Situations in the account's list, by the stored audiences."""
    db.session.rollback()
    codes = {proposal.address for proposal in db.session.scalars(select(Proposal).where(seen_by(house.world.actor(account))))}
    return {name for name in SITUATIONS if house.case(name).ids["address"] in codes}


def opened(house: House, account: str) -> set[str]:
    """Situations that the account opens one by one; by its token, which outlives the sign-ins."""
    client, token = house.app.test_client(), {"Authorization": f"Bearer {house.told.tokens[account]}"}
    paths = {name: f"/api/v1/proposals/{house.case(name).ids['address']}" for name in SITUATIONS}
    return {name for name, path in paths.items() if client.get(path, headers=token).status_code == 200}


def seen(account: str) -> set[str]:
    return {name for name in SITUATIONS if SEEN[name][account] != "."}


OWN_OF_BASE = {"recognised_internal", "forwarded"}


def move(house: House, number: str, unit: str) -> None:
    staff = house.world.staff
    row = db.session.get_one(Person, staff.people[number])
    data = PersonData(row.full_name, staff.units[unit], row.rank, row.position)
    db.session.rollback()
    persons.change_person(house.world.actor("quantri"), staff.people[number], data)


def test_after_a_transfer_the_running_sign_in_ends_and_the_old_base_is_closed(house: House, watch: Watch) -> None:
    assert status(house, "uyvien5", "recognised_internal", house.clients["uyvien5"]) == 200
    move(house, "uyvien5", "T2B")
    assert house.clients["uyvien5"].get("/").status_code == 303  # to the sign-in
    expected = seen("uyvien5") - OWN_OF_BASE
    assert opened(house, "uyvien5") == listed(house, "uyvien5") == expected


def test_an_author_keeps_the_own_work_after_a_transfer(house: House, watch: Watch) -> None:
    move(house, "tacgia2", "T2B")
    assert opened(house, "tacgia2") == listed(house, "tacgia2") == seen("tacgia2")


@pytest.mark.parametrize(
    ("account", "role"),
    [("tiepnhan", Role.RECEIVER), ("vanphong", Role.REGISTRAR), ("chihuy2", Role.COMMANDER), ("baomat", Role.SECURITY_OFFICER)],
)
def test_a_role_taken_away_takes_what_it_showed_with_it(house: House, watch: Watch, account: str, role: Role) -> None:
    staff = house.world.staff
    grant = db.session.scalar(select(Grant.id).where(Grant.person_id == staff.people[account], Grant.role == role)) or 0
    db.session.rollback()
    grants.end(house.world.actor("quantri"), grant)
    assert house.clients[account].get("/").status_code == 303
    token = {"Authorization": f"Bearer {house.told.tokens[account]}"}
    address = house.case("needs_fix").ids["address"]
    assert house.app.test_client().get(f"/api/v1/proposals/{address}", headers=token).status_code == 404
    left = {"recognised_open"} | (OWN_OF_BASE if account != "baomat" else set())
    assert opened(house, account) == listed(house, account) == left


def test_a_deputy_holds_the_role_only_while_the_holder_is_away(house: House, watch: Watch) -> None:
    staff, admin = house.world.staff, house.world.actor("quantri")
    grant = db.session.scalar(select(Grant.id).where(Grant.person_id == staff.people["tiepnhan"])) or 0
    db.session.rollback()
    away = {"away_from": today() - timedelta(days=1), "away_to": today() + timedelta(days=1)}
    grants.set_deputy(admin, grant, "demo23", **away)
    assert status(house, "demo23", "submitted") == 200
    grants.set_deputy(admin, grant, "demo23", away_from=date(2026, 1, 1), away_to=date(2026, 1, 2))
    assert status(house, "demo23", "submitted") == 404
    assert listed(house, "demo23") == {"recognised_open"} | OWN_OF_BASE


def test_who_gives_up_a_seat_no_longer_reads_what_it_showed(house: House, watch: Watch) -> None:
    registrar, board = house.world.actor("vanphong"), house.told.board
    from innovations.boards.models import Seat

    seat = db.session.scalar(select(Seat.id).where(Seat.person_id == house.world.staff.people["thuky"])) or 0
    db.session.rollback()
    end_seat(registrar, board, seat, last_day=today() - timedelta(days=1))
    assert opened(house, "thuky") == listed(house, "thuky") == {"recognised_open"} | OWN_OF_BASE
    assert house.world.client("thuky").get(f"/boards/{board}").status_code == 404
    # Who takes the seat over reads it from the first day on.
    seat_person(registrar, board, SeatData(house.world.staff.people["demo23"], SeatRole.SECRETARY, today()))
    assert {"accepted", "failed", "meeting"} <= opened(house, "demo23") == listed(house, "demo23")


def test_a_closed_account_and_its_token_open_nothing(house: House, watch: Watch) -> None:
    staff = house.world.staff
    persons.set_account_active(house.world.actor("quantri"), staff.accounts["thuky"], False)
    assert house.clients["thuky"].get("/").status_code == 303
    token = {"Authorization": f"Bearer {house.told.tokens['thuky']}"}
    assert house.app.test_client().get("/api/v1/proposals", headers=token).status_code == 401


def test_a_unit_that_moves_takes_its_proposals_under_its_new_command(house: House, watch: Watch) -> None:
    staff, admin = house.world.staff, house.world.actor("quantri")
    grants.give(admin, staff.people["demo24"], Role.COMMANDER, staff.units["SM"], from_on=today())
    grants.give(admin, staff.people["demo29"], Role.COMMANDER, staff.units["SP"], from_on=today())
    assert status(house, "demo24", "submitted") == 200
    assert status(house, "demo29", "submitted") == 404
    units.move_unit(admin, staff.units["T1A"], staff.units["SP"])
    assert "submitted" not in opened(house, "demo24") | listed(house, "demo24") - OWN_OF_BASE
    assert "submitted" in opened(house, "demo29") & listed(house, "demo29")
    assert opened(house, "demo29") == listed(house, "demo29")


def test_two_records_of_one_person_see_and_are_barred_as_one(house: House, watch: Watch) -> None:
    staff, admin = house.world.staff, house.world.actor("quantri")
    assert status(house, "demo19", "draft") == 404
    persons.link_persons(admin, staff.people["tacgia2"], staff.people["demo19"], "Chuyển ngạch, có hai số hiệu.")
    for account in ("demo19", "tacgia2"):
        assert opened(house, account) == listed(house, account)
        assert {"draft", "submitted"} <= opened(house, account)
    persons.link_persons(admin, staff.people["tacgia2"], None, "")
    assert "draft" not in opened(house, "demo19") | listed(house, "demo19")
    assert opened(house, "tacgia2") == listed(house, "tacgia2") == seen("tacgia2")


def test_a_member_found_to_be_the_author_loses_the_board_s_view(house: House, watch: Watch) -> None:
    staff = house.world.staff
    persons.link_persons(house.world.actor("quantri"), staff.people["uyvien4"], staff.people["tacgia2"], "Cùng một người.")
    case = house.case("scoring").ids
    score = f"/boards/{case['board_id']}/reviews/{case['review_id']}/score"
    assert house.world.client("uyvien4").get(score).status_code == 403
    assert opened(house, "uyvien4") == listed(house, "uyvien4")
