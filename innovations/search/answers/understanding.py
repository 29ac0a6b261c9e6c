"""What a reader meant: raw keystrokes read as words, mistyped words as those meant, by the words of the documents that this reader may see.

Only visible documents decide.  A word that stands in hidden ones alone is neither read out of keystrokes nor suggested, so
nothing here can betray that it exists.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from innovations.search.answers.corrections import Correction, corrections, suspect
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.asking.query import Atom, Filter, Phrase, Query, Term
from innovations.search.text import analysis
from innovations.search.text.abbreviations import Table
from innovations.search.text.analysis import Syllable
from innovations.search.text.keystrokes import readings

#: How many times more documents must have the word that keystrokes mean than the keystrokes themselves.
TIMES_MORE = 3
#: Documents that must have it: one in so many, between 1 and 20; once two words are read, one document is enough for the others.
ONE_IN, MOST_NEEDED = 1000, 20
#: Words that must be read before any is, unless the query has only two.
READ_TOGETHER = 2
#: What a correction counts beside a word that was typed: it is added, the word stays.
ADDED_WEIGHT = 0.8


class Understood(NamedTuple):
    """The query to search with; ``text`` says so when it is not what was typed, ``suggestion`` offers another.

    :param typed: the same before anything was added to it.
    """

    query: Query
    typed: Query
    text: str | None = None
    suggestion: str | None = None


def understand(snapshot: Snapshot, query: Query, reader_tokens: Collection[str], abbreviations: Table) -> Understood:
    """What to search for instead of ``query``; the query itself when it is to be taken literally.

    :param abbreviations: folded abbreviation → what it stands for.
    """
    if query.literal or not query.ranks:
        return Understood(query, query)
    lexicon = Lexicon.of(snapshot, reader_tokens)
    if code := _begun_code(query, lexicon):
        coded = Query(text=query.text, filters=(Filter("code", (code,)),), notes=query.notes)
        return Understood(coded, coded, f"ma:{code}")
    if _all_plain(query, lexicon, abbreviations):
        return Understood(_written_out(query, abbreviations, set()), query)
    read = keystrokes_read(query, lexicon)
    text = query.sound
    if read:
        spelled = {raw: tuple(analysis.syllable(each) for each in spellings) for raw, spellings in read.items()}
        query, text = query.respelled(spelled), replaced(text, {raw: first for raw, (first, *_) in read.items()})
    short = {term.syllable for term in query.terms() if term.syllable.folded in abbreviations}
    found = corrections(query, lexicon, lambda: _designated(query.text) | _shouted(query.text) | short)
    query = _written_out(query, abbreviations, short)
    return Understood(_corrected(query, found), query, text if read else None, _suggestion(text, found) if found else None)


def _all_plain(query: Query, lexicon: Lexicon, abbreviations: Table) -> bool:
    """Whether each word is nothing but itself: no keys, no abbreviation, not mistyped by any sign.

    Most words of most queries are, so what was found of each is remembered for the reader.
    """
    known = lexicon.plain_words(abbreviations)
    words = [(term.syllable, term.prefix, query.accented) for term in query.every_term()]
    for word in words:
        if word not in known:
            known[word] = _plain(*word, lexicon, abbreviations)
        if not known[word]:
            return False
    return True


def _plain(word: Syllable, prefix: bool, accented: bool, lexicon: Lexicon, abbreviations: Table) -> bool:
    if word.folded in abbreviations or (not accented and readings(word.canonical)):
        return False
    return prefix or not suspect(word, lexicon, accented=accented)


def _begun_code(query: Query, lexicon: Lexicon) -> str | None:
    """What a query that is nothing but part of a code has of it, up to the last joint by which there is any: of ``SK-T1A-20`` ``SK-T1A``.

    A whole code is a word of its document, and found as such, once it is typed to its end; a joint at the end is followed by more.
    """
    text = query.text
    if " " in text or query.filters or text.removesuffix("*").isalnum():
        return None
    run = analysis.begun_run(text)
    if run is None and not _may_be_more(query, lexicon):
        return None
    ends = [word.end for word in analysis.words(run or text)]
    beginnings = (text[:end] for end in reversed(ends))
    return next((each for each in beginnings if (lexicon.having_code(each) & lexicon.visible).any()), None)


def _may_be_more(query: Query, lexicon: Lexicon) -> bool:
    """Whether all of the text is one designation that nothing has, or that is still being typed."""
    whole = analysis.designation(query.text) if list(analysis.runs(query.text)) == [(0, len(query.text))] else None
    return whole is not None and (not lexicon.count("f", whole.folded) or any(term.prefix for term in query.terms()))


def _written_out(query: Query, abbreviations: Table, short: set[Syllable]) -> Query:
    """The query in which an abbreviation may also be met by its words, and the words by their abbreviation."""
    added: dict[Syllable, tuple[Atom, ...]] = {}
    for typed in short:
        words = abbreviations[typed.folded].words
        # Together they count as one word does: what was typed comes first.
        added[typed] = (Phrase(tuple(Term(each, weight=ADDED_WEIGHT / len(words)) for each in words)),)
    first = dict.fromkeys([left.folded for left, _right in query.pairs])
    possible = [row for word in first for row in abbreviations.beginning.get(word, ())]
    spelled = 0 if query.accented else 1  # which spelling of a syllable is compared
    beside = {(left[spelled], right[spelled]) for left, right in query.pairs} if possible else set()
    for row in possible:
        if all((left[spelled], right[spelled]) in beside for left, right in zip(row.words, row.words[1:], strict=False)):
            wanted = {word[spelled] for word in row.words}
            for typed in (left_or_right for pair in query.pairs for left_or_right in pair):
                if typed[spelled] in wanted:
                    added[typed] = tuple(dict.fromkeys((*added.get(typed, ()), Term(row.short, weight=ADDED_WEIGHT))))
    return query.with_alternatives(added, ()) if added else query


def _corrected(query: Query, found: list[Correction]) -> Query:
    """The query with each correction added to the words it is for."""
    added: dict[Syllable, tuple[Atom, ...]] = {}
    pairs: list[tuple[Syllable, Syllable]] = []
    for correction in found:
        meant = correction.syllables
        terms = tuple(Term(each, weight=ADDED_WEIGHT) for each in meant)
        atom: Atom = Phrase(terms) if len(terms) > 1 else terms[0]
        added |= dict.fromkeys(correction.typed, (atom,))
        pairs += [(left, meant[0]) for left, right in query.pairs if right == correction.typed[0]]
        pairs += zip(meant, meant[1:], strict=False)
        pairs += [(meant[-1], right) for left, right in query.pairs if left == correction.typed[-1]]
    return query.with_alternatives(added, tuple(pairs)) if found else query


def _suggestion(text: str, found: list[Correction]) -> str:
    """``text`` as it was probably meant to be typed."""
    joined: dict[tuple[Syllable, ...], str] = {each.typed: each.spelled[0] for each in found if len(each.typed) == 2}
    return replaced(text, {each.typed[0]: " ".join(each.spelled) for each in found if len(each.typed) == 1}, joined)


def keystrokes_read(query: Query, lexicon: Lexicon) -> dict[Syllable, tuple[str, ...]]:
    """Words of ``query`` that are Telex or VNI keys → what they mean, the most frequent first; empty when it has accents."""
    if query.accented:
        return {}
    words = {term.syllable for term in query.every_term()}
    meant = {raw: spellings for raw in words if (spellings := readings(raw.canonical))}
    if not meant:
        return {}
    designated = _designated(query.text)
    words, meant = words - designated, {raw: held for raw, held in meant.items() if raw not in designated}
    clear = _known(meant, lexicon, lexicon.share(ONE_IN, MOST_NEEDED))
    if len(clear) < min(READ_TOGETHER, len(words) - 1 or 1):
        return {}
    return _known(meant, lexicon, 1) if len(clear) >= READ_TOGETHER else clear


def _known(meant: Mapping[Syllable, tuple[str, ...]], lexicon: Lexicon, least: int) -> dict[Syllable, tuple[str, ...]]:
    """Those readings that at least ``least`` documents have, and TIMES_MORE as many as the raw keys."""
    found = {}
    for raw, spellings in meant.items():
        counts = {each: lexicon.count("x", analysis.syllable(each).canonical) for each in spellings}
        floor = max(least, TIMES_MORE * lexicon.count("f", raw.folded) + 1)
        known = sorted((each for each in spellings if counts[each] >= floor), key=lambda each: -counts[each])
        if known:
            found[raw] = tuple(known)
    return found


def _designated(text: str) -> set[Syllable]:
    """Designations and their parts: ``AS-206`` was meant as it stands."""
    runs = (text[start:end] for start, end in analysis.runs(text))
    whole = {run: analysis.designation(run) for run in runs}
    return {each for run, name in whole.items() if name for each in (name, *analysis.syllables(run))}


def _shouted(text: str) -> set[Syllable]:
    """Words in capitals among others: abbreviations and names of things, not typing errors."""
    if text.isupper():
        return set()
    return {analysis.syllable(word) for word in text.split() if word.isupper() and len(word) > 1}


def replaced(text: str, words: Mapping[Syllable, str], joined: Mapping[tuple[Syllable, ...], str] | None = None) -> str:
    """``text`` with its words, and the neighbours in ``joined``, replaced; operators stay, and so do first capitals."""
    parts, end = [], 0
    found = [(word, Syllable(word.canonical, word.folded)) for word in analysis.words(text)]
    for place, (word, syllable) in enumerate(found):
        raw = text[word.start : word.end]
        if word.start < end or raw in ("OR", "AND"):
            continue
        new, last = words.get(syllable), word
        if joined and place + 1 < len(found) and (syllable, found[place + 1][1]) in joined:
            new, last = joined[syllable, found[place + 1][1]], found[place + 1][0]
        if new is not None:
            parts += [text[end : word.start], new[:1].upper() + new[1:] if raw[:1].isupper() else new]
            end = last.end
    return "".join((*parts, text[end:]))
