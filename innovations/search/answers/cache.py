"""A memory of recent results that stays below a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class ByteLru(Generic[V]):
    """The most recently used values, at most ``budget_bytes`` of them as ``size`` measures one.

    Not for values that change, and not safe for several threads at once: the engine holds a lock.
    """

    def __init__(self, budget_bytes: int, size: Callable[[V], int]) -> None:
        self._budget, self._size = budget_bytes, size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self.bytes = 0

    def forget(self, key: Hashable) -> None:
        """Keep nothing under ``key`` any more."""
        if key in self._values:
            self.bytes -= self._size(self._values.pop(key))

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value kept under ``key``, made now when there is none."""
        try:
            value = self._values[key]
        except KeyError:
            return self._made(key, make)
        self._values.move_to_end(key)
        return value

    def _made(self, key: Hashable, make: Callable[[], V]) -> V:
        value = self._values[key] = make()
        self.bytes += self._size(value)
        while self.bytes > self._budget and len(self._values) > 1:
            self.bytes -= self._size(self._values.popitem(last=False)[1])
        return value
