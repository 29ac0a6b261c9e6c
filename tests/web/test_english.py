"""English readers: the catalogue is whole and in step with the source, and no page speaks Vietnamese to them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from jinja2 import Environment, nodes

from innovations.core.clock import today
from innovations.core.web.forms import OwnSentences
from innovations.documents.extract import pages_of
from tests.board_world import BoardWorld
from tests.english_pages import VIETNAMESE, data, leaks
from tests.meeting_world import before_board, concluded, scored
from tests.recognised import index, recognise
from tests.world import PASSWORD
from tools.translate import MO, PO, ROOT, extracted, stored, untranslated

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%")
MARKERS = {"_", "_l", "N_", "gettext", "lazy_gettext", "ngettext", "pgettext", "npgettext"}

#: Python files whose Vietnamese is not a message, and why.
NOT_MESSAGES = {
    "innovations/cli/demo/": "invented data of a Vietnamese instance",
    "innovations/documents/papers/": "official papers are Vietnamese",
    "innovations/boards/papers.py": "official papers are Vietnamese",
    "innovations/boards/decision_papers.py": "official papers are Vietnamese",
    "innovations/boards/minutes.py": "official papers are Vietnamese",
    "innovations/proposals/papers.py": "official papers are Vietnamese",
    "innovations/proposals/rules/novelty.py": "the reason of a refusal, written into the record",
    "innovations/core/rules/words.py": "numbers in words, for papers",
    "innovations/core/rules/secrecy.py": "markings looked for in what people type",
    "innovations/core/rules/money.py": "what people type behind an amount",
    "innovations/core/rules/text.py": "one letter that has no decomposition",
    "innovations/search/analysis.py": "one letter that has no decomposition",
    "innovations/search/filter_values.py": "what people type into the search box",
    "innovations/search/query.py": "examples of what people type into the search box",
    "innovations/people/rules/persons.py": "ranks and forms of address split off names",
    "innovations/people/rules/lists.py": "headers of files that units and people are imported from",
    "innovations/people/services/founding.py": "names of the first unit and person, edited afterwards",
    "innovations/exchange/rules/words.py": "words of an old register",
    "innovations/reports/columns.py": "headers and words of the register file",
    "innovations/reports/annual.py": "headers of the annual report, an official form",
    "innovations/reports/files.py": "name of the sheet in the register file",
    "innovations/regulations/rules/campaigns.py": "fields as shipped; their English stands beside them in the table",
    "innovations/regulations/rules/rulesets.py": "legal bases as printed on papers, and names inside a set that no page shows",
    "innovations/api/operations.py": "title of the machine's document",
}
#: Words in templates that are the same in both languages.
SAME_IN_BOTH = {"PDF", "Ctrl", "Enter", "j", "k", "VI", "EN"}
#: Attributes a reader sees or hears.
ATTRIBUTES = re.compile(r"""\b(?:aria-label|title|placeholder|alt|data-confirm)=["']([^"']*)["']""")


def messages() -> Iterator[Message]:
    """The catalogue without its header."""
    return (message for message in stored() if message.id)


def both(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_message_has_its_english() -> None:
    assert untranslated(stored()) == []


def test_nothing_in_the_catalogue_is_guessed_or_left_over() -> None:
    catalog = stored()
    assert [message.id for message in messages() if message.fuzzy] == []
    assert list(catalog.obsolete) == []
    assert not re.search(r"^#~", PO.read_text(), re.MULTILINE)


def test_the_catalogue_is_in_step_with_the_source() -> None:
    """Run ``./dev translate`` and write the English of what it names."""
    in_source = {(both(message.id)[0], message.context) for message in extracted() if message.id}
    in_catalogue = {(both(message.id)[0], message.context) for message in messages()}
    assert in_source - in_catalogue == set()
    assert in_catalogue - in_source == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with PO.open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale="en"))
    assert MO.read_bytes() == compiled.getvalue()
    with MO.open("rb") as file:
        assert len(read_mo(file)) == len(stored())


def test_both_languages_have_the_same_placeholders() -> None:
    wrong = {
        both(message.id)[0]: english
        for message in messages()
        for english in both(message.string)
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(both(message.id)[0]))
    }
    assert wrong == {}


def test_the_english_holds_no_vietnamese() -> None:
    allowed = ("đồng", "QĐ-1A", "NĐ-CP", "Tết")
    wrong = []
    for message in messages():
        for english in both(message.string):
            rest = english
            for word in allowed:
                rest = rest.replace(word, "")
            if VIETNAMESE.search(rest):
                wrong.append(english)
    assert wrong == []


def test_nobody_is_called_comrade_in_english() -> None:
    assert [message.id for message in messages() if re.search("comrade", " ".join(both(message.string)), re.IGNORECASE)] == []


# Nothing visible stands outside the catalogue.


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


# What a reader of English sees.


def english(client: FlaskClient) -> FlaskClient:
    """The same browser after its reader pressed EN."""
    client.post("/locale", data={"locale": "en", "next": "/"})
    return client


def story(board: BoardWorld) -> None:
    """Proposals in many states, a meeting, a recognised improvement with an adoption request."""
    world = board.world
    world.draft(title="Bản nháp về giá để dụng cụ của tổ trực")
    world.submitted(title="Tủ sấy khô tài liệu dùng quạt thông gió")
    board.scoring(title="Khung tập thể lực ghép từ ống thép cũ")
    before_board(board, scored(board, title="Bảng theo dõi bảo dưỡng treo tường"))
    concluded(board, title="Giá để mũ cứng có đánh số chỗ")
    code = recognise(world, title="Sổ điện tử ghi lịch tập của đơn vị")
    index(world)
    donvi = world.client("donvi")
    unit = BeautifulSoup(donvi.get(f"/library/{code}").text, "html.parser").select_one("#unit_id option[value]")
    if unit:
        sent = {"unit_id": unit["value"], "kind": "replication", "purpose": "Áp dụng cho tổ trực của tiểu đoàn, cần sớm."}
        donvi.post(f"/library/{code}/adopt", data=sent)


#: Addresses that answer with a file, or end the sign-in.
NO_PAGES = re.compile(
    r"\.(?:pdf|csv|xlsx)|/files/|/paper/|/static/|/signout|/reports/(?:register|library)|/admin/register/template"
)
STARTS = ("/", "/library/", "/proposals/", "/boards/", "/reports/", "/account", "/library/help", "/proposals/new")
PAGES_PER_READER = 45


def pages(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Addresses and pages reached by following links from the home page, each path once whatever its query."""
    waiting, seen = list(STARTS), set()
    while waiting and len(seen) < PAGES_PER_READER:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if path in seen or NO_PAGES.search(path):
            continue
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        seen.add(path)
        yield address, answer.text
        links = BeautifulSoup(answer.text, "html.parser").select("a[href^='/']")
        waiting += [str(link["href"]) for link in links]


