"""Demo data: invented, clearly labelled, made through the real use cases with the clock set, removable."""
