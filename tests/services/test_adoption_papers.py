"""The papers of an adoption say what the record says, to whom the adoption's page says it, from the moment there is something to say."""

from __future__ import annotations

from io import BytesIO

import pytest

from innovations.core.clock import today
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.library.rules.adoptions import AdoptionKind, AdoptionPaper, AdoptionState, papers_of
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning, Request
from innovations.people.models import Person
from innovations.proposals.loading import proposal_at
from tests.adoption_world import LINE, PURPOSE, agreed, ask, in_use
from tests.recognised import recognise
from tests.world import World

CONDITIONS = "Cử một người sang học; giữ nguyên tên tác giả."
RESULT = "Tổ trực kiểm tra đủ dụng cụ trong một lần, không còn phải đếm lại."
DATED = f"ngày {today():%d/%m/%Y}"


def paper(world: World, number: str, adoption_id: int, kind: str) -> str:
    """All the text of the paper on one line."""
    answer = world.client(number).get(f"/library/adoptions/{adoption_id}/{kind}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(pages_of(BytesIO(answer.data))).split()).replace("- ", "-")


def lacking(text: str, *expected: str) -> list[str]:
    return [each for each in expected if each not in text]


def improvement_words(code: str) -> tuple[str, ...]:
    proposal = proposal_at(code)
    assert proposal is not None
    authors = (f"{each.rank} {each.person.full_name}" for each in proposal.contributions if each.person)
    return (proposal.title, f"Mã số: {code}", *authors, f"Đơn vị quản lý sáng kiến: {proposal.owning_unit.name}")


def test_the_request_is_a_letter_of_the_adopting_unit_to_the_owning_one(world: World) -> None:
    code = recognise(world)
    adoption_id = ask(world, code, kind=AdoptionKind.TRANSFER)
    text = paper(world, "donvi", adoption_id, "request")
    asking = db.session.get_one(Person, world.staff.people["donvi"])
    assert lacking(
        text, "TRUNG ĐOÀN 2B", "Số: ………/ĐN", "Kính gửi: Trung đoàn 1A", *improvement_words(code), "Hình thức: Nhận chuyển giao", PURPOSE,
        f"Người đề nghị: {asking.rank} {asking.full_name}", f"Ngày gửi đề nghị: {today():%d/%m/%Y}", "ngày …… tháng …… năm 20……",
    ) == []  # fmt: skip
    assert "Ý kiến của đơn vị quản lý" not in text
    adopting.agree(world.actor("chihuy"), adoption_id, conditions=CONDITIONS)
    assert f"Đồng ý, {DATED}. {CONDITIONS}" in paper(world, "donvi", adoption_id, "request")


def test_a_declined_request_shows_the_reasons(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    adopting.decline(world.actor("chihuy"), adoption_id, reason="Đang sửa bản vẽ.")
    assert f"Không đồng ý, {DATED}. Đang sửa bản vẽ." in paper(world, "chihuy", adoption_id, "request")


def test_the_handover_record_names_both_sides_and_what_is_handed_over(world: World) -> None:
    code = recognise(world, conditions="Một tủ có khóa; hai giờ tập huấn.")
    adoption_id = ask(world, code)
    adopting.agree(world.actor("chihuy"), adoption_id, conditions=CONDITIONS)
    text = paper(world, "chihuy", adoption_id, "handover")
    proposal = proposal_at(code)
    assert proposal is not None
    shown = {each.kind: each.name for each in proposal.attachments}
    assert lacking(
        text, "BIÊN BẢN", "Bên giao: Trung đoàn 1A", "Bên nhận: Trung đoàn 2B", *improvement_words(code), f"Bản mô tả sáng kiến {code}",
        shown["evidence"], "Một tủ có khóa; hai giờ tập huấn.", CONDITIONS, "Căn cứ Nghị định số 13/2012/NĐ-CP",
        f"Căn cứ đề nghị áp dụng sáng kiến của Trung đoàn 2B {DATED};", f"Căn cứ ý kiến đồng ý của Trung đoàn 1A {DATED};",
        "ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN", "sau 6 tháng và 12 tháng",
    ) == []  # fmt: skip


def test_once_in_use_the_handover_record_says_where_by_whom_and_when_results_are_due(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    text = paper(world, "donvi", adoption_id, "handover")
    assert lacking(text, "Nơi áp dụng: Kho 2", "Người phụ trách: Võ Thành Nghĩa", f"Áp dụng từ ngày: {today():%d/%m/%Y}") == []
    assert "Báo cáo kết quả áp dụng cho bên giao chậm nhất các ngày:" in text


def test_the_confirmation_is_a_draft_until_the_adopting_commander_confirmed_the_figures(world: World) -> None:
    code = recognise(world)
    adoption_id = in_use(world, code)
    assert lacking(paper(world, "donvi", adoption_id, "confirmation"), "DỰ THẢO", "Chưa có số đo.", "chưa xác nhận") == []
    line = {**LINE, "money_per_year": 1_250_000}
    following_up.report_results(world.actor("donvi"), adoption_id, result=RESULT, lines=[line])
    following_up.confirm_benefits(world.actor("donvi"), adoption_id)
    text = paper(world, "chihuy", adoption_id, "confirmation")
    confirming = db.session.get_one(Person, world.staff.people["donvi"])
    assert lacking(
        text, "GIẤY XÁC NHẬN", "TRUNG ĐOÀN 2B", *improvement_words(code), "Hình thức: Nhân rộng, áp dụng lại",
        f"Áp dụng từ ngày: {today():%d/%m/%Y}", "Đến ngày: nay vẫn đang áp dụng", "Nơi áp dụng: Kho 2", "Người phụ trách: Võ Thành Nghĩa",
        RESULT, "Một lần kiểm tra", "40 phút", "12 phút", "1.250.000", f"{confirming.rank} {confirming.full_name}",
        f"đã xác nhận các số liệu trên, ngày {today():%d} tháng {today():%m} năm {today():%Y}",
    ) == []  # fmt: skip
    assert "DỰ THẢO" not in text


def test_after_the_use_ended_the_confirmation_says_until_when(world: World) -> None:
    adoption_id = in_use(world, recognise(world))
    adopting.stop_use(world.actor("donvi"), adoption_id, to_on=today(), reason="Đã thay bằng tủ điện tử.")
    assert f"Đến ngày: {today():%d/%m/%Y}" in paper(world, "donvi", adoption_id, "confirmation")


def test_the_owners_own_use_is_confirmed_but_neither_asked_for_nor_handed_over(world: World) -> None:
    code = recognise(world)
    request = Request(world.staff.units["T1A"], AdoptionKind.FIRST, PURPOSE)
    adoption_id = adopting.request_adoption(world.actor("chihuy"), code, request)
    adopting.start_use(world.actor("chihuy"), adoption_id, Beginning("Kho 1", "Lê Văn Tám", today()))
    assert "Nơi áp dụng: Kho 1" in paper(world, "chihuy", adoption_id, "confirmation")
    client = world.client("chihuy")
    refused = [client.get(f"/library/adoptions/{adoption_id}/{kind}.pdf").status_code for kind in ("request", "handover")]
    assert refused == [409, 409]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AdoptionState.REQUESTED, "request"), (AdoptionState.AGREED, "request handover"), (AdoptionState.DECLINED, "request"),
        (AdoptionState.CANCELLED, ""), (AdoptionState.IN_USE, "request handover confirmation"),
        (AdoptionState.STOPPED, "request handover confirmation"),
    ],
)  # fmt: skip
def test_each_state_has_its_papers(state: AdoptionState, expected: str) -> None:
    assert [each.value for each in papers_of(AdoptionKind.REPLICATION, state)] == expected.split()


