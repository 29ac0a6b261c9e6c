"""One initiative from a soldier's phone to the library, in a real browser; every screen on the way is open to everybody."""

from __future__ import annotations

import re

import pytest

from innovations.core.clock import today
from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import State
from tests.browser import board_acts as acts
from tests.browser.conftest import SignIn, Site
from tests.browser.screen import DESK, PHONE, Screen
from tests.world import TEXT

pytestmark = pytest.mark.browser

TITLE = (
    "Giá xếp dụng cụ huấn luyện thể lực ba tầng có bánh xe khóa được, ghép từ khung giường hỏng, "
    "dùng chung cho ba tiểu đội khi chuyển từ nhà ở ra bãi tập và ngược lại trong mùa mưa"
)
MEMBERS = ("Vũ Hải Hà", "Đặng Quang Huy", "Bùi Thanh Lâm", "Đỗ Thùy Linh", "Ngô Xuân Mạnh")
SCORERS = ("uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5")
#: A style that the content policy lets a script add.
ADOPT_STYLE = "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets.push(sheet); }"
EVIDENCE = "Biên bản áp dụng thử tại Tiểu đoàn 5: chuyển dụng cụ từ 40 phút còn 12 phút.".encode()


def test_an_initiative_goes_from_a_phone_to_its_use_in_another_unit(site: Site, sign_in: SignIn) -> None:
    code = file_proposal(sign_in("tacgia", PHONE))
    site.index()
    accept(sign_in("tiepnhan"), code)
    secretary = sign_in("thuky")
    review = assign(secretary, site)
    members = {number: sign_in(number, PHONE) for number in SCORERS}
    for number, member in members.items():
        score(member, review, audited=number == SCORERS[0])
    meeting = meet(secretary, site)
    chair = sign_in("chutich")
    hold_vote(secretary, meeting, [*members.values(), chair])
    conclude(secretary, chair, meeting)
    head = sign_in("chihuy")
    check_certificate(sign_in("vanphong"), decide(head))
    site.index()
    adopt(sign_in("donvi"), head)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("main => main.append(document.createElement('input'))", "label"),
        ("main => { main.style.width = '9999px'; }", "sideways"),
        ("main => main.append(Object.assign(document.createElement('script'), {text: '1'}))", "Content Security Policy"),
    ],
    ids=["a control without a label", "something too wide", "a script inside the page"],
)
def test_a_harmed_screen_is_told(sign_in: SignIn, harm: str, told: str) -> None:
    reader = sign_in("tacgia", PHONE)
    reader.audit()
    reader.page.locator("main").evaluate(harm)
    with pytest.raises(AssertionError, match=told):
        reader.audit()


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("@media (max-width: 700px) { main { min-width: 600px } }", "390 px: .* sideways"),
        ("@media (min-width: 700px) { main { min-width: 9999px } }", "1280 px: .* sideways"),
        ("@media (min-width: 700px) { main { opacity: 0.3 } }", "1280 px: .*color-contrast"),
        ("@media (max-width: 700px) { main { opacity: 0.3 } }", "390 px: .*color-contrast"),
    ],
    ids=["too wide for a phone", "too wide for a desk", "pale at a desk", "pale on a phone"],
)
def test_a_harm_of_one_width_is_told_of_that_width(sign_in: SignIn, style: str, told: str) -> None:
    reader = sign_in("tacgia", PHONE)
    assert reader.audit_at(PHONE, DESK) == []
    reader.page.evaluate(ADOPT_STYLE, style)
    (only,) = reader.audit_at(PHONE, DESK)
    assert re.match(told, only, re.DOTALL)


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


def assign(secretary: Screen, site: Site) -> str:
    """Five members get the dossier, scoring opens; returns the path of the review."""
    secretary.go(f"/boards/{site.board_id}/queue")
    secretary.audit()
    secretary.follow(TITLE)
    review = secretary.path
    secretary.press("Phân công")
    secretary.page.locator("#errors").wait_for()
    secretary.audit()
    acts.assign(secretary, MEMBERS)
    acts.open_scoring(secretary)
    secretary.audit()
    return review


