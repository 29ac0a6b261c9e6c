"""Pages under ``/admin/``, one module per subject."""

from innovations.admin.views import index, people, register, regulations, sets, units
from innovations.admin.views.blueprint import bp

__all__ = ["bp", "index", "people", "register", "regulations", "sets", "units"]