def test_the_page_offers_what_there_is_and_the_rest_is_refused_with_the_reason(world: World) -> None:
    adoption_id = agreed(world, recognise(world))
    client = world.client("donvi")
    page = client.get(f"/library/adoptions/{adoption_id}").text
    offered = [each.value for each in AdoptionPaper if f"/adoptions/{adoption_id}/{each.value}.pdf" in page]
    assert offered == ["request", "handover"]
    refused = client.get(f"/library/adoptions/{adoption_id}/confirmation.pdf")
    assert refused.status_code == 409
    assert "Đã đồng ý" in refused.text
    assert "Giấy xác nhận áp dụng" in refused.text


@pytest.mark.parametrize("kind", [each.value for each in AdoptionPaper])
def test_to_others_the_papers_do_not_exist(world: World, kind: str) -> None:
    adoption_id = in_use(world, recognise(world))
    path = f"/library/adoptions/{adoption_id}/{kind}.pdf"
    asked = {
        number: world.client(number).get(path).status_code for number in ("tacgia", "vanphong", "docgia", "kiemtra", "quantri")
    }
    assert asked == {"tacgia": 200, "vanphong": 200, "docgia": 404, "kiemtra": 404, "quantri": 404}


def test_a_reader_of_english_gets_the_vietnamese_paper(world: World) -> None:
    adoption_id = ask(world, recognise(world))
    world.client("donvi").post("/locale", data={"locale": "en"})
    assert "Hình thức: Nhân rộng, áp dụng lại" in paper(world, "donvi", adoption_id, "request")
