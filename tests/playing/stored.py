"""What the database holds, read past the product: by a connection of its own, in the model's words."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.playing.model import Ballot, Model, Phase, Review

#: Ids and addresses of what is not there.
NOWHERE, NO_ADDRESS = 999_999, "N-0000000000"


@dataclass
class Stored:
    """The database file.  ``proposals`` keeps the id of each proposal in the order of their making, also once it is gone."""

    connection: sqlite3.Connection
    proposals: list[int] = field(default_factory=list)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> Any:
        found = self.rows(query, *values)
        return found[0][0] if found else NOWHERE

    def changes(self) -> int:
        """A number that differs once anybody stored anything."""
        return int(self._one("PRAGMA data_version"))

    def events(self, after: int) -> list[tuple[str, int]]:
        """Tags and accounts of what the audit log gained."""
        return self.rows("SELECT tag, account_id FROM audit_event WHERE id > ? ORDER BY id", after)

    def last_event(self) -> int:
        return int(self._one("SELECT max(id) FROM audit_event"))

    def learn(self) -> None:
        """Note proposals made since."""
        known = max(self.proposals, default=0)
        self.proposals += [row[0] for row in self.rows("SELECT id FROM proposal WHERE id > ? ORDER BY id", known)]

    def proposal(self, p: int) -> int:
        return self.proposals[p] if p < len(self.proposals) else NOWHERE

    def address(self, p: int) -> str:
        found = self.rows("SELECT coalesce(code, draft_code) FROM proposal WHERE id = ?", self.proposal(p))
        return str(found[0][0]) if found else NO_ADDRESS

    def version(self, p: int) -> int:
        return int(self._one("SELECT version FROM proposal WHERE id = ?", self.proposal(p)))

    def review(self, p: int, which: int = 0) -> int:
        found = self.rows("SELECT id FROM review WHERE proposal_id = ? ORDER BY id", self.proposal(p))
        return int(found[which][0]) if found else NOWHERE

    def assignment(self, review_id: int, seat_id: int) -> int:
        return int(self._one("SELECT id FROM assignment WHERE review_id = ? AND seat_id = ?", review_id, seat_id))

    def sheet(self, review_id: int, seat_id: int) -> int:
        """The member's sheet on the present text."""
        query = "SELECT s.id FROM score_sheet s JOIN review r ON r.id = s.review_id AND r.revision_id = s.revision_id"
        return int(self._one(f"{query} WHERE r.id = ? AND s.seat_id = ?", review_id, seat_id))

    def sheet_version(self, review_id: int, seat_id: int) -> int:
        found = self.rows("SELECT version FROM score_sheet WHERE id = ?", self.sheet(review_id, seat_id))
        return int(found[0][0]) if found else 0

    def meeting(self) -> int:
        """The number of the latest meeting."""
        return int(self._one("SELECT number FROM meeting ORDER BY id DESC LIMIT 1"))

    def agenda(self) -> tuple[int, ...]:
        """The reviews on the agenda of the latest meeting."""
        query = "SELECT review_id FROM agenda_item WHERE meeting_id = (SELECT max(id) FROM meeting) ORDER BY position"
        return tuple(row[0] for row in self.rows(query))

    def vote_keys(self, p: int) -> list[bytes]:
        """The public keys of the secret votes that run about the proposal."""
        query = "SELECT v.public_key FROM vote v JOIN agenda_item i ON i.id = v.item_id WHERE i.review_id = ?"
        return [row[0] for row in self.rows(f"{query} AND v.state = 'open' AND v.public_key NOT NULL", self.review(p))]

    def decision(self, p: int) -> int:
        """The decision that recognised the proposal."""
        query = "SELECT decision_id FROM decision_line WHERE kind = 'recognise' AND review_id = ?"
        return int(self._one(query, self.review(p)))

    def adoption(self, p: int) -> int:
        return int(self._one("SELECT id FROM adoption WHERE proposal_id = ? ORDER BY id DESC LIMIT 1", self.proposal(p)))

    def everything(self) -> dict[str, Any]:
        """What :func:`expected` says of the model, of the database."""
        review = (
            "SELECT proposal_id, state, total, grade, due_on, result_due_on, promised_formal_on, promised_result_on FROM review"
        )
        sheets = "SELECT r.proposal_id, s.submitted_at IS NOT NULL, s.reopened_at IS NOT NULL FROM score_sheet s"
        given = "SELECT (SELECT count(*) FROM has_voted) + (SELECT count(*) FROM open_opinion)"
        place = {number: p for p, number in enumerate(self.proposals)}
        return {
            "reviews": _tally(
                (place[row[0]], row[1], _decimal(row[2]), row[3], row[4] if row[1] in CLOCKED else None, *row[5:])
                for row in self.rows(review)
            ),
            "sheets": _tally(
                (place[row[0]], *map(bool, row[1:])) for row in self.rows(f"{sheets} JOIN review r ON r.id = s.review_id")
            ),
            "duties": _tally(self.rows("SELECT declined_at IS NULL, excused_reason != '' FROM assignment")),
            "conflicts": self._one("SELECT count(*) FROM recusal"),
            "receipts": self.rows(_NUMBERS),
            "meetings": [row[0] for row in self.rows("SELECT state || ' ' || held_on FROM meeting ORDER BY id")],
            "items": _tally(self.rows("SELECT conclusion, confirmed_at IS NOT NULL FROM agenda_item")),
            "votes": _tally(self.rows(_VOTES)),
            "counts": _tally(self.rows(_COUNTS)),
            "settled": self._one("SELECT count(*) FROM count_settlement"),
            "voters": self._one(given),
            "sealed": self._one("SELECT count(*) FROM sealed_ballot"),
            "ballots": _tally(self.rows("SELECT opinion FROM ballot")),
            "decisions": _tally(self.rows("SELECT kind, number, year FROM decision")),
            "pending": _tally(self.rows("SELECT outcome FROM pending_outcome")),
            "certificates": self.rows("SELECT year, number FROM certificate ORDER BY year, number"),
            "valid": self._one("SELECT count(*) FROM certificate WHERE state = 'valid'"),
            "complaints": _tally(self.rows("SELECT answered_at IS NOT NULL FROM complaint")),
            "adoptions": _tally(self.rows("SELECT state FROM adoption")),
            "phases": self.rows("SELECT from_on, scoring, authors FROM board_phase ORDER BY from_on"),
        }


