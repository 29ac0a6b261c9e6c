"""What a bearer token of the API may do, and for how long."""

from __future__ import annotations

import re
from datetime import timedelta

from innovations.core.rules.errors import N_, Invalid

SCOPES = ("library:read", "proposals:read", "proposals:write", "boards:read", "adoptions:read", "adoptions:write")
LONGEST = timedelta(days=366)  # a forgotten token must end by itself
_LIFETIME = re.compile(r"(\d{1,4})([hd])", re.ASCII)


class UnknownScope(Invalid):
    """The API knows no such scope."""

    message = N_("Không rõ quyền “%(scope)s”; các quyền: %(known)s.")


class BadLifetime(Invalid):
    """No length of time, or longer than a token may live."""

    message = N_("Thời hạn “%(value)s” chưa đúng; ghi số giờ hoặc số ngày, ví dụ 12h, 30d, tối đa 366d.")


def check_scopes(scopes: str) -> tuple[str, ...]:
    """Return the scopes of a list with commas: ``"library:read, boards:read"``.

    :raises UnknownScope: also for an empty list.
    """
    asked = tuple(dict.fromkeys(scope.strip() for scope in scopes.split(",")))
    for scope in asked:
        if scope not in SCOPES:
            raise UnknownScope("scope", scope=scope[:40], known=list(SCOPES))
    return asked


def lifetime(text: str) -> timedelta:
    """Return a length of time: ``"1d"`` → one day, ``"12h"`` → twelve hours.

    :raises BadLifetime: nothing, more than 366 days, or another form.
    """
    found = _LIFETIME.fullmatch(text.strip().lower())
    span = timedelta(**{{"h": "hours", "d": "days"}[found[2]]: int(found[1])}) if found else timedelta()
    if not timedelta() < span <= LONGEST:
        raise BadLifetime("expires", value=text[:20])
    return span
