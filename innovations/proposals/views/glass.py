"""Break-glass pages: asking, confirming, reading for a while, ending."""

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.core.web import answer, redirect_to, saved
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role
from innovations.proposals import glass_queries
from innovations.proposals.forms_review import GlassForm
from innovations.proposals.rules.glass import ASKERS, CONFIRMERS
from innovations.proposals.services import glass as service
from innovations.proposals.views.blueprint import bp

INVOLVED = (*ASKERS, Role.DECIDER)


def _page(form: GlassForm | None = None) -> str:
    return render_template(
        "proposals/glass.html", rows=glass_queries.requests(actor()), form=form or GlassForm(formdata=None),
        may_ask=any(actor().holds_anywhere(role) for role in ASKERS),
    )  # fmt: skip


@bp.get("/glass")
@needs(*INVOLVED)
def glass() -> str:
    """Requests one made or may confirm, and asking."""
    return _page()


@bp.post("/glass")
@needs(*ASKERS)
def ask_glass() -> Any:
    """Ask to read one proposal."""
    form = GlassForm()
    return answer(
        form,
        lambda: service.ask(actor(), form.code.data, form.reason_code, form.note.data or ""),
        done=url_for("proposals.glass"),
        page=lambda: _page(form),
        message=gettext("Đã gửi đề nghị; người giữ chức trách khác phải xác nhận."),
    )


@bp.post("/glass/<int:glass_id>/confirm")
@needs(*CONFIRMERS)
def confirm_glass(glass_id: int) -> Any:
    """The second person agrees; the authors are told."""
    service.confirm(actor(), glass_id)
    return redirect_to(url_for("proposals.glass"), gettext("Đã xác nhận; các tác giả được thông báo ngay."))


@bp.post("/glass/<int:glass_id>/end")
@needs(*INVOLVED)
def end_glass(glass_id: int) -> Any:
    """Either ends it."""
    service.end(actor(), glass_id)
    return redirect_to(url_for("proposals.glass"), gettext("Đã kết thúc."))


@bp.get("/glass/<int:glass_id>")
@needs(*ASKERS)
def read_glass(glass_id: int) -> str:
    """The content while it is open; each look is recorded."""
    dossier = service.read(actor(), glass_id)
    row = next(each for each in glass_queries.requests(actor()) if each.id == glass_id)
    return render_template("proposals/glass_open.html", dossier=dossier, glass=row)


@bp.get("/glass/<int:glass_id>/files/<int:attachment_id>")
@needs(*ASKERS)
def glass_file(glass_id: int, attachment_id: int) -> Response:
    """A file of it, recorded like a page."""
    found = service.download(actor(), glass_id, attachment_id)
    return saved(found.path, found.name, found.media_type)
