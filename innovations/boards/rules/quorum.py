"""How many must be present and how many must agree, told before a vote opens.

Quorum (a local rule) and approval (Decree 13/2012) are separate fractions of the base: the active seats that may vote
on the meeting's date.  A recused member counts for the quorum, leaves for the item and has no opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from innovations.core.rules.errors import N_, StateForbids
from innovations.regulations.rules.rulesets import ApprovalBase, RuleSet


class NoQuorum(StateForbids):
    """Too few members are present for any vote."""

    message = N_("Chưa đủ số ủy viên dự họp: có mặt %(present)s, cần ít nhất %(needed)s trên %(base)s; xin hoãn xét.")


def needed(fraction: Fraction, base: int) -> int:
    """Return the least whole number that reaches the fraction of the base, never below 1: 2/3 of 7 → 5."""
    return max(1, -(-fraction.numerator * base // fraction.denominator))


def quorum_present(present: int, base: int, fraction: Fraction) -> bool:
    """Say whether enough members are present; recused members are present too."""
    return present >= needed(fraction, base)


def agreements_needed(base: int, recused: int, rules: RuleSet, *, present: int, recused_present: int = 0) -> int:
    """Return how many must agree.

    :param base: active seats that may vote; ``recused`` of them have a conflict in the item.
    :param present: members present, ``recused_present`` of them recused; asked for the base "present" only.
    """
    of_all = rules.approval_base is ApprovalBase.ALL_MEMBERS
    counted, leaving = (base, recused) if of_all else (present, recused_present)
    return needed(rules.approval, counted - leaving if rules.recusal_lowers_base else counted)


@dataclass(frozen=True)
class Outlook:
    """What the screen says before a vote opens.

    :param needed: how many must agree.
    :param voters: members present who have no conflict in the item.
    """

    base: int
    present: int
    recused: int
    quorum_needed: int
    has_quorum: bool
    needed: int
    voters: int

    @property
    def possible(self) -> bool:
        """Whether the voters left could reach the approval; if not, postpone or fill a seat."""
        return self.voters >= self.needed

    @property
    def unanimous(self) -> bool:
        """Whether every voter has to agree."""
        return self.voters == self.needed


def vote_outlook(rules: RuleSet, *, base: int, present: int, recused: int = 0, recused_present: int = 0) -> Outlook:
    """Return the outlook of a vote on one item (parameters as in :func:`agreements_needed`)."""
    return Outlook(
        base=base,
        present=present,
        recused=recused,
        quorum_needed=needed(rules.quorum, base),
        has_quorum=quorum_present(present, base, rules.quorum),
        needed=agreements_needed(base, recused, rules, present=present, recused_present=recused_present),
        voters=present - recused_present,
    )


def check_can_open(outlook: Outlook) -> None:
    """Refuse to open a vote before the quorum is registered.

    :raises NoQuorum: naming present, needed and base.
    """
    if not outlook.has_quorum:
        raise NoQuorum(present=outlook.present, needed=outlook.quorum_needed, base=outlook.base)
