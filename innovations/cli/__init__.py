"""Commands: further doors to the same use cases, without rules or SQL of their own."""

from flask import Flask

from innovations.cli import backup, checking, maintenance, people, register, reporting


def init_app(app: Flask) -> None:
    """Add the command groups to ``flask``."""
    app.cli.add_command(register.group)
    app.cli.add_command(reporting.group)
    app.cli.add_command(people.people)
    app.cli.add_command(people.units)
    for command in (
        backup.backup, checking.check, checking.doctor, maintenance.search_commands, maintenance.audit_commands, maintenance.demo,
    ):  # fmt: skip
        app.cli.add_command(command)
