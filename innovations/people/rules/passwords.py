"""Which passwords are taken: length and blocking of guessable ones, no composition rules; any Unicode, as NFC."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.text import fold

MINIMUM_LENGTH = 10  # characters after NFC
MAXIMUM_LENGTH = 200  # characters; the hash is slow on purpose and must not be fed a book
ONE_TIME_PERIOD = timedelta(hours=24)  # a one-time password issued by the unit's admin
_SHORTEST_CONTEXT = 4  # characters; shorter name parts occur in honest passwords by chance
_COMMON = frozenset(
    "password12 password123 1234567890 0123456789 0987654321 qwertyuiop qwerty1234 abcdef1234 iloveyou12 matkhau123 "
    "matkhau1234 vietnam123 vietnam1945 quandoi123 quandoi2212 chienthang anhyeuem12 emyeuanh12 hochiminh1 "
    "admin12345 bodoicuho1".split()
)


class PasswordTooShort(Invalid):
    """Fewer characters than the minimum."""

    message = N_("Mật khẩu cần ít nhất %(minimum)s ký tự; một câu ngắn dễ nhớ là tốt nhất.")


class PasswordTooLong(Invalid):
    """More characters than the maximum."""

    message = N_("Mật khẩu dài nhất %(maximum)s ký tự.")


class PasswordTooCommon(Invalid):
    """One of the passwords that are tried first, or one character or run repeated."""

    message = N_("Mật khẩu này quá dễ đoán; xin chọn câu khác.")


class PasswordNamesPerson(Invalid):
    """It contains the service number or the name of its owner."""

    message = N_("Mật khẩu không được chứa số hiệu hoặc họ tên của đồng chí; xin chọn câu khác.")


def normal_form(password: str) -> str:
    """Return the form that is hashed and compared: keyboards give the same accents in different forms."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, service_number: str, full_name: str, field: str = "password") -> str:
    """Return the password in normal form.

    :raises PasswordTooShort: PasswordTooLong: by characters, not bytes.
    :raises PasswordTooCommon: also for one short run repeated and for plain runs of digits.
    :raises PasswordNamesPerson: service number or full name inside, accents and blanks apart.
    """
    password = normal_form(password)
    if len(password) < MINIMUM_LENGTH:
        raise PasswordTooShort(field, minimum=MINIMUM_LENGTH)
    if len(password) > MAXIMUM_LENGTH:
        raise PasswordTooLong(field, maximum=MAXIMUM_LENGTH)
    plain = _plain(password)
    if plain in _COMMON or _is_repetition(plain) or _is_run(plain):
        raise PasswordTooCommon(field)
    if _contains_any(plain, (service_number, full_name)):
        raise PasswordNamesPerson(field)
    return password


def one_time_expires(issued_at: datetime) -> datetime:
    """Return the instant from which a one-time password no longer works: 24 h after it was issued."""
    return issued_at + ONE_TIME_PERIOD


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _contains_any(plain: str, contexts: Iterable[str]) -> bool:
    parts = map(_plain, contexts)
    return any(part in plain for part in parts if len(part) >= _SHORTEST_CONTEXT)


def _is_repetition(plain: str) -> bool:
    # A text of one repeated run occurs inside its own doubling before the end.
    return (plain + plain).find(plain, 1) < len(plain) or len(set(plain)) <= 2


def _is_run(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(steps) == 1 and steps <= {1, -1}
