"""What the author's and the receiver's pages send, and what is stored after it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from innovations.proposals.rules.formal import FormalItem
from innovations.regulations.queries import fields_of_work
from tests.world import TEXT, World

TITLE = "Giá để dụng cụ vệ sinh dùng chung cho ba tiểu đội"


def idea(**changes: Any) -> dict[str, Any]:
    """What the first step sends."""
    sent = {
        "version": "1", "title": TITLE, "proposal_class": "initiative", "solution_types": ["technical"],
        "field_id": str(fields_of_work()[2].id), "investor_kind": "unit", "tags": "dụng cụ; vệ sinh",
    }  # fmt: skip
    return {**sent, **changes}


DESCRIPTION = {
    "situation": TEXT, "content": TEXT, "steps": "Cắt, hàn, sơn, treo biển.", "novelty": "Chưa nơi nào trong trung đoàn làm.",
    "not_mandatory": "yes", "handling": "open",
}  # fmt: skip
BENEFIT = {
    "author_benefit": "Đỡ mất thời gian tìm dụng cụ.", "lines-0-label": "Thời gian lấy dụng cụ", "lines-0-kind": "time",
    "lines-0-before": "12,5", "lines-0-after": "4", "lines-0-measure": "phút", "lines-1-kind": "time",
}  # fmt: skip


def begin(client: FlaskClient) -> str:
    """Make the declaration and return the draft's address."""
    sent = client.post("/proposals/new", data={"nothing_secret": "y"})
    assert sent.status_code == 303
    return sent.location.split("/")[2]


def version(world: World, address: str) -> str:
    return str(world.version(address))


def stored(address: str) -> Proposal:
    """The proposal as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    found = proposal_at(address)
    assert found is not None
    return found


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def send_check(client: FlaskClient, code: str, do: str, **changes: str) -> TestResponse:
    """Send the receiver's page with every item met."""
    answers = {item.value: "ok" for item in FormalItem}
    return client.post(f"/proposals/{code}/check", data={**answers, "do": do, **changes})
