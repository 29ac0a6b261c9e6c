"""Five hundred words that stand only where the reader may not look, sought through every door of searching.

In the suite each word goes through two doors by turns; with ``./dev faults`` (20 minutes) through all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from innovations.cli.demo.staff import find
from innovations.people.services.tokens import create_token
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services import quarantine, submitting
from innovations.search import Facet, Filters, engine, parse
from tests.conftest import opened
from tests.recognised import index, recognise
from tests.sizes import FULL
from tests.world import World, without_keys

pytestmark = pytest.mark.xdist_group("canaries")  # one library, which takes seconds to fill

#: No syllables of Vietnamese, and more than one letter from any: only their own texts hold them, and nothing else is meant by them.
ENDS = ("kz", "xz", "bz", "dz", "qz", "wz", "fz", "jz", "zk", "zx")
WORDS = tuple(f"{start}{middle}{end}" for start in "vrbgdlmnts" for middle in ("oắ", "uệ", "iể", "ơu", "uố") for end in ENDS)
#: Where they stand; a hundred each, twenty in a proposal.
PLACES = ("draft", "submitted", "withdrawn", "quarantined", "internal")
EACH, IN_ONE = 100, 20
CANARIES = {place: WORDS[number * EACH : (number + 1) * EACH] for number, place in enumerate(PLACES)}
REASON = "Nội dung cần xem lại trước khi phổ biến."


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> Iterator[World]:
    """Open improvements, and others hidden from ``docgia`` of T2B, whose titles, texts, files and confidential part hold the canaries."""
    for app in opened(tmp_path_factory.mktemp("canaries"), staffed_database):
        found = World(app, find())
        for number in range(3):
            recognise(found, title=f"Giá đỡ dụng cụ của tổ trực số {number}")
        for place in PLACES:
            for start in range(0, EACH, IN_ONE):
                _hide(found, place, CANARIES[place][start : start + IN_ONE])
        # An open one tells nothing of its confidential part.
        recognise(found, title="Bảng kiểm dụng cụ có phần riêng", confidential=" ".join(WORDS))
        index(found)
        yield found


def _texts(words: tuple[str, ...]) -> dict[str, str]:
    shared = "Giá đỡ dụng cụ"  # so that they are like the open ones
    return {
        "title": f"{shared} {' '.join(words[:5])}",
        "situation": f"{shared} trước đây làm bằng tay. {' '.join(words[5:10])}. " * 3,
        "content": f"{shared} nay làm bằng máy. {' '.join(words[10:15])}. " * 3,
    }


def _hide(world: World, place: str, words: tuple[str, ...]) -> None:
    files = {"evidence": " ".join(words[15:])}
    if place == "draft":
        world.attach(world.draft(**_texts(words)), text=files["evidence"])
    elif place == "internal":
        recognise(world, **_texts(words), **files, handling=Handling.INTERNAL)
    elif place == "quarantined":
        quarantine.hide(world.actor("baomat"), recognise(world, **_texts(words), **files), reason=REASON)
    else:
        code = world.submitted(**_texts(words), **files)
        if place == "withdrawn":
            submitting.withdraw(world.actor("tacgia"), code, reason=REASON)


@pytest.fixture(scope="module")
def reader(world: World) -> FlaskClient:
    """The browser of ``docgia``, which also sends a token."""
    token = create_token(world.staff.accounts["docgia"], ("library:read", "proposals:read"), timedelta(hours=1))
    client = world.client("docgia")
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def told(text: str, but: str = "") -> set[str]:
    """Canaries in a text, beside the one that was typed."""
    return {word for word in WORDS if word != but and word in text}


#: Every door that searches, and one that refuses.
DOORS = (
    "/library/?q={}", "/library/?q={}&typing=1", "/library/suggest?q={}", "/api/v1/library?q={}", "/api/v1/library?q={}&typing=1",
    "/reports/library.csv?q={}", "/proposals/?q={}", "/library/?q={}&grade={}&unit={}", "/library/{}", "/api/v1/library/{}/similar",
)  # fmt: skip


NOWHERE = "voắlz"


def _of_turn(words: tuple[str, ...], turn: int, turns: int, *, twice: bool = False) -> tuple[str, ...]:
    """The words whose turn it is: all turns together have every word once, or ``twice`` in turns half-way apart; in full all."""
    if FULL:
        return words
    other = (turn + turns // 2) % turns
    return words[turn::turns] + (words[other::turns] if twice else ())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("door", DOORS)
def test_a_word_of_hidden_texts_is_answered_like_a_word_that_stands_nowhere(reader: FlaskClient, door: str, place: str) -> None:
    plain = _told_of(reader, door, NOWHERE)
    for word in _of_turn(CANARIES[place], DOORS.index(door), len(DOORS), twice=True):
        assert _told_of(reader, door, word) == plain, word


#: The word among others that are found: it may neither keep hits nor drop them, nor move their order, scores or counts.
COMPANY = (
    "giá đỡ dụng cụ {}", "giá đỡ -{}", "giá OR {}", '"giá {}" OR giá', "giá đỡ {}*", "tacgia:{} giá", "màu:{} giá đỡ dụng cụ",
    "gias ddowx dungj cuj {}", "gia do dung cu {}", "giá đở dụng cụ {}",
)  # fmt: skip


FINDING = ("/library/?q={}", "/api/v1/library?q={}", "/library/suggest?q={}", "/reports/library.csv?q={}")


@pytest.mark.parametrize("door", FINDING)
@pytest.mark.parametrize("among", COMPANY)
def test_a_hidden_word_among_found_ones_changes_nothing_either(reader: FlaskClient, door: str, among: str) -> None:
    asked = door.replace("{}", among)
    plain, turn = _told_of(reader, asked, NOWHERE), FINDING.index(door) * len(COMPANY) + COMPANY.index(among)
    for word in _of_turn(WORDS, turn, len(FINDING) * len(COMPANY)):
        assert _told_of(reader, asked, word) == plain, word


def _told_of(reader: FlaskClient, door: str, word: str) -> tuple[int, str, str | None]:
    """Status, text without the word itself and what changes by itself, and any mark for caches."""
    answer = reader.get(door.replace("{}", word))
    text = re.sub(
        r'csrf[^>]*?(value|content)="[^"]*"|X-CSRFToken": "[^"]*"|"took_ms": ?[\d.]+', "", answer.get_data(as_text=True)
    )
    text = without_keys(text)
    assert not told(text, but=word), door
    for spelled in (word, quote(word), word.encode("unicode_escape").decode()):
        text = text.replace(spelled, "…")
    return answer.status_code, text, answer.headers.get("ETag")


@pytest.mark.parametrize("place", PLACES)
def test_half_a_word_or_one_letter_wrong_brings_no_canary(reader: FlaskClient, place: str) -> None:
    for number, word in enumerate(CANARIES[place]):
        ways = [(door, typed) for typed in (word[:-1], f"giá đỡ {word[:-1]}y", f"{word[:2]}*") for door in DOORS[1:4]]
        for door, typed in ways if FULL else ways[number % len(ways) :][:1]:
            assert not told(reader.get(door.replace("{}", typed)).get_data(as_text=True), but=typed), (door, typed)


def test_browsing_and_likeness_bring_no_canary(reader: FlaskClient, world: World) -> None:
    paths = [
        "/library/",
        "/library/?sort=title",
        "/reports/library.csv",
        "/api/v1/library",
        "/proposals/",
        "/",
        "/reports/",
        "/notices",
    ]
    listed = reader.get("/api/v1/library?per_page=100").get_json()
    assert listed["total"] == 4
    paths += [f"/library/{each['code']}" for each in listed["items"]]
    paths += [f"/api/v1/library/{each['code']}/similar" for each in listed["items"]]
    assert {path: found for path in paths if (found := told(reader.get(path).get_data(as_text=True)))} == {}


def test_the_author_finds_what_is_the_authors(world: World) -> None:
    """The canaries are in the index: who may see them finds them, each by every kind of text."""
    tokens = reader_tokens(world.actor("tacgia"))
    for place in ("draft", "submitted", "withdrawn", "internal"):
        words = [
            word for start in range(0, EACH, IN_ONE) for word in CANARIES[place][start : start + 15]
        ]  # the others are in files
        missing = [w for w in words if not engine().search(parse(w), tokens, Filters(), facets=(Facet.GRADE,)).total]
        assert missing == [], place
