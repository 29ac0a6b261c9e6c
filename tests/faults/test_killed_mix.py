"""The web server killed under six writers who submit, upload, score, vote and decide: what was acknowledged is there, once.

Who gets no answer sends the same again: forms with their key, a ballot without one, whose seat votes once anyway.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from fault_processes import Browser, Forker, answers, free_port, moments, wait_until
from fault_sizes import MIXED_KILLS, MIXED_ROUNDS
from sqlalchemy import func, select

from innovations import search
from innovations.boards.models import ScoreSheet
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.models_meeting import HasVoted, SealedBallot
from innovations.cli.checking import CHECKS
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.services import signing_in
from innovations.proposals.models import Review, ReviewStep
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import SCORERS, SEATED, BoardWorld
from tests.recognised import index
from tests.world import PASSWORD

WRITERS = 6
SHEET = {
    "version": "0", "proposes": "recognise", "novelty-points": "24", "effect-points": "24", "replicability-points": "20",
    "economy-na": "1", "dossier-level": "4", "do": "submit",
}  # fmt: skip
SIGNED = {"signer_name": "Dương Văn Nam", "signer_position": "Trung đoàn trưởng", "do": "recognise"}
SERVER = ("--worker-class", "gthread", "--threads", "8", "--log-level", "critical", "--no-control-socket", "wsgi:app")


@dataclass(frozen=True)
class Act:
    """One click: who, where, what.  ``repeated``: what a second click is answered."""

    kind: str
    by: str
    path: str
    fields: dict[str, str]
    file: bytes = b""
    repeated: int = 303


@dataclass
class Writers:
    """Six people's hands: each takes the next act and sends it until there is an answer."""

    browsers: dict[str, Browser]
    waiting: queue.SimpleQueue[Act]
    acknowledged: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    wrong: list[tuple[Act, int, str]] = field(default_factory=list)
    #: A person has one browser: two hands in it at once would mix up its cookie and the form's token.
    hands: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def work(self) -> None:
        while True:
            try:
                act = self.waiting.get_nowait()
            except queue.Empty:
                return
            self._send(act)

    def _send(self, act: Act) -> None:
        until, tries = time.monotonic() + 120, 0
        while time.monotonic() < until:
            browser = self.browsers[act.by]
            try:
                tries += 1
                with self.hands[act.by]:
                    answer = (
                        browser.upload(act.path, act.file, **act.fields) if act.file else browser.post(act.path, **act.fields)
                    )
            except (OSError, HTTPException, AssertionError):
                self.repeated += 1
                time.sleep(0.02)
                continue
            if answer.status == 303 or (tries > 1 and answer.status == act.repeated):
                self.acknowledged[act.kind] += 1
            else:
                self.wrong.append((act, answer.status, answer.text[:200]))
            return
        self.wrong.append((act, 0, "no answer"))


def prepared(board: BoardWorld) -> list[Act]:
    """Acts of all kinds that wait for a click, mixed."""
    board.world.app.config["MAX_DRAFTS"] = 2 * MIXED_ROUNDS + 1  # and one that is on its way to be submitted
    acts = []
    for place in range(MIXED_ROUNDS):
        address = board.world.draft(title=f"Khay úp bát cho bếp ăn, kiểu {place}")
        board.world.attach(address)
        acts.append(Act("submit", "tacgia", f"/proposals/{address}/submit", {"nothing_secret": "y"}))
        other, sent = board.world.draft(title=f"Giá để giày trước nhà, kiểu {place}"), {"kind": "evidence", "nothing_secret": "y"}
        content = f"Biên bản số {place}: đã đo lại. ".encode() * 200
        acts += [Act("upload", "tacgia", f"/proposals/{other}/files", sent, content + bytes([65 + each])) for each in range(2)]
        review_id = board.scoring(title=f"Bảng kiểm tra dụng cụ, kiểu {place}")
        acts += [Act("sheet", who, f"/boards/{board.board_id}/reviews/{review_id}/score", SHEET) for who in SCORERS]
        review_id = sitting.scored(board, title=f"Bàn kê máy hàn, kiểu {place}")
        number = sitting.before_board(board, review_id)
        sitting.open_vote(board, number, review_id)
        path, agrees = f"/boards/{board.board_id}/meetings/{number}/vote/{review_id}", {"opinion": "agree"}
        acts += [Act("vote", who, path, agrees, repeated=409) for who in SEATED]
        review_id = sitting.concluded(board, title=f"Giá treo dụng cụ, kiểu {place}")
        signed = {**SIGNED, "number": f"{place + 1}/QĐ-1A", "decided_on": today().isoformat(), "review_ids": str(review_id)}
        acts.append(Act("decision", "chihuy", "/boards/decisions/", signed))
    random.Random(20261128).shuffle(acts)
    return [Act(a.kind, a.by, a.path, {**a.fields, "_once": f"key-{n}"}, a.file, a.repeated) for n, a in enumerate(acts)]


