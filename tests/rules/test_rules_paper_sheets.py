"""Score sheets on paper: the printed code, the two clerks who key one, and who may."""

import dataclasses
from decimal import Decimal

import pytest
from rules_people import CHAIR, DEPUTY, LEAD, MEMBER, SECRETARY, everybody, person, proposal, review

from innovations.boards.rules.access import permitted
from innovations.boards.rules.paper_sheets import (
    CodeMisread,
    NotClerk,
    NotPhoto,
    PaperSheet,
    SheetOfAnotherPerson,
    SheetOfAnotherRound,
    check_code,
    check_may_key,
    check_photo_file,
    sheet_code,
)
from innovations.boards.rules.refusals import NotNow
from innovations.people.rules.roles import Role
from innovations.proposals.rules.access import AuthorMayNotAct
from innovations.proposals.rules.states import State

CODE = sheet_code(41, 87)


@pytest.mark.parametrize("typed", [CODE, f"  {CODE} ", CODE.replace("-", " – "), CODE.replace("-", ".")])
def test_a_printed_code_is_taken_as_clerks_type_it(typed):
    check_code(typed, 41, 87)


def test_the_check_digits_are_those_of_the_standard():
    # ISO 7064, MOD 97-10: all digits, the check digits last, leave 1 when divided by 97.
    for assignment, revision in ((41, 87), (1, 1), (999_999_999, 999_999_999), (7, 123_456)):
        code = sheet_code(assignment, revision)
        check = code.rsplit("-", 1)[1]
        assert len(check) == 2
        assert int(f"{assignment}{revision:09d}{check}") % 97 == 1


@pytest.mark.parametrize("typed", ["", "41-87", "41-87-5", CODE[:-2] + "00", f"x{CODE}", f"{CODE}1"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeMisread):
        check_code(typed, 41, 87)


def test_every_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    code = sheet_code(4187, 90215)
    wrong = {code[:at] + digit + code[at + 1 :] for at, old in enumerate(code) for digit in "0123456789" if old.isdigit()}
    wrong |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1) if code[at : at + 2].isdigit()}
    for typed in wrong - {code}:
        with pytest.raises(CodeMisread):
            check_code(typed, 4187, 90215)


def test_a_sheet_of_another_member_or_of_an_earlier_text_is_not_keyed_here():
    with pytest.raises(SheetOfAnotherPerson):
        check_code(sheet_code(42, 87), 41, 87)
    for revision in (86, 88):
        with pytest.raises(SheetOfAnotherRound):
            check_code(sheet_code(41, revision), 41, 87)


@pytest.mark.parametrize(
    ("extension", "taken"), [("jpg", True), ("png", True), ("pdf", True), ("docx", False), ("txt", False), ("", False)]
)
def test_a_sheet_is_sent_as_a_picture_or_a_scan(extension, taken):
    if taken:
        check_photo_file("phiếu", extension)
        return
    with pytest.raises(NotPhoto) as refused:
        check_photo_file("phiếu", extension)
    assert refused.value.field == "file"
    assert "phiếu" in str(refused.value)


KEYED = PaperSheet({"novelty": Decimal(20), "effect": None}, {"effect": "Chưa rõ\r\nsố liệu"}, "Nên công nhận.", "recognise")


def keyed(**changed):
    return dataclasses.replace(KEYED, **changed)


@pytest.mark.parametrize(
    ("other", "places"),
    [
        (keyed(values={"novelty": Decimal("20.0"), "effect": None}, remarks={"effect": " Chưa rõ số  liệu "}), ()),
        (keyed(remarks={"effect": "Chưa rõ số liệu", "novelty": ""}, comment="Nên  công nhận. "), ()),
        (keyed(values={"novelty": Decimal(19), "effect": None}), ("novelty",)),
        (keyed(values={"novelty": Decimal(20)}), ("effect",)),
        (keyed(values={"novelty": Decimal(20), "effect": Decimal(0)}), ("effect",)),
        (keyed(remarks={}), ("effect",)),
        (keyed(remarks={**KEYED.remarks, "economy": "Tốt"}), ("economy",)),
        (keyed(values={"novelty": None, "effect": None}, comment="", proposes="refuse"), ("novelty", "comment", "proposes")),
    ],
)
def test_two_clerks_differ_where_words_or_points_differ_and_not_in_blanks_and_line_ends(other, places):
    assert KEYED.differing(other) == other.differing(KEYED) == places


def test_not_applicable_and_not_keyed_are_not_the_same():
    one, other = keyed(values={"economy": None}, remarks={}), keyed(values={}, remarks={})
    assert one.differing(other) == ("economy",)


def clerks(now):
    scorers = {MEMBER, CHAIR}
    return {name for name, who in everybody().items() if permitted(check_may_key, who, proposal(), now, scorers)}


def test_sheets_are_keyed_by_the_secretary_and_the_offices_while_scoring_is_open():
    assert clerks(review(State.SCORING)) == {"secretary", "registrar", "receiver"}
    assert clerks(review(State.SCORING, recused=frozenset({SECRETARY}))) == {"deputy", "registrar", "receiver"}
    for state in (State.ACCEPTED, State.MEETING):
        with pytest.raises(NotNow):
            check_may_key(person(SECRETARY), proposal(), review(state), ())


def test_who_scores_the_review_keys_no_sheet_of_it():
    for who in (person(SECRETARY), person(DEPUTY, (Role.REGISTRAR, "/1/4/9/"))):
        with pytest.raises(NotClerk):
            check_may_key(who, proposal(), review(State.SCORING), {SECRETARY, DEPUTY})


def test_an_author_who_is_the_receiver_keys_nothing():
    with pytest.raises(AuthorMayNotAct):
        check_may_key(person(LEAD, (Role.RECEIVER, "/1/4/9/")), proposal(), review(State.SCORING), ())
