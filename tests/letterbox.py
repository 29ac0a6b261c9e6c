"""A mail server on the loopback, in the clear or with STARTTLS and sign-in."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.world import World

USER, PASSWORD = "so-sang-kien", "cau-tre-vang-1954"


@dataclass
class Letters:
    """What the server took and was told.

    :param tls: offered, and asked for before anything else; with it who sends signs in as :data:`USER`.
    """

    tls: ssl.SSLContext | None = None
    taken: list[str] = field(default_factory=list)
    secure: bool = False
    signed_in: bool = False
    in_the_clear: list[bytes] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    """As much of a mail server as a sender needs."""

    server: _Server

    def handle(self) -> None:
        self.secure = False
        self._say("220 here")
        while line := self.rfile.readline():  # another one under TLS
            if not self.secure:
                self.server.letters.in_the_clear.append(line)
            word = line.decode().split()[0].upper() if line.strip() else ""
            if word == "QUIT":
                self._say("221 bye")
                return
            if not self._answer(word, line):
                return

    def _answer(self, word: str, line: bytes) -> bool:
        """Whether the connection goes on."""
        letters = self.server.letters
        if word == "STARTTLS" and letters.tls:
            self._say("220 go on")
            return self._wrap(letters.tls)
        if word == "EHLO" and letters.tls:
            self._say("250-here\r\n250 AUTH PLAIN" if self.secure else "250-here\r\n250 STARTTLS")
        elif word == "AUTH":
            letters.signed_in = line.split()[-1] == base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
            self._say("235 well" if letters.signed_in else "535 not you")
        elif letters.tls and word in ("MAIL", "RCPT", "DATA") and not letters.signed_in:
            self._say("530 sign in")
        elif word == "RCPT" and b"tacgia@" in line:
            self._say("550 nobody of that name")
        elif word == "DATA":
            self._say("354 go on")
            letters.taken.append(self._text())
            self._say("250 taken")
        else:
            self._say("250 well")
        return True

    def _wrap(self, tls: ssl.SSLContext) -> bool:
        try:
            self.connection = tls.wrap_socket(self.connection, server_side=True)
        except OSError:  # who sends does not trust the certificate
            return False
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.secure = self.server.letters.secure = True
        return True

    def finish(self) -> None:
        """Also where the connection was ended by the other side."""
        self.rfile.close()
        self.connection.close()

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _text(self) -> str:
        return "".join(line.decode() for line in iter(self.rfile.readline, b".\r\n"))


class _Server(socketserver.ThreadingTCPServer):
    letters: Letters
    daemon_threads = True


@contextmanager
def mail_server(world: World, letters: Letters) -> Iterator[Letters]:
    """The server runs, and the product is told of it."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.letters = letters
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        before = dict(world.app.config)
        world.app.config.update(
            MAIL_SERVER="127.0.0.1", MAIL_PORT=server.server_address[1], MAIL_FROM="so@x.test", MAIL_DOMAIN="x.test"
        )
        try:
            yield letters
        finally:
            server.shutdown()
            thread.join()
            world.app.config.update(before)


@contextmanager
def letterbox(world: World) -> Iterator[list[str]]:
    """One without TLS; the letters it took."""
    with mail_server(world, Letters()) as letters:
        yield letters.taken
