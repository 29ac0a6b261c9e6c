"""What the owner of an account is told that somebody else did to it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from flask import url_for

from innovations.notifications.notices import Subject, notify
from innovations.people.rules.roles import Actor


def tell_owner(kind: StrEnum, account_id: int, human_id: int) -> None:
    """A notice to whoever owns the account.  A step."""
    notify(kind, [human_id], "account", account_id)


def own_accounts(actor: Actor, account_ids: Iterable[int]) -> Mapping[int, Subject]:
    """The account that the reader is signed in with leads to its page; another one of theirs to nowhere."""
    return {each: Subject("", url_for("people.account")) for each in account_ids if each == actor.account_id}
