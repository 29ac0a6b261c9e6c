"""The posting lists beside Whoosh's own: the same lists, found by their words, and gone with the segments they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from search_corpus import LIBRARY, READER, build, create_document, find, ids, put

from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.matching import Evaluation
from innovations.search.answers.snapshot import Snapshot
from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.files import arrayreader, arrays
from innovations.search.files.arrays import SUFFIX, hash_of, runs
from innovations.search.files.generations import IndexFolder
from innovations.search.files.merging import Merger
from innovations.search.files.segments import read_postings
from innovations.search.files.writer import GenerationWriter
from innovations.search.port import Reason

pytestmark = pytest.mark.usefixtures("however_read")

LONG = create_document(8, "máy " * 40, rest="giá " * 300)


def joined(path: Path, *, at_once: int = 2) -> IndexFolder:
    """An index made as a rebuild makes it: from parts, ``at_once`` documents in each."""
    folder = IndexFolder(path)
    documents = [*LIBRARY, LONG]
    with folder.writing():
        generation = folder.new()
        with GenerationWriter(generation, fresh=True) as whole:
            for start in range(0, len(documents), at_once):
                part = generation / f"part-{start}"
                part.mkdir()
                with GenerationWriter(part, fresh=True) as writer:
                    writer.add(documents[start : start + at_once])
                    writer.commit()
                whole.adopt(part)
            whole.join()
            whole.commit()
        folder.switch_to(generation)
    return folder


def whoosh_lists(snapshot: Snapshot) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """Every posting list as Whoosh's files hold it, documents numbered across segments."""
    found: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for base, segment in zip(snapshot.bases, snapshot.segments, strict=False):
        for (field, term), info in segment._terms.items():
            documents, weights = read_postings(segment._terms, info, field)
            found.setdefault((field, term.decode()), []).extend(zip((documents + base).tolist(), weights.tolist(), strict=True))
    return found


@pytest.fixture(params=["all listed", "many in rows", "all in rows"])
def rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So small a file has no rows of weights; with them it is as large ones are."""
    if request.param != "all listed":
        monkeypatch.setattr(arrays, "FROM", 1)
        monkeypatch.setattr(arrays, "ONE_IN", 3 if request.param == "many in rows" else 1000)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_every_list_is_the_one_that_whoosh_holds(tmp_path: Path, at_once: int) -> None:
    snapshot = WhooshEngine(joined(tmp_path, at_once=at_once).path)._reader.snapshot()
    expected = whoosh_lists(snapshot)
    assert len(expected) > 100
    for (field, term), held in expected.items():
        found = snapshot.postings(field, term)
        assert list(zip(found.documents.tolist(), found.weights.tolist(), strict=True)) == held


HUYEN, SAC = "\u0300", "\u0301"
#: Beginnings of one to four letters and their tones: with one spelling and with two, and such as no word has.
BEGINNINGS = (
    *((start, "") for start in ("g", "gi", "h", "ho", "kho", "va", "đ", "đơ", "không có")),
    *(("gia", SAC), ("ho", HUYEN), ("ba", HUYEN), ("đ", SAC), ("qui quy", ""), ("hi hy", SAC)),
)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("at_once", [1, 2, 9])
@pytest.mark.parametrize("field", ["f", "x", "af", "ax"])
@pytest.mark.parametrize("few", [0, 256])
def test_a_beginning_has_the_points_of_all_words_that_begin_so(
    tmp_path: Path, field: str, at_once: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected by looking at every word of Whoosh's own files; some beginnings have rows, others are added up, in two ways."""
    monkeypatch.setattr(arrayreader, "_FEW_POSTINGS", few)
    folder = joined(tmp_path, at_once=at_once)
    put(folder, create_document(9, "Giá để súng", files=(("hồ sơ.txt", "giá gỗ hộp"),)), create_document(10, "Máy vắt sữa"))
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    lists, found = whoosh_lists(snapshot), 0
    for begun, tone in BEGINNINGS:
        starts = tuple(begun.split()) if " " in begun and begun != "không có" else (begun,)
        expected: Counter[int] = Counter()
        for start in starts:
            weights: Counter[int] = Counter()
            for (name, term), held in lists.items():
                if name == field and term.startswith(start) and term.endswith(tone):
                    weights.update(dict(held))
            lengths = snapshot.lengths(field)
            expected.update({place: points(total, float(lengths[place]), field) for place, total in weights.items()})
        assert all_points(snapshot, field, starts, tone) == {place: min(255, total) for place, total in expected.items()}, begun
        found += len(expected)
    assert found > 3


def points(weight: float, length: float, field: str) -> int:
    """BM25 with the constants of docs/search.md, of 255, beside a middling document of 500 words, or files of 1000."""
    middling = 1000 if field in {"ax", "af"} else 500
    weight = min(weight, 127.5)
    return max(1, round(255 * weight / (weight + 1.6 * (0.1 + 0.9 * length / middling))))


