"""Every form, call and page, with whatever may be sent instead of what is meant: a declared answer, nothing half stored, sound data.

Each act is made ready as in ``test_events``, caught on its way and sent changed (:mod:`.fuzzing`), with the fields that the product
asks for.  Always the same requests with the suite; ``./dev faults`` sends more, new ones each time, and prints their seed.
"""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, seed, settings
from werkzeug.test import TestResponse

from innovations.api.operations import OPERATIONS, document
from innovations.boards.sealing import FOLDER
from innovations.cli.checking import CHECKS
from innovations.core.rules.errors import DomainError
from innovations.core.web.handlers import on_domain_error
from innovations.extensions import db
from tests.authority.caught import Request, caught, reading, sent
from tests.authority.conftest import DATABASE, House, Watch
from tests.authority.events import REFUSAL_WRITES
from tests.authority.fuzzing import Fuzz
from tests.authority.hostile import MARK
from tests.authority.sight import ACCOUNTS
from tests.authority.test_events import BESIDE, UNSAFE, Sent, every_act
from tests.authority.test_hidden_at_once import addresses
from tests.sizes import FULL, size

pytestmark = pytest.mark.xdist_group("told world")

FORM_REQUESTS, PAGE_REQUESTS = size(2, 30), size(1, 12)
CALLS = size(20, 10)  # a call is quick, and there are few
#: Walking every invariant takes longer than the request: of what was done, every so many is looked through.
LOOKED_THROUGH = size(3, 1)
AREAS = ("people", "home", "proposals", "boards", "library", "admin", "api")
REFUSED = {400, 403, 404, 409, 413, 415, 422, 429}
#: Answers of a page that is only read: shown, led on, unchanged, refused.
LED_ON = {302, 303, 308}
READ = {200, 304} | LED_ON | REFUSED


class Stand:
    """The world as an act was made ready for; put back after whatever was stored."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.kept = house, folder / "ready.sqlite"
        self.path = house.folder / DATABASE
        _copy(self.path, self.kept)
        self.connection = sqlite3.connect(self.path)
        self.version = self._version()
        self.files = {
            path: path.read_bytes() for name in ("files", FOLDER) for path in (house.folder / name).rglob("*") if path.is_file()
        }

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def touched(self) -> bool:
        """Whether anything was stored."""
        return self._version() != self.version

    def changed(self) -> set[str]:
        """Tables with another content than the act was made ready with."""
        with closing(sqlite3.connect(self.kept)) as kept:
            names = [row[0] for row in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name for name in names if _rows(kept, name) != _rows(self.connection, name)}

    def events(self) -> set[str]:
        """Kinds of the events written since."""
        with closing(sqlite3.connect(self.kept)) as kept:
            last = kept.execute("SELECT coalesce(max(id), 0) FROM audit_event").fetchone()
        return {row[0] for row in self.connection.execute("SELECT tag FROM audit_event WHERE id > ?", last)}

    def again(self) -> None:
        """As the act was made ready for."""
        db.session.remove()
        _copy(self.kept, self.path)
        self.version = self._version()
        for path, content in self.files.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def broken_since(self) -> dict[str, list[str]]:
        """Invariants that do not hold, without those that were broken by whoever made it ready past the use cases: a review given other rules."""
        broken = _broken_invariants()
        if broken:
            self.again()
            before = _broken_invariants()
            broken = {name: lines for name, lines in broken.items() if lines != before.get(name)}
        return broken

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()


def _copy(source: Path, target: Path) -> None:
    """All pages in one transaction, also into a database that others have open."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        other.execute("PRAGMA synchronous=OFF")
        one.backup(other)


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()  # noqa: S608  (names from the schema)


def _broken_invariants() -> dict[str, list[str]]:
    db.session.rollback()
    found = {each.__name__: list(each()) for each in CHECKS}
    return {name: problems for name, problems in found.items() if problems}


