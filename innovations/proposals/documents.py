"""The proposal's part of a search document: texts, places in lists, and who may see it.  Confidential text is never in it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from flask_babel import force_locale, gettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from innovations.core.rules.calendar import local_date
from innovations.documents.models import FileText
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.units import Level, ancestors
from innovations.proposals.facts import facts_for
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.content import SolutionType
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import document_tokens

#: Characters of all files of one dossier that the index takes: fifty pages.  Longer ones would be most of its memory and disk.
INDEXED_CHARACTERS = 100_000


def all_ids() -> list[int]:
    """Ids of every proposal that a page could show: drafts too, batches only when published."""
    published = select(ImportBatch.id).where(ImportBatch.published_at.is_not(None))
    chosen = select(Proposal.id).where(Proposal.import_batch_id.is_(None) | Proposal.import_batch_id.in_(published))
    return list(db.session.scalars(chosen.order_by(Proposal.id)))


def _loaded(ids: Iterable[int]) -> list[Proposal]:
    chosen = select(Proposal).where(Proposal.id.in_(list(ids))).options(
        joinedload(Proposal.field),
        joinedload(Proposal.base_unit),
        selectinload(Proposal.contributions).joinedload(Contribution.person),
        selectinload(Proposal.reviews),
        selectinload(Proposal.attachments),
    )  # fmt: skip
    return list(db.session.scalars(chosen).unique())


def _units_on(paths: Iterable[str]) -> dict[int, Unit]:
    ids = {unit_id for path in paths for unit_id in ancestors(path)}
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _state(reviews: list[Review]) -> State:
    """What the library knows it as: recognised when any level recognised it, else where the latest review stands."""
    states = [review.state for review in reviews]
    return State.RECOGNISED if State.RECOGNISED in states else states[-1]


def _texts(proposal: Proposal) -> dict[str, str]:
    return {
        "title": proposal.title,
        "problem": proposal.situation,
        "solution": f"{proposal.content}\n{proposal.steps}".strip(),
        "rest": "\n".join(
            text
            for text in (
                proposal.novelty, proposal.conditions, proposal.author_benefit, proposal.applier_benefit, "; ".join(proposal.tags),
            )
            if text
        ),
        "authors": "; ".join(each.person.full_name if each.person else each.free_name for each in proposal.contributions),
    }  # fmt: skip


@cache
def _in_both(label: str) -> str:
    """A label as readers of either language know it, for filters are typed in both."""
    with force_locale("en"):
        return f"{label}; {gettext(label)}"


def _places(proposal: Proposal, units: Mapping[int, Unit]) -> dict[str, Any]:
    path = ancestors(proposal.base_unit.path)
    level = proposal.recognised_level or ""
    return {
        "field": proposal.field.code if proposal.field else "",
        "field_label": f"{proposal.field.name}; {proposal.field.name_en}" if proposal.field else "",
        "types": tuple(proposal.solution_types),
        "type_labels": "; ".join(_in_both(SolutionType(each).label) for each in proposal.solution_types),
        "unit_id": proposal.base_unit_id,
        "unit_path": path,
        "unit_label": proposal.base_unit.short_name,
        "unit_names": "; ".join(f"{units[each].code}; {units[each].short_name}; {units[each].name}" for each in path),
        "level": level,
        "level_label": _in_both(Level(level).label) if level else "",
        "year": proposal.recognised_year,
        "grade": proposal.grade or "",
        "decided_on": proposal.recognised_on,
        "filed_on": local_date(proposal.first_filed_at) if proposal.first_filed_at else local_date(proposal.created_at),
        "handling": proposal.handling.value,
        "documented": bool(proposal.attachments),
    }


def _files(rows: Iterable[Proposal]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Names and texts of the files that everybody who sees the dossier may open; of a very full one the beginning."""
    open_to_all = {row.id: [each for each in row.attachments if each.kind not in RESTRICTED_KINDS] for row in rows}
    digests = {each.sha256 for files in open_to_all.values() for each in files}
    chosen = select(FileText.sha256, func.substr(FileText.text, 1, INDEXED_CHARACTERS)).where(FileText.sha256.in_(digests))
    texts = {sha256: text for sha256, text in db.session.execute(chosen)} if digests else {}  # noqa: C416  (rows are no pairs)
    return {
        number: _fitting([(each.name, texts.get(each.sha256, "")) for each in files]) for number, files in open_to_all.items()
    }


def _fitting(files: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """As much of the texts, in order, as the index takes of one dossier; every name."""
    left, kept = INDEXED_CHARACTERS, []
    for name, text in files:
        kept.append((name, text[:left]))
        left -= len(kept[-1][1])
    return tuple(kept)


def parts(ids: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """The fields of each proposal that exists, stands in a published batch and is not quarantined."""
    wanted = list(ids)
    published = {row for row in db.session.scalars(select(ImportBatch.id).where(ImportBatch.published_at.is_not(None)))}
    rows = [row for row in _loaded(wanted) if row.import_batch_id is None or row.import_batch_id in published]
    shown = [row for row in rows if row.quarantined_at is None and row.reviews]
    units = _units_on(row.base_unit.path for row in shown)
    facts, files = facts_for([row.id for row in shown]), _files(shown)
    return {
        row.id: {
            "code": row.address,
            "external_id": row.external_id or "",
            "state": _state(row.reviews).value,
            "tokens": document_tokens(facts[row.id]),
            "revision": row.version,
            "files": files[row.id],
            **_texts(row),
            **_places(row, units),
        }
        for row in shown
    }
