"""Certificates: one per contributor, numbered without gaps, verified by a code nobody can guess, never deleted."""

from __future__ import annotations

import base64
import re
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

from innovations.core.rules.errors import N_, StateForbids
from innovations.core.rules.labels import Labelled

# Crockford's base 32: no I, L, O, U, so that a printed code can be read aloud and typed.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
CODE_BYTES = 10  # 80 random bits: sixteen letters
_CODE_LENGTH = 16
_GROUP = 4


#: First line of what is signed: a signature on anything else says nothing of a certificate.
STATEMENT = "innovations certificate"
#: Of a title or a name: enough to know it by, and few enough for a code that a phone reads from paper.
LINE_CHARACTERS = 60


@dataclass(frozen=True)
class Statement:
    """What a certificate says, in the order in which it is signed."""

    number: str
    holder: str
    share: Decimal  # per cent
    code: str
    title: str
    decision: str
    decided_on: date | None
    grade: str
    verification: str

    @property
    def text(self) -> bytes:
        """What is signed: a line for each, long ones cut; ``tools/verify_certificate.py`` reads it back."""
        lines = (" ".join(str(each or "").split()) for each in astuple(self))
        return "\n".join((STATEMENT, *(line[:LINE_CHARACTERS] for line in lines))).encode()


def sealed(text: bytes, signature: bytes) -> str:
    """A statement with its signature (64 bytes) as it stands behind ``#`` in the address of a QR code: no server is sent that part."""
    return base64.urlsafe_b64encode(signature + text).rstrip(b"=").decode()


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
