"""What lies in the dossier beside its text: files, authors with their shares, similar proposals."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Attachment, SimilarityFinding
from tests.proposal_pages import count, stored
from tests.world import World


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


def test_the_author_takes_a_file_off_the_draft(world: World) -> None:
    address = world.draft()
    file_id = world.attach(address)
    removed = world.client("tacgia").post(f"/proposals/{address}/files/{file_id}/remove")
    assert (removed.status_code, removed.location) == (303, f"/proposals/{address}/edit/evidence")
    assert count(Attachment) == 0


def test_a_draft_has_no_receipt(world: World) -> None:
    address = world.draft()
    assert world.client("tacgia").get(f"/proposals/{address}/receipt").status_code == 404


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
