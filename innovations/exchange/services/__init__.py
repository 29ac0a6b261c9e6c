"""Use cases of bringing registers in."""
