"""Commands: further doors to the same use cases, without rules or SQL of their own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

#: Module → the commands it brings.
COMMANDS = {
    "register": ("group",),
    "reporting": ("group",),
    "screening": ("group",),
    "people": ("people", "units"),
    "backup": ("backup",),
    "checking": ("check",),
    "doctoring": ("doctor",),
    "maintenance": ("search_commands", "audit_commands", "demo"),
}


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``; backups are copies that leave the product."""
    import_module("innovations.proposals.copies").register_copies(*import_module("innovations.cli.events").AuditTag)
    for module, names in COMMANDS.items():
        # Here and not at the top: ``./dev run`` lives in this package and must not import the whole application (1.1 s of 3).
        found = import_module(f"innovations.cli.{module}")
        for name in names:
            app.cli.add_command(getattr(found, name))
