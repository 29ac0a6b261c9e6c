"""The query language: what was typed becomes a :class:`~innovations.search.asking.query.Query` with remarks on it.  Knows no index."""
