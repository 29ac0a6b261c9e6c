"""Fills a Word template with the data of a paper, or says what is wrong with the template.

Runs as a program of its own with little memory and time (:mod:`innovations.documents.filling` starts it): a template that
somebody uploaded is a program in the hands of strangers.  It imports nothing of the application and writes no file.  Data comes
as JSON on its input, so that a template meets texts and numbers and never a living object.

A template may name fields, choose with ``if`` and repeat with ``for``: the tree of each part is read before anything of it runs,
and whatever else it holds is a finding; so is a field that must be there and is printed with none of the data.  It prints one line of JSON, the findings, and after it the filled file.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from defusedxml import DefusedXmlException, ElementTree
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from lxml import etree

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
OUTPUT_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 40 * 1024 * 1024  # of the template; a letterhead with a picture stays far below
PLACE = 80  # characters of a paragraph that tell where something stands

DOTS = "……………………"
#: Fields of Word that fetch or start something.
FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Where a text may stand; anywhere else Word calls the file broken.
TEXT_IN = {f"{WORD}{name}" for name in ("t", "instrText", "delText", "delInstrText")}
TEXT_NOT_IN = {f"{WORD}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr")}
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


class _Environment(ImmutableSandboxedEnvironment):
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
            reader = _Reader(source, self._fields)
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

    def __init__(self, environment: _Environment, places: Mapping[int, tuple[str, bool]]) -> None:
        self._environment, self._places = environment, places

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """The node, or the same wrapped into a filter that tells."""
        if id(node) not in self._places:
            return self.generic_visit(node, *args, **kwargs)
        told: list[nodes.Expr] = [nodes.Const(each) for each in self._places[id(node)]]
        wrapped = nodes.Filter(node, "reached", told, [], None, None, lineno=node.lineno)  # type: ignore[arg-type]
        return wrapped.set_environment(self._environment)


class Refused(Exception):  # noqa: N818  (a finding)
    """The template as a whole cannot be used; ``code`` says why."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.finding = {"code": code, "name": "", "near": "", "place": place}


class _Template(DocxTemplate):
    """A template that prints its author nowhere and takes broken XML for what it is."""

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Properties are no text of the paper: what the template's maker left there is taken out."""
        for name in ("author", "comments", "identifier", "subject", "title", "last_modified_by", "keywords", "category"):
            setattr(self.docx.core_properties, name, "")

    def fix_tables(self, xml: str) -> Any:
        """Refuse what a misplaced tag tore apart, instead of mending it silently; before it, what is too long to be read."""
        if len(xml) > UNPACKED_BYTES:
            raise Refused("bomb")
        try:
            etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            raise Refused("torn") from None
        return super().fix_tables(xml)

    def parts(self) -> Iterator[str]:
        """Each part that is filled, as the template engine reads it: a line for each paragraph."""
        self.init_docx()
        sources = [self.get_xml()]
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            sources += [self.get_part_xml(part) for _key, part in self.get_headers_footers(uri)]
        for part in self.docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                sources.append(part.blob.decode("utf-8"))
        for source in sources:
            yield re.sub(r"<w:p([ >])", r"\n<w:p\1", self.patch_xml(source))


def _place(source: str, line: int) -> str:
    """The paragraph that stands in a line, as its reader sees it."""
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1]) if lines else ""
    return " ".join(text.split())[:PLACE]


class _Reader:
    """Reads the tree of one part against the fields of the paper and keeps what is wrong, and which fields are used."""

    def __init__(self, source: str, fields: dict[str, Any]) -> None:
        self._source, self._fields = source, fields
        self.findings: list[dict[str, str]] = []
        self.used: set[str] = set()
        self.places: dict[int, tuple[str, bool]] = {}  # of a node that is a field: which one, and whether it is printed there
        self._printing = False

    def _found(self, code: str, node: nodes.Node, name: str = "", near: str = "") -> None:
        self.findings.append({"code": code, "name": name, "near": near, "place": _place(self._source, node.lineno)})

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


def _syntax(source: str, error: TemplateSyntaxError) -> dict[str, str]:
    message = error.message or ""
    named = re.search(r"(?:unknown tag|needs to be closed is) '(\w+)'", message)
    code = "unclosed" if "needs to be closed" in message else "tag" if named else "syntax"
    return {"code": code, "name": named.group(1) if named else "", "near": "", "place": _place(source, error.lineno)}


