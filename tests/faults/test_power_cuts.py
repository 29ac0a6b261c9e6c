"""The power is cut at any moment of submits, uploads, sheets, votes and the close of a vote, and the disk kept what it was sure of.

Nothing that was acknowledged is lost, nothing is corrupt, numbers have no gap, and the next submit goes on with the next number.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from fault_power import BLOCK, Disk, Kind, Told, read, recorded
from fault_processes import Browser, free_port
from fault_sizes import POWER_CUTS
from sqlalchemy import select, text

from innovations.boards import sealing
from innovations.boards.models import ScoreSheet
from innovations.boards.models_meeting import HasVoted, SealedBallot, Vote
from innovations.cli.checking import CHECKS
from innovations.documents import storage
from innovations.extensions import db
from innovations.people.services import signing_in
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.services import submitting
from tests import meeting_world as sitting
from tests.board_world import SCORERS, SEATED, BoardWorld
from tests.instances import running
from tests.world import PASSWORD

SUBMITS, UPLOADS = 8, 8
SHEET = {
    "version": "0", "proposes": "recognise", "novelty-points": "24", "effect-points": "24", "replicability-points": "20",
    "economy-na": "1", "dossier-level": "4", "do": "submit",
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One click: what, by whom, where; ``about``: by what it is found again."""

    kind: str
    by: str
    path: str
    fields: dict[str, str]
    about: str
    file: bytes = b""


@dataclass(frozen=True)
class Story:
    """Acts in three rounds, which wait for one another, and what else the test must know of them."""

    rounds: list[list[Act]]
    spare: str
    vote_item: int


def prepared(board: BoardWorld) -> Story:
    """All that is clicked, and a draft that nobody clicks on before the power is back."""
    first = []
    for place in range(SUBMITS):
        address = board.world.draft(title=f"Khay úp bát cho bếp ăn, kiểu {place}")
        board.world.attach(address)
        first.append(Act("submit", "tacgia", f"/proposals/{address}/submit", {"nothing_secret": "y"}, proposal_id(address)))
    sent, draft = {"kind": "evidence", "nothing_secret": "y"}, board.world.draft(title="Giá để giày trước nhà")
    for place in range(UPLOADS):
        content = f"Biên bản số {place}: đã đo lại. ".encode() * (20 + 700 * place)
        digest = hashlib.sha256(content).hexdigest()
        first.append(Act("upload", "tacgia", f"/proposals/{draft}/files", sent, digest, content))
    scored = board.scoring(title="Bảng kiểm tra dụng cụ, có ô đánh dấu")
    path = f"/boards/{board.board_id}/reviews/{scored}/score"
    first += [Act("sheet", who, path, SHEET, str(board.seat(who))) for who in SCORERS]
    review_id = sitting.scored(board, title="Bàn kê máy hàn")
    number = sitting.before_board(board, review_id)
    there, item = f"/boards/{board.board_id}/meetings/{number}", sitting.meeting(board, number).items[0].id
    first.append(Act("open", "thuky", f"{there}/items/{review_id}/vote/open", {}, ""))
    votes = [Act("vote", who, f"{there}/vote/{review_id}", {"opinion": "agree"}, str(board.seat(who))) for who in SEATED]
    close = Act("close", "thuky", f"{there}/items/{review_id}/vote/close", {}, "")
    spare = board.world.draft(title="Thang gấp cho kho")
    board.world.attach(spare)
    return Story([first, votes, [close]], spare, item)


def proposal_id(address: str) -> str:
    proposal = proposal_at(address)
    assert proposal is not None
    return str(proposal.id)


def clicked(story: Story, browsers: dict[str, Browser], log: Path) -> list[tuple[Act, int]]:
    """Click everything, each person one thing after the other; each act with the length of the log when its answer was there."""
    done: list[tuple[Act, int]] = []

    def click(acts: list[Act]) -> None:
        for act in acts:
            browser = browsers[act.by]
            answer = browser.upload(act.path, act.file, **act.fields) if act.file else browser.post(act.path, **act.fields)
            assert answer.status == 303, answer.text[:500]
            done.append((act, log.stat().st_size))

    with ThreadPoolExecutor(len(browsers)) as pool:
        for acts in story.rounds:
            list(pool.map(click, [[act for act in acts if act.by == who] for who in browsers]))
    return done


def receipts() -> dict[str, tuple[str | None, int | None]]:
    """Code and number of every submitted proposal, by its id."""
    db.session.rollback()
    return {
        str(review.proposal_id): (review.proposal.code, review.receipt_number)
        for review in db.session.scalars(select(Review)) if review.receipt_number
    }  # fmt: skip


def lost(story: Story, acts: list[Act], numbers: dict[str, tuple[str | None, int | None]]) -> Iterator[str]:
    """What is not there of the acts."""
    vote = db.session.scalars(select(Vote).where(Vote.item_id == story.vote_item)).one_or_none()
    found = {
        "submit": {key for key, number in receipts().items() if numbers[key] == number},
        "upload": set(db.session.scalars(select(Attachment.sha256))),
        "sheet": {
            str(each) for each in db.session.scalars(select(ScoreSheet.seat_id).where(ScoreSheet.submitted_at.is_not(None)))
        },
        "open": {""} if vote else set(),
        "vote": {str(each) for each in db.session.scalars(select(HasVoted.seat_id))},
        "close": {""} if vote and vote.state == "closed" and vote.agree == len(SEATED) else set(),
    }
    yield from (f"{act.kind} {act.about}" for act in acts if act.about not in found[act.kind])


