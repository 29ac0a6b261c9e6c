"""Other engines over the same documents, each as its manual sets it up for Vietnamese: all words optional, BM25 or the like.

Every peer gets NFC text and words without punctuation, so that none fails on a sign of its own query language.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from bench.cluster import Cluster, NoCluster
from bench.relevance.questions import Text

_SCHEMA = """
CREATE EXTENSION unaccent;
CREATE TEXT SEARCH CONFIGURATION vi (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION vi ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE TABLE t (n int, body text, v tsvector);
"""
_INDEX = "UPDATE t SET v = to_tsvector('vi', body); CREATE INDEX ON t USING gin(v); ANALYZE t;"


class NotHere(Exception):
    """This peer cannot run on this machine; the text says what is missing."""


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def words_of(question: str) -> list[str]:
    """The words of a question, once each."""
    return list(dict.fromkeys(re.findall(r"\w+", _composed(question).lower())))


class Fts5:
    """SQLite FTS5; it does not fold đ, so that is replaced first."""

    name = "SQLite FTS5"

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        self._names = [text.id for text in texts]
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
        rows = ((number, _d(text.title), _d(text.text)) for number, text in enumerate(texts))
        self._connection.executemany("INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", rows)

    def find(self, questions: Sequence[str]) -> list[list[str]]:
        """Ids of the ten best documents for each question."""
        return [self._ten(question) for question in questions]

    def _ten(self, question: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in words_of(_d(question)))
        if not words:
            return []
        found = self._connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (words,))
        return [self._names[number] for (number,) in found]

    def close(self) -> None:
        """Nothing stays open."""
        self._connection.close()


def _d(text: str) -> str:
    return _composed(text).replace("đ", "d").replace("Đ", "D")


class Tantivy:
    """tantivy with its own tokenizer; ``folded`` adds its ASCII folding.

    :raises NotHere: the package is not installed (``requirements-bench.txt``).
    """

    def __init__(self, texts: Sequence[Text], folder: Path, *, folded: bool) -> None:
        try:
            import tantivy  # noqa: PLC0415  (a peer need not be installed)
        except ImportError:
            raise NotHere("tantivy: pip install --require-hashes -r requirements-bench.txt") from None
        self.name = f"tantivy {'folded' if folded else 'exact'}"
        self._names = [text.id for text in texts]
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        for field in ("title", "body"):
            builder.add_text_field(field, tokenizer_name="bench")
        self._index = tantivy.Index(builder.build())
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        analyzer = analyzer.filter(tantivy.Filter.ascii_fold()) if folded else analyzer
        self._index.register_tokenizer("bench", analyzer.build())
        writer = self._index.writer(50_000_000, 1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, title=_composed(text.title), body=_composed(text.text)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, questions: Sequence[str]) -> list[list[str]]:
        """Ids of the ten best documents for each question."""
        return [self._ten(question) for question in questions]

    def _ten(self, question: str) -> list[str]:
        query = self._index.parse_query(" ".join(words_of(question)), ["title", "body"])
        found = self._searcher.search(query, 10).hits
        return [self._names[self._searcher.doc(address)["number"][0]] for _, address in found]

    def close(self) -> None:
        """Nothing stays open."""


class PostgreSql:
    """PostgreSQL with the configuration simple and unaccent, ranked by ts_rank over length; a cluster of its own, on a socket only.

    :raises NotHere: no server is installed, or this is not root, who may start one as the user ``postgres``.
    """

    name = "PostgreSQL"

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        self._names = [text.id for text in texts]
        try:
            self._cluster = Cluster(folder / "postgres")
        except NoCluster as why:
            raise NotHere(str(why)) from None
        folder.chmod(0o755)  # the user postgres passes through it
        self._cluster.start()
        self._session = self._cluster.session()
        try:
            self._load(texts)
        except BaseException:
            self.close()
            raise

    def find(self, questions: Sequence[str]) -> list[list[str]]:
        """Ids of the ten best documents for each question."""
        asked = [json.dumps([number, " | ".join(words_of(question))]) for number, question in enumerate(questions)]
        found: list[list[str]] = [[] for _ in questions]
        self._session.ask("CREATE TABLE q (n int, words text);\n" + self._inserts("q", asked))
        rows = self._session.ask(
            "SELECT q.n, t.n FROM q CROSS JOIN LATERAL (SELECT n FROM t, to_tsquery('vi', q.words) w WHERE v @@ w "
            "ORDER BY ts_rank(v, w, 2) DESC, n LIMIT 10) t; DROP TABLE q;"
        )
        for question, _, document in (line.partition("|") for line in rows if "|" in line):
            found[int(question)].append(self._names[int(document)])
        return found

    def close(self) -> None:
        """Stop the cluster; its files go with the bench's folder."""
        self._session.close()
        self._cluster.stop()

    def _load(self, texts: Sequence[Text]) -> None:
        bodies = (f"{_d(text.title)}\n{_d(text.text)}".replace("\0", " ") for text in texts)
        self._session.ask(_SCHEMA + self._inserts("t (n, body)", [json.dumps(pair) for pair in enumerate(bodies)]) + _INDEX)

    @staticmethod
    def _inserts(table: str, rows: Sequence[str]) -> str:
        """JSON pairs as rows; the quoting of a standard SQL string is all that is needed."""
        values = (row.replace("'", "''") for row in rows)
        return "".join(
            f"INSERT INTO {table} SELECT (r->>0)::int, r->>1 FROM (SELECT '{v}'::json r) x;\n"  # noqa: S608  (quoted above)
            for v in values
        )
