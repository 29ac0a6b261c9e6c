"""A small model of the regulation, played against the product by ``tests/faults/test_random_plays.py``.

Written from the regulation's text alone: only the stage imports the product.  :mod:`.model` holds the things, :mod:`.filing`,
:mod:`.scoring`, :mod:`.sitting`, :mod:`.deciding` and :mod:`.adopting` say of each act whether it is allowed and what it does,
:mod:`.scripts` thinks acts up, and :mod:`.stage` carries them out through the use cases.
"""
