"""What the search engine knows of a proposal: one flat, frozen record, joined from the parts that features register.

Where a text holds several names (``unit_names``, ``authors``, labels), a semicolon or a line break stands between them.
No ORM object and no rule passes here.  What must not be found must not be in it: confidential fields never are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """One proposal as the index holds it.

    :param id: the proposal's key in the database.
    :param rest: benefit, novelty, tags: searched, weighing least of the proposal's own words.
    :param files: name and text of each file that everybody who sees the proposal may open; they weigh less than its own words.
    :param field: code of the field; ``types``, ``level``, ``state``, ``handling`` are codes too.
    :param unit_id: the unit the facet starts from; ``unit_path`` holds it and every unit above it.
    :param unit_names: codes and names of these units, for the filter ``donvi:``.
    :param field_label: names by which ``truong:`` finds it; ``type_labels`` and ``level_label`` likewise.
    :param authors: names of all authors, for ``tacgia:``; searched like ``rest``.
    :param adoptions: other units now using it.
    :param tokens: who may see it (house rule 7); a reader sees it when one of his own tokens is here.
    :param decided_on: date of the decision that counts; ``filed_on`` stands in for it in "newest first".
    :param documented: evidence is attached.
    """

    id: int
    code: str
    title: str
    problem: str = ""
    solution: str = ""
    rest: str = ""
    files: tuple[tuple[str, str], ...] = ()
    authors: str = ""
    field: str = ""
    field_label: str = ""
    types: tuple[str, ...] = ()
    type_labels: str = ""
    unit_id: int | None = None
    unit_path: tuple[int, ...] = ()
    unit_label: str = ""
    unit_names: str = ""
    level: str = ""
    level_label: str = ""
    year: int | None = None
    grade: str = ""
    adoptions: int = 0
    state: str = ""
    handling: str = ""
    tokens: frozenset[str] = frozenset()
    decided_on: date | None = None
    filed_on: date | None = None
    external_id: str = ""
    revision: int = 0
    documented: bool = False

    @property
    def characters(self) -> int:
        """Length of all its searched texts."""
        own = len(self.title) + len(self.problem) + len(self.solution) + len(self.rest)
        return own + sum(len(text) for _name, text in self.files)

    def digest(self) -> int:
        """A number that any change of the document changes: it stands in the index, to be compared with the database's."""
        values = tuple(frozenset() if name == "tokens" else getattr(self, name) for name in self.__slots__)
        in_order = values, sorted(self.tokens)  # a set is in no order of its own
        return int.from_bytes(hashlib.blake2b(repr(in_order).encode("utf-8", "replace"), digest_size=8).digest()) >> 1
