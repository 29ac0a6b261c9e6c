"""A small library to search in, and an index made of it without any application."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from innovations.search.asking.parser import parse
from innovations.search.asking.query import REFUSED_CHARACTERS
from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.files.generations import IndexFolder
from innovations.search.files.writer import GenerationWriter
from innovations.search.port import Results

READER = {"any"}
#: No files are read together (:data:`innovations.search.answers.reader.TOGETHER`).
APART = (0,)


def create_document(number: int, title: str, **fields: Any) -> Document:
    """A recognised, open improvement of Regiment 1A; ``fields`` change what matters to the test."""
    usual: dict[str, Any] = {
        "code": f"SK-1A-2024-{number:04d}",
        "field": "training",
        "field_label": "Huấn luyện",
        "types": ("technical",),
        "type_labels": "kỹ thuật",
        "unit_id": 3,
        "unit_path": (1, 2, 3),
        "unit_label": "Trung đoàn 1A",
        "unit_names": "F-M; Sư đoàn M; 1A; Trung đoàn 1A",
        "level": "base",
        "level_label": "cơ sở",
        "year": 2024,
        "grade": "B",
        "state": "recognised",
        "handling": "open",
        "tokens": frozenset(READER),
        "decided_on": date(2024, 5, 1),
    }
    return Document(id=number, title=title, **{**usual, **fields})


LIBRARY = (
    create_document(1, "Giá đỡ bình ắc quy", problem="Bình nặng, hòa tan dung dịch dễ đổ ra sàn kho.", grade="A", adoptions=3),
    create_document(2, "Phần mềm trắc nghiệm chính trị", solution="Câu hỏi hiện trên máy tính, chấm ngay.", year=2023),
    create_document(3, "Bàn gá tháo lốp xe", field="technical_support", field_label="Bảo đảm kỹ thuật", grade="C", adoptions=1),
    create_document(4, "Đồng hồ đếm giờ huấn luyện", unit_path=(1, 2, 4), unit_names="Sư đoàn M; 2B; Trung đoàn 2B", year=2022),
    create_document(5, "Tủ sạc pin M-10 dùng chung", types=("technical", "management"), tokens=frozenset({"person:9"})),
    create_document(6, "Ổ khóa kho vũ khí", tokens=frozenset({"receiver:2"}), state="submitted", grade="", year=None),
)


def build(path: Path, documents: Iterable[Document] = LIBRARY) -> IndexFolder:
    """An index of ``documents`` in ``path``, in use."""
    folder = IndexFolder(path)
    with folder.writing():
        generation = folder.new()
        with GenerationWriter(generation, fresh=True) as writer:
            writer.add(documents)
            writer.commit()
        folder.switch_to(generation)
    return folder


def put(folder: IndexFolder, *documents: Document, gone: Iterable[int] = ()) -> None:
    """Commit new versions of ``documents``, and take those in ``gone`` out."""
    with folder.writing(), GenerationWriter(folder.current()) as writer:
        writer.remove({*gone, *(document.id for document in documents)})
        writer.add(documents)
        writer.commit()


def find(engine: WhooshEngine, text: str, tokens: Iterable[str] = READER, **asked: Any) -> Results:
    """Search as a page does."""
    return engine.search(parse(text), frozenset(tokens), **asked)


def ids(results: Results) -> list[int]:
    """Ids of the hits in rank order."""
    return [hit.id for hit in results.hits]


HOSTILE = (
    "'; DROP TABLE proposal; --",
    "<script>alert(1)</script>",
    "\x00\x01\x1b[31m",
    "\ud800",
    "\u202egnurt",
    "*",
    "?*?*",
    "[a TO z]",
    "a~9",
    "((((((",
    '"' * 50,
    "-" * 300,
    "nam:..",
    "nam:>=",
    ":::",
    "a:b:c:d",
    "\u0301\u0301\u0301",
    "𝕳𝖊𝖑𝖑𝖔",
    "田中さん",
    "😀" * 30,
    "NaN Infinity -1/0",
    "%s%n%x",
    "../../etc/passwd",
    "{{7*7}}",
    "ﷺ",
    "\u202e\u2066\u200b",
    "AND OR NOT",
    "| | |",
)
_PIECES = (*HOSTILE, "giá", "đỡ", " ", " OR ", " AND ", "-", '"', "nam:2020..2024", "donvi:", "*", ":", ",", "M-10", "luy*", "\n")


def hostile_queries(count: int) -> Iterator[str]:
    """The same ``count`` malformed queries each time."""
    dice = random.Random(20251)  # noqa: S311  (a fixed stream of test cases, no secret)
    for _ in range(count):
        yield "".join(dice.choice(_PIECES) for _ in range(dice.randrange(1, 60)))[:REFUSED_CHARACTERS]
