"""The text of files is kept once per content, by the worker, for files all readers of the dossier may open; it goes with them."""

from __future__ import annotations

import errno
import time
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from innovations.core.rules.errors import Unavailable
from innovations.documents import storage
from innovations.documents.models import FileText
from innovations.documents.reading import Ending
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.services import attachments, drafting, file_texts
from innovations.search.models import IndexJob
from innovations.worker.rounds import Rounds
from tests.proposal_pages import count
from tests.recognised import index
from tests.world import World

TEXT = "Biên bản áp dụng thử giá phơi."


def kept() -> dict[str, str]:
    """What is known of each content: its text, or else the word for why there is none."""
    rows = db.session.execute(select(FileText.text, FileText.ending, FileText.sha256)).all()
    db.session.rollback()
    return {sha256: text or ending.value for text, ending, sha256 in rows}


def jobs() -> set[int]:
    found = set(db.session.scalars(select(IndexJob.document_id)))
    db.session.rollback()
    return found


def id_of(address: str) -> int:
    proposal = proposal_at(address)
    assert proposal is not None
    found = proposal.id
    db.session.rollback()
    return found


def test_a_file_waits_and_the_worker_reads_it_and_has_its_dossier_indexed_again(world: World) -> None:
    address = world.draft()
    world.attach(address, text=TEXT)
    assert list(kept().values()) == ["waiting"]
    index(world)
    assert Rounds().read_files() == 1
    assert list(kept().values()) == [TEXT]
    assert jobs() == {id_of(address)}


def test_a_content_that_lies_in_two_dossiers_is_read_once_and_both_are_indexed_again(world: World) -> None:
    both = [world.draft(), world.draft()]
    for address in both:
        world.attach(address, text=TEXT)
    index(world)
    assert Rounds().read_files() == 1
    assert jobs() == {id_of(address) for address in both}


@pytest.mark.parametrize("kind", ["consent", "signed_scan"])
def test_signed_pages_are_not_read(world: World, kind: str) -> None:
    world.attach(world.draft(), kind=kind, text=TEXT)
    assert Rounds().read_files() == 0
    assert kept() == {}


def test_a_file_taken_off_takes_its_text_along_unless_another_dossier_has_it(world: World) -> None:
    first, second = world.draft(), world.draft()
    files = [world.attach(address, text=TEXT) for address in (first, second)]
    Rounds().read_files()
    attachments.detach(world.actor("tacgia"), first, files[0])
    assert list(kept().values()) == [TEXT]
    attachments.detach(world.actor("tacgia"), second, files[1])
    assert kept() == {}


def test_text_that_only_a_signed_page_still_names_goes_too(world: World) -> None:
    address = world.draft()
    evidence = world.attach(address, text=TEXT)
    world.attach(address, kind="consent", text=TEXT)
    Rounds().read_files()
    attachments.detach(world.actor("tacgia"), address, evidence)
    assert kept() == {}


def test_what_is_purged_while_it_is_read_is_not_kept(world: World) -> None:
    address = world.draft()
    world.attach(address, text=TEXT)
    begun = file_texts.begin(1000)
    assert begun is not None
    drafting.purge_as_secret(world.actor("tacgia"), address)
    file_texts.keep(begun[0], begun[1].wait())
    assert kept() == {}
    assert count(Attachment) == 0


def test_a_file_that_is_not_in_the_store_is_said_to_be_missing_and_not_read_again(world: World) -> None:
    world.attach(world.draft(), text=TEXT)
    for digest in storage.everything():
        storage.path_of(digest).unlink()
    assert Rounds().read_files() == 1
    assert list(kept().values()) == [Ending.MISSING.value]
    assert Rounds().read_files() == 0


def test_no_round_waits_for_a_file(world: World) -> None:
    address = world.draft()
    world.attach(address, text="Kết quả đo sau mỗi tuần.\n" * 300_000)
    index(world)
    rounds = Rounds()
    rounds.once()
    assert list(kept().values()) == ["waiting"]  # the round ended while the file was still being read
    until = time.monotonic() + 20
    while "waiting" in kept().values() and time.monotonic() < until:
        time.sleep(0.05)
        rounds.once()
    assert len(next(iter(kept().values()))) > 190_000


def test_a_worker_that_was_ended_in_a_reading_leaves_the_file_waiting_and_the_next_reads_it(world: World) -> None:
    world.attach(world.draft(), text=TEXT)
    ended = Rounds()
    ended.once()
    ended.stop()
    assert list(kept().values()) == ["waiting"]
    assert Rounds().read_files() == 1
    assert list(kept().values()) == [TEXT]


def test_keeping_the_same_text_twice_changes_nothing(world: World) -> None:
    world.attach(world.draft(), text=TEXT)
    begun = file_texts.begin(1000)
    assert begun is not None
    found = begun[1].wait()
    for _ in range(2):
        file_texts.keep(begun[0], found)
    assert list(kept().values()) == [TEXT]


def test_bytes_whose_folder_could_not_be_synced_are_refused_and_not_left_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, author = world.draft(), world.actor("tacgia")

    def attach() -> None:  # by itself, not by a recipe, which a copy may serve
        source = BytesIO(TEXT.encode())
        attachments.attach(author, address, name="bien-ban.txt", source=source, kind="evidence", nothing_secret=True)

    def broken(_path: Path) -> None:
        raise OSError(errno.EIO, "the disk does not answer")

    with monkeypatch.context() as failing:
        failing.setattr(storage, "sync_folder", broken)
        with pytest.raises(Unavailable):
            attach()
    assert (list(storage.everything()), count(Attachment)) == ([], 0)
    attach()
    assert (len(list(storage.everything())), count(Attachment)) == (1, 1)
