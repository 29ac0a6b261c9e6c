"""Every configuration key: its default, unit and meaning.

Sources, later ones win: the defaults here, ``instance/config.py``, environment variables ``INNOVATIONS_<KEY>``.
``docs/configuration.md`` prints this table; a test keeps the two equal.  Unsafe values are refused with the repair in the message.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from innovations.core.keys import write_key
from innovations.core.rules.errors import N_


@dataclass(frozen=True)
class Setting:
    """One key.  ``unit`` is empty for texts and switches."""

    name: str
    default: Any
    unit: str
    meaning: str


SETTINGS = (
    Setting("SECRET_KEY", None, "", "Signs the session cookie. Empty: made at first start, kept in instance/secret_key (0600)."),
    Setting("DATABASE_URL", None, "", "SQLAlchemy address. Empty: SQLite in instance/innovations.sqlite."),
    Setting("SEARCH_INDEX_DIR", None, "", "Folder of the Whoosh index. Empty: instance/index. Only a cache of the database."),
    Setting(
        "ABBREVIATIONS_FILE",
        None,
        "",
        "Abbreviations for searching beside the shipped ones, a row each: ABC = the words. Empty: instance/abbreviations.txt.",
    ),  # fmt: skip
    Setting("FILES_DIR", None, "", "Folder of uploaded files, by SHA-256. Empty: instance/files."),
    Setting(
        "TRUSTED_HOSTS", "", "", "Host names the server answers to, separated by commas. Needed for any address but loopback."
    ),
    Setting(
        "TRUSTED_PROXIES",
        0,
        "proxies",
        "Proxies before the server that each add the address they were asked from to X-Forwarded-For. 0: that header is not read. "
        "Never more than there are: whoever reaches the server past them could write any address.",
    ),
    Setting("SECURE_COOKIES", False, "", "Cookies over TLS only, with the __Host- prefix. Switch on behind TLS."),
    Setting("DEMO", False, "", "Demo instance: banner, wider sign-in limit per address. Set by the demo data itself."),
    Setting("APP_NAME", N_("Sổ Sáng kiến"), "", "Name in the top bar."),
    Setting("DEFAULT_LOCALE", "vi", "", "Language of readers who chose none: vi or en."),
    Setting("SESSION_IDLE_MINUTES", 30, "minutes", "A sign-in ends after this long without a click."),
    Setting("SESSION_HOURS", 12, "hours", "A sign-in ends after this long in any case."),
    Setting(
        "MAX_SIGN_INS",
        5,
        "sign-ins",
        "Sign-ins one account may have running at a time: one more ends the oldest, and its owner is told. As many may wait for a code, from each address.",
    ),
    Setting("SIGNIN_LIMIT_PERSON", 10, "tries in 5 minutes", "Failed sign-ins for one service number before a pause."),
    Setting("SIGNIN_LIMIT_ADDRESS", 50, "tries in 5 minutes", "Failed sign-ins from one address; a barracks shares one."),
    Setting("SIGNIN_LIMIT_ALL", 500, "tries in 5 minutes", "Failed sign-ins of all together, from addresses new to the account."),
    Setting(
        "SECOND_STEP",
        True,
        "",
        "Ask for a code after the password: of whoever set that up, and always of deciders, security officers, auditors, admins, "
        "chairs and secretaries. A demo instance never asks.",
    ),
    Setting("PASSWORD_MAX_DAYS", 0, "days", "A new password is asked for after so long. 0: never, as NIST SP 800-63B-4 advises."),
    Setting("PASSWORD_KINDS", 0, "kinds", "Of small letters, capitals, digits and others, a password needs so many. 0: any."),
    Setting(
        "PASSWORD_HASH_KIB",
        19456,
        "KiB",
        "Memory of one password hash (argon2id, two passes): about 50 ms. Used from each next sign-in on.",
    ),
    Setting("MAX_BODY_MB", 25, "MB", "Largest request body, an upload included."),
    Setting("MAX_DRAFTS", 100, "drafts", "Drafts one person may have at a time, their own and those filed for others."),
    Setting("MAX_FILE_MB", 20, "MB", "Largest single file: evidence, minutes, a photo of a paper sheet."),
    Setting(
        "UPLOAD_SCANNER",
        "",
        "",
        "Command of the unit's virus scanner, asked of every file that is sent, lists included, its name added at the end: 0 passes, 1 found "
        "something, any other ending or none in time lets nothing in. For example: clamdscan --fdpass --no-summary. Empty: none.",
    ),
    Setting("UPLOAD_SCANNER_SECONDS", 30.0, "seconds", "So long it may take for one file."),
    Setting("ALLOW_VIDEO", False, "", "MP4 videos are taken as evidence too; place and device data in them are blanked."),
    Setting("MAX_PROPOSAL_MB", 100, "MB", "All evidence files of one proposal together."),
    Setting("MAX_PROPOSAL_FILES", 50, "files", "Evidence files of one proposal; as many at most are scanned for one upload."),
    Setting("MAX_PERSON_MB", 1000, "MB", "All evidence files in one person's drafts together, those filed for others included."),
    Setting("MAX_MEETING_MB", 200, "MB", "All versions of the minutes attached to one meeting together."),
    Setting(
        "FILE_TEXT_CHARACTERS", 200_000, "characters", "Text kept of one file so that it can be searched; the rest is left out."
    ),
    Setting(
        "BREAK_GLASS_MINUTES",
        60,
        "minutes",
        "Content opened to an admin or a security officer with a second person closes after so long.",
    ),
    Setting(
        "AUDIT_SYSLOG",
        "",
        "",
        "Socket of the machine's syslog that is told each audit event, ids only, once it is stored; for example /dev/log. "
        "Empty: nobody is told.",
    ),
    Setting("WORKER_POLL_SECONDS", 0.5, "seconds", "How often the worker looks for jobs when it found none."),
    Setting("MAIL_SERVER", "", "", "Server that takes the daily summary as mail, numbers only. Empty: no mail is sent."),
    Setting("MAIL_PORT", 25, "", "Its port."),
    Setting(
        "MAIL_STARTTLS", False, "", "Ask the mail server for TLS, by a certificate that is trusted, before anything is said."
    ),
    Setting(
        "MAIL_CA_FILE",
        "",
        "",
        "PEM file of the authority that signs the mail server's certificate. Empty: those the system trusts.",
    ),
    Setting("MAIL_USER", "", "", "Name at the mail server, told under TLS only. Empty: none is asked for."),
    Setting("MAIL_PASSWORD", "", "", "Password at the mail server."),
    Setting("MAIL_FROM", "", "", "Sender of the mails."),
    Setting("MAIL_DOMAIN", "", "", "What follows the service number in an address: an1@<domain>. No address is kept of anybody."),
    Setting("TESTING", False, "", "Set by the test suite only."),
)
NAMES = {setting.name for setting in SETTINGS}
MOST_PROXIES = 5
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class UnsafeConfiguration(ValueError):
    """A key holds a value the application will not run with; the message says the repair."""


def _typed(setting: Setting, text: str) -> Any:
    """``"25"`` → ``25`` for a whole number, ``"yes"`` → ``True`` for a switch."""
    kind = type(setting.default)
    if kind is bool:
        if text.lower() not in TRUE | FALSE:
            raise UnsafeConfiguration(f"INNOVATIONS_{setting.name}={text!r}: write 1 or 0")
        return text.lower() in TRUE
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            raise UnsafeConfiguration(f"INNOVATIONS_{setting.name}={text!r}: write a number of {setting.unit}") from None
    return text


def from_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The keys given as ``INNOVATIONS_…``, converted to the type of their default."""
    return {s.name: _typed(s, environ[f"INNOVATIONS_{s.name}"]) for s in SETTINGS if f"INNOVATIONS_{s.name}" in environ}


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """``INNOVATIONS_INSTANCE``, else ``instance/`` beside the package."""
    return Path(environ.get("INNOVATIONS_INSTANCE") or Path(__file__).resolve().parent.parent / "instance").resolve()


