"""After a purge a canary is nowhere on disk: no column, page, log, index file, stored file, temporary file or log of the server.

Every column of text that hangs on a proposal is filled with the canary, whatever table it stands in: a new one that no step of
the purge reaches fails here.  The bytes are looked through in every encoding, and inside whatever is compressed.
"""

from __future__ import annotations

import logging
import random
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, LargeBinary, String, Table, Text, cast, func, select, update
from sqlalchemy.exc import IntegrityError

from innovations import audit
from innovations.boards.models import Assignment, DismissedConflict
from innovations.boards.models_blind import CoveredWords, FileRuling
from innovations.boards.models_decision import Certificate, PendingOutcome
from innovations.boards.models_meeting import AgendaItem, CountSettlement, TellerCount, Vote
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.rules.conflicts import ConflictKind
from innovations.boards.services import certificates, deciding, recusing, sheet_photos
from innovations.boards.services.deciding import DecisionData
from innovations.boards.services.sheet_photos import PhotoData
from innovations.core import database
from innovations.core.clock import now, today
from innovations.core.columns import Coded
from innovations.core.transactions import atomic
from innovations.documents.intake import Upload
from innovations.exchange.models import StagedChange
from innovations.extensions import db
from innovations.library.models import Adoption, AdoptionBenefit
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Request
from innovations.people.rules.roles import Role
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.models_dossier import Attachment, BenefitItem, FirstApplier, SimilarityFinding
from innovations.proposals.models_secrets import BreakGlass, Purge
from innovations.proposals.rules.content import BenefitKind
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.rules.purging import PurgeReason
from innovations.proposals.rules.states import State
from innovations.proposals.services import attachments, checking, purges, quarantine, submitting
from innovations.search import outbox
from innovations.worker.rounds import Rounds
from tests import meeting_world as sitting
from tests.board_files import attach
from tests.board_world import SCORERS, BoardWorld
from tests.canary_files import CANARY, FILES, TAIL
from tests.recognised import index
from tests.world import World

#: What a purge keeps: numbers, codes, digests, grades, and sets of rules and criteria frozen into reviews; nothing typed about it.
KEPT = {
    "code", "draft_code", "sha256", "media_type", "kind", "level", "recognised_level", "grade", "held_by", "import_digest", "import_key",
    "rules", "criteria", "solution_types", "criterion", "tie_key", "outcome", "action", "from_state", "to_state", "before", "proposes",
    "conclusion", "revise_back_to", "role", "mode", "state", "opinion", "key", "verdict", "finding", "author_says",
}  # fmt: skip
#: Their rows are no words about a proposal: readers, persons, notices (ids only), the audit log (tested on its own), the purge.
#: Of these there is no row to fill on this way: the vote was secret, and nothing was void.
CLOSED: set[str] = set()
ELSEWHERE = {"notice", "audit_event", "purge", "import_batch"}


def hanging(table: str = "proposal", seen: frozenset[str] = frozenset()) -> Iterator[Table]:
    """The table of proposals and every table whose rows name a row of it, or of one that does."""
    if table in seen | ELSEWHERE:
        return
    yield db.metadata.tables[table]
    for other in db.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table.name == table and other.name != table and not key.parent.name.startswith("forwarded"):
                yield from hanging(other.name, seen | {table})


def words(table: Table) -> list[Column[object]]:
    """Columns in which somebody's words stand."""
    plain = [each for each in table.columns if isinstance(each.type, String | JSON) and not isinstance(each.type, Coded)]
    return [each for each in plain if each.name not in KEPT and not each.foreign_keys and not each.primary_key]


