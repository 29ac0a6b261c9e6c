"""The pages of an adoption, as the two commanders see them."""

from __future__ import annotations

from sqlalchemy import func, select

from innovations.extensions import db
from innovations.library.models import Adoption
from tests.recognised import index, recognise
from tests.world import World


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Adoption)) or 0


def sent(world: World, code: str, **changes: object) -> dict[str, object]:
    return {"unit_id": world.staff.units["T2B"], "kind": "replication", "purpose": "Dùng cho tổ trực ở kho.", **changes}


def test_a_commander_asks_and_the_owner_agrees_and_the_use_is_shown_on_the_improvement(world: World) -> None:
    code = recognise(world)
    asking, owning = world.client("donvi"), world.client("chihuy")
    asked = asking.post(f"/library/{code}/adopt", data=sent(world, code))
    assert asked.status_code == 303
    page = asked.location
    assert owning.post(f"{page}/agree", data={"conditions": "Cử người sang học."}).status_code == 303
    begun = {"from_on": "2026-01-05", "place": "Kho 2", "responsible": "Võ Thành Nghĩa"}
    assert asking.post(f"{page}/start", data=begun).status_code == 303
    measured = {
        "result": "Nhanh hơn.",
        "lines-0-kind": "time",
        "lines-0-before": "40",
        "lines-0-after": "12",
        "lines-0-measure": "phút",
    }
    assert asking.post(f"{page}/report", data=measured).status_code == 303
    assert asking.post(f"{page}/confirm").status_code == 303
    shown = world.client("docgia").get(f"/library/{code}").text
    assert "Trung đoàn 2B" in shown
    assert "−70 %" in shown
    assert "đã xác nhận hiệu quả" in shown
    assert "Cử người sang học." in asking.get(page).text


def test_the_adoption_count_stands_in_the_results(world: World) -> None:
    code = recognise(world)
    asking, owning = world.client("donvi"), world.client("chihuy")
    page = asking.post(f"/library/{code}/adopt", data=sent(world, code)).location
    owning.post(f"{page}/agree", data={})
    asking.post(f"{page}/start", data={"from_on": "2026-01-05", "place": "Kho 2", "responsible": "An"})
    index(world)
    found = world.client("docgia").get("/library/?adopted=yes").text
    assert f'data-code="{code}"' in found
    assert "1 đơn vị khác áp dụng" in found


def test_a_unit_that_asked_already_is_not_offered_again_but_the_others_under_command_are(world: World) -> None:
    code = recognise(world)
    client = world.client("donvi")
    client.post(f"/library/{code}/adopt", data=sent(world, code))
    shown = client.get(f"/library/{code}").text
    assert "Đề nghị cho đơn vị khác" in shown
    assert f'<option value="{world.staff.units["T2B"]}"' not in shown
    assert f'value="{world.staff.units["D7"]}"' in shown


def test_a_reader_without_command_is_offered_no_request_and_refused_one(world: World) -> None:
    code = recognise(world)
    client = world.client("docgia")
    assert "Đề nghị áp dụng" not in client.get(f"/library/{code}").text
    refused = client.post(f"/library/{code}/adopt", data=sent(world, code))
    assert refused.status_code in {403, 422}
    assert count() == 0


def test_a_request_for_a_unit_one_does_not_command_is_refused_beside_the_field(world: World) -> None:
    code = recognise(world)
    refused = world.client("donvi").post(f"/library/{code}/adopt", data=sent(world, code, unit_id=world.staff.units["L3C"]))
    assert refused.status_code == 422
    assert count() == 0


def test_a_request_without_purpose_comes_back_with_its_error(world: World) -> None:
    code = recognise(world)
    refused = world.client("donvi").post(f"/library/{code}/adopt", data=sent(world, code, purpose=" "))
    assert refused.status_code == 422
    assert "Xin nhập mục này." in refused.text
    assert count() == 0


def test_a_second_request_is_answered_409_and_stores_nothing(world: World) -> None:
    code = recognise(world)
    client = world.client("donvi")
    client.post(f"/library/{code}/adopt", data=sent(world, code))
    again = client.post(f"/library/{code}/adopt", data=sent(world, code))
    assert again.status_code == 409
    assert "đã có đề nghị hoặc đang áp dụng" in again.text
    assert count() == 1


def test_a_double_click_has_one_effect_and_leads_to_the_same_page(world: World) -> None:
    code = recognise(world)
    client = world.client("donvi")
    form = sent(world, code, _once="k" * 24)
    first, second = (client.post(f"/library/{code}/adopt", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert count() == 1


def test_anothers_adoption_is_not_found(world: World) -> None:
    code = recognise(world)
    page = world.client("donvi").post(f"/library/{code}/adopt", data=sent(world, code)).location
    assert world.client("docgia").get(page).status_code == 404
    assert world.client("docgia").get("/library/adoptions/999").status_code == 404


def test_the_list_holds_what_my_units_asked_and_were_asked(world: World) -> None:
    code = recognise(world)
    world.client("donvi").post(f"/library/{code}/adopt", data=sent(world, code))
    assert code in world.client("donvi").get("/library/adoptions?side=out").text
    assert code not in world.client("donvi").get("/library/adoptions?side=in").text
    assert code in world.client("chihuy").get("/library/adoptions?side=in&state=requested").text
    assert code not in world.client("chihuy").get("/library/adoptions?state=in_use").text
    assert code not in world.client("docgia").get("/library/adoptions").text


def test_the_authors_bell_rings_with_the_unit_in_the_sentence(world: World) -> None:
    code = recognise(world)
    world.client("donvi").post(f"/library/{code}/adopt", data=sent(world, code))
    assert "Có đơn vị đề nghị áp dụng" in world.client("tacgia").get("/notices").text