def all_points(snapshot: Snapshot, field: str, starts: Sequence[str], tone: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for base, file in snapshot.arrays:
        if begun := file.begun(field, starts, tone):
            places, points = begun.listed()
            assert begun.df == len(places)
            found |= dict(zip((places + base).tolist(), points.tolist(), strict=True))
    return found


def test_a_document_full_of_a_beginning_has_as_much_of_it_as_a_byte_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, texts = "giá giàn giỏ " * 60, ("giá", "giỏ giàn")
    for place, few in enumerate((10_000, 1)):  # added up, and as a row
        monkeypatch.setattr(arrays, "FROM", few)
        folder = build(
            tmp_path / str(place),
            [create_document(1, "Sổ", rest=text), *(create_document(n, each) for n, each in enumerate(texts, 2))],
        )
        snapshot = WhooshEngine(folder.path)._reader.snapshot()
        ((_, file),) = snapshot.arrays
        assert bool(file._rows) == bool(place)
        begun = file.begun("f", ["gi"], "")
        assert begun is not None
        lengths = snapshot.lengths("f").tolist()
        assert begun.listed()[1].tolist() == [
            points(weight, length, "f") for weight, length in zip((127.5, 4, 8), lengths, strict=True)
        ]


def test_an_index_built_anew_has_one_file_and_each_later_commit_one_more(tmp_path: Path) -> None:
    folder = joined(tmp_path)
    assert len(list(folder.current().glob(f"*{SUFFIX}"))) == 1
    with folder.writing(), GenerationWriter(folder.current()) as writer:
        writer.add([create_document(9, "Giá để súng")])
        writer.commit()
    assert len(list(folder.current().glob(f"*{SUFFIX}"))) == 2
    assert ids(find(WhooshEngine(tmp_path), "giá để súng")) == [9]


def test_segments_that_share_a_file_are_not_merged_away(tmp_path: Path) -> None:
    folder = joined(tmp_path)
    shared = len(folder_segments(folder))
    for number in range(20, 40):
        with folder.writing(), GenerationWriter(folder.current()) as writer:
            writer.add([create_document(number, f"Giá để súng số {number}")])
            writer.commit()
    Merger(folder).finish()
    segments = folder_segments(folder)
    assert len(runs(folder.current(), segments)[0]) == shared
    assert len(segments) == shared + 1  # the others were merged
    assert find(WhooshEngine(tmp_path), "giá để súng").total == 20


def folder_segments(folder: IndexFolder) -> list[str]:
    """Whoosh's names of the segments, in order."""
    engine = WhooshEngine(folder.path)
    assert engine.available()
    return [name for _, name in engine._reader._segments]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("at_once", [2, 9])
def test_several_lists_read_at_once_are_those_read_one_by_one(tmp_path: Path, at_once: int) -> None:
    folder = joined(tmp_path, at_once=at_once)
    put(folder, create_document(9, "Giá để súng"), create_document(10, "Máy vắt sữa"))
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    terms = ["nowhere", *(term for (field, term) in whoosh_lists(snapshot) if field == "f")]
    lists = snapshot.lists(np.array([hash_of("f", term) for term in terms], np.uint64))
    found: dict[int, list[int]] = {}
    ends = lists.sizes.cumsum()
    for owner, begin, end in zip(lists.owners.tolist(), (ends - lists.sizes).tolist(), ends.tolist(), strict=True):
        found.setdefault(owner, []).extend(lists.documents[begin:end].tolist())
    for place, term in enumerate(terms):
        assert found.get(place, []) == snapshot.postings("f", term).documents.tolist()


@pytest.mark.usefixtures("rows")
def test_answers_and_scores_are_the_same_with_rows_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = joined(tmp_path / "rows")
    put(folder, create_document(9, "Giá để súng"), gone=[2])
    monkeypatch.undo()
    plain = joined(tmp_path / "lists")
    put(plain, create_document(9, "Giá để súng"), gone=[2])
    for text in ("giá", "giá để súng", '"giá đỡ"', "gi", "máy OR giá", "giá -súng"):
        theirs, ours = (find(WhooshEngine(each.path), text) for each in (plain, folder))
        assert [(hit.id, hit.score) for hit in ours.hits] == [(hit.id, hit.score) for hit in theirs.hits]
    for text in ("gi*", "ma*", "giá đỡ*"):
        assert all_scores(folder, text) == all_scores(plain, text), text


def all_scores(folder: IndexFolder, text: str) -> list[float]:
    """To the last bit: which words are in rows, documents decide that a reader may not see."""
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    evaluation = Evaluation(Lexicon.of(snapshot, READER), parse(text), accented=True)
    scores: list[float] = evaluation.scores(np.arange(snapshot.size)).tolist()
    return scores


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("at_once", [1, 9])
def test_words_are_counted_in_some_documents_as_one_by_one(tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = WhooshEngine(joined(tmp_path, at_once=at_once).path)._reader.snapshot()
    lists = {term: held for (field, term), held in whoosh_lists(snapshot).items() if field == "f"}
    some = np.arange(snapshot.size) % 2 == 0
    expected = [sum(some[number] for number, _ in held) for held in lists.values()]
    for long, longest in ((0, 0), (0, 2), (2, 9), (256, 4096)):
        monkeypatch.setattr(arrayreader, "_LONG", long)
        monkeypatch.setattr(arrayreader, "_LONGEST", longest)
        assert snapshot.counts("f", ["nowhere", *lists], some).tolist() == [0, *expected]


@pytest.mark.parametrize("harm", ["removed", "cut", "of another index"])
def test_a_file_that_is_not_the_indexs_own_is_damage(tmp_path: Path, harm: str) -> None:
    folder = build(tmp_path / "index")
    (file,) = folder.current().glob(f"*{SUFFIX}")
    other = next(build(tmp_path / "other", [LONG]).current().glob(f"*{SUFFIX}")).read_bytes()
    if harm == "removed":
        file.unlink()
    else:
        file.write_bytes(other if harm == "of another index" else file.read_bytes()[:-9])
    found = WhooshEngine(folder.path).search(parse("giá"), READER)
    assert (found.available, found.reason) == (False, Reason.DAMAGED)
    assert folder.reported_damage()


def test_weights_beyond_a_byte_are_kept(tmp_path: Path) -> None:
    snapshot = WhooshEngine(build(tmp_path, [LONG]).path)._reader.snapshot()
    assert np.array_equal(snapshot.postings("f", "gia").weights, [300.0])
    assert np.array_equal(snapshot.postings("f", "may").weights, [160.0])
