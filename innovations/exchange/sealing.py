"""One-time passwords between the worker that makes them and the admin who hands them out: only his sign-in opens them.

The key comes from the token of the sign-in, which stands in the browser's cookie and here only as a hash.  So neither the
database nor a backup of it gives the passwords away, and when the sign-in is over nobody can read them any more.
"""

from __future__ import annotations

import hashlib
import hmac

from nacl.public import PrivateKey, PublicKey, SealedBox

_PURPOSE = b"one-time passwords of a list of people"


def _private_key(token: str) -> PrivateKey:
    return PrivateKey(hmac.digest(token.encode(), _PURPOSE, hashlib.sha256))


def public_key_of(token: str) -> bytes:
    """What seals for the sign-in with this token."""
    return bytes(_private_key(token).public_key)


def seal(public_key: bytes, password: str) -> bytes:
    """Seal a password; each time other bytes."""
    return SealedBox(PublicKey(public_key)).encrypt(password.encode())


def opened(token: str, sealed: bytes) -> str:
    """The password.

    :raises nacl.exceptions.CryptoError: it was sealed for another sign-in.
    """
    return SealedBox(_private_key(token)).decrypt(sealed).decode()
