"""Bring the English catalogue up to date with the source: extract, update, compile (``./dev translate``).

Messages are Vietnamese in the source; ``messages.po`` holds the English.  A message that left the source leaves the catalogue,
a new one is added empty and named in the output, and nothing is ever guessed ("fuzzy").  Both files are committed, so that a
fresh checkout needs no further step; the tests refuse a catalogue that lags behind.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "innovations" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
#: Where messages stand, and how each kind of file is read.
SOURCES = {"innovations": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "N_": None}
#: A header that stays as it is: who and when is what the history of the file says.
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
NOBODY: dict[str, Any] = {
    "creation_date": BEGUN, "revision_date": BEGUN,
    "msgid_bugs_address": "-", "last_translator": "-", "language_team": "-",
}  # fmt: skip
TITLE = "# English messages of Sổ Sáng kiến, by ./dev translate: write the msgstr lines, leave the rest to the command."


def extracted() -> Catalog:
    """Every message of the source."""
    found = Catalog()
    for folder, methods in SOURCES.items():
        for _name, _line, message, _comments, context in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            found.add(message, context=context)
    return found


def stored() -> Catalog:
    """The catalogue as it is in the checkout; an empty one before the first run."""
    if not PO.exists():
        return Catalog(locale="en", project="innovations", version="1", fuzzy=False, **NOBODY)
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated(catalog: Catalog) -> Catalog:
    """``catalog`` with exactly the messages of the source, keeping the English it has."""
    source = extracted()
    source.creation_date = catalog.creation_date
    catalog.update(source, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.header_comment = TITLE
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Messages without English, or with only one of singular and plural."""
    open_ones = [message for message in catalog if message.id and not all(_texts(message.string))]
    return [f"{f'[{each.context}] ' if each.context else ''}{_texts(each.id)[0]}" for each in open_ones]


def _texts(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def save(catalog: Catalog) -> None:
    """Write both files: by message and without places, so that moving a sentence changes no line."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, no_location=True)
    with MO.open("wb") as file:
        write_mo(file, catalog)


def main() -> int:
    """Update both files; 1 when something is left to translate."""
    catalog = updated(stored())
    save(catalog)
    left = untranslated(catalog)
    print(f"{len(catalog)} messages, {len(left)} without English" + (":" if left else "."))
    for text in left:
        print(f"  {text}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
