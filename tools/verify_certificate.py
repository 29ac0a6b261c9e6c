#!/usr/bin/env python3
"""Checks a certificate without the server: ``python3 verify_certificate.py TEXT --public-key HEX``.

``TEXT`` is what a phone reads from the QR code: an address, and behind ``#`` what the certificate says with a signature.  The key is the
one that ``flask audit public-key`` prints where the certificate was issued; get it from there by another way than the certificate.  It
needs nothing of the product, only Python and the package ``cryptography``.  It prints what was signed, to be compared with the paper, and
exits 1 when the signature does not hold.  Whether the certificate was revoked since, only the page behind the address tells.
"""

import argparse
import base64
import binascii
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STATEMENT = "innovations certificate"
NAMES = ("Number", "Holder", "Share (%)", "Code", "Title (its beginning)", "Decision", "Decided on", "Grade", "Verification code")
SIGNATURE_BYTES = 64


def statement(text: str, public_key: str) -> list[str] | None:
    """The signed lines behind ``#``; None when they are not signed with the key, or are no statement of a certificate."""
    try:
        sealed = base64.urlsafe_b64decode(text.partition("#")[2] + "==")
        signature, signed = sealed[:SIGNATURE_BYTES], sealed[SIGNATURE_BYTES:]
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, signed)
        title, *lines = signed.decode().split("\n")
    except (InvalidSignature, ValueError, binascii.Error):
        return None
    return lines if title == STATEMENT and len(lines) == len(NAMES) else None


def main() -> int:
    """Print the statement; 1 when there is none to trust."""
    parser = argparse.ArgumentParser(description="Check a certificate without the server.")
    parser.add_argument("text", help="what the QR code holds")
    parser.add_argument("--public-key", required=True, help="hexadecimal, as flask audit public-key prints it")
    given = parser.parse_args()
    lines = statement(given.text.strip(), given.public_key)
    if lines is None:
        print("NOT SIGNED with this key: do not trust the paper.")
        return 1
    for name, line in zip(NAMES, lines, strict=True):
        print(f"{name}: {line}")
    print("Signed with this key. Compare with the paper; whether it was revoked since, only the issuing unit's register tells.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
