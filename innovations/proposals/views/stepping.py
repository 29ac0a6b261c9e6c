"""One step of the author's pages: its form, what stands beside it, and the line of steps above it.

The routes stand in ``views/drafting``; this file draws what they and the uploads answer with.
"""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from innovations.core.formats import sentence
from innovations.people.doors import actor
from innovations.proposals import completeness
from innovations.proposals.dossier_queries import shown
from innovations.proposals.forms import (
    LINES_MAXIMUM,
    AuthorForm,
    BenefitForm,
    DescriptionForm,
    IdeaForm,
    StepForm,
    SubmitForm,
    UploadForm,
)
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal
from innovations.proposals.models_dossier import BenefitItem
from innovations.proposals.rules.completeness import Missing, Step
from innovations.proposals.services import drafting, similar
from innovations.regulations.queries import field_name, fields_of_work

#: Forms of the steps that hold text.
FORMS: dict[str, type[StepForm]] = {"idea": IdeaForm, "description": DescriptionForm, "benefit": BenefitForm}
#: The steps as the page numbers them, each with the step that the completeness rule names.
STEPS = ("idea", "description", "benefit", "authors", "evidence", "submit")


def _line(line: BenefitItem) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ("label", "kind", "before", "after", "measure", "money_per_year")}


def stored_values(step: str, proposal: Proposal) -> dict[str, Any]:
    """What is stored, as the step's form writes it."""
    data = {name: getattr(proposal, name, None) for name in FORMS[step].stored_names()}
    data["version"] = proposal.version
    if step == "idea":
        data |= {"field_id": str(proposal.field_id or ""), "tags": "; ".join(proposal.tags)}
    elif step == "description":
        data["not_mandatory"] = {True: "yes", False: "no", None: None}[proposal.not_mandatory]
    elif step == "benefit":
        data["lines"] = ([_line(each) for each in proposal.benefits] + [{}])[:LINES_MAXIMUM]
    return data


def form_of(step: str, proposal: Proposal, *, sent: bool) -> StepForm:
    """The step's form, with what was just sent or with what is stored."""
    form = FORMS[step]() if sent else FORMS[step](formdata=None, data=stored_values(step, proposal))
    if isinstance(form, IdeaForm):
        form.field_id.choices = [(str(each.id), field_name(each)) for each in fields_of_work()]
    return form


def says_what_is_stored(form: StepForm, step: str, proposal: Proposal) -> bool:
    """Whether a form that was sent holds nothing else than what is stored: nobody's text is lost then, whatever its version."""
    stored = form_of(step, proposal, sent=False)
    sent = [name for name in form.values() if name in stored]
    same = all((form[name].data or None) == (stored[name].data or None) for name in sent)
    return same and (not isinstance(form, BenefitForm) or form.filled_lines() == stored.filled_lines())


def _step_list(address: str, current: str, lacking: list[Missing]) -> list[dict[str, Any]]:
    """The steps as the page draws them: done when nothing is missing there; to submit, the last one, is done when it is clicked."""
    missing = {each.step.value for each in lacking} | {STEPS[-1]}
    return [
        {
            "label": gettext(Step(step).label),
            "url": url_for("proposals.edit", address=address, step=step),
            "state": "current" if step == current else "coming" if step in missing else "done",
        }
        for step in STEPS
    ]


def page_of_step(step: str, loaded: Loaded, **given: Any) -> str:
    """The page of one step with what it shows beside its own form."""
    proposal = loaded.proposal
    lacking = completeness.lacking(proposal, loaded.review)
    position = STEPS.index(step)
    return render_template(
        f"proposals/step_{step}.html", dossier=shown(loaded, actor()), step=step, lacking=lacking, missing_here=_here(lacking, step),
        steps=_step_list(proposal.address, step, lacking), number=position + 1,
        back=STEPS[position - 1] if position else None, following=STEPS[position + 1] if position + 1 < len(STEPS) else None,
        missing_all=_missing_links(lacking, proposal.address), **given,
    )  # fmt: skip


def _missing_links(lacking: list[Missing], address: str) -> list[dict[str, str]]:
    """Everything missing, each with the step where it is mended; the declaration is repeated on the last one."""
    names = [each.step.value if each.step.value in STEPS else "submit" for each in lacking]
    return [
        {"text": sentence(each.error), "url": url_for("proposals.edit", address=address, step=step)}
        for each, step in zip(lacking, names, strict=True)
    ]


def missing_at(step: str, loaded: Loaded) -> list[str]:
    """What the step still lacks, in sentences."""
    return _here(completeness.lacking(loaded.proposal, loaded.review), step)


def _here(lacking: list[Missing], step: str) -> list[str]:
    return [sentence(each.error) for each in lacking if each.step.value == step]


def given_of(step: str, loaded: Loaded) -> dict[str, Any]:
    """What a step's page shows beside its own form."""
    address = loaded.proposal.address
    if step == "authors":
        return {"form": AuthorForm(formdata=None)}
    if step == "evidence":
        return {"form": UploadForm(formdata=None)}
    if step == "submit":
        return {"form": SubmitForm(formdata=None), "findings": similar.findings(actor(), address), "says": similar.Says}
    return {
        "form": form_of(step, loaded.proposal, sent=False),
        "findings": similar.findings(actor(), address) if step == "idea" else [],
        "says": similar.Says,
        "bases": drafting.bases_above(loaded.facts.author_unit_path) if step == "idea" else [],
    }
