"""A Whoosh segment writer that takes terms already counted.

It keeps the postings of a commit as numbers (:mod:`innovations.search.files.grouped`) and writes them a field at a time
(:mod:`innovations.search.files.termfiles`).  The files that come out are ordinary ones: a test reads them with Whoosh's own searcher.  Beside
them every commit leaves its postings as arrays (:mod:`innovations.search.files.arrays`), which are what this product searches in.  The
attributes relied on are the same in Whoosh 2.7.4 and 2.7.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from innovations.search.files.arrays import NAMED
from innovations.search.files.arraywriter import PostingArrays
from innovations.search.files.grouped import GroupedPostings
from innovations.search.files.schema import INDEX_NAME, SCORED, codec, schema
from innovations.search.files.segments import read_compared, read_length_codes, read_postings
from innovations.search.files.termfiles import write_field


class BulkWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's writer with :class:`GroupedPostings` and a method that takes counted terms."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        storage = FileStorage(str(folder))
        index = FileIndex.create(storage, schema(), INDEX_NAME) if fresh else FileIndex(storage, schema(), INDEX_NAME)
        super().__init__(index, codec=codec(), compound=False)
        self.pool = GroupedPostings()
        self._committed: list[Any] = []

    def add_counted(self, weights: Mapping[str, Mapping[str, float]], stored: object, columns: Mapping[str, object]) -> None:
        """Add one document.

        :param weights: index field → term → weight.
        :param stored: what the field ``doc`` shows; ``columns`` are the other columns.
        """
        document, per_document = self.docnum, self.perdocwriter
        per_document.start_doc(document)
        for field, held in weights.items():
            self.pool.add_all(field, document, held)
            length = round(sum(held.values())) if field in SCORED else 0
            per_document.add_field(field, self.schema[field], None, length)
        per_document.add_field("doc", self.schema["doc"], stored, 0)
        for name, value in columns.items():
            per_document.add_column_value(name, self.schema[name].column_type, value)
        per_document.finish_doc()
        self.docnum += 1
        self._added = True

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """Take over the postings of a segment that is merged, a whole list at a time (Whoosh: one posting at a time).

        :param docmap: old → new number of the documents that live; None when all do, in order from ``startdoc``.
        """
        for (field, term), info in reader._terms.items():
            documents, weights = read_postings(reader._terms, info, field)
            numbers = documents.tolist()
            if docmap is None:
                self.pool.add_term(field, term, [startdoc + number for number in numbers], weights.tolist())
            else:
                live = [(docmap[n], weight) for n, weight in zip(numbers, weights.tolist(), strict=True) if n in docmap]
                if live:
                    self.pool.add_term(field, term, *zip(*live, strict=True))

    def tidy(self) -> None:
        """Remove the files that the last commit replaced: after the manifest, for readers open what that names."""
        clean_files(self.storage, self.indexname, self.generation, self._committed)

    def _commit_toc(self, segments: list[Any]) -> None:
        """Write the table of contents (Whoosh: and remove at once what it replaces; a writer killed then left no index)."""
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        self._committed = segments

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        folder, segment, arrays, fields = Path(self.storage.folder), self.get_segment(), PostingArrays(), schema()
        lengths = {field: read_length_codes(folder, segment, field) for field in (*SCORED, "k")}
        for field, held in self.pool.fields():
            write_field(self.fieldwriter, field, fields[field], held, lengths[field])
            arrays.add(field, held)
        self.fieldwriter.close()
        self.pool.cleanup()
        arrays.write(folder, segment.segment_id(), read_compared(folder, segment), {field: lengths[field] for field in NAMED})
