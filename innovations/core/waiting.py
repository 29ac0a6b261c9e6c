"""What a feature says waits for a reader; the first page gathers it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what to do, on what, by when.  ``group`` names the heading it stands under."""

    group: str
    text: str
    url: str
    due_on: date | None = None
    note: str = ""
    code: str = ""
