"""Whether campaigns do all they can, as ``./dev faults`` lets them, or what the suite has time for."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")

FULL = os.environ.get("FAULTS") == "full"


def size(bounded: T, full: T) -> T:
    """How much a campaign does: with the suite, and in full."""
    return full if FULL else bounded
