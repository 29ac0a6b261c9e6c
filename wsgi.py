"""Entry point of WSGI servers and of the ``flask`` command: ``wsgi:app``."""

from innovations import create_app

app = create_app()
