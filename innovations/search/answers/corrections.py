"""Did you mean: words of a query that look mistyped, and what the reader's documents have instead.

A word is suspect when few visible documents have it, or none with these accents.  Its candidates are one
letter away (left out, doubled, swapped, another), parted where a space is missing, or joined with the next word where there is
one too many; the one that stands beside the neighbours most often wins.  Thresholds are shares of what the reader may see.

==================  ===================  =========================================
typed               meant                why
==================  ===================  =========================================
kỹ thaut            kỹ thuật             one letter away, stands behind kỹ
cảitiến kỹ thuật    cải tiến kỹ thuật    a space is missing
kỹ thu ật           kỹ thuật             a space too many
kỹ thuạt            kỹ thuật             nobody writes it with this sign
==================  ===================  =========================================
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from innovations.search.answers.lexicon import Lexicon
from innovations.search.asking.query import Query
from innovations.search.text import analysis
from innovations.search.text.analysis import Syllable

#: Suspects looked at in one query; candidates counted for each.
MAX_SUSPECTS, MAX_CANDIDATES = 4, 40
#: A word in at most one document of so many (200 at most) is rare.
RARE_ONE_IN, RARE_MOST = 500, 200
#: Documents in which a candidate stands beside its neighbours: one in so many (3 at most), and so many times the suspect's own.
SUPPORT_ONE_IN, SUPPORT_MOST, TIMES_MORE = 1000, 3, 10
#: Documents in which a candidate must stand beside the neighbours of a word that exists, or may.
FAMILIAR = 2
#: Shortest word that is corrected, shortest foreign word that is without a neighbour's help (letters).
MIN_LETTERS, MIN_FOREIGN_LETTERS = 3, 5
#: Documents whose spelling is looked up, and characters of each that are read.
_SPELLED_BY, _CHARACTERS = 3, 20_000
_LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
_SYLLABLE = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ng|nh|ch|[cmnpt])?")


@dataclass(frozen=True)
class Correction:
    """``typed`` (one word, or two with a space too many) was probably to be ``spelled`` (one word or two)."""

    typed: tuple[Syllable, ...]
    spelled: tuple[str, ...]

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        """The words meant."""
        return tuple(map(analysis.syllable, self.spelled))


def corrections(query: Query, lexicon: Lexicon, leave: Callable[[], set[Syllable]]) -> list[Correction]:
    """What should be offered for ``query``; the words of ``leave`` are taken as they are, which only suspects are asked about."""
    words = dict.fromkeys([term.syllable for term in query.terms() if not term.prefix])
    suspects = [word for word in words if suspect(word, lexicon, accented=query.accented)]
    if not suspects:
        return []
    looked, left = _Looking(query, lexicon), leave()
    found: list[Correction] = []
    used: set[Syllable] = set()
    for word in [word for word in suspects if word not in left][:MAX_SUSPECTS]:
        if word not in used and (correction := looked.meant(word)):
            found.append(correction)
            used.update(correction.typed)
    return found


def near(word: str) -> Iterator[str]:
    """Everything one letter away from a folded word: a letter less, swapped, other or more."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in parts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1)
    yield from (left + letter + right[1:] for left, right in parts if right for letter in _LETTERS)
    yield from (left + letter + right for left, right in parts for letter in _LETTERS)


