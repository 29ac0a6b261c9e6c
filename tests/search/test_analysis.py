"""Vietnamese text becomes the same terms however it was typed."""

import unicodedata

import pytest

from innovations.search.text import analysis

SAME_SYLLABLE = [
    ("hòa", "hoà"),
    ("HÒA", "hòa"),
    ("thủy", "thuỷ"),
    ("kỹ", "kĩ"),
    ("quý", "quí"),
    ("lý", "lí"),
    ("Ðược", "được"),  # the Icelandic letter that old fonts used for Đ
    ("sáng", unicodedata.normalize("NFD", "sáng")),
    ("sá\u00adng", "sáng"),
    ("sa\u200b\u0301ng", "sáng"),
]
OTHER_SYLLABLE = [("thúy", "thúi"), ("ma", "má"), ("dao", "đao"), ("tăng", "tâng"), ("lươn", "lượn"), ("hải", "hãi")]


@pytest.mark.parametrize(("one", "other"), SAME_SYLLABLE)
def test_spellings_of_one_syllable_share_a_canonical_term(one: str, other: str) -> None:
    assert analysis.syllable(one) == analysis.syllable(other)


@pytest.mark.parametrize(("one", "other"), OTHER_SYLLABLE)
def test_different_syllables_keep_different_canonical_terms(one: str, other: str) -> None:
    assert analysis.syllable(one).canonical != analysis.syllable(other).canonical


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Được", "duoc"), ("ở", "o"), ("ý", "y"), ("kỹ", "ki"), ("ky", "ki"), ("software", "software"), ("café", "cafe")],
)
def test_folding_takes_off_every_accent(typed: str, folded: str) -> None:
    assert analysis.syllable(typed).folded == folded


@pytest.mark.parametrize(
    ("run", "whole"),
    [
        ("M-10", "m10"),
        ("TB\u20112", "tb2"),
        ("30/2020/NĐ-CP", "302020nđcp"),
        ("NĐ-CP", "nđcp"),
        ("QĐ-BQP", "qđbqp"),
        ("kỹ-thuật", None),
        ("e-mail", None),
        ("M10", None),
    ],
)
def test_a_designation_is_kept_whole(run: str, whole: str | None) -> None:
    found = analysis.designation(run)
    assert (found.canonical if found else None) == whole


def test_the_parts_of_a_designation_are_words_too() -> None:
    assert [word.folded for word in analysis.words("theo 30/2020/NĐ-CP")] == ["theo", "30", "2020", "nd", "cp"]


def test_short_and_common_words_are_not_lost() -> None:
    text = "ý ở in an của và là 5 S"
    assert [word.folded for word in analysis.words(text)] == ["y", "o", "in", "an", "cua", "va", "la", "5", "s"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_point_into_the_text_as_given(form: str) -> None:
    text = unicodedata.normalize(form, "Giá đỡ, ắc-quy!")
    cut = [unicodedata.normalize("NFC", text[w.start : w.end]) for w in analysis.words(text)]
    assert cut == ["Giá", "đỡ", "ắc", "quy"]


def test_an_endless_word_becomes_a_bounded_term() -> None:
    assert len(analysis.syllable("a" * 5000).canonical) == analysis.MAX_TERM_CHARACTERS


def test_bigrams_are_neighbouring_pairs() -> None:
    assert analysis.bigrams(["gia", "do", "pin"]) == ["gia do", "do pin"]
    assert analysis.bigrams(["gia"]) == []


def test_a_code_is_one_term_whatever_its_joints() -> None:
    assert analysis.whole("SK-2B-2025-0001") == analysis.whole("sk‑2b 2025/0001") == "sk2b20250001"


@pytest.mark.parametrize(
    ("word", "found"), [("được", "\u0323\u031bđ"), ("sấy", "\u0301\u0302"), ("tay", ""), ("Đỡ", "\u0303\u031bđ")]
)
def test_accents_are_tone_and_signs_wherever_they_stand(word: str, found: str) -> None:
    assert analysis.accents(analysis.syllable(word)) == set(found)
