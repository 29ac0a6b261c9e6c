"""Tells a proposal's life through the real use cases, each step at its own time: what the demo's plot is written in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from sqlalchemy import select

from innovations.boards.models import Seat
from innovations.boards.rules.meetings import Mark
from innovations.boards.rules.votes import Opinion
from innovations.boards.services import assigning, concluding, counting, items, meetings, progress, scoring, votes
from innovations.boards.services.assigning import Duty
from innovations.boards.services.meetings import MeetingData
from innovations.boards.services.scoring import SheetData
from innovations.cli.demo.staff import Staff
from innovations.cli.demo.texts import Text
from innovations.core.clock import at, now, today
from innovations.core.rules.money import parse_decimal
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Contribution
from innovations.proposals.rules.content import BenefitKind, InvestorKind, ProposalClass, equal_shares
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import attachments, authors, benefits, checking, drafting, submitting
from innovations.regulations.queries import fields_of_work

#: Points of the standard set by the grade they lead to.
POINTS = {
    "A": ("27", "27", "22", "8", "4"),
    "B": ("22", "24", "20", "7", "4"),
    "C": ("17", "18", "15", "6", "3"),
    "-": ("11", "13", "10", "4", "3"),
}
CRITERIA = ("novelty", "effect", "replicability", "economy", "dossier")
REMARK = "Đã đối chiếu minh chứng và trao đổi với đơn vị áp dụng."
DRAW = "Đã xem hiện vật, số liệu trước và sau có ghi trong biên bản."
ALL_OK = {item: FormalAnswer(True) for item in FormalItem}


@dataclass
class Story:
    """The demo's narrator: staff, board, and the instant the story has reached."""

    staff: Staff
    board_id: int
    members: tuple[str, ...]
    secretary: str
    chair: str
    receiver: str
    started: datetime = field(default_factory=now)

    def actor(self, number: str) -> Actor:
        """A person as the rules know them at the story's time."""
        return self.staff.actor(number)

    @contextmanager
    def days_ago(self, days: int, hour: int = 9) -> Iterator[None]:
        """Let the clock stand so many days before the load, at an hour of the Vietnamese day."""
        told = (self.started - timedelta(days=days)).replace(hour=hour - 7, minute=12, second=0, microsecond=0)
        with at(min(told, self.started)):
            yield
        db.session.rollback()

    def write(self, text: Text, by: str, *others: str, applied_days_ago: int | None = 20) -> str:
        """A draft with text, before/after lines, co-authors who confirmed, and a signed record as evidence."""
        author = self.actor(by)
        address = drafting.create_draft(author, nothing_secret=True)
        drafting.save_text(author, address, self._version(address), self._values(text, applied_days_ago))
        lines = [
            {
                "kind": BenefitKind(kind),
                "label": label,
                "before": parse_decimal(before),
                "after": parse_decimal(after),
                "measure": measure,
            }
            for kind, label, before, after, measure in text.lines
        ]
        benefits.save_step(author, address, self._version(address), {}, lines)
        for other in others:
            authors.add_author(author, address, service_number=other)
        record = f"BIÊN BẢN ÁP DỤNG THỬ\n{text.title}\n{DRAW}".encode()
        attachments.attach(
            author, address, name="bien-ban-ap-dung.txt", source=BytesIO(record), kind="evidence", nothing_secret=True
        )
        return address

    def _values(self, text: Text, applied_days_ago: int | None) -> dict[str, object]:
        field_id = next(each.id for each in fields_of_work() if each.code == text.field)
        applied = today() - timedelta(days=applied_days_ago) if applied_days_ago is not None else None
        return {
            "title": text.title, "field_id": field_id, "solution_types": list(text.types), "proposal_class": ProposalClass.INITIATIVE,
            "situation": text.situation, "content": text.content, "steps": text.steps, "novelty": text.novelty,
            "not_mandatory": True, "conditions": text.conditions, "author_benefit": text.benefit, "investor_kind": InvestorKind.UNIT,
            "first_applied_on": applied, "place": "Tại đơn vị của tác giả",
            "applier_benefit": "Đơn vị áp dụng xác nhận dễ làm, giữ được nền nếp và đề nghị phổ biến." if applied else "",
        }  # fmt: skip

    def _version(self, address: str) -> int:
        found = proposal_at(address)
        version = found.version if found else 0
        db.session.rollback()
        return version

    def confirm(self, address: str, *others: str) -> None:
        """The co-authors confirm their shares."""
        for other in others:
            authors.confirm(self.actor(other), address)

    def submit(self, text: Text, by: str, *others: str, applied_days_ago: int | None = 20) -> str:
        """Write, confirm and submit; returns the code."""
        address = self.write(text, by, *others, applied_days_ago=applied_days_ago)
        self.confirm(address, *others)
        return submitting.submit(self.actor(by), address, nothing_secret=True)

    def accept(self, code: str) -> int:
        """The receiver accepts; returns the review's id."""
        checking.accept(self.actor(self.receiver), code, ALL_OK)
        return self.review_of(code)

    def review_of(self, code: str) -> int:
        """The latest review of a proposal."""
        found = proposal_at(code)
        review_id = found.reviews[-1].id if found else 0
        db.session.rollback()
        return review_id

    def seat(self, number: str) -> int:
        """A member's seat on the board."""
        chosen = select(Seat.id).where(Seat.board_id == self.board_id, Seat.person_id == self.staff.people[number])
        seat_id = db.session.scalar(chosen) or 0
        db.session.rollback()
        return seat_id

    def authors_numbers(self, code: str) -> set[int]:
        """Person ids of a proposal's authors."""
        found = proposal_at(code)
        chosen = select(Contribution.person_id).where(Contribution.proposal_id == (found.id if found else 0))
        people = {person for person in db.session.scalars(chosen) if person}
        db.session.rollback()
        return people

    def score(self, code: str, review_id: int, grade: str, *, sheets: int = 4, scorers: int = 4) -> None:
        """Assign scorers who are no authors, open scoring, and let the first ones submit."""
        own = self.authors_numbers(code)
        chosen = [each for each in self.members if self.staff.people[each] not in own][:scorers]
        seats = [self.seat(each) for each in chosen]
        assigning.assign(self.actor(self.secretary), self.board_id, review_id, seats, Duty())
        progress.open_scoring(self.actor(self.secretary), self.board_id, review_id)
        for position, each in enumerate(chosen[:sheets]):
            values = {name: Decimal(points) for name, points in zip(CRITERIA, POINTS[grade], strict=True)}
            values["effect"] += Decimal(position % 3 - 1)
            proposes = "refuse" if grade == "-" else "recognise"
            data = SheetData(values, dict.fromkeys(values, REMARK), "Giải pháp thiết thực, dễ làm.", proposes)
            scoring.submit_score_sheet(self.actor(each), self.board_id, review_id, data)

    def meet(self, review_ids: list[int], *, absent: tuple[str, ...] = ()) -> int:
        """Call, open and fill a meeting; returns its number."""
        secretary = self.actor(self.secretary)
        number = meetings.call_meeting(secretary, self.board_id, MeetingData(today(), tuple(review_ids), place="Phòng họp số 2"))
        meetings.start_meeting(secretary, self.board_id, number)
        marks = {
            self.seat(each): Mark(each not in absent, "đi công tác" if each in absent else "")
            for each in (*self.members, self.chair, self.secretary)
        }
        meetings.take_attendance(secretary, self.board_id, number, marks)
        return number

    def reveal(self, number: int, review_id: int) -> None:
        """The sheets are shown to the board."""
        items.reveal(self.actor(self.secretary), self.board_id, number, review_id)
        text = "Tác giả trình bày; các ủy viên hỏi về chi phí và khả năng áp dụng ở phân đội khác."
        items.note_discussion(self.actor(self.secretary), self.board_id, number, review_id, text=text)

    def vote(self, number: int, code: str, review_id: int, *, agree: int, absent: tuple[str, ...] = ()) -> None:
        """A secret vote of those present who are no authors, counted and closed."""
        secretary, own = self.actor(self.secretary), self.authors_numbers(code)
        votes.open_vote(secretary, self.board_id, number, review_id)
        voters = [
            each
            for each in (self.chair, self.secretary, *self.members)
            if each not in absent and self.staff.people[each] not in own
        ]
        for position, each in enumerate(voters):
            opinion = Opinion.AGREE if position < agree else Opinion.DISAGREE
            votes.cast(self.actor(each), self.board_id, number, review_id, opinion=opinion)
        counting.close_vote(secretary, self.board_id, number, review_id)

    def conclude(self, number: int, review_id: int) -> None:
        """The secretary records what was computed, the chair confirms."""
        concluding.record_conclusion(self.actor(self.secretary), self.board_id, number, review_id)
        concluding.confirm_conclusion(self.actor(self.chair), self.board_id, number, review_id)

    def pass_through(self, number: int, code: str, review_id: int, *, agree: int = 7) -> None:
        """Reveal, vote, conclude."""
        self.reveal(number, review_id)
        self.vote(number, code, review_id, agree=agree)
        self.conclude(number, review_id)


def uneven_shares(count: int) -> list[Decimal]:
    """Shares that do not sum to 100, for the draft that shows what the list of missing things says."""
    return [share - Decimal(10) if place == 0 else share for place, share in enumerate(equal_shares(count))]
