"""The rounds of a review before the present text: what was handed in anew, and what the sheets of then said.

A sheet belongs to the text it was written on, so a text that comes back gets new ones.  The old ones stay readable for their writers,
and for whoever reads the present ones too: before the reveal nobody reads another's, old or new.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from innovations.boards.blinding import reads_blind, title_for, words_to_cover
from innovations.boards.loading import load_review
from innovations.boards.models import Board, ScoreSheet, Seat
from innovations.boards.readable_sheets import sheet_access_of, titled
from innovations.boards.rules.blindness import cover
from innovations.boards.rules.scoring import Sheet
from innovations.boards.rules.sheet_access import READS_SHEETS, SheetAccess
from innovations.boards.score_queries import criteria_of, shown_total, values_of
from innovations.core.rules.differences import Stretch, differences
from innovations.core.rules.errors import N_
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Review, Revision
from innovations.regulations.rules.criteria import CriteriaSet

_PARTS = (
    ("title", N_("Tên sáng kiến")),
    ("place", N_("Nơi áp dụng")),
    ("situation", N_("Hiện trạng")),
    ("content", N_("Nội dung giải pháp")),
    ("steps", N_("Các bước thực hiện")),
    ("novelty", N_("Điểm mới")),
    ("conditions", N_("Điều kiện cần để áp dụng")),
    ("author_benefit", N_("Hiệu quả mang lại")),
    ("applier_benefit", N_("Theo đơn vị đã áp dụng")),
)


@dataclass(frozen=True)
class Change:
    """A part that was written anew; stretches that stayed are marked."""

    label: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]


@dataclass(frozen=True)
class OldSheet:
    """A sheet on an earlier text.  ``now`` are its writer's points on the present one, where they are in and may be read.

    Without ``name`` where the phase of the board's schedule keeps the writers from the reader.
    """

    name: str
    own: bool
    points: Mapping[str, Decimal | None]
    now: Mapping[str, Decimal | None]
    total: Decimal | None
    total_now: Decimal | None
    remarks: Mapping[str, str]
    comment: str


@dataclass(frozen=True)
class Round:
    """A text that sheets were written on, and how the next one differs.

    :param files_new: how many files came, ``files_gone`` how many went.
    """

    number: int
    handed_in: datetime
    changes: tuple[Change, ...]
    files_new: int
    files_gone: int
    sheets: tuple[OldSheet, ...]


@dataclass(frozen=True)
class EarlierRounds:
    """All of them, the latest first."""

    board_id: int
    board: str
    review_id: int
    code: str
    title: str
    criteria: CriteriaSet
    rounds: tuple[Round, ...]


def has_earlier_rounds(review: Review) -> bool:
    """Whether sheets were written on an earlier text than the present one."""
    chosen = select(ScoreSheet.id).where(ScoreSheet.review_id == review.id, ScoreSheet.revision_id != review.revision_id)
    return db.session.scalar(chosen.limit(1)) is not None


def earlier_rounds(actor: Actor, board_id: int, review_id: int) -> EarlierRounds:
    """What the actor may read of the rounds before.

    :raises NotVisible: no such review for the actor.
    """
    loaded = load_review(actor, board_id, review_id)
    access, criteria = sheet_access_of(actor, loaded), criteria_of(loaded.review)
    sheets, named = _sheets(actor, loaded, access), access is not SheetAccess.NAMELESS
    scored = select(ScoreSheet.revision_id).where(ScoreSheet.review_id == review_id)
    texts = select(Revision).where(Revision.id.in_(scored) | (Revision.id == loaded.review.revision_id)).order_by(Revision.number)
    words = words_to_cover([review_id])[review_id] if reads_blind(actor, loaded) else ()
    rounds = [
        Round(
            before.number, before.made_at, _changes(before, after, words), *_files(before, after),
            tuple(_shown(each, sheets, actor, criteria, named=named) for each in sheets if each.revision_id == before.id),
        )
        for before, after in pairwise(db.session.scalars(texts))
    ]  # fmt: skip
    board = db.session.get_one(Board, board_id).name
    return EarlierRounds(
        board_id, board, review_id, loaded.facts.code, title_for(actor, loaded), criteria, tuple(reversed(rounds))
    )


def _sheets(actor: Actor, loaded: Loaded, access: SheetAccess) -> list[ScoreSheet]:
    """Sheets on every text that the actor may read, in the order of the seats; of totals where that would name their writers."""
    chosen = select(ScoreSheet).join(Seat, Seat.id == ScoreSheet.seat_id).where(ScoreSheet.review_id == loaded.review.id)
    loading = (selectinload(ScoreSheet.scores), joinedload(ScoreSheet.seat).joinedload(Seat.person))
    found = [
        row
        for row in db.session.scalars(chosen.options(*loading).order_by(Seat.position, Seat.id))
        if row.submitted_at is not None and row.seat.person.human_id not in loaded.at.recused
        if access in READS_SHEETS or (access is not SheetAccess.NONE and row.seat.person.human_id == actor.person_id)
    ]
    return sorted(found, key=_by_points) if access is SheetAccess.NAMELESS else found


def _by_points(row: ScoreSheet) -> tuple[Decimal, str]:
    return -(row.total or Decimal(0)), str(sorted(values_of(row).items()))


def _shown(row: ScoreSheet, sheets: Sequence[ScoreSheet], actor: Actor, criteria: CriteriaSet, *, named: bool) -> OldSheet:
    later = [each for each in sheets if each.seat_id == row.seat_id and each.revision_id > row.revision_id]
    person, now = row.seat.person, max(later, key=lambda each: each.revision_id, default=None)
    own = person.human_id == actor.person_id
    return OldSheet(
        titled(person) if named or own else "", own,
        values_of(row), values_of(now) if now else {},
        _total(row, criteria), _total(now, criteria) if now else None,
        {each.criterion: each.comment for each in row.scores if each.comment}, row.comment,
    )  # fmt: skip


def _total(row: ScoreSheet, criteria: CriteriaSet) -> Decimal | None:
    return shown_total(Sheet(row.id, values_of(row)), criteria)


def _changes(before: Revision, after: Revision, words: Sequence[str]) -> tuple[Change, ...]:
    texts = ((label, *(cover(each.content.get(name) or "", words) for each in (before, after))) for name, label in _PARTS)
    return tuple(Change(label, *differences(old, new)) for label, old, new in texts if old != new)


def _files(before: Revision, after: Revision) -> tuple[int, int]:
    old, new = ({digest for _name, digest in each.content.get("attachments") or ()} for each in (before, after))
    return len(new - old), len(old - new)
