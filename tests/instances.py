"""One application per process, moved from test to test.

Making one costs 0.2 s (it compiles 200 routes), and each compiles its statements and templates again: half the time of most tests.
What a test may leave in it is its configuration and what the search engine holds; both begin anew at every move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from innovations import config, create_app
from innovations.extensions import db

TEST_KEYS = {
    "TESTING": True,
    "WTF_CSRF_ENABLED": False,
    "SECRET_KEY": "a secret of the test suite, long enough",
    "SECOND_STEP": False,
    "PASSWORD_HASH_KIB": 8,
}


class OwnReader(FlaskClient):
    """A browser whose requests do not inherit the reader of another: the fixtures' app context outlives each request."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as the reader of this browser's own cookie, in that reader's language."""
        g.pop("_login_user", None)
        g.pop("_flask_babel", None)
        return super().open(*args, **kwargs)


def make_app(instance: Path, **keys: object) -> Flask:
    """A new application over ``instance``, with the suite's keys."""
    app = create_app({**TEST_KEYS, "INSTANCE": instance, **keys})
    app.test_client_class = OwnReader
    return app


def close(app: Flask) -> None:
    """Let its database go."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class _Moving:
    """An application whose instance folder changes."""

    def __init__(self, folder: Path) -> None:
        self.app = make_app(folder)
        self._made_with: Mapping[str, Any] = dict(self.app.config)
        self._extensions = frozenset(self.app.extensions)
        with self.app.app_context():
            event.listen(db.engine, "do_connect", self._connect)

    def move(self, folder: Path) -> None:
        """Serve the instance in ``folder`` from now on, as an application made for it would."""
        instance, values = config.load({**TEST_KEYS, "INSTANCE": folder})
        self.app.instance_path = str(instance)
        self.app.config.clear()
        self.app.config.update({**self._made_with, **values})
        for name in set(self.app.extensions) - self._extensions:
            del self.app.extensions[name]

    def _connect(self, dialect: Any, _record: Any, _given: Any, options: Mapping[str, Any]) -> Any:
        return dialect.connect(str(Path(self.app.instance_path) / "innovations.sqlite"), **options)


_idle: list[_Moving] = []


@contextmanager
def running(folder: Path) -> Iterator[Flask]:
    """An application over the instance in ``folder``, its context pushed for the block."""
    moving = _idle.pop() if _idle else _Moving(folder)
    moving.move(folder)
    with moving.app.app_context():
        yield moving.app
    close(moving.app)
    _idle.append(moving)
