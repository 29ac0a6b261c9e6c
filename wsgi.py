"""Entry point of WSGI servers and of the ``flask`` command: ``wsgi:app``."""

import gc

from innovations import create_app

app = create_app()

# What is loaded by now stays as long as the process.  Python's search for garbage among its quarter of a million objects held every
# reader up for 100 ms and more at a time.
gc.collect()
gc.freeze()
