"""A document becomes index terms: the words with their weights, and the keys it is filtered, counted and permitted by.

Pure.  The writer stores what comes out; the reader asks with the same functions, so both always mean the same term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from innovations.core.rules.text import vietnamese_key
from innovations.search.documents import Document
from innovations.search.text import analysis

#: How much one occurrence counts, by the part of the document it stands in.
WEIGHTS = {"title": 4.0, "problem": 2.0, "solution": 1.5, "rest": 1.0, "authors": 1.0}
#: Bytes of the sorting key that are kept: about the first 60 letters of a title.
SORT_KEY_BYTES = 128
#: Stands between the parts in the stored sequence, so that no phrase reaches from one into the next.
PART_BREAK = "\n"
#: The index field with the words of files that belongs to a field with a proposal's own words.  Apart from these, because a
#: long file would make a proposal count as long, and every word in it would make proposals look alike.
FILES = {"x": "ax", "f": "af"}
#: The text of a file is kept in blocks of so many words: a hit reads two of them and not the whole file.
BLOCK_WORDS = 120
#: A commit holds millions of counts of words in files: one object for each number takes half the memory of one for each count.
_FLOATS = [float(count) for count in range(256)]


@dataclass(frozen=True, slots=True)
class Analysed:
    """The terms of one document.

    :param words: canonical syllable → weight; ``folded`` and ``pairs`` (folded bigrams) likewise.
    :param sequence: all canonical syllables in reading order with a space at both ends: phrases are verified on it.
    """

    words: dict[str, float]
    folded: dict[str, float]
    pairs: dict[str, float]
    sequence: str

    def by_field(self) -> dict[str, dict[str, float]]:
        """The terms by the name of their index field."""
        return {"x": self.words, "f": self.folded, "fb": self.pairs}


def analyse(document: Document) -> Analysed:
    """The words of every searched part of ``document``."""
    words: dict[str, float] = defaultdict(float)
    folded: dict[str, float] = defaultdict(float)
    pairs: dict[str, float] = defaultdict(float)
    sequence = []
    for part, weight in WEIGHTS.items():
        text = getattr(document, part)
        spelled = analysis.syllables(text)
        canonical, bare = [each.canonical for each in spelled], [each.folded for each in spelled]
        whole = analysis.designations(text)
        sequence.append(" ".join(canonical))
        _count(pairs, analysis.bigrams(bare), weight)
        _count(words, canonical + [each.canonical for each in whole], weight)
        _count(folded, bare + [each.folded for each in whole], weight)
    for code in filter(None, (analysis.whole(document.code), analysis.whole(document.external_id))):
        words[code] += WEIGHTS["title"]
        folded[code] += WEIGHTS["title"]
    return Analysed(words, folded, pairs, _parted(sequence))


def shorts(document: Document) -> set[str]:
    """Abbreviations in the parts by which documents are compared: title, problem and solution."""
    return set().union(*(analysis.shorts(text) for text in (document.title, document.problem, document.solution)))


def _count(held: dict[str, float], terms: Iterable[str], weight: float) -> None:
    for term, count in Counter(terms).items():
        held[term] += count * weight


@dataclass(frozen=True, slots=True)
class AnalysedFiles:
    """The terms of a document's files.  In the sequences stand, for each file, its name and then its text, parted by breaks.

    :param words: canonical syllable → how often; ``folded`` likewise.
    :param sequence: canonical syllables in reading order with a space at both ends; ``bare`` the same without accents.
    :param blocks: for each file its text in blocks of :data:`BLOCK_WORDS` words, each with where it begins in ``bare``, counted
        from the beginning of the file's text there.
    """

    words: dict[str, float]
    folded: dict[str, float]
    sequence: str
    bare: str
    blocks: list[list[tuple[int, str]]]

    def by_field(self) -> dict[str, dict[str, float]]:
        """The terms by the name of their index field."""
        return {FILES["x"]: self.words, FILES["f"]: self.folded}


def analyse_files(files: Iterable[tuple[str, str]]) -> AnalysedFiles:
    """The words of ``files``: names and texts."""
    words: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    sequence, bare, blocks = [], [], []
    for name, text in files:
        for part in (name, text):
            spelled = analysis.syllables(part)
            whole = analysis.designations(part)
            words.update(each.canonical for each in (*spelled, *whole))
            folded.update(each.folded for each in (*spelled, *whole))
            sequence.append(" ".join(each.canonical for each in spelled))
            bare.append(" ".join(each.folded for each in spelled))
        blocks.append(list(_blocks(text, bare[-1])))
    return AnalysedFiles(_as_weights(words), _as_weights(folded), _parted(sequence), _parted(bare), blocks)


def _blocks(text: str, bare: str) -> Iterator[tuple[int, str]]:
    starts = [match.start() for match in islice(analysis.word_matches(text), 0, None, BLOCK_WORDS)]
    syllables, at = bare.split(" "), 0
    for number, (start, end) in enumerate(pairwise((*starts, len(text)))):
        yield at, text[start:end]
        at += sum(map(len, syllables[number * BLOCK_WORDS : (number + 1) * BLOCK_WORDS])) + BLOCK_WORDS


def _as_weights(counted: Counter[str]) -> dict[str, float]:
    return {term: _FLOATS[count] if count < len(_FLOATS) else float(count) for term, count in counted.items()}


def _parted(parts: list[str]) -> str:
    return f" {f' {PART_BREAK} '.join(parts)} "


def key(kind: str, value: object) -> str:
    """The term by which documents with exactly ``value`` are found: ``field=training``."""
    return f"{kind}={value}"


def name_key(kind: str, syllable: str) -> str:
    """The term by which documents with that folded syllable or pair in a name are found: ``unit~trung doan``."""
    return f"{kind}~{syllable}"


def keys(document: Document) -> set[str]:
    """Every key of ``document``: what it is counted by, who may see it, and the words of its names."""
    exact = {
        "id": (document.id,),
        "token": document.tokens,
        "field": (document.field,),
        "type": document.types,
        "unit": document.unit_path,
        "level": (document.level,),
        "year": (document.year,),
        "grade": (document.grade,),
        "adopted": ("yes" if document.adoptions else "no",),
        "state": (document.state,),
        "handling": (document.handling,),
        "code": (*analysis.beginnings(document.code), *analysis.beginnings(document.external_id)),
    }
    found = {key(kind, value) for kind, values in exact.items() for value in values if value not in (None, "")}
    named = {name_key(kind, term) for kind, names in _names(document).items() for name in names for term in name_terms(name)}
    return found | named


def name_terms(name: str) -> list[str]:
    """The words of a name and its neighbouring pairs: ``"Trung đoàn 1A"`` → trung, doan, 1a, ``trung doan``, ``doan 1a``."""
    folded = [syllable.folded for syllable in analysis.syllables(name)]
    return folded + analysis.bigrams(folded)


def _names(document: Document) -> dict[str, list[str]]:
    return {
        "field": [document.field, *_listed(document.field_label)],
        "type": [*document.types, *_listed(document.type_labels)],
        "unit": [document.unit_label, *_listed(document.unit_names)],
        "level": [document.level, *_listed(document.level_label)],
        "grade": [document.grade],
        "author": _listed(document.authors),
    }


def _listed(names: str) -> list[str]:
    return names.replace("\n", ";").split(";")


def sort_key(title: str) -> bytes:
    """Bytes that sort titles in Vietnamese order (domain case 17); longer titles compare by their beginning."""
    return vietnamese_key(title).encode()[:SORT_KEY_BYTES].ljust(SORT_KEY_BYTES, b"\0")
