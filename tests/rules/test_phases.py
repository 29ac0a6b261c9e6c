"""Who sees what, when, as the regulation says it (domain §3): the matrix is played through the policy and compared with its sentences."""

from __future__ import annotations

import pytest

from innovations.boards.rules.phases import Knows, Phase, Sight, Watcher, matrix
from innovations.boards.rules.sheet_access import SheetAccess
from innovations.proposals.rules.content import Handling

EVERY_RULE = [(blind, handling) for blind in (False, True) for handling in Handling]
BEFORE_REVEAL = (Phase.DRAFT, Phase.FORMAL, Phase.ASSIGNING, Phase.SCORING, Phase.SCORED)
AFTER_REVEAL = tuple(phase for phase in Phase if phase not in BEFORE_REVEAL)


def cells(*, blind: bool = False, handling: Handling = Handling.INTERNAL) -> dict[tuple[Watcher, Phase], Sight]:
    found = matrix(blind=blind, handling=handling)
    return {(watcher, phase): seen for watcher, row in found.items() for phase, seen in row.items()}


def who(phase: Phase, seen: dict[tuple[Watcher, Phase], Sight]) -> set[Watcher]:
    return {watcher for watcher in Watcher if seen[watcher, phase].dossier is not Knows.NOTHING}


@pytest.mark.parametrize(("blind", "handling"), EVERY_RULE)
def test_whoever_sees_a_sheet_a_board_page_or_a_name_knows_that_the_dossier_exists(blind: bool, handling: Handling) -> None:
    for place, seen in cells(blind=blind, handling=handling).items():
        if seen.board or seen.weighs or seen.sheets is not SheetAccess.NONE:
            assert seen.dossier is not Knows.NOTHING, place


@pytest.mark.parametrize(("blind", "handling"), EVERY_RULE)
def test_nobody_reads_anothers_sheet_or_a_mean_before_the_reveal(blind: bool, handling: Handling) -> None:
    seen = cells(blind=blind, handling=handling)
    early = {(watcher, phase): seen[watcher, phase] for watcher in Watcher for phase in BEFORE_REVEAL}
    assert {each.sheets for each in early.values()} == {SheetAccess.NONE, SheetAccess.OWN}
    assert {place for place, each in early.items() if each.sheets is SheetAccess.OWN} == {
        (Watcher.SCORER, Phase.SCORING), (Watcher.SCORER, Phase.SCORED),
    }  # fmt: skip
    assert not any(each.weighs for each in early.values())


def test_a_draft_is_its_authors_alone() -> None:
    assert who(Phase.DRAFT, cells()) == {Watcher.LEAD, Watcher.CO_AUTHOR}


def test_the_board_knows_of_it_from_acceptance_a_scorer_from_the_assignment_a_voter_from_the_agenda() -> None:
    seen = cells()
    seats = {Watcher.SECRETARY, Watcher.CHAIR, Watcher.SCORER, Watcher.VOTER}
    assert [who(phase, seen) & seats for phase in (Phase.FORMAL, Phase.ASSIGNING, Phase.SCORING, Phase.MEETING)] == [
        set(), {Watcher.SECRETARY, Watcher.CHAIR}, {Watcher.SECRETARY, Watcher.CHAIR, Watcher.SCORER}, seats,
    ]  # fmt: skip


def test_where_the_rules_hide_the_authors_a_scorer_reads_without_them_until_the_own_sheet_is_in() -> None:
    hidden = {place for place, seen in cells(blind=True).items() if seen.dossier is Knows.NAMELESS}
    assert hidden == {(Watcher.SCORER, Phase.SCORING)}
    assert not any(seen.dossier is Knows.NAMELESS for seen in cells().values())


@pytest.mark.parametrize("phase", AFTER_REVEAL)
def test_after_the_reveal_voting_seats_secretary_and_head_read_all_sheets_and_nobody_else(phase: Phase) -> None:
    seen = cells()
    readers = {Watcher.SECRETARY, Watcher.CHAIR, Watcher.SCORER, Watcher.VOTER, Watcher.DECIDER}
    assert {watcher for watcher in Watcher if seen[watcher, phase].sheets is SheetAccess.ALL} == readers
    assert {watcher for watcher in Watcher if seen[watcher, phase].weighs} == {Watcher.SECRETARY, Watcher.CHAIR, Watcher.DECIDER}


def test_authors_get_means_and_unnamed_remarks_with_the_decision_and_not_before() -> None:
    seen, authors = cells(), (Watcher.LEAD, Watcher.CO_AUTHOR)
    told = {phase for phase in Phase if all(seen[each, phase].sheets is SheetAccess.MEANS for each in authors)}
    assert told == {Phase.REFUSED, Phase.RECOGNISED}


def test_who_has_a_conflict_administers_audits_or_serves_elsewhere_sees_nothing_on_the_way() -> None:
    seen = cells()
    for watcher in (Watcher.RECUSED, Watcher.ADMIN, Watcher.AUDITOR, Watcher.SECURITY_OFFICER, Watcher.STRANGER):
        assert {seen[watcher, phase].dossier for phase in Phase} == {Knows.NOTHING}, watcher


def test_recognised_it_is_read_by_all_when_it_circulates_openly_else_in_the_owning_unit() -> None:
    assert who(Phase.RECOGNISED, cells(handling=Handling.OPEN)) == set(Watcher)
    inside = who(Phase.RECOGNISED, cells(handling=Handling.INTERNAL))
    assert Watcher.COMRADE in inside
    assert Watcher.STRANGER not in inside
