"""The house's order, kept by reading the code: who may import whom, what rules may know, who may touch whoosh."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import innovations
from innovations import config

PACKAGE = Path(innovations.__file__).parent
ORDER = (
    "core", "audit", "people", "notifications", "search", "documents", "regulations", "proposals", "boards", "library", "reports",
    "exchange", "home", "admin", "api", "cli", "worker",
)  # fmt: skip
#: Rooms inside ``search/``; the files beside them are its port, its documents and the engine that joins them.
SEARCH_ORDER = ("text", "asking", "files", "answers", "duplicates", "keeping")
#: Names a library is imported by, where they differ from the name it is installed by.
IMPORTED_AS = {
    "whoosh-reloaded": "whoosh", "argon2-cffi": "argon2", "pynacl": "nacl", "pillow": "PIL", "python-magic": "magic",
}  # fmt: skip
OWN_SCRIPTS = sorted((PACKAGE / "static" / "js").glob("*.js"))
ASKS_FOR_THE_WIDTH = (
    r"matchMedia|(?:inner|outer|client|offset|scroll)Width|screen\.(?:avail)?[wW]idth|visualViewport|ResizeObserver"
)
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    """The feature a file lives in; files beside the rooms count as the last one."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of every import in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def relative_imports(path: Path) -> list[int]:
    return [node.lineno for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom) and node.level > 0]


def test_every_room_stands_in_the_order() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and list(path.rglob("*.py")) and path.name != "migrations"}
    assert rooms <= set(ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_imports_a_room_to_its_right(path: Path) -> None:
    room = room_of(path)
    if not room:
        return
    allowed = set(ORDER[: ORDER.index(room) + 1])
    wrong = [
        f"{path.name}:{line} imports {module}"
        for line, module in imports(path)
        if module.startswith("innovations.") and module.split(".")[1] in set(ORDER) - allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("room", SEARCH_ORDER)
def test_no_room_of_search_imports_one_to_its_right(room: str) -> None:
    later = tuple(f"innovations.search.{each}." for each in SEARCH_ORDER[SEARCH_ORDER.index(room) + 1 :])
    files = sorted((PACKAGE / "search" / room).glob("*.py"))
    assert files
    assert [
        f"{path.name}:{line} imports {module}" for path in files for line, module in imports(path) if module.startswith(later)
    ] == []


def test_imports_are_absolute() -> None:
    assert {str(path): lines for path in FILES if (lines := relative_imports(path))} == {}


def test_rules_import_the_standard_library_and_rules_only() -> None:
    wrong = []
    for path in FILES:
        if "rules" not in path.parts:
            continue
        for line, module in imports(path):
            top = module.split(".")[0]
            if (
                top == "innovations"
                and ".rules" not in module
                or top in {"flask", "sqlalchemy", "flask_babel", "wtforms", "werkzeug", "whoosh", "numpy"}
            ):
                wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {module}")
    assert wrong == []


def test_only_search_imports_whoosh_and_numpy() -> None:
    users = {room_of(path) for path in FILES for _line, module in imports(path) if module.split(".")[0] in {"whoosh", "numpy"}}
    assert users == {"search"}


def test_only_the_lifecycle_writes_a_reviews_state() -> None:
    writers = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state" and "review" in ast.unparse(target.value):
                    writers.add(str(path.relative_to(PACKAGE)))
    assert writers == {"proposals/lifecycle.py"}


def test_an_alias_that_threads_share_is_ready_before_they_do() -> None:
    """``innovations/core/aliases.py`` says what happened otherwise."""
    shared = re.compile(r"^\w.*= .*\baliased\(", re.MULTILINE)
    assert not [str(path) for path in FILES if shared.search(path.read_text())]


def test_models_neither_commit_nor_ask_the_clock() -> None:
    models = [path for path in FILES if path.stem == "models" or path.stem.startswith("models_")]
    assert models
    for path in models:
        text = path.read_text()
        assert "commit(" not in text, path
        assert "clock" not in text, path


def test_views_contain_no_try() -> None:
    views = [path for path in FILES if path.name == "views.py" or "views" in path.parts]
    found = [str(path) for path in views if any(isinstance(node, ast.Try) for node in ast.walk(ast.parse(path.read_text())))]
    assert views
    assert found == []


@pytest.mark.parametrize("page", ["docs/promises.md", "docs/asvs.md", "SECURITY.md"])
def test_every_promise_names_a_test_that_exists(page: str) -> None:
    root = PACKAGE.parent
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (root / page).read_text())
    assert len(named) > 5
    missing = [
        f"{file}::{test}" for file, test in named if not (root / file).is_file() or f"def {test}" not in (root / file).read_text()
    ]
    assert missing == []


def test_every_configuration_key_is_documented_with_default_unit_and_meaning() -> None:
    page = (PACKAGE.parent / "docs" / "configuration.md").read_text()
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    assert set(rows) == config.NAMES - {"TESTING"}
    for setting in config.SETTINGS:
        if setting.name != "TESTING":
            assert setting.meaning in rows[setting.name]
            assert setting.unit in rows[setting.name]


def test_every_package_stands_in_the_wheel() -> None:
    listed = configparser.ConfigParser()
    listed.read(PACKAGE.parent / "setup.cfg")
    packages = {".".join((PACKAGE.name, *path.parent.relative_to(PACKAGE).parts)) for path in PACKAGE.rglob("*.py")}
    assert set(listed["options"]["packages"].split()) == packages | {"innovations.templates"}


def test_every_declared_library_is_used() -> None:
    listed = configparser.ConfigParser()
    listed.read(PACKAGE.parent / "setup.cfg")
    declared = {re.split(r"[ =~<>]", line)[0] for line in listed["options"]["install_requires"].split("\n") if line.strip()}
    used = {module.split(".")[0] for path in FILES for _line, module in imports(path)}
    assert {name for name in declared if IMPORTED_AS.get(name, name.replace("-", "_")) not in used} == set()


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_no_script_asks_for_the_width(path: Path) -> None:
    # tests/browser loads each page once and makes its window wider; styles follow by themselves, a script need not.
    assert re.findall(ASKS_FOR_THE_WIDTH, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_date_is_taken_from_an_instant_in_utc(path: Path) -> None:
    # At seven in the evening in UTC it is tomorrow in Hà Nội: today() and local_date() know.
    assert "now().date()" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", sorted((PACKAGE / "static").rglob("*.css")), ids=lambda path: path.name)
def test_no_style_is_for_one_orientation_of_the_telephone(style: Path) -> None:
    assert "orientation" not in style.read_text()  # the audits of the pages leave this out


@pytest.mark.xdist_group("held together")
def test_the_runner_keeps_a_group_of_tests_in_one_process(request: pytest.FixtureRequest) -> None:
    # A runner that no longer does says nothing and loads every group's instance twice.
    assert not getattr(request.config.option, "loadgroup", False) or request.node.nodeid.endswith("@held together")


def test_files_come_in_by_forms_alone_which_have_them_looked_at() -> None:
    """``core/web/received.py`` gives a form's files to nobody before the unit's scanner passed them."""
    beside = {
        str(path.relative_to(PACKAGE))
        for path in FILES
        if re.search(r"request\.(files|stream|get_data|data)\b", path.read_text())
    }
    assert beside == {"core/web/forms.py", "core/web/once.py"}  # once.py makes a digest of what was sent, and nothing else
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and "FileField(" in ast.unparse(node):
                assert {ast.unparse(base) for base in node.bases} <= {"PageForm", "MarkedForm"}, node.name
