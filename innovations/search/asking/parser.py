"""Reads what a person typed into a :class:`~innovations.search.asking.query.Query`.

Every text is readable: a mistake becomes a note with its place, and what it concerned is searched as plain words.  The only
refusal is a text beyond any person's typing.  Work is bounded by the limits in :mod:`innovations.search.asking.query`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from innovations.search.asking.filter_values import BadValue, read_filter
from innovations.search.asking.pointing import composed
from innovations.search.asking.query import (
    FILTERS,
    MAX_CHARACTERS,
    MAX_OPERATORS,
    MAX_SYLLABLES,
    MIN_PREFIX_LETTERS,
    REFUSED_CHARACTERS,
    Atom,
    Clause,
    Filter,
    Note,
    Phrase,
    Query,
    QueryTooLong,
    Term,
)
from innovations.search.asking.tokens import QUOTES, TOKEN
from innovations.search.text import analysis
from innovations.search.text.analysis import Syllable

_BY_NAME = {name: kind for kind in FILTERS for name in kind.names}


def parse(text: str, *, as_you_type: bool = False, literal: bool = False) -> Query:
    """Read ``text``.

    :param as_you_type: the last word is still being typed, so words that begin with it count too.
    :param literal: search the words exactly as they stand (:attr:`Query.literal`).
    :raises QueryTooLong: beyond :data:`~innovations.search.asking.query.REFUSED_CHARACTERS` (400).
    """
    if len(text) > REFUSED_CHARACTERS:
        raise QueryTooLong(length=len(text), limit=REFUSED_CHARACTERS)
    return replace(_Reading(composed(text), as_you_type).query(), literal=literal)


@dataclass
class _Entry:
    """A clause on its way into the query; ``loose`` ones were typed plainly."""

    alternatives: tuple[Atom, ...]
    loose: bool


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str, as_you_type: bool) -> None:
        self.notes: list[Note] = []
        self.text = self._cut(text)
        self.as_you_type = as_you_type and not text[-1:].isspace()
        self.entries: list[_Entry] = []
        self.excluded: list[Atom] = []
        self.begun: tuple[Term, ...] = ()
        self.filters: dict[tuple[str, bool], Filter] = {}
        self.pairs: list[tuple[Syllable, Syllable]] = []
        self.all_words = False
        self.waiting: tuple[str, int] | None = None  # an OR or AND that still lacks its right side
        self.negate = False
        self.skip_next = False
        self.unfinished = False  # the token being read is the last one, and still being typed
        self.previous: Syllable | None = None
        self.syllables = self.operators = 0
        self.at = (0, 0)  # the token being read
        self.unread: list[tuple[int, int, str]] = []  # filters that none are, and what was searched instead
        self.dropped: dict[str, tuple[int, int]] = {}  # the first token that a limit cut off, by limit

    def _cut(self, text: str) -> str:
        if len(text) <= MAX_CHARACTERS:
            return text
        kept = text[:MAX_CHARACTERS]
        if not text[MAX_CHARACTERS].isspace() and " " in kept:
            kept = kept.rsplit(" ", 1)[0]
        self.notes.append(Note("too_long", {"limit": MAX_CHARACTERS}, len(kept), len(text) - len(kept)))
        return kept

    def query(self) -> Query:
        """Read to the end and put the query together."""
        for match in TOKEN.finditer(self.text):
            self._token(match)
        self._finish_waiting()
        self._say_what_was_dropped()
        return Query(
            text=self.text.strip(),
            sound=self._sound(),
            loose=tuple(dict.fromkeys(Clause(e.alternatives) for e in self.entries if e.loose)),
            required=tuple(dict.fromkeys(Clause(e.alternatives) for e in self.entries if not e.loose)),
            excluded=tuple(dict.fromkeys(self.excluded)),
            filters=tuple(self.filters.values()),
            pairs=tuple(dict.fromkeys(self.pairs)),
            begun=self.begun,
            all_words=self.all_words,
            notes=tuple(self.notes),
        )

    def _sound(self) -> str:
        """The text without the names and colons that stand for no filter."""
        text = self.text
        for start, end, kept in reversed(self.unread):
            text = f"{text[:start]}{kept}{text[end:]}"
        return " ".join(text.split()) if self.unread else text.strip()

    def _token(self, match: re.Match[str]) -> None:
        self.at = match.span()
        self.unfinished = self.as_you_type and not self.text[match.end() :].strip()
        if match["minus"]:
            self._minus(match)
        elif match["run"] == "NOT":
            self._not(match)
        elif match["name"]:
            self._filter(match)
        elif match["phrase"] is not None:
            self._phrase(match)
        elif match["quote"]:
            self._unclosed(match)
        elif match["bar"] or match["run"] in ("OR", "AND"):
            self._joint("AND" if match["run"] == "AND" else "OR", match)
        else:
            self._run(match)

    # Limits

    def _spend(self) -> bool:
        """Count one operator or filter; False when there is none left."""
        self.operators += 1
        if self.operators > MAX_OPERATORS:
            self.dropped.setdefault("operators", self.at)
        return self.operators <= MAX_OPERATORS

    def _within_syllables(self, terms: list[Term]) -> tuple[Term, ...]:
        left = max(0, MAX_SYLLABLES - self.syllables)
        self.syllables += len(terms)
        if left < len(terms):
            self.dropped.setdefault("words", self.at)
        return tuple(terms[:left])

    def _say_what_was_dropped(self) -> None:
        if self.syllables > MAX_SYLLABLES:
            dropped = self.syllables - MAX_SYLLABLES
            start, _ = self.dropped["words"]
            data = {"limit": MAX_SYLLABLES, "dropped": dropped}
            self.notes.append(Note("too_many_words", data, start, len(self.text) - start))
        if self.operators > MAX_OPERATORS:
            dropped = self.operators - MAX_OPERATORS
            start, end = self.dropped["operators"]
            self.notes.append(Note("too_many_operators", {"limit": MAX_OPERATORS, "dropped": dropped}, start, end - start))

    # Operators

    def _minus(self, match: re.Match[str]) -> None:
        before = self.text[match.start() - 1 : match.start()]
        if before and not before.isspace() and before not in "(|":
            return  # a dash behind a closing quote, not an exclusion
        if self._spend():
            self.negate = True
        else:
            self.skip_next = True

    def _not(self, match: re.Match[str]) -> None:
        """The same as a minus, for those who know it beside OR and AND."""
        if not self.text[match.end() :].strip():
            self._lone("NOT", match.start())
        elif self._spend():
            self.negate = True
        else:
            self.skip_next = True

    def _joint(self, name: str, match: re.Match[str]) -> None:
        if not self.entries or self.waiting or self.negate:
            self._note("lone_operator", match)
            self._words(match.group(), match)
        elif self._spend():
            self.waiting = (name, match.start())
            if name == "OR":
                self.previous = None  # what may stand for one another need not stand side by side
        elif name == "OR":
            self.skip_next = True

    def _finish_waiting(self) -> None:
        if self.waiting:
            self._lone(*self.waiting)
            self.waiting = None

    def _lone(self, name: str, position: int) -> None:
        """An operator behind which nothing stands: nobody looks for its letters, and who is typing has not come to the end yet."""
        if not self.unfinished:
            self.notes.append(Note("last_operator", {"text": name, "dropped": 1}, position, len(name)))

    def _note(self, code: str, match: re.Match[str], **data: int | str) -> None:
        shown = match.group().strip()
        self.notes.append(Note(code, {"text": shown.strip(QUOTES), **data}, match.start(), len(shown)))

    # Operands

    def _add(self, alternatives: tuple[Atom, ...], *, loose: bool) -> None:
        """Put an operand where the operators before it say."""
        if not alternatives:
            return
        if self.negate:
            self.excluded.extend(alternatives)
            self.previous = None
        elif self.waiting and self.waiting[0] == "OR":
            self.entries[-1] = _Entry(self.entries[-1].alternatives + alternatives, loose=False)
            self.waiting = None
        else:
            self.all_words = self.all_words or self.waiting is not None
            self.waiting = None
            self.entries.append(_Entry(alternatives, loose))

    def _skipped(self) -> bool:
        """Whether this operand falls with an operator beyond the limit."""
        skipped, self.skip_next = self.skip_next, False
        if skipped:
            self.previous = None
        return skipped

    def _neighbours(self, terms: tuple[Term, ...]) -> None:
        if self.negate:
            return
        for term in terms:
            if self.previous is not None and not term.prefix:
                self.pairs.append((self.previous, term.syllable))
            self.previous = term.syllable

    def _phrase(self, match: re.Match[str]) -> None:
        terms = [Term(s) for s in analysis.syllables(match["phrase"])]
        if self._skipped() or not terms or not self._spend():
            self.negate = False
            return
        kept = self._within_syllables(terms)
        self._neighbours(kept)
        self._add((Phrase(kept),) if len(kept) > 1 else kept, loose=False)
        self.negate = False

    def _unclosed(self, match: re.Match[str]) -> None:
        """A quotation mark without another: words follow, be it that somebody means inches, or has not come to the end yet."""
        rest = self.text[match.start() :].strip()
        if analysis.syllables(rest):
            self.notes.append(Note("unclosed_quote", {"text": rest.strip(QUOTES + " ")}, match.start(), len(rest)))

    def _run(self, match: re.Match[str]) -> None:
        if self._skipped():
            return
        run = match["run"]
        starred = run.endswith("*")
        if self._is_first_letter(run, match):
            self.begun = self._within_syllables([Term(each) for each in analysis.syllables(run)])
            self._neighbours(self.begun)
            return
        self._words(run, match, prefix=self._prefix(run.rstrip("*"), starred, match))
        self.negate = False

    def _is_first_letter(self, run: str, match: re.Match[str]) -> bool:
        """Whether this is all that was typed of the last word: more words begin so than anybody means, and hardly any ends so."""
        if not self.as_you_type or self.negate or self.waiting or self.text[match.end() :].strip():
            return False
        return sum(c.isalnum() for c in run) == 1 and run.isalpha()

    def _prefix(self, word: str, starred: bool, match: re.Match[str]) -> bool:
        """Whether the last word of this run stands for all that begin with it."""
        last = not self.text[match.end() :].strip()
        letters = sum(c.isalnum() for c in word)
        if not starred:
            return self.as_you_type and last and letters >= MIN_PREFIX_LETTERS and not self.negate
        if not letters:
            return False
        if not last or self.negate:
            self._note("prefix_not_last", match)
        elif letters < MIN_PREFIX_LETTERS:
            self._note("prefix_too_short", match, limit=MIN_PREFIX_LETTERS)
        else:
            return self._spend()
        return False

    def _words(self, text: str, match: re.Match[str], *, prefix: bool = False) -> None:
        """Plain words: each a clause of its own; together one phrase where an operator takes them as one."""
        spans = list(analysis.runs(text))
        for number, (start, end) in enumerate(spans, 1):
            piece = text[start:end]
            terms = [Term(s) for s in analysis.syllables(piece)]
            whole = analysis.designation(piece)
            if prefix and number == len(spans):
                terms[-1] = Term(terms[-1].syllable, prefix=True)
            kept = self._within_syllables(terms)
            self._neighbours(kept)
            if whole and len(kept) == len(terms) and not kept[-1].prefix:
                self._add((Term(whole), Phrase(kept)), loose=True)
            elif len(kept) > 1 and (self.negate or self.waiting):
                self._add((Phrase(tuple(Term(term.syllable) for term in kept)),), loose=True)
            else:
                for term in kept:
                    self._add((term,), loose=True)

    def _filter(self, match: re.Match[str]) -> None:
        kind = _BY_NAME.get("".join(s.folded for s in analysis.syllables(match["name"])))
        value = match["value"].strip(QUOTES + " ")
        if self._skipped():
            return
        if kind is not None and not value and self.unfinished:
            return
        if kind is None or not value:
            if kind is not None or (value and not value.startswith("//")):
                self._note("empty_filter" if kind else "unknown_filter", match)
                self.unread.append((*match.span(), f"{match['name']} {value}".strip()))
            self._words(match.group(), match)
        elif self._spend():
            try:
                read = read_filter(kind, value, quoted=match["value"][0] in QUOTES, negated=self.negate)
                self._take(replace(read, begun=self.unfinished))
            except BadValue as bad:
                if self.unfinished:
                    return
                self._note(bad.code, match, example=kind.example)
                self.unread.append((*match.span(), value))
                self._words(value, match)
        self.previous = None
        self.negate = False

    def _take(self, new: Filter) -> None:
        """Several filters of one kind mean any of their values."""
        key = (new.key, new.negated)
        old = self.filters.get(key, Filter(new.key, negated=new.negated))
        values = tuple(dict.fromkeys(old.values + new.values))
        self.filters[key] = Filter(new.key, values, tuple(dict.fromkeys(old.ranges + new.ranges)), new.negated, new.begun)
