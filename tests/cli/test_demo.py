"""The demo as a visitor meets it: a register that could be somebody's, every state and every rule's example in it.

Loaded once for the file, with the clock at a Monday; the tests only read, the last one empties a copy.
"""

from __future__ import annotations

import shutil
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from innovations import search
from innovations.boards import sealing
from innovations.boards.models import Board, Seat
from innovations.boards.models_decision import PendingOutcome
from innovations.boards.models_files import AttachedMinutes, SheetPhoto
from innovations.boards.models_meeting import AgendaItem, Meeting, Vote
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.rules.attached_minutes import MinutesKind
from innovations.cli.demo.staff import find
from innovations.cli.demo.texts import NAMED, SHORT
from innovations.core.clock import at
from innovations.core.rules.calendar import local_date, overdue_days
from innovations.core.rules.text import fold
from innovations.documents import storage
from innovations.extensions import db
from innovations.library.index_part import adoption_counts
from innovations.library.models import Adoption
from innovations.people.models import Account, Person, Unit
from innovations.people.rules.units import Level
from innovations.people.services import signing_in
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.states import State
from innovations.regulations.models import Campaign
from innovations.regulations.rules.campaigns import SHIPPED_FIELDS, is_open
from tests.instances import make_app

pytestmark = pytest.mark.xdist_group("demo")

LOADED_AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
TODAY = local_date(LOADED_AT)
WHOLE_RUN = 6  # words in a row that two short texts may not share
#: The examples of the regulation: where each stands, typed from there.
SEEDS = {
    "quiz": State.RECOGNISED, "targets": State.RECOGNISED, "washer": State.MEETING, "kitchen": State.RECOGNISED, "shoes": State.SCORING,
    "gate": State.NEEDS_FIX, "bandage": State.ACCEPTED, "field-kitchen": State.REVISE, "battery": State.SUBMITTED,
    "weekly": State.NOT_RECOGNISED, "policy": State.UNIT_REVIEW, "rack": State.RECOGNISED, "drip": State.TRIAL, "qr": State.REVOKED,
    "float": State.WITHDRAWN, "drill": State.SUBMITTED, "marker": State.REJECTED, "fives": State.DRAFT, "roster": State.PASSED,
    "dishes": State.FAILED, "hidden": State.SUBMITTED,
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Flask]:
    """An instance with the demo, loaded by its command and indexed."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(empty_database, folder / "innovations.sqlite")
    app = make_app(folder)
    with app.app_context():
        with at(LOADED_AT):
            done = app.test_cli_runner().invoke(args=["demo", "load"])
            assert done.exit_code == 0, done.output
        while search.drain_once().get("jobs") or search.drain_once().get("rebuilt"):
            pass
        db.session.rollback()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def demo(loaded: Flask) -> Iterator[Flask]:
    """The loaded demo at the instant of its load; nothing is left open."""
    with at(LOADED_AT):
        yield loaded
    db.session.rollback()


def proposal(key: str) -> Proposal:
    """The proposal made from a text."""
    return db.session.scalars(select(Proposal).where(Proposal.title == {**NAMED, **SHORT}[key].title)).one()


def at_base(key: str) -> Review:
    """Its consideration by the base."""
    return min(proposal(key).reviews, key=lambda review: review.id)


def counted(column: InstrumentedAttribute[Any]) -> Counter[Any]:
    """How many rows have each value."""
    return Counter(db.session.scalars(select(column)))


def vote_of(key: str) -> Vote:
    chosen = select(Vote).join(AgendaItem, AgendaItem.id == Vote.item_id).where(AgendaItem.review_id == at_base(key).id)
    return db.session.scalars(chosen).one()


def facet(app: Flask, name: str) -> dict[str, int]:
    """What stands beside the library's results, for a reader."""
    client = app.test_client()
    password = (Path(app.instance_path) / "demo_password").read_text().strip()
    with client.session_transaction() as session:
        session["_user_id"] = signing_in.sign_in("docgia", password, address="127.0.0.1")
        session["_fresh"] = True
    page = BeautifulSoup(client.get("/library/").data, "html.parser")
    return {str(each["data-value"]): int(str(each["data-count"])) for each in page.select(f'[data-facet="{name}"]')}


def runs(text: tuple[str, ...]) -> set[tuple[str, ...]]:
    words = [fold(word).strip(".,;:") for word in text]
    return {tuple(words[start : start + WHOLE_RUN]) for start in range(len(words) - WHOLE_RUN + 1)}


@pytest.mark.parametrize("key", NAMED)
def test_a_named_text_is_a_page_of_its_own(key: str) -> None:
    assert 200 <= len(NAMED[key].words) <= 400


