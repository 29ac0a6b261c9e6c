"""What was received, before anything reads it: fields that have names, files whose bytes were looked at first."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from flask import Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from innovations.core.rules.errors import DomainError

#: Name and bytes of a file that somebody sent; refuses it, or leaves the bytes at their beginning.
Look = Callable[[str, BinaryIO], None]
_looks: list[Look] = []


class Received(Request):
    """A request whose fields all have names: a part of a multipart body without one would be found under ``None``."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        for kind in ("form", "files"):
            found = self.__dict__[kind]
            if None in found:
                self.__dict__[kind] = ImmutableMultiDict(
                    (name, each) for name, each in found.items(multi=True) if name is not None
                )


def register_look(look: Look) -> None:
    """Have ``look`` asked of every file that a form sends, before anything reads its first byte."""
    if look not in _looks:
        _looks.append(look)


class LookedAt:
    """The bytes of a file that was sent; whoever first touches them has them looked at, and gets none when they are refused.

    Only then, for who may not send anything here, or has not declared the file, is refused without a look.
    """

    def __init__(self, name: str, source: BinaryIO) -> None:
        self._name, self._source = name, source
        self._looked = False
        self._refusal: DomainError | None = None

    def _passed(self) -> BinaryIO:
        if not self._looked:
            try:
                for look in _looks:
                    look(self._name, self._source)
            except DomainError as refusal:
                self._refusal = refusal
            self._looked = True
        if self._refusal is not None:
            raise self._refusal
        return self._source

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._passed(), attribute)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._passed())


def looked_at(file: FileStorage) -> FileStorage:
    """The same file, with bytes that nobody reads before they were looked at."""
    bytes_of: Any = LookedAt(file.filename or "", file.stream)  # type: ignore[arg-type]  # what was sent is binary
    return FileStorage(bytes_of, file.filename, file.name, headers=file.headers)
