"""A small model of the regulation, played against the product by ``tests/faults/test_random_plays.py``.

Written from the regulation's text alone: only the stage imports the product.  :mod:`.model` holds the things, :mod:`.days` counts
days, :mod:`.filing`, :mod:`.planning`, :mod:`.scoring`, :mod:`.sitting`, :mod:`.voting`, :mod:`.deciding`, :mod:`.adopting` and
:mod:`.timing` say of each act whether it is allowed and what it does, :mod:`.scripts` and :mod:`.sitting_scripts` think acts up,
filled in as :mod:`.fillings` says, and :mod:`.stage` carries them out through the use cases.
"""
