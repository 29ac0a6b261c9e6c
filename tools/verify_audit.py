#!/usr/bin/env python3
"""Checks a copy of the audit log by itself: ``python3 verify_audit.py innovations.sqlite [--public-key HEX] [--code ABCDE-…]``.

It needs nothing of the product, only Python and the package ``cryptography``.  What it checks: that every event's digest covers its
content and the digest before it; that every checkpoint is signed and confirms the chain; with ``--code``, that one of the checkpoints is
the one whose code stands on a paper.  It prints the first event that does not hold and exits 1.
"""

import argparse
import base64
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EVENTS = "SELECT id, at, tag, account_id, subject_kind, subject_id, data, previous, digest FROM audit_event ORDER BY id"
CHECKPOINTS = "SELECT event_id, digest, at, key, signature FROM audit_checkpoint ORDER BY id"
GENESIS = "0" * 64


def instant(stored: str) -> str:
    """An instant as the digest covers it: the database has UTC without saying so."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).isoformat()


def signed_text(event_id: int, digest: str, at: str) -> bytes:
    """What a checkpoint signs."""
    return f"innovations audit checkpoint\n{event_id}\n{digest}\n{instant(at)}\n".encode()


def code_of(text: bytes) -> str:
    """What a paper carries of it."""
    letters = base64.b32encode(hashlib.sha256(text).digest()).decode()[:20]
    return "-".join(letters[i : i + 5] for i in range(0, 20, 5))


def broken_link(events: Iterator[tuple], digests: dict[int, str]) -> int | None:
    """Id of the first event that breaks the chain; the digests of the others go into ``digests``."""
    previous, expected = GENESIS, 1
    for number, at, tag, account, kind, subject, data, before, digest in events:
        content = [number, instant(at), tag, account, kind, subject, json.loads(data), before]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if number != expected or before != previous or digest != hashlib.sha256(text.encode()).hexdigest():
            return expected
        digests[number] = previous = digest
        expected += 1
    return None


def signed(public: str, text: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed the text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def unconfirmed(checkpoints: list[tuple], digests: dict[int, str], trusted: str | None) -> int | None:
    """Id of the first event that some checkpoint does not confirm."""
    confirmed = 0
    for event_id, digest, at, key, signature in checkpoints:
        if digests.get(event_id) != digest or not signed(trusted or key, signed_text(event_id, digest, at), signature):
            return confirmed + 1
        confirmed = max(confirmed, event_id)
    return None


def main() -> int:
    """Check, print, and answer 0 when everything holds."""
    parser = argparse.ArgumentParser(description="Checks a copy of the audit log by itself.")
    parser.add_argument("database", help="the SQLite file, or a copy of it")
    parser.add_argument("--public-key", help="of the checkpoints, as it is kept elsewhere")
    parser.add_argument("--code", help="a code that stands on a paper")
    asked = parser.parse_args()
    connection = sqlite3.connect(f"file:{asked.database}?mode=ro", uri=True)
    digests: dict[int, str] = {}
    broken = broken_link(connection.execute(EVENTS), digests)
    checkpoints = connection.execute(CHECKPOINTS).fetchall()
    reached = [each for each in checkpoints if broken is None or each[0] < broken]
    beyond = unconfirmed(reached, digests, asked.public_key)
    found = broken if beyond is None else beyond
    codes = {code_of(signed_text(*each[:3])) for each in checkpoints}
    missing = bool(asked.code) and asked.code.strip().upper() not in codes
    if found:
        print(f"event {found} does not hold: it or one after it was altered, removed or inserted")
    if missing:
        print(f"no checkpoint has the code {asked.code}: the log is not the one of that paper")
    if not found and not missing:
        print(f"{len(digests)} events and {len(checkpoints)} checkpoints hold")
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main())
