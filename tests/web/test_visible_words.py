"""Nothing that a reader sees stands outside the catalogue, in Python, templates or scripts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.english_pages import VIETNAMESE, both, messages
from tools.translate import ROOT

MARKERS = {"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext", "pgettext", "npgettext"}

#: Python files whose Vietnamese is not a message, and why.
NOT_MESSAGES = {
    "innovations/cli/demo/": "invented data of a Vietnamese instance",
    "innovations/documents/papers/": "official papers are Vietnamese",
    "innovations/documents/template_tags.py": "official papers are Vietnamese",
    "innovations/boards/papers.py": "official papers are Vietnamese",
    "innovations/boards/decision_papers.py": "official papers are Vietnamese",
    "innovations/boards/minutes.py": "official papers are Vietnamese",
    "innovations/boards/submissions.py": "official papers are Vietnamese",
    "innovations/boards/reviewer_remarks.py": "official papers are Vietnamese",
    "innovations/boards/establishment.py": "official papers are Vietnamese",
    "innovations/boards/invitations.py": "official papers are Vietnamese",
    "innovations/boards/ballot_papers.py": "official papers are Vietnamese",
    "innovations/proposals/papers.py": "official papers are Vietnamese",
    "innovations/library/papers.py": "official papers are Vietnamese",
    "innovations/proposals/rules/novelty.py": "the reason of a refusal, written into the record",
    "innovations/core/rules/words.py": "numbers in words, for papers",
    "innovations/core/rules/secrecy.py": "markings looked for in what people type",
    "innovations/core/rules/money.py": "what people type behind an amount",
    "innovations/core/rules/text.py": "one letter that has no decomposition",
    "innovations/search/text/analysis.py": "one letter that has no decomposition",
    "innovations/search/asking/filter_values.py": "what people type into the search box",
    "innovations/search/text/abbreviations.py": "what people abbreviate, and how they write it out",
    "innovations/search/text/keystrokes.py": "letters that keys stand for",
    "innovations/search/asking/query.py": "examples of what people type into the search box",
    "innovations/people/rules/persons.py": "ranks and forms of address split off names",
    "innovations/people/rules/lists.py": "headers of files that units and people are imported from",
    "innovations/people/services/founding.py": "names of the first unit and person, edited afterwards",
    "innovations/exchange/rules/words.py": "words of an old register",
    "innovations/reports/columns.py": "headers and words of the register file",
    "innovations/reports/annual.py": "headers of the annual report, an official form",
    "innovations/reports/papers.py": "official papers are Vietnamese",
    "innovations/reports/replication.py": "official papers are Vietnamese",
    "innovations/reports/files.py": "name of the sheet in the register file",
    "innovations/regulations/rules/campaigns.py": "fields as shipped; their English stands beside them in the table",
    "innovations/regulations/rules/rulesets.py": "legal bases as printed on papers, and names inside a set that no page shows",
    "innovations/api/operations.py": "title of the machine's document",
}
#: Words in templates that are the same in both languages.
SAME_IN_BOTH = {"PDF", "Ctrl", "Enter", "j", "k", "VI", "EN"}
#: Attributes a reader sees or hears.
ATTRIBUTES = re.compile(r"""\b(?:aria-label|title|placeholder|alt|data-confirm)=["']([^"']*)["']""")


def _marked(tree: ast.AST) -> set[int]:
    """Ids of the constants that are arguments of a marker, or docstrings and bare strings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKERS:
                found |= {id(part) for argument in node.args for part in ast.walk(argument)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return found


def python_files() -> list[Path]:
    return sorted(path for path in (ROOT / "innovations").rglob("*.py") if "migrations" not in path.parts)


def test_no_vietnamese_stands_outside_the_catalogue_in_python() -> None:
    wrong = []
    for path in python_files():
        name = path.relative_to(ROOT).as_posix()
        if any(name.startswith(each) for each in NOT_MESSAGES):
            continue
        tree = ast.parse(path.read_text())
        marked = _marked(tree)
        wrong += [
            f"{name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VIETNAMESE.search(node.value)
            if id(node) not in marked
        ]
    assert wrong == []


def test_every_file_excused_above_still_needs_it() -> None:
    unneeded = []
    for name in NOT_MESSAGES:
        files = [path for path in python_files() if path.relative_to(ROOT).as_posix().startswith(name)]
        if not any(VIETNAMESE.search(path.read_text()) for path in files):
            unneeded.append(name)
    assert unneeded == []


def test_every_marked_sentence_reaches_the_catalogue() -> None:
    """A call inside an f-string is overlooked by the extraction; write the sentence with placeholders instead."""
    known = {each for message in messages() for each in both(message.id)}
    missing = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and first.value not in known:
                    missing.append(f"{path.relative_to(ROOT)}:{node.lineno}: {first.value}")
    assert missing == []


def _words(markup: str) -> set[str]:
    """Words a reader sees in a piece of template: text between tags, and spoken attributes."""
    attributes = " ".join(ATTRIBUTES.findall(markup))
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup, flags=re.DOTALL))
    return set(re.findall(r"[^\W\d_]+", f"{text} {attributes}"))


