"""Which passwords are taken: length and blocking of guessable ones, any Unicode, as NFC (NIST SP 800-63B-4, 3.1.1.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.text import fold
from innovations.people.rules.guessed import is_guessed_first

#: Characters after NFC: of a password that is all there is, and of one with a second step (NIST SP 800-63B-4, 3.1.1.2).
MINIMUM_ALONE, MINIMUM_WITH_SECOND_STEP = 15, 8
#: Letters and digits that are not mistaken for one another when read aloud or from paper.
SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"
MAXIMUM_LENGTH = 200  # characters; the hash is slow on purpose and must not be fed a book
ONE_TIME_PERIOD = timedelta(hours=24)  # a one-time password issued by the unit's admin
_SHORTEST_CONTEXT = 4  # characters; shorter name parts occur in honest passwords by chance


class PasswordTooShort(Invalid):
    """Fewer characters than the minimum."""

    message = N_("Mật khẩu cần ít nhất %(minimum)s ký tự; một câu ngắn dễ nhớ là tốt nhất.")


class PasswordTooUniform(Invalid):
    """The unit asks for several kinds of characters."""

    message = N_("Đơn vị yêu cầu mật khẩu có ít nhất %(kinds)s loại ký tự: chữ thường, chữ hoa, chữ số, ký tự khác.")


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


@dataclass(frozen=True)
class Demands:
    """What is asked of a password.

    :param with_second_step: a code follows it at sign-in, so it may be shorter.
    :param kinds: of the four kinds of characters it needs so many; 0 when the unit asks for none.
    """

    with_second_step: bool = False
    kinds: int = 0

    @property
    def minimum(self) -> int:
        """Characters it needs."""
        return MINIMUM_WITH_SECOND_STEP if self.with_second_step else MINIMUM_ALONE


def check_password(
    password: str,
    *,
    service_number: str,
    full_name: str,
    demands: Demands | None = None,
    is_leaked: Callable[[str], bool] = lambda _password: False,
    field: str = "password",
) -> str:
    """Return the password in normal form.

    :param demands: those of a password that stands alone, when not given.
    :param is_leaked: whether a password in its normal form stands in a published leak.
    :raises PasswordTooShort: PasswordTooLong: by characters, not bytes.
    :raises PasswordTooUniform: it has fewer kinds of characters than the unit asks for.
    :raises PasswordTooCommon: leaked, or see :func:`~innovations.people.rules.guessed.is_guessed_first`; parts of the name are known
        words.
    :raises PasswordNamesPerson: service number or full name inside, accents and blanks apart.
    """
    password, demands = normal_form(password), demands or Demands()
    if len(password) < demands.minimum:
        raise PasswordTooShort(field, minimum=demands.minimum)
    if len(password) > MAXIMUM_LENGTH:
        raise PasswordTooLong(field, maximum=MAXIMUM_LENGTH)
    if kinds_of(password) < demands.kinds:
        raise PasswordTooUniform(field, kinds=demands.kinds)
    if _contains_any(_plain(password), (service_number, full_name)):
        raise PasswordNamesPerson(field)
    if is_leaked(password) or is_guessed_first(password, full_name.split()):
        raise PasswordTooCommon(field)
    return password


def stands_alone(password: str) -> bool:
    """Whether the password is long enough without a second step."""
    return len(normal_form(password)) >= MINIMUM_ALONE


def kinds_of(password: str) -> int:
    """How many of the four kinds of characters occur: ``"Ab1"`` → 3."""
    tests: tuple[Callable[[str], bool], ...] = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(character) for character in password) for test in tests)


def one_time_expires(issued_at: datetime) -> datetime:
    """Return the instant from which a one-time password no longer works: 24 h after it was issued."""
    return issued_at + ONE_TIME_PERIOD


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _contains_any(plain: str, contexts: Iterable[str]) -> bool:
    parts = map(_plain, contexts)
    return any(part in plain for part in parts if len(part) >= _SHORTEST_CONTEXT)
