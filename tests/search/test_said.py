"""What documents say is kept as numbers of words: in whichever file, joined, merged or damaged."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from search_corpus import APART, LIBRARY, READER, build, create_document, put
from test_arrays import joined

from innovations.search.answers import reader
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.documents import Document
from innovations.search.duplicates import naming, numbering
from innovations.search.duplicates.likeness import likenesses
from innovations.search.duplicates.naming import Telling
from innovations.search.duplicates.numbering import Asked, Numbering, Rarities
from innovations.search.duplicates.wording import Said
from innovations.search.engine import WhooshEngine
from innovations.search.files import arrays
from innovations.search.files.arrayreader import ArrayFile
from innovations.search.files.arrays import SUFFIX
from innovations.search.files.generations import IndexProblem
from innovations.search.files.merging import Merger
from innovations.search.files.said import HEAD_WORDS, IN_HEAD, IN_TITLE, READ_WORDS, SHORT, Vectors, vectors


def expected(said: Said) -> dict[str, tuple[int, int, bool, bool]]:
    """Of each word how often it stands there, how often in the title, whether in the head of the text, whether in capitals."""
    counts, titled, head = Counter([*said.title, *said.text]), Counter(said.title), {*said.text[:HEAD_WORDS]}
    return {word: (count, titled[word], word in head, word in said.shorts) for word, count in counts.items()}


def told(numbers: Numbering, words: dict[int, str], document: int) -> dict[str, tuple[int, int, bool, bool]]:
    said = numbers.of_documents(np.array([document]))
    held = zip(said.words.tolist(), said.counts.tolist(), said.marks.tolist(), strict=True)
    return {words[number]: (count, mark & IN_TITLE, bool(mark & IN_HEAD), bool(mark & SHORT)) for number, count, mark in held}


def assert_told(snapshot: Snapshot) -> None:
    numbers = Numbering.of_snapshot(snapshot)
    texts = [Said.kept(snapshot.compared(document)) for document in range(snapshot.size)]
    spelled = sorted({word for said in texts for word in (*said.title, *said.text)})
    words = dict(zip(numbers.of(spelled), spelled, strict=True))
    assert len(words) == len(spelled)  # no two words have one number
    for document, said in enumerate(texts):
        assert told(numbers, words, document) == expected(said)


@pytest.mark.parametrize(("together", "files"), [(APART, 3), (reader.TOGETHER, 1)])
@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_every_document_says_what_its_text_says(
    tmp_path: Path, at_once: int, together: tuple[int, ...], files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "TOGETHER", together)
    folder = joined(tmp_path, at_once=at_once)
    assert_told(WhooshEngine(folder.path)._reader.snapshot())
    long = " ".join(f"chuyện{number}" for number in range(READ_WORDS + 50))
    put(folder, create_document(20, "Giá để súng AK, súng AK", problem="Kho VT thiếu giá", solution=long), gone=[2])
    put(folder, create_document(21, "Ổ khóa kho VT", problem=""), create_document(22, ""))
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    assert len(snapshot.arrays) == files
    assert_told(snapshot)


def test_merged_documents_say_the_same(tmp_path: Path) -> None:
    folder = build(tmp_path)
    for number in range(20, 40):
        put(folder, create_document(number, f"Giá để súng số {number}", problem="Kho VT thiếu giá"))
    Merger(folder).finish()
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    assert len(snapshot.arrays) < 6
    assert_told(snapshot)


def test_a_document_is_as_much_alike_in_a_file_of_its_own(tmp_path: Path) -> None:
    asked = create_document(90, "Giá đỡ bình ắc quy di động", problem="Nâng bình, hòa tan dung dịch")
    together = WhooshEngine(build(tmp_path / "together", [*LIBRARY, asked]).path)
    folder = build(tmp_path / "apart")
    put(folder, asked)
    apart = WhooshEngine(folder.path)
    found = [engine.similar(asked.title, asked.problem, READER) for engine in (together, apart)]
    assert [each.id for each in found[0]][0] == 90
    assert len(found[0]) > 1
    assert found[0] == found[1]


def test_how_alike_texts_are_does_not_depend_on_what_is_compared_beside_them() -> None:
    texts = [([0, 1, 2], [3, 4, 0]), ([2, 5], []), ([], [6, 1]), ([], []), ([0, 1, 2], [4, 3, 0])]
    each = [vectors([title], [text], [()]) for title, text in texts]
    room = np.full(7, -1, np.int16)

    def weigh(words: np.ndarray[tuple[int], np.dtype[np.intp]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return 1.0 + words / 10

    among = likenesses(each[0], Vectors.joined(each), weigh, room).tolist()
    assert among == pytest.approx([likenesses(each[0], one, weigh, room).tolist()[0] for one in each])
    assert among[0] == among[4] == pytest.approx(1)
    assert among[3] == 0


def test_a_word_of_hidden_documents_weighs_like_one_of_none(tmp_path: Path) -> None:
    snapshot = WhooshEngine(build(tmp_path).path)._reader.snapshot()
    for tokens, same in ((READER, True), ({"receiver:2"}, False)):
        rarities = Rarities.of(snapshot, Lexicon.of(snapshot, tokens))
        nowhere, hidden = rarities.weigh(np.array(rarities.numbering.of(["nowhere", "khoa"])))
        assert (nowhere == hidden) == same
        assert (hidden == rarities.unseen) == same


def test_words_that_nobody_wrote_fill_no_memory_and_change_no_likeness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "_MOST_STRANGE", 3)
    monkeypatch.setattr(numbering, "_MOST_KNOWN", 9)
    engine = WhooshEngine(build(tmp_path).path)
    title, text = "Giá đỡ bình ắc quy", "Bình nặng"
    expected = engine.similar(title, text, READER)
    for number in range(30):
        assert engine.similar(f"Qwrt{number} zxcv{number}", f"wfpg{number}", READER) == ()
        assert engine.similar(title, text, READER) == expected != ()
    held = engine._reader.snapshot()
    assert Numbering.of_snapshot(held)._strange <= 3
    assert len(Numbering.of_snapshot(held)._known) < 30


def test_words_of_other_files_are_no_strange_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files there are, all readers go on sharing one numbering; its size is known to the memory that keeps it."""
    monkeypatch.setattr(numbering, "_MOST_STRANGE", 3)
    monkeypatch.setattr(reader, "TOGETHER", APART)
    folder = build(tmp_path)
    for number in range(20, 24):
        put(folder, create_document(number, f"Qwrt{number} zxcv{number} wfpg{number}", problem="Giá đỡ bình ắc quy"))
    engine = WhooshEngine(folder.path)
    assert {each.id for each in engine.similar("Giá đỡ bình", "ắc quy", READER, k=20)} >= {20, 21, 22, 23}
    held = engine._reader.snapshot()
    first = Numbering.of_snapshot(held)
    assert len(first._others) > 3
    assert first.nbytes >= 100 * len(first._others) - 300
    assert engine.similar("Giá đỡ bình", "ắc quy", READER)
    assert Numbering.of_snapshot(held) is first


