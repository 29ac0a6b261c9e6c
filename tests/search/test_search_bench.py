"""The measuring of speed: every engine that is here answers the same questions over the same documents."""

from itertools import islice
from pathlib import Path

import pytest

from bench.search import report
from bench.search.__main__ import main
from bench.search.corpus import body, documents
from bench.search.engines import make
from bench.search.kinds import Kind, questions
from bench.search.run import Built, Measured, Times
from innovations.search.text import analysis


def test_documents_are_the_same_every_time_and_about_300_syllables_long() -> None:
    held = list(documents(60))
    assert held[:20] == list(islice(documents(20), 20))
    lengths = [len(analysis.syllables(f"{each.title} {body(each)}")) for each in held]
    assert 250 < sum(lengths) / len(lengths) < 350


def test_a_phrase_is_found_alike_by_this_engine_and_by_another(tmp_path: Path) -> None:
    found = {}
    for name in ("ours", "fts5"):
        (tmp_path / name).mkdir()
        engine = make(name, tmp_path / name)
        engine.build((each for each in documents(60) if "any" in each.tokens), 52)
        engine.open()
        answers = [engine.prepare(question) for question in questions(60, 5)[Kind.PHRASE]]
        found[name] = [set(answer()) for answer in answers if answer]
        engine.close()
    assert any(found["ours"])
    assert all(ours <= theirs for ours, theirs in zip(found["ours"], found["fts5"], strict=True) if len(theirs) < 20)


def test_a_small_run_prints_every_kind_beside_sqlite_and_stock_whoosh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["200", "--questions", "2", "--seconds", "1", "--engines", "ours,whoosh,fts5"]) == 0
    printed = capsys.readouterr().out
    assert all(kind.value in printed for kind in Kind)
    assert "whole service" in printed
    assert "build, documents/s" in printed


def test_aims_are_judged_at_the_size_they_are_stated_for() -> None:
    slow = {kind: Times([50.0]) for kind in Kind}
    built = {"ours": Built(300, 400), "fts5": Built(3000, 100)}
    times = {"ours": slow, "fts5": {kind: Times([100.0]) for kind in Kind}}
    assert report.missed(Measured(1000, times, built, Times([30.0]))) == []
    said = "\n".join(report.missed(Measured(100_000, times, built, Times([30.0]))))
    assert "exact phrase at p50" in said
    assert "OR of 4 to 6: 50.00 ms, fts5 100.00 ms" in said
    assert "memory while building, MB: 400.0" in said
    assert "whole service" not in said