def fill(column: Column[object]) -> bool:
    """Put the canary into the whole column; False where the database knows every value it may have."""
    words = f"{CANARY} {column}"  # another one for each column: the title is also blanked where others cite it
    value: object = words
    if isinstance(column.type, JSON):
        value = {"title": words} if column.name in ("content", "held") else [words]
    try:
        with atomic() as session:
            session.execute(update(column.table).values({column.name: value}))
    except IntegrityError:
        return False
    return True


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and what comes out of every compressed stream and archive among them."""
    yield data
    for mark in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b"):
        at = data.find(mark)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(47).decompress(data[at:], 1 << 22)  # zlib or gzip
            at = data.find(mark, at + 1)
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def traces(world: World) -> set[str]:
    """Files of the instance folder that hold the canary in their name or in any form of their bytes."""
    root, found = Path(world.app.instance_path), set()
    needles = [TAIL.encode(), TAIL.encode("utf-16-le"), unicodedata.normalize("NFD", "Đuốcbiển").lower().encode()]
    for path in sorted(root.rglob("*")):
        pieces = unpacked(path.read_bytes()) if path.is_file() else ()
        if TAIL in path.name.lower() or any(needle in piece.lower() for piece in pieces for needle in needles):
            found.add(str(path.relative_to(root)))
    return found


def kinds(paths: set[str]) -> set[str]:
    """``files/ab/ab12…`` → ``files``; ``innovations.sqlite-wal`` stays."""
    return {path.split("/")[0] for path in paths}


def rounds(worker: Rounds) -> None:
    """Let the worker do everything that waits, as its process would."""
    worker.read_files()
    while worker.once():
        worker.finish()
    worker.finish()
    worker.once()


@pytest.fixture
def server_log(world: World) -> Iterator[None]:
    """Whatever anything logs goes into a file of the instance, down to details."""
    handler = logging.FileHandler(Path(world.app.instance_path) / "server.log")
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def life(board: BoardWorld) -> str:
    """A proposal that went all the way through board, decision, certificate and adoption; returns its code."""
    world = board.world
    address = world.draft(title=f"Giá {CANARY} treo ống")
    for extension, content in FILES.items():
        name, sent = f"{CANARY}.{extension}", BytesIO(content)
        attachments.attach(world.actor("tacgia"), address, name=name, source=sent, kind="evidence", nothing_secret=True)
    code = submitting.submit(world.actor("tacgia"), address, nothing_secret=True)
    checking.accept(world.actor("tiepnhan"), code, {item: FormalAnswer(True) for item in FormalItem})
    review = board.review_of(code)
    board.start(review, *SCORERS, "uyvien2")
    recusing.recuse_myself(board.actor("uyvien2"), board.board_id, review, reason=CANARY)
    scanned = PhotoData((Upload(f"{CANARY}.pdf", BytesIO(FILES["pdf"])),), board.review(review).revision_id or 0, True)
    sheet_photos.add_photos(board.actor(SCORERS[0]), board.board_id, review, scanned)
    for number in SCORERS:
        board.submit(review, number)
    sitting.conclude(board, sitting.voted(board, review, agree=6, absent=("uyvien2",)), review)
    attach(board, f"{CANARY}.pdf", FILES["pdf"], note=CANARY)
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    decision = deciding.recognise(board.actor("chihuy"), [review], data).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision)
    adopting.request_adoption(
        board.actor("donvi"), code, Request(world.staff.units["T2B"], AdoptionKind.REPLICATION, "Dùng cho hai kho.")
    )
    return code


def of_proposal(world: World, own: int) -> Iterator[object]:
    """Rows of a proposal that the way does not leave."""
    person = world.staff.people["quantri"]
    report = {"rows": 1, "warnings": [f"{CANARY} proposal.title"]}
    batch = ImportBatch(unit_id=world.staff.units["T1A"], started_at=now(), published_at=now(), report=report)
    glass = {"office": Role.ADMIN, "reason": GlassReason.REPAIR, "note": CANARY}
    yield batch  # has its id when the next is asked for
    yield StagedChange(batch_id=batch.id, proposal_id=own, row=2, held={"title": CANARY})
    yield BenefitItem(proposal_id=own, position=1, kind=BenefitKind.TIME)
    yield BreakGlass(proposal_id=own, asked_by_id=person, asked_at=now(), **glass)
    yield FirstApplier(proposal_id=own, position=1, name=CANARY)
    adoption = db.session.scalars(select(Adoption.id)).one()
    yield AdoptionBenefit(adoption_id=adoption, kind=BenefitKind.TIME)


def of_review(person: int, review: int) -> Iterator[object]:
    """Rows of its review that the way does not leave."""
    vote = db.session.scalars(select(Vote.id).join(AgendaItem).where(AgendaItem.review_id == review)).one()
    seat = db.session.scalars(select(Assignment.seat_id).where(Assignment.done_at.is_not(None))).first()
    given, revision = db.session.execute(
        select(Assignment.id, Review.revision_id).join(Review).where(Review.id == review)
    ).first()
    nobody = dict.fromkeys(("issued", "collected", "valid", "invalid", "agree", "disagree", "blank"), 0)
    yield TellerCount(vote_id=vote, attempt=1, place=1, seat_id=seat, **nobody)
    yield CountSettlement(vote_id=vote, attempt=1, place=1, by_id=person, reason=CANARY)
    yield DismissedConflict(review_id=review, person_id=person, kind=ConflictKind.SUPERIOR, reason=CANARY, by_id=person, at=now())
    own = select(Attachment.id).join(Review, Review.proposal_id == Attachment.proposal_id).where(Review.id == review)
    file = db.session.scalars(own).first()
    yield FileRuling(review_id=review, attachment_id=file, withheld=True, reason=CANARY, by_id=person, at=now())
    yield CoveredWords(review_id=review, words=[CANARY], by_id=person, at=now())
    yield KeyedSheet(assignment_id=given, revision_id=revision, place=1, person_id=person, filled={}, keyed_at=now())
    yield PendingOutcome(review_id=review, outcome="decline", reason=CANARY, recorded_by_id=person, recorded_at=now())
    yield Complaint(review_id=review, filed_by_id=person, filed_at=now(), text=CANARY, answer=CANARY, due_on=today())


def furnish(world: World, code: str) -> None:
    """A row in the tables that the way does not fill, then the canary in every column of words."""
    with atomic() as session:
        own = session.scalars(select(Proposal.id).where(Proposal.code == code)).one()
        review = session.scalars(select(Review.id).where(Review.proposal_id == own)).first()
        for row in chain(of_proposal(world, own), of_review(world.staff.people["quantri"], review)):
            session.add(row)
            session.flush()
    for table in set(hanging()):
        for column in words(table):
            fill(column)
    other = world.submitted("docgia")
    with atomic() as session:
        like = session.scalars(select(Proposal.id).where(Proposal.code == other)).one()
        for pair in ((own, like), (like, own)):
            finding = SimilarityFinding(proposal_id=pair[0], other_id=pair[1], score=Decimal("0.8"), author_note=CANARY)
            session.add(finding)
        outbox.enqueue(own)


def columns_with_it() -> set[str]:
    """Every column of the whole database that holds the canary."""
    found = set()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON | LargeBinary):
                held = db.session.execute(select(func.count()).where(func.instr(cast(column, Text), TAIL) > 0)).scalar_one()
                if held:
                    found.add(f"{table.name}.{column.name}")
    db.session.rollback()
    return found


def test_after_a_purge_nothing_of_it_is_on_the_disk(board: BoardWorld, server_log: None) -> None:
    world, worker = board.world, Rounds()
    code = life(board)
    rounds(worker)
    furnish(world, code)
    rounds(worker)
    copied = Path(world.app.instance_path) / "before-migration-20260101-000000.sqlite"
    shutil.copy(copied.with_name("innovations.sqlite"), copied)
    planted = columns_with_it()
    assert planted >= {f"{table.name}.{column.name}" for table in set(hanging()) for column in words(table)} - CLOSED
    assert kinds(traces(world)) >= {"innovations.sqlite", copied.name, "index", "files"}

    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    rounds(worker)
    assert "index" not in kinds(traces(world))
    purges.propose(world.actor("baomat"), code, PurgeReason.CLASSIFIED)
    purges.confirm(world.actor("baomat2"), code)
    assert columns_with_it() == set()
    rounds(worker)
    assert db.session.scalars(select(Purge.cleaned_at)).one() is not None
    db.session.rollback()
    assert traces(world) == set()

    left = proposal_at(code)
    assert left is not None
    assert (left.code, left.first_filed_at is not None, left.reviews[-1].state) == (code, True, State.RECOGNISED)
    assert db.session.scalars(select(Certificate.number)).all() == [1]
    assert audit.verify() is None


def test_the_file_of_the_database_is_written_anew_for_rows_that_moved_leave_copies(app: Flask) -> None:
    """SQLite's ``secure_delete`` alone left canaries in pages that balancing had moved rows away from."""
    chance, path = random.Random(5), Path(app.instance_path) / "innovations.sqlite"
    with closing(db.engine.raw_connection()) as raw:
        raw.execute("CREATE TABLE moved (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID")
        for turn in range(4000):
            number = chance.randrange(300)
            text = (TAIL if number % 2 else "abc") * chance.randint(1, 200)
            raw.execute(
                "INSERT OR REPLACE INTO moved VALUES (?, ?)", (f"{number} {text[:400]}" if turn % 2 else str(number), text)
            )
            if turn % 7 == 0:
                raw.execute("DELETE FROM moved WHERE k LIKE ?", (f"{number} %",))
        raw.execute("DELETE FROM moved WHERE v LIKE ?", (f"{TAIL}%",))
    assert database.truncate_log(db.engine)
    assert TAIL.encode() in path.read_bytes()
    assert database.rewrite(db.engine)
    assert TAIL.encode() not in path.read_bytes()


def test_a_purge_is_not_called_clean_while_somebody_reads_the_old_log(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.submitted(title=f"Giá {CANARY} treo ống")
    index(world)
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    purges.propose(world.actor("baomat"), code, PurgeReason.CLASSIFIED)
    db.session.remove()
    db.engine.dispose()
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)  # nobody waits ten seconds here
    with db.engine.connect() as reader:
        reader.execute(select(func.count()).select_from(Proposal))  # its picture of the database is from before the purge
        purges.confirm(world.actor("baomat2"), code)
        index(world)
        assert purges.clean_up() == 0
        assert traces(world) == {"innovations.sqlite-wal", "innovations.sqlite"} & traces(world) != set()
    assert purges.clean_up() == 1
    assert traces(world) == set()
