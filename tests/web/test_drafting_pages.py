"""Writing a proposal step by step: what is kept, what is refused, and what is never lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from bs4 import BeautifulSoup

from innovations.core.transactions import atomic
from innovations.people.models import Person
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal, ReviewStep
from innovations.proposals.services.drafting import contribution_of
from tests.proposal_pages import BENEFIT, DESCRIPTION, TITLE, begin, count, idea, stored, version
from tests.world import PASSWORD, World


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


def test_steps_without_anything_missing_are_done_but_never_the_last_one(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    client.post(f"/proposals/{address}/edit/idea", data=idea(version=version(world, address)))
    steps = BeautifulSoup(client.get(f"/proposals/{address}/edit/description").text, "html.parser").select(".steps li")
    assert [step["class"] for step in steps] == [
        ["is-done"],
        ["is-current"],
        ["is-coming"],
        ["is-done"],
        ["is-done"],
        ["is-coming"],
    ]


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


@pytest.mark.parametrize("step", ["idea", "description", "benefit"])
def test_what_is_stored_already_may_be_sent_again_with_its_old_version_but_nothing_else(world: World, step: str) -> None:
    client = world.client("tacgia")
    address = begin(client)
    sent = {"idea": idea(), "description": DESCRIPTION, "benefit": BENEFIT}[step] | {"version": version(world, address)}
    save, by_itself = f"/proposals/{address}/edit/{step}", f"/proposals/{address}/autosave/{step}"
    first = client.post(by_itself, data=sent)  # its answer is heard by nobody: the window was closed
    assert first.json is not None
    again = client.post(by_itself, data=sent)
    assert again.status_code == 200
    assert again.json is not None
    assert again.json["version"] == first.json["version"]
    assert client.post(save, data=sent).status_code == 303
    changed = {"idea": "title", "description": "content", "benefit": "lines-0-label"}[step]
    for other in (changed, *(name for name in ("tags", "situation", "lines-0-before") if name in sent)):
        for address_of in (save, by_itself):
            assert client.post(address_of, data=sent | {other: "77"}).status_code in (409, 422), (address_of, other)
            assert client.post(address_of, data=sent | {other: "Một tên khác viết ở máy khác"}).status_code in (409, 422)
    assert version(world, address) == str(first.json["version"])


def test_an_autosave_says_what_the_step_still_lacks(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    sent = idea(version=version(world, address))
    short = client.post(f"/proposals/{address}/autosave/idea", data={**sent, "title": "Giá"})
    assert short.json is not None
    assert short.json["missing"] == ["Tên sáng kiến quá ngắn; xin viết ít nhất 10 ký tự, nói rõ cải tiến việc gì."]
    whole = client.post(f"/proposals/{address}/autosave/idea", data={**sent, "version": short.json["version"]})
    assert whole.json is not None
    assert whole.json["missing"] == []


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


def test_the_text_rests_while_the_receiver_looks_at_it(world: World) -> None:
    code = world.submitted()
    title = stored(code).title
    refused = world.client("tacgia").post(f"/proposals/{code}/edit/idea", data=idea(version=version(world, code)))
    assert refused.status_code == 409
    assert "chưa sửa được" in refused.text
    assert stored(code).title == title


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
    assert "<dt>Tên sáng kiến</dt><dd>Tên viết khi phiên đã hết hạn</dd>" in given.text
    assert not re.search(r"<dt>[a-z_0-9-]+</dt>", given.text)  # names of fields and codes of choices say nothing to a soldier
    assert stored(address).title == "Bảng kiểm tra dụng cụ dùng chung cho tổ trực"
    assert client.post(f"/proposals/{address}/edit/idea", data=typed).status_code == 303
    assert stored(address).title == "Tên viết khi phiên đã hết hạn"


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


def test_one_draft_more_than_a_person_may_have_is_refused_and_with_one_gone_it_is_taken(world: World) -> None:
    world.app.config["MAX_DRAFTS"] = 2
    world.draft()
    address = world.draft()
    before, client = count(Proposal), world.client("tacgia")
    refused = client.post("/proposals/new", data={"nothing_secret": "y"})
    assert (refused.status_code, count(Proposal)) == (409, before)
    assert "Đồng chí đang có 2 bản nháp, là mức tối đa" in refused.text
    assert world.client("tacgia2").post("/proposals/new", data={"nothing_secret": "y"}).status_code == 303
    assert client.post(f"/proposals/{address}/discard").status_code == 303
    assert client.post("/proposals/new", data={"nothing_secret": "y"}).status_code == 303


def test_a_draft_of_a_co_author_is_not_among_ones_own(world: World) -> None:
    world.app.config["MAX_DRAFTS"] = 1
    address = world.draft(by="tacgia2")
    with atomic() as session:
        proposal = proposal_at(address)
        assert proposal is not None
        person = session.get_one(Person, world.staff.people["tacgia"])
        proposal.contributions.append(contribution_of(person, position=2, is_lead=False))
    assert world.client("tacgia").post("/proposals/new", data={"nothing_secret": "y"}).status_code == 303
