"""An index of given documents, written as a rebuild writes it: through the product's own writer, some thousands in a commit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from innovations.search import Document
from innovations.search.generations import IndexFolder
from innovations.search.writer import GenerationWriter

#: Documents in one commit: about what a process of a rebuild takes at once.
SEGMENT = 2500


def write_index(folder: Path, documents: Iterable[Document], each: int = SEGMENT) -> IndexFolder:
    """Put all ``documents`` into a new index in ``folder``, ``each`` in a commit, and use it."""
    index, left = IndexFolder(folder), iter(documents)
    with index.writing():
        generation, fresh = index.new(), True
        while (held := list(islice(left, each))) or fresh:
            with GenerationWriter(generation, fresh=fresh) as writer:
                writer.add(held)
                writer.commit()
            fresh = False
        index.switch_to(generation)
    return index
