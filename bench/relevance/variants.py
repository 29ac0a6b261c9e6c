"""The same question as different people type it.  Pure; the dice of the typing error are thrown from the question itself.

==================  ==============================================
as typed            cải tiến kỹ thuật hòa
NFD                 the same letters, each mark a character of its own
without accents     cai tien ky thuat hoa
tone placement      cải tiến kỹ thuật hoà
Telex               cair tieens kyx thuaatj hoaf
VNI                 cai3 tie6n1 ky4 thua6t5 hoa2
one typo            cải tiến kỹ thậut hòa
==================  ==============================================
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0301": ("s", "1"), "\u0323": ("j", "5")}
_SHAPES = {"\u0302": ("", "6"), "\u031b": ("w", "7"), "\u0306": ("w", "8")}
# Where the tone stands when a syllable ends in two vowels: on the first (old) or on the second (new).
_OPEN = (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"),
         ("oẽ", "õe"), ("oẹ", "ọe"), ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"))  # fmt: skip
_OTHER_PLACE = {new: old for new, old in _OPEN} | {old: new for new, old in _OPEN}
_NEAR = dict(zip("abcdeghiklmnopqrstuvxy", "svxsrfjuolknpiowedybdt", strict=True))


def decomposed(text: str) -> str:
    """``text`` in NFD."""
    return unicodedata.normalize("NFD", text)


def without_accents(text: str) -> str:
    """``text`` in plain letters, đ as d."""
    bare = "".join(c for c in decomposed(text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def other_tone_place(text: str) -> str:
    """``hòa`` for ``hoà`` and the other way round, where the syllable ends there; ``quý`` stays (its u is no vowel)."""
    return re.sub(r"(?<![qQ])(" + "|".join(_OTHER_PLACE) + r")(?!\w)", lambda match: _OTHER_PLACE[match[1]], text)


def telex(text: str) -> str:
    """The keys of the Telex input method."""
    return _WORD.sub(lambda match: _keys(match[0], 0), text)


def vni(text: str) -> str:
    """The keys of the VNI input method."""
    return _WORD.sub(lambda match: _keys(match[0], 1), text)


def _keys(word: str, method: int) -> str:
    keys, tone = [], ""
    for c in decomposed(unicodedata.normalize("NFC", word)):
        if c in _TONES:
            tone = _TONES[c][method]
        elif c in _SHAPES:
            keys.append(_SHAPES[c][method] or keys[-1].lower())
        elif c in "đĐ":
            keys.append("dd" if method == 0 else "d9")
        else:
            keys.append(c)
    return "".join(keys) + tone


def one_typo(text: str) -> str:
    """One letter of one word of three letters or more left out, doubled, swapped with the next or hit beside."""
    dice = random.Random(text)
    words = [match for match in _WORD.finditer(text) if len(match[0]) >= 3]
    if not words:
        return text
    word = dice.choice(words)
    wrong = next(spelled for spelled in (_mistyped(word[0], dice) for _ in range(20)) if spelled != word[0])
    return text[: word.start()] + wrong + text[word.end() :]


def _mistyped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word) - 1)
    beside = _NEAR.get(without_accents(word[at]).lower(), "a")
    return dice.choice((
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + beside + word[at + 1 :],
    ))  # fmt: skip


#: Column → how the question becomes what is typed.
VARIANTS: dict[str, Callable[[str], str]] = {
    "as typed": str,
    "NFD": decomposed,
    "no accents": without_accents,
    "tone place": other_tone_place,
    "Telex": telex,
    "VNI": vni,
    "one typo": one_typo,
}
