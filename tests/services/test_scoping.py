"""A statement that forgot whom its rows are for is answered with nothing, while somebody asks; said to be about all, it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Select, exists, false, func, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from innovations.boards.models_meeting import AgendaItem
from innovations.core.scoping import Unscoped, unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.models import Audience, Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.models_tally import ProposalTally
from tests.world import World

Statement = Callable[[Actor, int], Select]
other = aliased(Proposal)

FORGOTTEN: dict[str, Statement] = {
    "all of them": lambda _actor, _one: select(Proposal),
    "how many there are": lambda _actor, _one: select(func.count()).select_from(Proposal),
    "of one unit": lambda _actor, _one: select(Proposal.code).where(Proposal.base_unit_id == 1),
    "of one person": lambda _actor, _one: select(Proposal.id).where(Proposal.filed_by_id == 1),
    "all but one": lambda _actor, one: select(Proposal.id).where(Proposal.id != one),
    "those behind one": lambda _actor, one: select(Proposal.id).where(Proposal.id > one),
    "seen, or of one unit": lambda actor, _one: select(Proposal.id).where(or_(seen_by(actor), Proposal.base_unit_id == 1)),
    "all, joined to what is seen": lambda actor, _one: select(Review.id).join(Proposal, seen_by(actor), isouter=True),
    "other than the own": lambda actor, _one: select(Proposal.id).where(Proposal.id.not_in(written_by(actor))),
    "what leads there": lambda _actor, _one: select(Contribution.rank),
    "those of other tables": lambda _actor, _one: select(Person.id).where(
        Person.id.in_(select(Contribution.person_id).where(Contribution.share > 0))
    ),
    "a number beside each unit": lambda _actor, _one: select(
        Unit.id, select(func.count()).where(Proposal.base_unit_id == Unit.id).scalar_subquery()
    ),
    "of a list put around": lambda _actor, _one: select(func.count()).select_from(select(Proposal.id).subquery()),
    "one of two lists": lambda actor, _one: select(
        union_all(select(Proposal.id).where(seen_by(actor)), select(other.id)).subquery()
    ),
    "another list's": lambda _actor, _one: select(Proposal.id).where(
        Proposal.id.in_(select(Review.proposal_id).where(Review.unit_id == 1))
    ),
    "joined to its readers, whoever they are": lambda _actor, _one: select(Proposal.id).where(
        Proposal.audience_id == Audience.id
    ),
    "counted without readers": lambda _actor, _one: select(func.sum(ProposalTally.proposals)).where(
        ProposalTally.base_unit_id == 1
    ),
}

SCOPED: dict[str, Statement] = {
    "seen": lambda actor, _one: select(Proposal).where(seen_by(actor)),
    "seen, with what hangs on it": lambda actor, _one: (
        select(Review)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .where(seen_by(actor))
        .options(joinedload(Review.proposal))
    ),
    "by number": lambda _actor, one: select(Proposal).where(Proposal.id == one),
    "by numbers": lambda _actor, one: select(Review.id).where(Review.proposal_id.in_([one])),
    "by code": lambda _actor, _one: select(Proposal).where(or_(Proposal.code == "x", Proposal.draft_code == "x")),
    "of a meeting": lambda _actor, one: select(AgendaItem).where(AgendaItem.meeting_id == one),
    "of what is seen": lambda actor, _one: select(Contribution).where(
        Contribution.proposal_id.in_(select(Proposal.id).where(seen_by(actor)))
    ),
    "what is seen exists": lambda actor, _one: select(other).where(
        exists(select(Proposal.id).where(Proposal.id == other.id, seen_by(actor)).correlate(other))
    ),
    "of a list of what is seen": lambda actor, _one: select(func.count()).select_from(
        select(Proposal.id).where(seen_by(actor)).limit(3).subquery()
    ),
    "where somebody serves nowhere": lambda _actor, _one: select(Proposal.id).where(Proposal.base_unit_id == 1, false()),
    "of what is seen, but the own": lambda actor, _one: select(Unit).where(
        Unit.id.in_(select(Proposal.base_unit_id).where(seen_by(actor), Proposal.id.not_in(written_by(actor))))
    ),
    "about something else": lambda _actor, _one: select(Unit),
}


@pytest.fixture
def asked(world: World) -> Iterator[tuple[World, Actor, int]]:
    """An author with a draft, in the middle of a request."""
    number = world.draft("tacgia")
    with world.app.test_request_context("/"):
        yield world, world.actor("tacgia"), db.session.scalars(select(Proposal.id).where(Proposal.draft_code == number)).one()


@pytest.mark.parametrize("name", FORGOTTEN)
def test_what_forgot_its_readers_is_answered_with_nothing(
    asked: tuple[World, Actor, int], unscoped_statements: list[str], name: str
) -> None:
    _world, actor, one = asked
    statement = FORGOTTEN[name](actor, one)
    assert db.session.execute(statement).all() == []
    assert len(unscoped_statements) == 1
    assert db.session.execute(statement).all() == []  # compiled before
    assert len(unscoped_statements) == 2
    unscoped_statements.clear()


@pytest.mark.parametrize("name", SCOPED)
def test_what_is_limited_to_readers_or_pointed_at_is_answered(
    asked: tuple[World, Actor, int], unscoped_statements: list[str], name: str
) -> None:
    _world, actor, one = asked
    db.session.execute(SCOPED[name](actor, one)).all()
    assert unscoped_statements == []


def test_what_is_said_to_be_about_all_is_answered_and_nothing_else_of_its_shape(
    asked: tuple[World, Actor, int], unscoped_statements: list[str]
) -> None:
    statement = select(Proposal.id).order_by(Proposal.id)
    assert db.session.scalars(unscoped(statement, because="a test")).all() == [asked[2]]
    assert db.session.scalars(statement).all() == []
    assert db.session.scalars(unscoped(statement, because="a test")).all() == [asked[2]]
    unscoped_statements.clear()


def test_a_use_case_that_forgets_breaks_off_and_nothing_of_it_is_stored(
    asked: tuple[World, Actor, int], unscoped_statements: list[str]
) -> None:
    one = asked[2]

    def rename_and_forget() -> None:
        with atomic() as session:
            session.get_one(Proposal, one).title = "Thay hết"
            session.flush()
            session.scalars(select(Proposal.id)).all()

    with pytest.raises(Unscoped, match="proposal"):
        rename_and_forget()
    assert db.session.get_one(Proposal, one).title != "Thay hết"
    unscoped_statements.clear()


def test_commands_and_the_worker_act_for_nobody(world: World) -> None:
    world.draft("tacgia")
    assert len(db.session.scalars(select(Proposal.id)).all()) == 1


def test_a_page_that_forgets_shows_an_empty_list_and_the_log_says_so(
    world: World, unscoped_statements: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address, client = world.draft("tacgia"), world.client("tacgia")
    assert address in client.get("/proposals/").text
    monkeypatch.setattr("innovations.proposals.queries.seen_by", lambda *_a, **_k: Proposal.id > 0)
    page = client.get("/proposals/")
    assert page.status_code == 200
    assert address not in page.text
    assert unscoped_statements
    assert "for anybody was answered with nothing" in caplog.text
    unscoped_statements.clear()
