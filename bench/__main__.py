"""``./dev bench [sizes …]``: import, index and page speed over generated Vietnamese registers.

Everything happens in a temporary instance.  The generator has a fixed seed, so two runs load the same rows.
"""

from __future__ import annotations

import csv
import io
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from innovations import create_app, search
from innovations.cli.demo import staff
from innovations.cli.demo.texts import NAMED
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.people.services.signing_in import sign_in

SEED, REQUESTS, WARM_UP, PASSWORD = 20261123, 200, 10, "đo tốc độ trên máy này"
PAGES = (
    "/", "/proposals/", "/proposals/?q=bang+kiem", "/library/", "/library/?q=sua+chua+dung+cu", "/library/?field=technical&sort=title",
    "/library/help", "/library/adoptions", "/boards/", "/reports/",
)  # fmt: skip


def register_file(rows: int) -> io.BytesIO:
    """A register of ``rows`` lines, put together from sentences of the demo's texts."""
    chance = random.Random(SEED)
    sentences = [
        part.strip() for text in NAMED.values() for part in f"{text.situation} {text.content}".split(".") if part.strip()
    ]
    titles = [text.title for text in NAMED.values()]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["title", "description", "field", "authors", "year", "grade", "decision_number", "decision_date", "external_id"]
    )
    for number in range(rows):
        year = chance.randint(2015, 2025)
        body = ". ".join(chance.sample(sentences, 8))
        title = f"{chance.choice(titles)} số {number}"
        writer.writerow(
            [
                title,
                body,
                "bảo đảm kỹ thuật",
                "Nguyễn Văn An",
                year,
                chance.choice("ABC"),
                f"{year}/QĐ",
                f"01/06/{year}",
                f"b{number}",
            ]
        )
    return io.BytesIO(out.getvalue().encode())


@contextmanager
def counted_queries() -> Iterator[list[int]]:
    """How many statements were sent, in the list's only element."""
    count = [0]

    def more(*_: object) -> None:
        count[0] += 1

    event.listen(db.engine, "before_cursor_execute", more)
    try:
        yield count
    finally:
        event.remove(db.engine, "before_cursor_execute", more)


def measure_page(client: FlaskClient, page: str) -> str:
    """p50 and p95 in milliseconds, warm, one client, and the statements of one request."""
    for _ in range(WARM_UP):
        client.get(page)
    with counted_queries() as count:
        client.get(page)
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        answer = client.get(page)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answered {answer.status_code}")
    cuts = statistics.quantiles(taken, n=20)
    return f"{page:45} p50 {statistics.median(taken):6.1f} ms   p95 {cuts[18]:6.1f} ms   {count[0]:3} queries"


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = sign_in("vanphong", PASSWORD, address="127.0.0.1")
    return client


def run(rows: int) -> None:
    """Load ``rows`` proposals into an empty instance and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder})
        with app.app_context():
            upgrade()
            staff.build(PASSWORD)
            staff.prepare()
            people = staff.find()
            began = time.perf_counter()
            outcome = import_register(people.actor("vanphong"), people.units["T1A"], register_file(rows))
            took = time.perf_counter() - began
            print(f"\n{rows} rows: {outcome.report.created} created, import {rows / took:.0f} rows/s")
            began = time.perf_counter()
            while search.drain_once().get("jobs"):
                pass
            print(f"index {rows / (time.perf_counter() - began):.0f} documents/s")
        client = _signed_in_outside(app)
        with app.app_context():
            for page in PAGES:
                print(measure_page(client, page))
        print(f"memory of this process, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _signed_in_outside(app: Flask) -> FlaskClient:
    with app.app_context():
        return _signed_in(app)


def main() -> None:
    """Sizes from the command line, else 1,000 and 10,000."""
    print(f"{platform.platform()}, Python {platform.python_version()}, {platform.machine()}")
    for size in [int(argument) for argument in sys.argv[1:]] or [1000, 10_000]:
        run(size)


if __name__ == "__main__":
    main()
