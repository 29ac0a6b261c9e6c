"""Every posting list of some segments once more, as arrays that are read without decoding: one file beside Whoosh's own.

Whoosh keeps a posting list as pickled, compressed blocks, in each segment apart.  At 100,000 documents in ten segments the first use
of a pair of words took 8 ms to unpickle; here it is a search for eight bytes and one read, 0.1 ms.  Whoosh never looks at this
file: it removes it with the segment whose name it carries, and any Whoosh reads the index with or without it.

=========  ============================================================================================
header     :data:`MAGIC`, length of what follows, JSON: see :class:`Layout`
hashes     one ``u8`` for each term, ascending: :func:`hash_of` its field and text
starts     one ``u4`` for each term and one more: where its weights begin
common     one ``u4`` for each term in more than one of :data:`ONE_IN` documents: its number among all, ascending
counts     one ``u4`` for each of them: in how many documents it stands
documents  one ``i4`` for each posting of the other terms, numbered across the segments, ascending within a term
weights    one for each of these postings, in halves (every weight of ``terms.WEIGHTS`` is a multiple of a half); of a common
           term one for every document of the file, zero where it does not stand: read as it is, without a list of documents
names      for each field of :data:`NAMED` its terms in byte order: ``u4`` ends, ``u4`` where their hashes stand, the bytes
lengths    for each field of :data:`NAMED` a ``u1`` for each document: Whoosh's byte for its length
begun      the beginnings in many documents, a line for those of the same words, with tabs: :mod:`innovations.search.files.beginnings`
begun df   one ``u4`` for each line: in how many documents these words stand
begun rows one ``u1`` for each line in every document of the file: points, zero where none of them stands
said ends  one ``u4`` for each document: where its words end (:mod:`innovations.search.files.said`)
said       for each word of each document a ``u4``, its number among the names of ``f``, a ``u1``, how often, and a ``u1``, where
=========  ============================================================================================

Two of six million terms share a hash once in a million indexes; they would then be found for one another.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.generations import IndexProblem
from innovations.search.files.terms import FILES
from innovations.search.port import Reason

MAGIC = b"postings as arrays 4\n"
SUFFIX = ".arrays"
#: Fields whose terms are listed by their beginning: words, but neither keys nor pairs.
NAMED = (*FILES, *FILES.values())
_ALIGNED = 8
_NEVER = 2**62
#: A term in more documents than one in so many is common: its row is at most four times as long as its list would be.
ONE_IN = 8
#: A file of fewer documents has no rows: of several short lists all are read at once.
FROM = 1024
_LENGTH = struct.Struct("<I")
#: Terms whose hash is remembered (about 200 bytes each): a query asks for each several times, in several files.
_HASHES_KEPT = 8192


@dataclass(frozen=True)
class Layout:
    """What the header says.

    :param segments: Whoosh's names of the segments, in the order in which their ``documents`` are numbered.
    :param common: how many terms are common, ``listed`` how many postings the others have.
    :param weight: numpy's name of the type of a weight; ``names`` maps a field to its number of terms and of their bytes.
    :param begun: how many rows beginnings have, and of how many bytes these are; ``said`` is how many different words all documents have.
    """

    segments: Sequence[str]
    documents: int
    terms: int
    common: int
    listed: int
    weight: str
    names: Mapping[str, tuple[int, int]]
    begun: tuple[int, int]
    said: int
    byteorder: str = sys.byteorder

    def header(self) -> bytes:
        """The bytes that the file begins with."""
        text = json.dumps(vars(self)).encode()
        return padded(MAGIC + _LENGTH.pack(len(text)) + text)

    @property
    def weights(self) -> int:
        """How many weights there are."""
        return self.listed + self.common * self.documents

    def sizes(self) -> dict[str, int]:
        """Section → bytes, in their order."""
        held = {"hashes": 8 * self.terms, "starts": 4 * (self.terms + 1), "common": 4 * self.common}
        held |= {"counts": 4 * self.common, "documents": 4 * self.listed}
        held["weights"] = np.dtype(self.weight).itemsize * self.weights
        for field, (terms, size) in self.names.items():
            held |= {f"ends {field}": 4 * terms, f"places {field}": 4 * terms, f"names {field}": size}
        held |= {f"lengths {field}": self.documents for field in self.names}
        begun, text = self.begun
        held |= {"begun": text, "begun df": 4 * begun, "begun rows": begun * self.documents}
        return held | {
            "said ends": 4 * self.documents,
            "said words": 4 * self.said,
            "said counts": self.said,
            "said marks": self.said,
        }

    def places(self) -> dict[str, int]:
        """Section → where it begins; ``end`` is the size of the file."""
        at, found = len(self.header()), {}
        for name, size in self.sizes().items():
            found[name] = at
            at += -(-size // _ALIGNED) * _ALIGNED
        return found | {"end": at}


def padded(section: bytes) -> bytes:
    """A section as it stands in the file: the next one begins at a multiple of eight."""
    return section + bytes(-len(section) % _ALIGNED)


@lru_cache(maxsize=_HASHES_KEPT)
def hash_of(field: str, term: str) -> int:
    """The number under which a term is found."""
    return int.from_bytes(digest_of(field, term.encode("utf-8", "replace")), sys.byteorder)


def digest_of(field: str, term: bytes) -> bytes:
    """The same as eight bytes."""
    return blake2b(field.encode() + b"\0" + term, digest_size=8).digest()


def is_common(counts: NDArray[np.int64], documents: int) -> NDArray[np.bool_]:
    """Which terms, by the number of documents that have them, are common in a file of so many."""
    return counts >= common_from(documents)


def common_from(documents: int) -> int:
    """From how many postings on a term is common."""
    return documents // ONE_IN + 1 if has_rows(documents) else _NEVER


def has_rows(documents: int) -> bool:
    """Whether a file of so many can have rows."""
    return documents >= FROM


def read_layout(path: Path) -> Layout:
    """What the header of the file at ``path`` says.

    :raises FileNotFoundError: it is not there.
    :raises IndexProblem: it is not such a file, or not as long as it says.
    """
    with path.open("rb") as file:
        return read_layout_of(file, os.fstat(file.fileno()).st_size, path.name)


def read_layout_of(file: IO[bytes], size: int, name: str = "memory") -> Layout:
    """The same of a file of that size, open at its beginning.

    :raises IndexProblem: as above.
    """
    try:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError("another format")
        layout = Layout(**json.loads(file.read(_LENGTH.unpack(file.read(_LENGTH.size))[0])))
        if layout.byteorder != sys.byteorder or layout.places()["end"] != size:
            raise ValueError("another size or order of bytes")
    except (ValueError, TypeError, struct.error) as error:
        raise IndexProblem(Reason.DAMAGED, f"{name}: {error}") from error
    return layout


def runs(folder: Path, names: Sequence[str]) -> list[list[str]]:
    """The segments ``names`` in runs, each with one file of arrays, which carries the name of its last segment.

    :raises FileNotFoundError: the last segment has no file.
    :raises IndexProblem: a file is of other segments than these.
    """
    found, waiting = [], []
    for name in names:
        waiting.append(name)
        path = folder / f"{name}{SUFFIX}"
        if path.exists() or name == names[-1]:
            if list(read_layout(path).segments) != waiting:
                raise IndexProblem(Reason.DAMAGED, f"{path.name} is of other segments")
            found.append(waiting)
            waiting = []
    return found
