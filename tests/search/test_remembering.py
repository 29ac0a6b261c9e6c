"""What a process remembers of an index is bounded, whoever asks."""

from pathlib import Path

import pytest
from search_corpus import LIBRARY, READER, build, create_document, find

from innovations.search import WhooshEngine
from innovations.search.answers import snapshot
from innovations.search.answers.lexicon import Lexicon


def test_of_many_readers_those_are_remembered_who_asked_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a set of visible documents; once they were kept until the next change, however many there were."""
    monkeypatch.setattr(snapshot, "_REMEMBERED_BYTES", 100_000)
    engine = WhooshEngine(build(tmp_path, [*LIBRARY, *(create_document(n, "Sổ") for n in range(100, 2100))]).path)
    for number in range(100):
        assert find(engine, "giá đỡ", {*READER, f"person:{number}"}).total == 1
    held = engine._reader.snapshot()._memory
    kept = [value for value in held._values.values() if isinstance(value, Lexicon)]
    assert 0 < len(kept) < 100_000 // 2000  # bytes for each reader
    assert "person:99" in kept[-1].tokens
    assert held.bytes <= 100_000
    engine.close()
