"""The query language: its limits, its table of filters, and the parsed form that engines evaluate.

The language is our own.  Stock query languages let one reader hold a server for minutes (leading wildcards, open ranges,
hundreds of OR terms); this one cannot say such things.  The tables here are public: the help page prints them.
Parsing itself is in :mod:`innovations.search.parser`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from innovations.core.rules.errors import N_, DomainError
from innovations.search.analysis import Syllable

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
#: Up to this many loose words, all must be found; of more, MIN_SHARE_PERCENT of them.
ALL_WORDS_UP_TO = 3
MIN_SHARE_PERCENT = 30

NOTES = {
    "too_long": N_("Câu tìm dài quá %(limit)s ký tự; phần sau đã bỏ qua."),
    "too_many_words": N_("Câu tìm có quá %(limit)s từ; %(dropped)s từ cuối đã bỏ qua."),
    "too_many_operators": N_("Câu tìm có quá %(limit)s toán tử và bộ lọc; %(dropped)s phần thừa đã bỏ qua."),
    "unknown_filter": N_("Không có bộ lọc “%(text)s”; đã tìm như từ thường."),
    "empty_filter": N_("Bộ lọc “%(text)s” chưa có giá trị; đã tìm như từ thường."),
    "bad_number": N_("“%(text)s” cần một số, ví dụ nam:2024; đã tìm như từ thường."),
    "range_not_allowed": N_("“%(text)s”: chỉ năm và số đơn vị áp dụng mới tìm được theo khoảng; đã tìm như từ thường."),
    "unclosed_quote": N_("Cụm từ “%(text)s” thiếu dấu ngoặc kép đóng; đã coi như kết thúc ở cuối câu."),
    "lone_operator": N_("“%(text)s” cần có từ ở cả hai bên; đã tìm như từ thường."),
    "prefix_not_last": N_("Dấu * chỉ dùng ở từ cuối cùng; “%(text)s” đã tìm nguyên từ."),
    "prefix_too_short": N_("Dấu * cần ít nhất %(limit)s chữ cái phía trước; “%(text)s” đã tìm nguyên từ."),
    "without_accents": N_("Không có kết quả đúng dấu; đây là kết quả khi bỏ dấu."),
}


class QueryTooLong(DomainError):
    """The query is beyond anything a person types (400)."""

    status = 400
    message = N_("Câu tìm quá dài: %(length)s ký tự, nhiều nhất %(limit)s. Xin rút gọn.")


@dataclass(frozen=True)
class Note:
    """Something the reader should know about how the query was read.

    :param code: a key of :data:`NOTES`.
    :param position: where in :attr:`Query.text` it begins, when it has a place.
    """

    code: str
    data: dict[str, Any] = field(default_factory=dict)
    position: int | None = None

    @property
    def message(self) -> str:
        """The Vietnamese sentence, still to be translated and filled from ``data`` by the door."""
        return NOTES[self.code]


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
    FilterKind("code", ("ma", "code"), N_("Mã số, hoặc phần đầu của mã số"), "ma:SK-2B-2025"),
    FilterKind("author", ("tacgia", "author"), N_("Tên tác giả"), 'tacgia:"Nguyễn Văn An"'),
)
#: Operator as typed, its meaning, an example: for the help page.
OPERATORS = (
    ('"…"', N_("Đúng cụm từ"), '"giá đỡ"'),
    ("-", N_("Không chứa"), "pin -xe"),
    ("OR", N_("Một trong hai"), "pin OR ắc-quy"),
    ("AND", N_("Phải có đủ mọi từ"), "giá AND đỡ ắc quy nạp điện"),
    ("*", N_("Bắt đầu bằng, chỉ ở từ cuối"), "huấn luy*"),
)


@dataclass(frozen=True)
class Term:
    """One word searched for; with ``prefix`` every word that begins so."""

    syllable: Syllable
    prefix: bool = False


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
    """``key`` has one of ``values``, or (numbers) lies in one of ``ranges``, both ends included, None being open."""

    key: str
    values: tuple[str, ...] = ()
    ranges: tuple[tuple[int | None, int | None], ...] = ()
    negated: bool = False


@dataclass(frozen=True)
class Query:
    """A parsed query.

    :param text: what was read: NFC, control characters as spaces, cut to :data:`MAX_CHARACTERS`.
    :param loose: words typed plainly; how many must be found says :attr:`minimum`.
    :param required: phrases and OR groups; each must be found.
    :param pairs: words that stood side by side: documents in which they do too rank higher.
    """

    text: str = ""
    loose: tuple[Clause, ...] = ()
    required: tuple[Clause, ...] = ()
    excluded: tuple[Atom, ...] = ()
    filters: tuple[Filter, ...] = ()
    pairs: tuple[tuple[Syllable, Syllable], ...] = ()
    all_words: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def minimum(self) -> int:
        """How many of the loose words a document must have."""
        count = len(self.loose)
        if self.all_words or count <= ALL_WORDS_UP_TO:
            return count
        return -(-count * MIN_SHARE_PERCENT // 100)

    def terms(self) -> tuple[Term, ...]:
        """Every word that counts for ranking, once each."""
        atoms = (atom for clause in (*self.loose, *self.required) for atom in clause.alternatives)
        return tuple(dict.fromkeys(term for atom in atoms for term in atom_terms(atom)))

    @property
    def accented(self) -> bool:
        """Whether any word was typed with accents; then accents are honoured, otherwise ignored."""
        excluded = (term for atom in self.excluded for term in atom_terms(atom))
        return any(term.syllable.canonical != term.syllable.folded for term in (*self.terms(), *excluded))

    @property
    def ranks(self) -> bool:
        """Whether there are words to rank by; without any, the newest come first."""
        return bool(self.loose or self.required)


def atom_terms(atom: Atom) -> tuple[Term, ...]:
    """The words of a word or phrase."""
    return atom.terms if isinstance(atom, Phrase) else (atom,)
