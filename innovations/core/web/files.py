"""A file as an answer to be saved: shown by no page of ours, never run."""

from pathlib import Path
from typing import BinaryIO

from flask import Response, send_file

#: Its own sandbox says so to browsers that would show it.
DOWNLOAD_POLICY = "default-src 'none'; sandbox"


def shown(source: Path, name: str, media_type: str) -> Response:
    """A picture that was drawn anew here, to be looked at on a page; anything else is saved."""
    response = saved(source, name, media_type)
    if media_type.startswith("image/"):
        response.headers.set("Content-Disposition", "inline", filename=name)
    return response


def saved(source: Path | BinaryIO, name: str, media_type: str) -> Response:
    """The file under the name it is saved by."""
    response = send_file(source, mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response
