"""Tổ kiểm phiếu: two tellers count the printed ballots of a secret vote, each without seeing the other's figures.

Equal counts close the vote.  Counts that differ are shown field by field; both count again, or who presides settles with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from innovations.boards.rules.refusals import NotNow
from innovations.core.rules.errors import N_, DomainError, Forbidden, Invalid, StateForbids, raise_all
from innovations.people.rules.roles import Actor
from innovations.proposals.rules.access import check_official
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.proposals.rules.states import State

SETTLEMENT_MAX = 500  # characters of the reason
TELLERS = 2


class NotTeller(Forbidden):
    """The actor neither votes at this meeting nor keeps its minutes, or presides over it."""

    message = N_("Người kiểm phiếu phải là ủy viên có mặt, không liên quan đến hồ sơ và không phải chủ tọa.")


class CountedAlready(StateForbids):
    """The second count is another person's."""

    message = N_("Đồng chí đã nhập kết quả; lần nhập thứ hai do một người khác trong tổ kiểm phiếu làm.")


class NothingToSettle(StateForbids):
    """Who presides settles only between two counts that differ."""

    message = N_("Chưa có hai kết quả kiểm phiếu khác nhau để chủ tọa quyết định.")


class TooManyIssued(Invalid):
    """More ballots were handed out than people may vote."""

    message = N_("Phát ra %(issued)s phiếu nhưng chỉ có %(voters)s người được biểu quyết mục này.")


class TooManyCollected(Invalid):
    """More ballots came back than were handed out; with such a box the vote is held again."""

    message = N_("Thu về %(collected)s phiếu, nhiều hơn số phát ra %(issued)s; nếu đúng như vậy thì hủy lượt bỏ phiếu và bỏ lại.")


class ValidAndInvalid(Invalid):
    """Each ballot collected is valid or not."""

    message = N_("Hợp lệ %(valid)s cộng không hợp lệ %(invalid)s phải bằng số thu về %(collected)s.")


class OpinionsAndValid(Invalid):
    """Each valid ballot says one thing."""

    message = N_(
        "Đồng ý %(agree)s, không đồng ý %(disagree)s, không có ý kiến %(blank)s: cộng lại phải bằng số phiếu hợp lệ %(valid)s."
    )


@dataclass(frozen=True)
class Figures:
    """What stands in the count record; a valid ballot without an opinion is ``blank``."""

    issued: int
    collected: int
    valid: int
    invalid: int
    agree: int
    disagree: int
    blank: int

    def differing(self, other: Figures) -> tuple[str, ...]:
        """Names of the figures that are not the same: ``("agree", "disagree")``."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) != getattr(other, each.name))


@dataclass(frozen=True)
class Keyed:
    """One teller's count.

    :param attempt: from 1; ``place`` 1 or 2 inside it.
    """

    attempt: int
    place: int
    person_id: int
    figures: Figures


@dataclass(frozen=True)
class Turn:
    """Where the next count goes: its attempt, its place, and who has counted in this attempt already."""

    attempt: int
    place: int
    counted: frozenset[int]


def check_figures(figures: Figures, voters: int) -> None:
    """Refuse figures that contradict each other; each refusal names its field.

    :param voters: present, with a vote and without conflict.
    :raises Several: every contradiction found.
    """
    errors: list[DomainError] = []
    if figures.issued > voters:
        errors.append(TooManyIssued("issued", issued=figures.issued, voters=voters))
    if figures.collected > figures.issued:
        errors.append(TooManyCollected("collected", collected=figures.collected, issued=figures.issued))
    if figures.valid + figures.invalid != figures.collected:
        stated = {"valid": figures.valid, "invalid": figures.invalid, "collected": figures.collected}
        errors.append(ValidAndInvalid("valid", **stated))
    if figures.agree + figures.disagree + figures.blank != figures.valid:
        said = {"agree": figures.agree, "disagree": figures.disagree, "blank": figures.blank, "valid": figures.valid}
        errors.append(OpinionsAndValid("agree", **said))
    raise_all(errors)


def last_pair(counts: Sequence[Keyed]) -> tuple[Keyed, Keyed] | None:
    """The two counts of the latest finished attempt, None while no attempt is finished."""
    pairs = {each.attempt: [one for one in counts if one.attempt == each.attempt] for each in counts}
    finished = [(pair[0], pair[1]) for _attempt, pair in sorted(pairs.items()) if len(pair) == TELLERS]
    return finished[-1] if finished else None


def turn_of(counts: Sequence[Keyed]) -> Turn:
    """Where the next count goes: beside the first of a running attempt, else into a new one."""
    latest = max((each.attempt for each in counts), default=0)
    running = [each for each in counts if each.attempt == latest]
    if len(running) == 1:
        return Turn(latest, TELLERS, frozenset({running[0].person_id}))
    return Turn(latest + 1, 1, frozenset())


def to_settle(counts: Sequence[Keyed]) -> tuple[Keyed, Keyed]:
    """The two counts that differ.

    :raises NothingToSettle: there are none, or a new attempt has begun.
    """
    pair = last_pair(counts)
    if pair is None or turn_of(counts).place != 1 or not pair[0].figures.differing(pair[1].figures):
        raise NothingToSettle
    return pair


def check_may_count(actor: Actor, facts: ProposalFacts, review: ReviewFacts, tellers: Collection[int]) -> None:
    """Counting printed ballots.

    :param tellers: persons present who vote on the item or keep the minutes, without who presides.
    :raises Forbidden: not among them, or barred from this review.
    :raises NotNow: the review is not before the meeting.
    """
    check_official(actor, facts, review)
    if actor.person_id not in tellers:
        raise NotTeller
    if review.state is not State.MEETING:
        raise NotNow(state=review.state)


def check_other_teller(person_id: int, turn: Turn) -> None:
    """Refuse the second count of one attempt to who made the first.

    :raises CountedAlready: the same person.
    """
    if person_id in turn.counted:
        raise CountedAlready
