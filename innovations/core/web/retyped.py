"""What somebody typed, under the labels of the form it was typed into: for the page that gives it back after an expired sign-in.

That page knows the fields' names and values only, not the form; the form is the one of the product that knows most of the names.
Choices and hidden fields stay out: they go back unseen, and their codes would say nothing to a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.fields.choices import SelectFieldBase
from wtforms.fields.core import UnboundField

from innovations.core.web.forms import PageForm

_UNSEEN = (HiddenField, SelectFieldBase, BooleanField)


def _forms(base: type[PageForm] = PageForm) -> Iterator[type[PageForm]]:
    for each in base.__subclasses__():
        yield each
        yield from _forms(each)


def _declared(form: type[Any]) -> dict[str, UnboundField[Any]]:
    found = {name: getattr(form, name) for name in dir(form) if not name.startswith("_")}
    return {name: field for name, field in found.items() if isinstance(field, UnboundField)}


def _closest(names: Iterable[str]) -> dict[str, UnboundField[Any]]:
    """The fields of the form that knows most of the names; of several such forms the smallest."""
    heads = {name.partition("-")[0] for name in names}
    return max(map(_declared, _forms()), key=lambda fields: (len(heads & fields.keys()), -len(fields)), default={})


def _field_of(fields: dict[str, UnboundField[Any]], name: str) -> UnboundField[Any] | None:
    """``title`` → its field; ``lines-0-unit`` → the field ``unit`` of a row of ``lines``."""
    head, *rest = name.split("-")
    field = fields.get(head)
    if field is not None and field.field_class is FieldList:
        field, rest = field.args[0], rest[1:]
    if field is not None and field.field_class is FormField:
        return _declared(field.args[0]).get(rest[-1]) if rest else None
    return field


def _label(fields: dict[str, UnboundField[Any]], name: str, value: str) -> str:
    """The label to show the value under; empty for what is not shown."""
    field = _field_of(fields, name)
    if not value.strip() or (field is not None and issubclass(field.field_class, _UNSEEN)):
        return ""
    label = str(field.kwargs.get("label") or "".join(map(str, field.args[:1]))) if field is not None else ""
    return label or (gettext("Nội dung đã gõ") if " " in value.strip() else "")


def retyped(sent: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Label and value of each field with something typed in it.

    A sentence in a field that no form declares, as of a sheet whose criteria are data, is shown under a general label.
    """
    fields = _closest(name for name, _value in sent)
    shown = [(_label(fields, name, value), value) for name, value in sent]
    return [(label, value) for label, value in shown if label]
