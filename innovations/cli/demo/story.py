"""Tells a proposal's life through the real use cases, each step at its own time: what the demo's plot is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
from innovations.cli.demo.pictures import rack
from innovations.cli.demo.staff import BOARDS, CHAIR, DECIDERS, PEOPLE, RECEIVERS, REGISTRARS, SECRETARY, UNITS, Staff
from innovations.cli.demo.texts import Text
from innovations.core.clock import today
from innovations.core.rules.money import parse_decimal
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Contribution
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
#: What a member remarks on each criterion, by the side the sheet leans to.
PRAISE = {
    "novelty": "Trong cơ sở chưa nơi nào làm theo cách này; đã hỏi lại các ban.",
    "effect": "Số liệu trước và sau khớp với biên bản, đơn vị áp dụng xác nhận.",
    "replicability": "Phân đội khác làm theo được sau một buổi hướng dẫn.",
    "economy": "Vật liệu tận dụng, chi phí ghi rõ.",
    "dossier": "Mô tả đủ bước, có hình và biên bản.",
}
DOUBT = {
    "novelty": "Đã thấy cách làm gần giống ở ban khác trong cơ sở.",
    "effect": "Mức giảm nhỏ, mới theo dõi thời gian ngắn.",
    "replicability": "Phụ thuộc điều kiện riêng của nơi làm thử.",
    "economy": "Chưa tách được phần tiết kiệm.",
    "dossier": "Biên bản thiếu ngày và người đối chiếu.",
}
COMMENTS = (
    "Giải pháp thiết thực, dễ làm.",
    "Nên bổ sung hình khi phổ biến.",
    "Đã xem tại chỗ, người dùng hài lòng.",
    "Đề nghị theo dõi thêm một quý.",
)
DISCUSSIONS = (
    "Tác giả trình bày; các ủy viên hỏi về chi phí và khả năng áp dụng ở phân đội khác.",
    "Hội đồng xem hiện vật, đề nghị tác giả nói rõ cách bảo quản sau khi bàn giao.",
    "Ủy viên phản biện nêu điểm khác với cách cũ; tác giả giải thích số liệu đối chiếu.",
    "Đại diện nơi áp dụng phát biểu; hội đồng trao đổi về việc hướng dẫn người mới.",
)  # fmt: skip
ALL_OK = {item: FormalAnswer(True) for item in FormalItem}
#: How long before filing a solution had been in use, one proposal after the other, in days.
IN_USE_FOR = (24, 61, 38, 95, 47)
_UNIT_NAMES = {code: name for code, name, *_rest in UNITS}
#: Service number → name of the unit.
HOME = {number: _UNIT_NAMES[unit] for number, _name, _rank, _position, unit, *_rest in PEOPLE}


@dataclass(frozen=True)
class Story:
    """The narrator of one base: its offices and its board."""

    staff: Staff
    unit: str
    board_id: int

    @property
    def seats(self) -> tuple[str, ...]:
        """Everybody on the board, the chair and the secretary first."""
        held = BOARDS[self.unit][1]
        leading = [number for role in (CHAIR, SECRETARY) for number in held if held[number] is role]
        return (*leading, *(number for number in held if number not in leading))

    @property
    def chair(self) -> Actor:
        """Who presides."""
        return self.actor(self.seats[0])

    @property
    def secretary(self) -> Actor:
        """Who keeps the minutes."""
        return self.actor(self.seats[1])

    @property
    def receiver(self) -> Actor:
        """Who checks what comes in."""
        return self.actor(RECEIVERS[self.unit])

    @property
    def registrar(self) -> Actor:
        """The standing office."""
        return self.actor(REGISTRARS[self.unit])

    @property
    def decider(self) -> Actor:
        """Who decides and signs."""
        return self.actor(DECIDERS[self.unit])

    def actor(self, number: str) -> Actor:
        """A person as the rules know them at the story's time."""
        return self.staff.actor(number)

    def write(self, text: Text, by: str, *others: str, applied: bool = True) -> str:
        """A draft with text, before/after lines, co-authors who confirmed, a signed record as evidence, and sometimes a photo."""
        author = self.actor(by)
        address = drafting.create_draft(author, nothing_secret=True)
        drafting.save_text(author, address, self._version(address), self._values(text, by, applied=applied))
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
        record = "\n".join(["BIÊN BẢN ÁP DỤNG THỬ", text.title, *map(measured, text.lines)]).encode()
        attachments.attach(
            author, address, name="bien-ban-ap-dung.txt", source=BytesIO(record), kind="evidence", nothing_secret=True
        )
        if text.photo:
            attachments.attach(
                author, address, name="anh-hien-vat.jpg", source=BytesIO(rack()), kind="photo", nothing_secret=True
            )
        return address

    def _values(self, text: Text, by: str, *, applied: bool) -> dict[str, object]:
        field_id = next(each.id for each in fields_of_work() if each.code == text.field)
        days = IN_USE_FOR[len(text.title) % len(IN_USE_FOR)]
        unit = HOME[by]
        return {
            "title": text.title, "field_id": field_id, "solution_types": list(text.types), "proposal_class": ProposalClass.INITIATIVE,
            "situation": text.situation, "content": text.content, "steps": text.steps, "novelty": text.novelty,
            "not_mandatory": True, "conditions": text.conditions, "author_benefit": text.benefit, "investor_kind": InvestorKind.UNIT,
            "first_applied_on": today() - timedelta(days=days) if applied else None, "place": unit,
            "applier_benefit": f"{unit} xác nhận sau khi dùng: {measured(text.lines[0])}." if applied else "",
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

    def submit(self, text: Text, by: str, *others: str) -> str:
        """Write, confirm and submit; returns the code."""
        address = self.write(text, by, *others)
        self.confirm(address, *others)
        return submitting.submit(self.actor(by), address, nothing_secret=True)

    def accept(self, code: str) -> int:
        """The receiver accepts; returns the review's id."""
        checking.accept(self.receiver, code, ALL_OK)
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

    def score(self, code: str, review_id: int, grade: str, *, sheets: int = 3, scorers: int = 3) -> None:
        """Assign scorers who are no authors, open scoring, and let the first ones submit."""
        own = self.authors_numbers(code)
        able = [each for each in (*self.seats[2:], *self.seats[:1]) if self.staff.people[each] not in own][:scorers]
        assigning.assign(self.secretary, self.board_id, review_id, [self.seat(each) for each in able], Duty())
        progress.open_scoring(self.secretary, self.board_id, review_id)
        for position, each in enumerate(able[:sheets]):
            values = {name: Decimal(points) for name, points in zip(CRITERIA, POINTS[grade], strict=True)}
            values["effect"] += Decimal((review_id + position) % 3 - 1)
            values["replicability"] += Decimal((review_id * 2 + position) % 3 - 1)
            remarks, proposes = (DOUBT, "refuse") if grade == "-" else (PRAISE, "recognise")
            comment = COMMENTS[(review_id + position) % len(COMMENTS)] if grade != "-" else "Chưa đủ căn cứ để công nhận."
            data = SheetData(values, dict(remarks), comment, proposes)
            scoring.submit_score_sheet(self.actor(each), self.board_id, review_id, data)

    def meet(self, review_ids: list[int], *, absent: tuple[str, ...] = ()) -> int:
        """Call, open and fill a meeting; returns its number."""
        secretary = self.secretary
        number = meetings.call_meeting(secretary, self.board_id, MeetingData(today(), tuple(review_ids), place="Phòng họp số 2"))
        meetings.start_meeting(secretary, self.board_id, number)
        marks = {self.seat(each): Mark(each not in absent, "đi công tác" if each in absent else "") for each in self.seats}
        meetings.take_attendance(secretary, self.board_id, number, marks)
        return number

    def reveal(self, number: int, review_id: int) -> None:
        """The sheets are shown to the board."""
        items.reveal(self.secretary, self.board_id, number, review_id)
        text = DISCUSSIONS[review_id % len(DISCUSSIONS)]
        items.note_discussion(self.secretary, self.board_id, number, review_id, text=text)

    def vote(self, number: int, code: str, review_id: int, *, agree: int, absent: tuple[str, ...] = ()) -> None:
        """A secret vote of those present who are no authors, counted and closed."""
        secretary, own = self.secretary, self.authors_numbers(code)
        votes.open_vote(secretary, self.board_id, number, review_id)
        voters = [each for each in self.seats if each not in absent and self.staff.people[each] not in own]
        for position, each in enumerate(voters):
            opinion = Opinion.AGREE if position < agree else Opinion.DISAGREE
            votes.cast(self.actor(each), self.board_id, number, review_id, opinion=opinion)
        counting.close_vote(secretary, self.board_id, number, review_id)

    def conclude(self, number: int, review_id: int) -> None:
        """The secretary records what was computed, the chair confirms."""
        concluding.record_conclusion(self.secretary, self.board_id, number, review_id)
        concluding.confirm_conclusion(self.chair, self.board_id, number, review_id)

    def pass_through(self, number: int, code: str, review_id: int, *, agree: int) -> None:
        """Reveal, vote, conclude."""
        self.reveal(number, review_id)
        self.vote(number, code, review_id, agree=agree)
        self.conclude(number, review_id)


def measured(line: tuple[str, str, str, str, str]) -> str:
    """A before/after line in words: Thời gian … 480 → 60 phút."""
    _kind, label, before, after, measure = line
    return f"{label} từ {_figure(before)} còn {_figure(after)} {measure}" if _falls(line) else _rising(line)


def _falls(line: tuple[str, str, str, str, str]) -> bool:
    return Decimal(line[3]) < Decimal(line[2])


def _rising(line: tuple[str, str, str, str, str]) -> str:
    return f"{line[1]} từ {_figure(line[2])} lên {_figure(line[3])} {line[4]}"


def _figure(value: str) -> str:
    """As it is written in Vietnamese: 1800000 → 1.800.000 and 6.1 → 6,1."""
    return f"{Decimal(value):,}".translate(str.maketrans(",.", ".,"))


def uneven_shares(count: int) -> list[Decimal]:
    """Shares that do not sum to 100, for the draft that shows what the list of missing things says."""
    return [share - Decimal(10) if place == 0 else share for place, share in enumerate(equal_shares(count))]