@pytest.mark.parametrize("key", SHORT)
def test_a_short_text_is_a_paragraph(key: str) -> None:
    assert 80 <= len(SHORT[key].words) <= 120


def test_no_two_texts_of_the_demo_read_alike() -> None:
    found = {key: runs(text.words) for key, text in {**NAMED, **SHORT}.items()}
    assert {(one, other) for one, other in combinations(found, 2) if found[one] & found[other]} == set()


def test_the_short_texts_lie_in_every_field_of_work_and_measure_different_things() -> None:
    assert {text.field for text in SHORT.values()} == set(SHIPPED_FIELDS)
    assert len({measure for text in SHORT.values() for *_rest, measure in text.lines}) >= 12
    assert len({line[1] for text in SHORT.values() for line in text.lines}) >= len(SHORT)


def test_three_divisions_twelve_units_below_the_branch_and_forty_people(demo: Flask) -> None:
    levels = counted(Unit.level)
    assert (levels[Level.DIVISION], levels.total() - levels[Level.BRANCH]) == (3, 12)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 40
    assert not db.session.scalar(select(func.count()).select_from(Account).where(~Account.demo))


def test_about_sixty_proposals_and_at_least_one_in_every_state(demo: Flask) -> None:
    assert 55 <= (db.session.scalar(select(func.count()).select_from(Proposal)) or 0) <= 65
    assert set(counted(Review.state)) == set(State)


@pytest.mark.parametrize(("key", "state"), SEEDS.items())
def test_every_example_of_the_regulation_stands_where_it_says(demo: Flask, key: str, state: State) -> None:
    assert at_base(key).state == state


def test_the_examples_have_their_grades_and_their_adopters(demo: Flask) -> None:
    keys = ("quiz", "targets", "kitchen", "rack")
    ids = [proposal(key).id for key in keys]
    adopted = adoption_counts(ids)
    assert {key: proposal(key).grade for key in keys} == {"quiz": "A", "targets": "B", "kitchen": "C", "rack": "B"}
    assert [adopted.get(each, 0) for each in ids] == [3, 1, 5, 0]


def test_one_is_forwarded_up_and_another_is_recognised_by_the_division(demo: Flask) -> None:
    above = {key: max(proposal(key).reviews, key=lambda review: review.id) for key in ("rack", "quiz")}
    assert {key: (review.level, review.state) for key, review in above.items()} == {
        "rack": ("division", State.SUBMITTED),
        "quiz": ("division", State.RECOGNISED),
    }


def test_one_is_quarantined_and_one_draft_has_shares_of_90(demo: Flask) -> None:
    hidden = db.session.scalars(select(Proposal.title).where(Proposal.quarantined_at.is_not(None))).all()
    assert hidden == [NAMED["hidden"].title]
    shares = select(func.sum(Contribution.share)).where(Contribution.proposal_id == proposal("fives").id)
    assert db.session.scalar(shares) == 90


def test_a_member_of_the_board_is_an_author(demo: Flask) -> None:
    seated = select(Seat.person_id).where(Seat.board_id == at_base("kitchen").board_id)
    authors = select(Contribution.person_id).where(Contribution.proposal_id == proposal("kitchen").id)
    assert set(db.session.scalars(seated)) & set(db.session.scalars(authors))


def test_one_review_is_overdue_by_four_days(demo: Flask) -> None:
    due = at_base("gate").due_on
    assert due is not None
    assert overdue_days(due, TODAY) == 4


def test_six_of_seven_are_present_five_agreeing_pass_and_four_fail(demo: Flask) -> None:
    found = {key: (vote.mode, vote.base, vote.present, vote.agree) for key in ("roster", "dishes") if (vote := vote_of(key))}
    assert found == {"roster": ("secret", 7, 6, 5), "dishes": ("secret", 7, 6, 4)}


def test_two_outcomes_wait_to_be_published_and_one_for_the_decision(demo: Flask) -> None:
    held = {row.review_id: row.outcome for row in db.session.scalars(select(PendingOutcome))}
    assert held == {at_base("ladder").id: "recognise", at_base("dishes").id: "decline"}
    assert at_base("roster").state is State.PASSED


def test_of_two_paper_sheets_one_is_keyed_once_and_the_other_twice_and_not_alike(demo: Flask) -> None:
    keyed = Counter(db.session.scalars(select(KeyedSheet.assignment_id)))
    assert sorted(keyed.values()) == [1, 2]
    one, other = (row.filled for row in db.session.scalars(select(KeyedSheet)) if keyed[row.assignment_id] == 2)
    assert one != other
    assert [row.assignment_id for row in db.session.scalars(select(SheetPhoto))] == [max(keyed, key=keyed.__getitem__)]


