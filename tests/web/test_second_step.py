"""The second step of signing in: set up on a telephone, spent once, replaced by recovery codes, demanded of roles that decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations import audit
from innovations.core.clock import at
from innovations.extensions import db
from innovations.people.models import RecoveryCode, SecondStep, SignIn
from innovations.people.rules.factors import Stage
from innovations.people.rules.proving import Proof
from innovations.people.services import lost_steps, second_step, signing_in
from tests.board_world import BoardWorld
from tests.world import PASSWORD, World, opens

NOON = datetime(2026, 3, 10, 5, 0, 5, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def asking(world: World) -> World:
    """An installation that asks for second steps, as one in use does."""
    world.app.config["SECOND_STEP"] = True
    return world


@pytest.fixture
def clock() -> Iterator[None]:
    """The clock stands at noon."""
    with at(NOON):
        yield


def typed(client: FlaskClient, number: str, password: str = PASSWORD, **more: str):
    """What the sign-in page answers."""
    return client.post("/signin", data={"service_number": number, "password": password, **more})


def refused(world: World, number: str = "tacgia") -> list[tuple[str, dict]]:
    """Refused secrets of an account in the audit log, with their data."""
    db.session.rollback()
    events = audit.events_of("account", world.staff.accounts[number])
    return [(each.tag, each.data) for each in events if each.tag == "people.secret_refused"]


def code(seed: str, when: datetime = NOON) -> str:
    return pyotp.TOTP(seed).at(when)


def shown_seed(client: FlaskClient) -> str:
    """The key under the picture."""
    found = re.search(r"gõ khóa: <code>([A-Z2-7 ]+)</code>", client.get("/account/second-step").text)
    assert found, "no key on the page"
    return found.group(1).replace(" ", "")


def set_up(client: FlaskClient, when: datetime = NOON - STEP * 10) -> tuple[str, list[str]]:
    """Set a second step up; returns its key and the recovery codes."""
    client.post("/account/second-step/begin")
    seed = shown_seed(client)
    with at(when):
        page = client.post("/account/second-step/confirm", data={"code": code(seed, when), "present": PASSWORD})
    codes = re.findall(r"<code>([a-z2-9-]{17})</code>", page.text)
    assert len(codes) == 10
    return seed, codes


def test_after_the_password_a_code_is_asked_for_and_opens_the_page_that_was_wanted(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    page = typed(browser, "tacgia", next="/library/")
    assert page.status_code == 200
    assert 'autocomplete="one-time-code"' in page.text
    assert not opens(browser)
    assert browser.post("/signin/code", data={"code": code(seed), "next": "/library/"}).headers["Location"] == "/library/"
    assert opens(browser)


def test_a_code_is_good_for_one_sign_in(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    first, second = asking.app.test_client(), asking.app.test_client()
    for browser in (first, second):
        typed(browser, "tacgia")
        browser.post("/signin/code", data={"code": code(seed)})
    assert (opens(first), opens(second)) == (True, False)
    with at(NOON + STEP * 2):
        second.post("/signin/code", data={"code": code(seed, NOON + STEP * 2)})
        assert opens(second)


def test_whoever_knows_the_password_alone_opens_no_more_than_a_few_that_wait_and_ends_none_that_runs(
    asking: World, clock: None
) -> None:
    here = asking.client("tacgia")
    seed, _codes = set_up(here)
    browsers = [asking.app.test_client() for _ in range(12)]
    for browser in browsers:
        typed(browser, "tacgia")
    db.session.rollback()
    waiting = db.session.scalars(select(SignIn.id).where(SignIn.stage == Stage.CODE)).all()
    assert len(waiting) == asking.app.config["MAX_SIGN_INS"] == 5
    assert opens(here)
    assert browsers[0].post("/signin/code", data={"code": code(seed)}).status_code == 401
    assert browsers[-1].post("/signin/code", data={"code": code(seed)}).status_code == 303
    assert opens(browsers[-1])


def test_a_stranger_elsewhere_who_knows_the_password_takes_no_waiting_sign_in_from_its_owner(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    owner = asking.app.test_client()
    typed(owner, "tacgia")
    for _again in range(8):
        asking.app.test_client().post(
            "/signin", data={"service_number": "tacgia", "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.9.8.7"}
        )
    owner.post("/signin/code", data={"code": code(seed)})
    assert opens(owner)


def test_a_second_step_that_is_one_too_many_ends_the_oldest_sign_in(asking: World, clock: None) -> None:
    asking.app.config["MAX_SIGN_INS"] = 1
    here, browser = asking.client("tacgia"), asking.app.test_client()
    seed, _codes = set_up(here)
    typed(browser, "tacgia")
    assert opens(here)  # the password alone ends nothing
    browser.post("/signin/code", data={"code": code(seed)})
    assert (opens(here), opens(browser)) == (False, True)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_telephone_whose_clock_is_half_a_minute_wrong_is_understood(asking: World, clock: None, off: int) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    browser.post("/signin/code", data={"code": code(seed, NOON + STEP * off)})
    assert opens(browser)


@pytest.mark.parametrize("wrong", ["000000", "12345", "", "một hai ba", "1" * 40])
def test_a_wrong_code_opens_nothing_and_says_so(asking: World, clock: None, wrong: str) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    assert code(seed) != wrong
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    page = browser.post("/signin/code", data={"code": wrong})
    assert page.status_code == 422
    assert "field__error" in page.text
    assert not opens(browser)


def test_a_code_without_the_password_before_it_opens_nothing(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    assert browser.post("/signin/code", data={"code": code(seed)}).status_code == 401
    assert not opens(browser)


def test_whoever_waits_longer_than_five_minutes_begins_again(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    late = NOON + timedelta(minutes=5, seconds=1)
    with at(late):
        assert browser.post("/signin/code", data={"code": code(seed, late)}).status_code == 401
        assert not opens(browser)


def test_after_ten_wrong_codes_the_right_one_waits_five_minutes(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    for _ in range(10):
        browser.post("/signin/code", data={"code": "000000"})
    assert browser.post("/signin/code", data={"code": code(seed)}).status_code == 429
    later = NOON + timedelta(minutes=6)
    with at(later):
        typed(browser, "tacgia")
        browser.post("/signin/code", data={"code": code(seed, later)})
        assert opens(browser)


@pytest.mark.parametrize("act", ["off", "codes"])
def test_a_stolen_cookie_cannot_try_all_codes(asking: World, clock: None, act: str) -> None:
    me = asking.client("tacgia")
    seed, _codes = set_up(me)
    wrong, right = ({"code": typed, "present": PASSWORD} for typed in ("000000", code(seed)))
    tried = [me.post(f"/account/second-step/{act}", data=wrong).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]
    assert me.post(f"/account/second-step/{act}", data=right).status_code == 429
    assert second_step.has(asking.actor("tacgia").account_id)
    assert refused(asking) == [("people.secret_refused", {})] * 10


def test_a_wrong_code_at_sign_in_is_written_down_and_not_what_was_typed(asking: World, clock: None) -> None:
    set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    browser.post("/signin/code", data={"code": "000000"})
    assert refused(asking) == [("people.secret_refused", {})]


def test_who_loses_the_second_step_to_an_admin_is_told(asking: World, clock: None) -> None:
    set_up(asking.client("docgia"))
    account = asking.staff.accounts["docgia"]
    lost_steps.take_away(asking.actor("quantri"), account, Proof.SERVICE_CARD, proved_by="", proved_on=None, paper="")
    asking.app.config["SECOND_STEP"] = False
    page = asking.client("docgia").get("/notices").text
    assert "Quản trị đã bỏ bước thứ hai của tài khoản đồng chí." in page
    assert 'href="/account"' in page


def test_each_recovery_code_stands_in_for_the_telephone_once(asking: World, clock: None) -> None:
    _seed, codes = set_up(asking.client("tacgia"))
    seen = []
    for _ in range(2):
        browser = asking.app.test_client()
        typed(browser, "tacgia")
        browser.post("/signin/code", data={"code": codes[3].upper()})
        seen.append(opens(browser))
    assert seen == [True, False]
    assert second_step.codes_left(asking.actor("tacgia").account_id) == 9


def test_new_recovery_codes_void_the_old_ones(asking: World, clock: None) -> None:
    me = asking.client("tacgia")
    seed, old = set_up(me)
    page = me.post("/account/second-step/codes", data={"code": code(seed), "present": PASSWORD})
    assert len(re.findall(r"<code>[a-z2-9-]{17}</code>", page.text)) == 10
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    browser.post("/signin/code", data={"code": old[0]})
    assert not opens(browser)


def test_neither_key_nor_recovery_codes_stand_readable_in_the_database(asking: World, clock: None) -> None:
    seed, codes = set_up(asking.client("tacgia"))
    held = db.session.scalars(select(SecondStep.seed)).one()
    assert seed.encode() not in held
    hashes = db.session.scalars(select(RecoveryCode.code_sha256)).all()
    assert not set(codes) & set(hashes)


@pytest.mark.parametrize("number", ["chihuy", "baomat", "kiemtra", "quantri", "chutich", "thuky"])
def test_roles_that_decide_or_see_more_must_set_one_up_first(asking: World, board: BoardWorld, number: str) -> None:
    board.world.app.config["SECOND_STEP"] = True
    browser = board.world.app.test_client()
    typed(browser, number)
    for path in ("/", "/proposals/", "/library/"):
        assert browser.get(path).headers.get("Location") == "/account/second-step"
    assert browser.post("/proposals/new", data={"nothing_secret": "y"}).headers.get("Location") == "/account/second-step"
    seed, _codes = set_up(browser, datetime.now(UTC))
    assert opens(browser)
    assert seed


@pytest.mark.parametrize(("typed", "refusals"), [("", 0), ("mật khẩu khác", 1)])
def test_a_stolen_cookie_sets_up_no_second_step_of_the_thiefs(asking: World, clock: None, typed: str, refusals: int) -> None:
    thief, owner = asking.client("tacgia"), asking.client("tacgia")
    thief.post("/account/second-step/begin")
    seed = shown_seed(thief)
    answer = thief.post("/account/second-step/confirm", data={"code": code(seed), "present": typed})
    assert answer.status_code == 422
    assert not second_step.has(asking.staff.accounts["tacgia"])
    assert opens(owner)
    assert len(refused(asking)) == refusals


def test_others_may_do_without(asking: World) -> None:
    for number in ("tacgia", "docgia", "tiepnhan", "uyvien2"):
        browser = asking.app.test_client()
        typed(browser, number)
        assert opens(browser), number


def test_a_role_that_demands_it_cannot_switch_it_off(asking: World, clock: None) -> None:
    me = asking.client("chihuy")
    seed, _codes = set_up(me)
    assert me.post("/account/second-step/off", data={"code": code(seed), "present": PASSWORD}).status_code == 403
    assert second_step.has(asking.actor("chihuy").account_id)


def test_whoever_switches_it_off_signs_in_with_the_password_alone(asking: World, clock: None) -> None:
    me = asking.client("tacgia")
    seed, _codes = set_up(me)
    for wrong in (
        {"code": "000000", "present": PASSWORD},
        {"code": code(seed), "present": "mật khẩu khác"},
        {"code": code(seed)},
    ):
        assert me.post("/account/second-step/off", data=wrong).status_code == 422
        assert second_step.has(asking.staff.accounts["tacgia"])
    me.post("/account/second-step/off", data={"code": code(seed), "present": PASSWORD})
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    assert opens(browser)


def test_a_short_password_is_enough_with_a_second_step_and_must_change_without(asking: World, clock: None) -> None:
    me = asking.client("tacgia")
    short = {"old": PASSWORD, "new": "mưa rào!", "again": "mưa rào!"}
    assert "Mật khẩu cần ít nhất 15 ký tự" in me.post("/account/password", data=short).text
    seed, _codes = set_up(me)
    assert me.post("/account/password", data=short).status_code == 422
    assert me.post("/account/password", data={**short, "code": "000000"}).status_code == 422
    assert me.post("/account/password", data={**short, "code": code(seed)}).status_code == 303
    with at(NOON + STEP):
        me.post("/account/second-step/off", data={"code": code(seed, NOON + STEP), "present": "mưa rào!"})
    browser = asking.app.test_client()
    typed(browser, "tacgia", "mưa rào!")
    assert browser.get("/").headers.get("Location") == "/account"


def test_a_password_in_place_of_a_one_time_one_takes_no_second_code(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    once = signing_in.issue_one_time_password(asking.actor("quantri"), asking.staff.accounts["tacgia"])
    browser = asking.app.test_client()
    typed(browser, "tacgia", once)
    browser.post("/signin/code", data={"code": code(seed)})
    assert "Mã xác thực" not in browser.get("/account").text
    chosen = "chiều mưa trên bãi tập"
    assert browser.post("/account/password", data={"old": once, "new": chosen, "again": chosen}).status_code == 303


def test_the_form_that_was_sent_after_the_sign_in_ended_comes_back_after_the_code(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    page = typed(browser, "tacgia", **{"next": "/proposals/new", "replay-title": "Giá đỡ chữa cháy"})
    assert 'name="replay-title" value="Giá đỡ chữa cháy"' in page.text
    sent = {"code": code(seed), "next": "/proposals/new", "replay-title": "Giá đỡ chữa cháy"}
    assert 'name="title" value="Giá đỡ chữa cháy"' in browser.post("/signin/code", data=sent).text


def test_the_cookie_of_before_the_code_is_worth_nothing_after_it(asking: World, clock: None) -> None:
    seed, _codes = set_up(asking.client("tacgia"))
    browser = asking.app.test_client()
    typed(browser, "tacgia")
    with browser.session_transaction() as session:
        before = session["waiting"]
    browser.post("/signin/code", data={"code": code(seed)})
    thief = asking.app.test_client()
    with thief.session_transaction() as session:
        session["_user_id"] = before
        session["waiting"] = before
    assert not opens(thief)


def test_a_demo_instance_never_asks(asking: World) -> None:
    set_up(asking.client("tacgia"), datetime.now(UTC))
    asking.app.config["DEMO"] = True
    for number in ("tacgia", "quantri"):
        browser = asking.app.test_client()
        typed(browser, number)
        assert opens(browser), number
