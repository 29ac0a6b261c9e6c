"""What the people of a board do, each act in the window of who does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from innovations.cli.demo.staff import signer
from innovations.core.clock import today
from innovations.proposals.rules.states import State
from tests.browser.screen import Screen


def item_of(review: str) -> str:
    """Where the page of a meeting shows the review of this path."""
    return f"#item-{review.rsplit('/', 1)[-1]}"


def find_review(secretary: Screen, board_id: int, title: str) -> str:
    """The secretary opens a dossier from the queue; returns the path of its review."""
    secretary.go(f"/boards/{board_id}/queue")
    secretary.follow(title)
    return secretary.path


def assign(secretary: Screen, names: Iterable[str]) -> None:
    """On the page of a review: these members get it to score."""
    for name in names:
        secretary.page.locator("label:has([name=seat_id])", has_text=name).click()
    secretary.press("Phân công")


def open_scoring(secretary: Screen) -> None:
    secretary.confirm("Mở chấm điểm")
    secretary.shows(State.SCORING.label)


def fill_sheet(member: Screen, review: str) -> None:
    """Level four of every criterion, for recognition."""
    member.go(f"{review}/score")
    for criterion in member.page.locator("[data-criterion]").all():
        criterion.locator("label.level").nth(3).click()
    member.choose(proposes="recognise")


def hand_in(member: Screen) -> None:
    """The sheet is submitted for good."""
    member.press("Chốt phiếu")
    member.shows("Đã chốt lúc")


def call_meeting(secretary: Screen, board_id: int) -> str:
    """A meeting of today about everything that is ready; returns its path."""
    secretary.go(f"/boards/{board_id}/meetings/new")
    secretary.fill(on=today().isoformat(), place="Phòng giao ban")
    secretary.press("Triệu tập")
    return secretary.path


def take_attendance(secretary: Screen, absent: Mapping[str, str] | None = None) -> None:
    """At a meeting just opened: everybody is there but those named, with the reason of each."""
    for name, reason in (absent or {}).items():
        member = secretary.page.locator(".field:has([name=here])", has_text=name)
        member.locator("label.check").click()
        member.get_by_role("textbox").fill(reason)
    secretary.press("Lưu điểm danh")


def reveal(secretary: Screen, item: str = "main") -> None:
    """The points are shown to the board."""
    secretary.confirm("Công bố điểm", item)


def take_ballot(voter: Screen, meeting: str, item: str = "main") -> None:
    """A member opens the ballot from the page of the meeting."""
    voter.go(meeting)
    voter.follow("Biểu quyết", item)


def cast(voter: Screen, opinion: str) -> None:
    """On the ballot: a member votes."""
    voter.choose(opinion=opinion)
    voter.confirm("Gửi phiếu")


def record_conclusion(secretary: Screen, item: str = "main") -> None:
    """The secretary writes down what the count says."""
    secretary.unfold("Ghi kết luận theo kết quả", item)
    secretary.press("Ghi kết luận", item)


def confirm_conclusion(chair: Screen, meeting: str, state: State, item: str = "main") -> None:
    """Who presides confirms it."""
    chair.go(meeting)
    chair.confirm("Xác nhận kết luận", item)
    chair.page.locator(item).get_by_text(state.label, exact=True).first.wait_for()


def minutes_by_item(secretary: Screen, titles: Sequence[str]) -> list[str]:
    """On the page of a meeting: the head of its minutes, then what they say of each item, in the order of the titles."""
    text = " ".join(" ".join(secretary.read("Biên bản (PDF)")).split())
    starts = [text.index(f"{place}. {title}") for place, title in enumerate(titles, 1)]
    return [text[start:end] for start, end in pairwise([0, *starts, len(text)])]


def hold(office: Screen, titles: Iterable[str], outcome: str, reason: str = "") -> None:
    """The outcome of these dossiers is recorded, and waits."""
    office.go("/boards/decisions/")
    for title in titles:
        office.page.locator("label:has([name=review_ids])", has_text=title).click()
    office.fill(reason=reason)
    office.press(outcome)


def sign(head: Screen, number: str, service_number: str) -> None:
    """What stands on the decision that the person of this service number signed today."""
    who = signer(service_number)
    head.fill(number=number, decided_on=today().isoformat())
    head.fill(signer_name=who.name, signer_rank=who.rank, signer_position=who.position)


def publish(head: Screen, number: str, service_number: str, dossiers: int) -> None:
    """The head publishes all that waits, under one number and date."""
    head.go("/boards/decisions/pending")
    sign(head, number, service_number)
    head.press("Công bố các hồ sơ đã chọn")
    head.page.get_by_text(f"Đã công bố kết quả {dossiers} hồ sơ").first.wait_for()


@dataclass(frozen=True)
class Reading:
    """All that an author reads of an own dossier, and the messages, the newest first."""

    dossier: str
    messages: list[str]


def read_all(author: Screen, code: str) -> Reading:
    author.go(f"/proposals/{code}")
    dossier = author.page.locator("main").inner_text()
    return Reading(dossier, messages(author))


def messages(person: Screen) -> list[str]:
    """What the person was told, the newest first."""
    person.go("/notices")
    return [each.removeprefix("mới").strip() for each in person.page.locator("main .list li").all_inner_texts()]


def check_one_message(author: Screen, before: Reading, words: str) -> None:
    """One message has come since, and it says so."""
    newest, *older = messages(author)
    assert older == before.messages
    assert words in newest