@pytest.mark.parametrize("section", ["said ends", "said words"])
def test_numbers_that_no_word_has_are_damage(tmp_path: Path, section: str) -> None:
    folder = build(tmp_path)
    (path,) = folder.current().glob(f"*{SUFFIX}")
    file = ArrayFile(path)
    at = file.layout.places()[section]
    file.close()
    held = bytearray(path.read_bytes())
    held[at : at + 4] = b"\xff\xff\xff\x7f"
    path.write_bytes(held)
    with pytest.raises(IndexProblem):
        ArrayFile(path).said(np.arange(2))


def varied(count: int) -> list[Document]:
    """Documents of the same words, a few of them common."""
    dice, words = random.Random(4), sorted({word for each in LIBRARY for word in f"{each.title} {each.problem}".split()})
    often = [1 / (1 + place) for place in range(len(words))]
    texts = [" ".join(dice.choices(words, often, k=30)) for _ in range(count)]
    return [create_document(number, text[:40], problem=text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("read", [20, 10**9])
def test_common_words_name_the_same_documents_however_they_are_kept(
    tmp_path: Path, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read or only looked up, as rows or as lists, in one file or in three."""
    monkeypatch.setattr(naming, "_READ", read)
    documents = varied(60)
    plain = WhooshEngine(build(tmp_path / "plain", documents).path)
    expected = [plain.similar(each.title, each.problem, READER, k=20) for each in documents]
    assert sum(len(each) > 5 for each in expected) > 30
    monkeypatch.setattr(arrays, "FROM", 1)
    monkeypatch.setattr(arrays, "ONE_IN", 5)
    parted = build(tmp_path / "parted", documents[:30])
    put(parted, *documents[30:40])
    put(parted, *documents[40:])
    for folder in (build(tmp_path / "rows", documents), parted):
        engine = WhooshEngine(folder.path)
        assert engine._reader.snapshot().arrays[0][1].layout.common > 10
        assert [engine.similar(each.title, each.problem, READER, k=20) for each in documents] == expected


def test_what_is_read_of_a_text_is_bounded_and_finds_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three terms are read whatever they take: a text of nothing but common words is like others too."""
    documents = varied(60)
    monkeypatch.setattr(naming, "_READ", 40)
    engine = WhooshEngine(build(tmp_path, documents).path)
    snapshot = engine._reader.snapshot()
    rarities = Rarities.of(snapshot, Lexicon.of(snapshot, READER))
    for each in documents:
        telling = Telling.of(Asked.of(Said.of(each.title, each.problem), rarities.numbering), rarities)
        sizes = snapshot.lists(telling.hashes).sizes
        assert len(sizes) == 3 or sizes.sum() <= 40
        first, *_ = engine.similar(each.title, each.problem, READER)
        assert (first.id, first.score) == (each.id, 1.0)
    (common,) = {each.title.split()[0] for each in documents[:1]}
    assert len(engine.similar(common, "", READER)) == 5


def test_hidden_documents_decide_no_more_which_words_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "_READ", 40)
    documents = varied(40)
    hidden = [create_document(100 + number, documents[number].title, tokens=frozenset({"receiver:9"})) for number in range(20)]
    alone, beside = (
        WhooshEngine(build(tmp_path / name, held).path) for name, held in (("a", documents), ("b", documents + hidden))
    )
    for each in documents:
        assert beside.similar(each.title, each.problem, READER, k=20) == alone.similar(each.title, each.problem, READER, k=20)
