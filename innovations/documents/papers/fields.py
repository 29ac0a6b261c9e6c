"""The fields a Word template may name: read off the dataclass of the paper, with the meaning that stands beside each field there.

Fields travel as plain JSON, since the program that fills templates knows nothing of the application: a text is ``{"text": 1}``, a
yes or no ``{"flag": 1}``, a list ``{"list": …}``, a group of fields ``{"record": {name: …}}``.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from innovations.core.rules.errors import N_
from innovations.documents.papers.data import PaperData
from innovations.documents.papers.render import UNPRINTABLE, figures

DRAFT = "draft"
DRAFT_MEANING = N_("Còn là dự thảo hay không")
HOSTILE = "a < b & c > d “{{ ''.__class__ }}” {% for %} ]]> \x07 " + "Nguyễn" * 20
MANY = 12  # entries of a list in the long sample


def _bare(hint: Any) -> tuple[Any, str]:
    """The type and the meaning beside it."""
    return (get_args(hint)[0], get_args(hint)[1]) if get_origin(hint) is Annotated else (hint, "")


def _inside(hint: Any) -> Any:
    """The type without "or nothing"."""
    if isinstance(hint, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _hints(kind: type) -> dict[str, tuple[Any, str]]:
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: _bare(hints[each.name]) for each in fields(kind)}


def _kind(hint: Any) -> dict[str, Any]:
    inside = _inside(hint)
    if get_origin(inside) is tuple:
        return {"list": _kind(get_args(inside)[0])}
    if is_dataclass(inside):
        return {"record": {name: _kind(each) for name, (each, _meaning) in _hints(inside).items()}}  # type: ignore[arg-type]
    return {"flag": 1} if inside is bool else {"text": 1}


def fields_of(paper: type[PaperData]) -> dict[str, Any]:
    """What a template of the paper may name, ``draft`` among it."""
    return {**_kind(paper)["record"], DRAFT: {"flag": 1}}


@dataclass(frozen=True)
class FieldShown:
    """A field as the page lists it.

    :param path: as a template names it, ``head.number``; inside a list with the name of the list before it, ``items[].title``.
    :param meaning: a marked sentence, to be translated; :param repeats: it is a list.
    """

    path: str
    meaning: str
    repeats: bool


def listed(paper: type[PaperData]) -> list[FieldShown]:
    """Every field of the paper in the order of its dataclass, groups opened."""
    return [*_listed(paper, ""), FieldShown(DRAFT, DRAFT_MEANING, False)]


def _listed(kind: type, before: str) -> Iterator[FieldShown]:
    for name, (hint, meaning) in _hints(kind).items():
        inside, path = _inside(hint), before + name
        repeats = get_origin(inside) is tuple
        yield FieldShown(path, meaning, repeats)
        of = get_args(inside)[0] if repeats else inside
        if is_dataclass(of):
            yield from _listed(of, path + ("[]." if repeats else "."))  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, Decimal):
        return figures(value)
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def plain(paper: PaperData, *, draft: bool) -> dict[str, Any]:
    """The paper as JSON: figures written the Vietnamese way, dates marked as dates."""
    return {**_plain(asdict(paper)), DRAFT: draft}


def samples(paper: type[PaperData]) -> list[dict[str, Any]]:
    """Contents to try a template with: everything there, as a draft and not, nothing there, many entries with long texts and markup.

    A field with a few known values is tried with each of them.
    """
    full = [_sample(paper, "full", choice) for choice in range(_choices(paper))]
    drafts = [{**each, DRAFT: True} for each in (*full, _sample(paper, "empty", 0), _sample(paper, "long", 0))]
    return [{**full[0], DRAFT: False}, *drafts]


def _choices(paper: type[PaperData]) -> int:
    return max([len(get_args(hint)) for hint, _meaning in _hints(paper).values() if get_origin(hint) is Literal], default=1)


def _sample(hint: Any, how: str, choice: int, meaning: str = "") -> Any:
    if hint is not (inside := _inside(hint)) and how == "empty":
        return None
    if get_origin(inside) is Literal:
        return get_args(inside)[choice % len(get_args(inside))]
    if get_origin(inside) is tuple:
        count = {"full": 2, "empty": 0, "long": MANY}[how]
        return [_sample(get_args(inside)[0], how, choice, meaning) for _each in range(count)]
    if is_dataclass(inside):
        return {name: _sample(each, how, choice, said) for name, (each, said) in _hints(inside).items()}  # type: ignore[arg-type]
    return _value(inside, how, meaning)


def _value(kind: type, how: str, meaning: str) -> Any:
    empty = how == "empty"
    if kind is bool:
        return not empty
    if kind is int:
        return 0 if empty else 12
    if kind is date:
        return {"$date": "2026-11-30"}
    if kind is Decimal:
        return "0" if empty else "82,5"
    return {"empty": "", "full": meaning or "…", "long": _plain(HOSTILE)}[how]
