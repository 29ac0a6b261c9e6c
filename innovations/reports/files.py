"""Writing rows to CSV and XLSX so that no spreadsheet runs what a person typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import BinaryIO

import xlsxwriter

from innovations.reports.columns import HEADERS, RegisterRow, Value

#: A cell that begins so would be run as a formula by a spreadsheet that opens the CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DAY_FORMAT = "%d/%m/%Y"
#: Width of a column in characters; others get the first.
WIDTHS = {"": 16, "title": 48, "description": 60, "benefit": 40, "authors": 40}


class FileFormat(StrEnum):
    """The formats a register is exported in."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def neutral(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs: ``"=1+1"`` → ``"'=1+1"``."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_register(stream: BinaryIO, rows: Iterable[RegisterRow], file_format: FileFormat) -> int:
    """Write header and rows to ``stream``, row by row; the memory used does not grow with their number.

    :returns: how many rows were written.
    :raises CellTooLong: XLSX only; a text is longer than a cell may hold.
    """
    widths = tuple(WIDTHS.get(key, WIDTHS[""]) for key in HEADERS)
    return write_table(stream, tuple(HEADERS.values()), (row.values() for row in rows), file_format, widths)


def write_table(
    stream: BinaryIO, headers: tuple[str, ...], rows: Iterable[tuple[Value, ...]], file_format: FileFormat,
    widths: tuple[int, ...] = (),
) -> int:  # fmt: skip
    """Write any table; ``widths`` are those of the first columns in characters, others get the usual one.

    :returns: how many rows were written.
    :raises CellTooLong: XLSX only; a text is longer than a cell may hold.
    """
    if file_format is FileFormat.CSV:
        return _write_csv(stream, headers, rows)
    return _write_xlsx(stream, headers, rows, widths)


def _csv_cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(DAY_FORMAT)
    return neutral(value) if isinstance(value, str) else value


def _write_csv(stream: BinaryIO, headers: tuple[str, ...], rows: Iterable[tuple[Value, ...]]) -> int:
    # With the mark of its encoding, or a Vietnamese Excel reads it in the system's code page.
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headers)
    written = 0
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        written += 1
    text.detach()
    return written


class CellTooLong(ValueError):
    """A text is longer than the 32,767 characters of an XLSX cell."""


def _write_xlsx(stream: BinaryIO, headers: tuple[str, ...], rows: Iterable[tuple[Value, ...]], widths: tuple[int, ...]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Sổ sáng kiến")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for column, header in enumerate(headers):
            sheet.set_column(column, column, widths[column] if column < len(widths) else WIDTHS[""])
            sheet.write_string(0, column, header, bold)
        sheet.freeze_panes(1, 0)
        written = 0
        for written, row in enumerate(rows, 1):  # noqa: B007  (counts the rows)
            for column, value in enumerate(row):
                _write_cell(sheet, written, column, value, day)
    return written


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, day: object) -> None:
    if isinstance(value, date):
        status = sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int):
        status = sheet.write_number(row, column, value)
    elif value:
        status = sheet.write_string(row, column, value)
    else:
        return
    if status:
        raise CellTooLong(f"row {row + 1}, column {column + 1}")
