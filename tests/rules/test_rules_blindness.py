"""What is covered in a text that shall not tell its author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovations.boards.rules.blindness import COVER, TooManyCovers, check_covers, cover, given_names


def test_a_name_is_covered_whole_whatever_its_capitals_and_over_a_line_end() -> None:
    text = "NGUYỄN VĂN AN và Nguyễn\nVăn An; Văn An; Văn Anh; An toàn"
    assert cover(text, given_names("Nguyễn Văn An")) == f"{COVER} và {COVER}; {COVER}; Văn Anh; An toàn"


def test_signs_of_a_pattern_are_plain_signs() -> None:
    assert cover("tổ (1) và tổ 1, C.A và CXA", ["tổ (1", "C.A"]) == f"{COVER}) và tổ 1, {COVER} và CXA"


def test_nothing_to_cover_changes_nothing() -> None:
    assert cover("Giữ nguyên.", ["", "  "]) == "Giữ nguyên."


words = st.text(alphabet="abcđ .(", max_size=6)


@given(st.lists(words, max_size=4), st.lists(words, max_size=12))
def test_no_covered_word_is_left_standing_alone(covered: list[str], text: list[str]) -> None:
    wanted = [each.strip() for each in covered if each.strip()]
    left = cover(" | ".join(each.strip() for each in text), wanted).split(" | ")
    assert not set(wanted) & set(left)


def test_each_line_counts_once_and_blanks_do_not() -> None:
    assert check_covers(["anh Tư", "", " anh  Tư ", "tổ 3"]) == ("anh Tư", "tổ 3")


@pytest.mark.parametrize("lines", [[f"từ {number}" for number in range(51)], ["x" * 101]])
def test_more_than_anybody_checks_is_refused(lines: list[str]) -> None:
    with pytest.raises(TooManyCovers):
        check_covers(lines)
