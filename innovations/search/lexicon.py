"""The words that one reader's documents have, and how many of them have each.

Everything that is read into a query or offered to a reader is decided by these counts alone.  A word that stands in hidden
documents only counts nothing here, so it is neither read out of keystrokes nor suggested, and cannot be known to exist.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from innovations.search.impacts import Mask
from innovations.search.snapshot import Snapshot
from innovations.search.terms import FILES

#: Counts remembered for one reader (about 100 bytes each).
MAX_REMEMBERED = 10_000


class Lexicon:
    """The words of the documents in ``visible``."""

    def __init__(self, snapshot: Snapshot, visible: Mask) -> None:
        self.snapshot, self.visible = snapshot, visible
        self._counts: dict[tuple[str, str], int] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, reader_tokens: Collection[str]) -> Lexicon:
        """The lexicon of a reader, remembered with what it counted as long as the snapshot is in use."""
        tokens = frozenset(reader_tokens)
        return snapshot.remember(("lexicon", tokens), lambda: cls(snapshot, snapshot.visible(tokens)))

    @cached_property
    def documents(self) -> int:
        """How many documents the reader may see."""
        return int(self.visible.sum())

    def count(self, field: str, term: str) -> int:
        """How many of them have the term."""
        known = self._counts.get((field, term))
        if known is None:
            if len(self._counts) >= MAX_REMEMBERED:
                self._counts.clear()
            known = int(self.visible[self.snapshot.postings(field, term).documents].sum())
            self._counts[field, term] = known
        return known

    def count_with_files(self, field: str, term: str) -> int:
        """The same, and how many have it in a file: a word that stands in files is no typing error."""
        return self.count(field, term) + self.count(FILES[field], term)

    def frequency(self, field: str, term: str) -> int:
        """How many documents have it, hidden ones too: only to leave out what nobody has without reading postings."""
        return self.snapshot.frequency(field, term)

    def beginning(self, start: str, limit: int) -> list[str]:
        """Folded words of any document that begin so, ``limit`` of each segment; :meth:`count` decides about each."""
        return list(self.snapshot.terms("f", start, limit))

    def share(self, one_in: int, most: int) -> int:
        """One in so many of the documents, between 1 and ``most``: thresholds fit small registers too."""
        return min(most, max(1, self.documents // one_in))
