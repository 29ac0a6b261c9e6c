"""What may stand between the braces of a Word template: fields, choices, repetitions and a few ways of writing a value.

The tree of each part is read before anything of it runs: :class:`Reader` names whatever else it holds.  :class:`Environment` is where it
runs then, for the program that fills templates (:mod:`innovations.documents.fill`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

PLACE = 80  # characters of a paragraph that tell where something stands
DOTS = "……………………"
LOOP = {"record": {"index": {"text": 1}, "index0": {"text": 1}, "first": {"text": 1}, "last": {"text": 1}, "length": {"text": 1}}}
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Filter, nodes.If, nodes.For,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Add, nodes.Sub, nodes.Test,
)  # fmt: skip


def long_date(value: date | None) -> str:
    """``2026-11-02`` → ``ngày 02 tháng 11 năm 2026``; none → a blank to fill by hand."""
    return f"ngày {value:%d} tháng {value:%m} năm {value.year}" if value else "ngày …… tháng …… năm 20……"


def short_date(value: date | None) -> str:
    """``2026-11-02`` → ``02/11/2026``."""
    return f"{value:%d/%m/%Y}" if value else "……/……/20……"


FILTERS: dict[str, Any] = {
    "long_date": long_date,
    "short_date": short_date,
    "dots": lambda value, dots=DOTS: value or dots,
    "upper": lambda text: str(text).upper(),
    "join": lambda texts, between=", ": str(between).join(map(str, texts)),
    "length": len,
    "two": lambda number: f"{number:02d}",
    "lines": lambda text: [line for line in str(text).splitlines() if line.strip()],
}


def _written(value: Any) -> Any:
    """What a field prints as it stands: dates the long way, nothing for none."""
    if value is None:
        return ""
    return long_date(value) if isinstance(value, date) else value


class Environment(ImmutableSandboxedEnvironment):
    """Where templates run: texts escaped, unknown names refused, no function to call.

    :param fields: those the paper has; given them, it notes which are ``printed`` and which ``asked`` for while templates are filled.
    """

    def __init__(self, fields: dict[str, Any] | None = None) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_written)
        self.globals.clear()
        self.filters = {**FILTERS, "reached": self._reached}  # no template can name the last: it is none of FILTERS
        self.tests = {"none": lambda value: value is None}
        self._fields = fields
        self.printed: set[str] = set()
        self.asked: set[str] = set()

    def _reached(self, value: Any, path: str, printed: bool) -> Any:
        (self.printed if printed else self.asked).add(path)
        return value

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self._fields is not None:
            reader = Reader(source, self._fields)
            reader.check(tree, self._fields)
            _Watch(self, reader.places).visit(tree)
        return tree

    def never(self, needed: list[str], fields: dict[str, Any]) -> list[str]:
        """Fields of ``needed`` that nothing printed; of a yes or no it is enough that it was asked for."""
        asked = {name for name in self.asked if fields.get(name, {}).get("flag")}
        # A text may be printed line by line, a list entry by entry.
        return [name for name in needed if not {name, f"{name}[]"} & (self.printed | asked)]


class _Watch(NodeTransformer):
    """Lets each field tell when it is reached."""

    def __init__(self, environment: Environment, places: Mapping[int, tuple[str, bool]]) -> None:
        self._environment, self._places = environment, places

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """The node, or the same wrapped into a filter that tells."""
        if id(node) not in self._places:
            return self.generic_visit(node, *args, **kwargs)
        told: list[nodes.Expr] = [nodes.Const(each) for each in self._places[id(node)]]
        wrapped = nodes.Filter(node, "reached", told, [], None, None, lineno=node.lineno)  # type: ignore[arg-type]
        return wrapped.set_environment(self._environment)


def place_of(source: str, line: int) -> str:
    """The paragraph that stands in a line, as its reader sees it."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1]) if lines else ""
    return " ".join(text.split())[:PLACE]


