"""One-time codes by RFC 6238 and the seeds behind them, which the database only holds sealed.

The key lies in ``<instance>/keys/second-step.key``, mode 0600: a copy of the database alone makes no codes.
"""

import base64
import hashlib
import hmac
import io
from pathlib import Path

import pyotp
import segno
from flask import current_app
from nacl.secret import SecretBox

from innovations.config import kept_secret
from innovations.people.rules.factors import STEP_SECONDS, TOLERATED_STEPS, plain_code


def new_seed() -> str:
    """160 random bits in base 32, as authenticator apps take them."""
    return pyotp.random_base32(32)


def sealed(seed: str) -> bytes:
    """What the database holds of a seed."""
    return bytes(_box().encrypt(seed.encode()))


def unsealed(held: bytes) -> str:
    """The seed again.

    :raises nacl.exceptions.CryptoError: it was sealed under another key.
    """
    return _box().decrypt(held).decode()


def matching_step(seed: str, typed: str, *, at: float, after: int) -> int | None:
    """The time step whose code was typed, or None; a step up to ``after`` was used before and counts no more.

    :param at: seconds since the epoch.
    """
    generator, code, present = pyotp.TOTP(seed), plain_code(typed), int(at) // STEP_SECONDS
    steps = [present + tolerated for tolerated in TOLERATED_STEPS]
    # All are compared, so that the time taken does not tell which one was near.
    right = [step for step in steps if hmac.compare_digest(generator.at(step * STEP_SECONDS).encode(), code.encode())]
    return next((step for step in right if step > after), None)


def hash_recovery_code(typed: str) -> str:
    """What is stored of a recovery code; it is random enough for a plain hash."""
    return hashlib.sha256(plain_code(typed).encode()).hexdigest()


def picture(seed: str, *, account: str, issuer: str) -> str:
    """The seed as a QR code, SVG as a data address."""
    address = pyotp.TOTP(seed).provisioning_uri(name=account, issuer_name=issuer)
    held = io.BytesIO()
    segno.make(address, error="m").save(held, kind="svg", scale=5, border=4)
    return "data:image/svg+xml;base64," + base64.b64encode(held.getvalue()).decode()


def _box() -> SecretBox:
    key = kept_secret(Path(current_app.instance_path) / "keys" / "second-step.key")
    return SecretBox(hashlib.sha256(key.encode()).digest())
