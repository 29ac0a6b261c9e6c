"""Marking words in a text or a file name warn before anything is stored; the author who says it is none of that goes on."""

from __future__ import annotations

from io import BytesIO

import pytest

from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from tests.proposal_pages import DESCRIPTION
from tests.world import World

WARNING = "Có dấu hiệu ghi độ mật"


def stored(address: str) -> Proposal:
    db.session.rollback()
    db.session.expire_all()
    found = proposal_at(address)
    assert found is not None
    return found


def sent(world: World, address: str, **changes: str) -> dict[str, str]:
    return {**DESCRIPTION, "version": str(world.version(address)), **changes}


@pytest.mark.parametrize("text", ["Độ mật: MẬT", "Theo bản đồ tuyệt mật của đơn vị"])
def test_a_marking_in_the_text_is_named_and_nothing_is_stored(world: World, text: str) -> None:
    address = world.draft()
    before = stored(address).situation
    answer = world.client("tacgia").post(f"/proposals/{address}/edit/description", data=sent(world, address, situation=text))
    assert answer.status_code == 422
    assert WARNING in answer.text
    assert text in answer.text  # what was typed is still there
    assert stored(address).situation == before


def test_nor_by_saving_itself(world: World) -> None:
    address = world.draft()
    before = stored(address).situation
    data = sent(world, address, situation="Độ mật: MẬT")
    answer = world.client("tacgia").post(f"/proposals/{address}/autosave/description", data=data)
    assert answer.status_code == 422
    assert WARNING in answer.json["errors"]["unmarked"][0]
    assert stored(address).situation == before


def test_the_author_who_looked_again_saves_it(world: World) -> None:
    address, client = world.draft(), world.client("tacgia")
    for kind in ("edit", "autosave"):
        data = sent(world, address, situation=f"Tủ có nhãn TUYỆT MẬT {kind}", unmarked="y")
        assert client.post(f"/proposals/{address}/{kind}/description", data=data).status_code in (200, 303)
        assert stored(address).situation == f"Tủ có nhãn TUYỆT MẬT {kind}"


def test_ordinary_words_pass_without_a_word(world: World) -> None:
    address = world.draft()
    data = sent(world, address, situation="Bảo mật mật khẩu, mật độ dày.")
    answer = world.client("tacgia").post(f"/proposals/{address}/edit/description", data=data)
    assert answer.status_code == 303


def test_a_marking_in_a_file_name_warns_and_keeps_no_file(world: World) -> None:
    address, client = world.draft(), world.client("tacgia")

    def upload(**more: str) -> int:
        file = (BytesIO(b"Bien ban."), "TUYET_MAT_ke-hoach.txt")
        data = {"file": [file], "kind": "evidence", "nothing_secret": "y", **more}
        answer = client.post(f"/proposals/{address}/files", data=data)
        assert (WARNING in answer.text) == (answer.status_code == 422)
        return answer.status_code

    assert upload() == 422
    assert stored(address).attachments == []
    assert upload(unmarked="y") == 303
