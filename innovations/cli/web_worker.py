"""The web server's worker process: it answers everybody whom the kernel has let in before it ends.

Gunicorn's own stops taking connections in and closes its port when the last answer is sent: whoever was let in meanwhile, or stood in
the queue, is cut off after sending a request, and cannot know whether it was carried out.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from contextlib import suppress

from gunicorn.workers.gthread import ThreadWorker

_SO_ATTACH_FILTER = 26  # <asm-generic/socket.h>
#: A packet filter of one instruction: let nothing through.
_NOTHING = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0))
_FILTER = struct.pack("HP", 1, ctypes.addressof(_NOTHING))


class WebWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Told to end, it takes in the queue, closes the port, and then sends the answers that are owed."""

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take connections in or not; for good once it was told to end."""
        super().set_accept_enabled(enabled)
        if not self.alive and not enabled:
            for listener in self.sockets:
                self._close(listener)

    def _close(self, listener: socket.socket) -> None:
        if not self._listens_elsewhere(listener):
            with suppress(OSError):  # no such filters here: who comes in this very moment is cut off
                listener.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, _FILTER)
        taken = -1
        while taken != self.nr_conns:
            taken = self.nr_conns
            self.accept(listener)
        listener.close()

    def _listens_elsewhere(self, listener: socket.socket) -> bool:
        """Whether the first process keeps the port open: then this worker is only replaced by another."""
        wanted, handles = os.fstat(listener.fileno()).st_ino, f"/proc/{self.ppid}/fd"
        try:
            for name in os.listdir(handles):
                with suppress(FileNotFoundError):
                    if os.stat(f"{handles}/{name}").st_ino == wanted:
                        return True
        except OSError:
            return True
        return False
