"""A proposal beside a similar one: what is the same is marked, and who examines says what it is."""

from decimal import Decimal

import pytest

from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import SimilarityFinding
from tests.recognised import recognise
from tests.world import World

SAME = "Giá xếp dụng cụ ghép từ khung giường hỏng"


@pytest.fixture
def found(world: World) -> tuple[str, str]:
    """A path of the page, and the code of the proposal it starts from."""
    mine, other = world.submitted(title=f"{SAME} cho tiểu đội"), recognise(world, title=f"Làm {SAME.lower()}")
    return together(mine, other), mine


def together(mine: str, other: str) -> str:
    with atomic() as session:
        first, second = proposal_at(mine), proposal_at(other)
        assert first is not None
        assert second is not None
        session.add(SimilarityFinding(proposal_id=first.id, other_id=second.id, score=Decimal("0.6"), author_says="different"))
        return f"/proposals/{mine}/similar/{second.id}"


def test_what_both_say_is_marked_however_it_is_written(world: World, found: tuple[str, str]) -> None:
    page = world.client("tiepnhan").get(found[0]).text
    assert f"<mark>{SAME}</mark>" in page
    assert f"<mark>{SAME.lower()}</mark>" in page
    assert "Khác hẳn" in page


def test_the_receiver_says_what_it_is_and_reads_it_again_on_the_same_page(world: World, found: tuple[str, str]) -> None:
    client = world.client("tiepnhan")
    page = client.post(f"{found[0]}/verdict", data={"verdict": "same"}, follow_redirects=True)
    assert page.request.path == found[0]
    assert "Nhận xét của người kiểm tra: <b>Giống, xin áp dụng</b>" in page.text
    assert db.session.query(SimilarityFinding.verdict).scalar() == "same"


def test_an_author_compares_but_judges_nothing(world: World, found: tuple[str, str]) -> None:
    page = world.client("tacgia").get(found[0])
    assert page.status_code == 200
    assert "/verdict" not in page.text
    assert world.client("tacgia").post(f"{found[0]}/verdict", data={"verdict": "same"}).status_code == 403


def test_who_may_not_open_the_proposal_compares_nothing(world: World, found: tuple[str, str]) -> None:
    assert world.client("docgia").get(found[0]).status_code == 404


def test_a_similar_proposal_that_the_reader_may_not_open_is_not_shown_beside_his_own(world: World) -> None:
    hidden = world.submitted("tacgia2", title=f"{SAME} của người khác")
    path = together(world.submitted(), hidden)
    assert world.client("tacgia").get(path).status_code == 404


def test_two_proposals_that_were_not_found_similar_are_not_compared(world: World) -> None:
    mine, other = world.submitted(), recognise(world)
    assert world.client("tacgia").get(f"/proposals/{mine}/similar/{proposal_at(other).id}").status_code == 404  # type: ignore[union-attr]
