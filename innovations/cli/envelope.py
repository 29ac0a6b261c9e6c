"""A file that only the holder of a key opens and only this installation can have made: what a backup is wrapped in.

::

    magic                  8 bytes
    sealed stream key      80 bytes, to the X25519 key of backups (libsodium sealed box)
    stream header          24 bytes
    pieces                 length (4 bytes) and XChaCha20-Poly1305 ciphertext each, the last one tagged as such
    Ed25519 key            32 bytes, of whoever made it
    signature              64 bytes, over the SHA-256 of everything before it

A piece that is altered, missing, moved or added does not open.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nacl import bindings
from nacl.encoding import HexEncoder
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

MAGIC = b"SKBACK1\n"
CHUNK = 1 << 20
_SEALED_KEY, _HEADER, _KEY, _SIGNATURE = 80, 24, 32, 64
_LENGTH = struct.Struct(">I")
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


class BadEnvelope(ValueError):
    """It was not made by who should have, was altered, cut, or is none at all; the message says which."""


class _Hashed:
    """A file that is hashed while it is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self.sha256 = out, hashlib.sha256()

    def write(self, octets: bytes) -> None:
        self.sha256.update(octets)
        self._out.write(octets)


def wrap(source: BinaryIO, target: BinaryIO, *, recipient: PublicKey, signer: SigningKey) -> None:
    """Write ``source`` into ``target``, sealed to ``recipient`` and signed; about 200 MB/s, in pieces of 1 MB."""
    out, state = _Hashed(target), bindings.crypto_secretstream_xchacha20poly1305_state()
    stream_key = os.urandom(bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES)
    out.write(MAGIC)
    out.write(SealedBox(recipient).encrypt(stream_key))
    out.write(bindings.crypto_secretstream_xchacha20poly1305_init_push(state, stream_key))
    piece = source.read(CHUNK)
    while True:
        following = source.read(CHUNK) if piece else b""
        tag = _MORE if following else _LAST
        sealed = bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, tag=tag)
        out.write(_LENGTH.pack(len(sealed)) + sealed)
        if tag == _LAST:
            break
        piece = following
    out.write(bytes(signer.verify_key))
    target.write(signer.sign(out.sha256.digest()).signature)


def signer_of(path: Path) -> str:
    """Whose signature the file carries, hexadecimal, after checking it.

    :raises BadEnvelope: it is no envelope, or was altered or cut.
    """
    size = path.stat().st_size
    if size < len(MAGIC) + _SEALED_KEY + _HEADER + _KEY + _SIGNATURE:
        raise BadEnvelope("it is too short")
    digest, left = hashlib.sha256(), size - _SIGNATURE
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BadEnvelope("it is not a backup of this product")
        file.seek(0)
        while left:
            piece = file.read(min(CHUNK, left))
            digest.update(piece)
            left -= len(piece)
        signature = file.read()
        file.seek(size - _SIGNATURE - _KEY)
        key = VerifyKey(file.read(_KEY))
    try:
        key.verify(digest.digest(), signature)
    except BadSignatureError:
        raise BadEnvelope("it was altered or cut after it was signed") from None
    return key.encode(HexEncoder).decode()


def unwrap(path: Path, target: BinaryIO, *, key: PrivateKey, signed_by: str) -> None:
    """Write what is inside into ``target``.

    :param signed_by: public key of the installation that must have made it, hexadecimal.
    :raises BadEnvelope: somebody else made it, it was altered, or the key does not open it.
    """
    if (found := signer_of(path)) != signed_by:
        raise BadEnvelope(f"another installation made it: {found}")
    with path.open("rb") as file:
        file.seek(len(MAGIC))
        try:
            stream_key = SealedBox(key).decrypt(file.read(_SEALED_KEY))
            for piece in _pieces(file, stream_key):
                target.write(piece)
        except (CryptoError, RuntimeError, struct.error):
            raise BadEnvelope("the key does not open it, or a piece of it is damaged") from None


def _pieces(file: BinaryIO, stream_key: bytes) -> Iterator[bytes]:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, file.read(_HEADER), stream_key)
    tag = _MORE
    while tag != _LAST:
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        if length > CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES:
            raise BadEnvelope("a piece of it is larger than any that is written")
        piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, file.read(length))
        yield piece
