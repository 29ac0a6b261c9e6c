"""Which file of a hit to name, and the passage of it: the file with most words of the query that the page does not show yet.

A file may be long, so it is not read through: the words are looked for in its folded sequence of syllables, which is a search
for a string, and only the block of text where they stand is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from innovations.search.answers.highlight import Marker
from innovations.search.answers.snapshot import Snapshot
from innovations.search.asking.query import Query, Term
from innovations.search.files.filepack import PackedFile
from innovations.search.files.segments import reading_bytes
from innovations.search.files.terms import PART_BREAK
from innovations.search.port import FileHit, Segment
from innovations.search.text import analysis

#: Places of one word looked at in one file, and blocks of a file that are marked to find the best.
_PLACES, _BLOCKS = 50, 8

#: How a term may stand in the words of a file.
Needles = tuple[str, ...]


def file_hit(
    snapshot: Snapshot, document: int, query: Query, marker: Marker, shown: Iterable[Collection[Segment]]
) -> FileHit | None:
    """The file to name with a hit whose ``shown`` segments lack some word of the query, or None.

    :raises IndexProblem: what is kept of the files cannot be unpacked.
    """
    with reading_bytes("texts of files"):
        return _file_hit(snapshot, document, query, marker, shown)


def _file_hit(
    snapshot: Snapshot, document: int, query: Query, marker: Marker, shown: Iterable[Collection[Segment]]
) -> FileHit | None:
    seen = marker.terms_in(" ".join(text for segments in shown for text, is_hit in segments if is_hit))
    wanted = {marker.spelled(term): _needles(term) for term in query.terms() if marker.spelled(term) not in seen}
    words = snapshot.file_words(document, folded=True).decode() if wanted else ""
    if not any(needle in words for needles in wanted.values() for needle in needles):
        return None
    files = zip(snapshot.files(document), words.split(PART_BREAK)[1::2], strict=True)
    found = [(marker.terms_in(file.name) & wanted.keys(), file, sequence) for file, sequence in files]
    return _best(found, wanted, marker)


def _needles(term: Term) -> Needles:
    """What a term is in the folded words of a file, each behind a space; a half-typed one may go on."""
    if not term.prefix:
        return (f" {term.syllable.folded} ",)
    return tuple(f" {start}" for start in analysis.unfinished(term.syllable, accented=False).starts)


def _best(found: list[tuple[set[str], PackedFile, str]], wanted: Mapping[str, Needles], marker: Marker) -> FileHit | None:
    best: FileHit | None = None
    value = 0
    for in_name, file, sequence in found:
        terms, block = _best_block(file, sequence, wanted, marker)
        if len(terms | in_name) > value:
            value = len(terms | in_name)
            best = FileHit(file.name, marker.passage((block,)) if terms else ())
    return best


def _best_block(file: PackedFile, sequence: str, wanted: Mapping[str, Needles], marker: Marker) -> tuple[set[str], str]:
    """The stretch of a file's text with most of the wanted terms, and these; accents are compared only here."""
    promised: dict[int, set[str]] = defaultdict(set)
    for term, needles in wanted.items():
        for place in chain.from_iterable(_places(sequence, needle) for needle in needles):
            promised[file.block_of(place)].add(term)
    best: tuple[set[str], str] = (set(), "")
    for block in sorted(promised, key=lambda number: (-len(promised[number]), number))[:_BLOCKS]:
        if len(best[0]) >= len(promised[block]):
            break
        text = file.text_from(block)
        best = max(best, (marker.terms_in(text) & wanted.keys(), text), key=lambda held: len(held[0]))
    return best


def _places(sequence: str, needle: str) -> Iterator[int]:
    """Where in ``sequence`` the first places of ``needle`` are; both begin with a space, which is not counted."""
    at = sequence.find(needle)
    for _ in range(_PLACES):
        if at < 0:
            return
        yield at
        at = sequence.find(needle, at + 1)
