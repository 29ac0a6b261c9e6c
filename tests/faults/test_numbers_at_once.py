"""Receipts and certificates numbered by many clients at once, some of which roll back: no gap and no number twice (domain §3)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from queue import Empty, SimpleQueue

from fault_sizes import CERTIFICATES, RECEIPTS
from sqlalchemy import event, select
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.services import certificates
from innovations.cli.checking import CHECKS
from innovations.core.clock import now, today
from innovations.core.rules.errors import Unavailable
from innovations.core.transactions import atomic
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.services.submitting import give_receipt
from innovations.regulations.rules.rulesets import RuleSet
from tests.world import TEXT, World

CLIENTS, ROLLED_BACK = 16, 0.1


class RolledBack(Exception):
    """The client broke off after it had its number."""


class Clients:
    """Sixteen threads that number what waits; every tenth time all was done but the commit, and it is done again."""

    def __init__(self, world: World, number: Callable[[int], object], ids: list[int]) -> None:
        self.world, self.number = world, number
        self.waiting: SimpleQueue[int] = SimpleQueue()
        for each in ids:
            self.waiting.put(each)
        self.acknowledged: list[int] = []
        self.rolled_back = self.refused = 0
        self.failed: list[BaseException] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]
        db.session.remove()  # what this thread read would be older, and its connection is wanted
        with _breaking():
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert self.failed == []

    def _work(self) -> None:
        with self.world.app.app_context():
            try:
                while True:
                    self._one(self.waiting.get_nowait())
            except Empty:
                return
            except BaseException as error:
                self.failed.append(error)

    def _one(self, each: int) -> None:
        try:
            self.number(each)
            self.acknowledged.append(each)
        except RolledBack:
            self.rolled_back += 1
            self.waiting.put(each)
        except (Unavailable, PoolTimeout):  # the others held lock or connections too long: said, and sent again
            self.refused += 1
            self.waiting.put(each)
        finally:
            db.session.remove()


@contextmanager
def _breaking() -> Iterator[None]:
    """Commits of use cases fail at random, when everything is flushed."""
    chance = random.Random(20261128)

    def fail(session: Session) -> None:
        session.flush()
        if session.info.get("writing") and chance.random() < ROLLED_BACK:
            raise RolledBack

    event.listen(db.session, "before_commit", fail)
    try:
        yield
    finally:
        event.remove(db.session, "before_commit", fail)


def bring_reviews(world: World, count: int) -> list[int]:
    """Reviews without a receipt, each with one author; their ids."""
    lines = "\n".join(f'Giá để dụng cụ mẫu {n},"{TEXT}",2021,b{n},Lê An' for n in range(count))
    source = BytesIO(f"title,description,year,external_id,authors\n{lines}\n".encode())
    made = import_register(world.actor("vanphong"), world.staff.units["T1A"], source)
    assert made.batch_id, made.report
    return list(db.session.scalars(select(Review.id)))


def decide(world: World, ids: list[int]) -> list[int]:
    """A decision on recognition for each review; their ids."""
    registrar = world.actor("vanphong").person_id
    with atomic() as session:
        decisions = [
            Decision(
                unit_id=world.staff.units["T1A"], kind="recognise", number=f"{place}/QĐ", year=today().year, decided_on=today(),
                recorded_at=now(), recorded_by_id=registrar, lines=[DecisionLine(review_id=review_id, kind="recognise")],
            )
            for place, review_id in enumerate(ids, 1)
        ]  # fmt: skip
        session.add_all(decisions)
        session.flush()
        return [each.id for each in decisions]


def receive(review_id: int) -> None:
    with atomic() as session:
        review = session.get_one(Review, review_id)
        give_receipt(review, RuleSet.from_json(review.rules))


def told_of(clients: Clients, numbers: list[int], told: Callable[..., None]) -> None:
    """Every number from one on, once; the table of campaigns is told."""
    count = len(set(clients.acknowledged))
    wanted = range(1, count + 1)
    told(
        done=f"{count} numbers, {CLIENTS} clients, {clients.rolled_back} rolled back, {clients.refused} asked to try again", acknowledged=len(clients.acknowledged),
        lost=len(set(wanted) - set(numbers)), doubled=len(numbers) - len(set(numbers)),
    )  # fmt: skip
    assert clients.rolled_back >= count * ROLLED_BACK / 2
    assert sorted(clients.acknowledged) == sorted(set(clients.acknowledged))
    assert sorted(numbers) == list(wanted)
    assert [problem for one in CHECKS for problem in one()] == []


def test_receipts_given_at_once_have_no_gap_and_no_double(world: World, told: Callable[..., None]) -> None:
    clients = Clients(world, receive, bring_reviews(world, RECEIPTS))
    clients.run()
    assert len(clients.acknowledged) == RECEIPTS
    told_of(clients, list(db.session.scalars(select(Review.receipt_number))), told)


def test_certificates_issued_at_once_have_no_gap_and_no_double(world: World, told: Callable[..., None]) -> None:
    registrar = world.actor("vanphong")
    ids = bring_reviews(world, CERTIFICATES)
    clients = Clients(world, lambda each: certificates.issue_certificates(registrar, each), decide(world, ids))
    clients.run()
    assert db.session.query(Contribution).count() == len(clients.acknowledged) == CERTIFICATES
    told_of(clients, list(db.session.scalars(select(Certificate.number))), told)
