"""Certificates: one per contributor, numbered without gaps, verified by a code nobody can guess, never deleted."""

from __future__ import annotations

import re

from innovations.core.rules.errors import N_, StateForbids
from innovations.core.rules.labels import Labelled

# Crockford's base 32: no I, L, O, U, so that a printed code can be read aloud and typed.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
CODE_BYTES = 10  # 80 random bits: sixteen letters
_CODE_LENGTH = 16
_GROUP = 4


class CertificateState(Labelled):
    """Where a certificate stands."""

    VALID = "valid", N_("Có hiệu lực")
    REVOKED = "revoked", N_("Đã hủy")
    REISSUED = "reissued", N_("Đã cấp lại")


class CertificateNotValid(StateForbids):
    """Only a valid certificate is revoked or reissued."""

    message = N_("Giấy chứng nhận này đang ở trạng thái “%(state)s” nên không làm được việc này.")


def registration_number(unit_code: str, year: int, number: int) -> str:
    """Return the registration number: ``("E1A", 2026, 7)`` → ``"GCN-E1A-2026-0007"``."""
    return f"GCN-{unit_code}-{year:04d}-{number:04d}"


def verification_code(random: bytes) -> str:
    """Return the code on a certificate: sixteen letters in groups of four, from ten random bytes.

    :raises ValueError: for another number of bytes.
    """
    if len(random) != CODE_BYTES:
        raise ValueError(f"a verification code is made of {CODE_BYTES} random bytes")
    bits = int.from_bytes(random, "big")
    letters = "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def normal_code(typed: str) -> str | None:
    """Return a typed code as it is stored: ``"7k0o 1l2m-…"`` with look-alikes mended; None when it cannot be one."""
    letters = re.sub(r"[\s-]", "", typed).upper().translate(_LOOK_ALIKES)
    if len(letters) != _CODE_LENGTH or any(letter not in _ALPHABET for letter in letters):
        return None
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def check_revocable(state: CertificateState) -> None:
    """Refuse to revoke or reissue a certificate that is not valid any more.

    :raises CertificateNotValid: naming the state.
    """
    if state is not CertificateState.VALID:
        raise CertificateNotValid(state=state)
