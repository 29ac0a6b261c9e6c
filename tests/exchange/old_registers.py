"""A small old register as text, its import, and what is stored after it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sqlalchemy import func, select

from innovations.exchange.report import Report
from innovations.exchange.services.importing import Outcome, import_register
from innovations.extensions import db
from innovations.proposals.models import Proposal
from tests.world import World

HEAD = "Tên sáng kiến;Đơn vị;Tác giả;Năm;Xếp loại;Số quyết định;Ngày quyết định;Trạng thái;Mã nguồn\n"
RACK = 'Giá treo dụng cụ;T1A;"Đại úy Lê An 60\nTrần Bình 40";2021;B;12/QĐ;10/03/2021;;A1\n'
PUMP = "Phao cho máy bơm;T1A;Lê Cường;2021;A;12/QĐ;10/03/2021;;A2\n"


def bring(world: World, text: str | bytes, *, by: str = "vanphong", unit: str = "T1A", **options: Any) -> Outcome:
    data = text if isinstance(text, bytes) else text.encode()
    return import_register(world.actor(by), world.staff.units[unit], BytesIO(data), **options)


def faults(report: Report) -> list[tuple[int, str]]:
    return [(line.row, line.column) for line in report.errors]


def stored(title: str) -> Proposal:
    db.session.rollback()
    return db.session.scalars(select(Proposal).where(Proposal.title == title)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