def _wrong_answer(answer: TestResponse, allowed: set[int]) -> str:
    """What is wrong with an answer by itself; empty when nothing is."""
    if answer.status_code not in allowed:
        return f"answered {answer.status_code}"
    if answer.request.path.startswith("/api/") and answer.status_code >= 400:
        body = answer.get_json(silent=True) or {}
        return (
            ""
            if answer.mimetype == "application/problem+json" and body.get("status") == answer.status_code
            else "is no problem document"
        )
    if (
        answer.mimetype == "text/html"
        and MARK in answer.text
        and BeautifulSoup(answer.text, "html.parser").find(attrs={MARK: True})
    ):
        return "let markup in"
    return ""


@dataclass
class Judge:
    """Sends the changed requests of one act and says what is wrong with each; the world is put back after each that stored something."""

    house: House
    act: Sent
    stand: Stand
    answers: Counter[int] = field(default_factory=Counter)

    def __call__(self, request: Request) -> str:
        """What is wrong; empty when nothing is."""
        try:
            answer = sent(self.house.app, request)
            self.answers[answer.status_code] += 1
            return _wrong_answer(answer, self.act.ok | REFUSED | LED_ON) or self._wrong_state(answer)
        finally:
            if self.stand.touched():
                self.stand.again()

    def _wrong_state(self, answer: TestResponse) -> str:
        changed = self.stand.changed() - BESIDE if self.stand.touched() else set()
        if answer.status_code >= 400:
            may_write = self.stand.events() <= REFUSAL_WRITES.get(self.act.endpoint, set())
            left = changed - {"audit_event", "counter"} if may_write else changed
            return f"refused and stored {sorted(left)}" if left else ""
        done = sum(count for status, count in self.answers.items() if status < 400)
        broken = self.stand.broken_since() if changed and done % LOOKED_THROUGH == 0 else {}
        return f"breaks {broken}" if broken else ""


