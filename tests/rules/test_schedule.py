"""Dated phases never overlap, exactly one is active, they advance by date; none is looser than the regulation or the frozen rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_people import CHAIR, DEPUTY, MEMBER, REGIMENT, SECRETARY, everybody, person, proposal, review

from innovations.boards.rules.access import check_may_reveal, check_may_schedule, check_may_score, permitted
from innovations.boards.rules.paper_sheets import check_may_key
from innovations.boards.rules.phases import Knows, Phase, Watcher, matrix, sight
from innovations.boards.rules.refusals import ScoringEnded, ScoringNotOpen
from innovations.boards.rules.schedule import (
    AHEAD_MAX,
    AuthorsShown,
    BoardPhase,
    FirstPhaseDated,
    NamesShown,
    NoScoringPhase,
    PhaseBegun,
    PhaseDayMissing,
    PhaseNameMissing,
    Schedule,
    SheetsShown,
    TooManyPhases,
    TwoPhasesOneDay,
    active_on,
    begun,
    check_schedule,
    ends_on,
    fingerprint,
    in_force,
)
from innovations.boards.rules.seats import BoardFacts, SeatFacts, SeatRole
from innovations.boards.rules.sheet_access import SheetAccess, sheet_access
from innovations.core.rules.errors import Several
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.facts import ActivePhase
from innovations.proposals.rules.states import State

_SEATS = dict(zip((SECRETARY, CHAIR, DEPUTY, MEMBER), ("secretary", "chair", "deputy", "member"), strict=True))
TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PHASES = st.builds(
    BoardPhase, st.just("Giai đoạn"), st.none(), st.booleans(), st.sampled_from(AuthorsShown), st.sampled_from(SheetsShown),
    st.sampled_from(NamesShown),
)  # fmt: skip


def on(day: int, name: str = "Giai đoạn", **more: object) -> BoardPhase:
    return BoardPhase(name, date(2026, 3, day), **more)


PREPARE, SCORE, MEET = BoardPhase("Chuẩn bị", scoring=False), on(12, "Chấm điểm"), on(20, "Họp", scoring=False)
ROUND = (PREPARE, SCORE, MEET)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule that may be stored."""
    days = sorted(draw(st.sets(DAYS, max_size=AHEAD_MAX - 1)))
    drawn = draw(st.lists(PHASES, min_size=len(days) + 1, max_size=len(days) + 1))
    made = [BoardPhase(**{**vars(phase), "from_on": day}) for phase, day in zip(drawn, [None, *days], strict=True)]
    return check_schedule((), dict(enumerate([BoardPhase("Đầu"), *made[1:]])), date(2025, 1, 1))


@given(schedules(), DAYS)
def test_on_any_day_exactly_one_phase_is_active_and_it_is_the_one_whose_days_hold_it(schedule: Schedule, day: date) -> None:
    holding = [
        phase
        for phase in schedule
        if (phase.from_on is None or phase.from_on <= day) and (ends_on(schedule, phase) or date.max) >= day
    ]
    assert holding == [active_on(schedule, day)]


@given(schedules())
def test_each_phase_ends_on_the_day_before_the_next_begins_and_the_last_has_no_end(schedule: Schedule) -> None:
    for phase, following in zip(schedule, [*schedule[1:], None], strict=True):
        end = ends_on(schedule, phase)
        assert end == (following.from_on - timedelta(days=1) if following and following.from_on else None)


@given(schedules(), DAYS)
def test_sheets_are_taken_until_the_last_day_that_is_named_and_from_the_day_that_is_named(schedule: Schedule, day: date) -> None:
    told = in_force(schedule, day)
    active = active_on(schedule, day)
    assert active is not None
    assert told.scoring == active.scoring
    takes = {each: in_force(schedule, each).scoring for each in (day + timedelta(days=n) for n in range(400))}
    if told.scoring:
        stops = next((each for each, taken in takes.items() if not taken), None)
        assert told.scoring_until == (stops - timedelta(days=1) if stops else None)
        assert told.scoring_from is None
    else:
        assert told.scoring_from == next((each for each, taken in takes.items() if taken), None)


