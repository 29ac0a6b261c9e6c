"""The author's way through the pages by sent forms, the receiver's check, and what each page refuses."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal, ReviewStep
from innovations.proposals.models_dossier import Attachment, SimilarityFinding
from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import State
from innovations.proposals.services import checking
from innovations.regulations.queries import fields_of_work
from tests.board_world import BoardWorld
from tests.world import PASSWORD, TEXT, World

TITLE = "Giá để dụng cụ vệ sinh dùng chung cho ba tiểu đội"


def idea(**changes: Any) -> dict[str, Any]:
    """What the first step sends."""
    sent = {
        "version": "1", "title": TITLE, "proposal_class": "initiative", "solution_types": ["technical"],
        "field_id": str(fields_of_work()[2].id), "investor_kind": "unit", "tags": "dụng cụ; vệ sinh",
    }  # fmt: skip
    return {**sent, **changes}


DESCRIPTION = {
    "situation": TEXT, "content": TEXT, "steps": "Cắt, hàn, sơn, treo biển.", "novelty": "Chưa nơi nào trong trung đoàn làm.",
    "not_mandatory": "yes", "handling": "open",
}  # fmt: skip
BENEFIT = {
    "author_benefit": "Đỡ mất thời gian tìm dụng cụ.", "lines-0-label": "Thời gian lấy dụng cụ", "lines-0-kind": "time",
    "lines-0-before": "12,5", "lines-0-after": "4", "lines-0-measure": "phút", "lines-1-kind": "time",
}  # fmt: skip


def begin(client: FlaskClient) -> str:
    """Make the declaration and return the draft's address."""
    sent = client.post("/proposals/new", data={"nothing_secret": "y"})
    assert sent.status_code == 303
    return sent.location.split("/")[2]


def version(world: World, address: str) -> str:
    return str(world.version(address))


def stored(address: str) -> Proposal:
    """The proposal as it is stored now."""
    db.session.rollback()
    db.session.expire_all()
    found = proposal_at(address)
    assert found is not None
    return found


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def send_check(client: FlaskClient, code: str, do: str, **changes: str) -> TestResponse:
    """Send the receiver's page with every item met."""
    answers = {item.value: "ok" for item in FormalItem}
    return client.post(f"/proposals/{code}/check", data={**answers, "do": do, **changes})


