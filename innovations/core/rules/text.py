"""What text may be stored at all, and how Vietnamese is folded and sorted.

Every boundary (form, import, API, file name) passes through :func:`clean_line` or :func:`clean_text`; nothing is
cleaned twice.  Not for search analysis, which has its own room; secrecy markings and numbers in words have modules of
their own and are re-exported here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.secrecy import looks_secret
from innovations.core.rules.words import in_words

__all__ = [
    "ForbiddenCharacter",
    "TooLong",
    "clean_line",
    "clean_text",
    "fold",
    "in_words",
    "looks_secret",
    "person_key",
    "vietnamese_key",
]

# Invisible leftovers of word processors, and signs in which a second text may hide behind the one that is read (tags, annotations,
# operators of formulas); they carry no meaning here and are dropped, not refused.
_DROPPED = dict.fromkeys(
    (*map(ord, "\u200b\ufeff\u00ad\u180e\u2060"), *range(0x2061, 0x2065), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
)
#: They join signs of some scripts and pictures; alone they are nothing.
_JOINERS = "\u200c\u200d"
# They make a line read differently from what is stored, so a title could lie.
_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # all but tab and line feed
_BROKEN = "\ud800-\udfff\ufdd0-\ufdef" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
# One search of the whole text: asking character by character took a third of an import's time.
_FORBIDDEN = re.compile(f"[{_CONTROLS}{_BIDI_CONTROLS}{_BROKEN}]")
_LINE_BREAKS = re.compile("\r\n|\r|\u0085|\u2028|\u2029")
# Not ``\s``: Python counts control characters (U+001C …) as white space, and those are to be refused.
_BLANKS = " \t\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_SPACES = re.compile(f"[{_BLANKS}]+")


class TooLong(Invalid):
    """The text is longer than its field; the datum says by how much."""

    message = N_("Dài quá %(excess)s ký tự so với mức %(maximum)s ký tự; xin rút gọn.")


class ForbiddenCharacter(Invalid):
    """A control, direction-changing or broken character that must not be stored."""

    message = N_("Có ký tự điều khiển không được phép (%(code)s) ở vị trí %(position)s; xin xóa ký tự đó.")


def clean_line(value: str, *, max_length: int, field: str) -> str:
    """Return ``value`` as one storable line: ``"  Gia\\u0301\\nđỡ "`` → ``"Giá đỡ"``.

    :param max_length: characters after composition (NFC).
    :raises ForbiddenCharacter: for control, direction and broken characters.
    :raises TooLong: naming the excess.
    """
    line = _SPACES.sub(" ", _composed(value)).strip(_BLANKS)
    return _checked(line, max_length, field)


def clean_text(value: str, *, max_length: int, field: str) -> str:
    """Return ``value`` as storable text of several lines: ``"a\\r\\nb  "`` → ``"a\\nb"``.

    :param max_length: characters after composition (NFC), line breaks counted as one.
    :raises ForbiddenCharacter: for control, direction and broken characters.
    :raises TooLong: naming the excess.
    """
    lines = (line.rstrip(_BLANKS) for line in _composed(value).split("\n"))
    return _checked("\n".join(lines).strip(_BLANKS), max_length, field)


def _composed(value: str) -> str:
    text = unicodedata.normalize("NFC", value).translate(_DROPPED)
    return _LINE_BREAKS.sub("\n", text)


def _checked(text: str, max_length: int, field: str) -> str:
    found = _FORBIDDEN.search(text)
    if found:
        raise ForbiddenCharacter(field, code=f"U+{ord(found.group()):04X}", position=found.start() + 1)
    if len(text) > max_length:
        raise TooLong(field, excess=len(text) - max_length, maximum=max_length)
    return text if text.strip(_JOINERS + _BLANKS) else ""


def fold(text: str) -> str:
    """Return ``text`` without accents and case, for comparing what people type: ``"Đồng hồ"`` → ``"dong ho"``."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))


# Marks that make another letter (the alphabet: a ă â … o ô ơ … u ư), by rank behind the plain letter.
_LETTER_RANKS = {
    ("a", "\u0306"): 1,
    ("a", "\u0302"): 2,
    ("e", "\u0302"): 1,
    ("o", "\u0302"): 1,
    ("o", "\u031b"): 2,
    ("u", "\u031b"): 1,
}
# ngang is 0; then huyền, hỏi, ngã, sắc, nặng.
_TONE_RANKS = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def vietnamese_key(text: str) -> str:
    """Return a key that sorts by code point in Vietnamese order: letters first, tones only between equal letters.

    ``sorted(["đo", "dợ", "dơ", "da"], key=vietnamese_key)`` → ``["da", "dơ", "dợ", "đo"]``.  Case and punctuation
    do not count.  The key is plain printable text, so a column or an index may hold it.
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", text.casefold()):
        letter, tone = _ranked(character)
        if letter == "!" and (not letters or letters[-1] == "!"):
            continue
        letters.append(letter)
        tones.append(tone)
    return f"{''.join(letters).rstrip('!')} {''.join(tones)}"


@lru_cache(maxsize=4096)
def _ranked(character: str) -> tuple[str, str]:
    if not character.isalnum():
        return "!", ""  # a word break sorts before every letter and digit, after the end of the text
    if character == "đ":
        return "d1", "0"
    base, *marks = list(unicodedata.normalize("NFD", character))
    if not "a" <= base <= "z":
        return base, ""
    rank = max((_LETTER_RANKS.get((base, mark), 0) for mark in marks), default=0)
    tone = max((_TONE_RANKS.get(mark, 0) for mark in marks), default=0)
    return f"{base}{rank}", str(tone)


def person_key(full_name: str) -> str:
    """Return the sort key of a person: the given name (the last word) first, then the rest.

    ``sorted(["Trần An", "Lê Bình", "Bùi An"], key=person_key)`` → ``["Bùi An", "Trần An", "Lê Bình"]``.
    """
    *rest, given = full_name.split() or [""]
    return f"{vietnamese_key(given)} {vietnamese_key(' '.join(rest))}"
