"""Whatever is typed, sent or named: a clear answer, never a broken page, and what was stored is what was typed.

The told world is crawled as those who have most to fill in; every field of every form gets strings of :mod:`.hostile` by turns
(``./dev faults``: more by turns, those of the Big List of Naughty Strings too where it lies beside the project).
"""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.authority.conftest import House, Watch
from tests.authority.crawler import Form, forms, pages
from tests.authority.hostile import MARK, STRINGS
from tests.sizes import FULL

pytestmark = pytest.mark.xdist_group("told world")

#: Strings for each field in full.  All for all of them would take five hours and say little more: each comes to some fields of each reader.
TURNS = 12
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "blns.json"
READERS = ("tacgia", "tiepnhan", "thuky", "uyvien3", "chihuy", "vanphong", "quantri", "baomat", "kiemtra")
#: What would end the sign-in that crawls.
LEFT_OUT = {
    "people.signout",
    "people.change_password",
    "people.signin",
    "people.end_other_sign_ins",
    "people.end_sign_in",
    "home.set_locale",
}
HEADERS = (
    "User-Agent",
    "Referer",
    "Accept-Language",
    "Accept",
    "X-Forwarded-For",
    "X-Requested-With",
    "HX-Request",
    "Cookie",
    "If-None-Match",
    "Range",
)


PATHS = ("/library/", "/proposals/", "/reports/", "/boards/", "/library/suggest", "/")
#: Forms that a reader before has tried: they are tried once.
_TRIED: dict[tuple[str, ...], str] = {}


@pytest.fixture(autouse=True)
def answering(house: House, told_folder: tuple[Path, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Mistakes are answered as readers see them; files that a test took away are there again."""
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    shutil.copytree(told_folder[0] / "files", house.folder / "files", dirs_exist_ok=True)


def _strings() -> Iterator[str]:
    naughty = json.loads(BESIDE.read_text()) if FULL and BESIDE.exists() else []
    return cycle([*STRINGS, *naughty])


def _share(turn: int, of: int) -> tuple[str, ...]:
    """The strings one of several tests tries: all of them together try each."""
    return STRINGS if FULL else STRINGS[turn::of]


def _wrong(answer: TestResponse) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    if (
        answer.mimetype == "text/html" and MARK in answer.text
    ):  # elsewhere there is nothing to find, and reading a page takes long
        broken = BeautifulSoup(answer.text, "html.parser").find(attrs={MARK: True})
        return f"let markup in: {str(broken)[:120]}" if broken else ""
    return ""


def _all_forms(house: House, reader: str) -> list[Form]:
    found: dict[tuple[str, ...], Form] = {}
    for path, page in pages(house.app, house.clients[reader]):
        for form in forms(house.app, path, page):
            key = (form.endpoint, form.method, *sorted({each.name for each in form.fields}))
            if form.endpoint and form.endpoint not in LEFT_OUT and _TRIED.setdefault(key, reader) == reader:
                found.setdefault(key, form)
    return list(found.values())


def _changes(form: Form, strings: Iterator[str], turn: int) -> Iterator[dict[str, str]]:
    """What is typed into a form: into all of its fields at once, and into one alone, with the suite into another of each form."""
    typed = [each.name for each in form.fields if each.typed or each.file]
    yield {name: next(strings) for name in typed}
    for name in typed * TURNS if FULL else typed[turn % max(1, len(typed)) :][:1]:
        yield {name: next(strings)}


def _sent(house: House, reader: str, form: Form, changed: dict[str, str], file: str) -> TestResponse:
    client, data = house.clients[reader], dict(form.filled(changed))
    if form.method == "GET":
        return client.get(form.action, query_string=data)
    files = {each.name: (BytesIO("Biên bản áp dụng thử.".encode()), file) for each in form.fields if each.file}
    return client.post(form.action, data={**data, **files})


@pytest.mark.parametrize("reader", READERS)
def test_a_hostile_string_in_any_field_of_any_form_breaks_nothing(house: House, watch: Watch, reader: str) -> None:
    wrong, strings = [], _strings()
    for _turn in range(len(STRINGS)):  # the generator never ends: each reader begins elsewhere in it
        if next(strings) == STRINGS[READERS.index(reader) * 31]:
            break
    for turn, form in enumerate(_all_forms(house, reader)):
        for changed in _changes(form, strings, turn):
            answer = _sent(house, reader, form, changed, next(strings))
            fault = _wrong(answer)
            if not fault and answer.status_code == 303:
                fault = _wrong(house.clients[reader].get(answer.headers["Location"]))
            if fault:
                wrong.append(f"{form.endpoint} ({form.page}) {changed!r}: {fault}")
            watch.settle()
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("header", HEADERS)
def test_a_hostile_string_in_a_header_breaks_nothing(house: House, header: str) -> None:
    wrong = []
    for text in _share(HEADERS.index(header), len(HEADERS)):
        sent = "".join(each for each in text if each not in "\r\n\0").encode().decode("latin-1")
        fault = _wrong(house.clients["tacgia"].get("/library/?q=kho", headers={header: sent}))
        if fault:
            wrong.append(f"{header}: {text!r}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", PATHS)
def test_a_hostile_string_in_any_part_of_an_address_breaks_nothing(house: House, path: str) -> None:
    names = (
        "q",
        "page",
        "per_page",
        "sort",
        "field",
        "unit",
        "year",
        "level",
        "grade",
        "type",
        "adopted",
        "state",
        "literal",
        "next",
    )
    wrong = []
    for name, text in zip(cycle(names), _share(PATHS.index(path), len(PATHS)), strict=False):
        for asked in ({name: text}, {text: "1"}):
            fault = _wrong(house.clients["vanphong"].get(path, query_string=asked))
            if fault:
                wrong.append(f"{path} {asked!r}: {fault}")
    assert not wrong, "\n" + "\n".join(wrong)


def _composed(text: str) -> str:
    """The text with composed letters and single blanks; nothing when there is nothing to see."""
    seen = any(unicodedata.category(sign) not in ("Cf", "Zs") for sign in text)
    return " ".join(unicodedata.normalize("NFC", text).split()) if seen else ""


def test_what_was_stored_is_what_was_typed_composed(house: House, watch: Watch) -> None:
    """A title that is taken comes back on the form letter by letter, composed and with single blanks; the others are refused."""
    case, client, wrong, taken = house.case("draft"), house.clients["tacgia"], [], 0
    save = house.url("proposals.save", **{**case.ids, "step": "idea"})
    edit = house.url("proposals.edit", **{**case.ids, "step": "idea"})
    for text in _share(1, 3):
        page = BeautifulSoup(client.get(edit).text, "html.parser")
        form = next(each for each in forms(house.app, edit, page) if each.endpoint in ("proposals.save", "proposals.autosave"))
        answer = client.post(save, data=form.filled({"title": text}))
        if answer.status_code == 303:
            kept = BeautifulSoup(client.get(edit).text, "html.parser").find(attrs={"name": "title"})
            assert kept is not None
            shown, meant = str(kept.get("value", kept.get_text())), _composed(text)
            taken += 1
            if " ".join(shown.split()) != meant:
                wrong.append(f"{text!r} became {shown!r}")
    assert taken > 50
    assert not wrong, "\n" + "\n".join(wrong)
