"""A library that several modules of page tests read and none changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library_shelf import Shelf, stocked


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> Iterator[Shelf]:
    """Thirty improvements with known places."""
    yield from stocked(tmp_path_factory.mktemp("shelf"), staffed_database)
