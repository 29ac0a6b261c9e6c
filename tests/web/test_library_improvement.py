"""The page of an improvement: who may open it, what it says, what it never says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.proposals import audience, lifecycle
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Attachment, BenefitItem, SimilarityFinding
from innovations.proposals.rules.content import BenefitKind, Handling, Origin
from innovations.proposals.rules.states import State
from tests.recognised import index, recognise
from tests.world import World, without_keys

RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"


def text(world: World, code: str, number: str = "docgia") -> str:
    answer = world.client(number).get(f"/library/{code}")
    assert answer.status_code == 200
    return answer.text


def found_the_same(code: str, other: str, **said: str) -> None:
    with atomic() as session:
        ids = proposal_at(code).id, proposal_at(other).id
        session.add(SimilarityFinding(proposal_id=ids[0], other_id=ids[1], score=Decimal("0.9"), **said))


def test_it_says_problem_needs_benefit_makers_and_recognition(world: World) -> None:
    code = recognise(world, conditions="Giấy A4, băng dính, một tổ ba người.", grade="A")
    with atomic() as session:
        line = BenefitItem(proposal_id=proposal_at(code).id, position=1, kind=BenefitKind.TIME, label="Một ca")
        line.before, line.after, line.measure = Decimal(40), Decimal(12), "phút"
        session.add(line)
    page = text(world, code)
    for sentence in ("ba quyển sổ", "một tổ ba người", "40 phút", "−70 %", "Thượng úy Nguyễn Văn An", "02/06/2025", "Loại A"):
        assert sentence in page, sentence


@pytest.mark.parametrize("state", [State.REVOKED, State.NOT_RECOGNISED, State.SUBMITTED])
def test_what_is_not_recognised_is_not_found_by_its_own_author_either(world: World, state: State) -> None:
    code = recognise(world)
    with atomic():
        proposal = proposal_at(code)
        lifecycle.record_past(proposal.reviews[-1], state)
        audience.refresh(proposal.id)
    assert world.client("tacgia").get(f"/library/{code}").status_code == 404


def test_an_internal_improvement_answers_strangers_like_one_that_does_not_exist(world: World) -> None:
    code = recognise(world, handling=Handling.INTERNAL)
    client = world.client("docgia")
    hidden, missing = client.get(f"/library/{code}"), client.get("/library/SK-T1A-2026-9999")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_keys(hidden.text).replace(code, "") == without_keys(missing.text).replace("SK-T1A-2026-9999", "")
    assert world.client("demo24").get(f"/library/{code}").status_code == 200


@pytest.mark.parametrize("number", ["docgia", "tacgia", "chihuy"])
def test_confidential_text_and_signed_files_are_never_shown(world: World, number: str) -> None:
    code = recognise(world, confidential="Chỉ hội đồng được biết cách pha")
    with atomic() as session:
        evidence = proposal_at(code).attachments[0]
        signed = {"name": "giay-uy-quyen.pdf", "kind": "consent", "media_type": "application/pdf", "sha256": evidence.sha256}
        session.add(Attachment(proposal_id=evidence.proposal_id, size=9, uploaded_at=now(), declared_at=now(), **signed))
    page = text(world, code, number)
    assert "cách pha" not in page
    assert "giay-uy-quyen.pdf" not in page
    assert "bien-ban.txt" in page


def test_the_old_temporary_address_leads_to_the_code(world: World) -> None:
    code = recognise(world)
    draft_code = proposal_at(code).draft_code
    answer = world.client("docgia").get(f"/library/{draft_code}")
    assert (answer.status_code, answer.location) == (303, f"/library/{code}")


def test_what_the_old_register_did_not_say_is_said_to_be_unknown(world: World) -> None:
    code = recognise(world, origin=Origin.IMPORTED, conditions="", author_benefit="", grade=None)
    page = text(world, code)
    assert page.count("không có trong sổ cũ") >= 4


def test_the_decision_stands_with_number_date_and_grade(world: World) -> None:
    code = recognise(world)
    with atomic() as session:
        review = proposal_at(code).reviews[-1]
        decision = Decision(unit_id=world.staff.units["T1A"], kind="recognise", year=2025)
        decision.number, decision.decided_on, decision.recorded_at = "145/QĐ-TrĐ", date(2025, 6, 2), now()
        session.add(decision)
        session.flush()
        session.add(DecisionLine(decision_id=decision.id, review_id=review.id, kind="recognise", grade="B"))
    page = text(world, code)
    assert "145/QĐ-TrĐ" in page
    assert "145/QĐ-TrĐ" in world.client("vanphong").get("/reports/register.csv").data.decode("utf-8-sig")


@pytest.mark.parametrize("said", [{"verdict": "same"}, {"author_says": "same"}])
def test_the_same_idea_recognised_at_another_base_is_marked_on_both(world: World, said: dict[str, str]) -> None:  # case 13
    here, there = recognise(world), recognise(world, by="demo27")
    found_the_same(here, there, **said)
    assert "đã công nhận tại Trung đoàn 2B (2025)" in text(world, here)
    assert "đã công nhận tại Trung đoàn 1A (2025)" in text(world, there)


def test_a_likeness_that_the_examiner_denied_is_not_marked(world: World) -> None:
    here, there = recognise(world), recognise(world, by="demo27")
    found_the_same(here, there, author_says="same", verdict="different")
    assert "đã công nhận tại" not in text(world, here)


def test_the_same_idea_is_not_named_to_who_may_not_see_it(world: World) -> None:
    here, there = recognise(world), recognise(world, by="demo27", handling=Handling.INTERNAL)
    found_the_same(here, there, verdict="same")
    page = text(world, here, "demo33")
    assert "đã công nhận tại" not in page
    assert there not in page


def test_similar_improvements_are_offered_as_far_as_the_reader_may_see_them(world: World) -> None:
    one = recognise(world, title=RACK)
    other = recognise(world, title=f"{RACK} hai tầng")
    hidden = recognise(world, title=f"{RACK} ba tầng", handling=Handling.INTERNAL)
    index(world)
    page = text(world, one)
    assert f"/library/{other}" in page
    assert hidden not in page
