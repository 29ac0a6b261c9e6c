"""``flask register``: exit status, JSON, and whose register it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from innovations.extensions import db
from innovations.proposals.models import Proposal
from tests.world import World

GOOD = "title,year\nGiá treo dụng cụ,2020\n"
BAD = "title,year\nGiá treo dụng cụ,2020\nPhao bơm,năm ngoái\n"


def run(world: World, *args: str) -> Result:
    db.session.rollback()
    return world.app.test_cli_runner().invoke(args=["register", *args])


def file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "so.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def count() -> int:
    return db.session.query(Proposal).count()


def test_without_names_it_is_the_root_unit_and_the_only_admin(world: World, tmp_path: Path) -> None:
    result = run(world, "import", file(tmp_path, GOOD), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "rows": 1, "created": 1, "updated": 0, "unchanged": 0, "conflicts": 0, "skipped": 0, "errors": [], "warnings": [],
    }  # fmt: skip
    assert db.session.query(Proposal).one().code == "SK-QCM-2020-0001"


def test_a_fault_ends_with_1_and_stores_nothing(world: World, tmp_path: Path) -> None:
    result = run(world, "import", file(tmp_path, BAD), "--unit", "T1A", "--as", "vanphong", "--json")
    assert result.exit_code == 1
    (error,) = json.loads(result.stdout)["errors"]
    assert (error["row"], error["column"]) == (3, "year")
    assert "năm ngoái" in error["message"]
    assert count() == 0


def test_the_sound_rows_can_be_stored_without_the_others(world: World, tmp_path: Path) -> None:
    result = run(world, "import", file(tmp_path, BAD), "--unit", "T1A", "--as", "vanphong", "--skip-bad-rows")
    assert result.exit_code == 0
    assert "2 rows: 1 created" in result.stdout
    assert count() == 1


def test_a_dry_run_says_what_would_happen(world: World, tmp_path: Path) -> None:
    result = run(world, "import", file(tmp_path, GOOD), "--dry-run")
    assert (result.exit_code, count()) == (0, 0)
    assert "1 created" in result.stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--as", "docgia"), "không có quyền"),
        (("--as", "khongai"), "Không có tài khoản “khongai”"),
        (("--unit", "KHO9"), "Không có đơn vị mã “KHO9”"),
    ],
)
def test_a_refusal_is_a_sentence_and_ends_with_1(world: World, tmp_path: Path, options: tuple[str, str], sentence: str) -> None:
    result = run(world, "import", file(tmp_path, GOOD), *options)
    assert (result.exit_code, count()) == (1, 0)
    assert sentence in result.stderr


def test_wrong_use_ends_with_2(world: World, tmp_path: Path) -> None:
    assert run(world, "import", str(tmp_path / "missing.csv")).exit_code == 2
    assert run(world, "export", str(tmp_path / "so.docx")).exit_code == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(world: World, tmp_path: Path, suffix: str) -> None:
    run(world, "import", file(tmp_path, GOOD))
    out = str(tmp_path / f"ra.{suffix}")
    assert "1 rows written" in run(world, "export", out).stdout
    assert json.loads(run(world, "import", out, "--json").stdout)["unchanged"] == 1
