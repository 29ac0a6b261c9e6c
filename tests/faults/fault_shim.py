"""Clicks on a copy of a prepared instance, again and again, each time with another write, sync, cut or rename that fails.

Run as a program, with the shim preloaded: reads what to click from a JSON file and prints one JSON line a click.  What it cannot
see: the pages that SQLite keeps in shared memory (the log's index, which is made anew from the log), and what a disk tells no one.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from fault_disk import files_of, rows_of
from fault_processes import ROOT, environment_for
from flask import Flask
from flask.testing import FlaskClient

from innovations.cli.checking import CHECKS
from innovations.extensions import db
from tests.instances import make_app

HERE = Path(__file__).parent
#: What a disk says: there is no room, or it did not work.
ERRORS = (errno.ENOSPC, errno.EIO)


@dataclass(frozen=True)
class Clicked:
    """One click of a story while the ``place``-th operation failed, and the same click afterwards."""

    story: str
    place: int
    status: int
    changed: list[str]
    again: int
    broken: list[str]


def build(folder: Path) -> Path:
    """Compile the shim."""
    library = folder / "fault_shim.so"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "fault_shim.c"), "-ldl"]
    subprocess.run(command, check=True)
    return library


def click_all(folder: Path, library: Path, stories: list[dict[str, Any]]) -> list[Clicked]:
    """Run :func:`main` over ``<folder>/prepared``; what each click did, in order."""
    (folder / "stories.json").write_text(json.dumps(stories))
    environment = {**environment_for(folder), "LD_PRELOAD": str(library), "PYTHONPATH": f"{ROOT}:{HERE}"}
    command = [sys.executable, str(HERE / "fault_shim.py"), str(folder)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=1800)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return [Clicked(**json.loads(line)) for line in ran.stdout.splitlines()]


def _put_back(app: Flask, folder: Path) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    shutil.rmtree(folder / "instance", ignore_errors=True)
    shutil.copytree(folder / "prepared", folder / "instance")


def _click(client: FlaskClient, story: dict[str, Any]) -> int:
    data = dict(story["data"])
    if "file" in story:
        data["file"] = (BytesIO(story["file"].encode()), "bien-ban.txt")
    return client.post(story["path"], data=data).status_code


def _once(app: Flask, folder: Path, story: dict[str, Any], place: int) -> tuple[Clicked, int]:
    """A click whose ``place``-th operation fails, and how many there were."""
    _put_back(app, folder)
    shim, instance = ctypes.CDLL(None), folder / "instance"
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(_user_id=story["token"], _fresh=True)
    client.get("/healthz")
    before, files = rows_of(instance / "innovations.sqlite"), files_of(instance)
    shim.fault_arm(str(instance).encode(), place, ERRORS[place % len(ERRORS)])
    status = _click(client, story)
    seen = int(shim.fault_seen())
    after = rows_of(instance / "innovations.sqlite")
    changed = [name for name in after if after[name] != before[name] and name not in story["may_change"]]
    changed += sorted(name for name in files_of(instance) - files)
    again = _click(client, story)
    with app.app_context():
        broken = [problem for one in CHECKS for problem in one()]
    return Clicked(story["name"], place, status, changed, again, broken), seen


def main() -> None:
    """Click without a fault to count the operations, then with each of them failing, or with some ``at_most``; story by story."""
    folder = Path(sys.argv[1])
    (folder / "instance").mkdir(mode=0o700, exist_ok=True)
    app = make_app(folder / "instance")
    app.test_client_class = FlaskClient
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a mistake of ours is a page, as it is for anybody
    for story in json.loads((folder / "stories.json").read_text()):
        first, operations = _once(app, folder, story, 0)
        print(json.dumps(vars(first)))
        step = max(1, -(-operations // story["at_most"]))
        for place in range(1, operations + 1, step):
            print(json.dumps(vars(_once(app, folder, story, place)[0])))


if __name__ == "__main__":
    os.umask(0o077)
    main()