def _template_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Line and words of what a template shows outside the catalogue."""
    source = path.read_text()
    # Tags are cut by expressions; the words between them are found in the whole, with expressions and statements blanked out.
    blank = re.sub(r"\{#.*?#\}|\{% block main_class %\}.*?\{% endblock %\}", "", source, flags=re.DOTALL)
    blank = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", blank, flags=re.DOTALL)
    blank = re.sub(r"<[^>]*>", lambda tag: " " + " ".join(ATTRIBUTES.findall(tag.group())) + " ", blank, flags=re.DOTALL)
    for number, line in enumerate(blank.splitlines(), 1):
        for word in _words(line) - SAME_IN_BOTH:
            yield number, word


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
#: Words that stand in templates in one language on purpose.
NAMED_IN_ITS_OWN_LANGUAGE = {"base.html": {"tiếng", "Việt", "English"}, "_messages.html": None}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_shows_no_words_outside_the_catalogue(path: Path) -> None:
    allowed = NAMED_IN_ITS_OWN_LANGUAGE.get(path.name, set())
    if allowed is None:  # JSON for the scripts: its keys are words, its values go through the catalogue
        return
    assert [(line, word) for line, word in _template_texts(path) if word not in allowed] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_vietnamese_stands_outside_the_catalogue_in_an_expression(path: Path) -> None:
    tree = Environment(autoescape=True).parse(path.read_text())
    marked: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKERS:
            for argument in call.args:
                marked |= {id(argument), *(id(part) for part in argument.find_all(nodes.Const))}
    wrong = [
        (const.lineno, const.value)
        for const in tree.find_all(nodes.Const)
        if isinstance(const.value, str) and VIETNAMESE.search(const.value) and id(const) not in marked
    ]
    assert wrong == []


def test_scripts_hold_no_vietnamese() -> None:
    wrong = []
    for path in sorted((ROOT / "innovations" / "static" / "js").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(), flags=re.DOTALL)
        wrong += [f"{path.name}: {line.strip()}" for line in code.splitlines() if VIETNAMESE.search(line)]
    assert wrong == []


def test_every_form_is_made_from_ours() -> None:
    """``PageForm`` and ``PagePart`` know WTForms' own sentences in both languages; see ``core/web/forms``."""
    wrong = []
    for path in python_files():
        if path.name == "forms.py" and path.parent.name == "web":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and {getattr(base, "id", "") for base in node.bases} & {"FlaskForm", "Form"}:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert wrong == []


def test_every_maker_of_papers_speaks_vietnamese() -> None:
    """A function that sets a paper stands under ``@in_vietnamese``, or its dates and numbers follow the reader's language."""
    wrong = []
    for path in python_files():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name != "render_pdf":
                calls = {getattr(each.func, "id", "") for each in ast.walk(node) if isinstance(each, ast.Call)}
                if "render_pdf" in calls and "in_vietnamese" not in {getattr(each, "id", "") for each in node.decorator_list}:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert wrong == []
