"""Conflicts of interest: computed ones, which nobody has to declare, and declared ones.

The person counts, not the login.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from innovations.core.rules.errors import N_, Forbidden, Invalid, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.regulations.rules.rulesets import RuleSet


class ConflictKind(Labelled):
    """Why a person may not score, vote or keep the minutes of an item."""

    HEAD_AS_AUTHOR = "head_as_author", N_("Thủ trưởng đơn vị là tác giả của sáng kiến do Nhà nước đầu tư")
    AUTHOR = "author", N_("Là tác giả chính")
    CO_AUTHOR = "co_author", N_("Là đồng tác giả")
    SAME_PERSON = "same_person", N_("Là tác giả dưới một tài khoản khác")
    SUPERIOR = "superior", N_("Chỉ huy trực tiếp của tác giả")
    SUBORDINATE = "subordinate", N_("Cấp dưới trực tiếp của tác giả")
    SAME_SUBUNIT = "same_subunit", N_("Cùng phân đội với tác giả")
    DECLARED = "declared", N_("Tự khai xung đột lợi ích")


#: What a rule set may count or not, and what the secretary may therefore find not to matter in one case.  Authors never take part.
DISMISSABLE = frozenset({ConflictKind.SUPERIOR, ConflictKind.SUBORDINATE, ConflictKind.SAME_SUBUNIT})


class HeadIsAuthor(Forbidden):
    """The head of the unit is an author of State-paid work and may not sit on the board (Decree 13/2012)."""

    message = N_("Thủ trưởng đơn vị là tác giả của sáng kiến do Nhà nước đầu tư nên không được tham gia hội đồng xét.")


class AuthorOnBoard(Forbidden):
    """An author was to score or vote on the own proposal."""

    message = N_("Người này là tác giả của hồ sơ nên không được chấm hoặc biểu quyết; xin chọn ủy viên khác.")


class SamePersonAsAuthor(Forbidden):
    """Another account of an author was to score or vote."""

    message = N_("Tài khoản này thuộc cùng một người với tác giả của hồ sơ; xin chọn ủy viên khác.")


class SuperiorOfAuthor(Forbidden):
    """The author's direct commander, where the rule set counts that."""

    message = N_("Người này là chỉ huy trực tiếp của tác giả; xin chọn ủy viên khác.")


class SubordinateOfAuthor(Forbidden):
    """Somebody under the author's direct command, where the rule set counts that."""

    message = N_("Người này là cấp dưới trực tiếp của tác giả; xin chọn ủy viên khác.")


class NoSuchConflict(Invalid):
    """The conflict to be judged does not stand, or is none that may be judged."""

    message = N_("Không có xung đột này để xem xét; tác giả thì không bao giờ được bỏ qua.")


class AlreadyRecused(StateForbids):
    """The conflict is on record."""

    message = N_("Xung đột lợi ích của ủy viên này với hồ sơ đã được ghi nhận.")


class SubunitOfAuthor(Forbidden):
    """A comrade of the author's own sub-unit, where the rule set counts that."""

    message = N_("Người này cùng phân đội với tác giả; xin chọn ủy viên khác.")


class DeclaredConflict(Forbidden):
    """The person declared a conflict."""

    message = N_("Người này đã khai xung đột lợi ích với hồ sơ; xin chọn ủy viên khác.")


class MemberInConflict(Forbidden):
    """A member was to be assigned although a conflict is known; names both, as several are assigned at once."""

    message = N_("%(person)s: %(kind)s; xin chọn ủy viên khác.")


@dataclass(frozen=True)
class PersonFacts:
    """A member, or who is to become one.

    :param person_id: the person as the account names it; ``human_id`` is the canonical one behind it.
    :param commands: paths of the units where the person holds a commander's grant.
    :param unit_path: of the unit where the person serves.
    :param heads_unit: the person is the head of the unit whose board this is.
    """

    person_id: int
    human_id: int
    unit_id: int
    commands: frozenset[str] = frozenset()
    heads_unit: bool = False
    unit_path: str = ""