def look(template: _Template, fields: dict[str, Any], needed: list[str]) -> list[dict[str, str]]:
    """What is wrong with the tags of a template, without running any."""
    findings, used = [], set()
    for source in template.parts():
        try:
            tree = _Environment().parse(source)
        except TemplateSyntaxError as error:
            findings.append(_syntax(source, error))
            continue
        reader = _Reader(source, fields)
        reader.check(tree, fields)
        findings += reader.findings
        used |= reader.used
    if not findings:
        findings = [{"code": "missing", "name": name, "near": "", "place": ""} for name in needed if name not in used]
    return [each for place, each in enumerate(findings) if each not in findings[:place]]


def _unpacked(archive: zipfile.ZipFile) -> int:
    """Bytes, as declared; reading stops there."""
    return sum(each.file_size for each in archive.infolist())


def check_package(content: bytes) -> None:
    """Refuse what no honest template holds: bombs, document types, fields that fetch, files embedded as text.

    :raises Refused: with the code of the finding.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _unpacked(archive) > UNPACKED_BYTES:
            raise Refused("bomb")
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _check_part(name, archive.read(name))


def _check_part(name: str, content: bytes) -> None:
    root = ElementTree.fromstring(content, forbid_dtd=True)
    for each in root.iter():
        if each.tag == f"{WORD}altChunk" or each.get("Type", "").endswith("/aFChunk"):
            raise Refused("outside")
        if each.tag == f"{WORD}fldSimple" and FETCHES.search(each.get(f"{WORD}instr", "")):
            raise Refused("outside")
    # A field may be written in pieces.
    for paragraph in root.iter(f"{WORD}p"):
        if FETCHES.search("".join(each.text or "" for each in paragraph.iter(f"{WORD}instrText"))):
            raise Refused("outside")


def _check_filled(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
                for each in ElementTree.fromstring(archive.read(name)).iter():
                    texts = [each.text if each.tag in TEXT_NOT_IN else "", *(one.tail for one in each if each.tag in TEXT_NOT_IN)]
                    if any((text or "").strip() for text in texts):
                        raise Refused("astray", " ".join(next(text for text in texts if (text or "").strip()).split())[:PLACE])


def filled(content: bytes, data: dict[str, Any], environment: _Environment) -> bytes:
    """The template with the data in it.

    :raises Refused: it cannot be filled.
    """
    out, template = io.BytesIO(), _Template(io.BytesIO(content))
    template.render(data, environment)
    template.save(out)
    if out.tell() > OUTPUT_BYTES or _unpacked(zipfile.ZipFile(out)) > UNPACKED_BYTES:
        raise Refused("bomb")
    _check_filled(out.getvalue())
    return out.getvalue()


def _dated(record: dict[str, Any]) -> Any:
    return date.fromisoformat(record["$date"]) if "$date" in record else record


def answer(order: dict[str, Any], content: bytes) -> tuple[list[dict[str, str]], bytes]:
    """Findings, and the template filled with the last of the data.

    :param order: ``fields`` the paper has, fields ``needed``, and ``data``: what to fill it with, one after another.
    """
    made = b""
    try:
        check_package(content)
        findings = look(_Template(io.BytesIO(content)), order["fields"], order["needed"])
        environment = _Environment(order["fields"] if order["needed"] else None)
        for data in () if findings else order["data"]:
            made = filled(content, data, environment)
        if made:
            never = environment.never(order["needed"], order["fields"])
            findings = [{"code": "never", "name": name, "near": "", "place": ""} for name in never]
    except Refused as refused:
        return [refused.finding], b""
    except (MemoryError, RecursionError):
        return [Refused("bomb").finding], b""
    except DefusedXmlException:
        return [Refused("dtd").finding], b""
    except Exception:  # noqa: BLE001  (whatever a template breaks, nothing of it is used)
        return [Refused("broken").finding], b""
    return findings, made


def main(name: str) -> None:
    """Work within the limits and print what came out."""
    order = json.load(sys.stdin.buffer, object_hook=_dated)
    with open(name, "rb") as source:  # noqa: PTH123  (the path is the starter's)
        content = source.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES + 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    findings, made = answer(order, content)
    sys.stdout.buffer.write(json.dumps(findings).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    os._exit(0)  # what was built is not taken apart


if __name__ == "__main__":
    main(sys.argv[1])
