"""Steps of other features that follow a change of the tree or of who is whom, in its transaction (handed over, not imported).

Who may see a proposal is stored beside it, by unit and by human being: a unit that moves, or two records found to be one person,
change it at once.
"""

from collections.abc import Callable, Collection

Step = Callable[[Collection[int]], None]
_after_move: list[Step] = []
_after_link: list[Step] = []


def register_after_move(step: Step) -> None:
    """Let ``step`` follow each move: it gets the ids of the moved unit and all below."""
    if step not in _after_move:
        _after_move.append(step)


def register_after_link(step: Step) -> None:
    """Let ``step`` follow each link or its removal: it gets the ids of both records."""
    if step not in _after_link:
        _after_link.append(step)


def units_moved(unit_ids: Collection[int]) -> None:
    """Units hang elsewhere now.  A step."""
    for step in _after_move:
        step(unit_ids)


def persons_linked(person_ids: Collection[int]) -> None:
    """These records are one human being now, or no longer.  A step."""
    for step in _after_link:
        step(person_ids)
