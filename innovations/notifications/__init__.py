"""Thông báo: a row in the transaction of what happened, words when it is read, delivery after the commit."""

from flask import Flask

from innovations.notifications import accounts, digests
from innovations.notifications.notices import (
    StillAsking,
    Subject,
    Told,
    mark_all_read,
    notices_of,
    notify,
    register_asking,
    register_kinds,
    register_subject,
    unread_count,
)
from innovations.people import followers
from innovations.people.rules.events import NoticeKind

__all__ = [
    "StillAsking",
    "Subject",
    "Told",
    "init_app",
    "mark_all_read",
    "notices_of",
    "notify",
    "register_asking",
    "register_kinds",
    "register_subject",
    "unread_count",
]


def init_app(_app: Flask) -> None:
    """Notices about one's own account: that feature stands before this one."""
    register_kinds(NoticeKind)
    register_subject("account", accounts.own_accounts)
    register_subject("lost_step", accounts.removals)
    register_asking({NoticeKind.SECOND_STEP_REMOVAL_ASKED: accounts.removals_to_confirm})
    register_kinds(digests.DigestNotice)
    register_subject("digest", digests.days)
    followers.register_teller(notify)
