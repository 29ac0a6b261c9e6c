"""The web server killed in the middle of submits, at twelve random moments.

Nothing that was acknowledged is lost, nothing is doubled by sending again, and receipt numbers have no gap.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from http.client import HTTPException
from pathlib import Path

from fault_processes import Browser, Forker, answers, free_port, kill, moments, running, start_web, wait_until

from innovations.cli.checking import CHECKS
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.services import signing_in
from innovations.proposals.models import Proposal, Review, ReviewStep
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import State
from tests.world import PASSWORD, World

KILLS, DRAFTS, CLIENTS = 12, 60, 3
SECONDS_TO_BE_BACK = 20  # measured 1.5 s with two cores; the rest is for a loaded machine
SERVER = ("--worker-class", "gthread", "--threads", "4", "--log-level", "critical", "--no-control-socket", "wsgi:app")


class Senders:
    """Authors who press "submit" and, when no answer comes, press it again."""

    def __init__(self, browsers: list[Browser], addresses: list[str]) -> None:
        self.waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for address in addresses:
            self.waiting.put(address)
        self.acknowledged: dict[str, str] = {}
        self.repeated = 0
        self.threads = [threading.Thread(target=self._send_all, args=(browser,)) for browser in browsers]

    def _send_all(self, browser: Browser) -> None:
        while not self.waiting.empty():
            address = self.waiting.get()
            self.acknowledged[address] = self._send(browser, address)

    def _send(self, browser: Browser, address: str) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                answer = browser.post(f"/proposals/{address}/submit", nothing_secret="y", _once=f"once-{address}")
                assert answer.status == 303, answer.text
                return answer.location
            except (OSError, HTTPException):
                self.repeated += 1
                time.sleep(0.02)
        raise AssertionError(f"{address}: no answer")


def test_what_was_acknowledged_stays_and_what_was_sent_again_is_there_once(world: World) -> None:
    addresses = [world.draft(title=f"Khay úp bát cho bếp ăn, kiểu {number}") for number in range(DRAFTS)]
    for address in addresses:
        world.attach(address)
    port, chance = free_port(), random.Random(20261123)
    tokens = [signing_in.sign_in("tacgia", PASSWORD, address="127.0.0.1") for _ in range(CLIENTS)]
    senders = Senders([Browser(world.app, token, port) for token in tokens], addresses)
    with Forker(Path(world.app.instance_path)) as forker:
        server = forker.start("gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER)
        wait_until(lambda: answers(port))
        for thread in senders.threads:
            thread.start()
        for moment in moments(KILLS, DRAFTS, chance):
            wait_until(lambda moment=moment: len(senders.acknowledged) >= moment)
            time.sleep(chance.uniform(0, 0.05))
            forker.kill(server)
            server = forker.start("gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER)
            wait_until(lambda: answers(port))
        for thread in senders.threads:
            thread.join(timeout=60)
        assert senders.repeated >= 1
        reader = Browser(world.app, tokens[0], port)
        assert {reader.get(location).status for location in senders.acknowledged.values()} <= {200, 302, 303}
    _each_is_there_once(addresses, senders)


def _each_is_there_once(addresses: list[str], senders: Senders) -> None:
    assert set(senders.acknowledged) == set(addresses)
    assert db.session.query(Proposal).filter(Proposal.code.is_not(None)).count() == len(addresses)
    receipts = sorted(number for (number,) in db.session.query(Review.receipt_number))
    assert receipts == list(range(1, len(addresses) + 1))
    codes = sorted(int(code[-4:]) for (code,) in db.session.query(Proposal.code))
    assert codes == receipts
    steps = db.session.query(ReviewStep.review_id).filter(ReviewStep.to_state == State.SUBMITTED.value)
    assert sorted(step for (step,) in steps) == sorted(review for (review,) in db.session.query(Review.id))
    told = [subject for (subject,) in db.session.query(Notice.subject_id).filter(Notice.kind == NoticeKind.NEW_IN_QUEUE)]
    assert sorted(told) == sorted(proposal for (proposal,) in db.session.query(Proposal.id))
    assert [problem for one in CHECKS for problem in one()] == []


def test_after_a_kill_the_server_is_back_within_seconds(world: World) -> None:
    port = free_port()
    with running(start_web(Path(world.app.instance_path), port)) as server:
        wait_until(lambda: answers(port))
        kill(server)
    began = time.monotonic()
    with running(start_web(Path(world.app.instance_path), port)):
        wait_until(lambda: answers(port))
        took = time.monotonic() - began
    print(f"web server: first page {took:.1f} s after the start")
    assert took < SECONDS_TO_BE_BACK
