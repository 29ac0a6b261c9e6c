"""The unit's own virus scanner, asked of every file that a form sends, stored or read and thrown away.  None is shipped.

A scanner that does not answer lets nothing in: a file that nobody looked at is neither read here nor kept for others to open.
Asked at the one door of files (:mod:`innovations.core.web.received`); commands read files of who owns the machine.
"""

import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from innovations.core.rules.errors import N_, Invalid, Unavailable
from innovations.documents import storage
from innovations.documents.sniff import safe_name

#: How scanners end that found something; anything else above zero is trouble of their own (clamscan, clamdscan and their like).
_FOUND = 1
#: The harmless file that every scanner must find, by agreement of their makers (EICAR), in two parts: scanners read this file too.
_HARMLESS = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD", "-ANTIVIRUS-TEST-FILE!$H+H*")


class Infected(Invalid):
    """The scanner found something in the file."""

    message = N_("Chương trình diệt vi-rút của đơn vị không cho nhận tệp “%(name)s”. Xin kiểm tra máy đã tạo ra tệp này.")


class ScannerSilent(Unavailable):
    """The scanner cannot be started, ends with an error of its own, or takes too long."""

    message = N_("Chương trình diệt vi-rút chưa trả lời, nên chưa nhận tệp nào. Xin thử lại sau ít phút.")


def check_scanned(name: str, source: BinaryIO) -> None:
    """Refuse what the scanner of ``UPLOAD_SCANNER`` finds; without one every file passes.

    :param name: what the uploader calls the file; ``source``: its bytes, left at their beginning.
    :raises Infected: the field is ``file``.
    :raises ScannerSilent: the log says why, without the name.
    :raises Unavailable: the disk is full.
    """
    command = shlex.split(current_app.config["UPLOAD_SCANNER"])
    if not command:
        return
    try:
        with tempfile.TemporaryDirectory(dir=storage.upload_folder()) as folder:
            path = Path(folder) / "upload"
            with path.open("wb") as out:
                shutil.copyfileobj(source, out, storage.CHUNK)
            source.seek(0)
            found = _ending(command, path) == _FOUND
    except OSError as full:
        raise Unavailable from full
    if found:
        raise Infected("file", name=safe_name(name))


def _ending(command: list[str], path: Path) -> int:
    """0 or 1.

    :raises ScannerSilent: anything else.
    """
    try:
        done = subprocess.run(  # noqa: S603  (the administrator's own command, no shell, and a path of our own making)
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=current_app.config["UPLOAD_SCANNER_SECONDS"],
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        current_app.logger.error("the virus scanner does not answer: %s", type(error).__name__)
        raise ScannerSilent from error
    if done.returncode not in (0, _FOUND):
        said = done.stderr.decode("utf-8", "replace").replace(str(path), "…").strip()[-200:]
        current_app.logger.error("the virus scanner ended with %d: %s", done.returncode, said)
        raise ScannerSilent
    return done.returncode


def trouble() -> str | None:
    """What is wrong with the scanner, for whoever looks after the installation: it must pass a plain file and find the test file."""
    command = shlex.split(current_app.config["UPLOAD_SCANNER"])
    if not command:
        return None
    with tempfile.TemporaryDirectory() as folder:
        plain, found = Path(folder) / "plain", Path(folder) / "found"
        plain.write_text("a plain file")
        found.write_text("".join(_HARMLESS))
        try:
            endings = _ending(command, plain), _ending(command, found)
        except ScannerSilent:
            return "UPLOAD_SCANNER does not answer, so no file is taken; run it by hand with the name of a file"
    if endings == (0, _FOUND):
        return None
    return "UPLOAD_SCANNER must end with 0 for a plain file and with 1 for the EICAR test file; it ended with {} and {}".format(
        *endings
    )
