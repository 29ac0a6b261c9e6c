"""Our programs that meet strangers' files in processes of their own: read, fill and make nameless."""

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
#: The source is found last, and nothing of the environment or the working directory is (``-I``).
_START = "import runpy, sys; sys.path.append(sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), run_name='__main__')"


def program(name: str, *arguments: str) -> list[str]:
    """The command that starts a module of this package as a program: ``program("extract", …)``."""
    return [sys.executable, "-I", "-c", _START, str(_ROOT), f"{__package__}.{name}", *arguments]
