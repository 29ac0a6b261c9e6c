"""What two texts have in common, as the board sees it side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovations.search.duplicates.sameness import common


def marked(left: str, right: str) -> tuple[list[str], list[str]]:
    return tuple([text for text, is_shared in side if is_shared] for side in common(left, right))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ("Giá đỡ bình ắc quy nạp điện dùng chung.", "Làm giá đỡ bình ắc quy nạp điện cho kho", ["Giá đỡ bình ắc quy nạp điện"]),
        ("GIA DO BINH AC QUY cho tổ đài", "giá đỡ bình ắc quy", ["GIA DO BINH AC QUY"]),
        ("hoà tan dung dịch axit", "Không hòa tan dung dịch axit!", ["hoà tan dung dịch axit"]),
        ("một hai ba", "một hai bốn", []),
        ("Bàn gá", "bàn gá tháo lốp", ["Bàn gá"]),
        ("", "bàn gá", []),
        ("một hai ba bốn năm sáu bảy tám", "năm sáu bảy tám một hai ba bốn", ["một hai ba bốn năm sáu bảy tám"]),
    ],
)
def test_sentences_typed_again_are_marked_however_they_are_spelled(left: str, right: str, shared: list[str]) -> None:
    assert marked(left, right)[0] == shared


def test_three_words_in_common_are_language_and_not_repetition() -> None:
    assert marked("nâng cao chất lượng huấn luyện", "giữ cao chất lượng bữa ăn") == ([], [])


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_letter_of_either_text_is_lost(left: str, right: str) -> None:
    mine, theirs = common(left, right)
    assert ("".join(text for text, _ in mine), "".join(text for text, _ in theirs)) == (left, right)


@given(st.lists(st.sampled_from("giá đỡ bình ắc quy cho tổ đài".split()), min_size=1, max_size=30).map(" ".join))
def test_a_text_is_wholly_common_with_itself(text: str) -> None:
    assert common(text, text) == (((text, True),), ((text, True),))