#: Receipts with their unit and year: each begins with 1 and has no gap.
_NUMBERS = (
    "SELECT u.code, r.receipt_year, r.receipt_number FROM review r JOIN unit u ON u.id = r.unit_id "
    "WHERE r.receipt_number IS NOT NULL ORDER BY u.code, r.receipt_year, r.receipt_number"
)
_VOTES = "SELECT state, on_paper, present, base, needed, issued, invalid, agree, disagree, blank FROM vote"
_COUNTS = "SELECT attempt, place, issued, collected, valid, invalid, agree, disagree, blank FROM teller_count"
#: States in which the regulation sets the day by which the holder acts.
CLOCKED = ("unit_review", "submitted", "needs_fix", "accepted", "trial", "revise")


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)) / 100


def _tally(rows: Any) -> dict[Any, int]:
    return dict(Counter(tuple(row) for row in rows))


def opened(folder: Path) -> Stored:
    """The instance's database, beside the product's own connections."""
    return Stored(sqlite3.connect(folder / "innovations.sqlite", isolation_level=None))


def expected(model: Model) -> dict[str, Any]:
    """What the database must hold by the model."""
    there = [(p, each) for p, each in enumerate(model.proposals) if not each.gone]
    reviews = [(p, review) for p, each in there for review in each.reviews]
    items = [(p, item) for meeting in model.meetings for p, item in meeting.agenda.items()]
    votes = [vote for _, item in items for vote in item.votes]
    sealed = [vote for p, item in items for vote in item.votes if not model.proposals[p].open_vote]
    opinions = [(said,) for vote in sealed if vote.state == "closed" for said in vote.voted.values()]
    return {
        "reviews": _tally((p, review.state, review.total, review.grade, *_days_of(review)) for p, review in reviews),
        "sheets": _tally((p, each.submitted, each.reopened) for p, review in reviews for each in review.sheets.values()),
        "duties": _tally((int(runs), int(who in each.excused)) for _, each in reviews for who, runs in each.assigned.items()),
        "conflicts": sum(len(review.recused) for _, review in reviews),
        "receipts": [(*of, number) for of, count in sorted(model.receipts.items()) for number in range(1, count + 1)],
        "meetings": [f"{each.state} {each.on}" for each in model.meetings],
        "items": _tally((item.conclusion.split(" ")[0], int(item.confirmed)) for _, item in items),
        "votes": _tally((each.state, int(each.on_paper), each.present, 7, 5, *_counted(each)) for each in votes),
        "counts": _tally(row for each in votes for row in _counts(each)),
        "settled": sum(each.settled for each in votes),
        "voters": sum(len(each.voted) for each in votes),
        "sealed": sum(len(each.voted) for each in sealed if each.state == "open"),
        "ballots": _tally(opinions),
        "decisions": _tally(model.decisions),
        "pending": _tally((review.pending,) for _, review in reviews if review.pending),
        "certificates": [(year, n) for year, count in sorted(model.certificates.items()) for n in range(1, count + 1)],
        "valid": sum(each.certificates.count("valid") for _, each in there),
        "complaints": _tally((int(answered),) for _, review in reviews for answered in review.complaints),
        "adoptions": _tally((adoption[2],) for _, each in there for adoption in each.adoptions),
        "phases": [(each.from_on and each.from_on.isoformat(), int(each.scoring), _hides(each)) for each in model.phases],
    }


def _hides(phase: Phase) -> str:
    return phase.hides.replace(" ", "_") or "rules"


def _days_of(review: Review) -> Iterator[str | None]:
    due = review.due if review.state in CLOCKED else None
    for day in (due, review.result_due, *(review.promised or (None, None))):
        yield day and day.isoformat()


def _counted(vote: Ballot) -> tuple[int | None, ...]:
    """Ballots issued (of a vote on paper), invalid, agreeing, disagreeing, without opinion."""
    if vote.counted is None:
        return (None,) * 5
    told = vote.counted
    return told.get("issued"), told.get("invalid", 0), told["agree"], told["disagree"], told["none"]


def _counts(vote: Ballot) -> Iterator[tuple[int, ...]]:
    for attempt, pair in enumerate(vote.attempts, 1):
        for place, (_, (issued, collected, invalid, *said)) in enumerate(pair, 1):
            yield attempt, place, issued, collected, collected - invalid, invalid, *said
