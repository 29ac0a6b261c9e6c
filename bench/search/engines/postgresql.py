"""PostgreSQL full text: the configuration simple with unaccent, a GIN index, ts_rank over length; a cluster of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.cluster import Cluster, NoCluster
from bench.search.corpus import body
from bench.search.engines import TOP, NotHere
from bench.search.kinds import Kind, Question
from innovations.search import Document

_SCHEMA = """
CREATE EXTENSION unaccent;
CREATE TEXT SEARCH CONFIGURATION vi (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION vi ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE TABLE t (n int PRIMARY KEY, title text, body text, field text, year int, unit int, battalion int, state text, v tsvector);
"""
_VECTOR = "to_tsvector('vi', title || ' ' || body)"
_INDEX = f"UPDATE t SET v = {_VECTOR}; CREATE INDEX ON t USING gin(v);"  # noqa: S608  (constants)
_COLUMNS = "n, title, body, field, year, unit, battalion, state"
_BEST = f"SELECT n FROM t, to_tsquery('vi', '%s') w WHERE v @@ w%s ORDER BY ts_rank(v, w, 2) DESC LIMIT {TOP}"  # noqa: S608  (constants)
_COUNTS = """WITH m AS MATERIALIZED (SELECT field, year, unit FROM t WHERE v @@ to_tsquery('vi', '%s'))
    SELECT 'field', field, count(*) FROM m GROUP BY field UNION ALL SELECT 'year', year::text, count(*) FROM m GROUP BY year
    UNION ALL SELECT 'unit', unit::text, count(*) FROM m GROUP BY unit;"""
_SHOWN = "SELECT n, ts_headline('vi', body, to_tsquery('vi', '%s')) FROM t JOIN (%s) b USING (n)"


class Engine:
    """One cluster in ``folder``.

    :raises NotHere: no server is installed, or this is not root.
    """

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        try:
            self._cluster = Cluster(folder)
        except NoCluster as reason:
            raise NotHere(str(reason)) from None

    def build(self, documents: Iterable[Document], count: int) -> None:
        self.open()
        self._session.ask(_SCHEMA)
        self._session.send(f"COPY t ({_COLUMNS}) FROM STDIN;\n")
        for document in documents:
            self._session.send("\t".join(map(_copied, _row(document))) + "\n")
        self._session.send("\\.\n")
        self._session.ask(_INDEX)
        self._session.ask("VACUUM FULL ANALYZE t;")
        self.close()

    def open(self) -> None:
        self._cluster.start()
        self._session = self._cluster.session()

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        if question.kind is Kind.SIMILAR:
            return None
        joint = {Kind.AND: " & ", Kind.FILTER: " & ", Kind.PHRASE: " <-> "}.get(question.kind, " | ")
        words = joint.join(question.words) + (":*" if question.kind is Kind.PREFIX else "")
        sql = _BEST % (words, _narrowed(question))
        if question.kind is Kind.FACETS:
            return lambda: (self._session.ask(_COUNTS % words), self._best(sql))[1]
        return lambda: self._best(_SHOWN % (words, sql) if question.kind is Kind.HIGHLIGHT else sql)

    def _best(self, sql: str) -> list[int]:
        return [int(line.partition("|")[0]) for line in self._session.ask(sql + ";") if line.partition("|")[0].isdigit()]

    def replace(self, document: Document) -> None:
        values = ", ".join("'{}'".format(str(value).replace("'", "''")) for value in _row(document))
        self._session.ask(f"DELETE FROM t WHERE n = {document.id}; INSERT INTO t ({_COLUMNS}) VALUES ({values});")  # noqa: S608
        self._session.ask(f"UPDATE t SET v = {_VECTOR} WHERE n = {document.id};")  # noqa: S608  (a number)

    def bytes(self) -> int:
        return int(self._session.ask("SELECT pg_total_relation_size('t');")[0])

    def memory_mb(self) -> float:
        return self._cluster.memory_mb()

    def close(self) -> None:
        self._session.close()
        self._cluster.stop()


def _row(document: Document) -> tuple[object, ...]:
    return (
        document.id, document.title, body(document), document.field, document.year, document.unit_id, document.unit_path[1],
        document.state,
    )  # fmt: skip


def _copied(value: object) -> str:
    """A value in PostgreSQL's text format."""
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _narrowed(question: Question) -> str:
    if not question.unit:
        return ""
    column = "unit" if question.unit >= 100 else "battalion"
    return (
        f" AND {column} = {question.unit} AND year BETWEEN {question.years[0]} AND {question.years[1]} AND state = 'recognised'"
    )
