"""Pages of the library: searching, one improvement, adoptions."""

from innovations.library.views import adopting, improving, searching
from innovations.library.views.blueprint import bp

__all__ = ["adopting", "bp", "improving", "searching"]
