"""Writing a checked import: steps that add rows to the session in bulk, for :mod:`.importing` to commit in chunks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select, update

from innovations.boards.models import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core import counters
from innovations.core.clock import now
from innovations.exchange.rules.plan import Stored
from innovations.exchange.rules.records import Record, digest, title_digest
from innovations.exchange.rules.words import UnitRef
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.units import Level
from innovations.people.services.units import UnitData, add_unit
from innovations.proposals import audience, lifecycle
from innovations.proposals.models import Contribution, Proposal, Review
from innovations.proposals.rules.codes import CODE_PATTERN, proposal_code
from innovations.proposals.rules.content import Origin
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import document_tokens
from innovations.regulations.queries import fields_of_work
from innovations.regulations.rules.criteria import CriteriaSet

_KIND_OF = {
    State.RECOGNISED: DecisionKind.RECOGNISE,
    State.NOT_RECOGNISED: DecisionKind.NOT_RECOGNISE,
    State.REVOKED: DecisionKind.REVOKE,
}
#: The rules and criteria an old register was run by are not known.
_NO_CRITERIA = CriteriaSet(name="", criteria=(), grades=(), pass_mark=0).to_json()  # type: ignore[arg-type]


@dataclass
class Batch:
    """What the chunks of one import share."""

    id: int
    person_id: int
    units: dict[str, UnitRef]
    fields: dict[str, int]
    audiences: dict[tuple[int, State], int] = field(default_factory=dict)
    decisions: dict[tuple[int, DecisionKind, str, date | None], int] = field(default_factory=dict)

    def unit(self, record: Record) -> UnitRef:
        """The record's unit, which now exists."""
        return self.units[record.unit.identity]


def make_units(names: Sequence[UnitRef], target: Unit) -> dict[str, UnitRef]:
    """Make the units a file names that are not there yet, under ``target``; code and name are what the file calls them."""
    made: dict[str, UnitRef] = {}
    level = target.level if target.level in (Level.SUBUNIT, Level.BASE) else Level.BASE
    for name in names:
        if name.identity not in made:
            data = UnitData(_free_code(name.name), name.name, name.name[:60], level, is_base=level is not Level.SUBUNIT)
            unit = add_unit(data, target)
            made[name.identity] = UnitRef(unit.id, unit.code, unit.name, unit.short_name, unit.path, unit.level)
    return made


def _free_code(name: str) -> str:
    """The name itself when it is a free code, else ``DV-1``, ``DV-2`` …"""
    taken = set(db.session.scalars(select(Unit.code)))
    wanted = name.upper()
    if len(wanted) <= 12 and wanted.isascii() and wanted.replace("-", "").isalnum() and wanted not in taken:
        return wanted
    number = 1
    while f"DV-{number}" in taken:
        number += 1
    return f"DV-{number}"


def field_ids() -> dict[str, int]:
    """Ids of the fields of work by code."""
    return {each.code: each.id for each in fields_of_work(only_active=False)}


def reserve_codes(records: Sequence[Record]) -> None:
    """Let no code made later be one that the file brings.  A step."""
    highest: dict[tuple[int, int], int] = {}
    for record in records:
        kept = CODE_PATTERN.fullmatch(record.code or "")
        if kept and record.unit.id is not None:
            place = record.unit.id, int(kept["year"])
            highest[place] = max(highest.get(place, 0), int(kept["number"]))
    for (unit_id, year), number in highest.items():
        counters.raise_to("proposal", unit_id, year, number)


def _codes(records: Sequence[Record], batch: Batch) -> list[str]:
    """A code for each record, kept or made; one counter step per unit and year."""
    needed = Counter((batch.unit(record).id, record.year) for record in records if not record.code)
    following = {
        (unit_id, year): counters.next_number("proposal", unit_id or 0, year, count=count)
        for (unit_id, year), count in needed.items()
    }
    codes = []
    for record in records:
        place = batch.unit(record).id, record.year
        codes.append(record.code or proposal_code(batch.unit(record).code, record.year, following[place]))
        if not record.code:
            following[place] += 1
    return codes


def _audience(unit: UnitRef, state: State, batch: Batch) -> int:
    """Who sees an imported record; the same for all records of a unit and state, so it is worked out once."""
    key = unit.id or 0, state
    if key not in batch.audiences:
        review = ReviewFacts(review_id=0, state=state, unit_id=key[0], unit_path=unit.path, reached_submitted=True)
        facts = ProposalFacts(
            proposal_id=0, code="", lead_id=None, author_ids=frozenset(), base_unit_id=key[0], base_unit_path=unit.path,
            author_unit_path=unit.path, owning_unit_path=unit.path, reviews=(review,),
        )  # fmt: skip
        batch.audiences[key] = audience.audience_id(document_tokens(facts))
    return batch.audiences[key]


