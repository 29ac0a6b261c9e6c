"""When scoring may open, and when all sheets that are to be expected are in."""

import pytest

from innovations.boards.rules.assignments import (
    SheetCount,
    SheetsMissing,
    SheetSubmitted,
    TooFewScorers,
    check_all_in,
    check_enough_scorers,
    check_not_submitted,
)
from innovations.regulations.rules.rulesets import DEFAULT


def test_scoring_opens_from_the_minimum_of_free_scorers_on() -> None:
    check_enough_scorers(DEFAULT.minimum_scorers, DEFAULT)
    with pytest.raises(TooFewScorers, match="Mới có 2 người chấm không vướng xung đột; cần ít nhất 3 người"):
        check_enough_scorers(2, DEFAULT)


def test_an_excused_sheet_holds_nobody_up_and_a_missing_one_does() -> None:
    check_all_in(SheetCount(submitted=3, excused=1, missing=0))
    with pytest.raises(SheetsMissing, match="Còn 1 phiếu chấm chưa nộp"):
        check_all_in(SheetCount(submitted=3, excused=0, missing=1))


def test_what_was_submitted_is_not_taken_back() -> None:
    check_not_submitted(False)
    with pytest.raises(SheetSubmitted):
        check_not_submitted(True)
