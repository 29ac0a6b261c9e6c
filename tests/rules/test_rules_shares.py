"""Exact shares of a whole: two thirds, three quarters, 66.5 per cent."""

from fractions import Fraction

import pytest

from innovations.core.rules.shares import NotAShare, format_share, parse_share


@pytest.mark.parametrize(
    ("typed", "share", "written"),
    [
        ("2/3", Fraction(2, 3), "2/3"),
        (" 2 / 3 ", Fraction(2, 3), "2/3"),
        ("75 %", Fraction(3, 4), "75 %"),
        ("66,5%", Fraction(133, 200), "133/200"),
        ("0.25 %", Fraction(1, 400), "1/400"),
        ("4/4", Fraction(1), "100 %"),
    ],
)
def test_a_share_is_exact_and_written_as_whole_per_cent_where_it_is_one(typed, share, written):
    assert parse_share(typed) == share
    assert format_share(share) == written


@pytest.mark.parametrize("typed", ["", "2", "2/0", "-1/2", "0,125 %", "hai phần ba", "12345/2", "２/３"])
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(NotAShare) as refused:
        parse_share(typed, "quorum")
    assert refused.value.field == "quorum"
