"""Pages and acts that belong to an office or to everybody, by account; and that no route is left out of the tables.

Offices as in "Roles" (domain §3): ``vanphong`` is registrar, ``tiepnhan`` receiver, ``chihuy`` decider, all of T1A; ``donvi`` commands
and decides at T2B; ``quantri`` is admin ("units, people, settings …; never seats, never content").
"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter

from innovations.extensions import db
from innovations.people.models import Grant
from innovations.proposals.models_dossier import SimilarityFinding
from tests.authority.conftest import House, Watch
from tests.authority.doors import ACTS, OFFICERS, PAGES
from tests.authority.sight import ACCOUNTS

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process

#: The board of T1A: its seats, and receiver, decider and registrar of its unit.
BOARD = {
    "tiepnhan", "thuky", "chutich", "uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5", "chihuy", "vanphong",
}  # fmt: skip
LEADS = {"thuky", "chutich", "uyvien1"}
#: Who may have a campaign of T1A screened for repetitions: its registrar and the secretary of its board.
SCREENERS = {"vanphong", "thuky"}
ADMIN, REGISTRAR = {"quantri"}, {"vanphong"}
EVERYBODY = set(ACCOUNTS)

#: "Every account may write proposals", reads the library, has an inbox and an account of its own.
FOR_ALL = {
    "home.index", "home.notices", "home.digest", "people.account", "people.second_step", "proposals.index", "proposals.new", "proposals.states", "library.index",
    "library.search_help", "library.suggest", "library.adoptions", "reports.index", "reports.library", "boards.index",
    "boards.sights",
}  # fmt: skip
#: Acts on what is one's own: a draft, the own account, the own language.
OWN_ACTS = {
    "proposals.create", "proposals.secret", "people.change_password", "people.signout", "home.set_locale",
    "people.end_sign_in", "people.end_other_sign_ins", "people.begin_second_step", "people.confirm_second_step",
    "people.renew_recovery_codes", "people.switch_second_step_off",
}  # fmt: skip
PUBLIC = {
    "people.signin", "people.signin_send", "people.signin_code", "home.healthz", "home.readyz", "verify.show", "static", "api.openapi", "home.set_locale",
}  # fmt: skip
#: Operations that show what the pages show; tried in test_same_answer and with their own proposals there.
BY_TOKEN = {"api.library", "api.proposals", "api.create_proposal", "api.similar"}

#: route → who; anybody else is refused (403), whatever the address names.
OFFICES: dict[str, set[str]] = {
    "admin.index": ADMIN | REGISTRAR,
    **dict.fromkeys(
        (
            "admin.unit_tree", "admin.new_unit", "admin.create_unit", "admin.edit_unit", "admin.change_unit", "admin.move_unit",
            "admin.open_or_close_unit", "admin.person_list", "admin.new_person", "admin.create_person", "admin.person",
            "admin.change_person", "admin.link_person", "admin.give_grant", "admin.end_grant", "admin.set_deputy", "admin.open_or_close_account",
            "admin.new_password", "admin.reset_second_step", "admin.end_sign_ins", "admin.import_list", "admin.import_units", "admin.import_people", "admin.people_job", "admin.take_people",
            "admin.list_template",
        ),
        ADMIN,
    ),
    **dict.fromkeys(
        (
            "admin.campaigns", "admin.new_campaign", "admin.create_campaign", "admin.edit_campaign", "admin.change_campaign",
            "admin.fields", "admin.add_field", "admin.change_field", "admin.days", "admin.set_day", "admin.remove_day",
            "admin.register", "admin.check_register", "admin.import_register", "admin.register_template", "admin.register_job", "admin.batch", "admin.sets",
            "admin.rule_set", "admin.change_rule_set", "admin.copy_rule_set", "admin.criteria_set", "admin.change_criteria_set",
            "admin.copy_criteria_set", "admin.word_templates", "admin.word_template", "admin.add_word_template", "admin.withdraw_word_template", "admin.word_template_file", "boards.new", "boards.create",
        ),
        REGISTRAR,
    ),
    "admin.screenings": SCREENERS,
    "admin.ask_screening": SCREENERS,
    "boards.decisions": {"chihuy", "donvi", "vanphong"},
    "boards.pending_outcomes": {"chihuy", "donvi", "vanphong", "thuky"},  # seen by head, standing office and secretary only
    # What is late: commander, registrar and deciding head for their units, the secretary for the board.
    "boards.overdue": {"chihuy", "chihuy2", "donvi", "vanphong", "thuky"},
    "proposals.new_on_paper": {"tiepnhan"},  # "origin on_paper by a clerk"
    "proposals.create_on_paper": {"tiepnhan"},
    "proposals.audit": {"kiemtra"},
    "proposals.events": {"kiemtra"},
    "proposals.quarantined": set(OFFICERS),
    "proposals.hide": set(OFFICERS),
    # Content behind glass: asked for by admin or security officer, confirmed by another office, "the deciding head" or security.
    "proposals.glass": ADMIN | set(OFFICERS) | {"chihuy", "donvi"},
    "proposals.ask_glass": ADMIN | set(OFFICERS),
    "proposals.confirm_glass": set(OFFICERS) | {"chihuy", "donvi"},
    "proposals.end_glass": ADMIN | set(OFFICERS) | {"chihuy", "donvi"},
    "proposals.read_glass": ADMIN | set(OFFICERS),
    "proposals.glass_file": ADMIN | set(OFFICERS),
    # A lost second step: asked for by the admin, confirmed by another office.
    "people.lost_steps": ADMIN | set(OFFICERS) | {"chihuy", "donvi"},
    "people.confirm_lost_step": set(OFFICERS) | {"chihuy", "donvi"},
    "people.end_lost_step": ADMIN | set(OFFICERS) | {"chihuy", "donvi"},
    # "A register export holds the reader's subtree only" (case 20): who keeps or commands one.
    "reports.register": {"chihuy", "chihuy2", "donvi", "vanphong"},
    "reports.annual": {"chihuy", "chihuy2", "donvi", "vanphong"},
    "reports.replication": {"chihuy", "chihuy2", "donvi", "vanphong"},
}  # fmt: skip

#: route → who, among those for whom the board exists; for anybody else it does not (404).
OF_BOARD: dict[str, set[str]] = {
    **dict.fromkeys(("boards.show", "boards.queue", "boards.schedule", "boards.meeting", "boards.invitation_file", "boards.establishment_paper", "boards.establishment_word"), BOARD),
    **dict.fromkeys(("boards.edit", "boards.change", "boards.close", "boards.seats_of", "boards.fill_seat", "boards.end_seat"), REGISTRAR),
    **dict.fromkeys(
        (
            "boards.new_meeting", "boards.call_meeting", "boards.edit_meeting", "boards.change_meeting", "boards.start_meeting",
            "boards.take_attendance", "boards.close_meeting", "boards.minutes", "boards.minutes_docx", "boards.add_minutes", "boards.attached",
            "boards.invitations_paper",
            "boards.submission_paper", "boards.submission_word",
        ),
        LEADS,
    ),
    # "After the reveal the voting seats, the secretary and the decider" read sheets; how members scored, who leads the board and decides.
    "boards.campaign_scores": LEADS | {"chihuy"},
    # "The standing office: campaigns, boards" (domain §3, Roles), and the secretary, who keeps the board.
    "boards.change_schedule": REGISTRAR | {"thuky"},
    # "Secretary: assign" (domain §5); the deputy where the secretary may not.
    **dict.fromkeys(
        ("boards.plan", "boards.apply_plan", "boards.plan_file", "boards.keep_apart", "boards.let_together"), {"thuky", "uyvien1"}
    ),
}  # fmt: skip

#: For who leads the meeting and takes part in each of its items; for the others of the board they do not exist either.
OF_MINUTES = {"boards.minutes", "boards.minutes_docx", "boards.add_minutes", "boards.attached"}

#: A screening exists for who may ask for it (otherwise 404); pairs of a campaign are judged where the proposal is examined.
OF_SCREENING: dict[str, set[str]] = {
    "admin.screening": SCREENERS,
    "admin.screening_file": SCREENERS,
    "admin.judge_pair": set(),
}

#: The adoption that ``donvi`` asked for: both units' command and staff and the authors know of it (domain §3, Adoption).
KNOW_ADOPTION = {"tacgia", "tacgia2", "chihuy", "vanphong", "donvi"}
OF_ADOPTION: dict[str, set[str]] = {
    "library.adoption": KNOW_ADOPTION,
    "library.request_paper": KNOW_ADOPTION,  # what the page says, on paper
    "library.handover_paper": set(),  # nothing agreed, nothing in use yet
    "library.confirmation_paper": set(),
    "library.agree": {"chihuy"},  # "only the owning unit agrees or declines"
    "library.decline": {"chihuy"},
    "library.cancel": {"donvi"},  # "only the requester cancels"
    "library.start": set(),  # not agreed yet
    "library.report": set(),
    "library.confirm": set(),
    "library.stop": set(),
}
COMMANDERS = {"chihuy", "chihuy2", "donvi"}


def sample(house: House, converter: BaseConverter, name: str) -> object:
    """A value that exists, for each part of an address."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    staff, told = house.world.staff, house.told
    known = {
        "board_id": told.board, "screening_id": told.screening, "finding_id": db.session.scalar(select(SimilarityFinding.id)), "number": house.case("meeting").ids["number"], "adoption_id": told.adoption, "file_format": "csv", "paper": "minutes", "which": "shipped",
        "unit_id": staff.units["D6"], "person_id": staff.people["demo25"], "account_id": staff.accounts["demo25"],
        "grant_id": db.session.scalar(select(Grant.id).where(Grant.person_id == staff.people["demo25"])),
        "seat_id": house.case("meeting").seat, "on": "2026-01-01", "address": house.case("meeting").ids["address"], "code": house.case("recognised_open").ids["code"],
    }  # fmt: skip
    return known.get(name, 1 if isinstance(converter, IntegerConverter) else "X-1")


