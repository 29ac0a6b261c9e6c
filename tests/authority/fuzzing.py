"""Requests as nobody means them: what a click would have sent (:mod:`.caught`), changed by chance.

Other values, doubled, missing and unknown fields, files for texts, another content type, a body that breaks off, somebody else's ids.
All chance is hypothesis's.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from innovations.core.clock import today
from tests.authority.caught import BOUNDARY, MULTIPART, URLENCODED, Part, Request, bytes_of, urlencoded
from tests.authority.hostile import STRINGS

_WHOLE = (
    "-1", "0", "1", "2", "00", "+1", "-0", "100", "101", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", "9" * 400, "1" * 5000, "1e400", "NaN", "-Infinity", "0.001", "99.995", "1,5", "1.000.000",
    "²", "٣", "½", "①", " 7 ", "1_0", "0x1F", "1e3", "1e-3", "--1", "sNaN", "1/0", "1/3", "0/5", "150 %", "-1/2", "1E+1000000",
)  # fmt: skip
_DAYS = (
    "0001-01-01", "9999-12-31", "1929-12-31", "1930-01-01", "2100-12-31", "2101-01-01", "2026-02-29", "2024-02-29", "31/12/2025", "1.1.2026",
    "10000-01-01", "-2026-01-01", "2026-W01-1", "20260101", "2026-01-01T00:00", "00:00", "23:59:59", "24:00", "14h30", "²026-01-01",
)  # fmt: skip
_LENGTHS = (1, 60, 61, 120, 121, 200, 201, 300, 301, 1_000, 2_000, 10_000, 10_001, 60_000)
_ODD = "\0\x01\t\r\n\x7f\x85\xa0\u00ad\u0301\u0323\u031b\u200b\u200d\u200f\u202e\u2028\u2066\u2069\ufeff\ufffe\uffff\ud800\udfff\U000e0001\U0001f1fb"

WHOLE = st.sampled_from(_WHOLE) | st.integers().map(str) | st.integers(-5, 130).map(str)
BROKEN = st.decimals(allow_nan=True, allow_infinity=True).map(str) | st.floats().map(repr)
DAYS = (
    st.sampled_from(_DAYS) | st.dates().map(str) | st.integers(-800, 800).map(lambda days: (today() + timedelta(days=days)).isoformat())
)  # fmt: skip
TEXTS = (
    st.sampled_from(STRINGS)
    | st.text(st.characters(), max_size=40)
    | st.text(st.sampled_from(_ODD + "aệ ơ"), max_size=12)
    | st.builds(lambda sign, times: sign * times, st.sampled_from("aệ \n\u0301"), st.sampled_from(_LENGTHS))
    | st.text(string.printable, max_size=20)
    | st.sampled_from(STRINGS).map(lambda text: unicodedata.normalize("NFD", text))
)
NAMES = st.sampled_from(
    ("", "_once", "csrf_token", "file", "id", "__class__", "a[]", "x-0-y", "do", "reason", "version", "_method")
) | st.text(max_size=6)
FILES = st.sampled_from(
    (
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\xff\xd8\xff",
        b"\0" * 2000,
        "Biên bản áp dụng thử.".encode(),
        b"title,year\nx,2020\n",
        "\ufeffSố hiệu;Họ\n".encode(),
    )
) | st.binary(max_size=60)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | TEXTS, _nested, max_leaves=5)
#: Bodies that are no form and no JSON.
BODIES = st.sampled_from(
    (
        b"", b"[" * 100_000, b'{"a":' * 50_000, b'{"a": 1, "a": 2}', b"null", b"[]", b'"x"', b"1e999", b'{"version": 1e400}', b"\xff\xfe\x00", b"%", b"a=%ff&b=%00",
        b"=", b"&&&", b"a" * 300_000, f"--{BOUNDARY}\r\n".encode(), f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n".encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx'.encode(), b"x-0=1&" * 1_100, b'{"title": "\\ud800"}',
    )
) | st.binary(max_size=30)  # fmt: skip
KINDS = st.sampled_from(
    (URLENCODED, MULTIPART, "multipart/form-data", "application/json", "application/json; charset=utf-16", "text/plain", "", "application/octet-stream",
     f"{URLENCODED}; charset=utf-7", "multipart/form-data; boundary=", "\x00")
)  # fmt: skip


def _with_cell(table: bytes, place: int, value: str) -> bytes:
    """A list as a file, one of its cells, headings among them, with another content; quoted by turns."""
    pieces = re.split(rb"([;,\n])", table)
    quoted = '"' + value.replace('"', '""') + '"'
    cells = range(0, min(len(pieces), 200), 2)
    pieces[cells[place % len(cells)]] = bytes_of(value if place % 2 else quoted)
    return b"".join(pieces)


@dataclass(frozen=True)
class Change:
    """Something else about one field."""

    what: str
    name: str
    value: str = ""
    content: bytes = b""
    place: int = 0

    def of(self, parts: list[Part]) -> list[Part]:
        """The fields with the change."""
        mine, others = [part for part in parts if part.name == self.name], [part for part in parts if part.name != self.name]
        match self.what:
            case "put":
                return [*others, Part(self.name, bytes_of(self.value))]
            case "drop":
                return others
            case "file":
                return [*others, Part(self.name, self.content, self.value)]
            case "bytes":
                return [*others, Part(self.name, self.content)]
            case "number":  # lines-0-kind → lines-²-kind
                return [
                    *others,
                    *(replace(part, name=re.sub(r"\d+", lambda _found: self.value, part.name, count=1)) for part in mine),
                ]
            case "cell":
                return [*others, *(replace(part, content=_with_cell(part.content, self.place, self.value)) for part in mine)]
            case _:
                return [*parts, Part(self.name, bytes_of(self.value))]


def _mostly(*of: st.SearchStrategy[Request]) -> st.SearchStrategy[Request]:
    """One of them, each as often as it stands here: ``|`` counts what they are made of."""
    return st.sampled_from(of).flatmap(lambda chosen: chosen)


@dataclass(frozen=True)
class Fuzz:
    """What may be changed about one request."""

    request: Request
    names: tuple[str, ...]
    asked: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def values(self) -> st.SearchStrategy[str]:
        """What stands in a field."""
        return st.sampled_from(self.ids) | WHOLE | BROKEN | DAYS | TEXTS

    @property
    def _changes(self) -> st.SearchStrategy[Change]:
        known = st.sampled_from(self.names) if self.names else NAMES
        put = st.builds(Change, st.just("put"), known, self.values)
        lists = sorted({part.name for part in self.request.parts if part.file is not None and b"\n" in part.content})
        if lists:
            cell = st.builds(Change, st.just("cell"), st.sampled_from(lists), self.values, place=st.integers(0, 199))
            put = cell | cell | put
        return (
            put | put | st.builds(Change, st.just("drop"), known) | st.builds(Change, st.just("twice"), known, self.values)
            | st.builds(Change, st.just("add"), NAMES, self.values) | st.builds(Change, st.just("file"), known, TEXTS, FILES)
            | st.builds(Change, st.just("number"), known, WHOLE) | st.builds(Change, st.just("bytes"), known, content=st.binary(max_size=6))
        )  # fmt: skip

    @property
    def paths(self) -> st.SearchStrategy[str]:
        """The address, and the address with another id in it."""
        steps = self.request.path.split("/")
        places = [place for place, step in enumerate(steps) if any(each.isdigit() for each in step)]
        if not places:
            return st.just(self.request.path)
        other = st.tuples(st.sampled_from(places), st.sampled_from(self.ids) | WHOLE | TEXTS.map(lambda text: text[:60]))
        changed = other.map(lambda found: "/".join([*steps[: found[0]], found[1] or "0", *steps[found[0] + 1 :]]))
        return st.just(self.request.path) | st.just(self.request.path) | st.just(self.request.path) | changed

    @property
    def queries(self) -> st.SearchStrategy[str]:
        """Parts of a query, known and unknown."""
        names = st.sampled_from(self.asked) | NAMES if self.asked else NAMES
        pairs = st.lists(st.tuples(names, self.values), max_size=4)
        joined = pairs.map(lambda found: urlencoded(Part(name, bytes_of(value)) for name, value in found).decode())
        return (
            joined | joined | st.sampled_from(("%", "q=%ff%fe", "&&=&", "q", "q=%ed%a0%80", "page=" + "9" * 5000, "q=a" * 2000))
        )

    @property
    def forms(self) -> st.SearchStrategy[Request]:
        """The form, its fields changed."""
        changed = st.lists(self._changes, max_size=4).map(self._changed)
        return st.builds(
            lambda request, path, multipart: replace(request, path=path, kind=MULTIPART if multipart else URLENCODED),
            changed,
            self.paths,
            st.booleans(),
        )

    @property
    def others(self) -> st.SearchStrategy[Request]:
        """No form of this kind, or with a query beside it."""
        kind, body = self.request.encoded()
        odd = st.builds(lambda said, body: replace(self.request, kind=said, body=body, raw=True), KINDS | st.just(kind), BODIES)
        cut = st.integers(0, max(len(body) - 1, 0)).map(lambda end: replace(self.request, kind=kind, body=body[:end], raw=True))
        asked = self.queries.map(lambda query: replace(self.request, query=query))
        other = st.builds(lambda said: replace(self.request, kind=said, body=body, raw=True), KINDS)
        return _mostly(odd, odd, odd, cut, asked, other)

    @property
    def calls(self) -> st.SearchStrategy[Request]:
        """A call of the API: its members have other values, some are missing, some unknown."""
        members = st.sampled_from(self.names) | NAMES if self.names else NAMES
        values = JSON | self.values | st.integers() | st.booleans()
        changes = st.lists(st.tuples(members, st.none() | values.map(lambda value: [value])), max_size=4)

        def call(changed: list[tuple[str, list[Any] | None]], path: str) -> Request:
            body = dict(self.request.json or {})
            for name, value in changed:
                if value is None:
                    body.pop(name, None)
                else:
                    body[name] = value[0]
            return replace(self.request, json=body, path=path)

        return st.builds(call, changes, self.paths)

    @property
    def pages(self) -> st.SearchStrategy[Request]:
        """A page asked for with another query, and now and then at another address."""
        return st.builds(lambda path, query: replace(self.request, path=path, query=query), self.paths, self.queries)

    @property
    def requests(self) -> st.SearchStrategy[Request]:
        """What is sent instead of the request."""
        if self.request.method == "GET":
            return self.pages
        usual = self.calls if self.request.json is not None else self.forms
        return _mostly(usual, usual, self.others)

    def _changed(self, changes: list[Change]) -> Request:
        parts = list(self.request.parts)
        for change in changes:
            parts = change.of(parts)
        return replace(self.request, parts=tuple(parts))
