"""A table as a file to save, for the doors that offer one."""

import tempfile
from collections.abc import Callable
from typing import BinaryIO

from flask import Response, send_file

from innovations.core.rules.errors import NotVisible
from innovations.documents.storage import upload_folder
from innovations.reports.files import MEDIA_TYPES, FileFormat


def table_file(write: Callable[[BinaryIO, FileFormat], object], name: str, file_format: str) -> Response:
    """The answer that saves a table, written to disk first so that a failure is an error page and not half a file.

    :param write: writes the table to a stream in a format.
    :param name: of the file, without its ending.
    :raises NotVisible: no such format.
    """
    if file_format not in set(FileFormat):
        raise NotVisible
    chosen = FileFormat(file_format)
    held = tempfile.TemporaryFile(dir=upload_folder())  # noqa: SIM115  (the response closes it)
    write(held, chosen)
    held.seek(0)
    return send_file(held, mimetype=MEDIA_TYPES[chosen], as_attachment=True, download_name=f"{name}.{chosen.value}")
