"""Reads the raw keys of a Vietnamese input method, typed where none was switched on: ``cair tieens`` is ``cải tiến``.

Pure: it says how a word could be read, not whether it should be; :mod:`innovations.search.answers.understanding` asks the index.

=========  ==========================================  =====================================
           Telex                                       VNI
=========  ==========================================  =====================================
tones      s sắc, f huyền, r hỏi, x ngã, j nặng        1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng
â ê ô      the letter twice: aa ee oo                  6
ơ ư        w (alone: ư)                                7
ươ         uow, uwow                                   uo7, u7o7
ă          aw                                          8
đ          dd                                          9
=========  ==========================================  =====================================

A tone may be typed behind its vowel or at the end, a shape too:

==============================  =======================
typed                           read
==============================  =======================
kyx, thuaatj, thuajat           kỹ, thuật, thuật
ca3i, cai3, tie6n1, tien61      cải, cải, tiến, tiến
nguwowif, nguowif, ngu7o7i2     người
thuowr                          thưở, thuở (both exist)
test                            tét
windows, m10, ky                – (no Vietnamese syllable, or none with a sign)
==============================  =======================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

#: A syllable written with shapes and tone is no longer than this: ``nghieengj``, and one key to spare.
MAX_KEYS = 12

_SAC, _HUYEN, _HOI, _NGA, _NANG = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_TELEX_TONES = {"s": _SAC, "f": _HUYEN, "r": _HOI, "x": _NGA, "j": _NANG}
_VNI_TONES = {"1": _SAC, "2": _HUYEN, "3": _HOI, "4": _NGA, "5": _NANG}
_ROOF = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_VOWELS = "aăâeêioôơuưy"
_SHAPED = "ăâêôơư"
_SYLLABLE = re.compile(
    rf"(ngh|ng|nh|ch|gh|gi(?=[{_VOWELS}])|kh|ph|qu(?=[{_VOWELS}])|th|tr|[bcdđghklmnprstvx])?([{_VOWELS}]{{1,3}})(ng|nh|ch|[cmnpt])?"
)

Letters = list[str]


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """The Vietnamese syllables, in NFC, that the keys ``word`` (lower case) stand for; none when they stand for none."""
    if not (1 < len(word) <= MAX_KEYS and word.isascii() and word.isalnum() and word[0].isalpha()):
        return ()
    if any(c.isdigit() for c in word):
        typed = _typed(word, _VNI_TONES, _vni_shape)
    else:
        typed = _typed(word, _TELEX_TONES, _telex_shape)
    if typed is None:
        return ()
    letters, tone = typed
    spelled = "".join(letters)
    both = (spelled, spelled.replace("ươ", "uơ")) if spelled.endswith("ươ") else (spelled,)
    found = (_with_tone(each, tone) for each in both)
    return tuple(each for each in found if each and not each.isascii())


def _typed(word: str, tones: dict[str, str], shape: Callable[[Letters, str], bool]) -> tuple[Letters, str] | None:
    """What stands on the screen after each key in turn; None when an input method would have given up."""
    letters: Letters = []
    tone = ""
    for key in word:
        if key in tones and any(letter in _VOWELS for letter in letters):
            if tone:
                return None  # a second tone key writes itself
            tone = tones[key]
        elif shape(letters, key):
            continue
        elif key.isalpha():
            letters.append(key)
        else:
            return None
    return letters, tone


def _telex_shape(letters: Letters, key: str) -> bool:
    if key == "w":
        if _horns(letters) or _replace_last(letters, {"a": "ă"}):
            return True
        letters.append("ư")
        return True
    if key == "d":
        return _bar(letters)
    return key in _ROOF and _replace_last(letters, {key: _ROOF[key]}, adjacent=letters[-1:] != [] and letters[-1] in _VOWELS)


def _vni_shape(letters: Letters, key: str) -> bool:
    if key == "7":
        return _horns(letters)
    if key == "8":
        return _replace_last(letters, {"a": "ă"})
    if key == "9":
        return _bar(letters)
    return key == "6" and _replace_last(letters, _ROOF)


def _bar(letters: Letters) -> bool:
    """d at the beginning becomes đ."""
    if letters[:1] != ["d"]:
        return False
    letters[0] = "đ"
    return True


def _horns(letters: Letters) -> bool:
    """``uo`` becomes ươ; else the last o or u, unless an a stands behind it that takes the sign: oa, qua."""
    written = "".join(letters)
    if (place := written.find("uo")) >= 0 and written[:place] != "q":
        letters[place : place + 2] = "ư", "ơ"
        return True
    if "oa" in written or "qua" in written:
        return False
    return _replace_last(letters, _HORN)


def _replace_last(letters: Letters, shaped: dict[str, str], *, adjacent: bool = False) -> bool:
    """The last letter that can take the sign takes it; with ``adjacent`` only the very last letter."""
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in shaped:
            letters[place] = shaped[letters[place]]
            return True
        if adjacent:
            return False
    return False


def _with_tone(letters: str, tone: str) -> str:
    """The syllable with its tone where it is written; empty when it is none, but a loan such as ``kitoo`` needs no tone."""
    parts = _SYLLABLE.fullmatch(letters)
    if parts is None or not tone:
        return "" if tone else letters
    begin, vowels, final = parts.start(2), parts[2], parts[3]
    shaped = [place for place, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        place = shaped[-1]
    else:
        place = len(vowels) - 1 if final and len(vowels) > 1 else (len(vowels) - 1) // 2
    at = begin + place + 1
    return unicodedata.normalize("NFC", letters[:at] + tone + letters[at:])
