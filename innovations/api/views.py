"""The operations of the API: each reads the token's account, asks the same use case or query as the page, answers JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, jsonify, request
from flask_babel import gettext

from innovations.api import operations
from innovations.api.bodies import read_body
from innovations.core.paging import page_numbers
from innovations.core.rules.errors import N_, DomainError, StateForbids
from innovations.core.rules.text import clean_line, clean_text
from innovations.core.transactions import AlreadyDone, Once, only_once, present_attempt, remember_location
from innovations.core.web import public
from innovations.core.web.handlers import on_domain_error
from innovations.library import improvement, searching
from innovations.people.rules.roles import Actor
from innovations.people.services.tokens import actor_with
from innovations.proposals import dossier_queries, queries
from innovations.proposals.queries import Chosen
from innovations.proposals.rules.content import FIELD_LIMITS
from innovations.proposals.rules.states import State
from innovations.proposals.services import drafting, submitting
from innovations.proposals.services import similar as similar_proposals
from innovations.search import Note, turn

bp = Blueprint("api", __name__, url_prefix="/api/v1")
WRITABLE = ("title", "situation", "content", "steps", "novelty", "author_benefit")


class NoToken(DomainError):
    """No bearer token, an expired one, or one without the scope."""

    status = 401
    message = N_("Cần khóa truy cập còn hạn với phạm vi %(scope)s.")


def operation(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Bind a view to its row in the table; the token must hold the row's scope, the body only known fields."""
    row = next(each for each in operations.OPERATIONS if each.name == name)

    def bind(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**path: str) -> Any:
            actor = _caller(row)
            with only_once(_once(actor)):
                return view(actor, **({"body": read_body(row)} if row.body else {}), **path)

        rule = row.path.replace("{", "<").replace("}", ">")
        bp.add_url_rule(rule, row.name, public(guarded), methods=[row.method.upper()])  # the token is the sign-in
        return guarded

    return bind


def _caller(row: operations.Operation) -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    actor = actor_with(token, row.scope) if scheme.lower() == "bearer" else None
    if actor is None:
        raise NoToken(scope=row.scope)
    return actor


def _once(actor: Actor) -> Once | None:
    key = request.headers.get("Idempotency-Key", "")[:60]
    return Once(f"api:{actor.account_id}:{request.path}:{key}"[:120]) if key and request.method != "GET" else None


@bp.errorhandler(AlreadyDone)
def repeated(earlier: AlreadyDone) -> Any:
    """A retry with the same Idempotency-Key: the first call's effect stands, and its answer is given again as the thing is now."""
    row = next(each for each in operations.OPERATIONS if request.endpoint == f"{bp.name}.{each.name}")
    code = earlier.location or (request.view_args or {}).get("code")
    if code is None:  # the first call broke off before it could say what it made
        return on_domain_error(StateForbids())
    return jsonify(_shown(_caller(row), code)), row.status


@bp.get("/openapi.json")
@public
def openapi() -> Any:
    """The OpenAPI document; it names operations, nobody's data."""
    return jsonify(operations.document())


@operation("library")
def library(actor: Actor) -> Any:
    """Search the library with the page's own parameters."""
    found = searching.find(actor, request.args)
    items = [
        {
            "code": card.code, "external_id": card.external_id or None, "title": card.plain_title, "unit": card.unit, "year": card.year,
            "grade": card.grade or None, "adoptions": card.adoptions, "score": round(card.score, 4),
            "highlights": {"title": card.title, "passage": card.passage},
            "file": {"name": card.file.name, "passage": card.file.passage} if card.file else None,
        }
        for card in found.cards
    ]  # fmt: skip
    facets = {
        group.name: [
            {"value": each.value, "label": str(each.label), "count": each.count, "chosen": each.chosen, "depth": each.depth}
            for each in group.entries
        ]
        for group in found.facets
    }
    return jsonify(
        total=found.total, items=items, facets=facets, query=found.read, notes=[_note(found.read, each) for each in found.notes],
        understood=found.understood, suggestion=found.suggestion, instead=found.instead, available=found.available,
        took_ms=round(found.took_ms, 2),
    )  # fmt: skip


def _note(read: str, note: Note) -> dict[str, Any]:
    """A remark on the query as the page makes it: its sentence, its place in ``read``, how much fell."""
    start = note.position
    end = None if start is None else min(start + note.length, len(read))
    return {
        "code": note.code, "message": gettext(note.message, **note.data), "start": start, "end": end,
        "text": None if start is None else read[start:end], "dropped": note.dropped,
    }  # fmt: skip


@operation("library_similar")
def library_similar(actor: Actor, code: str) -> Any:
    """Improvements like one of the library."""
    return jsonify(items=[{"code": each.code, "title": each.title} for each in improvement.similar_to(actor, code)])


@operation("similar")
def similar(actor: Actor, body: dict[str, Any]) -> Any:
    """Proposals like a title and text, as far as the account may see them."""
    with turn(actor.person_id):
        found = similar_proposals.like(actor, body["title"], body.get("text", ""))
    return jsonify(items=[{"code": each.address, "score": round(each.score, 4)} for each in found])


@operation("proposals")
def proposals(actor: Actor) -> Any:
    """What the account may see, newest first."""
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    state = request.args.get("state", "")
    found = queries.listing(actor, Chosen(state=State(state) if state in set(State) else None), page=page, per_page=per_page)
    items = [
        {
            "code": row.address,
            "title": row.title,
            "unit": row.unit,
            "state": row.state.value,
            "due_on": row.due_on and row.due_on.isoformat(),
        }
        for row in found.rows
    ]
    return jsonify(total=found.total, items=items)


@operation("proposal")
def proposal(actor: Actor, code: str) -> Any:
    """One proposal's text and state; confidential text never leaves by this door."""
    return jsonify(_shown(actor, code))


def _shown(actor: Actor, code: str) -> dict[str, Any]:
    found = dossier_queries.dossier(actor, code)
    return {
        "code": found.address, "version": found.version, "state": found.review.state.value, "unit": found.base_unit,
        **{name: getattr(found, name) for name in WRITABLE},
    }  # fmt: skip


def _texts(body: dict[str, Any]) -> dict[str, str]:
    cleaned = {}
    for name in WRITABLE:
        if name in body:
            clean = clean_line if name == "title" else clean_text
            cleaned[name] = clean(body[name], max_length=FIELD_LIMITS[name], field=name)
    return cleaned


@operation("create_proposal")
def create_proposal(actor: Actor, body: dict[str, Any]) -> Any:
    """Begin a draft; the declaration comes first here too."""
    texts = _texts(body)
    address = drafting.create_draft(actor, nothing_secret=body["nothing_secret"], values=texts)
    once = present_attempt()
    if once is not None:
        remember_location(once.key, address)
    return jsonify(_shown(actor, address)), 201


@operation("change_proposal")
def change_proposal(actor: Actor, code: str, body: dict[str, Any]) -> Any:
    """Change the text of a draft that has the version named."""
    drafting.save_text(actor, code, body["version"], _texts(body))
    return jsonify(_shown(actor, code))


@operation("submit_proposal")
def submit_proposal(actor: Actor, code: str, body: dict[str, Any]) -> Any:
    """Submit; everything missing comes back in ``errors``."""
    return jsonify(_shown(actor, submitting.submit(actor, code, nothing_secret=body["nothing_secret"])))