@pytest.fixture
def answering(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals are pages, as readers see them; who signed in when the world was built stays so, however long a campaign takes."""
    monkeypatch.setitem(house.app.config, "SESSION_IDLE_MINUTES", 12 * 60)
    monkeypatch.setitem(house.app.error_handler_spec[None][None], DomainError, on_domain_error)


@pytest.fixture(scope="module")
def ids(house: House) -> tuple[str, ...]:
    """Ids and addresses of whatever there is in the told world, of all units."""
    found = {str(value) for case in house.told.cases.values() for value in case.ids.values()}
    found |= {str(value) for known in (house.world.staff.units, house.world.staff.people) for value in known.values()}
    return tuple(sorted(found))


def _learned(house: House, request: Request, ids: tuple[str, ...]) -> Fuzz:
    """The request with the names of fields that it has and that the product asks for, with it and without."""
    empty = Request(request.method, request.path, request.headers, json={} if request.json is not None else None)
    read = reading(house.app, [request, empty, Request("GET", request.path, request.headers)])
    members = set(request.json or {}) | {part.name for part in request.parts} | read.form
    if request.json is not None:
        members |= {"title", "situation", "content", "steps", "novelty", "author_benefit", "version", "nothing_secret", "text"}
    return Fuzz(request, tuple(sorted(members - {"_once", "csrf_token"})), tuple(sorted(read.query)), ids)


def _tried(name: str, fuzz: Fuzz, times: int, judge: Callable[[Request], str]) -> str:
    """Send so many changed requests; what is wrong with the simplest that is wrong."""
    number = random.SystemRandom().getrandbits(32) if FULL else zlib.crc32(name.encode())

    @seed(number)
    @settings(
        max_examples=times,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(fuzz.requests)
    def each(request: Request) -> None:
        assert not (fault := judge(request)), f"{fault}: {request!r}"

    try:
        each()
    except Exception as error:  # noqa: BLE001  (whatever broke, it is told with the others)
        return f"seed {number}: {type(error).__name__}: {error}"
    return ""


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize("area", AREAS)
def test_whatever_is_sent_instead_of_a_form_is_answered_and_stored_whole_or_not_at_all(
    house: House, watch: Watch, ids: tuple[str, ...], tmp_path: Path, area: str
) -> None:
    wrong, reached, answers = {}, set[str](), Counter[int]()
    for act in every_act(house, area=f"{area}."):
        request, stand = caught(house.app, lambda act=act: act.click("")), Stand(house, tmp_path)  # type: ignore[misc]
        fuzz, judge = _learned(house, request, ids), Judge(house, act, stand, answers)
        stand.again()
        if fault := _tried(act.name, fuzz, FORM_REQUESTS * (CALLS if area == "api" else 1), judge):
            wrong[f"{act.name} in {act.situation}"] = fault
        reached.add(act.endpoint)
        stand.close()
        watch.again()
    assert wrong == {}, "\n" + "\n".join(f"{name}: {fault}" for name, fault in wrong.items())
    routes = {rule.endpoint for rule in house.app.url_map.iter_rules() if (rule.methods or set()) & UNSAFE}
    assert reached == {each for each in routes if each.split(".")[0] == area}
    done = sum(count for status, count in answers.items() if status < 400)
    assert 0 < done < sum(answers.values()) or area == "home", answers  # a language is always taken


def test_each_call_answers_with_the_status_that_the_document_promises(house: House, watch: Watch) -> None:
    promised, answered = {}, {}
    for operation in OPERATIONS:
        said = document()["paths"][f"/api/v1{operation.path}"][operation.method]["responses"]
        promised[f"api.{operation.name}"] = [int(status) for status in said if status.isdigit()]
    for act in every_act(house, area="api."):
        answered[act.endpoint] = [act.click("").status_code]
        watch.again()
    assert answered == {name: statuses for name, statuses in promised.items() if name in answered}
    assert len(answered) == 4


def test_no_area_is_left_out(house: House) -> None:
    routes = [rule.endpoint for rule in house.app.url_map.iter_rules() if (rule.methods or set()) & UNSAFE]
    assert {each.split(".")[0] for each in routes} == set(AREAS)


#: Accounts to whom most pages show something.
READERS = ("tacgia", "tiepnhan", "thuky", "uyvien3", "chihuy", "vanphong", "quantri", "baomat2", "kiemtra", "donvi")
#: Where pages stand that one proposal alone has not got.
SHOWN_IN = ("recognised_open", "meeting", "scoring", "draft")


def _pages(house: House) -> dict[str, Request]:
    """Every route that answers to GET, asked for by somebody to whom it shows something, as far as there is such a reader."""
    found, shown = dict[str, Request](), Counter[str](size(READERS, ACCOUNTS))
    for situation in SHOWN_IN:
        for endpoint, address in addresses(house, situation):
            for account, _times in () if endpoint in found else shown.most_common():
                request = _asking(house, endpoint, account, address.partition("?")[0])
                if sent(house.app, request).status_code == 200:
                    found[endpoint] = request
                    shown[account] += 1
                    break
    for endpoint, address in addresses(house, SHOWN_IN[0]):
        found.setdefault(endpoint, _asking(house, endpoint, ACCOUNTS[0], address.partition("?")[0]))
    return found


def _asking(house: House, endpoint: str, account: str, path: str) -> Request:
    if endpoint.startswith("api."):
        return Request("GET", path, (("Authorization", f"Bearer {house.told.tokens[account]}"),))
    return Request("GET", path, caught(house.app, lambda: house.clients[account].get(path)).headers)


@pytest.mark.usefixtures("answering", "watch")
def test_whatever_is_asked_of_a_page_is_answered(house: House, ids: tuple[str, ...]) -> None:
    wrong = {}
    for endpoint, request in _pages(house).items():
        fuzz = _learned(house, request, ids)
        if fault := _tried(endpoint, fuzz, PAGE_REQUESTS, lambda changed: _wrong_answer(sent(house.app, changed), READ)):
            wrong[endpoint] = fault
    assert wrong == {}, "\n" + "\n".join(f"{name}: {fault}" for name, fault in wrong.items())
