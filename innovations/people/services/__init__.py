"""Use cases about people: signing in, passwords, units, persons, grants."""
