"""What people do with a board's papers: keying printed score sheets, counting printed ballots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from innovations.boards.rules.tellers import Figures
from tests.browser.screen import Screen


def code_on(printed: Sequence[str], member: str) -> str:
    """The code on the printed sheet of a member."""
    (page,) = [page for page in printed if member in page]
    (code,) = re.findall(r"\b\d+-\d+-\d\d\b", page)
    return str(code)


def key(clerk: Screen, review: str, member: str, code: str, points: Mapping[str, str]) -> None:
    """One clerk types what stands on a member's sheet."""
    clerk.go(f"{review}/paper")
    with clerk.page.expect_navigation():
        clerk.page.locator("main li", has_text=member).get_by_role("link", name="Nhập phiếu").click()
    clerk.fill(printed_code=code)
    clerk.choose(proposes="recognise")
    clerk.fill(**{f"{name}__points": value for name, value in points.items()})
    clerk.press("Gửi phiếu đã nhập")


def see_misread(clerks: Iterable[Screen], fields: list[str]) -> None:
    """Both clerks see which fields differ."""
    for clerk in clerks:
        clerk.page.reload()
        clerk.shows("Hai người nhập không khớp")
        assert clerk.page.locator("fieldset", has_text="không khớp").evaluate_all("all => all.map(each => each.id)") == fields
        clerk.audit_everywhere()


def hand_out_ballots(secretary: Screen, item: str, voters: int) -> None:
    """The vote is held on paper: a ballot is printed for each voter."""
    secretary.confirm("Bỏ phiếu kín bằng giấy", item)
    assert "".join(secretary.read("In phiếu (PDF)", item)).count("PHIẾU BIỂU QUYẾT") == voters


def count(tellers: Sequence[Screen], meeting: str, item: str, *counted: Figures) -> None:
    """Each teller keys what they counted; the first sees no figure while the second has not."""
    for teller, figures in zip(tellers, counted, strict=True):
        teller.go(meeting)
        teller.follow("Kiểm phiếu", item)
        teller.fill(**{name: str(figure) for name, figure in asdict(figures).items()})
        teller.press("Gửi kết quả kiểm phiếu")
        if teller is tellers[0]:
            teller.shows("chờ người thứ hai")
            assert not teller.page.locator("main td").count()


def see_miscount(tellers: Iterable[Screen], lines: list[str]) -> None:
    """Both tellers see which lines differ."""
    for teller in tellers:
        teller.page.reload()
        teller.shows("Hai kết quả không khớp ở các dòng được đánh dấu")
        marked = teller.page.locator("tr", has_text="không khớp").locator("th").all_inner_texts()
        assert [each.removesuffix("không khớp").strip() for each in marked] == lines
        teller.audit_everywhere()
