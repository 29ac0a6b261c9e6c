"""How commands end: 0 done, 1 refused or found something, 2 wrong use; a refusal is a sentence, never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask.cli import FlaskGroup

from innovations.core.formats import sentence
from innovations.core.rules.errors import DomainError

Command = TypeVar("Command", bound=Callable[..., Any])
#: Readers wait for pages; whoever started a long command can wait a little longer.
_NICENESS = 5


def give_way() -> None:
    """Let others have the processor first, in a process that runs this command only (a test runs many)."""
    if isinstance(click.get_current_context().find_root().command, FlaskGroup):
        os.nice(_NICENESS)


def refusing(command: Command) -> Command:
    """Print a refusal on standard error and end with 1."""

    @wraps(command)
    def answered(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as error:
            click.echo(sentence(error), err=True)
            raise SystemExit(1) from error

    return answered  # type: ignore[return-value]
