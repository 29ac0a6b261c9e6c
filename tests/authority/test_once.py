"""The same form or call sent twice with the same key has one effect and the same answer: a double click, a broken connection.

Walks every act that changes something, as ``test_events`` does.
"""

from __future__ import annotations

import pytest

from innovations.core.transactions import OnceKey
from innovations.extensions import db
from tests.authority.conftest import House, Watch
from tests.authority.test_events import BESIDE, NO_ROOM, every_act

#: Secrets that stand on the page that answers and nowhere else: the second answer leads away.
SHOWN_ONCE = {
    "people.confirm_second_step", "people.renew_recovery_codes", "admin.create_person", "admin.new_password", "admin.import_people",
}  # fmt: skip
#: A seat votes once: a key would keep when somebody voted.
WITHOUT_KEY = {"boards.cast": 409, "boards.cast open": 409}
#: A draft that is gone has no answer to give again but that it is gone: the first one was its page.
GONE = {"proposals.purge_as_secret": 303}


def test_a_form_sent_twice_has_one_effect_and_the_same_answer(house: House, watch: Watch) -> None:
    wrong: dict[str, object] = {}
    for sent in every_act(house):
        watch.look()
        first, written, before = sent.click("a-key"), watch.events(), watch.content()
        second = sent.click("a-key")
        left = watch.changed_since(before) - BESIDE
        same = (second.status_code, second.location) == (first.status_code, first.location)
        if sent.name in SHOWN_ONCE:
            same = second.status_code == 303
        elif sent.name in WITHOUT_KEY | GONE:
            same = second.status_code == (WITHOUT_KEY | GONE)[sent.name]
        if first.is_json and second.is_json and sent.name not in WITHOUT_KEY:
            same = same and first.json.keys() == second.json.keys() and first.json.get("code") == second.json.get("code")
        if not same or left or watch.events() != written or first.status_code not in sent.ok:
            answers = (first.status_code, first.location, second.status_code, second.location)
            wrong[f"{sent.name} in {sent.situation}"] = (*answers, written, watch.events(), sorted(left))
        watch.again()
    assert wrong == {}


def test_a_form_whose_effect_broke_off_has_it_when_it_is_sent_again(
    house: House, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    wrong: dict[str, object] = {}
    for sent in every_act(house):
        if sent.name in (
            "boards.close_vote",
            "proposals.upload",
            "boards.add_minutes",
            "boards.decide",
            "people.change_password",
            "admin.remove_day",
        ):
            watch.look()
            watch.connection.execute(NO_ROOM)
            broke = sent.click("a-key").status_code
            watch.connection.execute("DROP TRIGGER full")
            again, written = sent.click("a-key").status_code, watch.events()
            if broke < 500 or again not in sent.ok or not written:
                wrong[sent.name] = (broke, again, written)
        watch.again()
    assert wrong == {}


def test_other_content_under_the_same_key_is_another_attempt(house: House, watch: Watch) -> None:
    client, address = house.clients["tacgia"], f"/proposals/{house.case('draft').ids['address']}/authors"
    for name in ("Nguyễn Văn Mới", "Nguyễn Văn Mới", "Trần Văn Khác"):
        assert client.post(address, data={"free_name": name, "_once": "a-key"}).status_code == 303
    page = client.get(f"/proposals/{house.case('draft').ids['address']}/edit/authors").text
    assert (page.count("Nguyễn Văn Mới") > 0, page.count("Trần Văn Khác") > 0) == (True, True)
    assert watch.events().count("proposal.authors_changed") == 2


def test_a_refusal_spends_no_key_even_when_it_is_written_down(house: House, watch: Watch) -> None:
    case = house.case("scored")
    address = house.url("boards.score_send", **case.ids)
    sheet = {"version": "0", "_once": "a-key"}
    answers = [house.clients["uyvien2"].post(address, data=sheet).status_code for _ in range(2)]
    assert answers == [409, 409]
    wrong = {"old": "sai", "new": "mưa rào cuối vụ gặt tháng năm", "again": "mưa rào cuối vụ gặt tháng năm", "_once": "b-key"}
    answers = [house.clients["tacgia"].post("/account/password", data=wrong).status_code for _ in range(2)]
    assert answers == [422, 422]
    db.session.rollback()
    assert db.session.query(OnceKey).filter(OnceKey.key.like("_-key%")).count() == 0
