"""Versions of the minutes that are attached to a meeting: the Word file edited by hand, and the scan of the signed paper."""

from __future__ import annotations

from collections.abc import Mapping

from innovations.core.rules.errors import N_, DomainError, Invalid, StateForbids
from innovations.core.rules.labels import Labelled

NOTE_MAX = 500  # characters


class MinutesKind(Labelled):
    """What a version is."""

    EDITED = "edited", N_("Bản đã chỉnh sửa")
    SIGNED = "signed", N_("Biên bản đã ký")


class NotEditedMinutes(Invalid):
    """Edited minutes are a text."""

    message = N_("Bản đã chỉnh sửa nhận tệp DOCX hoặc PDF.")


class NotSignedMinutes(Invalid):
    """Signed minutes are a picture of paper."""

    message = N_("Biên bản đã ký nhận bản quét PDF, JPG hoặc PNG.")


class MinutesFull(Invalid):
    """All versions of the meeting together are over the limit."""

    status = 413
    message = N_("Các bản biên bản của phiên họp này đã quá %(limit)d MB; xin giảm cỡ bản quét.")


class MinutesAttached(StateForbids):
    """Attached minutes tell of every item of the agenda, so none is taken off it any more."""

    message = N_("Phiên họp đã có biên bản đính kèm nên không bỏ hồ sơ nào khỏi chương trình.")


TAKES: Mapping[MinutesKind, tuple[frozenset[str], type[DomainError]]] = {
    MinutesKind.EDITED: (frozenset({"docx", "pdf"}), NotEditedMinutes),
    MinutesKind.SIGNED: (frozenset({"pdf", "jpg", "png"}), NotSignedMinutes),
}


def check_minutes_file(kind: str, extension: str) -> MinutesKind:
    """Which kind of minutes a file with this extension becomes.

    :raises NotEditedMinutes: NotSignedMinutes: another kind of file; the field is ``file``.
    :raises Invalid: no such kind of minutes.
    """
    if kind not in set(MinutesKind):
        raise Invalid("kind")
    found = MinutesKind(kind)
    extensions, refusal = TAKES[found]
    if extension not in extensions:
        raise refusal("file")
    return found
