"""How a page answers a sent form.

``answer`` calls the use case and redirects (303).  A refusal that names a field comes back on the form with what was typed
still there (422, or the refusal's own status); every other refusal goes to the one error handler.  Views contain no ``try``.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, flash, g, redirect
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField
from wtforms.form import BaseForm

from innovations.core.formats import sentence
from innovations.core.rules.errors import DomainError, Several
from innovations.core.transactions import AlreadyDone, present_attempt

Result = TypeVar("Result")


def safe_next(target: str | None, fallback: str) -> str:
    """``target`` when it is a path on this site, else ``fallback``: ``"//evil"`` → ``fallback``."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target) else target


def redirect_to(location: str, message: str | None = None) -> Response:
    """303 to ``location``, with a sentence for the next page."""
    if message:
        flash(message)
    return redirect(location, code=303)  # type: ignore[return-value]


def _fields(form: BaseForm) -> Iterator[Field]:
    """The form's fields, those of its rows too: ``phases``, ``phases-0-name``."""
    for field in form:
        yield field
        if isinstance(field, FieldList):
            yield from (each for row in field if isinstance(row, FormField) for each in _fields(row.form))


def put_on_form(form: FlaskForm, error: DomainError) -> list[DomainError]:
    """Put each refusal beside the field it names; return those that name none of the form's fields."""
    left, fields = [], {field.name: field for field in _fields(form)} | {field.short_name: field for field in form}
    for one in error.errors if isinstance(error, Several) else [error]:
        field = fields.get(one.field) if one.field else None
        if field is None:
            left.append(one)
        else:
            field.errors = [*field.errors, sentence(one)]
    for field in form:
        if isinstance(field, FieldList) and any(row.errors for row in field):
            field.errors = [*field.errors, *filter(None, (row.errors for row in field))]  # as after WTForms' own validation
    return left


def _refused(form: FlaskForm, page: Callable[[], Any], status: int) -> tuple[Any, int]:
    """The form again; the server's log is told which of its fields were refused (:mod:`innovations.core.web.handlers`)."""
    g.refused_fields = sorted(str(name) for name in form.errors if name)
    return page(), status


def answer(
    form: FlaskForm,
    use_case: Callable[[], Result],
    *,
    done: str | Callable[[Result], str],
    page: Callable[[], Any],
    message: str | Callable[[Result], str] | None = None,
    listed: bool = False,
) -> Any:
    """Validate ``form``, run ``use_case`` once, and answer.

    :param done: where to go afterwards; a function of the result says so too late for the act's own transaction, and costs a second
        write that a second click be led there.
    :param listed: the page itself lists everything that is missing (:class:`Several`) and needs it on no field.
    :param page: renders the page with ``form`` on it, for refusals.
    :param message: sentence shown after success, or a function of the result.
    """
    if not form.validate_on_submit():
        return _refused(form, page, 422)
    once = present_attempt()
    if once is not None:
        once.location = done if isinstance(done, str) else None
    try:
        result = use_case()
    except AlreadyDone:
        raise
    except DomainError as error:
        if listed and isinstance(error, Several):
            return page(), error.status
        left = put_on_form(form, error)
        if left and not (isinstance(error, Several) and len(left) < len(error.errors)):
            raise
        form.form_errors = [*form.form_errors, *(sentence(one) for one in left)]
        return _refused(form, page, error.status)
    return redirect_to(done if isinstance(done, str) else done(result), message(result) if callable(message) else message)
