"""Files and papers of a dossier.  Uploads are refused by the draft's state before their body is looked at."""

from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext

from innovations.core.rules.errors import NotVisible
from innovations.core.web import DOWNLOAD_POLICY, answer, redirect_to, saved, signed_in
from innovations.documents.intake import Upload
from innovations.people.doors import actor
from innovations.proposals import dossier_queries, papers
from innovations.proposals.dossier_archive import dossier_archive
from innovations.proposals.forms import UploadForm
from innovations.proposals.loading import load, load_for_edit
from innovations.proposals.rules.codes import DRAFT_PATTERN
from innovations.proposals.services import attachments
from innovations.proposals.views.blueprint import bp
from innovations.proposals.views.stepping import page_of_step


@bp.post("/<address>/files")
@signed_in
def upload(address: str) -> Any:
    """Add evidence files, several at once; each is checked, and each refusal names its file."""
    form = UploadForm()

    uploads = [Upload(each.filename, each.stream) for each in form.file.data or [] if each.filename]
    return answer(
        form,
        lambda: attachments.attach_all(actor(), address, uploads, kind=form.kind.data, nothing_secret=form.nothing_secret.data),
        done=url_for("proposals.edit", address=address, step="evidence"),
        page=lambda: page_of_step("evidence", load_for_edit(actor(), address, None), form=form),
        message=gettext("Đã tải tệp lên."),
    )


@bp.post("/<address>/files/<int:attachment_id>/remove")
@signed_in
def remove_file(address: str, attachment_id: int) -> Any:
    """Take a file off the dossier."""
    attachments.detach(actor(), address, attachment_id)
    return redirect_to(url_for("proposals.edit", address=address, step="evidence"), gettext("Đã bỏ tệp."))


@bp.get("/<address>/files/<int:attachment_id>")
@signed_in
def download(address: str, attachment_id: int) -> Response:
    """Save a file of the dossier."""
    found = attachments.download(actor(), address, attachment_id)
    return saved(found.path, found.name, found.media_type)


@bp.get("/<address>/papers/<kind>.pdf")
@signed_in
def paper(address: str, kind: str) -> Response:
    """An official paper of the proposal."""
    made = papers.paper(actor(), address, kind)
    response = make_response(made.content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{made.name}"'
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


@bp.get("/<address>/dossier.zip")
@signed_in
def archive(address: str) -> Response:
    """The whole dossier in one file."""
    name, file = dossier_archive(actor(), address)
    return saved(file, name, "application/zip")


@bp.get("/<address>/receipt")
@signed_in
def receipt(address: str) -> Any:
    """What the author sees right after submitting: number, promised dates, the papers to print."""
    if DRAFT_PATTERN.fullmatch(address):  # where submitting leads, for it gives the code
        code = load(actor(), address).proposal.code
        if code is None:
            raise NotVisible
        return redirect_to(url_for("proposals.receipt", address=code))
    found = dossier_queries.dossier(actor(), address)
    return render_template("proposals/receipt.html", dossier=found, papers=papers.available(found))
