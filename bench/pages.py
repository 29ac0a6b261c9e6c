"""The ten main pages: how long they take, how many SQL statements they send, and what part of a search the engine has."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from innovations import search
from innovations.extensions import db
from innovations.people.services.signing_in import sign_in
from innovations.proposals.models import Proposal
from innovations.search import LIBRARY_STATES, Filters

REQUESTS, WARM_UP = 200, 10
QUESTION = "giá để dụng cụ"
#: ``{code}`` stands for an improvement of the library.
PAGES = (
    "/", "/proposals/", f"/proposals/?q={QUESTION}", "/proposals/{code}", "/library/", f"/library/?q={QUESTION}",
    "/library/?q=giam+thoi+gian+tai+kho&sort=title&adopted=no", "/library/{code}", "/boards/", "/reports/",
)  # fmt: skip


@dataclass(frozen=True)
class Timing:
    """Milliseconds at the median and at the 95th percentile; ``work`` is the median of processor time, which wobbles less."""

    p50: float
    p95: float
    work: float | None = None


def timing(milliseconds: Sequence[float], work: Sequence[float] = ()) -> Timing:
    """Median and 95th percentile of at least two measurements."""
    spent = statistics.median(work) if work else None
    return Timing(statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[18], spent)


def pages_of(code: str) -> list[str]:
    """The ten addresses."""
    return [page.format(code=code) for page in PAGES]


def some_improvement() -> str:
    """Code of an improvement of the library."""
    chosen = select(Proposal.code).where(Proposal.recognised_on.is_not(None)).order_by(Proposal.id).limit(1)
    code = db.session.scalar(chosen)
    db.session.rollback()
    return code or ""


def signed_in(app: Flask, service_number: str, password: str) -> FlaskClient:
    """A client in this process, signed in."""
    client = app.test_client()
    with app.app_context():
        token = sign_in(service_number, password, address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements sent in the block."""
    sent: list[str] = []

    def more(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", more)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", more)


def queries_of(client: FlaskClient, page: str) -> int:
    """Statements of one warm request."""
    for _ in range(2):
        with counted_queries() as sent:
            answer = client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answered {answer.status_code}")
    return len(sent)


def measure_page(client: FlaskClient, page: str, requests: int = REQUESTS) -> Timing:
    """One client, warm."""
    for _ in range(WARM_UP):
        client.get(page)
    taken, worked = [], []
    for _ in range(requests):
        began, busy = time.perf_counter(), time.process_time()
        client.get(page)
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return timing(taken, worked)


def measure_engine(actor_tokens: frozenset[str]) -> Timing:
    """The search engine's part of ``/library/?q=…``: facets, ranking and marked passages, without database and template."""
    taken = []
    for number in range(WARM_UP + REQUESTS):
        results = search.engine().search(search.parse(QUESTION), actor_tokens, Filters(state=LIBRARY_STATES))
        if number >= WARM_UP:
            taken.append(results.took_ms)
    return timing(taken)