class Reader:
    """Reads the tree of one part against the fields of the paper and keeps what is wrong, and which fields are used."""

    def __init__(self, source: str, fields: dict[str, Any]) -> None:
        self._source, self._fields = source, fields
        self.findings: list[dict[str, str]] = []
        self.used: set[str] = set()
        self.places: dict[int, tuple[str, bool]] = {}  # of a node that is a field: which one, and whether it is printed there
        self._printing = False

    def _found(self, code: str, node: nodes.Node, name: str = "", near: str = "") -> None:
        self.findings.append({"code": code, "name": name, "near": near, "place": place_of(self._source, node.lineno)})

    def _field(self, node: nodes.Node, name: str, known: Mapping[str, Any], path: str) -> tuple[Any, str]:
        path = f"{path}.{name}" if path else name
        if name in known:
            self.used.add(known[name].get("path", path))
            return known[name], known[name].get("path", path)
        near = difflib.get_close_matches(name, known, 1, 0.4)
        self._found("unknown", node, name, near[0] if near else "")
        return None, path

    def kind_of(self, node: nodes.Node | None, scope: Mapping[str, Any]) -> tuple[Any, str]:
        """What an expression is, and its path; ``None`` once something is wrong with it."""
        if isinstance(node, nodes.Name):
            return self._field(node, node.name, scope, "")
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, scope)
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, scope)
        if node is not None:
            self.check(node, scope)
        return {"text": 1}, ""

    def _attribute(self, node: nodes.Getattr, scope: Mapping[str, Any]) -> tuple[Any, str]:
        kind, path = self.kind_of(node.node, scope)
        if kind is None:
            return None, path
        if "record" in kind:
            return self._field(node, node.attr, kind["record"], path)
        self._found("in_list" if "list" in kind else "no_part", node, node.attr, path)
        return None, path

    def _filtered(self, node: nodes.Filter, scope: Mapping[str, Any]) -> tuple[Any, str]:
        if node.name not in FILTERS:
            near = difflib.get_close_matches(node.name, FILTERS, 1, 0.4)
            self._found("filter", node, node.name, near[0] if near else "")
        for each in node.args:
            self.check(each, scope)
        _kind, path = self.kind_of(node.node, scope)
        return ({"list": {"text": 1}} if node.name == "lines" else {"text": 1}), path

    def check(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        """Look at a node and all below it."""
        if not isinstance(node, ALLOWED):
            self._found("forbidden", node, type(node).__name__.lower())
        elif isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Output):
            for shown in node.nodes:
                self._printed(shown, scope)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Filter):
            self.places[id(node)] = self.kind_of(node, scope)[1], self._printing
        else:
            for each in node.iter_child_nodes():
                self.check(each, scope)

    def _printed(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        self._printing = True
        kind, path = self.kind_of(node, scope)
        self._printing = False
        if path:
            self.places[id(node)] = path, True
        if kind is not None and ("list" in kind or "record" in kind):
            self._found("whole", node, path)

    def _loop(self, node: nodes.For, scope: Mapping[str, Any]) -> None:
        kind, path = self.kind_of(node.iter, scope)
        if kind is not None and "list" not in kind:
            self._found("no_list", node, path)
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self._found("forbidden", node, "for")
            return
        of = {**kind["list"], "path": f"{path}[]"} if kind and "list" in kind else None
        inner = {**scope, "loop": {**LOOP, "path": "loop"}, node.target.name: of or {"text": 1}}
        inside: list[nodes.Node] = [*node.body, *([node.test] if node.test else [])]
        for each in inside:
            self.check(each, inner)
        for each in node.else_:
            self.check(each, scope)


def syntax_finding(source: str, error: TemplateSyntaxError) -> dict[str, str]:
    """What is wrong with a part that is no template at all."""
    message = error.message or ""
    named = re.search(r"(?:unknown tag|needs to be closed is) '(\w+)'", message)
    code = "unclosed" if "needs to be closed" in message else "tag" if named else "syntax"
    return {"code": code, "name": named.group(1) if named else "", "near": "", "place": place_of(source, error.lineno)}
