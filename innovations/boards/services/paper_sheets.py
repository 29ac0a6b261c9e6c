"""Keying a member's paper sheet: two clerks, each for themselves; equal ones become the member's submitted sheet.

What a clerk keyed is kept apart until both agree and is gone then; no points enter the audit trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from innovations import audit
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.loading import load_review, present_sheet
from innovations.boards.models import Assignment
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.paper_sheets import PaperSheet, SheetSubmittedAlready, check_code, check_may_key
from innovations.boards.score_queries import criteria_of
from innovations.boards.services.scoring import SheetData, check_complete, let_rest, sheet_to_write, write
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded

CLERKS = 2


@dataclass(frozen=True)
class Keying:
    """A member's sheet that may be keyed now."""

    loaded: Loaded
    given: Assignment
    stored: tuple[KeyedSheet, ...]


def running(loaded: Loaded) -> list[Assignment]:
    """Who scores the review, in the order of assigning; nobody who declined or has a conflict."""
    chosen = select(Assignment).where(Assignment.review_id == loaded.review.id, Assignment.declined_at.is_(None))
    barred = conflicts_on(loaded)
    return [each for each in db.session.scalars(chosen.order_by(Assignment.id)) if each.seat_id not in barred]


def check_clerk(actor: Actor, loaded: Loaded) -> list[Assignment]:
    """Whose sheets the actor may print and key.

    :raises NotClerk: not these; :raises NotNow: scoring is not open.
    """
    given = running(loaded)
    check_may_key(actor, loaded.facts, loaded.at, {each.seat.person.human_id for each in given})
    return given


def load_keying(actor: Actor, board_id: int, review_id: int, assignment_id: int) -> Keying:
    """What a clerk may key.

    :raises NotClerk: somebody else; :raises NotVisible: it is no running assignment of this review.
    """
    loaded = load_review(actor, board_id, review_id)
    given = next((each for each in check_clerk(actor, loaded) if each.id == assignment_id), None)
    if given is None:
        raise NotVisible
    of_round = (KeyedSheet.assignment_id == assignment_id, KeyedSheet.revision_id == loaded.review.revision_id)
    stored = db.session.scalars(select(KeyedSheet).where(*of_round).order_by(KeyedSheet.place))
    return Keying(loaded, given, tuple(stored))


def filled(row: KeyedSheet) -> PaperSheet:
    """A stored keying as the rules know it."""
    kept: dict[str, Any] = row.filled
    values = {code: None if value is None else Decimal(value) for code, value in kept["values"].items()}
    return PaperSheet(values, kept["remarks"], kept["comment"], kept["proposes"])


def _kept(data: SheetData) -> Mapping[str, Any]:
    values = {code: None if value is None else format(value, "f") for code, value in data.values.items()}
    return {"values": values, "remarks": dict(data.remarks), "comment": data.comment, "proposes": data.proposes}


def _store(actor: Actor, found: Keying, data: SheetData) -> list[KeyedSheet]:
    """The clerk's keying in place of an earlier one of their own; both when both are there.  A step."""
    own = next((row for row in found.stored if row.person_id == actor.person_id), None)
    if own is None:
        if len(found.stored) == CLERKS:  # a third clerk takes no part: the two have to agree
            raise SheetSubmittedAlready
        own = KeyedSheet(
            assignment_id=found.given.id, revision_id=found.loaded.review.revision_id or 0, person_id=actor.person_id
        )
        own.place = len(found.stored) + 1
        db.session.add(own)
    own.filled, own.keyed_at = dict(_kept(data)), now()
    db.session.flush()
    return [*(row for row in found.stored if row is not own), own]


def key_sheet(actor: Actor, board_id: int, review_id: int, assignment_id: int, *, code: str, data: SheetData) -> bool:
    """Key a paper sheet; when both clerks keyed the same, it is the member's submitted sheet.

    :param code: as printed on the sheet.
    :returns: whether the sheet is submitted by it.
    :raises NotClerk: may not key; :raises CodeMisread, SheetOfAnotherPerson, SheetOfAnotherRound: the field is ``printed_code``.
    :raises SheetSubmittedAlready: the member's sheet is in; :raises Several: one refusal for each criterion.
    """
    with atomic():
        found = load_keying(actor, board_id, review_id, assignment_id)
        loaded, given = found.loaded, found.given
        check_code(code, given.id, loaded.review.revision_id or 0)
        sheet = present_sheet(loaded, given.seat_id)
        if sheet is not None and sheet.submitted_at is not None:
            raise SheetSubmittedAlready
        criteria = criteria_of(loaded.review)
        check_complete(criteria, data, given.role)
        both = _store(actor, found, data)
        stated = {"review": review_id, "seat": given.seat_id}
        audit.record(AuditTag.PAPER_SHEET_KEYED, "proposal", loaded.proposal.id, by=actor.account_id, **stated)
        if len(both) < CLERKS:
            return False
        differing = filled(both[0]).differing(filled(both[1]))
        if differing:
            audit.record(
                AuditTag.PAPER_SHEETS_DIFFER,
                "proposal",
                loaded.proposal.id,
                by=actor.account_id,
                fields=list(differing),
                **stated,
            )
            return False
        whole = sheet_to_write(loaded, given, sheet.version if sheet else 0)
        write(whole, data, criteria)
        db.session.execute(delete(KeyedSheet).where(KeyedSheet.assignment_id == given.id))
        let_rest(loaded, whole, given, actor, on_paper=True)
        return True
