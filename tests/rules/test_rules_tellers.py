"""Two tellers count printed ballots, each alone: equal counts close the vote, others are counted again or settled."""

import dataclasses

import pytest
from rules_people import DEPUTY, LEAD, MEMBER, SECRETARY, person, proposal, review

from innovations.boards.rules.refusals import NotNow
from innovations.boards.rules.tellers import (
    CountedAlready,
    Figures,
    Keyed,
    NothingToSettle,
    NotTeller,
    OpinionsAndValid,
    TooManyCollected,
    TooManyIssued,
    Turn,
    ValidAndInvalid,
    check_figures,
    check_may_count,
    check_other_teller,
    last_pair,
    to_settle,
    turn_of,
)
from innovations.boards.rules.votes import (
    PaperNeedsSecretVote,
    VoteNotOpen,
    VoteOnPaper,
    VoteState,
    check_not_on_paper,
    check_paper,
    check_vote_open,
)
from innovations.core.rules.errors import Several
from innovations.proposals.rules.access import AuthorMayNotAct, RecusedMayNotAct
from innovations.proposals.rules.states import State

SEVEN = Figures(issued=7, collected=7, valid=6, invalid=1, agree=4, disagree=1, blank=1)


def figures(**changed):
    return dataclasses.replace(SEVEN, **changed)


OTHER = figures(agree=3, disagree=2)


@pytest.mark.parametrize("stated", [SEVEN, figures(issued=6, collected=5, valid=4, agree=3, disagree=0), Figures(*[0] * 7)])
def test_figures_that_add_up_are_taken_also_when_not_every_ballot_was_handed_out_or_came_back(stated):
    check_figures(stated, voters=7)


@pytest.mark.parametrize(
    ("stated", "refusals"),
    [
        (figures(issued=8), [TooManyIssued]),
        (figures(issued=6), [TooManyCollected]),
        (figures(invalid=2), [ValidAndInvalid]),
        (figures(invalid=0), [ValidAndInvalid]),
        (figures(agree=5), [OpinionsAndValid]),
        (figures(disagree=0), [OpinionsAndValid]),
        (Figures(8, 9, 6, 1, 4, 1, 2), [TooManyIssued, TooManyCollected, ValidAndInvalid, OpinionsAndValid]),
    ],
)
def test_every_contradiction_in_a_count_is_named(stated, refusals):
    with pytest.raises(Several) as refused:
        check_figures(stated, voters=7)
    assert [type(error) for error in refused.value.errors] == refusals
    for error in refused.value.errors:
        assert error.data == {name: getattr(stated, name, 7) for name in error.data}


def test_counts_that_differ_are_shown_figure_by_figure():
    assert SEVEN.differing(SEVEN) == ()
    assert SEVEN.differing(OTHER) == ("agree", "disagree")


FIRST, SECOND = Keyed(1, 1, 10, SEVEN), Keyed(1, 2, 11, OTHER)
THIRD, FOURTH = Keyed(2, 1, 11, SEVEN), Keyed(2, 2, 10, OTHER)


@pytest.mark.parametrize(
    ("counts", "turn"),
    [
        ([], Turn(1, 1, frozenset())),
        ([FIRST], Turn(1, 2, frozenset({10}))),
        ([FIRST, SECOND], Turn(2, 1, frozenset())),
        ([FIRST, SECOND, THIRD], Turn(2, 2, frozenset({11}))),
    ],
)
def test_the_second_count_of_an_attempt_is_another_persons_and_both_may_count_again(counts, turn):
    assert turn_of(counts) == turn
    check_other_teller(99, turn)
    for teller in turn.counted:
        with pytest.raises(CountedAlready):
            check_other_teller(teller, turn)


def test_the_latest_finished_attempt_counts():
    assert last_pair([FIRST]) is None
    assert last_pair([FIRST, SECOND, THIRD]) == (FIRST, SECOND)
    assert last_pair([THIRD, FIRST, FOURTH, SECOND]) == (THIRD, FOURTH)


def test_who_presides_settles_between_two_counts_that_differ():
    assert to_settle([FIRST, SECOND]) == (FIRST, SECOND)
    assert to_settle([FIRST, SECOND, THIRD, FOURTH]) == (THIRD, FOURTH)


@pytest.mark.parametrize(
    "counts", [[], [FIRST], [FIRST, dataclasses.replace(SECOND, figures=SEVEN)], [FIRST, SECOND, THIRD]],
    ids=["none", "one", "equal", "being counted again"],
)  # fmt: skip
def test_without_two_counts_that_differ_there_is_nothing_to_settle(counts):
    with pytest.raises(NothingToSettle):
        to_settle(counts)


def test_printed_ballots_are_counted_by_who_votes_or_keeps_the_minutes_in_the_meeting():
    tellers = {SECRETARY, MEMBER, LEAD}
    check_may_count(person(MEMBER), proposal(), review(State.MEETING), tellers)
    with pytest.raises(NotTeller):
        check_may_count(person(DEPUTY), proposal(), review(State.MEETING), tellers)
    with pytest.raises(NotNow):
        check_may_count(person(MEMBER), proposal(), review(State.SCORING), tellers)


def test_no_author_and_nobody_in_conflict_counts():
    with pytest.raises(AuthorMayNotAct):
        check_may_count(person(LEAD), proposal(), review(State.MEETING), {LEAD})
    with pytest.raises(RecusedMayNotAct):
        check_may_count(person(MEMBER), proposal(), review(State.MEETING, recused=frozenset({MEMBER})), {MEMBER})


@pytest.mark.parametrize("state", [None, *VoteState])
def test_opinions_are_taken_while_a_vote_is_open(state):
    if state is VoteState.OPEN:
        check_vote_open(state)
    else:
        with pytest.raises(VoteNotOpen):
            check_vote_open(state)


def test_ballots_are_printed_for_a_secret_vote_only_and_a_vote_on_paper_takes_none_by_phone():
    for secret, on_paper in ((True, True), (True, False), (False, False)):
        check_paper(secret=secret, on_paper=on_paper)
    with pytest.raises(PaperNeedsSecretVote):
        check_paper(secret=False, on_paper=True)
    check_not_on_paper(on_paper=False)
    with pytest.raises(VoteOnPaper):
        check_not_on_paper(on_paper=True)
