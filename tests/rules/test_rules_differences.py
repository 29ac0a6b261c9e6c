"""Whoever read the earlier text sees what was changed, and only that."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovations.core.rules.differences import MAX_WORDS, differences

TEXT = "Máy nặng 40 kg. Hai người khiêng mất 12 phút; dễ rơi."


def marked(before: str, after: str) -> tuple[str, str]:
    """Both versions, what went or came in brackets."""
    old, new = ("".join(text if stays else f"[{text}]" for text, stays in stretches) for stretches in differences(before, after))
    return old, new


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        (TEXT, TEXT, TEXT, TEXT),
        (TEXT, f"{TEXT} Đã đo lại.", TEXT, f"{TEXT}[ Đã đo lại.]"),
        ("Một. Hai. Ba.", "Một. Ba.", "Một.[ Hai.] Ba.", "Một. Ba."),
        ("mất 12 phút; dễ rơi", "mất 4 phút; dễ rơi", "mất[ 12] phút; dễ rơi", "mất[ 4] phút; dễ rơi"),
        ("a \nb", "a\n\nb", "a \nb", "a\n\nb"),
        ("", TEXT, "", f"[{TEXT}]"),
        (TEXT, "", f"[{TEXT}]", ""),
    ],
)
def test_what_went_and_what_came_is_told_by_words(before: str, after: str, old: str, new: str) -> None:
    assert marked(before, after) == (old, new)


@given(
    st.lists(st.sampled_from("ab.\n ;ế"), max_size=40).map("".join),
    st.lists(st.sampled_from("ab.\n ;ế"), max_size=40).map("".join),
)
def test_nothing_is_lost_and_what_stayed_is_the_same_in_both(before: str, after: str) -> None:
    old, new = differences(before, after)
    assert ("".join(text for text, _ in old), "".join(text for text, _ in new)) == (before, after)
    kept = ["".join("".join(text for text, stays in each if stays).split()) for each in (old, new)]
    assert kept[0] == kept[1]


def test_a_long_passage_written_anew_takes_no_time() -> None:
    before, after = (" ".join(f"{letter}{number}" for number in range(20 * MAX_WORDS)) for letter in "xy")
    began = time.process_time()
    assert marked(before, after) == (f"[{before}]", f"[{after}]")
    assert time.process_time() - began < 2
