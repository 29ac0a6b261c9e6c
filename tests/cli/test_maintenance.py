"""Backup, check, doctor and search commands, over the staffed world."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from pathlib import Path

import pytest
from nacl.encoding import HexEncoder
from nacl.public import PrivateKey
from sqlalchemy import select, text, update

from innovations.audit import signing
from innovations.cli import backup, backup_keys, envelope
from innovations.core.keys import write_key
from innovations.documents import storage
from innovations.extensions import db
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Attachment, Contribution
from tests.world import World


def run(world: World, *arguments: str) -> tuple[int, str]:
    done = world.app.test_cli_runner().invoke(args=list(arguments))
    return done.exit_code, done.output


def test_a_backup_restores_database_and_files(world: World, tmp_path: Path) -> None:
    code = world.submitted()
    archive = tmp_path / "b.tgz"
    backup.create(archive)
    digests = set(storage.everything())
    db.session.execute(update(Proposal).values(title="Đã bị đổi"))
    db.session.commit()
    for digest in digests:
        storage.path_of(digest).unlink()
    backup.restore(archive)
    title = db.session.scalar(select(Proposal.title).where(Proposal.code == code))
    assert title == "Bảng kiểm tra dụng cụ dùng chung cho tổ trực"
    assert set(storage.everything()) == digests


def test_a_backup_never_holds_the_index_or_the_session_secret(world: World, tmp_path: Path) -> None:
    world.submitted()
    (Path(world.app.instance_path) / "secret_key").write_text("a secret that must stay here")
    backup.create(tmp_path / "b.tgz")
    with tarfile.open(backup.opened(tmp_path / "b.tgz", tmp_path, backup.HERE)) as archive:
        names = set(archive.getnames())
    assert {name for name in names if not name.startswith("files/")} <= {
        "manifest.json",
        "innovations.sqlite",
        *backup.KEY_MEMBERS,
    }
    assert b"a secret that must stay here" not in (tmp_path / "plain.tar.gz").read_bytes()


def test_nothing_of_a_backup_can_be_read_without_its_key(world: World, tmp_path: Path) -> None:
    code = world.submitted(evidence="Biên bản của tổ trực số bảy.")
    backup.create(tmp_path / "b")
    content = (tmp_path / "b").read_bytes()
    assert code.encode() not in content
    assert b"SQLite format 3" not in content
    key = backup_keys.folder() / backup_keys.PRIVATE
    kept = key.rename(tmp_path / "kept-elsewhere.key")
    with pytest.raises(backup.BadArchive, match="--key"):
        backup.verify(tmp_path / "b")
    assert backup.verify(tmp_path / "b", backup.Trust(key=kept)).files == 1
    backup.create(tmp_path / "later")  # the public half is enough for that
    assert not key.exists()
    other = tmp_path / "other.key"
    write_key(other, PrivateKey.generate().encode(HexEncoder))
    with pytest.raises(backup.BadArchive, match="does not open it"):
        backup.verify(tmp_path / "b", backup.Trust(key=other))


def test_a_backup_of_another_installation_is_restored_only_when_it_is_named(world: World, tmp_path: Path) -> None:
    backup.create(tmp_path / "b")
    signed_by = signing.public_key()
    signing_file = backup_keys.folder() / signing.KEY_FILE
    signing_file.unlink()  # as on a new machine, which has a key of its own
    assert signing.public_key() != signed_by
    status, output = run(world, "backup", "restore", str(tmp_path / "b"))
    assert status == 1
    assert "another installation made it" in output
    assert run(world, "backup", "restore", str(tmp_path / "b"), "--signed-by", signed_by)[0] == 0
    assert signing.public_key() == signed_by  # it goes on as the one that was lost


def test_the_first_backup_says_which_key_to_keep(world: World, tmp_path: Path) -> None:
    first, second = (run(world, "backup", "create", str(tmp_path / name))[1] for name in ("a", "b"))
    assert "backup.key" in first
    assert "backup.key" not in second
    assert (backup_keys.folder() / backup_keys.PRIVATE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("flipped", [40, 5000, -40, -12, -6])
def test_a_damaged_archive_is_refused_and_nothing_is_changed(world: World, tmp_path: Path, flipped: int) -> None:
    world.submitted()
    archive = tmp_path / "b.tgz"
    backup.create(archive)
    content = bytearray(archive.read_bytes())
    content[flipped] ^= 0xFF
    archive.write_bytes(bytes(content))
    before = db.session.scalar(text("SELECT count(*) FROM proposal"))
    with pytest.raises(backup.BadArchive):
        backup.restore(archive)
    assert db.session.scalar(text("SELECT count(*) FROM proposal")) == before


def test_an_archive_with_a_path_outside_is_refused(world: World, tmp_path: Path) -> None:
    hostile = tmp_path / "h.tgz"
    (tmp_path / "x").write_text("x")
    with tarfile.open(hostile, "w:gz") as archive:
        (tmp_path / "m").write_text(json.dumps({"../outside": "0"}))
        archive.add(tmp_path / "m", "manifest.json")
        archive.add(tmp_path / "x", "../outside")
    backup.create(tmp_path / "sound")
    with hostile.open("rb") as plain, (tmp_path / "wrapped").open("wb") as out:
        envelope.wrap(plain, out, recipient=backup_keys.recipient()[0], signer=signing.signing_key())
    for refused in (hostile, tmp_path / "wrapped"):
        with pytest.raises(backup.BadArchive):
            backup.restore(refused)
    assert not (tmp_path.parent / "outside").exists()


def test_check_finds_every_invariant_whole(world: World) -> None:
    world.accepted()
    code, output = run(world, "check", "--json")
    assert code == 0
    assert set(map(len, json.loads(output).values())) == {0}


def test_check_names_shares_that_do_not_sum_to_100(world: World) -> None:
    code = world.submitted()
    db.session.execute(update(Contribution).values(share=90))
    db.session.commit()
    status, output = run(world, "check")
    assert status == 1
    assert code in output


def test_check_names_a_proposal_whose_latest_review_is_not_marked(world: World) -> None:
    code = world.submitted()
    db.session.execute(update(Review).values(latest=False))
    db.session.commit()
    status, output = run(world, "check")
    assert (status, f"{code}: the latest review is not marked" in output) == (1, True)


def test_check_names_text_that_is_kept_of_a_page_not_all_readers_may_open(world: World) -> None:
    world.submitted()
    db.session.execute(update(Attachment).values(kind="consent"))
    db.session.commit()
    status, output = run(world, "check")
    assert status == 1
    assert "is kept although no file for all readers has it" in output


def test_the_audit_log_refuses_changes_and_names_an_altered_row(world: World) -> None:
    world.submitted()
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text("UPDATE audit_event SET tag = 'x' WHERE id = 2"))
    db.session.rollback()
    assert run(world, "audit", "verify")[0] == 0
    with sqlite3.connect(Path(world.app.instance_path) / "innovations.sqlite") as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET tag = 'proposal.revoked' WHERE id = 2")
    connection.close()
    status, output = run(world, "audit", "verify", "--json")
    assert status == 1
    assert json.loads(output)["first_altered"] == 2


def test_the_search_commands_index_what_waits(world: World) -> None:
    world.submitted()
    assert run(world, "search", "rebuild", "--json")[0] == 0
    status, output = run(world, "search", "verify", "--json")
    assert (status, json.loads(output)["documents"]) == (0, 1)


def test_demo_data_is_never_loaded_beside_people(world: World) -> None:
    status, output = run(world, "demo", "load")
    assert status == 1
    assert "empty" in output
