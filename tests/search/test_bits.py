"""Sets of documents as bits are the sets that lists of numbers are."""

from __future__ import annotations

import random
from functools import reduce

import numpy as np
import pytest

from innovations.search.files.bits import at_least, bits_at, count, nothing, packed, places_of, unpacked, words_for

SIZES = (0, 1, 8, 63, 64, 65, 1000)


def chosen(size: int, seed: int) -> list[int]:
    dice = random.Random(seed)
    return sorted(dice.sample(range(size), dice.randint(0, size)))


@pytest.mark.parametrize("size", SIZES)
def test_places_come_back_as_they_were_set(size: int) -> None:
    for seed in range(20):
        places = chosen(size, seed)
        bits = bits_at(np.array(places, np.intp), size)
        assert len(bits) == words_for(size)
        assert (places_of(bits).tolist(), count(bits)) == (places, len(places))
        assert np.flatnonzero(unpacked(bits, size)).tolist() == places
        assert np.array_equal(packed(unpacked(bits, size)), bits)


@pytest.mark.parametrize("size", SIZES)
def test_sets_are_joined_and_narrowed_document_by_document(size: int) -> None:
    for seed in range(20):
        left, right = chosen(size, seed), chosen(size, seed + 100)
        ones, others = (bits_at(np.array(each, np.intp), size) for each in (left, right))
        assert places_of(ones & others).tolist() == sorted({*left} & {*right})
        assert places_of(ones | others).tolist() == sorted({*left} | {*right})
        assert places_of(ones & ~others).tolist() == sorted({*left} - {*right})


def test_nothing_holds_no_document() -> None:
    assert not places_of(nothing(100)).size


@pytest.mark.parametrize("sets", [1, 2, 3, 7, 8, 40])
@pytest.mark.parametrize("heaviest", [1, 5, 64])
def test_what_the_sets_weigh_that_a_document_stands_in_is_added_up(sets: int, heaviest: int) -> None:
    size, dice = 300, random.Random(sets)
    weights = [dice.randint(min(1, heaviest - 1), heaviest) for _ in range(sets)]
    drawn = [chosen(size, seed) for seed in range(sets)]
    sums = [sum(weight for weight, each in zip(weights, map(set, drawn), strict=True) if place in each) for place in range(size)]
    bits = [bits_at(np.array(each, np.intp), size) for each in drawn]
    for minimum in {1, 2, 3, *range(7, sum(weights) + 2, 9), sum(weights) + 1}:
        found = places_of(at_least(minimum, zip(weights, bits, strict=True)))
        assert found.tolist() == [place for place, held in enumerate(sums) if held >= minimum]
    assert np.array_equal(at_least(sets, [(1, each) for each in bits]), reduce(np.bitwise_and, bits))


def test_sets_that_hold_nothing_are_no_reason_to_fail() -> None:
    assert not at_least(2, [(1, nothing(64))] * 3).any()
