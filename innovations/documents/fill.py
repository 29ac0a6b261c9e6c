"""Fills a Word template with the data of a paper, or says what is wrong with the template.

Runs as a program of its own with little memory and time (:mod:`innovations.documents.filling` starts it): a template that
somebody uploaded is a program in the hands of strangers.  It imports no Flask and no database and writes no file.  Data comes
as JSON on its input, so that a template meets texts and numbers and never a living object.

A template may name fields, choose with ``if`` and repeat with ``for``: the tree of each part is read before anything of it runs,
and whatever else it holds is a finding; so is a field that must be there and is printed with none of the data.  It prints one line of JSON, the findings, and after it the filled file.
"""

from __future__ import annotations

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
from jinja2 import TemplateSyntaxError
from lxml import etree

from innovations.documents.template_tags import PLACE, Environment, Reader, syntax_finding

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
OUTPUT_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 40 * 1024 * 1024  # of the template; a letterhead with a picture stays far below

#: Fields of Word that fetch or start something.
FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Where a text may stand; anywhere else Word calls the file broken.
TEXT_IN = {f"{WORD}{name}" for name in ("t", "instrText", "delText", "delInstrText")}
TEXT_NOT_IN = {f"{WORD}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr")}


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


def look(template: _Template, fields: dict[str, Any], needed: list[str]) -> list[dict[str, str]]:
    """What is wrong with the tags of a template, without running any."""
    findings, used = [], set()
    for source in template.parts():
        try:
            tree = Environment().parse(source)
        except TemplateSyntaxError as error:
            findings.append(syntax_finding(source, error))
            continue
        reader = Reader(source, fields)
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


def filled(content: bytes, data: dict[str, Any], environment: Environment) -> bytes:
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
        environment = Environment(order["fields"] if order["needed"] else None)
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
