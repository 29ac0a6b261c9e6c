"""Words that nobody wrote are numbered for a while and forgotten, however many are asked for."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import pytest
from search_corpus import READER, build

from innovations.search.duplicates import numbering
from innovations.search.duplicates.numbering import Numbering
from innovations.search.engine import WhooshEngine


def test_one_numbering_is_kept_however_many_strange_words_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "_MOST_STRANGE", 50)
    engine, dice = WhooshEngine(build(tmp_path).path), random.Random(3)
    expected = engine.similar("Giá đỡ bình", "ắc quy", READER)
    for _ in range(30):
        strange = " ".join("".join(dice.choices("abcdefghik", k=6)) for _ in range(40))
        engine.similar("Giá đỡ bình", strange, READER)
    gc.collect()
    held = engine._reader.snapshot()
    mine = [each for each in gc.get_objects() if isinstance(each, Numbering) and each._files is held.arrays]
    assert len(mine) == 1
    assert engine.similar("Giá đỡ bình", "ắc quy", READER) == expected