READERS = (
    "tacgia", "tiepnhan", "thuky", "chutich", "uyvien3", "chihuy", "chihuy2", "vanphong", "donvi", "docgia", "baomat", "kiemtra",
    "quantri",
)  # fmt: skip


def test_no_page_speaks_vietnamese_to_a_reader_of_english(board: BoardWorld) -> None:
    story(board)
    known = data({each for message in messages() for each in both(message.id)})
    found: dict[str, set[str]] = {}
    for number in READERS:
        client = english(board.world.client(number))
        for address, page in pages(client):
            assert '<html lang="en">' in page, (number, address)
            # The list of fields shows both names to who edits them.
            wrong = leaks(page, known) if address != "/admin/fields" else set()
            if wrong:
                found.setdefault(address, set()).update(wrong)
    assert "\n".join(sorted({f"{a}: {t}" for a, ts in found.items() for t in ts})) == ""


def test_refusals_of_forms_are_english_too(board: BoardWorld) -> None:
    address = board.world.draft(title="Thử")
    known = data({each for message in messages() for each in both(message.id)})
    client = english(board.world.client("tacgia"))
    for path, sent in (
        ("/proposals/new", {}),
        (f"/proposals/{address}/submit", {}),
        (f"/proposals/{address}/edit/idea", {"version": "1", "proposal_class": "nonsense", "first_applied_on": "31/02/2026"}),
        ("/account/password", {}),
    ):
        answer = client.post(path, data=sent)
        assert answer.status_code in (200, 303, 400, 404, 405, 409, 422), path
        assert leaks(answer.text, known) == set(), path


def test_a_vietnamese_reader_is_refused_in_vietnamese_by_wtforms_too(board: BoardWorld) -> None:
    answer = board.world.client("vanphong").post("/admin/campaigns/new", data={"name": "Đợt 1", "year": "1900"})
    assert answer.status_code == 422
    assert "Nhập số từ 2000 đến 2100." in answer.text
    assert "Number must be" not in answer.text


def test_what_wtforms_may_newly_say_is_not_shown_in_its_words(board: BoardWorld) -> None:
    with board.world.app.test_request_context():
        assert OwnSentences().gettext("Some new refusal of the library.") == "Giá trị không hợp lệ; xin nhập lại."


def test_dates_in_english_name_the_month_and_numbers_take_a_point(board: BoardWorld) -> None:
    number = before_board(board, scored(board, points={"novelty": "24.5"}))
    page = english(board.world.client("thuky")).get(f"/boards/{board.board_id}/meetings/{number}").text
    day = today()
    assert f"{day.day} {day:%b} {day.year}" in page
    assert f"{day:%d/%m/%Y}" not in page


def test_a_paper_is_vietnamese_for_a_reader_of_english(board: BoardWorld) -> None:
    number = before_board(board, scored(board))
    client = english(board.world.client("thuky"))
    answer = client.get(f"/boards/{board.board_id}/meetings/{number}/minutes.pdf")
    text = " ".join(" ".join(pages_of(BytesIO(answer.data))).split())
    assert f"ngày {today():%d/%m/%Y}" in text
    assert "BIÊN BẢN" in text.upper()
    assert f"{today():%b} {today().year}" not in text


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


def test_the_language_chosen_before_signing_in_stays(board: BoardWorld) -> None:
    client = english(board.world.app.test_client())
    assert "Sign in" in client.get("/signin").text
    client.post("/signin", data={"service_number": "docgia", "password": PASSWORD})
    assert '<html lang="en">' in client.get("/").text


def test_an_installation_may_speak_english_to_who_chose_nothing(board: BoardWorld) -> None:
    board.world.app.config["DEFAULT_LOCALE"] = "en"
    assert '<html lang="en">' in board.world.app.test_client().get("/signin").text
