"""The query language: its limits, its table of filters, and the parsed form that engines evaluate.

The language is our own.  Stock query languages let one reader hold a server for minutes (leading wildcards, open ranges,
hundreds of OR terms); this one cannot say such things.  The tables here are public: the help page prints them.
Parsing itself is in :mod:`innovations.search.asking.parser`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from innovations.core.rules.errors import N_, DomainError
from innovations.search.text.analysis import Syllable

#: Characters read; what stands behind them is dropped, and a note says so.
MAX_CHARACTERS = 200
#: Characters above which a query is refused outright.
REFUSED_CHARACTERS = 1000
#: Words searched for, phrases and exclusions included.
MAX_SYLLABLES = 40
#: Operators (``-``, ``OR``, ``AND``, ``"…"``, ``*``) and filters together.
MAX_OPERATORS = 12
#: Letters a word needs before ``*`` may follow it.
MIN_PREFIX_LETTERS = 2
#: Up to this many loose words, all must be found; of more, some that weigh this share of all: the rarer a word, the more it weighs.
ALL_WORDS_UP_TO = 3
ENOUGH_PERCENT = 20

NOTES = {
    "too_long": N_("Câu tìm dài quá %(limit)s ký tự; phần sau đã bỏ qua."),
    "too_many_words": N_("Câu tìm có quá %(limit)s từ; %(dropped)s từ cuối đã bỏ qua."),
    "too_many_operators": N_("Câu tìm có quá %(limit)s toán tử và bộ lọc; %(dropped)s phần thừa đã bỏ qua."),
    "unknown_filter": N_("Không có bộ lọc “%(text)s”; đã tìm như từ thường."),
    "empty_filter": N_("Bộ lọc “%(text)s” chưa có giá trị; đã tìm như từ thường."),
    "bad_number": N_("“%(text)s” cần một số, ví dụ %(example)s; đã tìm như từ thường."),
    "bad_year": N_("“%(text)s”: năm có bốn chữ số, ví dụ %(example)s; đã tìm như từ thường."),
    "range_not_allowed": N_("“%(text)s”: chỉ năm và số đơn vị áp dụng mới tìm được theo khoảng; đã tìm như từ thường."),
    "unclosed_quote": N_("Cụm từ “%(text)s” thiếu dấu ngoặc kép đóng; đã tìm như từ thường."),
    "lone_operator": N_("“%(text)s” cần có từ ở cả hai bên; đã tìm như từ thường."),
    "last_operator": N_("Sau “%(text)s” chưa có từ nào; đã bỏ qua."),
    "prefix_not_last": N_("Dấu * chỉ dùng ở từ cuối cùng; “%(text)s” đã tìm nguyên từ."),
    "prefix_too_short": N_("Dấu * cần ít nhất %(limit)s chữ cái phía trước; “%(text)s” đã tìm nguyên từ."),
    "stock_search": N_(
        "Máy chủ dùng phiên bản lạ của thư viện tìm kiếm: kết quả xếp theo mức khớp, không có bộ lọc bên cạnh và đoạn trích."
    ),
    "without_accents": N_("Không có kết quả đúng dấu; đây là kết quả khi bỏ dấu."),
    "unmet_filter": N_("Không có gì ứng với bộ lọc “%(text)s”."),
}


class QueryTooLong(DomainError):
    """The query is beyond anything a person types (400)."""

    status = 400
    message = N_("Câu tìm quá dài: %(length)s ký tự, nhiều nhất %(limit)s. Xin rút gọn.")


@dataclass(frozen=True)
class Note:
    """Something the reader should know about how the query was read.

    :param code: a key of :data:`NOTES`.
    :param position: where in the text it begins, when it has a place.
    :param length: how many characters it concerns; 0 when it has no place.
    """

    code: str
    data: dict[str, Any] = field(default_factory=dict)
    position: int | None = None
    length: int = 0

    @property
    def message(self) -> str:
        """The Vietnamese sentence, still to be translated and filled from ``data`` by the door."""
        return NOTES[self.code]

    @property
    def dropped(self) -> int:
        """How many characters, words or operators were not searched."""
        return self.length if self.code == "too_long" else int(self.data.get("dropped", 0))


@dataclass(frozen=True)
class FilterKind:
    """One filter of the language.

    :param key: its name inside the product; :attr:`names` are what a person may type before the colon, without accents.
    :param number: its value is a whole number, and ranges are allowed.
    """

    key: str
    names: tuple[str, ...]
    meaning: str
    example: str
    number: bool = False


FILTERS = (
    FilterKind("field", ("truong", "linhvuc", "field"), N_("Lĩnh vực"), 'truong:"huấn luyện"'),
    FilterKind("unit", ("donvi", "unit"), N_("Đơn vị và các đơn vị trực thuộc"), 'donvi:"Trung đoàn 1A"'),
    FilterKind("year", ("nam", "year"), N_("Năm công nhận"), "nam:2023..2025", number=True),
    FilterKind("type", ("loai", "type"), N_("Loại giải pháp"), 'loai:"kỹ thuật"'),
    FilterKind("level", ("cap", "level"), N_("Cấp công nhận"), 'cap:"sư đoàn"'),
    FilterKind("grade", ("xeploai", "grade"), N_("Xếp loại"), "xeploai:A"),
    FilterKind("adopted", ("apdung", "adopted"), N_("Số đơn vị khác đang áp dụng"), "apdung:>=2", number=True),
    FilterKind("code", ("ma", "code"), N_("Mã số, hoặc phần đầu của mã số"), "ma:SK-T1A-2026"),
    FilterKind("author", ("tacgia", "author"), N_("Tên tác giả"), 'tacgia:"Nguyễn Văn An"'),
)
#: Operator as typed, its meaning, an example: for the help page.
OPERATORS = (
    ('"…"', N_("Đúng cụm từ"), '"giá đỡ"'),
    ("-, NOT", N_("Không chứa"), "pin -xe"),
    ("OR", N_("Một trong hai"), "pin OR ắc-quy"),
    ("AND", N_("Phải có đủ mọi từ"), "giá AND đỡ ắc quy nạp điện"),
    ("*", N_("Bắt đầu bằng, chỉ ở từ cuối"), "huấn luy*"),
)

#: What is limited, and where: for the help page.
LIMITS = (
    (N_("Ký tự được đọc; phần sau bị bỏ qua"), MAX_CHARACTERS),
    (N_("Ký tự: dài hơn thì câu tìm bị từ chối"), REFUSED_CHARACTERS),
    (N_("Từ được tìm; các từ sau bị bỏ qua"), MAX_SYLLABLES),
    (N_("Ký hiệu và bộ lọc; phần thừa bị bỏ qua"), MAX_OPERATORS),
    (N_("Chữ cái ít nhất phải có trước dấu *"), MIN_PREFIX_LETTERS),
    (N_("Từ: đến số này thì phải có đủ mọi từ"), ALL_WORDS_UP_TO),
    (N_("Gõ nhiều từ hơn: phần trăm sức nặng của các từ ít nhất phải có, từ càng hiếm càng nặng"), ENOUGH_PERCENT),
)
#: How words may be typed and are found all the same: what it is, as typed, what is found.  The words stand in the demo's library,
#: since keys are read only as words that the reader's documents have.
READINGS = (
    (N_("Không dấu: tìm mọi cách đặt dấu"), "kiem tra dung cu", "kiểm tra dụng cụ"),
    (N_("Phím Telex khi quên bật bộ gõ"), "kieemr tra dungj cuj", "kiểm tra dụng cụ"),
    (N_("Phím VNI khi quên bật bộ gõ"), "kie6m3 tra dung5 cu5", "kiểm tra dụng cụ"),
    (N_("Gõ nhầm, thiếu hoặc thừa dấu cách: trang hỏi lại từ đúng"), "kiểm tra dụgn cụ", "kiểm tra dụng cụ"),
    (N_("Chữ viết tắt tìm cả dạng đầy đủ, và ngược lại"), "CTKT", "cải tiến kỹ thuật"),
)
#: A mistake of each kind that has a place: the help page shows what is said of it.
MISTAKES = (
    "pin mau:đỏ", "pin nam:", "nam:hai", "nam:25", "loai:a..b", 'pin "giá đỡ', "OR pin", "pin OR", "huấn* luyện", "tập l*",
)  # fmt: skip


class Term(NamedTuple):
    """One word searched for; with ``prefix`` every word that begins so.  ``weight`` is below 1 when nobody typed it."""

    syllable: Syllable
    prefix: bool = False
    weight: float = 1.0


@dataclass(frozen=True)
class Phrase:
    """Words that must stand side by side in this order."""

    terms: tuple[Term, ...]


Atom = Term | Phrase


@dataclass(frozen=True)
class Clause:
    """One of ``alternatives`` is to be found."""

    alternatives: tuple[Atom, ...]


@dataclass(frozen=True)
class Filter:
    """``key`` has one of ``values``, or (numbers) lies in one of ``ranges``, both ends included, None being open.

    :param begun: its value is still being typed: it narrows nothing before something has it.
    """

    key: str
    values: tuple[str, ...] = ()
    ranges: tuple[tuple[int | None, int | None], ...] = ()
    negated: bool = False
    begun: bool = False

    @property
    def spelled(self) -> str:
        """As a person may type it: ``donvi:"Trung đoàn 1A"``, ``nam:2023..2025``, ``-xeploai:C``."""
        name = next(kind.names[0] for kind in FILTERS if kind.key == self.key)
        values = [f'"{value}"' if " " in value else value for value in self.values]
        ranges = [
            str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
            for low, high in self.ranges
        ]
        return f"{'-' if self.negated else ''}{name}:{','.join(values + ranges)}"


@dataclass(frozen=True)
class Query:
    """A parsed query.

    :param text: what was read: NFC, control characters as spaces, cut to :data:`MAX_CHARACTERS`.
    :param sound: the same with each filter that could not be read written as the words that were searched instead of it:
        ``màu:đỏ pin nam:hai`` → ``màu đỏ pin hai``.  What is offered to the reader is made of this text.
    :param loose: words typed plainly; whether all must be found says :attr:`needs_all`.
    :param required: phrases and OR groups; each must be found.
    :param pairs: words that stood side by side: documents in which they do too rank higher; ``added_pairs`` nobody typed.
    :param begun: the first letter of a word that is being typed, or a word of one letter: nothing need have it, what has it ranks higher.
    :param literal: take the words as they are: no reading of keystrokes, no added spelling, no suggestion.
    """

    text: str = ""
    sound: str = ""
    loose: tuple[Clause, ...] = ()
    required: tuple[Clause, ...] = ()
    excluded: tuple[Atom, ...] = ()
    filters: tuple[Filter, ...] = ()
    pairs: tuple[tuple[Syllable, Syllable], ...] = ()
    begun: tuple[Term, ...] = ()
    all_words: bool = False
    notes: tuple[Note, ...] = ()
    literal: bool = False
    added_pairs: tuple[tuple[Syllable, Syllable], ...] = ()

    @property
    def needs_all(self) -> bool:
        """Whether a document must have every loose word, and not only those that weigh :data:`ENOUGH_PERCENT` of all."""
        return self.all_words or len(self.loose) <= ALL_WORDS_UP_TO

    def respelled(self, readings: Mapping[Syllable, tuple[Syllable, ...]]) -> Query:
        """The same query with each word that ``readings`` knows replaced by one of its readings."""

        def read(atom: Atom) -> tuple[Atom, ...]:
            if isinstance(atom, Phrase):
                first = tuple(t._replace(syllable=readings.get(t.syllable, (t.syllable,))[0]) for t in atom.terms)
                return (Phrase(first),)
            return tuple(atom._replace(syllable=each) for each in readings.get(atom.syllable, (atom.syllable,)))

        def first(syllable: Syllable) -> Syllable:
            return readings.get(syllable, (syllable,))[0]

        return replace(
            self._rewritten(read),
            excluded=tuple(dict.fromkeys(each for atom in self.excluded for each in read(atom))),
            pairs=tuple((first(left), first(right)) for left, right in self.pairs),
        )

    def with_alternatives(
        self, added: Mapping[Syllable, tuple[Atom, ...]], pairs: tuple[tuple[Syllable, Syllable], ...]
    ) -> Query:
        """The same query in which a word may also be met by what ``added`` has for it."""

        def read(atom: Atom) -> tuple[Atom, ...]:
            return (atom,) if isinstance(atom, Phrase) else (atom, *added.get(atom.syllable, ()))

        return replace(self._rewritten(read), added_pairs=tuple(dict.fromkeys((*self.added_pairs, *pairs))))

    def _rewritten(self, read: Callable[[Atom], tuple[Atom, ...]]) -> Query:
        def clause(old: Clause) -> Clause:
            return Clause(tuple(dict.fromkeys(each for atom in old.alternatives for each in read(atom))))

        return replace(
            self,
            loose=tuple(dict.fromkeys(map(clause, self.loose))),
            required=tuple(dict.fromkeys(map(clause, self.required))),
        )

    def terms(self) -> tuple[Term, ...]:
        """Every word that counts for ranking, once each."""
        return self._terms

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        atoms = [atom for clause in (*self.loose, *self.required) for atom in clause.alternatives]
        return tuple(dict.fromkeys([term for atom in atoms for term in atom_terms(atom)]))

    def every_term(self) -> tuple[Term, ...]:
        """The same and the excluded ones."""
        return (*self.terms(), *[term for atom in self.excluded for term in atom_terms(atom)])

    @cached_property
    def accented(self) -> bool:
        """Whether any word was typed with accents; then accents are honoured, otherwise ignored."""
        typed = [term.syllable for term in self.every_term() if term.weight == 1.0]
        return [each.canonical for each in typed] != [each.folded for each in typed]

    @property
    def ranks(self) -> bool:
        """Whether there are words to rank by; without any, the newest come first."""
        return bool(self.loose or self.required)


def atom_terms(atom: Atom) -> tuple[Term, ...]:
    """The words of a word or phrase."""
    return atom.terms if isinstance(atom, Phrase) else (atom,)
