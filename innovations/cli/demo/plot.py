"""What happens in the demo: the named proposals of the regulation's examples, one in every state, and some forty short ones."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.services import certificates, concluding, deciding, forwarding, meetings
from innovations.boards.services.deciding import DecisionData
from innovations.cli.demo.staff import Staff
from innovations.cli.demo.story import ALL_OK, Story, uneven_shares
from innovations.cli.demo.texts import NAMED, REMEDIES, SUBJECTS, TROUBLES, Text
from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Beginning, Request
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import authors, checking, quarantine, submitting

DECIDER = "chihuy"
ADOPTERS = (("donvi", "T2B"), ("demo30", "L3C"), ("demo32", "NMN"), ("demo33", "TT"), ("demo35", "SM"))
WRITERS = ("tacgia", "demo24", "demo22", "demo23", "uyvien2", "demo21", "tacgia2", "demo19", "uyvien1", "demo20")
FIRST_MEETING, SECOND_MEETING, LATE_MEETING = 200, 70, 8  # days ago


def play(staff: Staff, boards: dict[str, int]) -> None:
    """Tell the whole demo, oldest first."""
    story = Story(staff, boards["T1A"], ("uyvien1", "uyvien2", "uyvien3", "uyvien4", "uyvien5"), "thuky", "chutich", "tiepnhan")
    _first_round(story)
    _second_round(story)
    _recent(story)
    _elsewhere(story)


def short_text(number: int) -> Text:
    """The ``number``-th short proposal."""
    title, field = SUBJECTS[number % len(SUBJECTS)]
    trouble, remedy = TROUBLES[number % len(TROUBLES)], REMEDIES[number % len(REMEDIES)]
    if number >= len(SUBJECTS):
        title = f"{title}, bản cải tiến cho phân đội nhỏ"
    return Text(
        title, field, ("technical",) if field in ("technical", "safety") else ("operational",), trouble, remedy,
        "Làm mẫu.\nThử hai tuần.\nSửa theo góp ý.\nPhổ biến.", "Làm gọn thành một bộ dùng chung, có hướng dẫn bằng hình tại chỗ.",
        "Đỡ mất thời gian, ít sót việc, người mới làm được ngay.", (("time", "Thời gian mỗi lần làm", "40", "15", "phút"),),
    )  # fmt: skip


def _decide(story: Story, codes: list[tuple[str, int]], number: str) -> None:
    recorded = deciding.recognise(story.actor(DECIDER), [review_id for _code, review_id in codes], _decision(number))
    certificates.issue_certificates(story.actor("vanphong"), recorded.decision_id)


def _decision(number: str) -> DecisionData:
    return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng", signer_rank="Thượng tá")


def _adopt(story: Story, code: str, count: int) -> None:
    for number, unit in ADOPTERS[:count]:
        actor = story.actor(number)
        request = Request(
            story.staff.units[unit], AdoptionKind.REPLICATION, purpose="Đơn vị có khó khăn tương tự, đề nghị được áp dụng."
        )
        adoption_id = adopting.request_adoption(actor, code, request)
        adopting.agree(story.actor(DECIDER), adoption_id, conditions="Cử tác giả hướng dẫn.")
        adopting.start_use(actor, adoption_id, Beginning(place="Tại đơn vị", responsible="Trợ lý kỹ thuật", from_on=today()))


def _first_round(story: Story) -> None:
    """The round of last spring: recognised ones, one refused for lack of novelty, one revoked later, one sent up."""
    named = (("quiz", "A"), ("targets", "B"), ("kitchen", "C"), ("rack", "B"), ("qr", "C"), ("weekly", "-"))
    with story.days_ago(FIRST_MEETING + 60):
        codes = {key: story.submit(NAMED[key], WRITERS[place % 6]) for place, (key, _grade) in enumerate(named)}
        shorts = [story.submit(short_text(n), writer) for n, writer in zip(range(10), cycle(WRITERS), strict=False)]
    with story.days_ago(FIRST_MEETING + 40):
        reviews = {code: story.accept(code) for code in [*codes.values(), *shorts]}
    with story.days_ago(FIRST_MEETING + 20):
        for key, grade in named:
            story.score(codes[key], reviews[codes[key]], grade)
        for place, code in enumerate(shorts):
            story.score(code, reviews[code], "B" if place % 4 == 0 else "C")
    _meet_and_decide(story, FIRST_MEETING, codes, shorts, reviews)


def _meet_and_decide(story: Story, days: int, codes: dict[str, str], shorts: list[str], reviews: dict[str, int]) -> None:
    with story.days_ago(days):
        number = story.meet(list(reviews.values()))
        for code, review_id in reviews.items():
            story.pass_through(number, code, review_id, agree=2 if code == codes.get("weekly") else 7)
        _close(story, number)
    passed = [(code, review_id) for code, review_id in reviews.items() if code != codes.get("weekly")]
    with story.days_ago(days - 5):
        _decide(story, passed, f"{45 + days}/QĐ-T1A")
        if "weekly" in codes:
            reason = "Giải pháp chưa mới trong cơ sở: ban tham mưu đã dùng mẫu báo cáo tương tự từ năm trước."
            deciding.decline(story.actor(DECIDER), [reviews[codes["weekly"]]], _decision("46/QĐ-T1A"), reason=reason)
    if "quiz" in codes:
        _after_first(story, codes, reviews, days)


def _close(story: Story, number: int) -> None:
    meetings.close_meeting(story.actor(story.secretary), story.board_id, number)


def _after_first(story: Story, codes: dict[str, str], reviews: dict[str, int], days: int) -> None:
    with story.days_ago(days - 20):
        _adopt(story, codes["quiz"], 3)
        _adopt(story, codes["targets"], 1)
        _adopt(story, codes["kitchen"], 5)
    with story.days_ago(days - 90):
        reason = "Xác minh khiếu nại về tác giả: hồ sơ ghi chưa đúng người làm ra giải pháp."
        code = RevocationReason.AUTHOR_DISPUTE.value
        deciding.revoke(story.actor(DECIDER), reviews[codes["qr"]], _decision("61/QĐ-T1A"), code=code, reason=reason)
    with story.days_ago(30):
        forwarding.forward(story.actor("vanphong"), reviews[codes["rack"]])


def _second_round(story: Story) -> None:
    """A smaller round of short ones."""
    with story.days_ago(SECOND_MEETING + 60):
        shorts = [story.submit(short_text(n), writer) for n, writer in zip(range(10, 22), cycle(WRITERS), strict=False)]
    with story.days_ago(SECOND_MEETING + 45):
        reviews = {code: story.accept(code) for code in shorts}
    with story.days_ago(SECOND_MEETING + 25):
        for place, code in enumerate(shorts):
            story.score(code, reviews[code], "A" if place == 0 else "B" if place % 3 == 0 else "C")
    _meet_and_decide(story, SECOND_MEETING, {}, shorts, reviews)


def _recent(story: Story) -> None:
    """What is under way now: one in every state."""
    _before_the_board(story)
    _with_the_board(story)
    with story.days_ago(35):  # its formal answer was due a month later: overdue by some days
        story.submit(NAMED["battery"], "demo21", "tacgia2")
    with story.days_ago(3):
        address = story.write(NAMED["fives"], "tacgia", "demo22", "demo23")
        found = proposal_at(address)
        ids = [each.id for each in found.contributions] if found else []
        db.session.rollback()
        authors.set_shares(story.actor("tacgia"), address, dict(zip(ids, uneven_shares(3), strict=True)))
        story.submit(NAMED["drill"], "uyvien3")
        hidden = story.submit(NAMED["hidden"], "demo24")
    with story.days_ago(2):
        quarantine.hide(story.actor("baomat"), hidden, reason="Có người báo nội dung cần xem lại.")


def _before_the_board(story: Story) -> None:
    with story.days_ago(20):
        gate = story.submit(NAMED["gate"], "demo24")
        marker = story.submit(NAMED["marker"], "demo19")
        floated = story.submit(NAMED["float"], "demo22", "demo21")
    with story.days_ago(15):
        defects = {**ALL_OK, FormalItem.EVIDENCE: FormalAnswer(False, "Thiếu biên bản áp dụng thử có xác nhận của đơn vị.")}
        checking.ask_fix(story.actor("tiepnhan"), gate, defects)
        reason = "Minh chứng cho thấy giải pháp được dùng lần đầu sớm hơn ngày ghi trong đơn, đã quá thời hiệu nộp đơn."
        checking.reject(story.actor("tiepnhan"), marker, reason=reason)
        submitting.withdraw(story.actor("demo22"), floated, reason="Hoàn thiện thêm rồi nộp lại.")


def _with_the_board(story: Story) -> None:
    with story.days_ago(50):
        keys = ("bandage", "drip", "shoes", "washer", "roster", "dishes", "field-kitchen")
        codes = {key: story.submit(NAMED[key], WRITERS[place]) for place, key in enumerate(keys)}
    with story.days_ago(40):
        reviews = {key: story.accept(code) for key, code in codes.items()}
        checking.start_trial(story.actor("thuky"), codes["drip"], planned_end=today() + timedelta(days=75))
    with story.days_ago(20):
        story.score(codes["shoes"], reviews["shoes"], "B", sheets=2)
        for key in ("washer", "roster", "dishes", "field-kitchen"):
            story.score(codes[key], reviews[key], "B" if key != "dishes" else "C")
    with story.days_ago(LATE_MEETING):
        number = story.meet([reviews[key] for key in ("roster", "dishes", "field-kitchen")], absent=("uyvien5",))
        for key, agree in (("roster", 5), ("dishes", 4)):
            story.reveal(number, reviews[key])
            story.vote(number, codes[key], reviews[key], agree=agree, absent=("uyvien5",))
            story.conclude(number, reviews[key])
        story.reveal(number, reviews["field-kitchen"])
        text = "Bổ sung hướng dẫn sử dụng và ý kiến của hai giáo viên đã dạy thử."
        concluding.record_revise(
            story.actor("thuky"), story.board_id, number, reviews["field-kitchen"], text=text, back_to="meeting"
        )
        concluding.confirm_conclusion(story.actor("chutich"), story.board_id, number, reviews["field-kitchen"])
        _close(story, number)
    with story.days_ago(0, hour=8):
        number = story.meet([reviews["washer"]], absent=("uyvien5",))
        story.reveal(number, reviews["washer"])


def _elsewhere(story: Story) -> None:
    """Other bases: one that waits for its commander, short ones that were just submitted, drafts."""
    with story.days_ago(4):
        story.submit(NAMED["policy"], "docgia", "demo27")
    with story.days_ago(6):
        for n in range(22, 30):
            story.submit(short_text(n), WRITERS[n % len(WRITERS)])
    with story.days_ago(1):
        for n in range(30, 40):
            story.write(short_text(n), WRITERS[n % len(WRITERS)], applied_days_ago=None)
