"""The refusals of the whole product: one class per reason, each carrying its datum.

Rules and use cases raise them; the door (page, API, command) turns them into an answer in the reader's language.
A message says what to do next.  ``N_`` marks a sentence for the translators without translating it: rules know no
language.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar


def N_(message: str) -> str:  # noqa: N802  (the name that xgettext and Babel know)
    """Mark ``message`` for extraction; it is translated at the door."""
    return message


class Phrase(str):
    """A Vietnamese phrase (marked with ``N_``) inside a datum, to be translated with its sentence."""

    __slots__ = ()


def _unchanged(phrase: str) -> str:
    return phrase


def _written(value: date | Decimal) -> str:
    """A date or a decimal the Vietnamese way."""
    return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else value.strftime("%d/%m/%Y")


def shown(value: Any, translate: Callable[[str], str] = _unchanged, written: Callable[[date | Decimal], str] = _written) -> Any:
    """Return a datum as a reader writes it: ``date(2026, 3, 10)`` → ``10/03/2026``, ``Decimal("90.5")`` → ``90,5``.

    Dates and decimals go through ``written``, lists become one line with commas; an enum member with a ``label`` its label,
    a :class:`Phrase` itself and a refusal its sentence, all through ``translate``; anything else stays as it is.
    """
    if isinstance(value, Phrase):
        return translate(value)
    if isinstance(value, DomainError):  # a refusal inside another one: why a row is refused
        return value.worded(translate, written)
    if hasattr(value, "label"):
        return translate(value.label)
    if isinstance(value, Decimal) or (isinstance(value, date) and not isinstance(value, datetime)):
        return written(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(shown(each, translate, written)) for each in value)
    return value


class DomainError(Exception):
    """A refusal with a reason.

    :cvar status: the HTTP status a door answers with.
    :cvar message: Vietnamese sentence; ``%(name)s`` is filled from ``data``.
    :param field: name of the form field the refusal belongs to, when there is one.
    :param data: the datum of the refusal, by name.
    """

    status: ClassVar[int] = 422
    message: ClassVar[str] = N_("Dữ liệu chưa hợp lệ.")

    def __init__(self, field: str | None = None, **data: Any) -> None:
        self.field = field
        self.data = data
        super().__init__(self.message)

    def worded(self, translate: Callable[[str], str] = _unchanged, written: Callable[[date | Decimal], str] = _written) -> str:
        """Return the sentence with its datum, in the language of ``translate`` (a door passes its ``gettext``).

        :param written: how that language writes dates and decimals.
        """
        text = translate(self.message)
        return text % {name: shown(value, translate, written) for name, value in self.data.items()} if self.data else text

    def __str__(self) -> str:
        return self.worded()


class Invalid(DomainError):
    """What was typed cannot be stored; the form comes back with the text still there."""


class Forbidden(DomainError):
    """The reader sees the thing but may not do this to it (403)."""

    status = 403
    message = N_("Đồng chí không có quyền làm việc này.")


class NotVisible(DomainError):
    """The thing does not exist, or the reader may not know that it does (404, the same answer)."""

    status = 404
    message = N_("Không tìm thấy trang hoặc hồ sơ này.")


class StateForbids(DomainError):
    """The state of the thing forbids the action now (409)."""

    status = 409
    message = N_("Trạng thái hiện tại không cho phép làm việc này.")


class Stale(DomainError):
    """Somebody else saved a newer version meanwhile (409); both texts are shown."""

    status = 409
    message = N_("Nội dung đã được người khác sửa trong lúc đồng chí đang mở.")


class Unavailable(DomainError):
    """The machine cannot do it now; nothing was changed (503)."""

    status = 503
    message = N_("Hệ thống tạm thời chưa thực hiện được. Chưa có gì bị thay đổi; xin thử lại sau ít phút.")


class Several(DomainError):
    """Every problem found, in one list: each member is a :class:`DomainError` of its own."""

    message = N_("Còn những điểm sau cần sửa.")

    def __init__(self, errors: list[DomainError]) -> None:
        super().__init__()
        self.errors = errors

    def worded(self, translate: Callable[[str], str] = _unchanged, written: Callable[[date | Decimal], str] = _written) -> str:
        """Return the opening and every member's sentence, in one line."""
        return " ".join([translate(self.message), *(error.worded(translate, written) for error in self.errors)])


def raise_all(errors: list[DomainError]) -> None:
    """Raise every refusal found as one :class:`Several`; nothing happens when the list is empty."""
    if errors:
        raise Several(errors)
