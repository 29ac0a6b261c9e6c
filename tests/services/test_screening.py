"""A whole import or campaign is screened for repetitions: what is found, who may ask, what was judged stays judged."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from innovations.boards import screening_queries as queries
from innovations.boards.services import screening
from innovations.core.clock import today
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.exchange.services.comparing import compare_all
from innovations.exchange.services.importing import check_register, import_register
from innovations.extensions import db
from innovations.proposals import lifecycle, loading
from innovations.proposals.completeness import lacking
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.access import AuthorMayNotAct
from innovations.proposals.rules.states import State
from innovations.proposals.services import similar
from innovations.regulations.queries import open_campaign
from innovations.worker.rounds import Rounds
from tests.board_world import BoardWorld
from tests.recognised import index, recognise
from tests.world import World

RACK = "Giá xếp dụng cụ ghép từ khung giường hỏng"
RACK_BEFORE = "Dụng cụ để dưới đất, mang ra bãi tập mất nhiều chuyến."
RACK_NOW = "Hàn khung giường hỏng thành giá có bánh xe, một người đẩy đủ dụng cụ."
RACK_TEXT = f"{RACK_BEFORE} {RACK_NOW}"
PUMP = "Phao giữ đầu hút máy bơm"
PUMP_TEXT = "Đầu hút chìm xuống bùn. Ghép can nhựa thành phao giữ đầu hút gần mặt nước."
FILE = f'title,description,year\n"Làm {RACK.lower()}","{RACK_TEXT}",2020\n"{PUMP}","{PUMP_TEXT}",2020\n"Phao nổi: {PUMP.lower()}","{PUMP_TEXT}",2021\n'


def imported(world: World) -> int:
    """The batch of a register of three, the first of which repeats a recognised proposal and the last the second."""
    recognise(world, title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    batch = import_register(world.actor("vanphong"), world.staff.units["T1A"], BytesIO(FILE.encode())).batch_id
    index(world)
    return batch or 0


def campaign_of(world: World) -> int:
    found = open_campaign(world.staff.units["T1A"], today())
    assert found is not None
    return found.id


def run(screening_id: int) -> None:
    while screening.step(screening_id):
        pass


def found(world: World, screening_id: int, by: str = "vanphong") -> set[tuple[str, str]]:
    return {(pair.left.title, pair.right.title) for pair in queries.pairs(world.actor(by), screening_id)[0]}


def test_an_import_is_compared_with_the_register_and_with_itself(world: World) -> None:
    asked = screening.ask_screening(world.actor("vanphong"), batch_id=imported(world))
    run(asked)
    assert found(world, asked) == {(f"Làm {RACK.lower()}", RACK), (f"Phao nổi: {PUMP.lower()}", PUMP)}
    shown = queries.progress(world.actor("vanphong"), asked)
    assert (shown.done, shown.total) == (3, 3)
    assert shown.finished_at is not None


def test_the_worker_screens_in_its_rounds(world: World) -> None:
    asked = screening.ask_screening(world.actor("vanphong"), batch_id=imported(world))
    worker = Rounds()
    while worker.once():
        pass
    assert queries.progress(world.actor("vanphong"), asked).finished_at is not None
    assert len(found(world, asked)) == 2


def test_a_screening_that_runs_is_not_begun_twice(world: World) -> None:
    batch = imported(world)
    first = screening.ask_screening(world.actor("vanphong"), batch_id=batch)
    assert screening.ask_screening(world.actor("vanphong"), batch_id=batch) == first
    run(first)
    assert screening.ask_screening(world.actor("vanphong"), batch_id=batch) != first


def test_what_was_judged_is_shown_with_its_verdict_and_not_found_anew(world: World) -> None:
    actor, batch = world.actor("vanphong"), imported(world)
    first = screening.ask_screening(actor, batch_id=batch)
    run(first)
    pair = queries.pairs(actor, first)[0][0]
    screening.judge(actor, first, pair.id, "same")
    again = screening.ask_screening(actor, batch_id=batch)
    run(again)
    pairs, total = queries.pairs(actor, again)
    assert total == 2
    assert [each.verdict for each in pairs] == ["", "same"]
    assert pairs[-1].id == pair.id


def test_what_an_import_would_repeat_is_said_before_it_is_stored(world: World) -> None:
    recognise(world, title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    index(world)
    report = check_register(
        world.actor("vanphong"), world.staff.units["T1A"], BytesIO(FILE.encode()), compare=lambda *asked: compare_all(*asked)
    )
    assert report.compared == 3
    assert [(each.row, each.other_title) for each in report.similar] == [(2, RACK)]
    assert db.session.query(SimilarityFinding).count() == 0


def test_the_dry_run_tells_nothing_that_the_registrar_may_not_open(world: World) -> None:
    world.draft("docgia", title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    index(world)
    report = check_register(
        world.actor("vanphong"), world.staff.units["T1A"], BytesIO(FILE.encode()), compare=lambda *asked: compare_all(*asked)
    )
    assert report.similar == ()


def submitted_twice(world: World) -> tuple[str, str]:
    one = world.submitted(title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    other = world.submitted("tacgia2", title=f"Cải tiến {RACK.lower()}", situation=RACK_BEFORE, content=RACK_NOW)
    index(world)
    return one, other


def test_a_campaign_is_compared_by_registrar_and_secretary(board: BoardWorld) -> None:
    world = board.world
    one, other = submitted_twice(world)
    world.draft(
        "tacgia3" if "tacgia3" in world.staff.people else "tacgia",
        title=f"Nháp {RACK.lower()}",
        situation=RACK_BEFORE,
        content=RACK_NOW,
    )
    for number in ("vanphong", "thuky"):
        asked = screening.ask_screening(world.actor(number), campaign_id=campaign_of(world))
        run(asked)
        pairs, _total = queries.pairs(world.actor(number), asked)
        assert [(each.left.address, each.right.address) for each in pairs] == [(other, one)], number
        assert queries.progress(world.actor(number), asked).done == 2


@pytest.mark.parametrize("number", ["tacgia", "tiepnhan", "chutich", "uyvien3", "chihuy", "quantri", "donvi", "kiemtra"])
def test_nobody_else_screens_a_campaign(board: BoardWorld, number: str) -> None:
    with pytest.raises(NotVisible):
        screening.ask_screening(board.actor(number), campaign_id=campaign_of(board.world))
    asked = screening.ask_screening(board.actor("vanphong"), campaign_id=campaign_of(board.world))
    with pytest.raises(NotVisible):
        queries.pairs(board.actor(number), asked)


def test_an_import_is_the_registrars_alone(board: BoardWorld) -> None:
    batch = imported(board.world)
    with pytest.raises(NotVisible):
        screening.ask_screening(board.actor("thuky"), batch_id=batch)


def test_a_pair_of_a_campaign_is_judged_where_the_proposal_is_examined(board: BoardWorld) -> None:
    submitted_twice(board.world)
    actor = board.actor("vanphong")
    asked = screening.ask_screening(actor, campaign_id=campaign_of(board.world))
    run(asked)
    pair = queries.pairs(actor, asked)[0][0]
    with pytest.raises(Forbidden):
        screening.judge(actor, asked, pair.id, "same")
    assert db.session.get_one(SimilarityFinding, pair.id).verdict == ""


def test_what_a_screening_found_keeps_no_author_from_submitting(world: World) -> None:
    address = world.draft()
    world.attach(address)
    recognised = recognise(world, title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    proposal, other = loading.proposal_at(address), loading.proposal_at(recognised)
    assert proposal is not None
    assert other is not None
    review: Review = proposal.reviews[-1]
    before = lacking(proposal, review)
    with atomic() as session:
        session.add(SimilarityFinding(proposal_id=proposal.id, other_id=other.id, score=Decimal("0.9"), asked=False))
    assert lacking(proposal, review) == before
    with atomic() as session:
        session.query(SimilarityFinding).one().asked = True
    assert len(lacking(proposal, review)) == len(before) + 1


def test_an_author_does_not_judge_his_own_record(world: World) -> None:
    mine = world.submitted("vanphong", title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    batch = import_register(world.actor("vanphong"), world.staff.units["T1A"], BytesIO(FILE.encode())).batch_id
    index(world)
    asked = screening.ask_screening(world.actor("vanphong"), batch_id=batch)
    run(asked)
    pair = next(each for each in queries.pairs(world.actor("vanphong"), asked)[0] if each.right.address == mine)
    with pytest.raises(AuthorMayNotAct):
        screening.judge(world.actor("vanphong"), asked, pair.id, "same")


# What examiners see beyond the author


def test_the_receiver_sees_a_pending_repetition_that_the_author_does_not(world: World) -> None:
    one, other = submitted_twice(world)
    proposal = loading.proposal_at(world.draft("tacgia2", title=RACK, situation=RACK_BEFORE, content=RACK_NOW))
    assert proposal is not None
    assert similar.keep_findings(world.actor("tacgia2"), proposal) == 1  # his own earlier one only
    assert [each.address for each in similar.findings(world.actor("tacgia2"), proposal.address)] == [other]
    assert [each.address for each in similar.findings(world.actor("tiepnhan"), other)] == [one]
    assert similar.findings(world.actor("tacgia2"), other) == []


def test_a_verdict_on_what_is_found_now_is_stored(world: World) -> None:
    one, other = submitted_twice(world)
    match = similar.findings(world.actor("tiepnhan"), other)[0]
    similar.look_at(world.actor("tiepnhan"), other, match.id, "same")
    assert [(each.address, each.verdict) for each in similar.findings(world.actor("tiepnhan"), other)] == [(one, "same")]
    assert similar.findings(world.actor("tacgia2"), other) == []


def test_a_proposal_is_never_like_itself_or_its_own_revisions(world: World) -> None:
    code = world.submitted(title=RACK, situation=RACK_BEFORE, content=RACK_NOW)
    index(world)
    assert similar.findings(world.actor("tiepnhan"), code) == []
    assert similar.while_typing(world.actor("tacgia"), RACK, exclude=loading.proposal_at(code).id) == []  # type: ignore[union-attr]
    assert [each.address for each in similar.while_typing(world.actor("tacgia"), RACK)] == [code]


def test_what_is_recognised_is_told_as_that_whatever_a_higher_level_makes_of_it(world: World) -> None:
    code = recognise(world, title=RACK)
    with atomic():
        proposal = loading.proposal_at(code)
        assert proposal is not None
        lifecycle.record_past(proposal.reviews[-1], State.SUBMITTED)
    index(world)
    (match,) = similar.while_typing(world.actor("tacgia"), RACK)
    assert (match.address, match.state_label) == (code, "Đã công nhận")
