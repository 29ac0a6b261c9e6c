"""Which small faults are tried against the tests of the rules."""

from __future__ import annotations

import pytest

from tools.mutants import mutants_of


def changes(source: str) -> set[str]:
    text = source.encode()
    return {mutant.changed(text)[1] for mutant in mutants_of(text)}


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("late = day > due\n", {"late = day >= due", "late = day <= due"}),
        ("free = seat not in taken\n", {"free = seat in taken"}),
        ("if chair and not absent:\n    pass\n", {"if chair or not absent:", "if chair and (absent):"}),
        ("if recused:\n    raise Recused(person=1)\n", {"if (not recused):", "pass"}),
        ("check_official(actor)\n", {"pass"}),
        ("minimum: int = 3\n", {"minimum: int = 2", "minimum: int = 4"}),
        ('floor = Decimal("9.5")\n', {'floor = Decimal("10.5")'}),
        ("blind = any(each for each in seats)\n", {"blind = all(each for each in seats)"}),
        ("def due():\n    return first + last\n", {"return None", "return first - last"}),
    ],
)
def test_what_decides_is_changed(source: str, faults: set[str]) -> None:
    assert changes(source) == faults


@pytest.mark.parametrize(
    "source",
    [
        '"""At most 3 of 5."""\n',
        'message = N_("Hạn là 30 ngày.")\n',
        "def label(kind: int | None) -> str | None: ...\n",
        "@lru_cache(maxsize=4096)\ndef plain(text): ...\n",
        "from x import y\n",
        'said = f"{number:04d}"\n',
    ],
)
def test_what_only_speaks_is_left_alone(source: str) -> None:
    assert changes(source) == set()


def test_of_a_refusal_only_its_absence_is_tried() -> None:
    assert changes("raise TooLong(text[:40], most=3)\n") == {"pass"}


def test_a_fault_is_looked_for_in_the_tests_of_its_outermost_function() -> None:
    source = b"class Actor:\n    def holds(self):\n        def inner():\n            return self.a == 1\n        return inner\nMOST = 3\n"
    assert {mutant.function for mutant in mutants_of(source)} == {"Actor.holds", ""}