def is_syllable(folded: str) -> bool:
    """Whether it is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def _rare(lexicon: Lexicon) -> int:
    return lexicon.share(RARE_ONE_IN, RARE_MOST)


def suspect(word: Syllable, lexicon: Lexicon, *, accented: bool) -> bool:
    """Whether a word of letters looks mistyped: few documents have it, or when accents count, none with these."""
    if not word.folded.isalpha() or not word.folded.isascii():
        return False
    return not lexicon.have_more("f", word.folded, _rare(lexicon)) or (accented and _spelled_by_nobody(word, lexicon))


def _spelled_by_nobody(word: Syllable, lexicon: Lexicon) -> bool:
    return not lexicon.have_more("x", word.canonical, 0)


class _Looking:
    """One query's words beside each other."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self.query, self.lexicon, self.rare = query, lexicon, _rare(lexicon)
        self.needed = lexicon.share(SUPPORT_ONE_IN, SUPPORT_MOST)
        self.alone = len(query.terms()) == 1

    def neighbours(self, word: Syllable) -> tuple[list[str], list[str]]:
        """Folded words that stood before and behind it."""
        before = [left.folded for left, right in self.query.pairs if right == word]
        behind = [right.folded for left, right in self.query.pairs if left == word]
        return before, behind

    def support(self, before: list[str], first: str, last: str, behind: list[str]) -> int:
        """How often ``first`` stands behind, and ``last`` before, the neighbours."""
        pairs = [f"{left} {first}" for left in before] + [f"{last} {right}" for right in behind]
        return sum(self.lexicon.count("fb", pair) for pair in pairs)

    def value(self, before: list[str], word: str, behind: list[str]) -> float:
        """The same, where a telling neighbour says more than one that stands beside everything."""
        pairs = [(left, f"{left} {word}") for left in before] + [(right, f"{word} {right}") for right in behind]
        return sum(self.telling(neighbour) * math.log1p(self.lexicon.count("fb", pair)) for neighbour, pair in pairs)

    def telling(self, word: str) -> float:
        """How much a word says, by the number of visible documents that have it."""
        return math.log((self.lexicon.documents + 1) / (self.lexicon.count("f", word) + 1)) + 0.1

    def spelled_by_nobody(self, word: Syllable) -> bool:
        """Whether the letters are known, but never with these accents."""
        return self.query.accented and _spelled_by_nobody(word, self.lexicon)

    def meant(self, word: Syllable) -> Correction | None:
        """The best reading of a suspect."""
        return self._joined(word) or self._respelled(word) or self._parted(word)

    # One letter away

    def _respelled(self, word: Syllable) -> Correction | None:
        before, behind = self.neighbours(word)
        held = self.lexicon.count("f", word.folded)
        if self.spelled_by_nobody(word) and held:
            supported = self.support(before, word.folded, word.folded, behind)
            if supported >= self.needed or self.alone:
                return self._correction((word,), (word.folded,), before, behind)
        if len(word.folded) < MIN_LETTERS:
            return None
        candidates = self._candidates(word.folded)
        if before or behind:
            old = self.support(before, word.folded, word.folded, behind)
            values = {each: self.value(before, each, behind) for each in candidates}
            best = max(values, key=lambda each: (values[each], each), default="")
            if best and self._convincing(word.folded, held, old, best, before, behind):
                found = self._correction((word,), (best,), before, behind)
                # Whoever typed accents meant them, whatever letter is wrong.
                return found if found and analysis.accents(word) <= analysis.accents(found.syllables[0]) else None
        return None if held else self._unknown(word, candidates)

    def _convincing(self, word: str, held: int, old: int, best: str, before: list[str], behind: list[str]) -> bool:
        """Whether ``best`` may be offered instead of ``word``, which ``held`` documents have, ``old`` of them beside its neighbours.

        A word that exists is doubted only when the other one stands beside the neighbours on both sides; one that is built like
        a word, which a small register need not have, when that is so in more than one document.
        """
        supported = self.support(before, best, best, behind)
        if supported < max(self.needed, TIMES_MORE * old):
            return False
        if not held:
            return supported >= FAMILIAR or not is_syllable(word)
        sides = (self.support(before, best, best, []), self.support([], best, best, behind))
        return min(sides) > 0 and supported >= FAMILIAR

    def _unknown(self, word: Syllable, candidates: list[str]) -> Correction | None:
        """A word nobody wrote, and no neighbour helps: the most frequent candidate, or for long words the only one."""
        counts = Counter({each: self.lexicon.count("f", each) for each in candidates})
        known = [each for each, count in counts.most_common() if count]
        if known and (self.alone or (len(known) == 1 and len(word.folded) >= MIN_FOREIGN_LETTERS)):
            return self._correction((word,), (known[0],), [], [])
        return None

    def _candidates(self, word: str) -> list[str]:
        """Known syllables one letter away, of a long foreign word any words that begin as it does; the most frequent ones."""
        foreign = word[:2] if len(word) >= MIN_FOREIGN_LETTERS else None
        nearby = [
            each
            for each in dict.fromkeys(near(word))
            if each != word and (is_syllable(each) or (foreign and each.startswith(foreign)))
        ]
        counts = zip(self.lexicon.counts("f", nearby), nearby, strict=True)
        known = sorted(((count, each) for count, each in counts if count), key=lambda held: -held[0])
        return [each for _count, each in known[:MAX_CANDIDATES]]

    # Spaces

    def _parted(self, word: Syllable) -> Correction | None:
        """Two words without the space between them."""
        if self.lexicon.count("f", word.folded) > self.rare:
            return None
        halves = [(word.folded[:place], word.folded[place:]) for place in range(1, len(word.folded))]
        pairs = {half: self.lexicon.count("fb", " ".join(half)) for half in halves if all(map(is_syllable, half))}
        best = max(pairs, key=lambda half: (pairs[half], half), default=None)
        if best is None or pairs[best] < max(self.needed, TIMES_MORE * self.lexicon.count("f", word.folded)):
            return None
        return self._correction((word,), best, [], [])

    def _joined(self, word: Syllable) -> Correction | None:
        """A word with a space in it: with the word behind it or before it."""
        for left, right in self.query.pairs:
            whole = left.folded + right.folded
            if word not in (left, right) or not is_syllable(whole):
                continue
            apart = self.lexicon.count("fb", f"{left.folded} {right.folded}")
            before, behind = self.neighbours(left)[0], self.neighbours(right)[1]
            supported = self.support(before, whole, whole, behind) if before or behind else self.lexicon.count("f", whole)
            if supported >= max(self.needed, TIMES_MORE * apart):
                return self._correction((left, right), (whole,), before, behind)
        return None

    # Spelling

    def _correction(
        self, typed: tuple[Syllable, ...], folded: tuple[str, ...], before: list[str], behind: list[str]
    ) -> Correction | None:
        """The folded words as visible documents spell them there; nothing when that is what was typed."""
        if len(folded) == 2:
            pair = " ".join(folded)
            spelled = self._spelling(pair, "fb")
        else:
            pairs = [f"{left} {folded[0]}" for left in before] + [f"{folded[0]} {right}" for right in behind]
            known = [each for each in pairs if self.lexicon.count("fb", each)]
            best = min(known, key=lambda each: (self.lexicon.count("fb", each), each), default="")
            spelled = self._spelling(best, "fb", only=folded[0]) if best else self._spelling(folded[0], "f")
        if not self.query.accented:
            spelled = folded if spelled else ()  # accents in the suggestion would turn an open query into a strict one
        meant = tuple(map(analysis.syllable, spelled))
        return Correction(typed, spelled) if spelled and meant != typed else None

    def _spelling(self, term: str, field: str, only: str = "") -> tuple[str, ...]:
        """How the newest visible documents with the folded word or pair write it; ``only`` that word of the pair.

        Newest by their ids: where they stand in the files, hidden documents decide too.
        """
        wanted = term.split(" ")
        votes: Counter[tuple[str, ...]] = Counter()
        snapshot = self.lexicon.snapshot
        documents = snapshot.postings(field, term).documents
        visible = documents[self.lexicon.mask[documents]]
        ids = snapshot.numbers("id")
        if len(visible) > _SPELLED_BY:
            visible = visible[np.argpartition(ids[visible], -_SPELLED_BY)[-_SPELLED_BY:]]
        for document in sorted(visible.tolist(), key=ids.item, reverse=True):
            shown = snapshot.stored(document)
            for text in (shown["title"], shown["problem"], shown["solution"], shown["rest"]):
                votes.update(_written(text[:_CHARACTERS], wanted))
        if not votes:
            return ()
        best = votes.most_common(1)[0][0]
        return tuple(word for word, bare in zip(best, wanted, strict=True) if not only or bare == only)[: 1 if only else 2]


def _written(text: str, wanted: list[str]) -> Iterator[tuple[str, ...]]:
    """Each place of ``text`` where the folded words stand, in lower case as written there."""
    words = [match.group() for match in analysis.word_matches(text)]
    bare = [analysis.syllable(word).folded for word in words]
    for place in range(len(words) - len(wanted) + 1):
        if bare[place : place + len(wanted)] == wanted:
            yield tuple(word.lower() for word in words[place : place + len(wanted)])
