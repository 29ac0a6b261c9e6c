"""Every form that changes something carries a key, so that it has one effect however often it is sent."""

from __future__ import annotations

import re
from pathlib import Path

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
