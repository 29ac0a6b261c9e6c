"""A Whoosh segment writer that takes terms already counted, and keeps the postings of a commit grouped by term.

Stock Whoosh makes a tuple of every posting, sorts them all and spills them to disk as pickles; grouped by term they need a
quarter of the memory and no sort but that of the terms.  The files that come out are ordinary ones: a test reads them with
Whoosh's own searcher.  Beside them every commit leaves its postings as arrays (:mod:`innovations.search.arrays`), which are what
this product searches in.  The attributes relied on are the same in Whoosh 2.7.4 and 2.7.5.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.system import pack_uint, pack_ushort
from whoosh.writing import SegmentWriter

from innovations.search.arraywriter import PostingArrays
from innovations.search.schema import INDEX_NAME, SCORED, codec, schema
from innovations.search.segments import read_lengths, read_postings

_ONCE = pack_uint(1)  # the frequency Whoosh's format asks for; weights carry the truth


class GroupedPostings:
    """Stands in for Whoosh's posting pool: field → term → [document, weight, document, weight, …]."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, list[float]]] = defaultdict(dict)

    def add_term(self, field: str, term: bytes, documents: Iterable[int], weights: Iterable[float]) -> None:
        """The postings of a term of a segment that is merged; documents follow those that were added before."""
        held = self._fields[field].setdefault(term, [])
        for document, weight in zip(documents, weights, strict=True):
            held += (document, weight)

    def add_all(self, field: str, document: int, weights: Mapping[str, float]) -> None:
        """All terms of one field of one document; documents come in ascending order."""
        held = self._fields[field]
        for term, weight in weights.items():
            name = term.encode("utf-8", "replace")
            if name in held:
                held[name] += (document, weight)
            else:
                held[name] = [document, weight]

    def write(self, writer: Any, lengths: Callable[[str], NDArray[np.float32]]) -> PostingArrays:
        """Hand everything to Whoosh's field writer in its order, and return it as arrays.

        :param lengths: a field → its length in each document.
        """
        fields, arrays = schema(), PostingArrays()
        for field in sorted(self._fields):
            of_document = lengths(field).astype(np.int64)
            payload = _ONCE if field in SCORED else b""
            writer.start_field(field, fields[field])
            lists = self._fields.pop(field)
            for term in sorted(lists):
                held = lists.pop(term)  # freed as the arrays grow: together they would take half as much memory again
                documents: array[int] = array("I", held[::2])  # type: ignore[arg-type]  # these are whole numbers
                weights = array("f", held[1::2])
                arrays.add(field, term, documents, weights)
                if len(documents) == 1:
                    _write_single(writer, term, documents[0], weights[0], payload, int(of_document[documents[0]]))
                else:
                    _write_term(writer, term, documents, weights, payload, of_document)
            writer.finish_field()
        return arrays

    def cleanup(self) -> None:
        """Forget everything; Whoosh calls it when the segment is closed."""
        self._fields.clear()


def _write_term(
    writer: Any, term: bytes, documents: array[int], weights: array[float], payload: bytes, lengths: NDArray[np.int64]
) -> None:
    """A posting list, a block at a time (Whoosh: a posting at a time, which was a third of the time of a rebuild)."""
    writer.start_term(term)
    postings = writer._postwriter
    for start in range(0, len(documents), postings._blocklimit):
        if start:
            postings._write_block()
        block = slice(start, start + postings._blocklimit)
        of_block = lengths[np.frombuffer(documents[block], np.uint32)]
        postings._ids, postings._weights = documents[block], weights[block]
        postings._values = [payload] * len(of_block) if payload else []
        postings._minlength, postings._maxlength = int(of_block.min()) or None, int(of_block.max())
        postings._maxweight = max(weights[block])
    writer.finish_term()


def _write_single(writer: Any, term: bytes, document: int, weight: float, payload: bytes, length: int) -> None:
    """A term of one document: its posting stands in the term's own entry, as the format allows and Whoosh reads.

    Whoosh itself never writes so (it calls a method that is not there).  Most bigrams are seen once, and a compressed block for
    each took half the time of a commit.
    """
    info = W3TermInfo(weight, 1, length or None, length, weight, document, document)
    info.set_inlined((document,), (weight,), (payload,) if payload else ())
    writer._tindex.add(pack_ushort(writer._fieldid) + term, info.to_bytes())


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
                self.pool.add_term(field, term, (startdoc + number for number in numbers), weights.tolist())
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
        folder, segment = Path(self.storage.folder), self.get_segment()
        arrays = self.pool.write(self.fieldwriter, lambda field: read_lengths(folder, segment, field))
        self.fieldwriter.close()
        self.pool.cleanup()
        arrays.write(folder, segment.segment_id(), segment.doc_count_all())
