"""The security officers' page: hiding something by its code, showing it again, purging it with a second person."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from innovations.core.web import answer, redirect_to, signed_in
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role
from innovations.proposals import quarantine_queries, report_queries
from innovations.proposals.forms_review import PurgeForm, QuarantineForm
from innovations.proposals.services import purges, quarantine, reporting
from innovations.proposals.views.blueprint import bp


def _page(form: QuarantineForm | None = None, purge: PurgeForm | None = None) -> str:
    return render_template(
        "proposals/quarantine.html", rows=quarantine_queries.hidden(actor()), form=form or QuarantineForm(formdata=None), reports=report_queries.reported(actor()),
        purge=purge or PurgeForm(formdata=None),
    )  # fmt: skip


def _back(message: str) -> Any:
    return redirect_to(url_for("proposals.quarantined"), message)


@bp.get("/quarantine")
@needs(Role.SECURITY_OFFICER)
def quarantined() -> str:
    """What is hidden now, which purges wait, and hiding something by its code."""
    return _page()


@bp.post("/quarantine")
@needs(Role.SECURITY_OFFICER)
def hide() -> Any:
    """Hide a proposal everywhere at once."""
    form = QuarantineForm()
    return answer(
        form,
        lambda: quarantine.hide(actor(), form.code.data, reason=form.reason.data or ""),
        done=url_for("proposals.quarantined"),
        page=lambda: _page(form),
        message=gettext("Đã cách ly hồ sơ; nội dung không còn hiển thị ở bất kỳ đâu."),
    )


@bp.post("/<address>/release")
@needs(Role.SECURITY_OFFICER)
def release(address: str) -> Any:
    """Show a quarantined proposal again."""
    quarantine.release(actor(), address)
    return _back(gettext("Đã bỏ cách ly."))


@bp.post("/<address>/purge")
@needs(Role.SECURITY_OFFICER)
def propose_purge(address: str) -> Any:
    """Propose a purge; a second officer confirms it."""
    form = PurgeForm()
    return answer(
        form,
        lambda: purges.propose(actor(), address, form.reason_code),
        done=url_for("proposals.quarantined"),
        page=lambda: _page(purge=form),
        message=gettext("Đã đề nghị xóa sạch; một cán bộ bảo mật khác phải xác nhận."),
    )


@bp.post("/<address>/purge/confirm")
@needs(Role.SECURITY_OFFICER)
def confirm_purge(address: str) -> Any:
    """The second person confirms: the content goes for good."""
    purges.confirm(actor(), address)
    return _back(gettext("Đã xóa nội dung; đĩa được dọn trong ít phút, trang này cho biết khi xong."))


@bp.post("/<address>/purge/cancel")
@needs(Role.SECURITY_OFFICER)
def take_back_purge(address: str) -> Any:
    """Take a proposed purge back."""
    purges.take_back(actor(), address)
    return _back(gettext("Đã rút đề nghị xóa sạch."))


@bp.post("/<address>/purge/copies/<int:event_id>")
@needs(Role.SECURITY_OFFICER)
def destroy_copy(address: str, event_id: int) -> Any:
    """Tick a copy of what was purged off as destroyed."""
    purges.destroy_copy(actor(), address, event_id)
    return _back(gettext("Đã ghi nhận bản sao đã hủy."))


@bp.post("/<address>/report")
@signed_in
def report_content(address: str) -> Any:
    """Any reader: this may hold secret matter."""
    reporting.report(actor(), address)
    return redirect_to(url_for("proposals.show", address=address), gettext("Đã báo cán bộ bảo mật; tác giả không biết ai báo."))


@bp.post("/<address>/reports/settle")
@needs(Role.SECURITY_OFFICER)
def settle_reports(address: str) -> Any:
    """An officer looked at what was reported and found nothing."""
    reporting.settle_reports(actor(), address)
    return _back(gettext("Đã khép lại các báo cáo."))
