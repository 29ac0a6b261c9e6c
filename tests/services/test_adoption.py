"""Another unit asks for an improvement: who may ask, answer and take back, and what is stored and told (domain §3)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from innovations.core.clock import now, today
from innovations.core.rules.errors import DomainError, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.models import Adoption, AdoptionStep
from innovations.library.rules import refusals
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import Handling, ReasonsMissing
from tests.adoption_world import LINE, ask, in_use, state_of, stored, told, waiting
from tests.recognised import recognise
from tests.world import World


def test_a_request_waits_for_the_owners_commander_and_the_author_is_told(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code)
    people = world.staff.people
    assert state_of(adoption_id) == "requested"
    assert told(adoption_id, "requested") == {people["tacgia"], people["chihuy"]}
    assert [each.text for each in waiting(world, "chihuy")] == ["Bảng kiểm tra dụng cụ dùng chung cho tổ trực"]
    assert waiting(world, "donvi") == []


def test_the_whole_way_from_request_to_confirmed_benefits(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    following_up.report_results(world.actor("donvi"), adoption_id, result="Nhanh hơn rõ rệt.", lines=[LINE])
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    row = db.session.get_one(Adoption, adoption_id)
    assert (row.state, row.place, row.result) == ("in_use", "Kho 2", "Nhanh hơn rõ rệt.")
    assert row.confirmed_at is not None
    steps = db.session.scalars(
        select(AdoptionStep.action).where(AdoptionStep.adoption_id == adoption_id).order_by(AdoptionStep.id)
    )
    assert list(steps) == ["request", "agree", "start", "report", "confirm"]


def test_author_and_owner_hear_of_every_step(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    following_up.report_results(world.actor("donvi"), adoption_id, result="Tốt.", lines=[LINE])
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today(), reason="Thay bằng thiết bị mới hơn")
    people = world.staff.people
    for kind in ("started", "reported", "confirmed", "stopped"):
        assert told(adoption_id, kind) == {people["tacgia"], people["chihuy"]}, kind
    assert told(adoption_id, "agreed") == {people["tacgia"], people["donvi"]}


@pytest.mark.parametrize(
    ("by", "unit", "refusal", "sentence"),
    [
        ("docgia", "T2B", refusals.NotAdoptersCommander, "chỉ huy đơn vị áp dụng"),
        ("donvi", "T1A", refusals.NotAdoptersCommander, "chỉ huy đơn vị áp dụng"),
        ("chihuy", "T1A", refusals.OwnUnit, "đang quản lý sáng kiến"),
    ],
)
def test_a_request_that_may_not_be_made_stores_nothing(
    world: World, by: str, unit: str, refusal: type[DomainError], sentence: str
) -> None:
    code = recognise(world)
    before = stored()
    with pytest.raises(refusal, match=sentence):
        ask(world, code, by, unit)
    assert stored() == before


def test_a_first_use_is_for_the_owner_alone_and_needs_no_answer(world: World) -> None:
    code = recognise(world)
    with pytest.raises(refusals.NotTheOwner):
        ask(world, code, kind=AdoptionKind.FIRST)
    assert state_of(ask(world, code, "chihuy", "T1A", AdoptionKind.FIRST)) == "agreed"


def test_a_unit_has_one_running_adoption_of_an_improvement(world: World) -> None:
    code = recognise(world)
    ask(world, code)
    before = stored()
    with pytest.raises(refusals.AlreadyRunning, match="Trung đoàn 2B đã có đề nghị"):
        ask(world, code)
    assert stored() == before


def test_the_database_too_refuses_a_second_running_adoption(world: World) -> None:
    code = recognise(world)
    first = db.session.get_one(Adoption, ask(world, code))
    second = Adoption(
        proposal_id=first.proposal_id,
        unit_id=first.unit_id,
        requested_at=now(),
        requested_by_id=first.requested_by_id,
        state="in_use",
    )
    with pytest.raises(IntegrityError), atomic() as session:
        session.add(second)


def test_after_a_refusal_the_unit_may_ask_again(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code)
    adopting.decline(world.actor("chihuy"), adoption_id, reason="Chưa có đủ mẫu để chuyển giao")
    assert state_of(adoption_id) == "declined"
    assert state_of(ask(world, code)) == "requested"


def test_declining_without_reasons_is_blocked(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    before = stored()
    with pytest.raises(ReasonsMissing):
        adopting.decline(world.actor("chihuy"), adoption_id, reason="không")
    assert (stored(), state_of(adoption_id)) == (before, "requested")


def test_only_the_owning_units_commander_answers(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    before = stored()
    for number in ("donvi", "tacgia", "vanphong"):
        with pytest.raises(refusals.NotOwnersCommander):
            adopting.agree(world.actor(number), adoption_id)
    assert (stored(), state_of(adoption_id)) == (before, "requested")


def test_a_commander_who_is_an_author_leaves_the_answer_to_the_next_unit_up(world: World) -> None:
    code = recognise(world)
    with atomic() as session:
        proposal_id = proposal_at(code).id
        person = world.staff.people["chihuy"]
        session.add(Contribution(proposal_id=proposal_id, position=2, person_id=person, free_name="", share=None))
    adoption_id = ask(world, code)
    with pytest.raises(refusals.AuthorMayNotHandle, match="chỉ huy cấp trên"):
        adopting.agree(world.actor("chihuy"), adoption_id)
    assert world.staff.people["demo35"] in told(adoption_id, "requested")
    assert waiting(world, "chihuy") == []
    adopting.agree(world.actor("demo35"), adoption_id)
    assert state_of(adoption_id) == "agreed"


def test_only_the_requesting_side_takes_a_request_back(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    with pytest.raises(refusals.NotRequester):
        adopting.cancel(world.actor("chihuy"), adoption_id)
    assert state_of(adoption_id) == "requested"
    adopting.cancel(world.actor("donvi"), adoption_id)
    assert state_of(adoption_id) == "cancelled"


def test_a_state_that_has_no_such_step_refuses_it(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    with pytest.raises(refusals.AdoptionNotAllowed, match="Chờ trả lời"):
        adopting.start_use(world.actor("donvi"), adoption_id, Beginning("Kho", "An", today()))
    assert state_of(adoption_id) == "requested"


def test_an_improvement_the_reader_may_not_see_cannot_be_asked_for(world: World) -> None:
    code = recognise(world, handling=Handling.INTERNAL)
    with pytest.raises(NotVisible):
        ask(world, code)
    assert stored()[0] == 0


def test_an_adoption_of_others_does_not_exist_for_a_stranger(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    for number in ("docgia", "demo30", "quantri"):
        with pytest.raises(NotVisible):
            adopting.cancel(world.actor(number), adoption_id)
