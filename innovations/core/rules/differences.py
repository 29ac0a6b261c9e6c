"""What changed between two versions of a text, for whoever read the earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

#: A stretch of text, and whether it stands in the other version at the same place.
Stretch = tuple[str, bool]
#: Words of a changed passage that are compared with each other; of a longer one all counts as changed, for that would take seconds.
MAX_WORDS = 800
_SENTENCE = re.compile(r"\s*[^.!?;\n]*[.!?;\n]+|\s*[^.!?;\n]+")
_WORD = re.compile(r"\s*\S+|\s+")


def differences(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both versions cut into stretches that stayed and stretches that went or came: first by sentences, in changed ones by words.

    ``differences("a b. c", "a x. c")`` → ``(("a", True), (" b.", False), (" c", True))`` and the same with ``" x."``.
    """
    left: list[Stretch] = []
    right: list[Stretch] = []
    for gone, come, same in _compared(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        old, new = _WORD.findall(gone), _WORD.findall(come)
        finer = not same and old and new and max(len(old), len(new)) <= MAX_WORDS
        for one, other, stays in _compared(old, new) if finer else [(gone, come, same)]:
            left.append((one, stays))
            right.append((other, stays))
    return _joined(left), _joined(right)


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, str, bool]]:
    """Passages of both that stand for each other, and whether they are equal."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[i:j]), "".join(new[k:m]), tag == "equal"


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for text, stands in stretches:
        stays = stands or not text.strip()  # blanks are nobody's change
        if joined and joined[-1][1] == stays:
            joined[-1] = (joined[-1][0] + text, stays)
        elif text:
            joined.append((text, stays))
    return tuple(joined)
