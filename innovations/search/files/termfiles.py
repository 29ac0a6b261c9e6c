"""Writes the terms and the posting lists of a segment into Whoosh's own files, a field at a time.

The files are those that Whoosh's writer makes, which takes posting by posting and compresses every list, however short: most words are
in a handful of documents, and that was a third of the time of a rebuild.  Written against Whoosh 2.7.4 and 2.7.5, whose files are alike.

===============  =================================================================================================
posting list     ``W3Bl``, then blocks of at most 1,024 postings: size (negative: the last), what is in it, what it holds
what is in it    pickle of number, last document, greatest weight, compression, least and greatest length (as one byte)
what it holds    pickle of differences of documents, weights (one number: all alike; None: all 1), payloads in a row
entry of a term  :data:`_ENTRY`, then place and size of its list, or of a single posting a pickle of that
===============  =================================================================================================
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.filedb.filetables import _lengths
from whoosh.system import pack_int, pack_long, pack_uint, pack_ushort

from innovations.search.files.grouped import FieldPostings

_PICKLE = 2  # the protocol that Whoosh writes
_ENTRY = W3TermInfo._struct
#: What every posting of a scored word carries in Whoosh's format: how often it stands there; weights carry the truth.
ONCE = pack_uint(1)
#: Lists up to so many postings are not compressed: it makes them hardly shorter, and takes longer than all else.
_SHORT = 8


def write_field(writer: Any, field: str, kind: Any, held: FieldPostings, lengths: NDArray[np.uint8]) -> None:
    """Hand all terms of a field to Whoosh's field ``writer``.

    :param kind: Whoosh's field; ``lengths`` are those of each document in Whoosh's one byte.
    """
    writer.start_field(field, kind)
    payload = ONCE if kind.format.fixed_value_size() else None
    _add_entries(writer._tindex, pack_ushort(writer._fieldid), held.terms, _Lists(writer, held, lengths, payload).entries())
    writer.finish_field()


class _About(NamedTuple):
    """A term and its list: sum of weights and greatest one, least and greatest length as one byte, first and last document."""

    number: int
    weight: float
    most: float
    shortest: int
    longest: int
    first: int
    last: int


class _Lists:
    """Writes the posting lists of one field one after the other, and says what the entry of each term is."""

    def __init__(self, writer: Any, held: FieldPostings, lengths: NDArray[np.uint8], payload: bytes | None) -> None:
        self._file, self._limit = writer._postfile, writer._postwriter._blocklimit
        self._compression = writer._postwriter._compression
        self._held, self._payload = held, payload
        self._lengths = lengths[held.documents]
        self._differences = np.diff(held.documents, prepend=np.uint32(0))

    def entries(self) -> Iterator[bytes]:
        """The entry of each term in turn; its list is written before."""
        bounds, at = self._held.starts.tolist(), self._file.tell()
        for about in self._summed() if bounds[-1] else ():
            begin, end = bounds[about.number], bounds[about.number + 1]
            entry = _ENTRY.pack(
                end - begin == 1, about.weight, end - begin, about.shortest, about.longest, about.most, about.first, about.last
            )
            if end - begin == 1:
                yield entry + self._single(about)
            else:
                written = self._list(about, begin, end)
                self._file.write(written)
                yield entry + pack_long(at) + pack_int(len(written))
                at += len(written)

    def _summed(self) -> Iterator[_About]:
        documents, weights, first = self._held.documents, self._held.weights, self._held.starts[:-1]
        return map(
            _About, range(len(first)), np.add.reduceat(weights, first, dtype=np.float64).tolist(),
            np.maximum.reduceat(weights, first).tolist(), np.minimum.reduceat(self._lengths, first).tolist(),
            np.maximum.reduceat(self._lengths, first).tolist(), documents[first].tolist(),
            documents[self._held.starts[1:] - 1].tolist(),
        )  # fmt: skip

    def _single(self, about: _About) -> bytes:
        """The only posting stands in the term's own entry, as the format allows and Whoosh reads; Whoosh never writes so."""
        return pickle.dumps(((about.first,), (about.most,), (self._payload,) if self._payload else ()), _PICKLE)

    def _list(self, about: _About, begin: int, end: int) -> bytes:
        if end - begin <= self._limit:
            return WHOOSH3_HEADER_MAGIC + self._block(begin, end, about.most, about.shortest, about.longest, last=True)
        return WHOOSH3_HEADER_MAGIC + b"".join(
            self._block(
                start, start + len(lengths), self._held.weights[start : start + len(lengths)].max().item(), lengths.min().item(),
                lengths.max().item(), last=start + len(lengths) == end,
            )
            for start in range(begin, end, self._limit)
            if len(lengths := self._lengths[start : min(start + self._limit, end)])
        )  # fmt: skip

    def _block(self, begin: int, end: int, most: float, shortest: int, longest: int, *, last: bool) -> bytes:
        differences, weights, count = self._differences[begin:end].tolist(), self._held.weights[begin:end].tolist(), end - begin
        differences[0] = int(self._held.documents[begin])
        alike = weights.count(most) == count
        stored = (None if most == 1.0 else most) if alike else tuple(weights)
        content = pickle.dumps((tuple(differences), stored, self._payload * count if self._payload else None), _PICKLE)
        compression = self._compression if count > _SHORT else 0
        if compression:
            content = zlib.compress(content, compression)
        head = pickle.dumps((count, int(self._held.documents[end - 1]), most, compression, shortest, longest), _PICKLE)
        size = len(head) + len(content)
        return pack_int(-size if last else size) + head + content


def _add_entries(table: Any, prefix: bytes, terms: Iterable[bytes], entries: Iterable[bytes]) -> None:
    """Add terms, ascending, to Whoosh's table, all in one go (one at a time: a fifth of the time of a rebuild)."""
    at, buckets, hashed, added = table.dbfile.tell(), table.buckets, table.hashfn, []
    for term, entry in zip(terms, entries, strict=True):
        key = prefix + term
        table.index.append(at)
        number = hashed(key)
        buckets[number & 255].append((number, at))
        row = _lengths.pack(len(key), len(entry)) + key + entry
        added.append(row)
        at += len(row)
        table.lastkey = key
    table.dbfile.write(b"".join(added))
