"""Thông báo: a row in the transaction of what happened, words when it is read, delivery after the commit."""

from innovations.notifications.notices import (
    Subject,
    Told,
    mark_all_read,
    notices_of,
    notify,
    register_kinds,
    register_subject,
    unread_count,
)

__all__ = [
    "Subject",
    "Told",
    "mark_all_read",
    "notices_of",
    "notify",
    "register_kinds",
    "register_subject",
    "unread_count",
]
