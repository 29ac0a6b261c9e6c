"""What a reader may not see changes nothing of what he is shown: neither what is found, nor its order, nor a single number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_corpus import READER, build, create_document, find, ids, put

from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.port import Results, Similar, Sort

SECRET = frozenset({"person:9"})
WORDS = (
    "cải", "tiến", "kỹ", "thuật", "giá", "đỡ", "bình", "ắc", "quy", "quyết", "luyện", "luyến", "software", "M-10", "khuôn", "khung", "gia",
)  # fmt: skip
#: Of every kind: words, a beginning, a phrase, typing errors, raw keys, a designation, filters, nothing at all.
ASKED = (
    "cải tiến", "giá luy*", "kỹ qu*", "ky thuat k*", '"giá đỡ bình"', "kỹ thaut", "kỹ thuạt", "cair tieens kyx thuaatj", "sofware",
    "giá khung -quyết", "m10 OR gia", "cải tiến kỹ thuật giá đỡ bình ắc quy", "giá nam:>=2020", "",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
rows = st.fixed_dictionaries(
    {"title": texts, "problem": texts, "rest": texts},
    optional={
        "files": texts.map(lambda text: (("Phụ lục", text * 3),)),
        "year": st.integers(2015, 2030),
        "grade": st.sampled_from("ABC"),
        "adoptions": st.integers(0, 40),
        "decided_on": st.dates(date(2015, 1, 1), date(2030, 12, 31)),
        "level": st.sampled_from(("base", "division", "ministry")),
    },
)


def documents(held: list[dict[str, object]], first: int, **fields: object) -> list[Document]:
    return [create_document(number, **{**row, **fields}) for number, row in enumerate(held, first)]  # type: ignore[arg-type]


def answers(engine: WhooshEngine) -> list[Results | tuple[Similar, ...]]:
    """Everything a reader is told, but for the time it took."""
    found = [replace(find(engine, text), took_ms=0) for text in ASKED]
    sorted_otherwise = [replace(find(engine, "giá k*", sort=sort), took_ms=0) for sort in Sort]
    similar = [engine.similar(text, text * 3, READER) for text in ("cải tiến kỹ thuật", "giá đỡ bình ắc quy", "khung")]
    return [*found, *sorted_otherwise, *similar]


@settings(max_examples=25, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6), st.lists(rows, min_size=1, max_size=12), st.data())
def test_hidden_documents_change_nothing(
    seen: list[dict[str, object]], hidden: list[dict[str, object]], data: st.DataObject
) -> None:
    visible, secret = documents(seen, 1), documents(hidden, 100, tokens=SECRET)
    places = [data.draw(st.integers(0, len(visible))) for _ in secret]
    mixed = [each for place in range(len(visible) + 1) for each in _at(place, places, secret) + visible[place : place + 1]]
    with TemporaryDirectory() as alone, TemporaryDirectory() as together:
        expected = answers(WhooshEngine(build(Path(alone), visible).path))
        folder = build(Path(together), mixed)
        assert answers(WhooshEngine(folder.path)) == expected
        put(folder, *documents(hidden, 200, tokens=SECRET), gone=[100])
        assert answers(WhooshEngine(folder.path)) == expected


def _at(place: int, places: list[int], secret: list[Document]) -> list[Document]:
    return [each for here, each in zip(places, secret, strict=True) if here == place]


@pytest.fixture
def folder_path(tmp_path: Path) -> Path:
    return tmp_path / "index"


def foreign(number: int) -> str:
    """A word that begins with ``va``, another for each number, no Vietnamese one."""
    return f"va{number:05}"


def test_words_of_hidden_documents_take_no_place_among_the_completions(folder_path: Path) -> None:
    """Of a beginning the 64 commonest words were looked for once, and those the commonest of all documents."""
    crowd = " ".join(foreign(number) for number in range(128))
    hidden = documents([{"title": "Sổ", "rest": crowd}] * 3, 100, tokens=SECRET)
    engine = WhooshEngine(build(folder_path, [create_document(1, "Máy vắt sữa"), *hidden]).path)
    assert ids(find(engine, "va*")) == [1]


def test_thousands_of_hidden_words_leave_no_word_unread(folder_path: Path) -> None:
    """Once only 2,000 words of a beginning were read, in the order of the alphabet."""
    hidden = documents([{"title": "Sổ", "rest": " ".join(map(foreign, range(2500)))}], 100, tokens=SECRET)
    engine = WhooshEngine(build(folder_path, [create_document(1, "Máy vắt sữa"), create_document(2, "Vasxtomat"), *hidden]).path)
    assert sorted(ids(find(engine, "va*"))) == [1, 2]
    assert find(engine, "vasxtmat").suggestion == "vasxtomat"


def test_a_beginning_stands_for_every_word_that_begins_so(folder_path: Path) -> None:
    """In whichever commit it came, be it the hundredth one, and however many hidden documents have another."""
    folder = build(folder_path, [create_document(n, "Sổ", rest=" ".join(map(foreign, range(100)))) for n in (1, 2)])
    put(folder, create_document(3, "Sổ", rest=foreign(900)))
    put(folder, *documents([{"title": "Sổ", "rest": foreign(901)}] * 5, 100, tokens=SECRET))
    assert sorted(ids(find(WhooshEngine(folder_path), "va*"))) == [1, 2, 3]


def test_hidden_words_of_a_beginning_move_no_score(folder_path: Path) -> None:
    """How telling a beginning is, the reader's own documents say."""
    folder = build(
        folder_path, [create_document(1, "Sổ", rest=foreign(1)), create_document(2, "Sổ", rest=f"{foreign(2)} {foreign(3)}")]
    )
    before = find(WhooshEngine(folder_path), "va*")
    assert ids(before) == [2, 1]
    put(folder, *documents([{"title": "Sổ", "rest": f"{foreign(1)} {foreign(4)}"}] * 5, 100, tokens=SECRET))
    after = find(WhooshEngine(folder_path), "va*")
    assert [(hit.id, hit.score) for hit in after.hits] == [(hit.id, hit.score) for hit in before.hits]


def test_the_order_of_ones_own_drafts_does_not_tell_which_word_hidden_documents_have(folder_path: Path) -> None:
    """With a rarity counted over all documents the draft with the word that nobody else has came first."""
    own = [create_document(1, "Sổ", rest="bravo"), create_document(2, "Sổ", rest="tango")]
    folder = build(folder_path, own)
    before = find(WhooshEngine(folder_path), "bravo OR tango")
    for word in ("bravo", "tango"):
        put(folder, *documents([{"title": "Giá", "rest": word}] * 4, 100, tokens=SECRET))
        after = find(WhooshEngine(folder_path), "bravo OR tango")
        assert [(hit.id, hit.score) for hit in after.hits] == [(hit.id, hit.score) for hit in before.hits]
