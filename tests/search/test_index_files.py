"""The files of the index: ordinary Whoosh, noticed when damaged, switched at once, healed after a killed writer."""

import json
import math
import random
import stat
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from search_corpus import LIBRARY, build, create_document, find, ids, put
from whoosh import query as whoosh_query
from whoosh.index import open_dir
from whoosh.scoring import BM25F

from innovations.search.answers.snapshot import Snapshot
from innovations.search.engine import WhooshEngine
from innovations.search.files import checksums
from innovations.search.files.bm25 import K1, B
from innovations.search.files.bulk import BulkWriter
from innovations.search.files.generations import IndexFolder, WriterBusy, read_manifest
from innovations.search.files.merging import Merger
from innovations.search.files.schema import schema
from innovations.search.files.writer import GenerationWriter
from innovations.search.port import Reason
from innovations.search.text import analysis


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return build(tmp_path / "index")


@pytest.fixture
def engine(folder: IndexFolder) -> WhooshEngine:
    return WhooshEngine(folder.path)


def _flip(path: Path, place: int) -> None:
    held = bytearray(path.read_bytes())
    held[place % len(held)] ^= 1
    path.write_bytes(held)


def plain_scores(snapshot: Snapshot, field: str, term: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Documents and scores of a term for whoever counts every document, removed ones too, as Whoosh does."""
    length = sum(segment._documents.field_length(field) for segment in snapshot.segments)
    found, documents = snapshot.impacts(field, term, length / snapshot.size), snapshot.postings(field, term).documents
    return documents, found.at(documents, math.log(snapshot.size / (found.df + 1)) + 1)


@pytest.mark.parametrize("term", ["gia", "do", "huan", "xe"])
def test_scores_are_those_of_whooshs_own_bm25f(folder: IndexFolder, engine: WhooshEngine, term: str) -> None:
    put(folder, create_document(7, "Giá đỡ xe"), gone=[3])
    index = open_dir(str(folder.current()), schema=schema())
    with index.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        hits = searcher.search(whoosh_query.Term("f", term), limit=None)
        theirs = {hit["doc"]["code"]: hit.score for hit in hits}
    snapshot = engine._reader.snapshot()
    documents, impacts = plain_scores(snapshot, "f", term)
    ours = {
        snapshot.stored(document)["code"]: impact
        for document, impact in zip(documents.tolist(), impacts.tolist(), strict=True)
        if snapshot.live[document]
    }
    assert ours.keys() == theirs.keys()
    assert ours
    assert all(math.isclose(ours[code], theirs[code], rel_tol=1e-4) for code in ours)


def test_plain_scores_of_five_hundred_random_queries_are_those_of_whooshs_bm25f(tmp_path: Path) -> None:
    dice = random.Random(7)
    common = sorted({word for document in LIBRARY for word in f"{document.title} {document.problem}".lower().split()})
    texts = [" ".join(dice.choices(common, k=dice.randrange(3, 40))) for _ in range(300)]
    folder = build(tmp_path, [create_document(n, text[:60], solution=text) for n, text in enumerate(texts[:200], 1)])
    put(folder, *(create_document(n, text[:60], solution=text) for n, text in enumerate(texts[200:], 201)), gone=range(5, 25))
    snapshot = WhooshEngine(folder.path)._reader.snapshot()
    words = sorted({syllable.canonical for text in common for syllable in analysis.syllables(text)})
    with open_dir(str(folder.current()), schema=schema()).searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        for _ in range(500):
            chosen = dice.sample(words, dice.randrange(1, 7))
            query = whoosh_query.Or([whoosh_query.Term("x", word) for word in chosen])
            theirs = {hit.docnum: hit.score for hit in searcher.search(query, limit=None)}
            total = np.zeros(snapshot.size, np.float32)
            for word in chosen:
                documents, impacts = plain_scores(snapshot, "x", word)
                total[documents] += impacts
            ours = {number: total[number] for number in np.flatnonzero(total * snapshot.live).tolist()}
            assert ours == pytest.approx(theirs, rel=1e-4)


def test_postings_longer_than_a_block_are_decoded_whole(tmp_path: Path) -> None:
    count = 2500  # a block holds 1,024
    documents = [create_document(n, "giá " * (1 + n % 3), problem="", unit_names="") for n in range(1, count + 1)]
    engine = WhooshEngine(build(tmp_path, documents).path)
    held, weights = engine._reader.snapshot().postings("f", "gia")
    assert held.tolist() == list(range(count))
    assert weights[:3].tolist() == [8.0, 12.0, 4.0]


def test_nobody_else_may_read_the_folder(folder: IndexFolder) -> None:
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.current().stat().st_mode) == 0o700


def test_a_missing_index_is_said_not_raised(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "nowhere")
    results = find(engine, "giá")
    assert (results.available, results.reason, results.total) == (False, Reason.MISSING, 0)
    assert engine.similar("Giá đỡ", "", {"any"}) == ()
    assert engine.status()["available"] is False
    assert not (tmp_path / "nowhere").exists()


def test_a_changed_bit_in_any_file_is_noticed_and_reported_to_the_writer(folder: IndexFolder) -> None:
    generation = folder.current()
    for name, (size, _) in read_manifest(generation).files.items():
        if not size:
            continue
        _flip(generation / name, size // 2)
        results = find(WhooshEngine(folder.path), "giá")
        assert (results.available, results.reason) == (False, Reason.DAMAGED), name
        assert name in (folder.reported_damage() or "")
        _flip(generation / name, size // 2)
        (folder.path / "DAMAGED").unlink()
    assert find(WhooshEngine(folder.path), "giá").available


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.DAMAGED),
        ("{", Reason.DAMAGED),
        ("[]", Reason.DAMAGED),
        ("{}", Reason.DAMAGED),
        ('{"files": 3}', Reason.DAMAGED),
    ],
)
def test_a_broken_manifest_is_noticed(folder: IndexFolder, engine: WhooshEngine, text: str, reason: Reason) -> None:
    (folder.current() / "meta.json").write_text(text)
    assert find(engine, "giá").reason is reason


@pytest.mark.parametrize("pointer", ["", "gen-99", "../index", "/etc", "\x00"])
def test_a_pointer_to_nothing_is_a_missing_index(folder: IndexFolder, engine: WhooshEngine, pointer: str) -> None:
    (folder.path / "CURRENT").write_text(pointer)
    assert find(engine, "giá").reason is Reason.MISSING


def test_an_index_of_another_format_is_not_read(folder: IndexFolder, engine: WhooshEngine) -> None:
    path = folder.current() / "meta.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    assert find(engine, "giá").reason is Reason.OUTDATED


def test_a_deleted_file_makes_the_index_unavailable_until_it_is_rebuilt(folder: IndexFolder) -> None:
    next(folder.current().glob("*.pst")).unlink()
    engine = WhooshEngine(folder.path)
    assert find(engine, "giá").reason is Reason.DAMAGED
    build(folder.path)
    assert ids(find(engine, "giá")) == [1]
    assert folder.reported_damage() is None


def test_a_new_generation_appears_whole_and_the_old_one_leaves_the_disk(folder: IndexFolder, engine: WhooshEngine) -> None:
    old = folder.current()
    with folder.writing():
        generation = folder.new()
        with GenerationWriter(generation, fresh=True) as writer:
            writer.add([create_document(9, "Máy bơm")])
            writer.commit()
        assert find(engine, "").total == 4
        folder.switch_to(generation)
    assert ids(find(engine, "")) == [9]
    assert not old.exists()


def test_only_one_writer_at_a_time_and_the_second_does_not_wait(folder: IndexFolder) -> None:
    with folder.writing(), pytest.raises(WriterBusy), IndexFolder(folder.path).writing():
        pass
    with folder.writing():
        pass


def test_a_writer_that_gives_up_leaves_everything_as_it_was(folder: IndexFolder, engine: WhooshEngine) -> None:
    with folder.writing(), GenerationWriter(folder.current()) as writer:
        writer.remove([1])
        writer.add([create_document(7, "Máy bơm")])
    assert (find(engine, "giá đỡ").total, find(engine, "máy bơm").total) == (1, 0)
    put(folder, create_document(7, "Máy bơm"))
    assert find(engine, "máy bơm").total == 1


def test_what_a_killed_writer_left_is_cleaned_by_the_next_commit(folder: IndexFolder, engine: WhooshEngine) -> None:
    generation = folder.current()
    (generation / "MAIN_0123456789abcdef.pst").write_bytes(b"half a segment")
    (generation / "MAIN.tmp").mkdir()
    (generation / "MAIN.tmp" / "abc.run").write_bytes(b"half a run")
    (folder.path / "gen-7").mkdir()
    put(folder, create_document(7, "Máy bơm"))
    folder.remove_leftovers()
    assert not (generation / "MAIN_0123456789abcdef.pst").exists()
    assert not (folder.path / "gen-7").exists()
    assert find(engine, "máy bơm").total == 1


def test_a_writer_killed_between_its_two_commits_leaves_the_index_as_it_was(
    folder: IndexFolder, engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("innovations.search.files.writer.write_manifest", killed)
        with pytest.raises(KeyboardInterrupt):
            put(folder, create_document(1, "Máy bơm"))
    with_it = WhooshEngine(folder.path)
    assert (find(with_it, "giá đỡ").total, find(with_it, "máy bơm").total) == (1, 0)
    assert folder.reported_damage() is None
    put(folder, create_document(1, "Máy bơm"))
    assert (find(engine, "giá đỡ").total, find(engine, "máy bơm").total) == (0, 1)
    checksums.verify(folder.current(), read_manifest(folder.current()))


def test_replaced_files_are_not_kept_open(folder: IndexFolder, engine: WhooshEngine) -> None:
    def open_files() -> int:
        return sum(str(folder.path) in str(link.resolve()) for link in Path("/proc/self/fd").iterdir())

    for number in range(40):
        put(folder, create_document(100 + number, "Máy bơm"))
        Merger(folder).finish()
        assert find(engine, "máy bơm").total == number + 1
    assert open_files() < 80


def test_the_manifest_says_what_it_was_built_for(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    with folder.writing():
        with GenerationWriter(generation := folder.new(), fresh=True, built_because="command") as writer:
            writer.add(LIBRARY)
            writer.commit(fingerprint="abc", sequence=7)
        folder.switch_to(generation)
    put(folder, create_document(7, "Máy bơm"))
    manifest = read_manifest(folder.current())
    assert (manifest.fingerprint, manifest.sequence, manifest.built_because) == ("abc", 7, "command")
    assert manifest.documents == len(LIBRARY) + 1


def test_documents_of_hostile_text_are_indexed_like_any_other(tmp_path: Path) -> None:
    hostile = ["\ud800", "\x00", "a" * 70_000, "=cmd|'/c calc'!A0", "𝕳𝖊𝖑𝖑𝖔", "", "\u202e", "田中さん" * 500, "/".join("12" * 50)]
    documents = [create_document(n, f"Giá đỡ {text}", problem=text, rest=text) for n, text in enumerate(hostile, 1)]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert find(engine, "giá đỡ").total == len(hostile)
    assert ids(find(engine, "𝕳𝖊𝖑𝖑𝖔")) == [5]


def test_the_bulk_writer_is_not_used_by_readers(folder: IndexFolder, engine: WhooshEngine) -> None:
    with folder.writing():
        writer = BulkWriter(folder.current(), fresh=False)
        assert find(engine, "giá đỡ").total == 1  # a held write lock keeps nobody from searching
        writer.cancel()
