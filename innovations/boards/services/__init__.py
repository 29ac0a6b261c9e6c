"""Use cases of the boards: one click, one transaction.  Rules decide, in ``rules/``; these load, ask, write and tell."""
