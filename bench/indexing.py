"""An index of given documents, written as a rebuild writes it: through the product's own writer, in parts that are joined."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from innovations.search import Document
from innovations.search.files.generations import IndexFolder
from innovations.search.files.writer import GenerationWriter
from innovations.search.keeping.rebuild import Effort


def write_index(folder: Path, documents: Iterable[Document], each: int = Effort.segment) -> IndexFolder:
    """Put all ``documents`` into a new index in ``folder``, ``each`` in a segment, and use it."""
    index, left = IndexFolder(folder), iter(documents)
    with index.writing():
        generation = index.new()
        with GenerationWriter(generation, fresh=True) as whole:
            while held := list(islice(left, each)):
                part = generation / "part"
                part.mkdir()
                with GenerationWriter(part, fresh=True) as writer:
                    writer.add(held)
                    writer.commit()
                whole.adopt(part)
                shutil.rmtree(part)
            whole.join()
            whole.commit()
        index.switch_to(generation)
    return index
