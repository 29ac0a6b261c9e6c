"""Entry point of WSGI servers and of the ``flask`` command: ``wsgi:app``."""

import gc

gc.disable()  # while everything is loaded nothing becomes garbage; looking for it took a sixth of the start

from innovations import create_app  # noqa: E402

app = create_app()

# What is loaded by now stays as long as the process.  Python's search for garbage among its quarter of a million objects held every
# reader up for 100 ms and more at a time.
gc.collect()
gc.freeze()
gc.enable()
