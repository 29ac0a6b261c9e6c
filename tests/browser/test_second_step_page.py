"""A decider on a telephone sets the second step up and signs in with it; every screen on the way is audited, an error shown too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from innovations.cli.demo.staff import find
from innovations.core.transactions import atomic
from innovations.people.services.sign_ins import end_sign_ins
from tests.browser.conftest import SignIn, Site, Visit
from tests.browser.screen import PHONE
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


def test_a_decider_sets_the_second_step_up_and_signs_in_with_it(site: Site, sign_in: SignIn, visit: Visit) -> None:
    site.app.config["SECOND_STEP"] = True
    mine = sign_in("chihuy", PHONE)
    assert mine.path == "/account/second-step"  # nothing else opens before
    mine.audit_everywhere()
    mine.press("Bắt đầu")
    mine.audit_everywhere()
    assert mine.page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 0
    seed = mine.page.locator("main code").inner_text().replace(" ", "")
    mine.fill(code="000000", present=PASSWORD)
    mine.press("Bật xác thực hai bước")
    mine.shows("Mã không đúng hoặc đã dùng")
    mine.audit_everywhere()
    before = datetime.now(UTC) - timedelta(seconds=30)  # the code of now is for the sign-in that follows
    mine.fill(code=pyotp.TOTP(seed).at(before), present=PASSWORD)
    mine.press("Bật xác thực hai bước")
    mine.audit_everywhere()
    codes = re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}", mine.page.locator("main").inner_text())
    assert len(codes) == 10
    mine.follow("Đã cất mã, tiếp tục")
    assert mine.path == "/"
    mine.go("/account/second-step")
    mine.audit_everywhere()
    mine.go("/account")
    mine.audit_everywhere()

    elsewhere = visit(PHONE)
    elsewhere.go("/signin?next=/library/")
    elsewhere.fill(service_number="chihuy", password=PASSWORD)
    elsewhere.press("Đăng nhập")
    elsewhere.audit_everywhere()
    elsewhere.fill(code="một hai ba")
    elsewhere.press("Đăng nhập")
    elsewhere.audit_everywhere()
    elsewhere.fill(code=codes[0])
    elsewhere.press("Đăng nhập")
    assert elsewhere.path == "/library/"

    mine.go("/account")
    mine.audit_everywhere()
    mine.fill(present=PASSWORD)
    mine.press("Đăng xuất thiết bị này")
    elsewhere.go("/library/")
    assert elsewhere.path == "/signin"


def test_a_form_sent_after_the_sign_in_ended_is_stored_after_signing_in_again(site: Site, sign_in: SignIn) -> None:
    mine = sign_in("docgia", PHONE)
    mine.go("/account")
    mine.go("/proposals/new")
    mine.page.locator("[name=nothing_secret]").first.check()
    with site.app.app_context(), atomic():
        end_sign_ins(find().actor("docgia").account_id)  # as half an hour without a click does
    mine.page.locator("main form[method=post] button").first.click()
    mine.page.get_by_text("nội dung vừa gõ vẫn còn").first.wait_for()
    mine.complaints.clear()  # the browser names the 401
    mine.fill(service_number="docgia", password=PASSWORD)
    mine.press("Đăng nhập")
    mine.audit_everywhere()
    mine.press("Gửi lại nội dung này")
    assert "/edit/" in mine.path
