"""The table at the end of ``./dev faults``: what each campaign did, what was lost or doubled, and how long it took."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sizes import FULL

COLUMNS = ("campaign", "done", "acknowledged", "lost", "doubled", "result", "seconds")
Told = Callable[..., None]


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """Writes what the test did into the table: ``told(done="12 kills", acknowledged=60, lost=0, doubled=0)``."""

    def tell(**cells: object) -> None:
        for name, value in cells.items():
            assert name in COLUMNS
            record_property(name, value)

    return tell


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest campaign first: the others are done beside it."""
    if FULL:
        items.sort(key=lambda item: "test_random_plays" not in item.nodeid)


def _rows(reporter: pytest.TerminalReporter) -> list[tuple[str, ...]]:
    found = []
    for result in ("passed", "failed", "error"):
        for report in reporter.stats.get(result, ()):
            if report.when == "call" or result == "error":
                known = {"campaign": report.location[2], "result": result, "seconds": f"{report.duration:.0f}"}
                found.append(tuple(str({**known, **dict(report.user_properties)}.get(name, "")) for name in COLUMNS))
    return sorted(found)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table where the whole campaigns ran."""
    if not FULL:
        return
    rows = [COLUMNS, *_rows(terminalreporter)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    terminalreporter.section("campaigns")
    for row in rows:
        terminalreporter.line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
