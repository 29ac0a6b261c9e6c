"""Reading a register file: CSV in UTF-8 or the first sheet of an XLSX, as rows of cells by column.

For files people keep by hand.  Nothing is computed: a formula is handed on as such and refused by the rules.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from innovations.core.rules.errors import N_, Invalid
from innovations.exchange.rules.cells import Cell, Formula, from_csv
from innovations.exchange.rules.columns import Header, recognise_header
from innovations.reports.columns import HEADERS

#: An XLSX unpacks to about ten times its size; one that claims more than this is no register.
UNPACKED_BYTES = 1024 * 1024 * 1024
#: Characters in one CSV cell; the longest column takes 30,000.
CELL_CHARACTERS = 1_000_000
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class NotUtf8(Invalid):
    """A CSV in another encoding: guessing would spoil names silently."""

    message = N_("Tệp CSV không ở bảng mã UTF-8; xin mở bằng Excel, chọn Lưu thành “CSV UTF-8” hoặc XLSX rồi nhập lại.")


class NotASheet(Invalid):
    """Neither CSV nor a sound XLSX."""

    message = N_("Không đọc được tệp; xin lưu lại thành XLSX hoặc CSV UTF-8 rồi nhập lại.")


class BrokenCsv(Invalid):
    """Quotes that are not closed, a cell without end."""

    message = N_("Tệp CSV hỏng ở dòng %(row)s (thường do thiếu dấu nháy đóng); xin sửa dòng đó rồi nhập lại.")


class EmptySheet(Invalid):
    """No row holds anything."""

    message = N_("Tệp không có dòng nào.")


@dataclass(frozen=True)
class Sheet:
    """The rows below the header, each with its number in the spreadsheet and its cells by column key."""

    header: Header
    header_row: int
    rows: Iterator[tuple[int, dict[str, Cell]]]


def read_sheet(source: BinaryIO, headers: Mapping[str, str] = HEADERS, required: Sequence[str] = ("title",)) -> Sheet:
    """Open a register file, or another list with its own ``headers``; rows are read as they are asked for.

    :raises NotUtf8: NotASheet: BrokenCsv: EmptySheet: the file as a whole cannot be read.
    :raises ColumnTwice: ColumnMissing: its header row cannot be used.
    """
    start = source.read(4)
    source.seek(0)
    if start == OLD_EXCEL:
        raise NotASheet("file")
    rows = _xlsx_rows(source) if start == ZIP else _csv_rows(source)
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(cell not in (None, "") for cell in row))
    first = next(numbered, None)
    if first is None:
        raise EmptySheet("file")
    number, cells = first
    names = ["" if cell is None or isinstance(cell, Formula) else str(cell) for cell in cells]
    header = recognise_header(names, headers, required)
    return Sheet(header, number, _keyed(numbered, header))


def _keyed(rows: Iterable[tuple[int, list[Cell]]], header: Header) -> Iterator[tuple[int, dict[str, Cell]]]:
    for number, cells in rows:
        yield number, {key: cell for key, cell in zip(header.keys, cells, strict=False) if key is not None}


def _delimiter(text: str) -> str:
    """``,`` or ``;``, whichever the header row has more of outside quotes."""
    counts, quoted, begun = {",": 0, ";": 0}, False, False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
        elif not quoted and character in "\r\n" and begun:
            break
        begun = begun or not (character.isspace() or character in counts)
    return ";" if counts[";"] > counts[","] else ","


def _csv_rows(source: BinaryIO) -> Iterator[list[Cell]]:
    try:
        text = source.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8("file") from None
    if "\x00" in text:
        raise NotUtf8("file")
    return _parsed(text)


def _parsed(text: str) -> Iterator[list[Cell]]:
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # noqa: B007  (the refusal names the row)
            yield [from_csv(cell) for cell in cells] if any(cell.strip() for cell in cells) else []
    except csv.Error:
        raise BrokenCsv("file", row=row + 1) from None


def _xlsx_rows(source: BinaryIO) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES:
                raise NotASheet("file")
        sheet = load_workbook(source, read_only=True, data_only=False).worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
        for row in sheet.iter_rows():
            cells = [Formula() if cell.data_type in ("f", "e") else cell.value for cell in row]
            yield [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, IndexError, ValueError) as error:
        raise NotASheet("file") from error