def knock(house: House, endpoint: str, account: str | None) -> int:
    """The answer to a page, or to an act sent without its form."""
    rule = next(house.app.url_map.iter_rules(endpoint))
    values = {name: sample(house, rule._converters[name], name) for name in rule.arguments}
    client = house.clients[account] if account else house.app.test_client()
    method = "GET" if "GET" in rule.methods else "POST"
    return client.open(house.url(endpoint, **values), method=method, data={} if method == "POST" else None).status_code


def test_no_route_is_left_out_of_the_tables(house: House) -> None:
    tables = (PUBLIC, FOR_ALL, OWN_ACTS, BY_TOKEN, OFFICES, OF_BOARD, OF_ADOPTION, OF_SCREENING, {"library.adopt"})
    told = {door.endpoint for door in (*PAGES, *ACTS)}.union(*map(set, tables))
    assert {rule.endpoint for rule in house.app.url_map.iter_rules()} == told


@pytest.mark.parametrize("account", ACCOUNTS)
def test_offices_have_their_pages_and_nobody_else(house: House, watch: Watch, account: str) -> None:
    wrong = {}
    for endpoint in FOR_ALL:
        if (came := knock(house, endpoint, account)) != 200:
            wrong[endpoint] = came
    watch.again()  # notices read are marked so
    for endpoint, who in OFFICES.items():
        came = knock(house, endpoint, account)
        if (came == 403) == (account in who):
            wrong[endpoint] = came
        stored = watch.changed()
        if came == 403 and stored:
            wrong[f"{endpoint} stored"] = stored
        if stored:
            watch.again()
    assert wrong == {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_board_exists_for_its_people_and_is_run_by_those_who_run_it(house: House, watch: Watch, account: str) -> None:
    wrong = {}
    for endpoint, who in OF_BOARD.items():
        came = knock(house, endpoint, account)
        expected = {200, 303, 409, 422} if account in who else {403} if account in BOARD else {404}
        if endpoint in OF_MINUTES and account in BOARD - who:
            expected = {403, 404}
        stored = watch.changed()
        if came not in expected or (came >= 400 and stored):
            wrong[endpoint] = (came, sorted(expected), stored)
        if stored:
            watch.again()
    assert wrong == {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_screening_exists_for_registrar_and_secretary(house: House, watch: Watch, account: str) -> None:
    wrong = {}
    for endpoint, who in OF_SCREENING.items():
        came = knock(house, endpoint, account)
        expected = {200} if account in who else {403, 404} if account in SCREENERS else {404}
        if came not in expected:
            wrong[endpoint] = (came, sorted(expected))
    assert wrong == {}
    assert watch.changed() == set()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_adoption_is_known_to_both_units_and_answered_by_the_owner(house: House, watch: Watch, account: str) -> None:
    wrong = {}
    forms = {
        "library.decline": {"reason": "Chưa có đủ vật tư."},
        "library.report": {"result": "Đạt yêu cầu.", "lines-0-kind": "time"},
    }
    for endpoint, who in OF_ADOPTION.items():
        rule = next(house.app.url_map.iter_rules(endpoint))
        client, address = house.clients[account], house.url(endpoint, adoption_id=house.told.adoption)
        answer = client.get(address) if "GET" in rule.methods else client.post(address, data=forms.get(endpoint, {}))
        expected = {200, 303} if account in who else {403, 409} if account in KNOW_ADOPTION else {404}
        stored = watch.changed()
        if answer.status_code not in expected or (answer.status_code >= 400 and stored):
            wrong[endpoint] = (answer.status_code, sorted(expected), stored)
        if stored:
            watch.again()
    assert wrong == {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_commanders_ask_for_an_adoption_for_their_own_units(house: House, watch: Watch, account: str) -> None:
    units = house.world.staff.units
    own = {"chihuy": "D6", "chihuy2": "D5", "donvi": "D7"}.get(account, "D7")
    address = house.url("library.adopt", code=house.case("recognised_open").ids["code"])
    sent = {"kind": "replication", "purpose": "Dùng cho tổ trực.", "unit_id": str(units["L3C"])}
    foreign = house.clients[account].post(address, data=sent).status_code
    assert foreign == (422 if account in COMMANDERS else 403)
    assert watch.changed() == set()
    asked = house.clients[account].post(address, data={**sent, "unit_id": str(units[own])}).status_code
    assert asked == (303 if account in COMMANDERS else 403)


def test_without_signing_in_pages_lead_to_the_sign_in_and_nothing_can_be_sent(house: House, watch: Watch) -> None:
    wrong = {}
    for rule in house.app.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        came = knock(house, rule.endpoint, None) if "PATCH" not in rule.methods else 401
        expected = 303 if "GET" in rule.methods and not rule.endpoint.startswith("api.") else 401
        if came != expected:
            wrong[rule.endpoint] = came
    assert wrong == {}
    assert watch.changed() == set()
