"""What readers see of accounts that a notice is about."""

from collections.abc import Collection, Iterable, Mapping

from flask import url_for

from innovations.notifications.notices import Subject
from innovations.people import lost_step_queries
from innovations.people.rules.roles import Actor


def own_accounts(actor: Actor, account_ids: Iterable[int]) -> Mapping[int, Subject]:
    """The account that the reader is signed in with leads to its page; another one of theirs to nowhere."""
    return {each: Subject("", url_for("people.account")) for each in account_ids if each == actor.account_id}


def removals(actor: Actor, removal_ids: Iterable[int]) -> Mapping[int, Subject]:
    """Whose second step is to be taken away, for who asked and who may confirm; its owner is told and led nowhere."""
    page = url_for("people.lost_steps")
    return {each: Subject(name, page) for each, name in lost_step_queries.owners(actor, removal_ids).items()}


def removals_to_confirm(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    """Those that wait for the reader's word."""
    return {row.id for row in lost_step_queries.waiting(actor)}