_ORDER = [SheetAccess.NONE, SheetAccess.OWN, SheetAccess.MEANS, SheetAccess.SUMMARY, SheetAccess.NAMELESS, SheetAccess.ALL]
_KNOWN = [Knows.NOTHING, Knows.NAMELESS, Knows.ALL]


@pytest.mark.parametrize("blind", [False, True])
@given(PHASES, st.sampled_from(Watcher), st.sampled_from(Phase), st.sampled_from(Handling))
def test_whatever_the_phase_nobody_sees_more_than_without_it(
    blind: bool, dated: BoardPhase, watcher: Watcher, phase: Phase, handling: Handling
) -> None:
    without = sight(watcher, phase, blind=blind, handling=handling)
    within = sight(watcher, phase, blind=blind, handling=handling, dated=dated)
    assert _KNOWN.index(within.dossier) <= _KNOWN.index(without.dossier)
    assert _ORDER.index(within.sheets) <= _ORDER.index(without.sheets)
    assert within.board <= without.board
    assert within.scores <= without.scores
    assert within.weighs <= without.weighs


def test_without_a_schedule_nothing_is_stricter() -> None:
    assert active_on((), TODAY) is None
    assert in_force((), TODAY) == ActivePhase()


def test_the_days_of_a_round_say_when_sheets_are_taken() -> None:
    before, within, after = (in_force(ROUND, date(2026, 3, day)) for day in (10, 15, 25))
    assert (before.scoring, before.scoring_from, before.scoring_until) == (False, date(2026, 3, 12), None)
    assert (within.scoring, within.scoring_from, within.scoring_until) == (True, None, date(2026, 3, 19))
    assert (after.scoring, after.scoring_from, after.scoring_until) == (False, None, date(2026, 3, 19))
    assert [each.name for each in (before, within, after)] == ["Chuẩn bị", "Chấm điểm", "Họp"]


def test_two_scoring_phases_in_a_row_end_with_the_second() -> None:
    two = (BoardPhase("Vòng một"), on(12, "Vòng hai"), on(20, "Họp", scoring=False))
    assert in_force(two, TODAY).scoring_until == date(2026, 3, 19)
    assert in_force((BoardPhase("Chấm"),), TODAY).scoring_until is None


def test_words_are_covered_ahead_of_a_phase_that_hides_the_authors_and_not_after_it() -> None:
    hiding = (BoardPhase("Chuẩn bị"), on(12, authors=AuthorsShown.REVEAL), on(20, "Họp"))
    told = [in_force(hiding, date(2026, 3, day)) for day in (10, 15, 25)]
    assert [each.hides_authors for each in told] == [True, True, False]
    assert [each.hides_to_reveal for each in told] == [False, True, False]


@pytest.mark.parametrize(
    ("phase", "refusal", "said"),
    [
        (in_force(ROUND, date(2026, 3, 10)), ScoringNotOpen, "chấm điểm mở từ ngày 12/03/2026"),
        (in_force(ROUND, date(2026, 3, 20)), ScoringEnded, "chỉ nhận đến hết ngày 19/03/2026"),
    ],
)
def test_outside_the_scoring_phase_a_sheet_is_refused_with_the_day(phase: ActivePhase, refusal: type, said: str) -> None:
    at = review(State.SCORING, phase=phase)
    with pytest.raises(refusal, match=said) as caught:
        check_may_score(person(MEMBER), proposal(at), at, frozenset({MEMBER}))
    assert caught.value.status == 409
    with pytest.raises(refusal, match=said):
        check_may_key(person(SECRETARY), proposal(at), at, {MEMBER})


