"""What is locked installs on the oldest Python that is promised: Debian 12's (README: "a fresh Debian 12 with only python3")."""

import re
from importlib import metadata
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
OLDEST = "3.11.2"


def locked(file: str) -> list[str]:
    return re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (ROOT / file).read_text(), re.MULTILINE)


def test_every_locked_package_runs_on_the_oldest_python() -> None:
    names = locked("requirements-dev.txt")
    assert len(names) > 40
    assert set(locked("requirements.txt")) <= set(names)
    asked = {name: metadata.metadata(name).get("Requires-Python") or "" for name in names}
    assert [f"{name} {wanted}" for name, wanted in asked.items() if OLDEST not in SpecifierSet(wanted)] == []


def test_the_lock_is_made_for_it() -> None:
    assert f"OLDEST={OLDEST} " in (ROOT / "dev").read_text()
