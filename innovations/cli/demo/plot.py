"""What happens in the demo, told in the order in which it happened: two rounds of decisions, what is under way, who took what over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.rules.pending import Outcome
from innovations.boards.services import certificates, concluding, deciding, forwarding, meetings, publishing
from innovations.boards.services.deciding import DecisionData
from innovations.cli.demo import papers
from innovations.cli.demo.casting import EARLIER, EARLY_USES, HALF_A_YEAR, LATE_USES, LATER, Case, Use
from innovations.cli.demo.past import NEWEST_DECISION, Past, later
from innovations.cli.demo.staff import DECIDERS, RESPONSIBLE, WITH_UNIT_REVIEW, Staff, signer
from innovations.cli.demo.story import ALL_OK, Story, uneven_shares
from innovations.cli.demo.texts import NAMED, SHORT, Text
from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning, Request
from innovations.notifications import notices
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import BenefitKind
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import authors, checking, quarantine, submitting

TEXTS: dict[str, Text] = {**NAMED, **SHORT}
MINUTES_APART = 19  # between two filings of a round's day
ABSENT = "uyvien5"  # of the board of seven, when six are there
OVERDUE = 4  # days, of the dossier that was to be completed
#: The first number of each base's decisions, as its clerical registry would have it.
REGISTRY = {"T1A": 47, "T2B": 31, "L3C": 64, "SM": 205, "TT": 18, "NMN": 52}

Stories = Mapping[str, Story]
Codes = dict[str, str]  # key of a text → code


@dataclass(frozen=True)
class Round:
    """The days of one round, from filing to the decision."""

    filed: date
    checked: date
    scored: date
    met: date
    decided: date
    first_number: int = 0  # added to each registry's number: later decisions have higher ones


def play(staff: Staff, boards: Mapping[str, int], past: Past) -> None:
    """Tell the whole demo, oldest first."""
    stories = {unit: Story(staff, unit, board_id) for unit, board_id in boards.items()}
    codes: Codes = {}
    _earlier_round(stories, past, codes)
    uses = _taken_over(stories, past, codes)
    _later_round(stories, past, codes)
    reviews = _under_way(stories, past, codes)
    with past.ago(12):
        _report(stories, uses)
        for number in staff.accounts:
            notices.mark_all_read(staff.actor(number))
    _meetings(stories["T1A"], past, codes, reviews)
    _last_days(stories, past, codes)
    with past.ago(0, hour=10):
        _meeting_of_today(stories["T1A"], reviews["washer"])


def _earlier_round(stories: Stories, past: Past, codes: Codes) -> None:
    """The closed campaign of the year before: most of what other units use today comes from it."""
    year = past.first_year
    days = Round(date(year, 4, 8), date(year, 4, 28), date(year, 5, 20), date(year, 6, 11), date(year, 6, 22))
    _play_round(stories, past, EARLIER, days, codes)


def _later_round(stories: Stories, past: Past, codes: Codes) -> None:
    """The round of this campaign; the division considers the regiment's best one in it."""
    days = Round(past.day(130), past.day(112), past.day(92), past.day(71), past.day(NEWEST_DECISION), 71)
    with past.on(days.filed, hour=7):
        regiment = stories["T1A"]
        forwarding.forward(regiment.registrar, regiment.review_of(codes["quiz"]))
    _play_round(stories, past, LATER, days, codes, sent_up=Case("quiz", "A", ("tacgia", "tacgia2")))


def _play_round(
    stories: Stories, past: Past, cases: Mapping[str, Iterable[Case]], days: Round, codes: Codes, sent_up: Case | None = None
) -> None:
    """Every base's round at the same time, step by step."""
    with past.on(days.filed, hour=8):
        filed = [(stories[unit], case) for unit, some in cases.items() for case in some]
        for place, (story, case) in enumerate(filed):
            with later(place * MINUTES_APART):
                codes[case.key] = story.submit(TEXTS[case.key], *case.authors)
    _endorse(stories, past, cases, days, codes)
    all_cases = {unit: [*some, *([sent_up] if sent_up and unit == "SM" else [])] for unit, some in cases.items()}
    with past.on(days.checked):
        reviews = {unit: _checked(stories[unit], some, codes) for unit, some in all_cases.items()}
    with past.on(days.scored):
        for unit, found in reviews.items():
            for case, review_id in found.items():
                stories[unit].score(codes[case.key], review_id, case.grade)
    with past.on(days.met):
        for unit, found in reviews.items():
            _meet(stories[unit], found, codes)
    with past.on(days.decided):
        for unit, found in reviews.items():
            _decide(stories[unit], found, REGISTRY[unit] + days.first_number)


