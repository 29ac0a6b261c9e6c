"""What waits for a reader beside the proposals: second steps to be taken away, for the second person."""

from flask import url_for
from flask_babel import gettext

from innovations.core.waiting import Waiting
from innovations.people import lost_step_queries
from innovations.people.rules.proving import CONFIRMERS
from innovations.people.rules.roles import Actor


def waiting(actor: Actor) -> list[Waiting]:
    """Requests that wait for a second person of another office."""
    if not any(actor.holds_anywhere(role) for role in CONFIRMERS):
        return []
    group, page = gettext("Chờ xác nhận bỏ bước thứ hai"), url_for("people.lost_steps")
    return [Waiting(group, row.owner, page, code=row.service_number) for row in lost_step_queries.waiting(actor)]
