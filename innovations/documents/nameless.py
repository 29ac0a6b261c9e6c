"""Starts the program that makes a copy of a file without names, and waits for it."""

import io
import subprocess
from pathlib import Path

from innovations.core.rules.errors import N_, DomainError
from innovations.documents.apart import program
from innovations.documents.sniff import MEDIA_TYPES

LONGEST_SECONDS = 30
_WRITTEN_BY_PROGRAMS = {
    one.mime: one.extension for one in MEDIA_TYPES.values() if one.extension in {"pdf", "docx", "xlsx", "pptx", "odt"}
}


class NotNameless(DomainError):
    """No copy without names can be made of this file."""

    status = 409
    message = N_("Không tạo được bản không ghi tên của tệp này; đồng chí xem được tệp gốc sau khi chốt phiếu chấm.")


def nameless(path: Path, media_type: str) -> io.BytesIO:
    """The file's bytes without what names who made it; pictures were freed of it when they came, plain text has none.

    :raises NotNameless: the file cannot be read, or it takes too much time or memory.
    """
    if media_type not in _WRITTEN_BY_PROGRAMS:
        return io.BytesIO(path.read_bytes())
    command = program("neutral", _WRITTEN_BY_PROGRAMS[media_type], str(path))
    try:
        # Our own file; without our environment, which may hold the secret key.
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, env={}, check=True)  # noqa: S603
    except subprocess.SubprocessError as error:
        raise NotNameless from error
    return io.BytesIO(done.stdout)
