"""Questions without a judge: a sentence is taken out of a passage and asked for; the passage it stood in is what should be found.

Judged questions are few and soon tuned to.  These are as many as there are passages and of whatever the texts are about; they are
longer than what people type, and share fewer words with what answers them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from bench.relevance.questions import Question, Text

#: Words of a passage: the sentences from one to the other end of it are kept together until there are so many.
PASSAGE_WORDS = 140
#: Words of a sentence that may be asked for, and sentences of the passage it is taken from.
SHORTEST, LONGEST, FEWEST_SENTENCES = 8, 28, 4
_HEADING, _SENTENCE = re.compile(r"==+[^=\n]*==+"), re.compile(r"(?<=[.!?])\s+|\s*[\r\n]+\s*")


def passages(text: str) -> Iterator[list[str]]:
    """A text in passages of whole sentences."""
    held: list[str] = []
    words = 0
    for sentence in filter(None, _SENTENCE.split(_HEADING.sub("\n", text))):
        count = len(sentence.split())
        if held and words + count > PASSAGE_WORDS:
            yield held
            held, words = [], 0
        held.append(sentence)
        words += count
    if held:
        yield held


def cloze(texts: Iterable[Text], most: int, seed: int = 5) -> tuple[list[Question], list[Text]]:
    """At most ``most`` questions, always the same for one ``seed``, and the passages of ``texts`` without what is asked for."""
    cut = {f"{text.id}#{number}": held for text in texts for number, held in enumerate(passages(text.text))}
    dice, asked = random.Random(seed), []
    for name in dice.sample(sorted(cut), len(cut)):
        fit = [place for place, sentence in enumerate(cut[name]) if SHORTEST <= len(sentence.split()) <= LONGEST]
        if len(asked) < most and fit and len(cut[name]) >= FEWEST_SENTENCES:
            asked.append(Question(cut[name].pop(dice.choice(fit)), frozenset({name})))
    return asked, [Text(name, "", " ".join(held)) for name, held in cut.items()]
