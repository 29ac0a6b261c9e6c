"""Starts processes of the product by forking one that has imported everything: a kill and a restart cost no two seconds.

Reads a Python module with its arguments a line, runs it in a process group of its own, and says the new process's id.
"""

import os
import runpy
import signal
import sys

from innovations import create_app


def become(words: list[str]) -> None:
    """Be the program that ``words`` name."""
    os.dup2(2, 1)  # standard output is where the forker answers
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def main() -> None:
    """Fork once a line until the input ends."""
    create_app()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel forgets the killed ones
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            try:
                become(line.split())
            finally:
                os._exit(1)
        os.setpgid(pid, pid)  # before anybody knows of it: who kills it at once kills its group
        print(pid, flush=True)


if __name__ == "__main__":
    main()
