"""The bill of materials names every library and every copied file, with the digests that are pinned (ASVS 15.1.2)."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import sbom

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")
NOTICE = (ROOT / "THIRD_PARTY.md").read_text("utf-8")


@pytest.fixture(scope="module")
def printed():
    answer = subprocess.run([sys.executable, "tools/sbom.py"], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    return json.loads(answer.stdout)


def test_every_pinned_library_stands_in_it_with_all_its_digests(printed):
    named = {each["name"]: each for each in printed["components"] if "hashes" in each}
    pinned = dict(re.findall(r"^([^=\s]+)==([^\s;\\]+)", REQUIREMENTS, re.MULTILINE))
    assert {name: each["version"] for name, each in named.items()} == pinned
    assert len(pinned) > 30
    digests = [each["content"] for library in named.values() for each in library["hashes"]]
    assert sorted(digests) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", REQUIREMENTS))


def test_every_copied_file_stands_in_it_with_its_digest_and_a_licence(printed):
    found = [each for each in printed["components"] if "components" in each]
    files = {file["name"]: file["hashes"][0]["content"] for each in found for file in each["components"]}
    assert files == dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", NOTICE, re.MULTILINE))
    licences = {each["name"]: each["licenses"][0]["expression"] for each in found}
    assert licences["@fontsource/tinos"] == "OFL-1.1"
    assert licences["lucide-static"] == "ISC AND MIT"
    assert (licences["htmx.org"], licences["axe-core"], licences["zxcvbn"]) == ("0BSD", "MPL-2.0", "MIT")
    assert {each["purl"].partition("/")[0] for each in found} == {"pkg:npm", "pkg:pypi"}
    assert [each["name"] for each in found if each["scope"] == "excluded"] == ["axe-core"]


def test_it_is_in_the_form_of_cyclonedx_and_the_same_each_time(printed):
    assert (printed["bomFormat"], printed["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", printed["serialNumber"])
    references = [each["bom-ref"] for each in printed["components"]]
    assert len(set(references)) == len(references)
    assert printed["dependencies"] == [{"ref": "innovations", "dependsOn": references}]
    assert printed == sbom.bill()


def test_a_copied_thing_without_a_licence_is_named():
    with pytest.raises(SystemExit, match="no licence under 'Font'"):
        sbom.copied("\n## Font\n\n- Source: npm font 1.0\n")
