"""Which file of a hit to name, and the passage of it: the file with most words of the query that the page does not show yet.

A file may be long, so it is not read through: the words are looked for in its folded sequence of syllables, which is a search
for a string, and only the block of text where they stand is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from innovations.search.filepack import PackedFile
from innovations.search.highlight import Marker
from innovations.search.port import FileHit, Segment
from innovations.search.query import Query
from innovations.search.snapshot import Snapshot
from innovations.search.terms import BLOCK_WORDS, PART_BREAK

#: Places of one word looked at in one file, and blocks of a file that are marked to find the best.
_PLACES, _BLOCKS = 50, 8


def file_hit(
    snapshot: Snapshot, document: int, query: Query, marker: Marker, shown: Iterable[Collection[Segment]]
) -> FileHit | None:
    """The file to name with a hit whose ``shown`` segments lack some word of the query, or None."""
    seen = {term for segments in shown for term in marker.terms_in("".join(text for text, _hit in segments))}
    # Folded as the sequence is; a half-typed word may go on.
    wanted = {
        marker.spelled(term): f" {term.syllable.folded}{'' if term.prefix else ' '}"
        for term in query.terms()
        if marker.spelled(term) not in seen
    }
    words = snapshot.file_words(document, folded=True) if wanted else ""
    if not any(needle in words for needle in wanted.values()):
        return None
    parts = [f" {part} " for part in words[1:-1].split(f" {PART_BREAK} ")]
    files = zip(snapshot.files(document), parts[1::2], strict=True)
    found = [(marker.terms_in(file.name) & wanted.keys(), file, sequence) for file, sequence in files]
    return _best(found, wanted, marker)


def _best(found: list[tuple[set[str], PackedFile, str]], wanted: Mapping[str, str], marker: Marker) -> FileHit | None:
    best: FileHit | None = None
    value = 0
    for in_name, file, sequence in found:
        terms, block = max(_blocks(file, sequence, wanted, marker), key=lambda held: len(held[0]), default=(set(), ""))
        if len(terms | in_name) > value:
            value = len(terms | in_name)
            best = FileHit(file.name, marker.passage((block,)) if terms else ())
    return best


def _blocks(file: PackedFile, sequence: str, wanted: Mapping[str, str], marker: Marker) -> Iterator[tuple[set[str], str]]:
    """The most promising stretches of a file's text with the wanted terms in each; accents are compared only here."""
    held: dict[int, set[str]] = defaultdict(set)
    for term, needle in wanted.items():
        for number in _word_numbers(sequence, needle):
            held[number // BLOCK_WORDS].add(term)
    for number in sorted(held, key=lambda block: (-len(held[block]), block))[:_BLOCKS]:
        start, end = file.starts[max(0, number - 1)], (*file.starts[number + 2 : number + 3], len(file.text))[0]
        text = file.text[start:end].replace("\n", " ")
        if terms := marker.terms_in(text) & wanted.keys():
            yield terms, text


def _word_numbers(sequence: str, needle: str) -> Iterator[int]:
    """Which words of ``sequence``, counted from 0, the first places of ``needle`` are."""
    number, counted, at = -1, 0, sequence.find(needle)
    for _ in range(_PLACES):
        if at < 0:
            return
        number += sequence.count(" ", counted, at + 1)
        counted = at + 1
        yield number
        at = sequence.find(needle, at + 1)
