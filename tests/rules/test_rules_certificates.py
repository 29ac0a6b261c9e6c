"""What a certificate says and how it is found again; what is decided and not yet published."""

import base64
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from innovations.boards.rules.certificates import Statement, sealed
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.rules.pending import Outcome, checked_reason, departs
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.states import Action, State

SAID = Statement(
    number="GCN-E1A-2026-0007",
    holder="Thượng úy  Nguyễn Văn An",
    share=Decimal("60.00"),
    code="SK-E1A-2026-0007",
    title="Giá treo\ndụng cụ",
    decision="12/QĐ-E1A",
    decided_on=date(2026, 3, 10),
    grade="A",
    verification="7K00-112M-AAAA-AAAA",
)


def test_a_certificate_says_one_thing_a_line_in_a_fixed_order():
    assert SAID.text.decode().split("\n") == [
        "innovations certificate", "GCN-E1A-2026-0007", "Thượng úy Nguyễn Văn An", "60.00", "SK-E1A-2026-0007", "Giá treo dụng cụ",
        "12/QĐ-E1A", "2026-03-10", "A", "7K00-112M-AAAA-AAAA",
    ]  # fmt: skip


def test_what_is_unknown_keeps_its_line_and_what_is_long_is_cut():
    lines = replace(SAID, decided_on=None, grade="", title="ă" * 61).text.decode().split("\n")
    assert (lines[5], lines[7], lines[8], len(lines)) == ("ă" * 60, "", "", 10)


def test_signature_and_statement_travel_together_in_the_letters_of_an_address():
    seal = sealed(SAID.text, b"\xff" * 64)
    assert base64.urlsafe_b64decode(seal + "=" * (-len(seal) % 4)) == b"\xff" * 64 + SAID.text
    assert not set(seal) & set("=+/")


def test_a_refusal_that_waits_for_its_publication_has_its_reasons_and_a_recognition_needs_none():
    assert checked_reason(Outcome.DECLINE, " Chưa áp dụng thử. ") == "Chưa áp dụng thử."
    assert checked_reason(Outcome.RECOGNISE, "thừa") == ""
    with pytest.raises(ReasonsMissing):
        checked_reason(Outcome.DECLINE, " ")


def test_publishing_does_what_was_meant():
    assert [outcome.action for outcome in Outcome] == [Action.RECOGNISE, Action.DECLINE]


def test_a_head_departs_from_the_board_by_refusing_what_it_passed():
    found = {(kind, state) for kind in DecisionKind for state in (State.PASSED, State.FAILED) if departs(kind, state)}
    assert found == {(DecisionKind.NOT_RECOGNISE, State.PASSED)}
