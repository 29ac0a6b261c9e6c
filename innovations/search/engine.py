"""The search engine over Whoosh's files: answers every query from arrays, after the reader's rights were applied.

One object per process, used by several threads; a lock lets one search at a time, for arrays gain nothing from more.
It only reads.  Trouble with the index never becomes an error page: results say that they are not available, and why, and the
database answers plainly instead (:mod:`innovations.search.plain`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np

from innovations.search import plain
from innovations.search.answers import answering, stock
from innovations.search.answers.reader import IndexReader, readable_manifest
from innovations.search.answers.snapshot import Snapshot
from innovations.search.answers.understanding import understand
from innovations.search.asking.query import Query
from innovations.search.duplicates import alike
from innovations.search.files.checksums import sizes_differ
from innovations.search.files.generations import IndexFolder, IndexProblem, Unclear
from innovations.search.files.schema import whoosh_is_known
from innovations.search.port import (
    MAX_PER_PAGE,
    Explanation,
    Facet,
    Filters,
    Hit,
    Ranking,
    Reading,
    Reason,
    Results,
    Similar,
    Sort,
)
from innovations.search.registry import Titles
from innovations.search.text.abbreviations import Abbreviations

ALL_FACETS = tuple(Facet)
NO_FILTERS = Filters()
Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class _ExpectingTurnedBits:
    """Until all files in use are held against their checksums, whatever goes wrong in this block may come from a turned bit.

    :raises Unclear: something did; whether it was one, the checksums say.
    """

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        """Nothing is held."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, (IndexProblem, FileNotFoundError)):
            return
        if not self._reader.inspection.finished():
            _log.error("the search index could not be read while its files are still being hashed", exc_info=error)
            raise Unclear(Reason.DAMAGED, repr(error)) from None


