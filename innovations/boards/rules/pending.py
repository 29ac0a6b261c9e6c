"""Outcomes that are recorded and not published: what one needs, and when it departs from what the board concluded.

Until they are published nothing of a review changes: its state, its readers and what the authors know are those of before.
"""

from __future__ import annotations

from innovations.boards.rules.decisions import DecisionKind
from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.states import Action, State


class Outcome(Labelled):
    """What the head of the unit means to decide."""

    RECOGNISE = "recognise", N_("Công nhận")
    DECLINE = "decline", N_("Không công nhận")

    @property
    def action(self) -> Action:
        """What publishing does to the review."""
        return Action(self.value)


class NothingChosen(Invalid):
    """No review was ticked."""

    message = N_("Xin chọn ít nhất một hồ sơ.")


class NotPending(StateForbids):
    """Nothing is recorded for a review that was to be published or dropped."""

    message = N_("Có hồ sơ không còn kết quả chờ công bố; xin tải lại trang.")


def checked_reason(outcome: Outcome, reason: str) -> str:
    """Return the reason to keep; a recognition has none.

    :raises ReasonsMissing: a refusal without reasons is impossible.
    """
    return check_reasons(reason) if outcome is Outcome.DECLINE else ""


def departs(kind: DecisionKind, concluded: State) -> bool:
    """Say whether a decision departs from the board's conclusion; its reasons then say why, and it is flagged."""
    return kind is DecisionKind.NOT_RECOGNISE and concluded is State.PASSED