@pytest.mark.parametrize("phase", [in_force((), TODAY), in_force(ROUND, date(2026, 3, 12)), in_force(ROUND, date(2026, 3, 19))])
def test_within_it_and_without_a_schedule_it_is_taken(phase: ActivePhase) -> None:
    at = review(State.SCORING, phase=phase)
    check_may_score(person(MEMBER), proposal(at), at, frozenset({MEMBER}))
    check_may_key(person(SECRETARY), proposal(at), at, {MEMBER})


@pytest.mark.parametrize("day", [10, 15, 25])
def test_dates_keep_nobody_from_revealing(day: int) -> None:
    at = review(State.SCORING, phase=in_force(ROUND, date(2026, 3, day)))
    check_may_reveal(person(SECRETARY), proposal(at), at)


def test_registrar_and_secretary_plan_the_phases_and_nobody_else() -> None:
    seats = tuple(SeatFacts(number, number, SeatRole(role), date(2020, 1, 1)) for number, role in _SEATS.items())
    board = BoardFacts(5, 9, REGIMENT, seats)
    may = {name for name, actor in everybody().items() if permitted(check_may_schedule, actor, board, TODAY)}
    assert may == {"registrar", "secretary"}


# --- what hides the authors, the sheets, the names ----------------------------------------------------------------------------


def seen(dated: BoardPhase, watcher: Watcher, phase: Phase, *, blind: bool = False) -> tuple[Knows, SheetAccess]:
    found = matrix(blind=blind, handling=Handling.INTERNAL, dated=dated)[watcher][phase]
    return found.dossier, found.sheets


@pytest.mark.parametrize(
    ("authors", "blind", "before", "after"),
    [
        (AuthorsShown.RULES, False, Knows.ALL, Knows.ALL),
        (AuthorsShown.RULES, True, Knows.NAMELESS, Knows.ALL),
        (AuthorsShown.OWN_SHEET, False, Knows.NAMELESS, Knows.ALL),
        (AuthorsShown.REVEAL, False, Knows.NAMELESS, Knows.NAMELESS),
        (AuthorsShown.REVEAL, True, Knows.NAMELESS, Knows.NAMELESS),
    ],
)
def test_a_scorer_learns_the_authors_as_the_stricter_of_rules_and_phase_says(
    authors: AuthorsShown, blind: bool, before: Knows, after: Knows
) -> None:
    dated = BoardPhase("Chấm điểm", authors=authors)
    known = [seen(dated, Watcher.SCORER, phase, blind=blind)[0] for phase in (Phase.SCORING, Phase.SCORED, Phase.MEETING)]
    assert known == [before, after, Knows.ALL]


@pytest.mark.parametrize(
    ("dated", "member"),
    [
        (BoardPhase("Họp"), SheetAccess.ALL),
        (BoardPhase("Họp", names=NamesShown.NEVER), SheetAccess.NAMELESS),
        (BoardPhase("Họp", sheets=SheetsShown.NEVER), SheetAccess.SUMMARY),
        (BoardPhase("Họp", sheets=SheetsShown.NEVER, names=NamesShown.NEVER), SheetAccess.SUMMARY),
    ],
)
def test_sheets_and_names_are_kept_from_members_not_from_who_presides_keeps_or_decides(
    dated: BoardPhase, member: SheetAccess
) -> None:
    assert {seen(dated, each, Phase.MEETING)[1] for each in (Watcher.SCORER, Watcher.VOTER)} == {member}
    leading = (Watcher.CHAIR, Watcher.SECRETARY, Watcher.DECIDER)
    assert {seen(dated, each, Phase.MEETING)[1] for each in leading} == {SheetAccess.ALL}
    assert seen(dated, Watcher.SCORER, Phase.SCORED)[1] is SheetAccess.OWN


@pytest.mark.parametrize(("absent", "read"), [(True, SheetAccess.ALL), (False, SheetAccess.SUMMARY)])
def test_the_deputy_reads_all_sheets_in_the_chairs_place_and_is_a_member_otherwise(absent: bool, read: SheetAccess) -> None:
    at = review(State.MEETING, chair_absent=absent, phase=ActivePhase(keeps_sheets=True))
    voting = frozenset({CHAIR, DEPUTY, SECRETARY, MEMBER})
    assert sheet_access(person(DEPUTY), proposal(at), at, scorers=frozenset(), voting=voting) is read


