"""A board of seven in the staffed world, and reviews on it in the states that tests of the boards need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from innovations.boards.models import Assignment, Board, Seat
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services import assigning, boards, progress, scoring, seats
from innovations.boards.services.assigning import Duty
from innovations.boards.services.boards import BoardData
from innovations.boards.services.scoring import SheetData
from innovations.boards.services.seats import SeatData
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Review
from innovations.proposals.rules.states import Action
from tests.prepared import prepared
from tests.world import World

NAME = "Hội đồng sáng kiến Trung đoàn 1A"
FIRST_DAY = date(2020, 1, 1)
SEATED = {
    "chutich": SeatRole.CHAIR,
    "uyvien1": SeatRole.DEPUTY,
    "thuky": SeatRole.SECRETARY,
    "uyvien2": SeatRole.REVIEWER,
    "uyvien3": SeatRole.MEMBER,
    "uyvien4": SeatRole.MEMBER,
    "uyvien5": SeatRole.MEMBER,
}
SCORERS = ("uyvien3", "uyvien4", "uyvien5")
#: 80 points of the standard set, every floor met, no remark required.
POINTS = {"novelty": "24", "effect": "24", "replicability": "20", "economy": "8", "dossier": "4"}
REASON = "Có lý do chính đáng, đã báo cáo."


@dataclass(frozen=True)
class BoardWorld:
    """The staffed world with a board of the regiment."""

    world: World
    board_id: int

    def actor(self, number: str) -> Actor:
        """A person as the rules know them."""
        return self.world.actor(number)

    def seat(self, number: str) -> int:
        """The seat a person holds on the board."""
        chosen = select(Seat.id).where(Seat.board_id == self.board_id, Seat.person_id == self.world.staff.people[number])
        return db.session.scalars(chosen.order_by(Seat.id.desc())).first() or 0

    @prepared
    def accepted(self, **changes: Any) -> int:
        """A review that waits for its scorers."""
        return self.review_of(self.world.accepted(**changes))

    def review_of(self, code: str) -> int:
        """The latest review of a proposal."""
        proposal = proposal_at(code)
        assert proposal is not None
        return proposal.reviews[-1].id

    @prepared
    def assign(self, review_id: int, *numbers: str, by: str = "thuky") -> None:
        """Give the review to members."""
        assigning.assign(self.actor(by), self.board_id, review_id, [self.seat(number) for number in numbers], Duty())

    @prepared
    def scoring(self, *numbers: str, **changes: Any) -> int:
        """A review being scored by the members named, or by three."""
        review_id = self.accepted(**changes)
        self.start(review_id, *numbers)
        return review_id

    @prepared
    def start(self, review_id: int, *numbers: str) -> None:
        """Assign an accepted review to the members named, or to three, and open scoring."""
        self.assign(review_id, *(numbers or SCORERS))
        progress.open_scoring(self.actor("thuky"), self.board_id, review_id)

    def sheet(self, version: int = 0, proposes: str = "recognise", comment: str = "", **points: str | None) -> SheetData:
        """A complete sheet; points named here replace the ready ones."""
        values = {code: None if value is None else Decimal(value) for code, value in {**POINTS, **points}.items()}
        return SheetData(values, dict.fromkeys(values, "Đã xem kỹ minh chứng."), comment, proposes, version)

    @prepared
    def submit(self, review_id: int, number: str, **points: str | None) -> None:
        """A member submits a sheet."""
        scoring.submit_score_sheet(self.actor(number), self.board_id, review_id, self.sheet(**points))

    @prepared
    def reveal(self, review_id: int) -> None:
        """What a meeting does first: the points are out."""
        with atomic():
            lifecycle.apply(self.review(review_id), Action.REVEAL, by=self.actor("thuky"))

    def assignment(self, review_id: int, number: str) -> Assignment:
        """What a member was given."""
        chosen = select(Assignment).where(Assignment.review_id == review_id, Assignment.seat_id == self.seat(number))
        return db.session.scalars(chosen).one()

    def review(self, review_id: int) -> Review:
        """The stored review, read afresh."""
        db.session.expire_all()
        return db.session.get_one(Review, review_id)


def seated(world: World) -> BoardWorld:
    """Set up the board through the use cases."""
    registrar, unit_id = world.actor("vanphong"), world.staff.units["T1A"]
    data = BoardData(NAME, FIRST_DAY, decision_number="12/QĐ-1A", decision_on=FIRST_DAY)
    board_id = boards.create_board(registrar, unit_id, data)
    for number, role in SEATED.items():
        seats.seat_person(registrar, board_id, SeatData(world.staff.people[number], role, FIRST_DAY))
    return BoardWorld(world, board_id)


def found(world: World) -> BoardWorld:
    """The board that was set up before the test; set up now in a world that came without."""
    board_id = db.session.scalar(select(Board.id).where(Board.name == NAME))
    db.session.rollback()
    return BoardWorld(world, board_id) if board_id else seated(world)
