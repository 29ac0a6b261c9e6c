"""The hash chain: each event's digest covers its own content and the digest before it, so no row can be altered unseen."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

GENESIS = "0" * 64


class Event(Protocol):
    """What the chain reads of an event."""

    id: int
    at: datetime
    tag: str
    account_id: int | None
    subject_kind: str
    subject_id: int | None
    data: dict[str, Any]
    previous: str
    digest: str


def digest_of(event: Event) -> str:
    """SHA-256, hexadecimal, over the event's canonical JSON."""
    content = [
        event.id, event.at.isoformat(), event.tag, event.account_id, event.subject_kind, event.subject_id, event.data,
        event.previous,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_altered(events: Iterable[Event], seen: Callable[[int, str], object] = lambda _id, _digest: None) -> int | None:
    """Id of the first event that breaks the chain (altered, removed before it, or inserted); ``None`` when all is well.

    :param seen: told the id and digest of each event that holds.
    """
    previous, expected = GENESIS, 1
    for event in events:
        if event.id != expected or event.previous != previous or event.digest != digest_of(event):
            return expected
        seen(event.id, event.digest)
        previous, expected = event.digest, expected + 1
    return None
