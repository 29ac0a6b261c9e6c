"""A text in its words, and its abbreviations written out by the words of another: ``AQ`` by ``ắc quy``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, Self

from innovations.search.files.said import READ_WORDS, Compared
from innovations.search.text import analysis

#: Characters of text that are read: so many words as are read, written out, and some more.
READ_CHARACTERS = 6000


class Said:
    """The folded words of a title and a text in reading order, and what in them is written in capitals like an abbreviation."""

    def __init__(self, title: Sequence[str], text: Sequence[str], shorts: Iterable[str] = ()) -> None:
        self.title, self.text, self.shorts = title, text[:READ_WORDS], frozenset(shorts)

    @classmethod
    def of(cls, title: str, text: str) -> Self:
        """As it was typed: ``of("Kho VT", "…")`` has the words ``kho``, ``vt`` and the short ``vt``."""
        titled, told = ([*map(_read, part.split())] for part in (title, text[:READ_CHARACTERS]))
        words = ([word for each in parts for word in each.words] for parts in (titled, told))
        return cls(next(words), next(words), frozenset[str]().union(*(each.shorts for each in (*titled, *told) if each.shorts)))

    @classmethod
    def kept(cls, held: Compared) -> Self:
        """As the index keeps it."""
        title, text, shorts = held
        return cls([*map(_folded, title.split())], [*map(_folded, text.split())], shorts)

    @cached_property
    def titled(self) -> Said:
        """The title alone."""
        return Said(self.title, (), self.shorts)

    @cached_property
    def _initials(self) -> tuple[str, str]:
        return "".join([word[:1] or " " for word in self.title]), "".join([word[:1] or " " for word in self.text])

    def words_with(self, short: str) -> Sequence[str]:
        """The first words in a row that begin with the letters of ``short``; none where it is abbreviated here too."""
        if short not in self.shorts:
            for words, initials in zip((self.title, self.text), self._initials, strict=True):
                if (place := initials.find(short)) >= 0:
                    return words[place : place + len(short)]
        return ()

    def spelled_out(self, other: Said) -> Said:
        """The same with each abbreviation replaced by the words of ``other`` that begin with its letters."""
        meant = {short: words for short in self.shorts if (words := other.words_with(short))}
        return Said(_replaced(self.title, meant), _replaced(self.text, meant), self.shorts) if meant else self


def fitting(one: Said, other: Said) -> tuple[Said, Said]:
    """Both as they are compared: without text on one side the titles, and what one abbreviates as the other one says it."""
    if not one.text or not other.text:
        one, other = one.titled, other.titled
    one = one.spelled_out(other)
    return one, other.spelled_out(one)


class _Read(NamedTuple):
    """What stands between two spaces: its folded words, and those of them that are written like an abbreviation."""

    words: Sequence[str]
    shorts: Collection[str]


@lru_cache(maxsize=32768)
def _read(part: str) -> _Read:
    return _Read(tuple(each.folded for each in analysis.syllables(part)), analysis.shorts(part))


def _replaced(words: Sequence[str], meant: Mapping[str, Sequence[str]]) -> list[str]:
    return [each for word in words for each in meant.get(word, (word,))]


@lru_cache(maxsize=32768)
def _folded(canonical: bytes) -> str:
    return analysis.fold(canonical.decode("utf-8", "replace"))