def kept_secret(path: Path) -> str:
    """The text of ``path``, made with 256 random bits and mode 0600 when it is not there yet."""
    if not path.exists():
        write_key(path, secrets.token_urlsafe(32).encode())
    return path.read_text().strip()


def flask_keys(values: Mapping[str, Any], instance: Path) -> dict[str, Any]:
    """What Flask and its extensions call the same things."""
    secure = values["SECURE_COOKIES"]
    hosts = [host.strip() for host in str(values["TRUSTED_HOSTS"]).split(",") if host.strip()]
    return {
        "SQLALCHEMY_DATABASE_URI": values["DATABASE_URL"] or f"sqlite:///{instance / 'innovations.sqlite'}",
        "SQLALCHEMY_ENGINE_OPTIONS": {},
        "MAX_CONTENT_LENGTH": int(values["MAX_BODY_MB"]) * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": [*hosts, "127.0.0.1", "localhost", "[::1]"] if hosts else None,
        "WTF_CSRF_TIME_LIMIT": None,  # the default kills a long form after an hour; the token is bound to the session
        "WTF_CSRF_SSL_STRICT": False,
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "BABEL_DEFAULT_LOCALE": values["DEFAULT_LOCALE"],
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent / "translations"),
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def load(overrides: Mapping[str, Any] | None = None) -> tuple[Path, dict[str, Any]]:
    """The instance folder and the whole configuration.

    :param overrides: keys given by the caller (tests, commands); they win over every other source.
    :raises UnsafeConfiguration: a value is refused; the message says what to write instead.
    """
    overrides = dict(overrides or {})
    instance = Path(overrides.pop("INSTANCE", None) or instance_folder()).resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    values: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
    file = instance / "config.py"
    if file.exists():
        given: dict[str, Any] = {}
        exec(compile(file.read_text(), str(file), "exec"), given)  # noqa: S102  (the administrator's own file, as in Flask)
        values.update({key: value for key, value in given.items() if key in NAMES})
    values.update(from_environment())
    values.update(overrides)
    values["SECRET_KEY"] = values["SECRET_KEY"] or kept_secret(instance / "secret_key")
    if len(values["SECRET_KEY"]) < 32:
        raise UnsafeConfiguration("SECRET_KEY is shorter than 32 characters: remove it and a safe one is made")
    if not 0 <= values["TRUSTED_PROXIES"] <= MOST_PROXIES:
        raise UnsafeConfiguration(
            f"TRUSTED_PROXIES is no number of proxies: write how many stand before the server, 0 to {MOST_PROXIES}"
        )
    if values["AUDIT_SYSLOG"] and not Path(values["AUDIT_SYSLOG"]).is_absolute():
        raise UnsafeConfiguration("AUDIT_SYSLOG is no path: write the socket of the machine's syslog, for example /dev/log")
    if values["MAX_SIGN_INS"] < 1:
        raise UnsafeConfiguration("MAX_SIGN_INS is below 1: nobody could sign in; write 1 or more")
    if values["MAIL_SERVER"] and not (values["MAIL_FROM"] and values["MAIL_DOMAIN"]):
        raise UnsafeConfiguration("MAIL_SERVER needs MAIL_FROM and MAIL_DOMAIN beside it; leave it empty to send no mail")
    if values["MAIL_USER"] and not values["MAIL_STARTTLS"]:
        raise UnsafeConfiguration("MAIL_USER needs MAIL_STARTTLS=1 beside it: the password would be sent in the clear")
    values["ABBREVIATIONS_FILE"] = str(values["ABBREVIATIONS_FILE"] or instance / "abbreviations.txt")
    values["SEARCH_INDEX_DIR"] = str(values["SEARCH_INDEX_DIR"] or instance / "index")
    values["FILES_DIR"] = str(values["FILES_DIR"] or instance / "files")
    return instance, {**values, **flask_keys(values, instance)}
