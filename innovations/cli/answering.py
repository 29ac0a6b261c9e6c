"""How commands end: 0 done, 1 refused or found something, 2 wrong use; a refusal is a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from innovations.core.formats import sentence
from innovations.core.rules.errors import DomainError

Command = TypeVar("Command", bound=Callable[..., Any])


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