@dataclass(frozen=True)
class AuthorFacts:
    """A contributor with a place in the register of persons; ``commands`` as for a member."""

    person_id: int
    human_id: int
    unit_id: int
    unit_path: str
    is_lead: bool = False
    commands: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CaseFacts:
    """What a conflict is computed against; ``declared`` holds canonical person ids.

    :param dismissed: (canonical person id, kind) that the secretary found not to matter here, with a reason.
    """

    authors: tuple[AuthorFacts, ...]
    state_paid: bool = False
    declared: frozenset[int] = frozenset()
    dismissed: frozenset[tuple[int, ConflictKind]] = frozenset()


@dataclass(frozen=True)
class Conflict:
    """One conflict of a person with a case."""

    kind: ConflictKind


_REFUSALS: dict[ConflictKind, type[Forbidden]] = {
    ConflictKind.HEAD_AS_AUTHOR: HeadIsAuthor,
    ConflictKind.AUTHOR: AuthorOnBoard,
    ConflictKind.CO_AUTHOR: AuthorOnBoard,
    ConflictKind.SAME_PERSON: SamePersonAsAuthor,
    ConflictKind.SUPERIOR: SuperiorOfAuthor,
    ConflictKind.SUBORDINATE: SubordinateOfAuthor,
    ConflictKind.SAME_SUBUNIT: SubunitOfAuthor,
    ConflictKind.DECLARED: DeclaredConflict,
}


def _own(person: PersonFacts, case: CaseFacts) -> list[AuthorFacts]:
    return [author for author in case.authors if author.human_id == person.human_id]


def _same_row(person: PersonFacts, case: CaseFacts, *, lead: bool) -> bool:
    return any(author.person_id == person.person_id and author.is_lead is lead for author in case.authors)


# In the order of :class:`ConflictKind`: the first that holds is the reason given.
_HOLDS: dict[ConflictKind, Callable[[PersonFacts, CaseFacts, RuleSet], bool]] = {
    ConflictKind.HEAD_AS_AUTHOR: lambda person, case, _: case.state_paid and person.heads_unit and bool(_own(person, case)),
    ConflictKind.AUTHOR: lambda person, case, _: _same_row(person, case, lead=True),
    ConflictKind.CO_AUTHOR: lambda person, case, _: _same_row(person, case, lead=False),
    ConflictKind.SAME_PERSON: lambda person, case, _: any(author.person_id != person.person_id for author in _own(person, case)),
    ConflictKind.SUPERIOR: lambda person, case, rules: (
        rules.superior_is_conflict and any(author.unit_path in person.commands for author in case.authors)
    ),
    ConflictKind.SUBORDINATE: lambda person, case, rules: (
        rules.subordinate_is_conflict and any(person.unit_path in author.commands for author in case.authors)
    ),
    ConflictKind.SAME_SUBUNIT: lambda person, case, rules: (
        rules.same_subunit_is_conflict and any(author.unit_id == person.unit_id for author in case.authors)
    ),
    ConflictKind.DECLARED: lambda person, case, _: person.human_id in case.declared,
}


def conflicts_of(person: PersonFacts, case: CaseFacts, rules: RuleSet) -> tuple[Conflict, ...]:
    """Return every conflict of a person with a case, the gravest first; empty when the person is free."""
    dismissed = {kind for human, kind in case.dismissed if human == person.human_id} & DISMISSABLE
    return tuple(Conflict(kind) for kind, holds in _HOLDS.items() if kind not in dismissed and holds(person, case, rules))


def check_no_conflict(person: PersonFacts, case: CaseFacts, rules: RuleSet) -> None:
    """Refuse a seat, an assignment or a vote to a person with a conflict.

    :raises Forbidden: the subclass of the gravest conflict, which names the reason.
    """
    found = conflicts_of(person, case, rules)
    if found:
        raise _REFUSALS[found[0].kind]("seat_id")
