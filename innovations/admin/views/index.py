"""The first page: what each role administers here."""

from flask import render_template

from innovations.admin.views.blueprint import bp
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role


@bp.get("/")
@needs(Role.ADMIN, Role.REGISTRAR)
def index() -> str:
    """The ways in, by role."""
    who = actor()
    return render_template(
        "admin/index.html", is_admin=who.holds_anywhere(Role.ADMIN), is_registrar=who.holds_anywhere(Role.REGISTRAR)
    )
