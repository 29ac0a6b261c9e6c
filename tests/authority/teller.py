"""Brings a proposal through the real use cases one step further at a time, for tests of who may do what.

The lead author is ``tacgia`` and the co-author ``tacgia2``, of regiment T1A.  Whatever reached the board was assigned to ``uyvien2``
to ``uyvien5``, and ``uyvien5`` declared a conflict; ``uyvien1``, the deputy, was given nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from sqlalchemy import select

from innovations.boards.models_meeting import AgendaItem, Meeting
from innovations.boards.services import assigning, certificates, deciding, meetings, progress, recusing
from innovations.boards.services.assigning import Duty
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import attachments, authors, checking, submitting
from innovations.regulations.models import Campaign, RuleSetRow
from innovations.regulations.services.campaigns import CampaignData, change_campaign
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld, seated
from tests.world import World

#: What the authors marked as confidential; no page shows it to who may not read it.
CONFIDENTIAL = "bí quyết pha dung dịch"
#: A word that every title has, so that one search asks for all of them.
EVERYWHERE = "saobien"
SCORERS = ("uyvien2", "uyvien3", "uyvien4", "uyvien5")
ALL_FINE = {item: FormalAnswer(True) for item in FormalItem}
ONE_WRONG = {
    item: FormalAnswer(item is not FormalItem.EVIDENCE, "" if item is not FormalItem.EVIDENCE else "Thiếu.")
    for item in FormalItem
}


class Teller:
    """Tells the situations; each method brings a proposal one step further and returns its code."""

    def __init__(self, world: World) -> None:
        self.world, self.told = world, 0
        self.board: BoardWorld = seated(world)

    def actor(self, number: str) -> Any:
        """A person as the rules know them."""
        return self.world.actor(number)

    def draft(self, title: str, by: str = "tacgia", co: str | None = "tacgia2", handling: Handling = Handling.OPEN) -> str:
        """A complete draft, its co-author confirmed, with a piece of evidence and a signed page."""
        self.told += 1
        # Words of its own: nothing is similar to anything else, and a search for them finds it alone.
        own = [f"M{self.told}N{place}" for place in range(60)]
        texts = {
            "title": f"{title}, {EVERYWHERE} {' '.join(own[:4])}",
            "situation": " ".join(own[4:30]),
            "content": " ".join(own[30:]),
        }
        address = self.world.draft(by, confidential=CONFIDENTIAL, handling=handling, **texts)
        if co:
            authors.add_author(self.actor(by), address, service_number=co)
            authors.confirm(self.actor(co), address)
        for kind in ("evidence", "consent"):
            source = BytesIO(f"{kind} {title}".encode())
            attachments.attach(self.actor(by), address, name=f"{kind}.txt", source=source, kind=kind, nothing_secret=True)
        return address

    def submitted(self, title: str, by: str = "tacgia", co: str | None = "tacgia2", handling: Handling = Handling.OPEN) -> str:
        """Submitted, or with the author's commander where the rules ask for it."""
        return submitting.submit(self.actor(by), self.draft(title, by, co, handling), nothing_secret=True)

    def accepted(self, title: str, by_receiver: str = "tiepnhan", **filed: Any) -> str:
        """Past the formal check."""
        code = self.submitted(title, **filed)
        checking.accept(self.actor(by_receiver), code, ALL_FINE)
        return code

    def scoring(self, title: str, secretary: str = "thuky", scorers: tuple[str, ...] = SCORERS, **filed: Any) -> str:
        """Being scored by four, one of whom has withdrawn since."""
        code = self.accepted(title, **filed)
        review = self.board.review_of(code)
        seats = [self.board.seat(number) for number in scorers]
        assigning.assign(self.actor(secretary), self.board.board_id, review, seats, Duty())
        progress.open_scoring(self.actor(secretary), self.board.board_id, review)
        if "uyvien5" in scorers:
            recusing.recuse_myself(self.actor("uyvien5"), self.board.board_id, review, reason=REASON)
        return code

    def scored(self, title: str, **filed: Any) -> str:
        """Every sheet is in."""
        code = self.scoring(title, **filed)
        for number in filed.get("scorers", SCORERS):
            if number != "uyvien5":
                self.board.submit(self.board.review_of(code), number)
        return code

    def meeting(self, title: str, **filed: Any) -> str:
        """Before a meeting that runs, its points revealed."""
        code = self.scored(title, **filed)
        sitting.before_board(self.board, self.board.review_of(code))
        return code

    def number(self, code: str) -> int:
        """The meeting that has the proposal on its agenda."""
        proposal = proposal_at(code)
        chosen = select(Meeting.number).join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        return db.session.scalar(chosen.where(AgendaItem.review_id == proposal.reviews[0].id)) or 0 if proposal else 0

    def vote(self, code: str, agree: int) -> None:
        """A secret vote of the six who are free."""
        number, review = self.number(code), self.board.review_of(code)
        sitting.open_vote(self.board, number, review)
        for place, who in enumerate(("chutich", "uyvien1", "thuky", "uyvien2", "uyvien3", "uyvien4")):
            sitting.cast(self.board, number, review, who, sitting.Opinion.AGREE if place < agree else sitting.Opinion.DISAGREE)
        sitting.close_vote(self.board, number, review)

    def concluded(self, title: str, agree: int = 6, **filed: Any) -> str:
        """Passed, or failed with fewer than five who agree; the meeting is over."""
        code = self.meeting(title, **filed)
        self.vote(code, agree)
        sitting.conclude(self.board, self.number(code), self.board.review_of(code))
        meetings.close_meeting(self.actor("thuky"), self.board.board_id, self.number(code))
        return code

    def decided(self, title: str, number: str, *, issued: bool = True, **filed: Any) -> str:
        """Recognised by the head of the regiment, certificates issued unless said otherwise."""
        code = self.concluded(title, **filed)
        made = deciding.recognise(self.actor("chihuy"), [self.board.review_of(code)], self.decision(number))
        if issued:
            certificates.issue_certificates(self.actor("vanphong"), made.decision_id)
        return code

    @staticmethod
    def decision(number: str) -> DecisionData:
        """A decision signed by the head of the regiment."""
        return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")

    @contextmanager
    def unit_review(self) -> Iterator[None]:
        """The regiment's campaign asks the author's commander first, as long as the block lasts."""
        running = db.session.scalars(
            select(Campaign).where(Campaign.unit_id == self.world.staff.units["T1A"]).order_by(Campaign.id)
        ).first()
        asks = db.session.scalar(select(RuleSetRow.id).where(RuleSetRow.active.is_(False)))
        usual, campaign = running.rule_set_id, running.id
        self._set_rules(campaign, asks)
        yield
        self._set_rules(campaign, usual)

    def _set_rules(self, campaign_id: int, rule_set_id: int) -> None:
        row = db.session.get_one(Campaign, campaign_id)
        data = CampaignData(row.name, row.year, row.opens_on, row.closes_on, rule_set_id, row.criteria_set_id)
        db.session.rollback()
        change_campaign(self.actor("vanphong"), campaign_id, data)