def counted(board: BoardWorld) -> dict[str, int]:
    """How often each kind of act is in the database."""
    db.session.rollback()
    submitted = select(func.count()).select_from(ReviewStep).where(ReviewStep.to_state == State.SUBMITTED.value)
    chosen = {
        "submit": submitted, "upload": select(func.count()).select_from(Attachment),
        "sheet": select(func.count()).select_from(ScoreSheet).where(ScoreSheet.submitted_at.is_not(None)),
        "vote": select(func.count()).select_from(HasVoted), "decision": select(func.count()).select_from(DecisionLine),
    }  # fmt: skip
    return {kind: db.session.scalar(each) or 0 for kind, each in chosen.items()}


def killed_under(writers: Writers, instance: Path, port: int, chance: random.Random) -> list[float]:
    """Kill the server again and again while they write; seconds to its first answer after each kill."""
    back = []
    with Forker(instance) as forker:
        server = forker.start("gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER)
        wait_until(lambda: answers(port))
        threads = [threading.Thread(target=writers.work) for _ in range(WRITERS)]
        kills = moments(MIXED_KILLS, writers.waiting.qsize(), chance)
        for thread in threads:
            thread.start()
        for moment in kills:
            wait_until(lambda moment=moment: writers.acknowledged.total() + len(writers.wrong) >= moment)
            time.sleep(chance.uniform(0, 0.05))
            forker.kill(server)
            began = time.monotonic()
            server = forker.start("gunicorn", "--bind", f"127.0.0.1:{port}", *SERVER)
            wait_until(lambda: answers(port))
            back.append(time.monotonic() - began)
        for thread in threads:
            thread.join(timeout=600)
    return back


def test_what_six_writers_had_acknowledged_is_there_once(board: BoardWorld, told: Callable[..., None]) -> None:
    acts, before, port, chance = prepared(board), counted(board), free_port(), random.Random(20261129)
    ballots = db.session.query(SealedBallot).count()
    people = {act.by for act in acts}
    tokens = {who: signing_in.sign_in(who, PASSWORD, address="127.0.0.1") for who in people}
    waiting: queue.SimpleQueue[Act] = queue.SimpleQueue()
    for act in acts:
        waiting.put(act)
    writers = Writers({who: Browser(board.world.app, token, port) for who, token in tokens.items()}, waiting)
    db.session.rollback()
    back = killed_under(writers, Path(board.world.app.instance_path), port, chance)
    after, wanted = counted(board), Counter(act.kind for act in acts)
    grown = {kind: after[kind] - before[kind] for kind in wanted}
    told(
        done=f"{len(back)} kills, {writers.repeated} sent again; first page after {max(back):.1f} s at most",
        acknowledged=writers.acknowledged.total(), lost=sum(max(0, wanted[kind] - grown[kind]) for kind in wanted),
        doubled=sum(max(0, grown[kind] - wanted[kind]) for kind in wanted),
    )  # fmt: skip
    assert writers.wrong == []
    assert writers.repeated
    assert writers.acknowledged == wanted
    assert grown == dict(wanted)
    assert db.session.query(SealedBallot).count() - ballots == wanted["vote"]
    assert db.session.query(Decision).count() == wanted["decision"]
    receipts = sorted(each for each in db.session.scalars(select(Review.receipt_number)) if each)
    assert receipts == list(range(1, len(receipts) + 1))
    assert [problem for one in CHECKS for problem in one()] == []
    index(board.world)
    assert search.verify_index()["ok"]
