"""Pages under ``/admin/``, one module per subject."""

from innovations.admin.views import index, lists, people, register, regulations, screening, sets, templates, units
from innovations.admin.views.blueprint import bp

__all__ = ["bp", "index", "lists", "people", "register", "regulations", "screening", "sets", "templates", "units"]
