"""Pages of proposals: the list, the author's steps, the dossier with its actions, files and papers."""

from innovations.proposals.views import (
    acting,
    auditing,
    authors,
    beginning,
    comparing,
    complaining,
    drafting,
    files,
    glass,
    quarantine,
    reading,
)
from innovations.proposals.views.blueprint import bp

__all__ = [
    "acting",
    "auditing",
    "authors",
    "beginning",
    "bp",
    "comparing",
    "complaining",
    "drafting",
    "files",
    "glass",
    "quarantine",
    "reading",
]
