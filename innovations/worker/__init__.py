"""The process beside the web server: index, text of files, reminders, cleaning up after a killed import.  ``flask work`` runs it; ``./dev run`` starts it as a child."""

from flask import Flask

from innovations.worker.commands import work


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(work)
