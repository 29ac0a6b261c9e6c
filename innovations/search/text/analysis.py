"""How Vietnamese text becomes index terms; used alike for documents, queries and highlights.

Pure: no index, no settings.  Offsets always refer to the text as given, in whatever Unicode form it came, so a caller may
cut the original by them.  Not for storing or comparing names: ``core.rules.text`` does that.

Two spellings of each syllable come out.  The *canonical* one ignores where the tone mark stands and whether i or y was
written, but keeps letters and tone; the *folded* one has no accents at all, đ as d:

=============  ===========================  ========
typed          canonical                    folded
=============  ===========================  ========
hòa, hoà, HÒA  ``hoa`` + U+0300             ``hoa``
quý, quí       ``qui`` + U+0301             ``qui``
kỹ, kĩ         ``ki`` + U+0303              ``ki``
thúy           ``thuy`` + U+0301            ``thuy``
thúi           ``thui`` + U+0301            ``thui``
được           ``đươc`` + U+0323            ``duoc``
ở              ``ơ`` + U+0309               ``o``
software       ``software``                 ``software``
=============  ===========================  ========

There is no stop list (the usual English one drops ``an`` and ``in``, which are Vietnamese words) and no minimum length
(``ở`` and ``ý`` are words).  Designations are kept whole, without their joints, beside their parts:

=================  ================  ========================
typed              whole             parts
=================  ================  ========================
M-10, M‑10 U+2011  ``m10``           ``m`` ``10``
30/2020/NĐ-CP      ``302020nđcp``    ``30 2020 nđ cp``
kỹ-thuật           –                 ``kĩ`` ``thuật``
=================  ================  ========================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

#: Terms longer than this are cut: nobody types them, and an index key has a size limit.
MAX_TERM_CHARACTERS = 64

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_ANY_MARK = re.compile(f"[{_MARKS}]")
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{_INVISIBLE}]+[^\W_]*)*")  # letter by letter it takes a third longer
_JOINT = r"[-\u2010\u2011\u2012\u2013\u2212./]"
_INNER_JOINT = re.compile(rf"[\w{_MARKS}{_INVISIBLE}]{_JOINT}\w")
_RUN = re.compile(rf"{_WORD.pattern}(?:{_JOINT}{_WORD.pattern})*")
_LAST_JOINT = re.compile(rf"{_JOINT}\Z")
_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_DROP_TONES = dict.fromkeys(map(ord, _TONES))
_SHORT = re.compile(r"\b[A-ZĐĂÂÊÔƠƯ]{2,6}\b")
# After these initials y and i are the same sound, and both are written: kỹ/kĩ, quý/quí, lý/lí.
_Y_AS_I = re.compile(r"(h|k|l|m|qu|s|t|v)y")


class Syllable(NamedTuple):
    """Both spellings of one word."""

    canonical: str
    folded: str


class Word(NamedTuple):
    """One word where it stands: ``text[start:end]``."""

    start: int
    end: int
    canonical: str
    folded: str


def fold(canonical: str) -> str:
    """Take the accents off canonical text, one syllable or many: ``"đươc\u0323"`` → ``"duoc"``."""
    return _ANY_MARK.sub("", unicodedata.normalize("NFD", canonical)).replace("đ", "d")


@lru_cache(maxsize=32768)
def syllable(word: str) -> Syllable:
    """Both spellings of ``word``, which holds no spaces; any Unicode form, any case."""
    lower = unicodedata.normalize("NFC", word.lower()).translate(_DROP_INVISIBLE).replace("ð", "đ")
    decomposed = unicodedata.normalize("NFD", lower)
    tone = next((c for c in decomposed if c in _TONES), "")
    letters = unicodedata.normalize("NFC", decomposed.translate(_DROP_TONES))
    if _Y_AS_I.fullmatch(letters):
        letters = letters[:-1] + "i"
    canonical = letters[:MAX_TERM_CHARACTERS] + tone
    return Syllable(canonical, fold(canonical))


def words(text: str) -> Iterator[Word]:
    """Every word of ``text`` in reading order; the parts of a designation one by one.

    ``"Giá đỡ TB‑2"`` → giá, đỡ, tb, 2, each with its place in the text.
    """
    for match in _WORD.finditer(text):
        spelled = syllable(match.group())
        yield Word(match.start(), match.end(), spelled.canonical, spelled.folded)


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """The words of ``text`` as written; for callers that look each spelling up only once."""
    return _WORD.finditer(text)


def syllables(text: str) -> list[Syllable]:
    """Like :func:`words` without the places, for indexing."""
    return [syllable(word) for word in _WORD.findall(text)]


def shorts(text: str) -> set[str]:
    """What is written in capitals like an abbreviation, folded: ``"Kho VT, tổ KTV"`` → ``vt``, ``ktv``."""
    return {syllable(each).folded for each in _SHORT.findall(text)}


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of words joined without a space: ``"máy M-10"`` → (0, 3), (4, 8)."""
    return (match.span() for match in _RUN.finditer(text))


