"""The process beside the web server: index, text of files, large imports, reminders.  ``flask work`` runs it; ``./dev run`` starts it as a child."""

from flask import Flask

from innovations.worker.commands import work


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(work)
