"""What ``./dev coverage`` counts and says."""

from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest

from tools import covered

ROOT = Path(__file__).resolve().parents[2]


def measured(**figures: int) -> dict[str, object]:
    return {"summary": {"num_statements": 0, "num_branches": 0, "covered_lines": 0, "covered_branches": 0, **figures}}


def test_every_room_names_files_that_exist() -> None:
    files = [path.relative_to(ROOT / "innovations").as_posix() for path in (ROOT / "innovations").rglob("*.py")]
    patterns = [pattern for patterns in covered.ROOMS.values() for pattern in patterns]
    assert [pattern for pattern in patterns if not fnmatch.filter(files, pattern)] == []


def test_one_missed_branch_of_a_hundred_thousand_is_not_all_of_them() -> None:
    share = covered.Share.of([measured(num_statements=99_999, covered_lines=99_999), measured(num_branches=1)])
    assert (share.reaches(100), share.reaches(99), str(share)) == (False, True, " 99.99 %")


def test_a_room_without_files_does_not_reach_its_goal() -> None:
    assert [room for room, goal, share in covered.rooms({}) if share.reaches(goal)] == []


@pytest.mark.parametrize(
    ("lines", "branches", "told"),
    [
        ([], [], ""),
        ([4, 5, 6, 9], [], "4-6, 9"),
        ([], [[3, 7], [8, -1]], "3->7, 8->end"),
        ([7], [[3, 7], [7, 9], [10, 12]], "7, 10->12"),
    ],
)
def test_a_branch_from_or_to_a_missed_line_is_told_by_the_line(lines: list[int], branches: list[list[int]], told: str) -> None:
    assert covered.missed({"missing_lines": lines, "missing_branches": branches}) == told
