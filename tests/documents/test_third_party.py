"""What was copied from others is named, licensed and unchanged; every icon that a page asks for is in the sprite."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
SUMS = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", NOTICE, re.MULTILINE))
ICON_CALL = re.compile(r"""\bicon(?:_name)?\s*(?:\(|=)\s*["']([a-z0-9-]+)["']""")
COPIED = [
    *ROOT.glob("innovations/static/fonts/*.woff2"),
    *ROOT.glob("innovations/static/vendor/**/*.js"),
    *ROOT.glob("innovations/documents/papers/fonts/*.ttf"),
    *ROOT.glob("innovations/people/leaked/*.sha256"),
]


@pytest.mark.parametrize("name", SUMS)
def test_a_copied_file_is_the_one_that_was_reviewed(name):
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == SUMS[name]


def test_no_copied_file_goes_unnamed():
    assert COPIED
    assert [str(path.relative_to(ROOT)) for path in COPIED if str(path.relative_to(ROOT)) not in SUMS] == []


def test_every_licence_that_is_named_lies_beside_its_files():
    licences = re.findall(r"text in `([^`]+)`", NOTICE)
    assert len(licences) == NOTICE.count("\n## ")
    assert [name for name in licences if not (ROOT / name).is_file()] == []


def test_every_icon_that_a_page_asks_for_is_in_the_sprite():
    held = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "innovations/static/icons.svg").read_text("utf-8")))
    asked = {
        (name, path.name) for path in (ROOT / "templates").rglob("*.html") for name in ICON_CALL.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 10
    assert {(name, page) for name, page in asked if name not in held} == set()
