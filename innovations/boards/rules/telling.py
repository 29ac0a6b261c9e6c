"""Where a text tells whose work it is: names and units as people really write them, and what follows for a file [ours].

A phrase of three words or more ("Nguyễn Văn An", "Tiểu đoàn 5") is found whatever its accents and spaces.  A shorter one would be
found in every second sentence then ("văn an" in "van an toàn"): it has its accents, or has none and begins with capitals.
A given name alone is found after a form of address ("đồng chí An").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.core.rules.text import fold
from innovations.people.rules.persons import FORMS_OF_ADDRESS

LONG_PHRASE = 3  # words
SPELT_FROM = 7  # letters: shorter phrases written as one word, or letter by letter, are other words by chance
PLACES_MAX = 5  # passages shown of one file
RULING_REASON_MAX = 500  # characters
AROUND = 70  # characters of a passage on each side

_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]+")
_GAP = r"[\W_]{1,6}"
_SPELT_GAP = r"[\W_]{0,3}"  # N G U Y Ễ N, nguyen.van.an, NguyenVanAn
_ADDRESS = "|".join(map(re.escape, FORMS_OF_ADDRESS))
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"


class Finding(Labelled):
    """What the text of a file says of its authors."""

    NAMES = "names", N_("có nêu tên")
    CLEAR = "clear", N_("không thấy nêu tên")
    PARTLY = "partly", N_("chỉ đọc được phần đầu, xin tự xem phần sau")
    UNREADABLE = "unreadable", N_("không đọc được chữ, xin tự xem")
    WAITING = "waiting", N_("máy chưa đọc xong")


@dataclass(frozen=True)
class Place:
    """A passage: the telling words and what stands around them."""

    before: str
    words: str
    after: str


def withheld(finding: Finding, ruled: bool | None) -> bool:
    """Say whether a file stays away from who scores without knowing the authors.

    :param ruled: what the secretary decided for this file, if anything; it goes before what was found.
    """
    return finding in (Finding.NAMES, Finding.WAITING) if ruled is None else ruled


def _plain(text: str) -> str:
    """The text without accents and case, letter for letter: ``"Đồng hồ"`` → ``"dong ho"``."""
    bare = {ord(letter): folded for letter in set(text) if len(folded := fold(letter)) == 1}
    return text.translate(bare)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", _plain(text))


def _tolerant(words: list[str]) -> str | None:
    """The pattern of a phrase in a text without accents and case; none for a short phrase."""
    if len(words) < LONG_PHRASE:
        return None
    spelt = "".join(words)
    return _SPELT_GAP.join(spelt) if len(spelt) >= SPELT_FROM else _GAP.join(words)


def _typed(words: list[str]) -> str | None:
    """The pattern of a name of two words typed without accents: ``"Van An"``, ``"VAN AN"``, and not ``"van an"``."""
    return _GAP.join(f"(?:{word.capitalize()}|{word.upper()})" for word in words) if len(words) == LONG_PHRASE - 1 else None


def spans(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the phrases stand in a composed (NFC) text, in order; overlapping places are one."""
    plain, letters = _plain(text), _letters(text)
    wanted = {" ".join(normalize("NFC", phrase).split()) for phrase in phrases} - {""}
    there = [phrase for phrase in wanted if _letters(phrase) in letters]  # most stand nowhere, and this is quick
    found = _addressed(text, wanted)
    for phrase in there:
        words = _WORD.findall(_plain(phrase))
        exact = r"\s+".join(map(re.escape, phrase.split()))  # between its words a phrase may run over a line's end
        found += _found(exact, text, re.IGNORECASE)
        found += _found(_tolerant(words), plain)
        found += _found(_typed(words), text)
    return _joined(sorted(found))


def _found(pattern: str | None, text: str, flags: int = 0) -> list[tuple[int, int]]:
    return [each.span() for each in re.finditer(f"{_START}(?:{pattern}){_END}", text, flags)] if pattern else []


def _addressed(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Where the last word of a name of several stands after a form of address: the "An" of "đồng chí An" and "THIẾU TÁ AN"."""
    given = {words[-1] for phrase in phrases if len(words := phrase.split()) > 1 and words[-1].istitle()}
    spelt = {spelling for word in given for spelling in (word, word.upper()) if spelling in text}
    if not spelt:
        return []
    pattern = rf"{_START}(?i:{_ADDRESS})[\s.:,]{{1,3}}({'|'.join(map(re.escape, sorted(spelt)))}){_END}"
    return [each.span(1) for each in re.finditer(pattern, text)]


def _joined(ordered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ordered:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def places(text: str, phrases: Iterable[str]) -> tuple[Place, ...]:
    """Return the first passages of a file's text that tell whose work it is."""
    composed = normalize("NFC", text)
    return tuple(
        Place(_line(composed[max(0, start - AROUND) : start]), _line(composed[start:end]), _line(composed[end : end + AROUND]))
        for start, end in spans(composed, phrases)[:PLACES_MAX]
    )


def _line(text: str) -> str:
    """As part of one line; the blanks at its ends stay, as they part it from its neighbours."""
    return re.sub(r"\s+", " ", text)
