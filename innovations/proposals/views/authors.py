"""The authors of a draft: who they are, who leads, and their shares."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from innovations.core.rules.errors import NotVisible
from innovations.core.rules.numbers import whole
from innovations.core.web import answer, redirect_to, signed_in
from innovations.people.doors import actor
from innovations.proposals.forms import AuthorForm, shares_form
from innovations.proposals.loading import load_for_edit
from innovations.proposals.services import authors
from innovations.proposals.views.blueprint import bp
from innovations.proposals.views.stepping import page_of_step


@bp.post("/<address>/authors")
@signed_in
def add_author(address: str) -> Any:
    """Name a co-author."""
    form = AuthorForm()
    return answer(
        form,
        lambda: authors.add_author(
            actor(),
            address,
            service_number=form.service_number.data or "",
            free_name=form.free_name.data or "",
            rank=form.rank.data or "",
        ),
        done=url_for("proposals.edit", address=address, step="authors"),
        page=lambda: page_of_step("authors", load_for_edit(actor(), address, None), form=form),
        message=gettext("Đã thêm đồng tác giả; đồng chí ấy sẽ nhận thông báo để xác nhận."),
    )


@bp.post("/<address>/authors/<int:contribution_id>/<do>")
@signed_in
def change_author(address: str, contribution_id: int, do: str) -> Any:
    """Remove a co-author, pass the lead on, or attest for one without account."""
    acts = {
        "remove": lambda: authors.remove_author(actor(), address, contribution_id),
        "lead": lambda: authors.pass_lead(actor(), address, contribution_id),
        "attest": lambda: authors.attest(actor(), address, contribution_id, request.form.get("attachment_id", 0, type=whole)),
    }
    if do not in acts:
        raise NotVisible
    acts[do]()
    left = (
        url_for("proposals.show", address=address) if do == "lead" else url_for("proposals.edit", address=address, step="authors")
    )
    return redirect_to(left, gettext("Đã cập nhật danh sách tác giả."))


@bp.post("/<address>/shares")
@signed_in
def set_shares(address: str) -> Any:
    """Set every author's share; what was typed stays when it does not add up."""
    form = shares_form()
    return answer(
        form,
        lambda: authors.set_shares(actor(), address, form.shares()),
        done=url_for("proposals.edit", address=address, step="authors"),
        page=lambda: page_of_step(
            "authors", load_for_edit(actor(), address, None), form=AuthorForm(formdata=None), shares_form=form
        ),
        message=gettext("Đã lưu tỷ lệ đóng góp."),
    )
