"""Print a bill of materials: every library that is installed and every file that was copied, as CycloneDX 1.6 JSON (``./dev sbom``).

Read from ``requirements.txt`` (names, versions, digests) and ``THIRD_PARTY.md`` (source, licence, digests), so that it says what is
pinned, not what happens to be installed; the same checkout prints the same document.  Needs Python alone.  Not in it: packages of the
operating system, and what the wheels of the libraries hold themselves.
"""

from __future__ import annotations

import configparser
import json
import re
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: A pinned library, the digests of its files behind it.
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\\\n\s+--hash=sha256:[0-9a-f]{64})+)", re.MULTILINE)
DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
#: Registry, package, version.
SOURCE = re.compile(r"^- Source: (npm|PyPI) (\S+) (\S+)$", re.MULTILINE)
LICENCE = re.compile(r"^- Licence: ([^,\n(]+)(?:\(some icons (\w+)[^)]*\))?", re.MULTILINE)
SUM = re.compile(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
#: As ``THIRD_PARTY.md`` writes them → SPDX.
SPDX = {"SIL OFL 1.1": "OFL-1.1", "MPL 2.0": "MPL-2.0"}
TESTS_ONLY = "not part of what is installed"

Component = dict[str, Any]


def _hashes(digests: list[str]) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest} for digest in digests]


def _library(name: str, version: str, digests: list[str]) -> Component:
    """A library; where it has a file for each platform, each has its digest."""
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": _hashes(digests)}


def libraries(requirements: str) -> list[Component]:
    """The pinned libraries of a file of requirements."""
    return [_library(name, version, DIGEST.findall(digests)) for name, version, digests in PINNED.findall(requirements)]


def _copied(section: str) -> Component:
    source, licence = SOURCE.search(section), LICENCE.search(section)
    if source is None or licence is None:
        raise SystemExit(f"THIRD_PARTY.md: no source or no licence under {section.splitlines()[0]!r}")
    written = [SPDX.get(each.strip(), each.strip()) for each in licence.groups() if each]
    registry, name, version = source.groups()
    purl = f"pkg:{registry.lower()}/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
        "description": section.splitlines()[0].strip(), "licenses": [{"expression": " AND ".join(written)}],
        "scope": "excluded" if TESTS_ONLY in section else "required",
        "components": [{"type": "file", "name": name, "hashes": _hashes([digest])} for name, digest in SUM.findall(section)],
    }  # fmt: skip


def copied(notice: str) -> list[Component]:
    """What was copied from others, each with its files as they lie here.

    :raises SystemExit: a section without a source or a licence.
    """
    return [_copied(section) for section in notice.split("\n## ")[1:]]


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The whole document."""
    metadata = configparser.ConfigParser()
    metadata.read(root / "setup.cfg", encoding="utf-8")
    about = metadata["metadata"]
    product = {
        "type": "application", "bom-ref": about["name"], "name": about["name"], "version": about["version"],
        "licenses": [{"license": {"id": about["license"]}}],
    }  # fmt: skip
    pinned = libraries((root / "requirements.txt").read_text("utf-8"))
    components = pinned + copied((root / "THIRD_PARTY.md").read_text("utf-8"))
    held = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, held)}",
        "version": 1,
        "metadata": {"component": product},
        "components": components,
        "dependencies": [{"ref": about["name"], "dependsOn": [each["bom-ref"] for each in components]}],
    }


if __name__ == "__main__":
    print(json.dumps(bill(), ensure_ascii=False, indent=2))