def _endorse(stories: Stories, past: Past, cases: Mapping[str, Iterable[Case]], days: Round, codes: Codes) -> None:
    with past.on(days.filed, hour=16):
        for unit in WITH_UNIT_REVIEW.intersection(cases):
            for case in cases[unit]:
                submitting.endorse(stories[unit].decider, codes[case.key], nothing_secret=True)


def _checked(story: Story, cases: Iterable[Case], codes: Codes) -> dict[Case, int]:
    """The formal check: refused where the case has no grade, else accepted; the reviews of the accepted ones."""
    found = {}
    for case in cases:
        if case.grade:
            found[case] = story.accept(codes[case.key])
        else:
            checking.reject(story.receiver, codes[case.key], reason=case.reason)
    return found


def _meet(story: Story, reviews: Mapping[Case, int], codes: Codes) -> None:
    number = story.meet(list(reviews.values()))
    for case, review_id in reviews.items():
        agree = len(story.seats) if case.agree is None else case.agree
        story.pass_through(number, codes[case.key], review_id, agree=agree)
    meetings.close_meeting(story.secretary, story.board_id, number)
    if story.unit == "T1A":  # the other bases keep their signed minutes on paper
        results = [f"{place}. {'Đạt' if case.passes else 'Không đạt'}." for place, case in enumerate(reviews, 1)]
        papers.sign_minutes(story, number, results)


def _decision(story: Story, number: int) -> DecisionData:
    head = signer(DECIDERS[story.unit])
    return DecisionData(f"{number}/QĐ-{story.unit}", today(), head.name, head.position, signer_rank=head.rank)


def _decide(story: Story, reviews: Mapping[Case, int], number: int) -> None:
    """One decision recognises what passed; each refusal has its own, with its reasons."""
    passed = [review_id for case, review_id in reviews.items() if case.passes]
    recorded = deciding.recognise(story.decider, passed, _decision(story, number))
    certificates.issue_certificates(story.registrar, recorded.decision_id)
    failed = [(case, review_id) for case, review_id in reviews.items() if not case.passes]
    for place, (case, review_id) in enumerate(failed, 1):
        deciding.decline(story.decider, [review_id], _decision(story, number + place), reason=case.reason)


def _taken_over(stories: Stories, past: Past, codes: Codes) -> dict[Use, int]:
    """Other units take the best of the earlier round over; one recognition is taken back.  Returns the uses."""
    year, regiment = past.first_year, stories["T1A"]
    with past.on(date(year, 7, 20)):
        uses = {use: _use(stories, use, codes) for use in EARLY_USES}
    with past.on(date(year, 8, 10)):
        reason = "Xác minh khiếu nại về tác giả: hồ sơ ghi chưa đúng người làm ra giải pháp."
        code, data = RevocationReason.AUTHOR_DISPUTE, _decision(regiment, REGISTRY["T1A"] + 19)
        deciding.revoke(regiment.decider, regiment.review_of(codes["qr"]), data, code=code, reason=reason)
    with past.ago(190):
        _use(stories, HALF_A_YEAR, codes)
    return uses


def _report(stories: Stories, uses: Mapping[Use, int]) -> None:
    """The adopting units say what it brought, and confirm what they measured."""
    for use, adoption_id in uses.items():
        head = stories[use.unit].decider
        lines = [_measured(*line) for line in use.lines]
        following_up.report_results(head, adoption_id, result=use.result, lines=lines)
        if lines:
            following_up.confirm_benefits(head, adoption_id)


def _measured(kind: str, label: str, before: int, after: int, measure: str, money: int | None) -> dict[str, object]:
    return {
        "kind": BenefitKind(kind), "label": label, "before": Decimal(before), "after": Decimal(after), "measure": measure,
        "money_per_year": money,
    }  # fmt: skip


def _owner(stories: Stories, code: str) -> Story:
    return stories[code.split("-")[1]]


