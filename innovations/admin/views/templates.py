"""The Word templates of a unit: which one holds, its versions, the fields it may name."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import EmptyForm
from innovations.admin.forms_templates import TemplateForm
from innovations.admin.views.blueprint import bp
from innovations.core.rules.errors import NotVisible
from innovations.core.web import answer, saved
from innovations.documents.papers.fields import listed
from innovations.documents.papers.word import NEEDED, PAPERS, WordPaper
from innovations.people.doors import actor, needs
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.regulations.services import word_templates as services


def _paper(name: str) -> WordPaper:
    if name not in set(WordPaper):
        raise NotVisible
    return WordPaper(name)


@bp.get("/word-templates")
@needs(Role.REGISTRAR)
def word_templates() -> str:
    """The papers of each of one's units, and which template holds there."""
    paths = actor().paths_of(Role.REGISTRAR)
    own = [unit for unit in units() if unit.path.startswith(paths) and (unit.is_base or unit.path in paths)]
    held = [(unit, [services.holding(actor(), unit.id, paper) for paper in WordPaper]) for unit in own]
    return render_template("admin/word_templates.html", held=held)


def _page(unit_id: int, paper: WordPaper, form: TemplateForm | None = None) -> str:
    return render_template(
        "admin/word_template.html", unit_id=unit_id, paper=paper, held=services.holding(actor(), unit_id, paper),
        versions=services.versions(actor(), unit_id, paper), fields=listed(PAPERS[paper]), needed=NEEDED[paper],
        form=form or TemplateForm(formdata=None),
    )  # fmt: skip


@bp.get("/word-templates/<int:unit_id>/<paper>")
@needs(Role.REGISTRAR)
def word_template(unit_id: int, paper: str) -> str:
    """One paper of one unit."""
    return _page(unit_id, _paper(paper))


@bp.post("/word-templates/<int:unit_id>/<paper>")
@needs(Role.REGISTRAR)
def add_word_template(unit_id: int, paper: str) -> Any:
    """Keep the next version."""
    kind, form = _paper(paper), TemplateForm()
    services.holding(actor(), unit_id, kind)
    return answer(
        form,
        lambda: services.add_template(actor(), unit_id, kind, form.upload, nothing_secret=form.nothing_secret.data),
        done=url_for("admin.word_template", unit_id=unit_id, paper=paper),
        page=lambda: _page(unit_id, kind, form),
        message=gettext("Đã điền thử và lưu mẫu. Từ nay văn bản Word của đơn vị theo mẫu này."),
    )


@bp.post("/word-templates/<int:unit_id>/<paper>/withdraw")
@needs(Role.REGISTRAR)
def withdraw_word_template(unit_id: int, paper: str) -> Any:
    """Go back to the template from above, or the shipped one."""
    kind = _paper(paper)
    return answer(
        EmptyForm(),
        lambda: services.withdraw_template(actor(), unit_id, kind),
        done=url_for("admin.word_template", unit_id=unit_id, paper=paper),
        page=lambda: _page(unit_id, kind),
        message=gettext("Đã bỏ mẫu riêng."),
    )


@bp.get("/word-templates/<int:unit_id>/<paper>/<which>.docx")
@needs(Role.REGISTRAR)
def word_template_file(unit_id: int, paper: str, which: str) -> Response:
    """Save a template: the shipped one, the one that holds, or an earlier version."""
    found = services.template_file(actor(), unit_id, _paper(paper), which)
    return saved(found.path, found.name, found.media_type)
