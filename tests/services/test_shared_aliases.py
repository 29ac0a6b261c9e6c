"""Aliases that all threads share: a busy server's first requests come at the same time."""

import sys
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from innovations.core.aliases import lasting_alias
from innovations.people.models import Unit
from innovations.proposals.models import Proposal

RIGHT = "SELECT proposal.id, unit_1.path AS base FROM proposal JOIN unit AS unit_1 ON unit_1.id = proposal.base_unit_id"


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns after every few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_use_an_alias_for_the_first_time_together_send_the_same_statement(app: Flask, hurried: None) -> None:
    """Without care one in thirty rounds named the wrong table, and the pages of that process failed until it was started again."""
    sent: set[str] = set()

    def use(base: type[Unit], ready: threading.Barrier) -> None:
        ready.wait()
        statement = select(Proposal.id, base.path.label("base")).join(base, base.id == Proposal.base_unit_id)
        sent.add(" ".join(str(statement).split()))

    for _round in range(400):
        base, ready = lasting_alias(Unit), threading.Barrier(6)
        threads = [threading.Thread(target=use, args=(base, ready)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sent == {RIGHT}
