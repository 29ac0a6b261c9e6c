"""One initiative from a soldier's phone to the library, in a real browser; every screen on the way is open to everybody."""

from __future__ import annotations

import pytest

from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import State
from tests.browser.conftest import SignIn, Site
from tests.browser.screen import PHONE, Screen
from tests.world import TEXT

pytestmark = pytest.mark.browser

TITLE = (
    "Giá xếp dụng cụ huấn luyện thể lực ba tầng có bánh xe khóa được, ghép từ khung giường hỏng, "
    "dùng chung cho ba tiểu đội khi chuyển từ nhà ở ra bãi tập và ngược lại trong mùa mưa"
)
EVIDENCE = "Biên bản áp dụng thử tại Tiểu đoàn 5: chuyển dụng cụ từ 40 phút còn 12 phút.".encode()


def test_a_receiver_accepts_what_a_soldier_sent_from_a_phone(site: Site, sign_in: SignIn) -> None:
    code = file_proposal(sign_in("tacgia", PHONE))
    site.index()
    accept(sign_in("tiepnhan"), code)


def file_proposal(soldier: Screen) -> str:
    """The author's five steps and the receipt; returns the code."""
    declare(soldier)
    tell_the_idea(soldier)
    describe(soldier)
    tell_the_benefit(soldier)
    soldier.audit()
    soldier.follow("Tiếp:")
    attach_evidence(soldier)
    return submit(soldier)


def declare(soldier: Screen) -> None:
    soldier.go("/proposals/new")
    soldier.press("Bắt đầu viết")
    soldier.page.locator("#errors").wait_for()
    soldier.audit()
    soldier.page.check("[name=nothing_secret]")
    soldier.press("Bắt đầu viết")


def tell_the_idea(soldier: Screen) -> None:
    soldier.fill(title=TITLE, tags="thể lực; dụng cụ")
    soldier.choose(proposal_class="initiative", solution_types="technical", investor_kind="unit")
    soldier.page.locator("label:has(input[name='field_id'])").nth(2).click()
    soldier.audit()
    soldier.press("Tiếp:")


def describe(soldier: Screen) -> None:
    soldier.fill(situation=TEXT, content=TEXT * 2, steps="Cắt khung. Hàn ba tầng. Lắp bánh xe. Sơn chống gỉ.")
    soldier.fill(novelty="Chưa đơn vị nào trong trung đoàn dùng khung giường hỏng làm giá có bánh xe.")
    soldier.choose(not_mandatory="yes", handling="open")
    soldier.audit()
    soldier.press("Tiếp:")


def tell_the_benefit(soldier: Screen) -> None:
    soldier.fill(author_benefit="Ba tiểu đội đỡ 28 phút mỗi buổi tập, dụng cụ không để dưới đất ướt.")
    soldier.fill(lines__0__label="Thời gian chuyển dụng cụ", lines__0__before="40", lines__0__after="12,5")
    soldier.fill(lines__0__measure="phút")
    soldier.audit()
    soldier.press("Tiếp:")


def attach_evidence(soldier: Screen) -> None:
    files = {"name": "Biên bản áp dụng thử.txt", "mimeType": "text/plain", "buffer": EVIDENCE}
    soldier.page.set_input_files("[name=file]", files)
    soldier.page.check("[name=nothing_secret]")
    soldier.press("Tải lên")
    soldier.shows("Biên bản áp dụng thử.txt")
    soldier.audit()
    soldier.follow("Tiếp:")


def submit(soldier: Screen) -> str:
    soldier.shows("Hồ sơ đã đủ các phần cần thiết.")
    soldier.page.check("[name=nothing_secret]")
    soldier.audit()
    soldier.press("Nộp hồ sơ")
    soldier.shows("Trả lời về hình thức chậm nhất")
    soldier.audit()
    return soldier.page.url.split("/")[-2]


def accept(receiver: Screen, code: str) -> None:
    """The receiver answers the eight items."""
    receiver.go(f"/proposals/{code}/check")
    receiver.press("Thụ lý")
    receiver.page.locator("#errors").wait_for()
    receiver.audit()
    for item in FormalItem:
        receiver.choose(**{item.value: "ok"})
    receiver.audit()
    receiver.press("Thụ lý")
    receiver.audit()
    receiver.go(f"/proposals/{code}")
    receiver.shows(State.ACCEPTED.label)
    receiver.audit()
