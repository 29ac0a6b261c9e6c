"""Two boards from the queue to the publication: one on its members' screens, one on paper that two people key.

On screens: a member withdraws, a secret vote fails by one agreement, the outcomes are published together.  On paper: two clerks and
two tellers do not agree at first, a member is absent, a vote fails by one.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from innovations.boards.rules.tellers import Figures
from innovations.boards.services import progress
from innovations.cli.demo.staff import find, seat_board, signer
from innovations.extensions import db
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.states import State
from innovations.proposals.services import checking
from tests import meeting_world as sitting
from tests.board_world import POINTS as WRITTEN
from tests.board_world import BoardWorld
from tests.browser import board_acts as acts
from tests.browser import board_papers as on_paper
from tests.browser.board_acts import item_of
from tests.browser.conftest import SignIn, Site
from tests.browser.screen import DESK, PHONE, Screen
from tests.meeting_world import AWAY
from tests.world import World

pytestmark = pytest.mark.browser

RACK = "Giá xếp dụng cụ huấn luyện thể lực ba tầng có bánh xe khóa được, ghép từ khung giường hỏng"
LAMP = "Đèn báo mức nước cho bể dự trữ của bếp ăn tiểu đoàn, dùng phao và pin cũ"
LADDER = "Thang gấp hai đoạn để sửa mái nhà kho, một người mang được"
VOTERS = ("uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5", "chutich", "thuky")
RADIO = "Hộp chống ẩm cho máy thông tin, dùng hạt hút ẩm sấy lại được"
TENT = "Khung lều bạt lắp nhanh bằng ống nối sẵn, bốn người dựng trong sáu phút"
SCORERS = ("demo31", "demo22", "demo34")
TELLERS = ("demo31", "demo34")
REASON = "Giải pháp đã có trong quy trình bắt buộc của ngành."
#: What a clerk misreads.
MISREAD = {**WRITTEN, "effect": "21"}
ALL_FOUR, THREE, MISCOUNTED = Figures(4, 4, 4, 0, 4, 0, 0), Figures(4, 4, 4, 0, 3, 1, 0), Figures(4, 4, 4, 0, 3, 0, 1)


def named(*numbers: str) -> list[str]:
    return [signer(number).name for number in numbers]


def test_a_board_works_on_its_members_screens(site: Site, sign_in: SignIn) -> None:
    with site.app.app_context():
        board = BoardWorld(World(site.app, find()), site.board_id)
        earlier = sitting.concluded(board, by="demo24", title=LADDER)  # a meeting before this one passed it
        codes = [board.world.accepted("tacgia", title=RACK), board.world.accepted("tacgia2", title=LAMP)]
        codes.append(board.review(earlier).proposal.address)
        db.session.remove()
    people = {number: sign_in(number, DESK if number == "thuky" else PHONE) for number in VOTERS}
    secretary = people["thuky"]
    reviews = give_out(secretary, site)
    withdraw(people["uyvien5"], reviews[RACK], site)
    for number in ("uyvien2", "uyvien3", "uyvien4"):
        for review in reviews.values():
            acts.fill_sheet(people[number], review)
            acts.hand_in(people[number])
    meeting = meet(secretary, site, reviews, people["uyvien5"])
    vote_by_phone(people, meeting, reviews)
    conclude(secretary, people["chutich"], meeting, reviews)
    check_minutes(secretary)
    authors = [(sign_in(number, PHONE), code) for number, code in zip(("tacgia", "tacgia2", "demo24"), codes, strict=True)]
    before = [acts.read_all(*each) for each in authors]
    hold(sign_in("vanphong"))
    assert [acts.read_all(*each) for each in authors] == before
    publish(sign_in("chihuy"))
    outcomes = (f"“{RACK}” đã được công nhận", f"“{LAMP}” không được công nhận", f"“{LADDER}” đã được công nhận")
    for (author, _code), earlier_messages, outcome in zip(authors, before, outcomes, strict=True):
        acts.check_one_message(author, earlier_messages, outcome)
    refused, code = authors[1]
    refused.go(f"/proposals/{code}")
    refused.shows(REASON)
    refused.audit_everywhere()


def give_out(secretary: Screen, site: Site) -> dict[str, str]:
    """Three members score each; one more the first.  Title → path of its review."""
    reviews = {}
    for title in (RACK, LAMP):
        reviews[title] = acts.find_review(secretary, site.board_id, title)
        more = ("uyvien5",) if title is RACK else ()
        acts.assign(secretary, named("uyvien2", "uyvien3", "uyvien4", *more))
        acts.open_scoring(secretary)
    return reviews


def withdraw(member: Screen, review: str, site: Site) -> None:
    """Who has to do with it says so on the score sheet, and meets the dossier nowhere any more."""
    member.go(f"{review}/score")
    member.audit_everywhere()
    member.page.locator("#own-reason").fill("Tôi cùng làm giải pháp này với tác giả từ đầu năm.")
    member.press("Xin rút khỏi hồ sơ này")
    member.page.get_by_text("đồng chí không tham gia xét hồ sơ này").first.wait_for()
    member.audit_everywhere()
    member.go(f"/boards/{site.board_id}/queue")
    assert RACK not in member.page.locator("main").inner_text()


def meet(secretary: Screen, site: Site, reviews: Mapping[str, str], recused: Screen) -> str:
    """Everybody comes; the points of each dossier are shown.  The path of the meeting."""
    secretary.go(reviews[RACK])
    secretary.shows("đã rút do có liên quan")
    secretary.audit_everywhere()
    meeting = acts.call_meeting(secretary, site.board_id)
    secretary.press("Khai mạc")
    acts.take_attendance(secretary)
    secretary.shows("Có mặt 7/7, cần 5")
    for review in reviews.values():
        acts.reveal(secretary, item_of(review))
    secretary.page.locator(item_of(reviews[RACK])).get_by_text("có 6 người được biểu quyết").wait_for()
    secretary.audit_everywhere()
    recused.go(meeting)
    recused.shows("Đồng chí không tham gia xét mục này.")
    recused.audit_everywhere()
    return meeting


def vote_by_phone(people: Mapping[str, Screen], meeting: str, reviews: Mapping[str, str]) -> None:
    """The first has the five agreements it needs with one voter outside, the second four: one too few."""
    secretary = people["thuky"]
    for title, agreeing in ((RACK, 5), (LAMP, 4)):
        item = item_of(reviews[title])
        secretary.confirm("Mở bỏ phiếu kín", item)
        voters = [number for number in VOTERS if (title, number) != (RACK, "uyvien5")]
        for place, number in enumerate(voters):
            acts.take_ballot(people[number], meeting, item)
            if (title, place) == (LAMP, 0):
                people[number].audit_everywhere()
            acts.cast(people[number], "agree" if place < agreeing else "disagree")
        secretary.page.locator(item).get_by_text(f"Đã bỏ phiếu: {len(voters)}/{len(voters)}").wait_for()
        secretary.confirm("Đóng biểu quyết", item)


def conclude(secretary: Screen, chair: Screen, meeting: str, reviews: Mapping[str, str]) -> None:
    """The secretary records what was computed, the chair confirms; the meeting ends."""
    for review in reviews.values():
        acts.record_conclusion(secretary, item_of(review))
    chair.go(meeting)
    chair.audit_everywhere()
    for title, review in reviews.items():
        acts.confirm_conclusion(chair, meeting, State.FAILED if title == LAMP else State.PASSED, item_of(review))
    secretary.go(meeting)
    secretary.confirm("Bế mạc")
    secretary.audit_everywhere()


def check_minutes(secretary: Screen) -> None:
    """Who left for which item, and the ballots of each: issued, returned, valid, agreeing, not agreeing, needed."""
    _head, first, second = acts.minutes_by_item(secretary, [RACK, LAMP])
    recused = signer("uyvien5")
    assert f"Không tham gia do có liên quan: {recused.rank} {recused.name}." in first
    assert "6 6 6 5 1 5 Hình thức: bỏ phiếu kín." in first
    assert "có liên quan" not in second
    assert "7 7 7 4 3 5 Hình thức: bỏ phiếu kín." in second


def hold(office: Screen) -> None:
    """The standing office records all outcomes; they wait."""
    acts.hold(office, [RACK, LADDER], "Công nhận, chờ công bố")
    office.go("/boards/decisions/")
    office.audit_everywhere()
    acts.hold(office, [LAMP], "Không công nhận, chờ công bố", REASON)
    office.audit_everywhere()


def publish(head: Screen) -> None:
    """The head forgets the number first, then publishes all that waits."""
    head.go("/boards/decisions/pending")
    head.press("Công bố các hồ sơ đã chọn")
    head.page.locator("#errors").wait_for()
    head.audit_everywhere()
    acts.publish(head, "45/QĐ-1A", "chihuy", 3)
    head.audit_everywhere()


def test_a_board_works_on_paper(site: Site, sign_in: SignIn) -> None:
    with site.app.app_context():
        board = BoardWorld(World(site.app, find()), seat_board("L3C"))
        code, told = (accepted_at_the_brigade(board.world, title) for title in (RADIO, TENT))
        scored_before(board, board.review_of(told))
        db.session.remove()
    secretary, chair = sign_in("demo29"), sign_in("demo28")
    tellers = [sign_in(number, PHONE) for number in TELLERS]
    reviews = {title: acts.find_review(secretary, board.board_id, title) for title in (TENT, RADIO)}
    acts.assign(secretary, named(*SCORERS))
    acts.open_scoring(secretary)
    key_sheets(secretary, chair, reviews[RADIO], misread=signer("demo31").name)
    meeting = acts.call_meeting(secretary, board.board_id)
    secretary.press("Khai mạc")
    secretary.audit_everywhere()
    acts.take_attendance(secretary, {signer("demo22").name: AWAY})
    secretary.shows("Có mặt 4/5, cần 4")
    for title, figures in ((RADIO, ALL_FOUR), (TENT, THREE)):
        item = item_of(reviews[title])
        acts.reveal(secretary, item)
        on_paper.hand_out_ballots(secretary, item, 4)
        if title == RADIO:
            on_paper.count(tellers, meeting, item, figures, MISCOUNTED)
            on_paper.see_miscount(tellers, ["Đồng ý", "Không có ý kiến"])
            still_open(secretary, meeting, item)
        on_paper.count(tellers, meeting, item, figures, figures)
        secretary.go(meeting)
        acts.record_conclusion(secretary, item)
        acts.confirm_conclusion(chair, meeting, State.PASSED if title == RADIO else State.FAILED, item)
    check_paper_minutes(secretary, meeting)
    author = sign_in("demo20", PHONE)
    before = acts.read_all(author, code)
    head = sign_in("demo30")
    acts.hold(head, [RADIO], "Công nhận, chờ công bố")
    acts.hold(head, [TENT], "Không công nhận, chờ công bố", REASON)
    assert acts.read_all(author, code) == before
    acts.publish(head, "31/QĐ-3C", "demo30", 2)
    acts.check_one_message(author, before, "1 công nhận, 1 không công nhận")
    author.audit_everywhere()


def accepted_at_the_brigade(world: World, title: str) -> str:
    """A dossier of the brigade that passed the formal check; its code."""
    code = world.submitted("demo20", title=title)
    checking.accept(world.actor("demo29"), code, {item: FormalAnswer(True) for item in FormalItem})
    return code


def scored_before(board: BoardWorld, review_id: int) -> None:
    """Its sheets are in."""
    board.assign(review_id, *SCORERS, by="demo29")
    progress.open_scoring(board.actor("demo29"), board.board_id, review_id)
    for number in SCORERS:
        board.submit(review_id, number)


def key_sheets(first: Screen, second: Screen, review: str, *, misread: str) -> None:
    """Each sheet is printed, filled by hand, and keyed by two people; of one member's the second misreads a field."""
    first.go(review)
    first.follow("Phiếu chấm giấy")
    first.audit_everywhere()
    printed = first.read("In phiếu trống (PDF)")
    for member in named(*SCORERS):
        code = on_paper.code_on(printed, member)
        on_paper.key(first, review, member, code, WRITTEN)
        first.shows("chờ người thứ hai nhập độc lập")
        on_paper.key(second, review, member, code, MISREAD if member == misread else WRITTEN)
        if member == misread:
            on_paper.see_misread((first, second), ["c-effect"])
            on_paper.key(second, review, member, code, WRITTEN)
        second.page.locator("main li", has_text=member).get_by_text("đã nộp").wait_for()
    second.audit_everywhere()


def still_open(secretary: Screen, meeting: str, item: str) -> None:
    """Two counts that differ close nothing."""
    secretary.go(meeting)
    secretary.page.locator(item).get_by_text("Đang bỏ phiếu bằng giấy").wait_for()
    assert not secretary.page.locator(item).get_by_text("Ghi kết luận theo kết quả").count()


def check_paper_minutes(secretary: Screen, meeting: str) -> None:
    """The meeting ends; its minutes say who was away, how the vote was held, who counted, and the ballots of each item."""
    secretary.go(meeting)
    secretary.confirm("Bế mạc")
    secretary.audit_everywhere()
    head, first, second = acts.minutes_by_item(secretary, [RADIO, TENT])
    assert f"Vắng: {AWAY}" in head
    for part, ballots, conclusion in ((first, "4 4 4 4 0 4", State.PASSED), (second, "4 4 4 3 1 4", State.FAILED)):
        assert f"{ballots} Hình thức: bỏ phiếu kín bằng giấy." in part
        assert f"Tổ kiểm phiếu: {', '.join(f'{signer(each).rank} {signer(each).name}' for each in TELLERS)}" in part
        assert f"Kết luận: {conclusion.label}" in part