def begun_run(text: str) -> str | None:
    """``text`` without the joint that it ends with; None when it ends with none, or is more than one run."""
    run = _LAST_JOINT.sub("", text)
    return run if run != text and list(runs(run)) == [(0, len(run))] else None


def designation(run: str) -> Syllable | None:
    """The whole of a designation without its joints, or None when ``run`` is not one.

    ``"M-10"`` → ``m10``, which also finds ``M10``; ``"NĐ-CP"`` → ``nđcp``; ``"kỹ-thuật"`` → None.  A run is a designation
    when it has joints and holds a digit or is all capitals.
    """
    parts = _WORD.findall(run)
    if len(parts) < 2 or not (any(c.isdigit() for c in run) or run.isupper()):
        return None
    spelled = [syllable(part) for part in parts]
    whole = "".join(part.canonical for part in spelled)[:MAX_TERM_CHARACTERS]
    return Syllable(whole, fold(whole))


def designations(text: str) -> list[Syllable]:
    """Every designation in ``text``, whole."""
    if not _INNER_JOINT.search(text):
        return []  # most texts: a quarter of the time of indexing went into looking at each of their words again
    found = (designation(text[start:end]) for start, end in runs(text))
    return [whole for whole in found if whole is not None]


def whole(code: str) -> str:
    """A code as one folded term without joints, for exact look-up: ``"SK-2B-2025-0001"`` → ``"sk2b20250001"``."""
    return "".join(part.folded for part in syllables(code))[: 2 * MAX_TERM_CHARACTERS]


def beginnings(code: str) -> list[str]:
    """A code and its beginnings at each joint: ``"SK-2B-2025"`` → ``sk``, ``sk2b``, ``sk2b2025``."""
    parts = [part.folded for part in syllables(code)]
    return ["".join(parts[:count])[: 2 * MAX_TERM_CHARACTERS] for count in range(1, len(parts) + 1)]


class Unfinished(NamedTuple):
    """How the words are spelled that complete a half-typed one.

    :param accented: whether canonical spellings are compared, or folded ones.
    :param starts: one of these they begin with; ``tone`` is what they end with (empty: any).
    """

    accented: bool
    starts: tuple[str, ...]
    tone: str

    def completed_by(self, word: Syllable) -> bool:
        """Whether ``word`` is one of them."""
        term = word.canonical if self.accented else word.folded
        return term.startswith(self.starts) and term.endswith(self.tone)


def letters_and_tone(term: str) -> tuple[str, str]:
    """A canonical syllable without its tone, and the tone, which stands behind the letters: ``"luyên" + U+0323``."""
    tone = term[-1] if term[-1:] in _TONES and term else ""
    return term.removesuffix(tone), tone


def accents(word: Syllable) -> frozenset[str]:
    """Tone and signs of a syllable, be they on whichever letter: of ``được`` U+0323, U+031B and đ."""
    return frozenset(each for each in unicodedata.normalize("NFD", word.canonical) if unicodedata.combining(each) or each == "đ")


def unfinished(word: Syllable, *, accented: bool) -> Unfinished:
    """What completes a half-typed word of a query with or without accents; one that has none itself may still get them.

    ``"luyệ"`` → beginning ``luyê``, tone U+0323.  ``"quy"``, canonically ``qui``, may become ``quyết`` and ``quit``.
    """
    accented = accented and word.canonical != word.folded
    term = word.canonical if accented else word.folded
    letters, tone = letters_and_tone(term)
    if letters.endswith("i") and _Y_AS_I.fullmatch(letters[:-1] + "y"):
        return Unfinished(accented, (letters, letters[:-1] + "y"), tone)
    return Unfinished(accented, (letters,), tone)


def bigrams(folded: list[str]) -> list[str]:
    """Neighbouring folded syllables in pairs: ``["gia", "do", "pin"]`` → ``["gia do", "do pin"]``."""
    return [f"{left} {right}" for left, right in zip(folded, folded[1:], strict=False)]
