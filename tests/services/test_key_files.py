"""Files of secrets are the server's own, whole, and the same for two processes that make one at the same moment."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from innovations.core.keys import write_key


def test_a_key_is_readable_for_the_server_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "a.key"
    write_key(path, b"secret")
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_of_many_who_make_the_same_key_at_once_all_go_on_with_one(tmp_path: Path) -> None:
    path = tmp_path / "a.key"

    def made(number: int) -> bytes:
        write_key(path, bytes([number]) * 1000)
        return path.read_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(made, range(40)))) == 1


def test_a_key_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    for content in (b"first", b"second"):
        write_key(path, content)
    assert path.read_bytes() == b"first"
    write_key(path, b"third", replace=True)
    assert path.read_bytes() == b"third"
