"""Backup, check, doctor and search commands, over the staffed world."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from innovations.cli import backup
from innovations.documents import storage
from innovations.extensions import db
from innovations.proposals.models import Proposal
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
    with tarfile.open(tmp_path / "b.tgz") as archive:
        names = archive.getnames()
    assert all(name in ("manifest.json", "innovations.sqlite") or name.startswith("files/") for name in names)


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
    with pytest.raises(backup.BadArchive):
        backup.restore(hostile)
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
