"""A process that has as many files open as it may: searching answers plainly, and nobody takes that for damage."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from search_corpus import build, create_document, find, put

from innovations.search.answers import reader
from innovations.search.engine import WhooshEngine
from innovations.search.files import segments


@pytest.mark.parametrize(("where", "opening"), [(segments, "read_numbers"), (reader, "ArrayFile")])
def test_too_many_open_files_are_no_damage_and_pass(
    tmp_path: Path, where: object, opening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(tmp_path)
    put(folder, create_document(20, "Giá để súng"))
    engine = WhooshEngine(folder.path)

    def refuse(*_: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with monkeypatch.context() as patched:
        patched.setattr(where, opening, refuse)
        assert not find(engine, "giá").available
        assert engine.status()["available"] is False
    assert folder.reported_damage() is None
    assert find(engine, "giá").total == 2
    assert {errno.EMFILE, errno.ENFILE} <= reader.EXHAUSTED
