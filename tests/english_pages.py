"""Reading a page as an English reader: which of its words are Vietnamese and nobody's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Message
from bs4 import BeautifulSoup, NavigableString
from sqlalchemy import JSON, String, Text, inspect, select

from innovations.extensions import db
from tools.translate import stored

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
#: Attributes a reader sees or hears.
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "content", "label")
#: Fields have an English name beside the Vietnamese one: the Vietnamese is no excuse.
TWO_NAMES = {"field_of_work"}
#: Vietnamese words inside English sentences: money, the New Year, numbers of decrees and decisions.
ALWAYS = re.compile(r"đồng\b|45/QĐ-1A|\bTết\b|Decree 13/2012/NĐ-CP")


def texts_in(value: object) -> Iterator[str]:
    """Every text inside a stored value."""
    if isinstance(value, str):
        yield value
        yield from (line for line in value.splitlines() if line != value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def data(messages: set[str]) -> list[str]:
    """Every Vietnamese text the database holds, the longest first.

    :param messages: ours: a stored text that equals one (a shipped criterion, say) is no data but awaits its English.
    """
    found: set[str] = set()
    for table in db.metadata.sorted_tables:
        columns = [
            column
            for column in inspect(table).columns
            if isinstance(column.type, String | Text | JSON) and table.name not in TWO_NAMES
        ]
        if columns:
            for row in db.session.execute(select(*columns)):
                found.update(text.strip() for value in row for text in texts_in(value))
    db.session.rollback()
    return sorted((text for text in found - messages if VIETNAMESE.search(text)), key=len, reverse=True)


def spoken(html: str) -> Iterator[str]:
    """What the page says: text and the attributes people see or hear; not what is marked as Vietnamese, what was
    typed, nor initials."""
    soup = BeautifulSoup(html, "html.parser")
    for part in soup.select("[lang=vi], code, textarea, .avatar"):
        part.decompose()
    for text in soup.find_all(string=True):
        if isinstance(text, NavigableString) and text.strip():
            yield " ".join(text.split())
    for element in soup.find_all(True):
        yield from (" ".join(str(element[name]).split()) for name in SPOKEN if element.get(name))


def leaks(html: str, known: Iterable[str]) -> set[str]:
    """Vietnamese on the page that is no data.  A passage may be cut short: its beginning counts as data too."""
    found = set()
    known = list(known)
    everything = "\n".join(" ".join(each.split()) for each in known)
    for text in spoken(html):
        if not VIETNAMESE.search(text):
            continue
        left = text
        for each in known:
            if each in left:
                left = left.replace(each, " ")
        left = ALWAYS.sub("", left)
        if VIETNAMESE.search(left) and left.strip(" .…·,:;()“”") not in everything:
            found.add(text)
    return found


def messages() -> Iterator[Message]:
    """The catalogue without its header."""
    return (message for message in stored() if message.id)


def both(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