def _columns(record: Record, batch: Batch) -> dict[str, object]:
    """What a record says, as columns of its proposal."""
    unit, recognised = batch.unit(record), record.state is State.RECOGNISED
    return {
        "title": record.title, "solution_types": [kind.value for kind in record.solution_types],
        "field_id": batch.fields.get(record.field or ""), "tags": list(record.tags), "content": record.description,
        "author_benefit": record.benefit, "base_unit_id": unit.id, "owning_unit_id": unit.id, "author_unit_id": unit.id,
        "external_id": record.external_id or None, "import_key": title_digest(record, unit.id or 0),
        "import_digest": digest(record, unit), "register_year": record.year, "updated_at": now(),
        "audience_id": _audience(unit, record.state, batch), "grade": (record.grade or None) if recognised else None,
        "recognised_on": record.decision_date if recognised else None, "recognised_year": record.year if recognised else None,
        "recognised_level": record.level.value if recognised and record.level else None,
    }  # fmt: skip


def _review(record: Record, proposal_id: int, batch: Batch, at: datetime) -> Review:
    unit = batch.unit(record)
    review = Review(
        proposal_id=proposal_id, unit_id=unit.id, level=unit.level.value, rules={}, criteria=_NO_CRITERIA,
        grade=record.grade or None,
    )  # fmt: skip
    lifecycle.record_past(review, record.state, at=at)
    return review


def _contributions(record: Record, proposal_id: int) -> list[Contribution]:
    return [
        Contribution(
            proposal_id=proposal_id, position=place, free_name=author.name, rank=author.rank, share=author.share,
            is_lead=place == 0,
        )
        for place, author in enumerate(record.authors)
    ]  # fmt: skip


def _decision_id(record: Record, batch: Batch) -> int:
    """The decision of the record; rows with the same unit, kind, number and date share one."""
    unit_id, kind = batch.unit(record).id or 0, _KIND_OF[record.state]
    key = unit_id, kind, record.decision_number, record.decision_date
    if key not in batch.decisions:
        same = select(Decision.id).where(
            Decision.unit_id == unit_id, Decision.kind == kind.value, Decision.number == record.decision_number,
            Decision.decided_on == record.decision_date, Decision.imported,
        )  # fmt: skip
        batch.decisions[key] = db.session.scalar(same.limit(1)) or _new_decision(record, unit_id, kind, batch)
    return batch.decisions[key]


def _new_decision(record: Record, unit_id: int, kind: DecisionKind, batch: Batch) -> int:
    decision = Decision(
        unit_id=unit_id, kind=kind.value, number=record.decision_number, decided_on=record.decision_date, imported=True,
        year=record.decision_date.year if record.decision_date else record.year, recorded_at=now(),
        recorded_by_id=batch.person_id,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    return decision.id


def _line(record: Record, review: Review, batch: Batch) -> DecisionLine | None:
    if not record.has_decision:
        return None
    kind = _KIND_OF[record.state].value
    return DecisionLine(decision_id=_decision_id(record, batch), review_id=review.id, kind=kind, grade=record.grade or None)


def add_records(records: Sequence[Record], batch: Batch) -> None:
    """Add one chunk of new records with their review, authors and decision line.  A step."""
    session, at = db.session, now()
    proposals = [
        Proposal(code=code, origin=Origin.IMPORTED, import_batch_id=batch.id, created_at=at, **_columns(record, batch))
        for record, code in zip(records, _codes(records, batch), strict=True)
    ]
    session.add_all(proposals)
    session.flush()
    pairs = list(zip(records, [proposal.id for proposal in proposals], strict=True))
    reviews = [_review(record, proposal_id, batch, at) for record, proposal_id in pairs]
    session.add_all(reviews)
    session.add_all(each for record, proposal_id in pairs for each in _contributions(record, proposal_id))
    session.flush()
    lines = (_line(record, review, batch) for record, review in zip(records, reviews, strict=True))
    session.add_all(line for line in lines if line is not None)
    session.flush()


def change_records(changes: Sequence[tuple[Record, Stored]], batch: Batch) -> list[int]:
    """Write one chunk of changed rows over what an earlier import stored.  A step; returns the proposals' ids.

    Not through the mapper: the version tells an edit made here from what a file brought.
    """
    session, ids = db.session, [stored.id for _record, stored in changes]
    reviews = {review.proposal_id: review for review in session.scalars(select(Review).where(Review.proposal_id.in_(ids)))}
    session.execute(delete(DecisionLine).where(DecisionLine.review_id.in_([review.id for review in reviews.values()])))
    session.execute(delete(Contribution).where(Contribution.proposal_id.in_(ids)))
    for record, stored in changes:
        unit, review = batch.unit(record), reviews[stored.id]
        session.execute(update(Proposal).where(Proposal.id == stored.id).values(**_columns(record, batch)))
        review.unit_id, review.level, review.grade = unit.id or 0, unit.level.value, record.grade or None
        lifecycle.record_past(review, record.state, at=now())
        line = _line(record, review, batch)
        session.add_all([*_contributions(record, stored.id), *([line] if line else [])])
    session.flush()
    return ids
