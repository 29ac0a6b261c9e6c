"""How well searching finds, on questions and documents that somebody else judged: see ``bench/README.md``."""
