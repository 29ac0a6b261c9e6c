"""What tests of the library page read from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import event

from innovations.extensions import db

QUIZ = "Bộ câu hỏi trắc nghiệm chính trị trên máy tính nội bộ"
RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"


def page(client: FlaskClient, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/library/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def codes(soup: BeautifulSoup) -> list[str]:
    return [hit["data-code"] for hit in soup.select("[data-code]")]


def total(soup: BeautifulSoup) -> int:
    return int(soup.select_one("[data-total]")["data-total"])


def facet(soup: BeautifulSoup, name: str) -> dict[str, int]:
    return {entry["data-value"]: int(entry["data-count"]) for entry in soup.select(f'[data-facet="{name}"]')}


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)
