"""Decisions and certificates: what is refused, at which field."""

import dataclasses
from datetime import date

import pytest
from rules_people import (
    LEAD,
)

from innovations.boards.rules.certificates import normal_code, registration_number, verification_code
from innovations.boards.rules.decisions import (
    AlreadyDecided,
    Approval,
    CertificatesIssued,
    DecisionBeforeConclusion,
    DecisionDateInFuture,
    DecisionDateMissing,
    DecisionFacts,
    DecisionKind,
    GradeMissing,
    LineFacts,
    NoLines,
    NumberMissing,
    NumberTaken,
    ScopeMissing,
    SignerIsAuthor,
    SignerMissing,
    SuperiorApprovalMissing,
    check_correctable,
    check_decision,
    missing_numbers,
)
from innovations.core.rules.errors import Several
from innovations.proposals.rules.content import ReasonsMissing

TODAY = date(2026, 3, 10)
LINE = LineFacts(1, grade="A", concluded_on=date(2026, 3, 1), author_ids=frozenset({LEAD}))
SIGNED_ON = date(2026, 3, 5)
DECISION = DecisionFacts(DecisionKind.RECOGNISE, "12/QĐ-E1", SIGNED_ON, "Trần Văn B", "Trung đoàn trưởng", (LINE,))
APPROVAL = Approval("3/CV", date(2026, 3, 2), "Lê Văn C")


def decided(line=None, taken=(), **fields):
    lines = {"lines": (dataclasses.replace(LINE, **line),)} if line else {}
    check_decision(dataclasses.replace(DECISION, **lines, **fields), taken, TODAY)


def refusals(**given):
    """Type and field of each refusal; none when the decision passes."""
    try:
        decided(**given)
    except Several as refused:
        return [(type(error), error.field) for error in refused.errors]
    return []


@pytest.mark.parametrize(
    "given",
    [
        {"taken": ["11/QĐ-E1"]},
        {"line": {"needs_superior": True}, "approval": APPROVAL},
        {"line": {"scope": "Toàn quân chủng"}, "kind": DecisionKind.SCOPE},
    ],
)
def test_a_complete_decision_passes(given):
    assert refusals(**given) == []


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"number": " "}, NumberMissing, "number"),
        ({"taken": ["12 / qđ-e1"]}, NumberTaken, "number"),
        ({"decided_on": None}, DecisionDateMissing, "decided_on"),
        ({"decided_on": date(2026, 3, 11)}, DecisionDateInFuture, "decided_on"),
        ({"decided_on": date(2026, 2, 28)}, DecisionBeforeConclusion, "decided_on"),
        ({"signer_position": ""}, SignerMissing, "signer_name"),
        ({"lines": ()}, NoLines, "lines"),
        ({"line": {"grade": None}}, GradeMissing, "grade"),
        ({"line": {"decided_kinds": frozenset({DecisionKind.RECOGNISE})}}, AlreadyDecided, "lines"),
        ({"line": {"needs_superior": True}}, SuperiorApprovalMissing, "superior_number"),
        (
            {"line": {"needs_superior": True}, "approval": dataclasses.replace(APPROVAL, number=" ")},
            SuperiorApprovalMissing,
            "superior_number",
        ),
        ({"kind": DecisionKind.SCOPE}, ScopeMissing, "scope"),
        ({"kind": DecisionKind.NOT_RECOGNISE}, ReasonsMissing, "reason"),
        ({"kind": DecisionKind.REVOKE}, ReasonsMissing, "reason"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_at_its_field(fields, refusal, field):
    assert refusals(**fields) == [(refusal, field)]


def test_another_kind_of_decision_on_the_same_review_is_no_repetition():
    recognised = {"decided_kinds": frozenset({DecisionKind.RECOGNISE}), "reason": "Tranh chấp quyền tác giả"}
    assert refusals(line=recognised, kind=DecisionKind.REVOKE) == []


def test_nobody_signs_about_the_own_work():
    with pytest.raises(SignerIsAuthor):
        decided(signer_id=LEAD)
    decided(signer_id=999)


@pytest.mark.parametrize(
    ("number", "earlier", "skipped"),
    [
        ("15/QĐ", ["12/QĐ", "9/QĐ"], (13, 14)),
        ("13/QĐ", ["12/QĐ"], ()),
        ("12a/QĐ", ["12/QĐ"], ()),
        ("5/QĐ", ["12/QĐ"], ()),
        ("QĐ-7", ["12/QĐ"], ()),
        ("7/QĐ", [], ()),
    ],
)
def test_skipped_numbers_are_shown_as_a_warning(number, earlier, skipped):
    assert missing_numbers(number, earlier) == skipped


def test_a_decision_is_corrected_until_the_first_certificate():
    check_correctable(0)
    with pytest.raises(CertificatesIssued) as refused:
        check_correctable(2)
    assert refused.value.status == 409


def test_certificate_numbers_and_codes_have_their_shape():
    assert registration_number("E1A", 2026, 7) == "GCN-E1A-2026-0007"
    assert verification_code(bytes(10)) == "0000-0000-0000-0000"
    assert verification_code(bytes([255] * 10)) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    with pytest.raises(ValueError, match="10 random bytes"):
        verification_code(bytes(9))


def test_look_alikes_in_a_typed_code_are_mended_and_other_texts_are_no_code():
    assert normal_code("oi1l 0000 0000 0000") == "0111-0000-0000-0000"
    assert normal_code("OOOO-0000-0000") is None
    assert normal_code("UUUU-0000-0000-0000") is None
