"""Writing a checked import: steps that add rows to the session in bulk, for :mod:`.importing` to commit in chunks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, select

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core import counters
from innovations.core.clock import now
from innovations.exchange.rules.records import Record, digest, title_digest
from innovations.exchange.rules.words import UnitRef
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.units import Level
from innovations.people.services.units import UnitData, add_unit
from innovations.proposals import audience, lifecycle
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
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
    needed = Counter((batch.unit(record).id or 0, record.year) for record in records if not record.code)
    following = counters.next_numbers("proposal", needed)
    codes = []
    for record in records:
        place = batch.unit(record).id or 0, record.year
        codes.append(record.code or proposal_code(batch.unit(record).code, record.year, following[place]))
        if not record.code:
            following[place] += 1
    return codes


def audience_of(unit_id: int, path: str, state: State) -> int:
    """Who sees the imported records of a unit in a state: the same for all of them.  A step."""
    review = ReviewFacts(review_id=0, state=state, unit_id=unit_id, unit_path=path, reached_submitted=True)
    facts = ProposalFacts(
        proposal_id=0, code="", lead_id=None, author_ids=frozenset(), base_unit_id=unit_id, base_unit_path=path,
        author_unit_path=path, owning_unit_path=path, reviews=(review,),
    )  # fmt: skip
    return audience.audience_id(document_tokens(facts))


def find_audiences(records: Iterable[Record], batch: Batch) -> None:
    """Have in ``batch`` who sees each record.  A step."""
    for unit, state in {(batch.unit(record), record.state) for record in records}:
        batch.audiences[unit.id or 0, state] = audience_of(unit.id or 0, unit.path, state)


Columns = dict[str, object]


def columns_of(records: Iterable[Record], batch: Batch) -> list[Columns]:
    """What records say, as columns of their proposals.  No step: done before the write lock is taken, which others wait for."""
    return [_columns(record, batch) for record in records]


def _columns(record: Record, batch: Batch) -> Columns:
    unit, recognised = batch.unit(record), record.state is State.RECOGNISED
    return {
        "title": record.title, "solution_types": [kind.value for kind in record.solution_types],
        "field_id": batch.fields.get(record.field or ""), "tags": list(record.tags), "content": record.description,
        "author_benefit": record.benefit, "base_unit_id": unit.id, "owning_unit_id": unit.id, "author_unit_id": unit.id,
        "external_id": record.external_id or None, "import_key": title_digest(record, unit.id or 0),
        "import_digest": digest(record, unit), "register_year": record.year, "updated_at": now(),
        "audience_id": batch.audiences[unit.id or 0, record.state], "grade": (record.grade or None) if recognised else None,
        "recognised_on": record.decision_date if recognised else None, "recognised_year": record.year if recognised else None,
        "recognised_level": record.level.value if recognised and record.level else None,
    }  # fmt: skip


def review_columns(record: Record, batch: Batch) -> Columns:
    """What a record says of its one consideration, its state apart."""
    unit = batch.unit(record)
    return {"unit_id": unit.id, "level": unit.level.value, "grade": record.grade or None}


def author_columns(record: Record) -> list[Columns]:
    """The authors a record names, in order; the first one leads."""
    return [
        {"position": place, "free_name": author.name, "rank": author.rank, "share": author.share, "is_lead": place == 0}
        for place, author in enumerate(record.authors)
    ]


def line_columns(record: Record, batch: Batch) -> Columns | None:
    """The decision line of a record whose decision was found (:func:`find_decisions`); None when it has none."""
    if not record.has_decision:
        return None
    decision_id = batch.decisions[_decision_key(record, batch)]
    return {"decision_id": decision_id, "kind": _KIND_OF[record.state].value, "grade": record.grade or None}


def _add_reviews(pairs: Iterable[tuple[Record, int]], batch: Batch, at: datetime) -> list[int]:
    """The one consideration of each (record, proposal id); returns their ids."""
    rows = [
        {
            "proposal_id": proposal_id, "rules": {}, "criteria": _NO_CRITERIA, **review_columns(record, batch),
            **lifecycle.past(record.state, at),
        }
        for record, proposal_id in pairs
    ]  # fmt: skip
    return list(db.session.scalars(insert(Review).returning(Review.id, sort_by_parameter_order=True), rows))


def _add_contributions(pairs: Iterable[tuple[Record, int]]) -> None:
    """The authors of each (record, proposal id), as plain rows: nothing refers to them, and objects took three times as long."""
    rows = [{"proposal_id": proposal_id, **author} for record, proposal_id in pairs for author in author_columns(record)]
    if rows:
        db.session.execute(insert(Contribution), rows)


DecisionKey = tuple[int, DecisionKind, str, date | None]


def _decision_key(record: Record, batch: Batch) -> DecisionKey:
    """Rows with the same unit, kind, number and date share one decision."""
    return batch.unit(record).id or 0, _KIND_OF[record.state], record.decision_number, record.decision_date


def find_decisions(records: Iterable[Record], batch: Batch) -> None:
    """Have the decision of every record of a chunk in ``batch``: of an earlier import, or made.  A step."""
    wanted = {_decision_key(record, batch): record for record in records if record.has_decision}
    wanted = {key: record for key, record in wanted.items() if key not in batch.decisions}
    stored = select(Decision).where(
        Decision.imported, Decision.unit_id.in_({key[0] for key in wanted}), Decision.number.in_({key[2] for key in wanted})
    )
    for row in db.session.scalars(stored.order_by(Decision.id.desc())) if wanted else ():
        batch.decisions[row.unit_id, DecisionKind(row.kind), row.number, row.decided_on] = row.id
    made = {key: _new_decision(key, record, batch) for key, record in wanted.items() if key not in batch.decisions}
    db.session.add_all(made.values())
    db.session.flush()
    batch.decisions.update({key: decision.id for key, decision in made.items()})


def _new_decision(key: DecisionKey, record: Record, batch: Batch) -> Decision:
    unit_id, kind, number, decided_on = key
    return Decision(
        unit_id=unit_id, kind=kind.value, number=number, decided_on=decided_on, imported=True,
        year=decided_on.year if decided_on else record.year, recorded_at=now(), recorded_by_id=batch.person_id,
    )  # fmt: skip


def _add_lines(pairs: Iterable[tuple[Record, int]], batch: Batch) -> None:
    """The decision line of each (record, review id) that has a decision, as plain rows."""
    lines = [(line_columns(record, batch), review_id) for record, review_id in pairs]
    rows = [{"review_id": review_id, **line} for line, review_id in lines if line is not None]
    if rows:
        db.session.execute(insert(DecisionLine), rows)


def add_records(records: Sequence[Record], columns: Sequence[Columns], batch: Batch) -> None:
    """Add one chunk of new records with their review, authors and decision line.  A step.

    :param columns: of the records, from :func:`columns_of`.
    """
    at = now()
    rows = [
        {"code": code, "origin": Origin.IMPORTED, "import_batch_id": batch.id, "created_at": at, **held}
        for held, code in zip(columns, _codes(records, batch), strict=True)
    ]
    ids = db.session.scalars(insert(Proposal).returning(Proposal.id, sort_by_parameter_order=True), rows)
    pairs = list(zip(records, ids, strict=True))
    reviews = _add_reviews(pairs, batch, at)
    _add_contributions(pairs)
    find_decisions(records, batch)
    _add_lines(zip(records, reviews, strict=True), batch)