def _ask(stories: Stories, use: Use, codes: Codes) -> int:
    story = stories[use.unit]
    request = Request(story.staff.units[use.unit], AdoptionKind.REPLICATION, purpose=use.purpose)
    return adopting.request_adoption(story.decider, codes[use.key], request)


def _use(stories: Stories, use: Use, codes: Codes) -> int:
    """Asked for, agreed and begun."""
    adoption_id, story = _ask(stories, use, codes), stories[use.unit]
    adopting.agree(_owner(stories, codes[use.key]).decider, adoption_id, conditions=use.conditions)
    beginning = Beginning(place="Cơ quan và các phân đội", responsible=RESPONSIBLE[use.unit], from_on=today())
    adopting.start_use(story.decider, adoption_id, beginning)
    return adoption_id


def _under_way(stories: Stories, past: Past, codes: Codes) -> dict[str, int]:
    """What came after the newest round: each waits for somebody else.  Returns the regiment's reviews by key."""
    regiment = stories["T1A"]
    keys = {
        "bandage": "demo23", "drip": "demo24", "shoes": "demo23", "washer": "tacgia2", "roster": "tacgia", "dishes": "chihuy2",
        "field-kitchen": "demo24", "ladder": "tacgia2",
    }  # fmt: skip
    with past.ago(50):
        codes |= {"extinguishers": stories["L3C"].submit(TEXTS["extinguishers"], "demo20")}
        codes |= {"dutylamp": stories["T2B"].submit(TEXTS["dutylamp"], "demo27")}
        for place, (key, author) in enumerate(keys.items(), 1):
            with later(place * MINUTES_APART):
                codes[key] = regiment.submit(TEXTS[key], author)
    with past.ago(50, hour=16):
        submitting.endorse(stories["T2B"].decider, codes["dutylamp"], nothing_secret=True)
    with past.ago(48):
        for use in LATE_USES:
            _use(stories, use, codes)
    with past.ago(40):
        reviews = {key: regiment.accept(codes[key]) for key in keys}
        stories["T2B"].accept(codes["dutylamp"])
        stories["L3C"].accept(codes["extinguishers"])
        checking.start_trial(regiment.secretary, codes["drip"], planned_end=today() + timedelta(days=75))
    with past.ago(20):
        for key in ("washer", "roster", "dishes", "field-kitchen", "ladder"):
            regiment.score(codes[key], reviews[key], "C" if key in ("dishes", "ladder") else "B", sheets=4, scorers=4)
        forwarding.forward(regiment.registrar, regiment.review_of(codes["rack"]))
    _formal_answers(regiment, past, codes)
    return reviews


def _formal_answers(story: Story, past: Past, codes: Codes) -> None:
    """One dossier to be completed, by a day that is past; one refused; one taken back by its author."""
    filed = {"gate": ("demo24",), "marker": ("demo19",), "float": ("demo24", "demo19"), "battery": ("tacgia2", "tacgia")}
    with past.ago(20, hour=14):
        codes |= {key: story.submit(TEXTS[key], *names) for key, names in filed.items()}
    with past.ago(15):
        defects = {**ALL_OK, FormalItem.EVIDENCE: FormalAnswer(False, "Thiếu biên bản áp dụng thử có xác nhận của đơn vị.")}
        due = past.today - timedelta(days=OVERDUE)
        checking.ask_fix(story.receiver, codes["gate"], defects, due_on=due)
        reason = "Minh chứng cho thấy giải pháp được dùng lần đầu sớm hơn ngày ghi trong đơn, đã quá thời hiệu nộp đơn."
        checking.reject(story.receiver, codes["marker"], reason=reason)
        submitting.withdraw(story.actor("demo24"), codes["float"], reason="Hoàn thiện thêm rồi nộp lại.")


def _meetings(story: Story, past: Past, codes: Codes, reviews: Mapping[str, int]) -> None:
    """The board's last meeting, its minutes, what waits to be published, and an item that is still scored, on paper too."""
    with past.ago(8):
        number = _meeting_with_one_absent(story, codes, reviews)
        papers.edit_minutes(story, number)
    with past.ago(7):
        story.score(codes["shoes"], reviews["shoes"], "B", sheets=2, scorers=5)
        results = [
            "1. Đạt, 5/6 phiếu đồng ý.",
            "2. Không đạt, 4/6 phiếu đồng ý.",
            "3. Hoàn thiện hồ sơ.",
            "4. Đạt, 6/6 phiếu đồng ý.",
        ]
        with later(95):
            papers.sign_minutes(story, number, results, by_phone=True)
    with past.ago(5):
        _hold(story, reviews)
        papers.score_on_paper(story, reviews["shoes"], "uyvien5", "uyvien3")


