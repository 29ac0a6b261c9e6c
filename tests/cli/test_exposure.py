"""What is served to other machines: never the demo's accounts, and nothing under any name that is not the server's own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from innovations.cli.serve import Refused, check_exposure, main


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_to_this_machine_alone_everything_is_served(host: str) -> None:
    check_exposure(host, demo=True, trusted_hosts="")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", "so.example.lan"])  # noqa: S104  (what must be refused)
def test_the_demos_accounts_are_never_served_to_other_machines(host: str) -> None:
    with pytest.raises(Refused, match="--no-demo"):
        check_exposure(host, demo=True, trusted_hosts="so.example.lan")


def test_to_other_machines_the_server_answers_under_its_own_names_alone() -> None:
    with pytest.raises(Refused, match="INNOVATIONS_TRUSTED_HOSTS"):
        check_exposure("0.0.0.0", demo=False, trusted_hosts="")  # noqa: S104
    check_exposure("0.0.0.0", demo=False, trusted_hosts="so.example.lan")  # noqa: S104


@pytest.mark.parametrize(("names", "said"), [("so.example.lan", "is in use"), ("", "INNOVATIONS_TRUSTED_HOSTS")])
def test_names_in_the_instances_own_configuration_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: str, said: str
) -> None:
    """They did not: a server whose names stood in ``instance/config.py`` refused to start."""
    (tmp_path / "config.py").write_text(f"TRUSTED_HOSTS = {names!r}")
    monkeypatch.setenv("INNOVATIONS_INSTANCE", str(tmp_path))
    with socket.create_server(("0.0.0.0", 0)) as taken:  # noqa: S104  (so that nothing is started)
        assert main(["--host", "0.0.0.0", "--no-demo", "--port", str(taken.getsockname()[1])]) == 1  # noqa: S104
    told = capsys.readouterr()
    assert said in told.out + told.err
