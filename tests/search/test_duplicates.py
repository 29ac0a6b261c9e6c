"""What repeats another proposal is found however it is put; what only shares its words is not."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.duplicates.__main__ import PRECISION, RECALL, application, asked, score
from bench.duplicates.labelled import Half, Kind, filed, registered
from bench.indexing import write_index
from innovations.proposals.services.alike import WORTH_ASKING
from innovations.search import Document, WhooshEngine
from innovations.search.duplicates.likeness import likenesses
from innovations.search.duplicates.wording import Said, fitting
from innovations.search.files.said import Vectors, vectors
from innovations.search.files.segments import Segment
from innovations.search.text.abbreviations import Abbreviations, spelled_out

TITLE, TEXT = "Máy rửa chi tiết tuần hoàn", "Rửa chi tiết bằng chổi tốn dầu. Máy lọc dầu rồi phun lại, rửa được nhiều lần."


def alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    """Among others: what is compared beside it makes no difference."""
    asked, *others = (Said.of(*each) for each in (one, other, (TITLE, TEXT), ("", ""), ("Kho AQ", "")))
    alone, *_ = likes(*fitting(asked, others[0]))
    assert likes(*(fitting(asked, others[0])), *others[1:])[0] == pytest.approx(alone)
    return alone


def likes(asked: Said, *others: Said) -> list[float]:
    """With all words equally telling."""
    numbers: dict[str, int] = {}

    def numbered(words: Sequence[str]) -> list[int]:
        return [numbers.setdefault(word, len(numbers)) for word in words]

    held = [vectors([numbered(each.title)], [numbered(each.text)], [()]) for each in (asked, *others)]
    room = np.full(len(numbers), -1, np.int16)
    found: list[float] = likenesses(held[0], Vectors.joined(held[1:]), lambda words: np.ones(len(words)), room).tolist()
    assert (room == -1).all()
    return found


def test_the_labelled_set_has_every_kind_in_both_halves() -> None:
    kinds = {(each.half, each.kind) for each in filed()}
    assert kinds == {(half, kind) for half in Half for kind in Kind}
    assert len(filed()) >= 150
    assert {each.like for each in filed()} == {each.id for each in registered()}


def test_repetitions_are_found_and_little_else_is(tmp_path: Path) -> None:
    answers = asked(application(tmp_path, 300), with_text=True, threshold=WORTH_ASKING)
    for half in Half:
        counted = score(each for each in answers if each.filed.half is half)
        assert counted.precision >= PRECISION, half
        assert counted.recall >= RECALL, half


def test_the_same_text_in_another_order_or_without_accents_is_the_same() -> None:
    turned = ("Tuần hoàn: máy rửa chi tiết", "Máy lọc dầu rồi phun lại, rửa được nhiều lần. Rửa chi tiết bằng chổi tốn dầu.")
    bare = ("May rua chi tiet tuan hoan", "Rua chi tiet bang choi ton dau. May loc dau roi phun lai, rua duoc nhieu lan.")
    assert alike((TITLE, TEXT), turned) == pytest.approx(1)
    assert alike((TITLE, TEXT), bare) == pytest.approx(1)


def test_initials_in_capitals_stand_for_the_words_of_the_other_text() -> None:
    short = ("Máy rửa CT tuần hoàn", TEXT.replace("chi tiết", "CT"))
    assert alike((TITLE, TEXT), short) == pytest.approx(1)
    assert alike(short, (TITLE, TEXT)) == pytest.approx(1)
    assert alike((TITLE, TEXT), (short[0].lower(), short[1].replace("CT", "ct"))) < 1


def test_another_thing_told_in_the_same_words_is_less_alike_than_the_same_thing_in_other_words() -> None:
    other_thing = (TITLE.replace("chi tiết", "bát đĩa"), TEXT.replace("chi tiết", "bát đĩa").replace("dầu", "nước"))
    other_words = (
        "Chế tạo máy tuần hoàn rửa chi tiết",
        "Trước kia thợ rửa chi tiết bằng chổi rất tốn dầu; nay máy lọc dầu dùng lại.",
    )
    assert alike((TITLE, TEXT), other_words) > alike((TITLE, TEXT), other_thing)


def test_a_long_text_is_not_about_every_word_it_holds() -> None:
    other_title, words = "Vườn rau tăng gia", " ".join(f"chuyện{number}" for number in range(80))
    early, late = (other_title, f"{TEXT} {TITLE} {words}"), (other_title, f"{words} {TEXT} {TITLE}")
    assert alike((TITLE, TEXT), late) < alike((TITLE, TEXT), early)


def test_without_text_on_one_side_titles_are_compared() -> None:
    assert alike((TITLE, ""), (TITLE, TEXT)) == pytest.approx(1)
    assert alike((TITLE, ""), ("Vườn rau tăng gia", TEXT)) == 0
    assert alike(("", ""), ("", "")) == 0


def test_abbreviations_of_the_table_are_spelled_out_for_comparing() -> None:
    table = Abbreviations().table()
    assert spelled_out("Kho PCCC, sân bóng", table) == "Kho phong chay chua chay, sân bóng"
    assert spelled_out("Quận 1, TP.HCM.", table) == "Quận 1, thanh pho ho chi minh."
    assert spelled_out("Mẫu 12/CNTT-KH", table) == "Mẫu 12/CNTT-KH"


def test_a_text_whose_parts_cannot_be_told_apart_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_index(tmp_path, [Document(id=1, code="SK-1", title=TITLE, problem=TEXT, tokens=("any",))])
    engine = WhooshEngine(tmp_path)
    asked = f"{TEXT} Dùng cho VT."  # what it abbreviates the other may say in words: its text is looked at
    assert [found.id for found in engine.similar(TITLE, asked, {"any"})] == [1]
    monkeypatch.setattr(Segment, "raw_sequence", lambda _segment, _document: b" a bit turned over ")
    assert engine.similar(TITLE, asked, {"any"}) == ()
    assert not engine.status()["available"]
    engine.close()