class WhooshEngine:
    """Searches the index in ``folder``, opened at the first query: a :class:`~innovations.search.port.SearchEngine`.

    :param titles: where the plain answer comes from while the index cannot be asked.
    :param abbreviations: what words may stand for; the shipped table when not given.
    """

    def __init__(
        self, folder: Path, titles: Titles = lambda _tokens, _filters: (), abbreviations: Abbreviations | None = None
    ) -> None:
        self.folder = IndexFolder(folder)
        self._titles = titles
        self._abbreviations = abbreviations or Abbreviations()
        self._reader = IndexReader(self.folder)
        self._lock = threading.Lock()
        self._expecting_turned_bits = _ExpectingTurnedBits(self._reader)

    def search(
        self,
        query: Query,
        reader_tokens: Collection[str],
        filters: Filters = NO_FILTERS,
        sort: Sort = Sort.RELEVANCE,
        page: int = 1,
        per_page: int = 20,
        facets: Collection[Facet] = ALL_FACETS,
        marks: bool = True,
    ) -> Results:
        """One page of what the reader may see.

        :param page: counted from 1; ``per_page`` is held between 1 and 100.
        :param marks: whether hits carry highlights; they are most of the work of a long page.
        """
        started = time.perf_counter()
        page, per_page = max(1, page), min(max(1, per_page), MAX_PER_PAGE)
        with self._lock:
            try:
                with self._expecting_turned_bits:
                    if not whoosh_is_known():
                        found = stock.answer(self._generation(), query, reader_tokens, filters, page, per_page)
                    else:
                        snapshot = self._reader.snapshot()
                        understood = understand(snapshot, query, reader_tokens, self._abbreviations.table())
                        found = Results(
                            **answering.answer(snapshot, understood, reader_tokens, filters, sort, page, per_page, facets, marks)
                        )
            except (IndexProblem, FileNotFoundError) as error:
                found = Results(available=False, reason=self.trouble(error))
        if found.reason is not None:
            found = plain.answer(self._titles(reader_tokens, filters), query, page, per_page, found.reason)
        return replace(found, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def _generation(self) -> Path:
        """The folder in use, sound and of this format.

        :raises IndexProblem: it is not.
        """
        generation = self.folder.current()
        if sizes_differ(generation, readable_manifest(generation)):
            raise IndexProblem(Reason.DAMAGED, "a file is missing or cut")
        return generation

    def rank(
        self,
        query: Query,
        reader_tokens: Collection[str],
        filters: Filters = NO_FILTERS,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 20,
        facets: Collection[Facet] = ALL_FACETS,
    ) -> Ranking:
        """The best ``limit`` ids and the counts, without any text: for whoever shows something else of the documents.

        Without facets, documents are looked at for a phrase from the best one on until there are enough; the total is then of
        those that may have it (one in ten has not).

        Of a phrase that enough texts have, those that only have it in a file are not looked for.

        :raises IndexProblem: the index cannot be asked.
        """
        with self._lock, self._expecting_turned_bits:
            snapshot = self._reader.snapshot()
            hasty = not facets and sort is Sort.RELEVANCE
            understood = understand(snapshot, query, reader_tokens, self._abbreviations.table())
            ranked = answering.best_verified(snapshot, understood.query, reader_tokens, filters, limit) if hasty else None
            ranked = ranked or answering.ranked(snapshot, understood, reader_tokens, filters, sort, limit, facets)
            return Ranking(ranked.total, tuple(snapshot.numbers("id")[ranked.documents].tolist()), ranked.facets)

    def marked(self, reading: Reading, reader_tokens: Collection[str], ids: Collection[int]) -> tuple[Hit, ...]:
        """The documents among ``ids`` that the reader may see, with the words of ``reading`` marked; none without the index."""
        return self._read(lambda snapshot: answering.marked(snapshot, reading, reader_tokens, ids), ())

    def similar(
        self,
        title: str,
        text: str,
        reader_tokens: Collection[str],
        exclude: Collection[int] = (),
        k: int = 5,
        filters: Filters = NO_FILTERS,
    ) -> tuple[Similar, ...]:
        """The ``k`` documents of ``filters`` most like the text, by its most telling words; empty when the index is not available."""
        return self._read(lambda snapshot: alike.similar(snapshot, title, text, reader_tokens, exclude, k, filters), ())

    def explain(
        self, query: Query, reader_tokens: Collection[str], filters: Filters, ids: Collection[int]
    ) -> dict[int, Explanation]:
        """What the scores of the documents among ``ids`` that the reader may see are made of, by id; without words nothing is."""

        def explained(snapshot: Snapshot) -> dict[int, Explanation]:
            understood = understand(snapshot, query, reader_tokens, self._abbreviations.table())
            return answering.explained(snapshot, understood, reader_tokens, filters, ids)

        return self._read(explained, {})

    def _read(self, answer: Callable[[Snapshot], Answer], without: Answer) -> Answer:
        """What the index answers; ``without`` when it cannot be asked."""
        with self._lock:
            try:
                with self._expecting_turned_bits:
                    return answer(self._reader.snapshot())
            except (IndexProblem, FileNotFoundError) as error:
                self.trouble(error)
                return without

    def status(self) -> dict[str, Any]:
        """``available`` and ``reason``; what there is: ``documents``, ``generation``, ``bytes``, ``last_commit``, ``inspected`` and so on."""
        with self._lock:
            try:
                snapshot, generation = self._reader.snapshot(), self.folder.current().name
            except (IndexProblem, FileNotFoundError) as error:
                return {"available": False, "reason": self.trouble(error).value, "documents": 0}
            manifest = self._reader.manifest
            assert manifest is not None  # set with the snapshot
            return {
                "available": True,
                "reason": None,
                "documents": snapshot.documents,
                "generation": generation,
                "segments": len(snapshot.segments),
                "bytes": sum(size for size, _ in manifest.files.values()),
                "last_commit": manifest.committed_at,
                "built_because": manifest.built_because,
                "inspected": self._reader.inspection.finished(),
            }

    def document_ids(self) -> set[int]:
        """Ids of all documents in the index.

        :raises IndexProblem: it cannot be read.
        """
        with self._lock:
            snapshot = self._reader.snapshot()
            return set(snapshot.numbers("id")[snapshot.live].tolist())

    def digests(self, ids: Collection[int]) -> dict[int, int]:
        """Digest of each of the documents that is in the index; see :meth:`Document.digest`.

        :raises IndexProblem: it cannot be read.
        """
        with self._lock:
            snapshot = self._reader.snapshot()
            found = snapshot.live & np.isin(snapshot.numbers("id"), list(ids))
            return dict(zip(snapshot.numbers("id")[found].tolist(), snapshot.numbers("digest")[found].tolist(), strict=True))

    def available(self) -> bool:
        """Whether searching is possible now."""
        return bool(self.status()["available"])

    def close(self) -> None:
        """Release all files; the next query opens them again."""
        with self._lock:
            self._reader.forget()

    def trouble(self, error: IndexProblem | FileNotFoundError) -> Reason:
        """Remember damage and tell the worker, which rebuilds; a missing or foreign index it notices by itself, and what is unclear now is clear soon."""
        if isinstance(error, Unclear):
            return error.reason
        problem = error if isinstance(error, IndexProblem) else IndexProblem(Reason.DAMAGED, f"{error.filename} is missing")
        if problem.reason is Reason.DAMAGED:
            self._report(problem.detail)
        if problem.reason is not Reason.MISSING:
            self._reader.condemn(problem)
        return problem.reason

    def _report(self, detail: str) -> None:
        _log.error("the search index is damaged: %s", detail)
        try:
            self.folder.report_damage(detail)
        except OSError as error:  # a full or read-only disk must not take the page down as well
            _log.error("the damage cannot be reported to the worker: %s", error)
