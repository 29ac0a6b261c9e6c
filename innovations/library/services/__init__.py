"""Use cases of adoptions."""