def test_an_author_writes_submits_and_is_accepted_through_the_pages(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    edit = f"/proposals/{address}/edit"
    for step, data in (("idea", idea()), ("description", DESCRIPTION), ("benefit", BENEFIT)):
        assert client.get(f"{edit}/{step}").status_code == 200
        sent = client.post(f"{edit}/{step}", data={**data, "version": version(world, address)})
        assert sent.status_code == 303, sent.text
    assert sent.location.endswith("/edit/authors")
    for step in ("authors", "evidence", "submit"):
        assert client.get(f"{edit}/{step}").status_code == 200
    upload = {"file": [(BytesIO("Biên bản dùng thử.".encode()), "bien-ban.txt")], "kind": "evidence", "nothing_secret": "y"}
    assert client.post(f"/proposals/{address}/files", data=upload).status_code == 303
    assert "Hồ sơ đã đủ các phần cần thiết." in client.get(f"{edit}/submit").text
    sent = client.post(f"/proposals/{address}/submit", data={"nothing_secret": "y"})
    assert sent.status_code == 303, sent.text
    receipt = client.get(sent.location).text
    code = sent.location.split("/")[2]
    assert code in receipt
    assert "Giấy biên nhận hồ sơ" in receipt
    line = stored(code).benefits[0]
    assert (line.label, str(line.before), str(line.after)) == ("Thời gian lấy dụng cụ", "12.50", "4.00")
    receiver = world.client("tiepnhan")
    assert TITLE in receiver.get(f"/proposals/{code}/check").text
    assert send_check(receiver, code, "accept").status_code == 303
    assert stored(code).reviews[-1].state is State.ACCEPTED
    shown = client.get(f"/proposals/{code}").text
    assert "Ủy viên thư ký" in shown
    assert "−68 %" in shown


def test_the_declaration_page_comes_before_anything_is_stored(world: World) -> None:
    client = world.client("tacgia")
    before = count(Proposal)
    assert "Có nội dung mật" in client.get("/proposals/new").text
    refused = client.post("/proposals/new", data={})
    assert refused.status_code == 422
    assert "Phải khẳng định hồ sơ không có nội dung mật trước khi viết." in refused.text
    assert count(Proposal) == before


def test_the_submit_page_lists_everything_missing_with_links_and_keeps_its_button(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    refused = client.post(f"/proposals/{address}/submit", data={"nothing_secret": "y"})
    assert refused.status_code == 422
    for sentence in ("Chưa có: nội dung giải pháp.", "Chưa có: lĩnh vực.", "Tên sáng kiến quá ngắn"):
        assert sentence in refused.text
    assert f'href="/proposals/{address}/edit/description"' in refused.text
    assert "Nộp hồ sơ" in refused.text
    assert stored(address).code is None


def test_a_stale_save_shows_both_texts_and_stores_neither_over_the_other(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    old = version(world, address)
    client.post(f"/proposals/{address}/edit/idea", data=idea(version=old))
    refused = client.post(f"/proposals/{address}/edit/idea", data=idea(version=old, title="Một tên khác viết ở máy khác"))
    assert refused.status_code == 409
    assert "Nội dung đã được người khác sửa trong lúc đồng chí đang mở." in refused.text
    assert TITLE in refused.text
    assert "Một tên khác viết ở máy khác" in refused.text
    assert stored(address).title == TITLE


def test_a_stale_autosave_answers_with_the_stored_text(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    old = version(world, address)
    first = client.post(f"/proposals/{address}/autosave/idea", data=idea(version=old))
    assert first.status_code == 200
    assert first.json is not None
    assert str(first.json["version"]) == version(world, address)
    late = client.post(f"/proposals/{address}/autosave/idea", data=idea(version=old, title="Tên viết muộn ở máy khác"))
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["current"]["title"] == TITLE
    assert stored(address).title == TITLE


def test_a_double_click_begins_one_draft_and_leads_to_it_twice(world: World) -> None:
    client = world.client("tacgia")
    before = count(Proposal)
    answers = [client.post("/proposals/new", data={"nothing_secret": "y", "_once": "key-of-the-form"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert count(Proposal) == before + 1


def test_a_double_click_submits_once(world: World) -> None:
    address = world.draft()
    world.attach(address)
    client = world.client("tacgia")
    data = {"nothing_secret": "y", "_once": "key-of-the-submit"}
    first = client.post(f"/proposals/{address}/submit", data=data)
    again = client.post(f"/proposals/{address}/submit", data=data)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert count(ReviewStep) == 1


@pytest.mark.parametrize("path", ["", "/edit/idea", "/check", "/receipt", "/papers/application.pdf", "/files/1"])
def test_a_stranger_does_not_learn_that_a_draft_exists(world: World, path: str) -> None:
    address = world.draft()
    answered = world.client("docgia").get(f"/proposals/{address}{path}")
    assert answered.status_code == 404
    assert "Bảng kiểm tra dụng cụ" not in answered.text


def test_the_text_rests_while_the_receiver_looks_at_it(world: World) -> None:
    code = world.submitted()
    title = stored(code).title
    refused = world.client("tacgia").post(f"/proposals/{code}/edit/idea", data=idea(version=version(world, code)))
    assert refused.status_code == 409
    assert "chưa sửa được" in refused.text
    assert stored(code).title == title


def test_accepting_twice_is_refused_by_the_state(world: World) -> None:
    code = world.accepted()
    refused = send_check(world.client("tiepnhan"), code, "accept")
    assert refused.status_code == 409
    assert stored(code).reviews[-1].state is State.ACCEPTED


def test_an_item_not_met_keeps_the_dossier_with_the_receiver(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "accept", evidence="not", note_evidence="Thiếu biên bản")
    assert refused.status_code == 422
    assert "Chưa đạt: Có minh chứng áp dụng hoặc áp dụng thử." in refused.text
    assert "Thiếu biên bản" in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_fix_that_was_asked_for_is_shown_to_the_author_and_sent_again(world: World) -> None:
    code = world.submitted()
    sent = send_check(world.client("tiepnhan"), code, "ask_fix", evidence="not", note_evidence="Thiếu biên bản")
    assert sent.status_code == 303
    author = world.client("tacgia")
    assert "Thiếu biên bản" in author.get(f"/proposals/{code}").text
    assert "Nộp lại" in author.get(f"/proposals/{code}/edit/submit").text
    assert author.post(f"/proposals/{code}/submit", data={"nothing_secret": "y"}).status_code == 303
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_rejection_without_reasons_stays_on_the_page(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "reject", reason="không")
    assert refused.status_code == 422
    assert "Lý do" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_a_withdrawn_dossier_says_so(world: World) -> None:
    code = world.submitted()
    client = world.client("tacgia")
    assert client.post(f"/proposals/{code}/withdraw", data={"reason": "Xin hoàn thiện thêm ở đợt sau."}).status_code == 303
    assert stored(code).reviews[-1].state is State.WITHDRAWN
    assert "Đã rút" in client.get(f"/proposals/{code}").text


WRONG = [
    ("title", "Giá \x07để dụng cụ", "ký tự"),
    ("title", "a" * 201, "200"),
    ("first_applied_on", "31/02/2026", "không phải ngày hợp lệ"),
    ("field_id", "999999", "Not a valid choice"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_what_cannot_be_stored_comes_back_with_its_sentence(world: World, name: str, value: str, sentence: str) -> None:
    client = world.client("tacgia")
    address = begin(client)
    refused = client.post(f"/proposals/{address}/edit/idea", data=idea(version=version(world, address), **{name: value}))
    assert refused.status_code == 422
    assert 'class="field__error"' in refused.text
    if name != "field_id":
        assert sentence in refused.text
    assert stored(address).title == ""


def test_decomposed_letters_are_stored_composed(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    sent = idea(version=version(world, address), title=unicodedata.normalize("NFD", TITLE))
    assert client.post(f"/proposals/{address}/edit/idea", data=sent).status_code == 303
    assert stored(address).title == TITLE


def test_an_expired_session_leads_to_sign_in_and_gives_the_text_back(world: World) -> None:
    address = world.draft()
    client = world.app.test_client()
    typed = idea(version=version(world, address), title="Tên viết khi phiên đã hết hạn")
    asked = client.post(f"/proposals/{address}/edit/idea", data=typed)
    assert 'name="replay-title" value="Tên viết khi phiên đã hết hạn"' in asked.text
    back = {f"replay-{name}": value for name, value in typed.items()}
    signed_in = {"service_number": "tacgia", "password": PASSWORD, "next": f"/proposals/{address}/edit/idea"}
    given = client.post("/signin", data={**back, **signed_in})
    assert 'name="title" value="Tên viết khi phiên đã hết hạn"' in given.text
    assert stored(address).title == "Bảng kiểm tra dụng cụ dùng chung cho tổ trực"
    assert client.post(f"/proposals/{address}/edit/idea", data=typed).status_code == 303
    assert stored(address).title == "Tên viết khi phiên đã hết hạn"


def test_a_program_dressed_as_a_photo_is_refused(world: World) -> None:
    address = world.draft()
    upload = {"file": [(BytesIO(b"MZ\x90\x00" + b"\0" * 200), "anh.jpg")], "kind": "photo", "nothing_secret": "y"}
    refused = world.client("tacgia").post(f"/proposals/{address}/files", data=upload)
    assert refused.status_code == 422
    assert "anh.jpg" in refused.text
    assert 'id="file-error"' in refused.text
    assert count(Attachment) == 0


def test_a_file_without_its_declaration_is_refused(world: World) -> None:
    address = world.draft()
    upload = {"file": [(BytesIO(b"chu thuong"), "ghi-chu.txt")], "kind": "evidence"}
    refused = world.client("tacgia").post(f"/proposals/{address}/files", data=upload)
    assert refused.status_code == 422
    assert "Xin khẳng định tệp không có nội dung mật trước khi tải lên." in refused.text
    assert count(Attachment) == 0


def test_a_file_over_the_limit_is_refused(world: World) -> None:
    world.app.config["MAX_FILE_MB"] = 1
    address = world.draft()
    upload = {"file": [(BytesIO(b"a" * (1024 * 1024 + 1)), "dai.txt")], "kind": "evidence", "nothing_secret": "y"}
    refused = world.client("tacgia").post(f"/proposals/{address}/files", data=upload)
    assert refused.status_code == 413
    assert "lớn hơn 1 MB" in refused.text
    assert 'id="file-error"' in refused.text
    assert count(Attachment) == 0


def test_a_named_co_author_confirms_on_the_dossier(world: World) -> None:
    address = world.draft()
    client = world.client("tacgia")
    assert client.post(f"/proposals/{address}/authors", data={"service_number": "tacgia2"}).status_code == 303
    assert "chưa xác nhận" in client.get(f"/proposals/{address}/edit/authors").text
    other = world.client("tacgia2")
    assert "Xác nhận phần đóng góp của đồng chí" in other.get(f"/proposals/{address}").text
    assert other.post(f"/proposals/{address}/confirm").status_code == 303
    assert all(each.confirmed_at for each in stored(address).contributions)


@pytest.mark.parametrize("typed", ["0", "ba mươi", "33,333"])
def test_a_share_that_is_none_comes_back_as_typed(world: World, typed: str) -> None:
    address = world.draft()
    client = world.client("tacgia")
    client.post(f"/proposals/{address}/authors", data={"service_number": "tacgia2"})
    first, second = [each.id for each in stored(address).contributions]
    refused = client.post(f"/proposals/{address}/shares", data={f"share-{first}": "60", f"share-{second}": typed})
    assert refused.status_code == 422
    assert f'id="share-{second}-error"' in refused.text
    assert f'value="{typed}"' in refused.text
    assert {each.share for each in stored(address).contributions} == {50}


def test_a_draft_keeps_a_wrong_total_and_the_last_step_names_it(world: World) -> None:
    address = world.draft()
    client = world.client("tacgia")
    client.post(f"/proposals/{address}/authors", data={"service_number": "tacgia2"})
    first, second = [each.id for each in stored(address).contributions]
    assert (
        client.post(f"/proposals/{address}/shares", data={f"share-{first}": "60", f"share-{second}": "30,5"}).status_code == 303
    )
    assert "Tổng tỷ lệ đóng góp là 90,5" in client.get(f"/proposals/{address}/edit/submit").text


def test_asking_for_fixes_without_naming_one_stays_on_the_page(world: World) -> None:
    code = world.submitted()
    refused = send_check(world.client("tiepnhan"), code, "ask_fix")
    assert refused.status_code == 422
    assert "Chưa có mục nào được đánh dấu chưa đạt" in refused.text
    assert "Kiểm tra hình thức" in refused.text
    assert stored(code).reviews[-1].state is State.SUBMITTED


def test_the_list_is_filtered_by_its_address(world: World) -> None:
    code, draft = world.submitted(), world.draft(title="Bản nháp còn viết dở của tôi")
    client = world.client("tacgia")
    both, only = client.get("/proposals/").text, client.get("/proposals/?state=submitted&mine=1").text
    assert f'data-code="{code}"' in both
    assert f'data-code="{draft}"' in both
    assert f'data-code="{code}"' in only
    assert f'data-code="{draft}"' not in only
    assert 'data-total="1"' in only


@pytest.mark.parametrize("query", ["endpoint=x", "_scheme=javascript", "state=nothing&page=x", "sort=none&unit=0"])
def test_a_strange_address_of_the_list_is_no_error(world: World, query: str) -> None:
    assert world.client("tacgia").get(f"/proposals/?{query}").status_code == 200


def test_quarantine_hides_and_releases(world: World) -> None:
    code = world.submitted()
    officer = world.client("baomat")
    assert officer.post("/proposals/quarantine", data={"code": code, "reason": "Cần xem lại."}).status_code == 303
    assert code in officer.get("/proposals/quarantine").text
    assert world.client("tacgia").get(f"/proposals/{code}").status_code == 404
    assert officer.post(f"/proposals/{code}/release").status_code == 303
    assert world.client("tacgia").get(f"/proposals/{code}").status_code == 200


def test_the_help_page_prints_the_table_of_states(world: World) -> None:
    shown = world.client("docgia").get("/proposals/states")
    assert shown.status_code == 200
    assert "Yêu cầu bổ sung" in shown.text
    assert "đủ 8 mục kiểm tra" in shown.text


def similar_pair(world: World) -> tuple[str, int]:
    """A draft, and the id of a submitted proposal of the same author found to be similar."""
    other = stored(world.submitted()).id
    address = world.draft(title="Bảng kiểm tra dụng cụ dùng chung, bản hai")
    with atomic() as session:
        found = proposal_at(address)
        assert found is not None
        session.add(SimilarityFinding(proposal_id=found.id, other_id=other, score=Decimal("0.80")))
    return address, other


def test_a_similar_proposal_asks_how_this_one_differs_and_never_refuses(world: World) -> None:
    address, other = similar_pair(world)
    client = world.client("tacgia")
    asked = client.get(f"/proposals/{address}/edit/idea").text
    for words in ("Khác hẳn", "Cải tiến thêm", "Giống, xin áp dụng"):
        assert words in asked
    assert "Còn 1 hồ sơ tương tự chưa được nêu điểm khác" in client.get(f"/proposals/{address}/edit/submit").text
    data = {"says": "extends", "note": "Thêm ngăn cho dụng cụ nhỏ.", "step": "submit"}
    sent = client.post(f"/proposals/{address}/similar/{other}", data=data)
    assert (sent.status_code, sent.location) == (303, f"/proposals/{address}/edit/submit#similar")
    assert "Hồ sơ đã đủ các phần cần thiết." in client.get(f"/proposals/{address}/edit/submit").text


def test_an_answer_outside_the_three_is_not_stored(world: World) -> None:
    address, other = similar_pair(world)
    assert world.client("tacgia").post(f"/proposals/{address}/similar/{other}", data={"says": "maybe"}).status_code == 404
    db.session.rollback()
    assert db.session.scalars(select(SimilarityFinding.author_says)).all() == [""]


def test_the_panel_for_a_title_being_typed_is_a_part_of_a_page(world: World) -> None:
    address = world.draft()
    shown = world.client("tacgia").get(f"/proposals/{address}/similar", query_string={"title": "Bảng kiểm tra dụng cụ"})
    assert shown.status_code == 200
    assert "<html" not in shown.text


def test_a_clerk_files_on_paper_and_is_asked_for_the_signed_scan(world: World) -> None:
    client, unit = world.client("tiepnhan"), world.staff.units["D5"]
    data = {"nothing_secret": "y", "author_name": "Lò Văn Hải", "author_rank": "Hạ sĩ", "unit_id": unit}
    sent = client.post("/proposals/new/paper", data=data)
    assert sent.status_code == 303
    address = sent.location.split("/")[2]
    assert "Lò Văn Hải" in client.get(f"/proposals/{address}/edit/authors").text
    assert stored(address).origin.value == "on_paper"


def test_only_a_receiver_files_on_paper_for_a_unit(world: World) -> None:
    before = count(Proposal)
    data = {"nothing_secret": "y", "author_name": "Lò Văn Hải", "unit_id": world.staff.units["D5"]}
    refused = world.client("tacgia").post("/proposals/new/paper", data=data)
    assert refused.status_code in {403, 422}
    assert count(Proposal) == before


@pytest.mark.parametrize(("ended_on", "sentence"), [("", "Nhập ngày."), ("01/01/2099", "2099")])
def test_a_trial_does_not_end_without_a_day_that_can_be(board: BoardWorld, ended_on: str, sentence: str) -> None:
    code = board.world.accepted()
    checking.start_trial(board.world.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    data = {"do": "finish", "report": "Đã dùng thử đủ một tháng.", "ended_on": ended_on}
    refused = board.world.client("tiepnhan").post(f"/proposals/{code}/trial", data=data)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert 'id="ended_on-error"' in refused.text
    assert stored(code).reviews[-1].state is State.TRIAL


def test_the_receiver_ends_a_trial_on_the_dossier(board: BoardWorld) -> None:
    code = board.world.accepted()
    checking.start_trial(board.world.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    client = board.world.client("tiepnhan")
    assert "Kết thúc áp dụng thử" in client.get(f"/proposals/{code}").text
    data = {"do": "finish", "report": "Đã dùng thử, không hỏng hóc.", "ended_on": today().isoformat()}
    assert client.post(f"/proposals/{code}/trial", data=data).status_code == 303
    assert stored(code).reviews[-1].state is State.ACCEPTED


def test_without_an_index_the_list_is_searched_by_title_and_code_with_the_same_rights(world: World) -> None:
    code = world.submitted(title="Hệ thống tưới nhỏ giọt cho vườn rau")
    other = world.submitted(title="Khay úp bát cho bếp ăn")
    for number, query, found in (("tiepnhan", "nho giot", [code]), ("tiepnhan", other, [other]), ("docgia", "nhỏ giọt", [])):
        answer = world.client(number).get("/proposals/", query_string={"q": query})
        assert answer.status_code == 200
        assert "Tạm thời chỉ tìm theo tên và mã trong sổ" in answer.text
        assert [each for each in (code, other) if f'data-code="{each}"' in answer.text] == found
