"""The balanced plan of who scores what: even where it can be, never against a conflict or a pair kept apart, shortfalls named."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from innovations.boards.rules.balancing import Lack, Plan, Shortfall, Want, apart_within, balance

always = settings(derandomize=True, deadline=None, max_examples=120)

SEATS = (1, 2, 3, 4, 5)
BARRED = st.frozensets(st.sampled_from(SEATS), max_size=3)
WANTS = st.lists(st.tuples(st.integers(1, 4), BARRED), min_size=1, max_size=7).map(
    lambda rows: [Want(number, wanted, barred=barred) for number, (wanted, barred) in enumerate(rows, 1)]
)
LOADS = st.fixed_dictionaries(dict.fromkeys(SEATS, st.integers(0, 3)))
PAIRS = st.sets(st.sampled_from([frozenset(pair) for pair in combinations(SEATS, 2)]), max_size=3)
MOST = st.one_of(st.none(), st.integers(1, 5))


def squares(plan: Plan) -> int:
    return sum(load * load for load in plan.loads.values())


def best(wants: list[Want], loads: dict[int, int]) -> int:
    """The least sum of squared loads of every way to give each review what it can have: tried one by one."""
    ways = []
    for want in wants:
        free = [seat for seat in SEATS if seat not in want.barred]
        ways.append(list(combinations(free, min(want.wanted, len(free)))))
    found = []
    for chosen in product(*ways):
        load = {seat: loads[seat] + sum(seat in each for each in chosen) for seat in SEATS}
        found.append(sum(value * value for value in load.values()))
    return min(found)


def test_three_hundred_reviews_of_nine_members_differ_by_one_at_most() -> None:
    wants = [Want(number, 5, barred=frozenset({number % 9, number % 7})) for number in range(300)]
    plan = balance(range(9), wants, loads={})
    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1
    assert (sum(plan.loads.values()), plan.shortfalls) == (1500, ())


def test_who_has_more_to_do_already_is_given_less() -> None:
    plan = balance((1, 2, 3), [Want(number, 1) for number in range(6)], loads={1: 4, 2: 0, 3: 2})
    assert plan.loads == {1: 4, 2: 4, 3: 4}


def test_reviews_are_handed_on_along_a_chain_where_the_direct_way_is_barred() -> None:
    # 1 may hand on to 2 only, 2 to 3 only: taking the least loaded in turn leaves 1 with more.
    wants = [Want(10, 1, barred=frozenset({3})), Want(11, 1, barred=frozenset({3})), Want(12, 1, barred=frozenset({1}))]
    plan = balance((1, 2, 3), wants, loads={1: 0, 2: 0, 3: 0})
    assert plan.loads == {1: 1, 2: 1, 3: 1}


def test_who_has_two_more_than_another_hands_one_on() -> None:
    # Taken in turn, 1 would have two and 4 nothing; 4 may take only the first, whose taker then takes what 1 gives.
    wants = [Want(1, 1, barred=frozenset({1, 3})), Want(2, 2, barred=frozenset({4})), Want(3, 1, barred=frozenset({3, 4}))]
    assert balance((1, 2, 3, 4), wants, loads={}).loads == {1: 1, 2: 1, 3: 1, 4: 1}


def test_each_reason_of_a_shortfall_is_named() -> None:
    apart = [frozenset({1, 2}), frozenset({1, 3}), frozenset({2, 3})]
    conflicts = balance((1, 2, 3), [Want(7, 3, barred=frozenset({2}))], loads={})
    together = balance((1, 2, 3), [Want(7, 2)], loads={}, apart=apart)
    full = balance((1, 2, 3), [Want(7, 2), Want(8, 2)], loads={}, most=1)
    assert conflicts.shortfalls == (Shortfall(7, 1, Lack.CONFLICTS),)
    assert together.shortfalls == (Shortfall(7, 1, Lack.APART),)
    assert [(each.missing, each.why) for each in full.shortfalls] == [(1, Lack.FULL)]


def test_a_pair_kept_apart_does_not_hide_that_two_others_can_do_it() -> None:
    # The least loaded, 1, may be with nobody; 2 and 3 may be together.
    plan = balance((1, 2, 3), [Want(7, 2)], loads={1: 0, 2: 1, 3: 1}, apart=[frozenset({1, 2}), frozenset({1, 3})])
    assert plan.added == {7: (2, 3)}


def test_a_limit_is_kept_by_handing_on_rather_than_by_leaving_a_review_short() -> None:
    # 1 would take the review that both may score first; the other one only 1 may score.
    plan = balance((1, 2), [Want(5, 1), Want(6, 1, barred=frozenset({2}))], loads={}, most=1)
    assert (plan.added, plan.shortfalls) == ({5: (2,), 6: (1,)}, ())


def test_what_a_review_has_stays_and_counts() -> None:
    plan = balance((1, 2, 3), [Want(7, 2, has=frozenset({1}))], loads={1: 1}, apart=[frozenset({1, 2})])
    assert plan.added == {7: (3,)}
    assert plan.loads == {1: 1, 2: 0, 3: 1}


def test_a_chain_on_which_two_kept_apart_would_meet_is_not_carried_out() -> None:
    # 1 has one more than 5: it could give the second review to 2 and 2 the first to 3, but then 5 would sit with 2 or with 3.
    wants = [Want(1, 1, barred=frozenset({1, 5})), Want(2, 3)]
    plan = balance(SEATS, wants, loads={1: 2, 2: 1, 3: 1, 4: 1, 5: 1}, apart=[frozenset({2, 5}), frozenset({3, 5})], most=4)
    assert (plan.added, plan.shortfalls) == ({1: (2,), 2: (1, 3, 4)}, ())
    assert plan.loads == {1: 3, 2: 2, 3: 2, 4: 2, 5: 1}


def test_a_chain_that_brings_an_adversary_into_the_review_leaves_it_short_and_says_so() -> None:
    few = frozenset({2, 4})
    wants = [Want(1, 1, barred=few), Want(2, 2, barred=few), Want(3, 3)]
    pairs = [frozenset({1, 4}), frozenset({3, 4})]
    plan = balance((1, 2, 3, 4), wants, loads={1: 1, 2: 0, 3: 1, 4: 2}, apart=pairs, most=3)
    assert plan.added == {1: (3,), 2: (1, 3), 3: (2, 4)}
    assert plan.shortfalls == (Shortfall(3, 1, Lack.FULL),)


def test_who_becomes_free_to_join_by_a_hand_over_joins() -> None:
    wants = [
        Want(1, 2, barred=frozenset({5})), Want(2, 2, barred=frozenset({4})), Want(3, 3, barred=frozenset({4, 5})),
        Want(4, 2, barred=frozenset({5})), Want(5, 3, barred=frozenset({1})),
    ]  # fmt: skip
    pairs = [frozenset({1, 5}), frozenset({3, 5})]
    plan = balance(SEATS, wants, loads={1: 1, 2: 0, 3: 0, 4: 2, 5: 2}, apart=pairs, most=3)
    assert plan.loads == dict.fromkeys(SEATS, 3)
    assert sum(each.missing for each in plan.shortfalls) == 2


@always
@given(WANTS, LOADS)
def test_no_way_of_assigning_is_more_even(wants, loads):
    plan = balance(SEATS, wants, loads=loads)
    assert squares(plan) == best(wants, loads)


@always
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_without_conflicts_loads_differ_by_one_at_most(wanted):
    plan = balance(SEATS, [Want(number, count) for number, count in enumerate(wanted)], loads={})
    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1


@always
@given(WANTS, LOADS, PAIRS, MOST)
def test_nobody_is_assigned_against_a_conflict_a_pair_or_the_limit_and_every_shortfall_is_listed(wants, loads, pairs, most):
    plan = balance(SEATS, wants, loads=loads, apart=pairs, most=most)
    for want in wants:
        chosen = plan.added[want.review_id]
        assert len(set(chosen)) == len(chosen) <= want.wanted
        assert not set(chosen) & want.barred
        assert apart_within(chosen, pairs) == []
    assert plan.loads == {seat: loads[seat] + sum(seat in chosen for chosen in plan.added.values()) for seat in SEATS}
    assert all(plan.loads[seat] <= max(most, loads[seat]) for seat in SEATS if most is not None)
    missing = {want.review_id: want.wanted - len(plan.added[want.review_id]) for want in wants}
    listed = {each.review_id: each.missing for each in plan.shortfalls}
    assert listed == {review: count for review, count in missing.items() if count}


@always
@given(WANTS, PAIRS)
def test_without_a_limit_a_review_is_short_only_when_nobody_else_can_join_it(wants, pairs):
    plan = balance(SEATS, wants, loads={}, apart=pairs)
    for want in wants:
        free = [seat for seat in SEATS if seat not in want.barred]
        possible = max(
            count for count in range(want.wanted + 1) if any(not apart_within(way, pairs) for way in combinations(free, count))
        )
        assert len(plan.added[want.review_id]) == possible


@always
@given(WANTS, LOADS, st.integers(1, 5))
def test_with_a_limit_as_many_as_possible_are_assigned(wants, loads, most):
    """Against the bound of Hall's theorem: for each set of seats, what it may still take plus what the others can be asked for."""
    plan = balance(SEATS, wants, loads=loads, most=most)
    room = {seat: max(most - loads[seat], 0) for seat in SEATS}
    bounds = []
    for size in range(len(SEATS) + 1):
        for limited in combinations(SEATS, size):
            others = set(SEATS) - set(limited)
            bounds.append(
                sum(room[seat] for seat in limited) + sum(min(want.wanted, len(others - want.barred)) for want in wants)
            )
    assert sum(map(len, plan.added.values())) == min(bounds)


@always
@given(WANTS, LOADS, PAIRS, MOST, st.randoms(use_true_random=False))
def test_the_same_input_in_any_order_makes_the_same_plan(wants, loads, pairs, most, random):
    mixed = random.sample(wants, len(wants))
    seats = random.sample(SEATS, len(SEATS))
    assert balance(seats, mixed, loads=loads, apart=pairs, most=most) == balance(
        SEATS, wants, loads=loads, apart=pairs, most=most
    )
