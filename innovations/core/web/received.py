"""What was received, before anything reads it."""

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict


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
