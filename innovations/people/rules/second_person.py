"""Acts that take two human beings: neither has just put the other there [ours].

Otherwise an admin could make a person, give them the office that confirms, and be both.  A week is long enough for whoever else learns of
a new office or password (its owner, another admin, the auditor) to ask what it is for.
"""

from __future__ import annotations

from datetime import timedelta

from innovations.core.rules.errors import N_, Forbidden

#: So long nobody is the second person for whom they gave, or who gave them, office, account or password.
COOLING_OFF = timedelta(days=7)


class PutThere(Forbidden):
    """One of the two gave the other an office or a way to sign in within :data:`COOLING_OFF`."""

    message = N_(
        "Trong %(days)d ngày qua, một trong hai người đã cấp vai trò, tài khoản, mật khẩu hoặc bỏ bước thứ hai cho người kia; "
        "cần một người khác xác nhận."
    )


def check_not_put_there(events: int) -> None:
    """Refuse a second person whom the first let in, and the other way round.

    :param events: how many such acts stand in the audit log within :data:`COOLING_OFF`.
    :raises PutThere: any.
    """
    if events:
        raise PutThere(days=COOLING_OFF.days)
