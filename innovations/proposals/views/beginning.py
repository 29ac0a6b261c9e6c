"""How a proposal begins: the declaration that nothing is secret, by its author or by a clerk with a signed paper."""

from typing import Any

from flask import render_template, url_for

from innovations.core.clock import today
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor, needs
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.proposals.forms import DeclarationForm, PaperForm
from innovations.proposals.services import drafting
from innovations.proposals.views.blueprint import bp
from innovations.regulations.queries import open_campaign


@bp.get("/new")
@signed_in
def new() -> str:
    """The first step: nothing is sent or kept before the declaration is made."""
    return _declaration_page(_declaration_form())


def _declaration_form() -> DeclarationForm:
    form = DeclarationForm()
    bases = drafting.bases_above(actor().unit_path)
    form.base_unit_id.choices = [(unit.id, unit.name) for unit in bases]
    return form


def _declaration_page(form: DeclarationForm) -> str:
    bases = drafting.bases_above(actor().unit_path)
    return render_template(
        "proposals/declaration.html", form=form, bases=bases,
        campaign=open_campaign(bases[0].id, today()) if bases else None, may_file_paper=actor().holds_anywhere(Role.RECEIVER),
    )  # fmt: skip


@bp.post("/new")
@signed_in
def create() -> Any:
    """Begin a draft after the declaration."""
    form = _declaration_form()
    return answer(
        form,
        lambda: drafting.create_draft(actor(), nothing_secret=form.nothing_secret.data, base_unit_id=form.base_unit_id.data),
        done=lambda address: url_for("proposals.edit", address=address, step="idea"),
        page=lambda: _declaration_page(form),
    )


@bp.post("/secret")
@signed_in
def secret() -> str:
    """ "Có nội dung mật": nothing was sent, nothing is kept; the page tells the paper way."""
    return render_template("proposals/secret.html")


@bp.get("/new/paper")
@needs(Role.RECEIVER)
def new_on_paper() -> str:
    """A clerk begins a proposal for somebody without an account."""
    return render_template("proposals/paper.html", form=_paper_form())


def _paper_form() -> PaperForm:
    form = PaperForm()
    mine = actor().paths_of(Role.RECEIVER)
    form.unit_id.choices = [(row.id, row.name) for row in units() if row.path.startswith(mine)]
    return form


@bp.post("/new/paper")
@needs(Role.RECEIVER)
def create_on_paper() -> Any:
    """File for a conscript without account, on the base of a signed scan that is asked for before submitting."""
    form = _paper_form()
    return answer(
        form,
        lambda: drafting.create_on_paper(
            actor(), nothing_secret=form.nothing_secret.data, author_name=form.author_name.data,
            author_rank=form.author_rank.data or "", unit_id=form.unit_id.data,
        ),
        done=lambda address: url_for("proposals.edit", address=address, step="idea"),
        page=lambda: render_template("proposals/paper.html", form=form),
    )  # fmt: skip
