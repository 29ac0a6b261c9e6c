"""What a query is cut into: quoted words, names with a colon, signs, and what stands between blanks."""

from __future__ import annotations

import re

#: Marks that may stand around a phrase, in pairs or not.
QUOTES = '"“”«»„'
#: One piece of a query; its name says what it is.
TOKEN = re.compile(
    rf"""(?P<minus>-+(?=[^\s-]))
       | (?P<name>[^\W\d_]{{2,12}}):(?P<value>[{QUOTES}][^{QUOTES}]*[{QUOTES}]?|[^\s|{QUOTES}]*)
       | [{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]
       | (?P<quote>[{QUOTES}])
       | (?P<bar>\|)
       | (?P<run>[^\s|{QUOTES}]+)""",
    re.VERBOSE,
)


def awaits_word(text: str) -> bool:
    """Whether ``text`` ends with an operator, behind which a word is still to come."""
    return text.split()[-1:] in (["OR"], ["AND"], ["NOT"])


def unquoted(text: str) -> str | None:
    """``text`` with the words of its required phrases typed plainly; None when it has none: ``"giá đỡ" -xe`` → ``giá đỡ -xe``."""
    parts, end, minus = [], 0, False
    for match in TOKEN.finditer(text):
        if match["phrase"] and not minus:
            parts += [text[end : match.start()], match["phrase"]]
            end = match.end()
        minus = bool(match["minus"]) or match["run"] == "NOT"
    return "".join((*parts, text[end:])) if parts else None
