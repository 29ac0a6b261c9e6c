"""Nobody can hold the server by a query: what one touches is bounded by the limits of the language (no clock is looked at here)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.hostile import COUNT, READER, SHAPES, build, hostile_queries
from innovations.search import Results, WhooshEngine, parse
from innovations.search.answers.snapshot import Snapshot
from innovations.search.asking.query import QueryTooLong
from innovations.search.files.arrayreader import ArrayFile
from innovations.search.files.arrays import SUFFIX
from innovations.search.files.postinglists import Begun, Stored

pytestmark = pytest.mark.xdist_group("hostile queries")  # one index, which takes seconds to build

DOCUMENTS = 5000
#: Posting lists as long as the register that one query may read: 40 words, the pairs they make, all words that complete the
#: last, the corrections of four.
LISTS = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile") / "index"
    build(made, DOCUMENTS).close()
    return made


def ask(engine: WhooshEngine, text: str) -> Results | None:
    try:
        return engine.search(parse(text, as_you_type=True), READER)
    except QueryTooLong:
        return None


class CountingFile(ArrayFile):
    """Remembers how many postings were read."""

    read = 0

    def _stored_at(self, place: int) -> Stored:
        found = super()._stored_at(place)
        self.read += len(found.halves)
        return found

    def _mapped_bytes(self, section: str, first: int = 0) -> NDArray[np.uint8]:
        self.read += self.layout.documents if section == "begun rows" else 0
        return super()._mapped_bytes(section, first)

    def _together(self, field: str, places: Sequence[int]) -> Begun:
        self.read += sum(self._starts[place + 1] - self._starts[place] for place in places)
        return super()._together(field, places)

    def _counted(self, places: NDArray[np.intp], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        self.read += int(sum(self._starts[place + 1] - self._starts[place] for place in places.tolist()))
        return super()._counted(places, visible)


def test_three_hundred_hostile_queries_read_no_more_than_their_words_allow(folder: Path) -> None:
    engine = WhooshEngine(folder)
    opened = engine._reader.snapshot()
    most = 0
    for number, text in enumerate(hostile_queries()):
        counting = [CountingFile(folder / "gen-1" / f"{file.layout.segments[-1]}{SUFFIX}") for _, file in opened.arrays]
        # What an earlier one decoded must not hide what this reads.
        engine._reader._snapshot = Snapshot(opened.segments, [()] * len(opened.segments), counting)
        answer = ask(engine, text)
        assert answer is None or (answer.available and answer.total <= DOCUMENTS), text
        read = sum(file.read for file in counting)
        for file in counting:
            file.close()
        assert read <= LISTS * DOCUMENTS, (number, text)
        most = max(most, read)
    assert most > 10 * DOCUMENTS  # the queries were hostile indeed


def test_every_shape_of_trouble_is_asked(folder: Path) -> None:
    queries = list(hostile_queries())
    assert (len(queries), len(set(queries))) == (COUNT, len(set(queries)))
    assert len(set(queries)) > COUNT - len(SHAPES)


def test_what_is_dropped_of_a_hostile_query_is_said(folder: Path) -> None:
    answer = ask(WhooshEngine(folder), " OR ".join(["giá"] * 20))
    assert answer is not None
    assert {note.code for note in answer.notes} == {"too_many_operators"}
