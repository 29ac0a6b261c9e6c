"""From a query to a page of hits, over arrays: what is understood, matched, ordered, counted, marked."""