def test_each_closed_meeting_of_the_regiment_has_signed_minutes_and_the_last_one_an_edited_version_too(demo: Flask) -> None:
    chosen = select(Meeting.number, AttachedMinutes.kind).join(Meeting, Meeting.id == AttachedMinutes.meeting_id)
    found = [tuple(row) for row in db.session.execute(chosen.order_by(AttachedMinutes.id))]
    assert found == [(1, MinutesKind.SIGNED), (2, MinutesKind.SIGNED), (3, MinutesKind.EDITED), (3, MinutesKind.SIGNED)]


def test_some_dossiers_have_a_photo_of_the_thing(demo: Flask) -> None:
    photos = select(func.count()).select_from(Attachment).where(Attachment.kind == "photo", Attachment.media_type == "image/jpeg")
    assert db.session.scalar(photos) == sum(text.photo for text in {**NAMED, **SHORT}.values()) == 5


def test_boards_have_seven_seats_at_the_regiment_and_five_at_the_division(demo: Flask) -> None:
    chosen = select(Unit.code, func.count()).join(Board, Board.unit_id == Unit.id).join(Seat, Seat.board_id == Board.id)
    sizes = {code: seats for code, seats in db.session.execute(chosen.group_by(Unit.code))}  # noqa: C416
    assert (sizes["T1A"], sizes["SM"]) == (7, 5)
    assert set(sizes.values()) == {5, 7}


def test_a_base_has_a_closed_campaign_and_an_open_one(demo: Flask) -> None:
    campaigns = db.session.scalars(select(Campaign).join(Unit).where(Unit.code == "T1A")).all()
    assert sorted(is_open(each.opens_on, each.closes_on, TODAY) for each in campaigns) == [False, True]


def test_about_two_thirds_of_what_was_decided_is_recognised_and_most_of_it_is_c(demo: Flask) -> None:
    states = Counter(at_base(key).state for key in {**NAMED, **SHORT})
    refused = states[State.NOT_RECOGNISED] + states[State.REJECTED] + states[State.REVOKED]
    assert 0.6 <= states[State.RECOGNISED] / (states[State.RECOGNISED] + refused) <= 0.72
    grades = facet(demo, "grade")
    assert grades["C"] > grades["B"] > grades["A"] >= 1


def test_the_library_has_facets_worth_a_click(demo: Flask) -> None:
    year, unit, level, adopted = (facet(demo, name) for name in ("year", "unit", "level", "adopted"))
    codes = {code: str(unit_id) for code, unit_id in db.session.execute(select(Unit.code, Unit.id))}
    assert set(year) == {"2025", "2026"}
    assert {codes[code] for code in ("T1A", "T2B", "L3C", "SM", "TT", "NMN")} <= set(unit)
    assert {"base", "division"} <= set(level)
    assert all(adopted[value] >= 5 for value in ("yes", "no"))
    assert set(facet(demo, "field")) == {*SHIPPED_FIELDS}
    assert len(facet(demo, "type")) == 4


def test_who_reused_what_names_several_owners_and_several_adopters(demo: Flask) -> None:
    chosen = select(Proposal.owning_unit_id, Adoption.unit_id).join(Adoption, Adoption.proposal_id == Proposal.id)
    pairs = set(db.session.execute(chosen.where(Adoption.state == "in_use")))
    assert len({owner for owner, _adopter in pairs}) >= 3
    assert len({adopter for _owner, adopter in pairs}) >= 5


def test_the_check_of_the_data_finds_the_demo_whole(demo: Flask) -> None:
    done = demo.test_cli_runner().invoke(args=["check"])
    assert done.exit_code == 0, done.output


def test_loading_twice_is_refused(demo: Flask) -> None:
    before = len(find().people)
    assert demo.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 1
    assert len(find().people) == before


def test_removing_the_demo_leaves_an_empty_instance(demo: Flask, tmp_path: Path) -> None:
    copied = tmp_path / "instance"
    db.session.remove()
    shutil.copytree(demo.instance_path, copied)
    app = make_app(copied)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["demo", "remove", "--yes"])
        assert done.exit_code == 0, done.output
        assert [db.session.scalar(select(func.count()).select_from(model)) for model in (Person, Unit, Proposal, Vote)] == [0] * 4
        assert list(storage.everything()) == []
        db.session.remove()
        db.engine.dispose()
    left = {path.name for path in copied.iterdir()}
    assert left.isdisjoint({"demo_password", sealing.FOLDER})


def test_the_password_of_the_demo_is_the_servers_own(demo: Flask) -> None:
    assert stat.S_IMODE((Path(demo.instance_path) / "demo_password").stat().st_mode) == 0o600
