"""A small staffed world for tests, built once by the demo's own staff through the real use cases, then copied per test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from innovations.cli.demo import staff as demo_staff
from innovations.cli.demo.staff import Staff
from innovations.core.clock import at
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.people.services import signing_in
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import InvestorKind, ProposalClass
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import attachments, checking, drafting, submitting
from innovations.regulations.queries import fields_of_work
from tests.prepared import prepared

#: Grants and campaigns hold from then on, so that a test may set its clock anywhere in 2026.
BUILT_AT = datetime(2026, 1, 2, 2, tzinfo=UTC)
PASSWORD = "nắng mới trên sân tập"
TEXT = (
    "Trước đây mỗi lần kiểm tra phải ghi chép bằng tay vào ba quyển sổ, hai người làm trong bốn mươi phút và thường sai số liệu. "
    "Tổ kỹ thuật làm một bảng kiểm có ô đánh dấu, dùng chung một mẫu, người trực chỉ cần mười hai phút là xong. "
)


def build(app: Flask) -> None:
    """Fill the empty database of ``app``: shipped sets, units, people, grants, an open campaign, a board."""
    with app.app_context(), at(BUILT_AT):
        demo_staff.build(PASSWORD)
        demo_staff.prepare()


def without_keys(page: str) -> str:
    """A page without the keys of its forms, which are new each time."""
    return re.sub(r'name="_once" value="[^"]*"', "", page)


def opens(client: FlaskClient, path: str = "/proposals/") -> bool:
    return client.get(path).status_code == 200


@dataclass(frozen=True)
class World:
    """The staffed world of one test."""

    app: Flask
    staff: Staff

    def actor(self, number: str) -> Actor:
        """A person as the rules know them."""
        return self.staff.actor(number)

    def client(self, number: str) -> FlaskClient:
        """A signed-in browser of the person."""
        client = self.app.test_client()
        token = signing_in.sign_in(number, PASSWORD, address="127.0.0.1")
        with client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        db.session.rollback()
        return client

    @prepared
    def draft(self, by: str = "tacgia", **changes: Any) -> str:
        """A complete draft of the person, ready to be submitted; returns its address."""
        actor = self.actor(by)
        address = drafting.create_draft(actor, nothing_secret=True)
        values = {
            "title": "Bảng kiểm tra dụng cụ dùng chung cho tổ trực",
            "proposal_class": ProposalClass.INITIATIVE,
            "solution_types": ["technical"],
            "field_id": fields_of_work()[2].id,
            "investor_kind": InvestorKind.UNIT,
            "situation": TEXT,
            "content": TEXT * 2,
            "steps": "In mẫu. Dán tại chỗ. Hướng dẫn tổ trực.",
            "novelty": "Chưa đơn vị nào trong trung đoàn dùng cách này.",
            "not_mandatory": True,
            "author_benefit": "Giảm thời gian từ 40 phút còn 12 phút mỗi ca.",
            **changes,
        }
        drafting.save_text(actor, address, self.version(address), values)
        return address

    def version(self, address: str) -> int:
        """The version of the stored text."""
        found = proposal_at(address)
        version = found.version if found else 0
        db.session.rollback()
        return version

    @prepared
    def attach(self, address: str, by: str = "tacgia", *, kind: str = "evidence", text: str = "Biên bản áp dụng thử.") -> int:
        """Attach a small text file."""
        source = BytesIO(text.encode())
        return attachments.attach(self.actor(by), address, name="bien-ban.txt", source=source, kind=kind, nothing_secret=True)

    @prepared
    def submitted(self, by: str = "tacgia", *, evidence: str = "Biên bản áp dụng thử.", **changes: Any) -> str:
        """A submitted proposal with one evidence file, which holds the text ``evidence``; returns its code."""
        address = self.draft(by, **changes)
        self.attach(address, by, text=evidence)
        return submitting.submit(self.actor(by), address, nothing_secret=True)

    @prepared
    def accepted(self, by: str = "tacgia", **changes: Any) -> str:
        """A proposal that passed the formal check; returns its code."""
        code = self.submitted(by, **changes)
        checking.accept(self.actor("tiepnhan"), code, {item: FormalAnswer(True) for item in FormalItem})
        return code