def _hold(story: Story, reviews: Mapping[str, int]) -> None:
    """The standing office prepares two outcomes for the head, who has still to decide on the third."""
    publishing.hold(story.registrar, [reviews["ladder"]], Outcome.RECOGNISE)
    reason = "Số phiếu đồng ý không đủ hai phần ba; thời gian khô trong mùa nồm chưa theo dõi đủ, cần thêm một quý."
    publishing.hold(story.registrar, [reviews["dishes"]], Outcome.DECLINE, reason=reason)


def _meeting_of_today(story: Story, review_id: int) -> None:
    """The points have just been shown; the vote is still to come."""
    number = story.meet([review_id], absent=(ABSENT,))
    story.reveal(number, review_id)


def _meeting_with_one_absent(story: Story, codes: Codes, reviews: Mapping[str, int]) -> int:
    """Six of seven are there: five votes carry one item, four do not carry the next; a third goes back, a fourth is carried by all."""
    number = story.meet([reviews[key] for key in ("roster", "dishes", "field-kitchen", "ladder")], absent=(ABSENT,))
    for key, agree in (("roster", 5), ("dishes", 4), ("ladder", 6)):
        story.reveal(number, reviews[key])
        story.vote(number, codes[key], reviews[key], agree=agree, absent=(ABSENT,))
        story.conclude(number, reviews[key])
    story.reveal(number, reviews["field-kitchen"])
    text = "Bổ sung hướng dẫn sử dụng và ý kiến của hai giáo viên đã dạy thử."
    case = (story.board_id, number, reviews["field-kitchen"])
    concluding.record_revise(story.secretary, *case, text=text, back_to="meeting")
    concluding.confirm_conclusion(story.chair, *case)
    meetings.close_meeting(story.secretary, story.board_id, number)
    return number


def _last_days(stories: Stories, past: Past, codes: Codes) -> None:
    """New ones, one that waits for its commander, drafts, one hidden; requests that wait, or were answered."""
    regiment = stories["T1A"]
    with past.ago(6):
        regiment.submit(TEXTS["raincover"], "demo24", "demo19")
        stories["SM"].submit(TEXTS["forms"], "baomat")
        declined = _ask(stories, Use("brooms", "NMN", "Xưởng cần chỗ treo dụng cụ vệ sinh theo tổ máy.", ""), codes)
    with past.ago(4):
        stories["T2B"].submit(TEXTS["policy"], "docgia", "demo27")
        adopting.decline(regiment.decider, declined, reason="Đang sửa lại máng hứng; xin chờ bản hoàn chỉnh vào quý sau.")
    with past.ago(3):
        _draft_with_wrong_shares(regiment)
        regiment.submit(TEXTS["drill"], "uyvien3")
        hidden = regiment.submit(TEXTS["hidden"], "demo24")
        agreed = _ask(stories, Use("jig", "T1A", "Xưởng sửa chữa khoan loạt nhỏ, hay lệch tâm.", ""), codes)
        adopting.agree(stories["NMN"].decider, agreed, conditions="Nhà máy gửi một bộ gá mẫu.")
    with past.ago(2):
        quarantine.hide(regiment.actor("baomat"), hidden, reason="Có người báo nội dung cần xem lại.")
        _ask(stories, Use("rack", "T2B", "Xưởng trung đoàn tháo cụm nặng còn phải khiêng tay.", ""), codes)
    with past.ago(1):
        regiment.write(TEXTS["outreach"], "uyvien5", applied=False)


def _draft_with_wrong_shares(story: Story) -> None:
    address = story.write(TEXTS["fives"], "tacgia", "tacgia2", "demo23")
    found = proposal_at(address)
    ids = [each.id for each in found.contributions] if found else []
    db.session.rollback()
    authors.set_shares(story.actor("tacgia"), address, dict(zip(ids, uneven_shares(3), strict=True)))
