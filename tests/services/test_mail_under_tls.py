"""Mail under TLS and with sign-in: to a server whose certificate is trusted, and to nobody else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import func, select

from innovations.config import UnsafeConfiguration, load
from innovations.extensions import db
from innovations.notifications.models import Digest
from innovations.worker.digests import make_digests
from innovations.worker.mailing import Mailer
from tests.letterbox import PASSWORD, USER, Letters, mail_server
from tests.world import World


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of the loopback signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    begun = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begun, begun + timedelta(days=9))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "mail.pem"
    file.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def secure_server(world: World, certificate: Path, **config: object) -> Iterator[Letters]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with mail_server(world, Letters(tls)) as letters:
        world.app.config.update(
            {"MAIL_STARTTLS": True, "MAIL_CA_FILE": str(certificate), "MAIL_USER": USER, "MAIL_PASSWORD": PASSWORD, **config}
        )
        yield letters


def mailed() -> int:
    found = db.session.scalar(select(func.count()).where(Digest.mailed_at.is_not(None))) or 0
    db.session.rollback()
    return found


def _refused(world: World, certificate: Path, log: pytest.LogCaptureFixture, **config: object) -> Letters:
    """What a server was told to which no mail went; the same mails go once it is as it should be."""
    make_digests()
    with secure_server(world, certificate, **config) as letters:
        assert Mailer().step() == 0
    assert (letters.taken, mailed()) == ([], 0)
    assert PASSWORD not in log.text and USER not in log.text
    with secure_server(world, certificate) as later:
        assert Mailer().step() == len(later.taken) == mailed() > 0
    return letters


def test_under_tls_and_signed_in_the_summaries_are_delivered_and_nothing_is_said_before(late: World, certificate: Path) -> None:
    make_digests()
    with secure_server(late, certificate) as letters:
        assert Mailer().step() == len(letters.taken) > 0
    assert letters.secure and letters.signed_in
    assert [line.split()[0] for line in letters.in_the_clear] == [b"ehlo", b"STARTTLS"]


def test_a_certificate_that_is_not_trusted_is_refused_and_the_mail_waits(
    late: World, certificate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    letters = _refused(late, certificate, caplog, MAIL_CA_FILE="")
    assert not letters.secure and not letters.signed_in
    assert "its certificate is not trusted; see MAIL_CA_FILE" in caplog.text


def test_a_certificate_of_another_server_is_refused(late: World, certificate: Path, caplog: pytest.LogCaptureFixture) -> None:
    letters = _refused(late, certificate, caplog, MAIL_SERVER="localhost")
    assert not letters.signed_in
    assert "its certificate is not trusted" in caplog.text


def test_a_wrong_password_keeps_the_mail_and_the_log_says_so_without_it(
    late: World, certificate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    letters = _refused(late, certificate, caplog, MAIL_PASSWORD="not-the-password")
    assert letters.secure and not letters.signed_in
    assert "it refuses MAIL_USER with MAIL_PASSWORD" in caplog.text
    assert "not-the-password" not in caplog.text


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"MAIL_PASSWORD": "cầu tre vàng"}, "ASCII characters only"),
        ({"MAIL_CA_FILE": "/nowhere/at-all.pem"}, "FileNotFoundError"),
    ],
)
def test_what_is_configured_wrongly_keeps_the_mail_and_the_worker(
    late: World, certificate: Path, caplog: pytest.LogCaptureFixture, config: dict[str, str], said: str
) -> None:
    _refused(late, certificate, caplog, **config)
    assert said in caplog.text


def test_a_server_without_tls_is_told_nothing_when_tls_is_asked_for(late: World, caplog: pytest.LogCaptureFixture) -> None:
    make_digests()
    with mail_server(late, Letters()) as letters:
        late.app.config.update(MAIL_STARTTLS=True, MAIL_USER=USER, MAIL_PASSWORD=PASSWORD)
        assert Mailer().step() == 0
    assert letters.taken == [] and mailed() == 0
    assert not any(PASSWORD.encode() in line or b"AUTH" in line for line in letters.in_the_clear)
    assert "it offers no STARTTLS" in caplog.text


def test_signing_in_without_tls_is_refused_at_start(tmp_path: Path) -> None:
    given = {
        "MAIL_SERVER": "mail.test",
        "MAIL_FROM": "so@x.test",
        "MAIL_DOMAIN": "x.test",
        "MAIL_USER": "so",
        "INSTANCE": tmp_path,
    }
    with pytest.raises(UnsafeConfiguration, match="MAIL_STARTTLS"):
        load(given)
    load({**given, "MAIL_STARTTLS": True})