def score(member: Screen, review: str, *, audited: bool = False) -> None:
    """Level four of every criterion with a remark, submitted for good."""
    acts.fill_sheet(member, review)
    for criterion in member.page.locator("[data-criterion]").all():
        criterion.locator("summary", has_text="Nhận xét").click()
        criterion.locator("textarea").fill("Đã xem kỹ minh chứng, áp dụng được ngay.")
    member.fill(comment="Giải pháp rẻ, làm được tại chỗ, có số liệu trước và sau.")
    if audited:
        member.audit()
    acts.hand_in(member)
    if audited:
        member.audit()


def meet(secretary: Screen, site: Site) -> str:
    """The meeting is called and opened, everybody is there; returns its path."""
    secretary.go(f"/boards/{site.board_id}/meetings/new")
    secretary.fill(on=today().isoformat(), place="Phòng giao ban Trung đoàn")
    secretary.page.locator("[name=review_ids]").first.check()
    secretary.audit()
    secretary.press("Triệu tập")
    secretary.audit()
    secretary.press("Khai mạc")
    acts.take_attendance(secretary)
    acts.reveal(secretary)
    secretary.audit()
    return secretary.path


def hold_vote(secretary: Screen, meeting: str, voters: list[Screen]) -> None:
    """A secret vote in which all agree."""
    secretary.confirm("Mở bỏ phiếu kín")
    for voter in [*voters, secretary]:
        acts.take_ballot(voter, meeting)
        if voter is voters[0]:
            voter.audit()
        acts.cast(voter, "agree")
    voters[0].audit()
    secretary.go(meeting)
    secretary.confirm("Đóng biểu quyết")
    secretary.audit()


def conclude(secretary: Screen, chair: Screen, meeting: str) -> None:
    """The secretary records what the count says, the chair confirms it."""
    acts.record_conclusion(secretary)
    chair.go(meeting)
    chair.audit()
    acts.confirm_conclusion(chair, meeting, State.PASSED)
    chair.audit()


def decide(head: Screen) -> str:
    """The head of the unit records the signed decision; returns its path."""
    head.go("/boards/decisions/")
    head.page.locator("[name=review_ids]").first.check()
    head.unfold("Ra quyết định và báo ngay")
    head.press("Ghi quyết định công nhận")
    head.page.locator("#errors").wait_for()
    head.audit()
    acts.sign(head, "45/QĐ-1A", "chihuy")
    head.press("Ghi quyết định công nhận")
    head.shows(TITLE)
    head.audit()
    return head.path


def check_certificate(registrar: Screen, decision: str) -> None:
    """The registrar issues the certificates and follows the code printed on one."""
    registrar.go(decision)
    registrar.confirm("Cấp giấy chứng nhận")
    registrar.audit()
    with registrar.page.expect_navigation():
        registrar.page.locator("main a[href*='/verify/']").first.click()
    registrar.shows("45/QĐ-1A")
    registrar.shows(TITLE)
    registrar.audit()


def adopt(commander: Screen, owner: Screen) -> None:
    """Another unit's commander finds it without typing accents, asks, is answered and starts."""
    commander.go("/library/")
    commander.page.locator("main [name=q]").fill("gia xep dung cu huan luyen the luc")  # not the box at the top of every page
    commander.press("Tìm")
    commander.page.locator("main mark").first.wait_for()
    commander.audit()
    commander.follow(TITLE)
    commander.unfold("Đề nghị áp dụng")
    commander.press("Gửi đề nghị")
    commander.page.locator("#errors").wait_for()
    commander.audit()
    commander.fill(purpose="Ba tiểu đội của Tiểu đoàn 7 dùng ở bãi tập trong mùa mưa.")
    commander.press("Gửi đề nghị")
    commander.audit()
    owner.go(commander.path)
    owner.audit()
    owner.press("Đồng ý cho áp dụng")
    commander.go(commander.path)
    commander.fill(from_on=today().isoformat(), place="Bãi tập Tiểu đoàn 7", responsible="Phan Trung Sơn")
    commander.press("Ghi nhận bắt đầu")
    commander.shows("Bãi tập Tiểu đoàn 7")
    commander.audit()
