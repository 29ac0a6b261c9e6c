"""How like one another two improvements are: candidates from the index, likeness of whole texts, what is the same in them."""
