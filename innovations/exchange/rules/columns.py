"""Which column of a sheet is which: the header row, however it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.text import fold


class ColumnTwice(Invalid):
    """Two columns mean the same; nobody can know which one counts."""

    message = N_("Cột “%(header)s” có hai lần; xin giữ lại một cột rồi nhập lại.")


class ColumnMissing(Invalid):
    """A required column is not there."""

    message = N_("Không thấy cột “%(header)s” ở dòng tiêu đề; xin đặt tên cột như trong tệp mẫu.")


class UnknownColumn(Invalid):
    """Told as a warning: the column is left out."""

    message = N_("Không rõ cột “%(header)s”; cột này được bỏ qua.")


@dataclass(frozen=True)
class Header:
    """The header row: for each place the key of its column, or None; and the headers as written, by key."""

    keys: tuple[str | None, ...]
    written: Mapping[str, str]
    warnings: tuple[UnknownColumn, ...]


def plain(header: str) -> str:
    """Return a header as it is compared: ``" Tên  Sáng kiến*"`` → ``"tensangkien"``."""
    return "".join(character for character in fold(header) if character.isalnum())


def recognise_header(cells: Sequence[str], headers: Mapping[str, str], required: Sequence[str] = ("title",)) -> Header:
    """Return what each column holds.

    :param cells: the header row as written.
    :param headers: key → Vietnamese header of the known columns; either name is taken.
    :raises ColumnTwice: also when once in English and once in Vietnamese.
    :raises ColumnMissing: a required column is not there.
    """
    known = {plain(name): key for key, vietnamese in headers.items() for name in (key, vietnamese)}
    keys: list[str | None] = []
    written: dict[str, str] = {}
    warnings: list[UnknownColumn] = []
    for cell in cells:
        key = known.get(plain(cell))
        if key in written:
            raise ColumnTwice(key, header=cell.strip())
        if key is not None:
            written[key] = cell.strip()
        elif cell.strip():
            warnings.append(UnknownColumn(cell.strip()[:60], header=cell.strip()[:60]))
        keys.append(key)
    for key in required:
        if key not in written:
            raise ColumnMissing(key, header=headers[key])
    return Header(tuple(keys), written, tuple(warnings))
