"""The key that signs checkpoints (Ed25519, RFC 8032), and what is signed.

The private half lies in ``<instance>/keys/audit-signing.key``, mode 0600.  Keep a copy of the public half, which
``flask audit public-key`` prints, with somebody who does not run the server: against that copy a rewritten log does not hold.
"""

import base64
import hashlib
from datetime import datetime
from pathlib import Path

from flask import current_app
from nacl.encoding import HexEncoder
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from innovations.core.keys import write_key

KEY_FILE = "audit-signing.key"
TITLE = "innovations audit checkpoint"
CODE_LETTERS = 20  # of base 32: 100 bits, as many as somebody copies from paper


def signed_text(event_id: int, digest: str, at: datetime) -> bytes:
    """What is signed: that the log up to an event had this digest at that instant."""
    return f"{TITLE}\n{event_id}\n{digest}\n{at.isoformat()}\n".encode()


def short_code(text: bytes) -> str:
    """What a paper carries of a checkpoint: ``"ABCDE-FGH23-…"``.  It depends on the log alone, so not even the key makes it fit another."""
    letters = base64.b32encode(hashlib.sha256(text).digest()).decode()[:CODE_LETTERS]
    return "-".join(letters[i : i + 5] for i in range(0, CODE_LETTERS, 5))


def sign(text: bytes) -> bytes:
    """The signature, 64 bytes."""
    return bytes(signing_key().sign(text).signature)


def public_key() -> str:
    """The public half, hexadecimal."""
    return signing_key().verify_key.encode(HexEncoder).decode()


def is_signed_by(public: str, text: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed the text."""
    try:
        VerifyKey(public.encode(), HexEncoder).verify(text, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def signing_key() -> SigningKey:
    """The key by which this installation is known: it signs checkpoints and backups.  Made when it is first asked for."""
    path = Path(current_app.instance_path) / "keys" / KEY_FILE
    if not path.exists():
        write_key(path, SigningKey.generate().encode(HexEncoder))
    return SigningKey(path.read_bytes(), HexEncoder)
