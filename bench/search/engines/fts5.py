"""SQLite FTS5 as its manual sets it up: accents removed by the tokenizer, đ by us; filters and facets by joining a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.search.corpus import body
from bench.search.engines import TOP, size_of
from bench.search.kinds import Kind, Question
from innovations.search import Document

_SCHEMA = """
CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2');
CREATE TABLE d(id INTEGER PRIMARY KEY, field TEXT, year INT, unit INT, battalion INT, state TEXT);
"""
_BEST = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT {TOP}"  # noqa: S608
_SHOWN = f"SELECT rowid, snippet(t, 1, '[', ']', '…', 40) FROM t WHERE t MATCH ? ORDER BY rank LIMIT {TOP}"  # noqa: S608
_FILTERED = f"""SELECT t.rowid FROM t JOIN d ON d.id = t.rowid WHERE t MATCH ? AND ? IN (d.unit, d.battalion)
    AND d.year BETWEEN ? AND ? AND d.state = 'recognised' ORDER BY rank LIMIT {TOP}"""  # noqa: S608
_COUNTS = """WITH m AS MATERIALIZED (SELECT d.field, d.year, d.unit FROM t JOIN d ON d.id = t.rowid WHERE t MATCH ?)
    SELECT 'field', field, count(*) FROM m GROUP BY field UNION ALL SELECT 'year', year, count(*) FROM m GROUP BY year
    UNION ALL SELECT 'unit', unit, count(*) FROM m GROUP BY unit"""


class Engine:
    """One database file in ``folder``."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, documents: Iterable[Document], count: int) -> None:
        self.open()
        self._connection.executescript(_SCHEMA)
        for document in documents:
            self._add(document)
        self._connection.commit()
        self._connection.close()

    def open(self) -> None:
        self._connection = sqlite3.connect(self._folder / "fts5.sqlite")

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        words = [f'"{bare(word)}"' for word in question.words]
        if question.kind is Kind.FILTER:
            return self._asking(_FILTERED, " AND ".join(words), question.unit, *question.years)
        if question.kind is Kind.FACETS:
            best, counts = self._asking(_BEST, " OR ".join(words)), self._asking(_COUNTS, " OR ".join(words))
            return lambda: (counts(), best())[1]
        if question.kind is Kind.SIMILAR:
            words = [f'"{bare(word)}"' for word in question.telling]
        match = {
            Kind.AND: " AND ".join(words), Kind.PREFIX: f"{words[0]}*", Kind.PHRASE: f'"{bare(" ".join(question.words))}"',
        }.get(question.kind, " OR ".join(words))  # fmt: skip
        return self._asking(_SHOWN if question.kind is Kind.HIGHLIGHT else _BEST, match)

    def _asking(self, sql: str, *values: object) -> Callable[[], list[int]]:
        return lambda: [row[0] for row in self._connection.execute(sql, values).fetchall()]

    def replace(self, document: Document) -> None:
        self._connection.execute("DELETE FROM t WHERE rowid = ?", (document.id,))
        self._connection.execute("DELETE FROM d WHERE id = ?", (document.id,))
        self._add(document)
        self._connection.commit()

    def _add(self, document: Document) -> None:
        text = (document.id, bare(document.title), bare(body(document)))
        self._connection.execute("INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", text)
        columns = (document.id, document.field, document.year, document.unit_id, document.unit_path[1], document.state)
        self._connection.execute("INSERT INTO d VALUES (?, ?, ?, ?, ?, ?)", columns)

    def bytes(self) -> int:
        return size_of(self._folder)

    def memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        self._connection.close()


def bare(text: str) -> str:
    """đ as d: the one letter that FTS5 does not fold."""
    return text.replace("đ", "d").replace("Đ", "D")
