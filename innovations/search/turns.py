"""One search of a person at a time: whoever sends many at once waits for themselves, and the others' threads stay free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from innovations.core.rules.errors import N_, DomainError

#: Seconds the second search of a person waits for the first; a third one is refused at once.
PATIENCE = 5.0
AT_ONCE = 2


class SearchRunning(DomainError):
    """The person's searches before this one are not answered yet (429)."""

    status = 429
    message = N_("Lượt tìm trước của đồng chí chưa xong. Xin chờ giây lát rồi tìm lại.")


@dataclass
class _Turn:
    lock: Lock = field(default_factory=Lock)
    here: int = 0


_turns: dict[int, _Turn] = {}
_counting = Lock()


@contextmanager
def turn(person_id: int) -> Iterator[None]:
    """Search in this block.

    :raises SearchRunning: one search of the person runs and another waits, or the one before took :data:`PATIENCE`.
    """
    with _counting:
        mine = _turns.setdefault(person_id, _Turn())
        if mine.here >= AT_ONCE:
            raise SearchRunning
        mine.here += 1
    try:
        if not mine.lock.acquire(timeout=PATIENCE):
            raise SearchRunning
        try:
            yield
        finally:
            mine.lock.release()
    finally:
        with _counting:
            mine.here -= 1
            if not mine.here:
                del _turns[person_id]
