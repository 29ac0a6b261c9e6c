"""Mails the day's summaries after they were stored: numbers and no word of any proposal.  Off while no server is named.

A mail is marked as sent once the server took it.  Killed in between, the worker sends it again under the same Message-ID.
"""

import re
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from flask import current_app
from flask_babel import force_locale, gettext

from innovations.core.clock import today
from innovations.core.formats import day
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import digests
from innovations.notifications.models import Digest

AT_ONCE = 20  # mails in one round of the worker, which has an index to keep
REFUSALS = 3  # of one address, then it is left for the day
TIMEOUT_SECONDS = 5.0
PAUSE_SECONDS = 300.0  # after the server could not be reached
#: What an administrator looks at, by the error.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted; see MAIL_CA_FILE and the name in MAIL_SERVER"),
    (smtplib.SMTPAuthenticationError, "it refuses MAIL_USER with MAIL_PASSWORD"),
    (smtplib.SMTPNotSupportedError, "it offers no STARTTLS, or no way to sign in"),
    (UnicodeError, "MAIL_USER and MAIL_PASSWORD may hold ASCII characters only"),
)
#: Service numbers that make an address; another one gets none.
LOCAL_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def message(digest: Digest, service_number: str, locale: str) -> EmailMessage:
    """The mail of one summary, in its reader's language."""
    config = current_app.config
    mail = EmailMessage()
    with force_locale(locale):
        shown_name = config["APP_NAME"]
        name = gettext(shown_name)
        mail["Subject"] = gettext("%(name)s: tóm tắt ngày %(day)s", name=name, day=day(digest.day))
        counts = {"unread": digest.unread, "late": digest.late, "soon": digest.soon}
        text = gettext("%(unread)s thông báo mới, %(late)s việc quá hạn, %(soon)s việc đến hạn trong 7 ngày.", **counts)
        mail.set_content(text + "\n" + gettext("Xin đăng nhập để xem; thư không chứa nội dung hồ sơ.") + "\n")
    mail["From"], mail["To"] = config["MAIL_FROM"], f"{service_number}@{config['MAIL_DOMAIN']}"
    mail["Message-ID"] = f"<digest-{digest.id}@{config['MAIL_DOMAIN']}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail


@contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    """The server, signed in to.  Its certificate is checked: smtplib by itself takes any, and whoever stands between reads the password."""
    config = current_app.config
    with smtplib.SMTP(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=TIMEOUT_SECONDS) as server:
        if config["MAIL_STARTTLS"]:
            server.starttls(context=ssl.create_default_context(cafile=config["MAIL_CA_FILE"] or None))
        if config["MAIL_USER"]:
            server.login(config["MAIL_USER"], config["MAIL_PASSWORD"])
        yield server


def _send(server: smtplib.SMTP, digest_id: int, mail: EmailMessage | None) -> int:
    try:
        if mail is not None:
            server.send_message(mail)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError, smtplib.SMTPRecipientsRefused):
        mail = None
    with atomic():
        (digests.count_refusal if mail is None else digests.mark_mailed)(digest_id)
    return mail is not None


def _told(reason: Exception) -> str:
    """Why no mail went, with what to look at; never what the server answered, which may repeat what it was told."""
    what = next((text for kind, text in _REASONS if isinstance(reason, kind)), "")
    return f"{type(reason).__name__}{what and ': '}{what}"


class Mailer:
    """Remembers when to try again."""

    def __init__(self) -> None:
        self._not_before = 0.0

    def step(self) -> int:
        """Send some of today's summaries; returns how many the server took."""
        if not current_app.config["MAIL_SERVER"] or time.monotonic() < self._not_before:
            return 0
        waiting = [
            (digest_id, message(digest, number, locale) if LOCAL_PART.fullmatch(number) else None)
            for digest_id, number, locale, digest in digests.waiting_for_mail(AT_ONCE, REFUSALS)
        ]
        db.session.rollback()
        if not waiting:
            return 0
        try:
            with _server() as server:
                return sum(_send(server, *each) for each in waiting)
        except (OSError, smtplib.SMTPException, UnicodeError) as reason:
            self._not_before = time.monotonic() + PAUSE_SECONDS
            current_app.logger.warning("summaries of %s wait, the mail server was tried: %s", today(), _told(reason))
            return 0
