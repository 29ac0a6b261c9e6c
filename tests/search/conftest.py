"""An application with the index's own tables and a made-up feature that documents come from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from search_corpus import APART
from search_source import Source

from innovations import create_app
from innovations.extensions import db
from innovations.search import registry
from innovations.search.answers import reader
from innovations.search.models import IndexJob, IndexState


@pytest.fixture(params=[APART, reader.TOGETHER], ids=["apart", "together"])
def however_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of few documents is read by itself, or several as one."""
    monkeypatch.setattr(reader, "TOGETHER", request.param)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    """The only feature that documents come from in this test."""
    made = Source()
    monkeypatch.setattr(registry, "_parts", {})
    monkeypatch.setattr(registry, "_all_ids", {})
    registry.register_part("source", made.part)
    registry.register_all_ids(lambda: list(made.held))
    return made


@pytest.fixture
def search_app(tmp_path: Path, source: Source) -> Iterator[Flask]:
    """An application inside its context, with an empty database and no index yet."""
    app = create_app({"INSTANCE": str(tmp_path / "instance"), "TESTING": True})
    registry._parts.clear()
    registry._all_ids.clear()
    registry.register_part("source", source.part)
    registry.register_all_ids(lambda: list(source.held))
    with app.app_context():
        db.metadata.create_all(db.engine, tables=[IndexJob.__table__, IndexState.__table__])
        yield app
        db.session.remove()
        db.engine.dispose()
