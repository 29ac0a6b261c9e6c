"""One bit of the index turned over at a random place: it is noticed or harmless, pages answer honestly, and the worker's next round heals it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fault_processes import codes_in
from fault_sizes import BIT_FLIPS
from flask.testing import FlaskClient

from innovations import search
from innovations.extensions import db
from tests.recognised import index, recognise
from tests.world import World

TITLES = ("Giá đỡ tháo lắp cụm máy nặng", "Giá treo dụng cụ cứu hỏa", "Bộ câu hỏi trắc nghiệm", "Máy bơm nước giếng khoan")
QUESTIONS = ("/library/?q=gia", "/library/?q=trac+nghiem&sort=title", "/proposals/?q=giá")
NOTICE = "Đang lập lại chỉ mục tìm kiếm"


def files() -> list[Path]:
    """Every file of the index that is not empty, the pointer to the generation in use among them."""
    return sorted(path for path in search.engine().folder.path.rglob("*") if path.is_file() and path.stat().st_size)


def flip(chance: random.Random) -> Path:
    """Turn a bit over; each octet of the index is as likely as another."""
    among = files()
    path = chance.choices(among, [each.stat().st_size for each in among])[0] if chance.random() < 0.5 else chance.choice(among)
    held = bytearray(path.read_bytes())
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    path.write_bytes(held)
    return path


def ask(client: FlaskClient) -> dict[str, tuple[bool, list[str]]]:
    """Whether the page says that it answers plainly, and its hits; no page may fail."""
    search.engine().close()  # as a web process that opens it now
    pages = {question: client.get(question) for question in QUESTIONS}
    assert {question: page.status_code for question, page in pages.items() if page.status_code != 200} == {}
    return {question: (NOTICE in page.text, codes_in(page.text)) for question, page in pages.items()}


def heal() -> None:
    """What the worker does each round, in a process that opens the index now."""
    search.engine().close()
    for _round in range(3):
        search.drain_once()
        db.session.rollback()


def test_a_flipped_bit_is_noticed_or_harmless_and_healed(world: World, told: Callable[..., None]) -> None:
    for title in TITLES:
        recognise(world, title=title)
    index(world)
    client, chance, seen = world.client("docgia"), random.Random(20261128), Counter[str]()
    before = ask(client)
    for number in range(BIT_FLIPS):
        path = flip(chance)
        during = ask(client)
        for question, (plainly, codes) in during.items():
            assert plainly or codes == before[question][1], (number, path.name, question)
            assert codes, (number, path.name, question)
        noticed = any(plainly for plainly, _codes in during.values())
        heal()
        assert ask(client) == before, (number, path.name)
        verified = search.verify_index()
        assert verified["ok"], (number, path.name, verified)
        db.session.rollback()
        seen["noticed by a reader" if noticed else "harmless"] += 1
    told(done=f"{BIT_FLIPS} bits: {dict(seen)}", lost=0)
    assert seen["noticed by a reader"] > BIT_FLIPS / 4
