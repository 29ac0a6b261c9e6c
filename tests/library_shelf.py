"""A library of thirty improvements whose places are known to the tests: what a search must find is computed from this list alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from innovations.cli.demo.staff import find
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.models import Adoption
from innovations.people.services.tokens import create_token
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.regulations.queries import fields_of_work
from innovations.search import outbox
from tests.conftest import opened
from tests.recognised import index, recognise
from tests.world import World

#: Each unit with those above it, typed from the staff's list.
ABOVE = {
    "T1A": ("QCM", "SM", "T1A"), "T2B": ("QCM", "SM", "T2B"), "L3C": ("QCM", "SP", "L3C"), "TT": ("QCM", "SP", "TT"),
    "NMN": ("QCM", "SQ", "NMN"), "SM": ("QCM", "SM"),
}  # fmt: skip
#: In the order of the Vietnamese alphabet: all letters of a title first, tones only between equal letters (case 17).
TITLES = (
    "Ắc quy dự phòng cho tổ trực", "Ăng-ten dã chiến gấp gọn", "Âm li thông báo trong doanh trại", "Bàn gá khuôn tháo nhanh",
    "Biển báo nhắc việc đầu ca", "Cán cuốc chống trơn khi mưa", "Cần câu dây qua suối cạn", "Dán nhãn nhận biết dụng cụ",
    "Dầm thép lắp nhanh qua hào", "Đo độ dày bằng thước tự chế", "Đồ gá khuôn khoan ba lỗ", "Ê ke dựng cột thẳng đứng",
    "Giàn phơi gấp sau giờ tập", "Giàn rau nhiều tầng cạnh bếp", "Hòm dụng cụ chia ngăn", "Hồ lắng nước rửa xe",
    "Khuôn đúc gạch lát đường", "Khuôn ép bao cát dã chiến", "Lán che mưa tháo rời", "Mạ kẽm chi tiết nhỏ tại xưởng",
    "Ma ni vẹt cải tiến tay quay", "Má phanh tập đóng mở", "Nắp che bụi máy phát", "Ổ cắm có đèn báo quá tải",
    "Ô che trạm gác di động", "Ớt sấy giữ màu cho bếp", "Quạt hút khói bếp Hoàng Cầm", "Tủ thuốc xếp theo triệu chứng",
    "Ủng lội nước có đế bám", "Ứng dụng nhắc lịch trực ban",
)  # fmt: skip
FACETS = ("field", "type", "unit", "level", "year", "grade", "adopted")


@dataclass(frozen=True)
class Item:
    """An improvement and where it stands; ``adopters`` are other units that use it now."""

    number: int
    title: str
    field: str
    types: tuple[str, ...]
    unit: str
    level: str
    on: date
    grade: str
    adopters: tuple[str, ...]
    internal: bool
    code: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        """Its values in a facet; units by code, those above it as well."""
        found = {
            "field": (self.field,), "type": self.types, "unit": ABOVE[self.unit], "level": (self.level,), "year": (str(self.on.year),),
            "grade": (self.grade,) if self.grade else (), "adopted": ("yes" if self.adopters else "no",),
        }  # fmt: skip
        return found[facet]

    def seen_by(self, number: str) -> bool:
        """Open: everybody.  Internal: the owning base; ``docgia`` serves in another one, ``tacgia`` in T1A."""
        return not self.internal or number == "tacgia"


@dataclass
class Shelf:
    """The library, and a browser and a token for each reader."""

    world: World
    items: list[Item] = field(default_factory=list)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    @cached_property
    def unit_codes(self) -> dict[str, str]:
        """Unit code by the id that addresses and facets carry."""
        return {str(number): code for code, number in self.world.staff.units.items()}

    def client(self, number: str) -> FlaskClient:
        """The person's browser, which also sends a token of theirs."""
        if number not in self.clients:
            token = create_token(self.world.staff.accounts[number], ("library:read",), timedelta(hours=1))
            self.clients[number] = self.world.client(number)
            self.clients[number].environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return self.clients[number]

    def page(self, number: str, **asked: object) -> BeautifulSoup:
        """The library page."""
        return BeautifulSoup(self.client(number).get(f"/library/?{urlencode(asked, doseq=True)}").text, "html.parser")

    def api(self, number: str, **asked: object) -> dict:
        """The same search by the API."""
        answer = self.client(number).get(f"/api/v1/library?{urlencode(asked, doseq=True)}")
        assert answer.status_code == 200
        return answer.get_json()

    def export(self, number: str, **asked: object) -> list[str]:
        """Codes in the exported file, in its order."""
        text = self.client(number).get(f"/reports/library.csv?{urlencode(asked, doseq=True)}").get_data().decode("utf-8-sig")
        return [line.split(",")[0] for line in text.splitlines()[1:] if line.startswith("SK-")]


def codes(soup: BeautifulSoup) -> list[str]:
    """Codes of the hits of a page, in order."""
    return [hit["data-code"] for hit in soup.select("[data-code]")]


@dataclass(frozen=True)
class _Stock:
    """Cycles of different lengths, so that facets cross."""

    fields: tuple[str, ...]

    def item(self, number: int, title: str) -> Item:
        units, years = list(ABOVE), (2023, 2024, 2024, 2025)
        types = (("technical",), ("management",), ("technical", "operational"), ("management",), ("technical",))
        internal = number % 6 == 5
        return Item(
            number, title, self.fields[number % 4], types[number % 5], "T1A" if internal else units[number % 5 if number % 11 else 5],
            ("base", "base", "division")[number % 3], date(years[number % 4], 1 + number % 12, 1 + number % 28),
            ("A", "B", "C", "")[number * 7 % 4], ("L3C", "NMN", "TT")[: number % 4] if number % 4 < 3 and not internal else (), internal,
        )  # fmt: skip


def stocked(folder: Path, database: Path) -> Iterator[Shelf]:
    """A shelf in a world of its own, indexed; nothing that uses it may change it."""
    for app in opened(folder, database):
        yield _filled(World(app, find()))


def _filled(world: World) -> Shelf:
    known = {each.code: each.id for each in fields_of_work()}
    stock, shelf = _Stock(tuple(known)[:4]), Shelf(world)
    for number, title in enumerate(TITLES):
        item = stock.item(number * 13 % len(TITLES), title)  # filed in another order than the alphabet's
        unit = world.staff.units[item.unit]
        code = recognise(
            world, title=title, on=item.on, grade=item.grade or None, field_id=known[item.field], solution_types=list(item.types),
            recognised_level=item.level, base_unit_id=unit, owning_unit_id=unit,
            handling=Handling.INTERNAL if item.internal else Handling.OPEN,
        )  # fmt: skip
        _adopted(world, code, tuple(each for each in item.adopters if each != item.unit))
        shelf.items.append(Item(**{**vars(item), "code": code, "adopters": tuple(e for e in item.adopters if e != item.unit)}))
    index(world)
    return shelf


def _adopted(world: World, code: str, units: tuple[str, ...]) -> None:
    with atomic():
        proposal = proposal_at(code)
        assert proposal is not None
        for unit in units:
            db.session.add(
                Adoption(
                    proposal_id=proposal.id, unit_id=world.staff.units[unit], state="in_use", requested_at=datetime(2026, 1, 3, tzinfo=UTC),
                    requested_by_id=world.actor("donvi").person_id,
                )
            )  # fmt: skip
        outbox.enqueue_many([proposal.id], "adoption")
