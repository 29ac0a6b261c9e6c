"""Every form that changes something carries a key, so that it has one effect however often it is sent."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from flask import request

from innovations.core.web.once import _attempted
from tests.world import World

TEMPLATES = Path(__file__).parents[2] / "templates"
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
#: Signing in opens nothing twice, a ballot must not keep when it was cast (domain §6), and the last one is an example in a comment.
WITHOUT = {"people/signin.html", "people/signin_code.html", "boards/ballot.html", "macros/forms.html"}


def test_every_form_carries_a_key_or_may_be_sent_again() -> None:
    bare = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in FORM.findall(path.read_text())
        if "once_field()" not in form and "data-repeatable" not in form
    }
    assert bare == WITHOUT


def test_a_file_that_was_read_meanwhile_belongs_to_the_same_attempt(world: World) -> None:
    """Of two clicks at one moment the second looks for where the first one led when the file was read to its end."""
    sent = {"_once": "a-key", "file": (BytesIO(b"title,year\n"), "so.csv")}
    with world.app.test_request_context("/admin/register", method="POST", data=sent):
        first = _attempted()
        assert request.files["file"].read() == b"title,year\n"
        assert _attempted() == first
