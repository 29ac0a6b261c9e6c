"""Second steps that are to be taken away: the second person confirms or does not agree; the admin asks on the person's page."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from innovations.core.web import redirect_to
from innovations.people import lost_step_queries
from innovations.people.doors import actor, needs
from innovations.people.rules.proving import CONFIRMERS
from innovations.people.rules.roles import Role
from innovations.people.services import lost_steps as service
from innovations.people.views.blueprint import bp

INVOLVED = (Role.ADMIN, *CONFIRMERS)


@bp.get("/lost-second-steps")
@needs(*INVOLVED)
def lost_steps() -> str:
    """Requests one made or may confirm."""
    return render_template("people/lost_steps.html", rows=lost_step_queries.requests(actor()))


@bp.post("/lost-second-steps/<int:removal_id>/confirm")
@needs(*CONFIRMERS)
def confirm_lost_step(removal_id: int) -> Any:
    """The second person agrees."""
    service.confirm(actor(), removal_id)
    return redirect_to(url_for("people.lost_steps"), gettext("Đã bỏ bước thứ hai; chủ tài khoản được thông báo."))


@bp.post("/lost-second-steps/<int:removal_id>/end")
@needs(*INVOLVED)
def end_lost_step(removal_id: int) -> Any:
    """The asker takes it back, or the second person does not agree."""
    service.end(actor(), removal_id)
    return redirect_to(url_for("people.lost_steps"), gettext("Đã kết thúc đề nghị; bước thứ hai giữ nguyên."))
