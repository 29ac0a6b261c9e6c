"""An instance to measure on: staff, a generated register brought in by the import, an index, drafts ready to be submitted."""

from __future__ import annotations

import random
import time
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from bench.generator import SEED, register
from innovations import create_app, search
from innovations.cli.demo import staff
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.people.rules.roles import Role
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import InvestorKind, ProposalClass
from innovations.proposals.services import attachments, drafting
from innovations.regulations.queries import fields_of_work

PASSWORD = "đo tốc độ trên máy này"
AUTHOR, READER, ADMIN = "tacgia", "vanphong", "quantri"
ONSETS = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "nh", "ph", "s", "t", "th", "tr", "v", "x")
RIMES = ("ánh", "ắc", "ầm", "êu", "ệt", "ĩa", "ong", "ồn", "ơi", "ụng", "uyền", "ưỡng", "ươm", "oác", "iếp", "ìu")


def new_instance(folder: Path) -> Flask:
    """An application over an empty, staffed instance with an empty index."""
    app = create_app({"INSTANCE": folder, "SECOND_STEP": False})
    with app.app_context():
        upgrade()
        staff.build(PASSWORD)
        staff.prepare()
        search.drain_once()
    return app


def bring_register(rows: int) -> float:
    """Import a generated register; rows per second, the reading and checking of the file included."""
    people, file = staff.find(), register(rows)
    began = time.perf_counter()
    done = import_register(people.actor(ADMIN), people.units["QCM"], file, roles=(Role.ADMIN,)).report
    took = time.perf_counter() - began
    if done.created != rows:
        raise SystemExit(f"of {rows} rows {done.created} were created: {done.errors[:3]}")
    return rows / took


def build_index(rows: int) -> float:
    """Drain the outbox as the worker does; documents per second."""
    began = time.perf_counter()
    while search.drain_once().get("jobs"):
        pass
    return rows / (time.perf_counter() - began)


def rebuild_index() -> float:
    """Build the index anew from the database, beside the one in use, in two processes; documents per second."""
    began = time.perf_counter()
    done = search.rebuild()
    if done["failed"]:
        raise SystemExit(f"{done['failed']} documents failed")
    return float(done["documents"] / (time.perf_counter() - began))


def unlike(chance: random.Random, words: int) -> str:
    """Words put together at random: what is like something else would have to be explained before it is submitted."""
    pair = (
        "".join((chance.choice(ONSETS), chance.choice(RIMES), chance.choice(ONSETS), chance.choice(RIMES))) for _ in range(words)
    )
    return " ".join(pair).capitalize() + "."


def drafts(count: int) -> list[str]:
    """Addresses of complete drafts with one evidence file each."""
    actor, field_id, chance = staff.find().actor(AUTHOR), fields_of_work()[2].id, random.Random(SEED)
    made = []
    for number in range(count):
        address = drafting.create_draft(actor, nothing_secret=True)
        values = {
            "title": unlike(chance, 9), "proposal_class": ProposalClass.INITIATIVE, "solution_types": ["technical"],
            "field_id": field_id, "investor_kind": InvestorKind.UNIT, "situation": unlike(chance, 80),
            "content": unlike(chance, 200), "steps": unlike(chance, 30), "novelty": unlike(chance, 30), "not_mandatory": True,
            "author_benefit": unlike(chance, 30),
        }  # fmt: skip
        drafting.save_text(actor, address, version_of(address), values)
        evidence = BytesIO(f"Biên bản áp dụng thử số {number}.".encode())
        attachments.attach(actor, address, name="bien-ban.txt", source=evidence, kind="evidence", nothing_secret=True)
        made.append(address)
    return made


def rename(address: str, word: str) -> None:
    """Put a word into a draft's title; from then on it is found in the author's own list."""
    title = f"{word} {unlike(random.Random(word), 8)}"
    drafting.save_text(staff.find().actor(AUTHOR), address, version_of(address), {"title": title})


def version_of(address: str) -> int:
    """The version of a draft's text."""
    found = proposal_at(address)
    version = found.version if found else 0
    db.session.rollback()
    return version
