"""Abbreviations and what they stand for: a query with the one also finds the other.

The shipped rows are below; the file named by ``ABBREVIATIONS_FILE`` adds to them, in the same form.  It is read again when it
changes.  A row of its own replaces a shipped one, and a row with nothing behind the sign takes it away.  The table is public:
it comes from the administrator, never from documents.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from innovations.search.text import analysis
from innovations.search.text.analysis import Syllable

#: Bytes of the file and rows that are read; words that one abbreviation may stand for.
MAX_BYTES, MAX_ROWS, MAX_WORDS = 100_000, 1000, 8
#: Only what is no Vietnamese word itself: ``AN`` for an ninh would change every search for ``an``.
SHIPPED = """
ATGT = an toàn giao thông
ATLĐ = an toàn lao động
BĐHC = bảo đảm hậu cần
BĐKT = bảo đảm kỹ thuật
BQP = Bộ Quốc phòng
CCHC = cải cách hành chính
CĐS = chuyển đổi số
CNTT = công nghệ thông tin
CTCT = công tác chính trị
CTĐ = công tác đảng
CTKT = cải tiến kỹ thuật
GDQP = giáo dục quốc phòng
KHCN = khoa học công nghệ
KHKT = khoa học kỹ thuật
PCCC = phòng cháy chữa cháy
QĐND = quân đội nhân dân
SKCT = sáng kiến cải tiến
SSCĐ = sẵn sàng chiến đấu
TBKT = trang bị kỹ thuật
TP.HCM = thành phố Hồ Chí Minh
VKTBKT = vũ khí trang bị kỹ thuật
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Abbreviation:
    """``short`` as one word (``TP.HCM`` is ``tphcm``), and the words it stands for."""

    short: Syllable
    words: tuple[Syllable, ...]


class Table(dict[str, Abbreviation]):
    """Folded abbreviation → row."""

    @cached_property
    def beginning(self) -> Mapping[str, Sequence[Abbreviation]]:
        """The rows by the first of their words, folded."""
        found: dict[str, list[Abbreviation]] = defaultdict(list)
        for row in self.values():
            found[row.words[0].folded].append(row)
        return found


class Abbreviations:
    """The shipped rows with those of ``file``, which need not exist."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._rows = _table(rows(SHIPPED.splitlines()))

    def table(self) -> Table:
        """Folded abbreviation → row; the file is read again when it changed."""
        seen = self._look()
        if seen != self._seen:
            self._seen, self._rows = seen, _table((*rows(SHIPPED.splitlines()), *rows(self._lines())))
        return self._rows

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat() if self._file else None
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size) if found else None

    def _lines(self) -> list[str]:
        """The rows of the file; none when it cannot be read, for a search must not fail by it."""
        try:
            if self._file is None or self._look() is None:
                return []
            with self._file.open("rb") as file:
                return file.read(MAX_BYTES).decode("utf-8-sig", "replace").splitlines()[:MAX_ROWS]
        except OSError as error:
            _log.error("the abbreviations cannot be read: %s", error)
            return []


def rows(lines: Iterable[str]) -> Iterator[Abbreviation]:
    """``"SSCĐ = sẵn sàng chiến đấu"``, one a line; empty lines, ``# remarks`` and what is no such row are passed over."""
    for line in lines:
        short, sign, long = line.partition("=")
        parts = analysis.syllables(short)
        if line.lstrip().startswith("#") or not sign or not parts:
            continue
        whole = analysis.syllable("".join(part.canonical for part in parts))
        yield Abbreviation(whole, tuple(analysis.syllables(long)[:MAX_WORDS]))


def spelled_out(text: str, table: Mapping[str, Abbreviation]) -> str:
    """``text`` with what abbreviations of the table stand for, without accents: ``"Kho PCCC"`` → ``"Kho phong chay chua chay"``.

    For comparing texts; a designation that holds letters of an abbreviation stays as it is.
    """
    parts, end = [], 0
    for start, stop in analysis.runs(text):
        run = text[start:stop]
        row = table.get((analysis.designation(run) or analysis.syllable(run)).folded)
        if row is not None:
            parts += [text[end:start], " ".join(word.folded for word in row.words)]
            end = stop
    return "".join([*parts, text[end:]])


def _table(found: Iterable[Abbreviation]) -> Table:
    """Later rows win; one word or none takes the abbreviation away."""
    last = {row.short.folded: row for row in found}
    return Table({short: row for short, row in last.items() if len(row.words) > 1})