def test_only_a_scorer_with_an_open_sheet_scores_and_not_where_the_phase_takes_none() -> None:
    def scoring(dated: BoardPhase) -> set[tuple[Watcher, Phase]]:
        found = matrix(blind=False, handling=Handling.OPEN, dated=dated)
        return {(watcher, phase) for watcher, row in found.items() for phase, each in row.items() if each.scores}

    assert scoring(BoardPhase("Chấm điểm")) == {(Watcher.SCORER, Phase.SCORING)}
    assert scoring(BoardPhase("Họp", scoring=False)) == set()


# --- what may be planned ------------------------------------------------------------------------------------------------------


def refused(kept: Schedule, *rows: BoardPhase) -> dict[str | None, type]:
    with pytest.raises(Several) as caught:
        check_schedule(kept, dict(enumerate(rows)), TODAY)
    return {error.field: type(error) for error in caught.value.errors}


def test_phases_are_put_in_the_order_of_their_days() -> None:
    assert check_schedule((), {0: MEET, 1: PREPARE, 4: SCORE}, TODAY) == ROUND
    assert check_schedule(begun(ROUND, TODAY), {0: MEET, 1: SCORE}, TODAY) == (SCORE, MEET)


@pytest.mark.parametrize(
    ("rows", "refusals"),
    [
        ([BoardPhase("")], {"phases-0-name": PhaseNameMissing}),
        ([BoardPhase("x" * 81)], {"phases-0-name": PhaseNameMissing}),
        ([SCORE], {"phases-0-from_on": FirstPhaseDated}),
        ([BoardPhase("Một"), BoardPhase("Hai")], {"phases-1-from_on": PhaseDayMissing}),
        ([BoardPhase("Một"), on(9)], {"phases-1-from_on": PhaseBegun}),
        ([BoardPhase("Một"), on(12), on(12)], {"phases-2-from_on": TwoPhasesOneDay}),
        ([PREPARE, MEET], {"phases": NoScoringPhase}),
        ([], {"phases": NoScoringPhase}),
        ([BoardPhase("Một"), *(on(11 + n) for n in range(8))], {"phases": TooManyPhases}),
        (
            [BoardPhase(""), on(9, "")],
            {"phases-0-name": PhaseNameMissing, "phases-1-name": PhaseNameMissing, "phases-1-from_on": PhaseBegun},
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_on_its_field_all_at_once(rows: list[BoardPhase], refusals: dict[str | None, type]) -> None:
    assert refused((), *rows) == refusals


def test_a_phase_may_begin_today_and_not_on_the_day_on_which_one_has_begun() -> None:
    assert check_schedule((BoardPhase("Chấm điểm"),), {0: on(10)}, TODAY) == (on(10),)
    assert refused((BoardPhase("Chấm điểm"), on(10)), on(10)) == {"phases-0-from_on": TwoPhasesOneDay}


@pytest.mark.parametrize("name", ["x", "x" * 80])
def test_a_name_has_one_to_eighty_characters(name: str) -> None:
    assert check_schedule((), {0: BoardPhase(name)}, TODAY) == (BoardPhase(name),)


def test_eight_phases_are_planned_ahead_whatever_has_been() -> None:
    rows = {n: on(11 + n) for n in range(8)}
    assert len(check_schedule((BoardPhase("Một"), on(2), on(5)), rows, TODAY)) == 8


def test_what_has_begun_stays_and_nothing_need_follow() -> None:
    assert check_schedule((BoardPhase("Chấm điểm"),), {}, TODAY) == ()


def test_another_schedule_has_another_fingerprint() -> None:
    assert len({fingerprint(each) for each in ((), ROUND, ROUND[:2], (SCORE, PREPARE))}) == 4
    assert fingerprint(ROUND) == fingerprint(list(ROUND))
