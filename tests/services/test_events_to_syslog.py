"""Each audit event is told to the machine's syslog once it is stored: ids only, nothing that was refused, and nobody waits for it."""

from __future__ import annotations

import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.cli.doctoring import problems
from innovations.config import UnsafeConfiguration
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.services import sign_ins
from tests.instances import make_app
from tests.world import PASSWORD, World

TITLE = "Giá treo ống dẫn dùng lò xo"


class Syslog:
    """What the machine's syslog hears."""

    def __init__(self, folder: Path) -> None:
        self.place = str(folder / "log")
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(self.place)
        self.ear.setblocking(False)

    def heard(self) -> list[str]:
        """Everything said since the last look."""
        lines = []
        while True:
            try:
                lines.append(self.ear.recv(65536).decode())
            except BlockingIOError:
                return lines


@pytest.fixture
def syslog(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Syslog]:
    """A syslog that the installation tells; its name must be short."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # noqa: S108  (a socket's name has room for 108 characters)
        heard = Syslog(Path(folder))
        monkeypatch.setitem(world.app.config, "AUDIT_SYSLOG", heard.place)
        yield heard
        heard.ear.close()


def written() -> list[AuditEvent]:
    db.session.rollback()
    found = list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)))
    db.session.rollback()
    return found


def test_every_event_of_an_act_is_told_with_its_number_and_digest(world: World, syslog: Syslog) -> None:
    before = len(written())
    world.client("docgia").post("/signout")
    told, events = syslog.heard(), written()[before:]
    assert [each.tag for each in events] == ["people.signed_in", "people.signed_out"]
    assert told == [
        f"<86>innovations-audit: id={each.id} at={each.at.isoformat()} tag={each.tag} account={each.account_id} "
        f"subject=account:{each.subject_id} digest={each.digest}"
        for each in events
    ]


def test_no_word_that_anybody_wrote_and_nothing_of_the_events_data_is_told(world: World, syslog: Syslog) -> None:
    world.draft(title=TITLE)
    admin = world.client("quantri")
    admin.post(f"/admin/people/{world.staff.people['docgia']}/grants", data={
        "role": "receiver", "unit_id": str(world.staff.units["T1A"]), "from_on": "2026-01-01",
    })  # fmt: skip
    told = syslog.heard()
    assert any("tag=people.role_granted" in line for line in told)
    allowed = re.compile(
        r"<86>innovations-audit: id=\d+ at=[0-9T:.+-]+ tag=[a-z_.]+ account=(\d+|-) subject=[a-z_]+:(\d+|-) digest=[0-9a-f]{64}"
    )
    assert [line for line in told if not allowed.fullmatch(line)] == []


def test_what_was_not_stored_is_not_told(world: World, syslog: Syslog) -> None:
    actor = world.actor("docgia")
    db.session.rollback()

    def breaks_off() -> None:
        with atomic():
            sign_ins.audit.record(sign_ins.AuditTag.SESSION_REVOKED, "account", actor.account_id, by=actor.account_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert syslog.heard() == []
    world.client("docgia")
    assert ["tag=people.signed_in" in line for line in syslog.heard()] == [True]


def test_without_anybody_who_listens_the_act_is_done_and_the_server_log_names_the_event(
    world: World, syslog: Syslog, caplog: pytest.LogCaptureFixture
) -> None:
    syslog.ear.close()
    sent = {"service_number": "docgia", "password": PASSWORD}
    assert world.app.test_client().post("/signin", data=sent).status_code == 303
    assert f"audit event {written()[-1].id} was not told to syslog" in caplog.text


def test_a_syslog_that_takes_no_more_holds_nobody_up(world: World, syslog: Syslog, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as filling, suppress(BlockingIOError):
        filling.setblocking(False)
        filling.connect(syslog.place)
        while True:
            filling.send(b"full")
    world.client("docgia")
    assert "was not told to syslog: BlockingIOError" in caplog.text


def test_the_doctor_says_when_nobody_listens(world: World, syslog: Syslog) -> None:
    assert not [line for line in problems() if "AUDIT_SYSLOG" in line]
    syslog.ear.close()
    assert [line for line in problems() if "AUDIT_SYSLOG: nobody listens" in line]


def test_what_is_no_socket_is_refused_with_the_repair(tmp_path: Path) -> None:
    with pytest.raises(UnsafeConfiguration, match="for example /dev/log"):
        make_app(tmp_path, AUDIT_SYSLOG="log.example.lan:514")
