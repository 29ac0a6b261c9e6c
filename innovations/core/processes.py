"""Processes that must not outlive the one that started them."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_LIBC = ctypes.CDLL(None)  # loaded beforehand: between fork and exec nothing may be


def die_with(parent: int, by: signal.Signals) -> None:
    """Have the kernel send ``by`` to this process when ``parent`` dies, however that dies (Linux); at once when it is gone already.

    Called in the new process, right after the fork.
    """
    _LIBC.prctl(_PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os._exit(1)