def broken(story: Story) -> Iterator[str]:
    """What a power cut may never leave behind."""
    yield from (str(line) for line in db.session.scalars(text("PRAGMA integrity_check")) if line != "ok")
    yield from (str(line) for line in db.session.execute(text("PRAGMA foreign_key_check")))
    yield from (problem for one in CHECKS for problem in one())
    for digest in db.session.scalars(select(Attachment.sha256)):
        file = storage.path_of(digest)
        if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield f"file {digest[:12]} is not what it was"
    for vote in db.session.scalars(select(Vote).where(Vote.item_id == story.vote_item, Vote.agree.is_(None))):
        if not sealing.has_key(vote.public_key or b""):
            yield "the key of the vote is lost"
        if (sealed := db.session.query(SealedBallot).count()) != (voted := db.session.query(HasVoted).count()):
            yield f"{voted} have voted, {sealed} ballots are sealed"
    given = sorted(number or 0 for _, number in receipts().values())
    if given != list(range(1, len(given) + 1)):
        yield f"numbers {given}"


def goes_on(board: BoardWorld, story: Story) -> Iterator[str]:
    """The next submit has the next number."""
    before = len(receipts())
    submitting.submit(board.actor("tacgia"), story.spare, nothing_secret=True)
    if len(receipts()) != before + 1 or max(number or 0 for _, number in receipts().values()) != before + 1:
        yield "the next submit has not the next number"


def moments(told: list[Told], done: list[tuple[Act, int]], chance: random.Random) -> list[int]:
    """Where the log is cut off: by turns at any place, and right after an answer."""
    ends, begun = [0, *(each.end for each in told)], min(end for _, end in done) // 2
    some = [each for each in ends if each >= begun]
    return sorted(chance.choice(done)[1] if place % 2 else chance.choice(some) for place in range(POWER_CUTS))


def test_what_was_acknowledged_before_the_power_was_cut_is_there(
    board: BoardWorld, tmp_path_factory: pytest.TempPathFactory, told: Callable[..., None]
) -> None:
    story, port, chance = prepared(board), free_port(), random.Random(20261128)
    tokens = {who: signing_in.sign_in(who, PASSWORD, address="127.0.0.1") for who in ("tacgia", *SEATED)}
    browsers = {who: Browser(board.world.app, token, port) for who, token in tokens.items()}
    db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    db.session.remove()
    folder = tmp_path_factory.mktemp("power")
    instance = folder / "instance"
    shutil.copytree(board.world.app.instance_path, instance, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    disk = Disk(instance)
    with recorded(folder, instance, port) as log:
        done = clicked(story, browsers, log)
    whole = list(read(log.read_bytes()))
    with running(instance):
        numbers = receipts()
        assert list(lost(story, [act for act, _ in done], numbers)) == []
    print(Counter(each.kind.name for each in whole), log.stat().st_size)
    found: dict[int, list[str]] = {}
    waiting, cut, kept = iter(whole), 0, 0
    following = next(waiting, None)
    for number, end in enumerate(moments(whole, done, chance)):
        while following is not None and following.end <= end:
            disk.take(following)
            following = next(waiting, None)
        place, acts = folder / str(number), [act for act, answered in done if answered <= end]
        disk.after(place, chance)
        cut, kept = cut + 1, kept + len(acts)
        with running(place):
            if problems := [*lost(story, acts, numbers), *broken(story), *goes_on(board, story)]:
                found[end] = problems
        shutil.rmtree(place)
    told(done=f"{cut} power cuts", acknowledged=kept, lost=sum(len(each) for each in found.values()), doubled=0)
    assert found == {}


def test_the_disk_keeps_what_was_synced_and_what_was_not_is_there_or_not(tmp_path: Path) -> None:
    top, chance = tmp_path / "disk", random.Random(20261128)
    top.mkdir()
    disk = Disk(top)

    def outcomes() -> list[dict[str, bytes]]:
        found = []
        for _ in range(200):
            disk.after(tmp_path / "after", chance)
            found.append({each.name: each.read_bytes() for each in (tmp_path / "after").iterdir()})
            shutil.rmtree(tmp_path / "after")
        return found

    def take(kind: Kind, number: int = 1, place: int = 0, first: bytes = b"", second: bytes = b"") -> None:
        disk.take(Told(kind, number, place, first, second, 0))

    old, new, name, renamed = b"o" * 2 * BLOCK, b"n" * 2 * BLOCK, f"{top}/a".encode(), f"{top}/b".encode()
    take(Kind.CREATED, first=name)
    take(Kind.WRITTEN, first=old)
    take(Kind.SYNCED)
    assert {tuple(each.items()) for each in outcomes()} == {(), (("a", old),)}
    take(Kind.SYNCED, number=top.stat().st_ino)
    assert {tuple(each.items()) for each in outcomes()} == {(("a", old),)}
    take(Kind.WRITTEN, first=new)
    seen = {each["a"] for each in outcomes()}
    assert {old, new, old[:BLOCK] + new[:BLOCK], new[:BLOCK] + old[:BLOCK]} < seen
    assert {len(each) for each in seen} == {2 * BLOCK}
    take(Kind.SYNCED)
    take(Kind.RENAMED, first=name, second=renamed)
    assert {tuple(each.items()) for each in outcomes()} == {(("a", new),), (("b", new),)}
