"""Score sheets on paper: whose are out, which are keyed, and the printed pages with their codes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for
from sqlalchemy import select

from innovations.boards.loading import load_review
from innovations.boards.models import Assignment, Board, ScoreSheet
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.papers import board_head
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.paper_sheets import sheet_code
from innovations.boards.rules.sheets import SheetProposal
from innovations.boards.score_queries import criteria_of
from innovations.boards.services.paper_sheets import CLERKS, Keying, check_clerk, filled, load_keying, running
from innovations.boards.services.sheet_photos import PhotoShown, photos_of
from innovations.core.formats import in_vietnamese
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded
from innovations.regulations.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class PaperRow:
    """One member's sheet in the list.

    :param keyed: how many clerks have keyed it; ``taken``: two others have, so it is theirs to settle; ``photos``: what the member sent of it.
    """

    assignment_id: int
    name: str
    role: AssignmentRole
    code: str
    submitted: bool
    keyed: int
    taken: bool
    photos: tuple[PhotoShown, ...] = ()


@dataclass(frozen=True)
class PaperList:
    """The paper sheets of one review and round."""

    board_id: int
    board: str
    review_id: int
    code: str
    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True)
class SheetToKey:
    """One member's paper sheet as a clerk keys it; the values are the clerk's own earlier ones.

    :param differs: where both clerks' keyings are not the same; empty until both are in.
    :param mine: whether the clerk has keyed; ``others``: whether another one has.
    """

    page: PaperList
    assignment_id: int
    name: str
    role: AssignmentRole
    criteria: CriteriaSet
    values: Mapping[str, Decimal | None]
    remarks: Mapping[str, str]
    comment: str
    proposes: str
    printed_code: str
    differs: tuple[str, ...]
    mine: bool
    others: bool
    submitted: bool
    version: int = 0

    @property
    def row(self) -> PaperRow:
        """The sheet in the list."""
        return next(row for row in self.page.rows if row.assignment_id == self.assignment_id)

    @property
    def photos(self) -> tuple[PhotoShown, ...]:
        """What the member sent of the filled sheet."""
        return self.row.photos


def _named(given: Assignment) -> str:
    return f"{given.seat.person.rank} {given.seat.person.full_name}".strip()


def _submitted(loaded: Loaded) -> set[int]:
    """Seats whose sheet on the text as it stands is in."""
    chosen = select(ScoreSheet.seat_id).where(ScoreSheet.review_id == loaded.review.id, ScoreSheet.submitted_at.is_not(None))
    return set(db.session.scalars(chosen.where(ScoreSheet.revision_id == loaded.review.revision_id)))


def _list(loaded: Loaded, clerk: Actor) -> PaperList:
    board, revision = db.session.get_one(Board, loaded.review.board_id), loaded.review.revision_id or 0
    given, submitted = running(loaded), _submitted(loaded)
    of_round = (KeyedSheet.assignment_id.in_([each.id for each in given]), KeyedSheet.revision_id == revision)
    stored = db.session.execute(select(KeyedSheet.assignment_id, KeyedSheet.person_id).where(*of_round)).all()
    keyed = Counter(row.assignment_id for row in stored)
    own = {row.assignment_id for row in stored if row.person_id == clerk.person_id}
    photos = photos_of(loaded, [each.id for each in given])
    rows = tuple(
        PaperRow(
            each.id, _named(each), AssignmentRole(each.role), sheet_code(each.id, revision), each.seat_id in submitted, keyed[each.id],
            keyed[each.id] == CLERKS and each.id not in own, photos[each.id],
        )
        for each in given
    )  # fmt: skip
    return PaperList(board.id, board.name, loaded.review.id, loaded.facts.code, loaded.proposal.title, rows)


def _load(actor: Actor, board_id: int, review_id: int) -> Loaded:
    loaded = load_review(actor, board_id, review_id)
    check_clerk(actor, loaded)
    return loaded


def paper_list(actor: Actor, board_id: int, review_id: int) -> PaperList:
    """Whose sheets are out and which are keyed.

    :raises NotVisible: the review is not for this actor; :raises NotClerk: its paper sheets are not.
    """
    return _list(_load(actor, board_id, review_id), actor)


def _both_differ(found: Keying) -> tuple[str, ...]:
    if len(found.stored) < CLERKS:
        return ()
    return filled(found.stored[0]).differing(filled(found.stored[1]))


def sheet_to_key(actor: Actor, board_id: int, review_id: int, assignment_id: int, code: str = "") -> SheetToKey:
    """One member's sheet for a clerk; another clerk's keying is not shown.

    :param code: as the QR code of the printed sheet gave it.
    """
    found = load_keying(actor, board_id, review_id, assignment_id)
    own = next((filled(row) for row in found.stored if row.person_id == actor.person_id), None)
    return SheetToKey(
        _list(found.loaded, actor), assignment_id, _named(found.given), AssignmentRole(found.given.role), criteria_of(found.loaded.review),
        own.values if own else {}, own.remarks if own else {}, own.comment if own else "", own.proposes if own else "", code,
        _both_differ(found) if own else (), own is not None, any(row.person_id != actor.person_id for row in found.stored),
        found.given.seat_id in _submitted(found.loaded),
    )  # fmt: skip


@in_vietnamese
def blank_sheets(actor: Actor, board_id: int, review_id: int) -> Paper:
    """A page for each member who has not submitted, with its code and QR code.

    :raises NotVisible: every sheet is in, or as for the list.
    """
    loaded = _load(actor, board_id, review_id)
    page, board = _list(loaded, actor), db.session.get_one(Board, board_id)
    waiting = [row for row in page.rows if not row.submitted]
    if not waiting:
        raise NotVisible
    paper = data.BlankSheets(
        head=board_head(board, dated=False), code=page.code, title=page.title,
        lines=tuple(
            parts.SheetLine(criterion=each.name, max=each.maximum, points=None, gate=each.is_gate)
            for each in criteria_of(loaded.review).criteria
        ),
        proposals=tuple(each.label for each in SheetProposal),
        sheets=tuple(
            parts.BlankSheet(
                scorer=row.name, role=row.role.label, code=row.code,
                address=url_for(
                    "boards.key_sheet", board_id=board_id, review_id=review_id, assignment_id=row.assignment_id, code=row.code,
                    _external=True,
                ),
            )
            for row in waiting
        ),
    )  # fmt: skip
    return Paper(f"{page.code}-phieu-cham-trong.pdf", render_pdf(paper))
