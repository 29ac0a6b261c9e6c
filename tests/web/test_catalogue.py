"""The English catalogue is whole, in step with the source, and English."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from tests.english_pages import VIETNAMESE, both, messages
from tools.translate import MO, PO, extracted, stored, untranslated

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%")


def test_every_message_has_its_english() -> None:
    assert untranslated(stored()) == []


def test_nothing_in_the_catalogue_is_guessed_or_left_over() -> None:
    catalog = stored()
    assert [message.id for message in messages() if message.fuzzy] == []
    assert list(catalog.obsolete) == []
    assert not re.search(r"^#~", PO.read_text(), re.MULTILINE)


def test_the_catalogue_is_in_step_with_the_source() -> None:
    """Run ``./dev translate`` and write the English of what it names."""
    in_source = {(both(message.id)[0], message.context) for message in extracted() if message.id}
    in_catalogue = {(both(message.id)[0], message.context) for message in messages()}
    assert in_source - in_catalogue == set()
    assert in_catalogue - in_source == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with PO.open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale="en"))
    assert MO.read_bytes() == compiled.getvalue()
    with MO.open("rb") as file:
        assert len(read_mo(file)) == len(stored())


def test_both_languages_have_the_same_placeholders() -> None:
    wrong = {
        both(message.id)[0]: english
        for message in messages()
        for english in both(message.string)
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(both(message.id)[0]))
    }
    assert wrong == {}


def test_what_is_counted_somewhere_is_counted_everywhere() -> None:
    """A message with a plural is looked up by its singular alone in newer versions of Python, not in 3.11.2: it would stay Vietnamese."""
    counted = {message.id[0] for message in messages() if isinstance(message.id, tuple)}
    assert len(counted) > 10
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "innovations").rglob("*.py")]
    plain = re.compile(r"""\b(?:_|_l|N_|gettext)\(\s*(['"])(.*?)\1""")
    found = {(file.name, said) for file in sources for _quote, said in plain.findall(file.read_text(encoding="utf-8"))}
    assert {(name, said) for name, said in found if said in counted} == set()


def test_the_english_holds_no_vietnamese() -> None:
    allowed = ("đồng", "QĐ-1A", "NĐ-CP", "Tết")
    wrong = []
    for message in messages():
        for english in both(message.string):
            rest = english
            for word in allowed:
                rest = rest.replace(word, "")
            if VIETNAMESE.search(rest):
                wrong.append(english)
    assert wrong == []


def test_nobody_is_called_comrade_in_english() -> None:
    assert [message.id for message in messages() if re.search("comrade", " ".join(both(message.string)), re.IGNORECASE)] == []
