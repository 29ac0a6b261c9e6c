"""Steps of other features that follow a change of the tree, of who is whom or of an account, in its transaction (handed over, not
imported).

Who may see a proposal is stored beside it, by unit and by human being: a unit that moves, two records found to be one person, or a
person who serves or commands elsewhere change it at once.
"""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum

Step = Callable[[Collection[int]], None]
_after_move: list[Step] = []
_after_link: list[Step] = []
_after_posting: list[Step] = []
#: Kind of notice, human beings, kind of what it is about, its id.
Teller = Callable[[StrEnum, Iterable[int], str, int], object]
_tellers: list[Teller] = []


def register_after_move(step: Step) -> None:
    """Let ``step`` follow each move: it gets the ids of the moved unit and all below."""
    if step not in _after_move:
        _after_move.append(step)


def register_after_link(step: Step) -> None:
    """Let ``step`` follow each link or its removal: it gets the ids of both records."""
    if step not in _after_link:
        _after_link.append(step)


def register_after_posting(step: Step) -> None:
    """Let ``step`` follow each change of where people serve or command: it gets the ids of their records."""
    if step not in _after_posting:
        _after_posting.append(step)


def persons_posted(person_ids: Collection[int]) -> None:
    """These people serve in another unit, or took up or gave up a command.  A step."""
    for step in _after_posting:
        step(person_ids)


def units_moved(unit_ids: Collection[int]) -> None:
    """Units hang elsewhere now.  A step."""
    for step in _after_move:
        step(unit_ids)


def persons_linked(person_ids: Collection[int]) -> None:
    """These records are one human being now, or no longer.  A step."""
    for step in _after_link:
        step(person_ids)


def register_teller(teller: Teller) -> None:
    """Let ``teller`` tell people what was done to accounts."""
    if teller not in _tellers:
        _tellers.append(teller)


def tell_owner(kind: StrEnum, account_id: int, human_id: int) -> None:
    """The owner of an account is to know what somebody else did to it.  A step."""
    tell(kind, [human_id], "account", account_id)


def tell(kind: StrEnum, human_ids: Iterable[int], subject_kind: str, subject_id: int) -> None:
    """These human beings are to know of something that happened to an account.  A step."""
    people = list(human_ids)
    for teller in _tellers:
        teller(kind, people, subject_kind, subject_id)
