"""The list of everything one may see, and the dossier."""

from typing import Any

from flask import render_template, request, url_for

from innovations import search
from innovations.core.paging import Page, page_numbers
from innovations.core.rules.numbers import whole
from innovations.core.web import redirect_to, signed_in
from innovations.people.doors import actor
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.proposals import dossier_queries, papers, queries
from innovations.proposals.complaint_queries import complaints_of
from innovations.proposals.forms import SubmitForm
from innovations.proposals.forms_review import AnswerForm, EndorseForm, ReasonForm, TrialForm
from innovations.proposals.outcomes import outcomes_of
from innovations.proposals.queries import Chosen
from innovations.proposals.rules.states import TABLE, Action, State
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services import similar
from innovations.proposals.views.blueprint import bp

#: A search narrows the list to this many best hits; the page says so.
SEARCH_LIMIT = 100
#: What the address of the list may say; anything else is not carried on to its links.
LIST_ARGUMENTS = ("q", "state", "unit", "mine", "overdue", "sort", "per_page", "literal")


def _chosen() -> Chosen:
    """What the address asks for; unknown values narrow nothing."""
    state = request.args.get("state", "")
    unit_id = request.args.get("unit", type=whole)
    path = next((row.path for row in units(only_active=False) if row.id == unit_id), None) if unit_id else None
    return Chosen(
        state=State(state) if state in set(State) else None,
        unit_path=path,
        mine=request.args.get("mine") == "1",
        overdue=request.args.get("overdue") == "1",
        sort=request.args.get("sort", "recent"),
    )


@bp.get("/")
@signed_in
def index() -> str:
    """All proposals one may see; ``?q=`` searches them."""
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    chosen, text, results = _chosen(), request.args.get("q", "").strip(), None
    if text:
        query = search.parse(text, literal=request.args.get("literal") == "1")
        with search.turn(actor().person_id):
            results = search.engine().search(query, reader_tokens(actor()), per_page=SEARCH_LIMIT, facets=(), marks=False)
        chosen = Chosen(**{**vars(chosen), "ids": tuple(hit.id for hit in results.hits)})
    found = queries.listing(actor(), chosen, page=page, per_page=per_page)
    args: dict[str, Any] = {key: value for key, value in request.args.items() if key in LIST_ARGUMENTS}
    listed = Page(found.rows, page, per_page, found.total, lambda n: url_for("proposals.index", **{**args, "page": n}))
    return render_template(
        "proposals/index.html", page=listed, chosen=chosen, q=text, results=results, args=args,
        counts=found.counts, states=State, may_file_paper=actor().holds_anywhere(Role.RECEIVER),
        pointed=search.pointed_out(text, results.notes) if results else (), unquoted=search.unquoted(text),
        **_marks(results, [row.id for row in found.rows]),
    )  # fmt: skip


def _marks(results: search.Results | None, ids: list[int]) -> dict[str, Any]:
    """What is marked in the rows of the page, not in the hits of all pages."""
    marked = search.engine().marked(results.reading, reader_tokens(actor()), ids) if results and results.reading else ()
    return {"highlights": {hit.id: hit.highlights for hit in marked}, "files": {hit.id: hit.file for hit in marked}}


@bp.get("/states")
@signed_in
def states() -> str:
    """The life of a review, printed from the table the product runs by."""
    return render_template("proposals/states.html", table=TABLE.values())


@bp.get("/<address>")
@signed_in
def show(address: str) -> Any:
    """The dossier: text, authors, files, timeline, and what the reader may do."""
    found = dossier_queries.dossier(actor(), address)
    if found.code and address != found.code:
        return redirect_to(url_for("proposals.show", address=found.code))
    return show_page(found)


def show_page(found: dossier_queries.Dossier, **forms: Any) -> str:
    """The dossier's page, with the forms of its actions; a refused one comes back with what was typed."""
    given = {"endorse": EndorseForm(formdata=None), "reason": ReasonForm(formdata=None), "trial": TrialForm(formdata=None)}
    given |= {"complaint": ReasonForm(formdata=None), "answer": AnswerForm(formdata=None).offer()}
    return render_template(
        "proposals/show.html", dossier=found, forms={**given, "submit": SubmitForm(formdata=None), **forms}, Action=Action,
        State=State, findings=similar.findings(actor(), found.address), papers=papers.available(found),
        outcomes=outcomes_of(actor(), found), complaints=complaints_of(actor(), found.id, {each.id: each.state for each in found.reviews}),
    )  # fmt: skip
