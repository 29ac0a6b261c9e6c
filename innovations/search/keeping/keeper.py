"""What the worker and the commands ask of the index: drain, rebuild, verify, status.  Each answers with a plain dictionary.

None of them waits for another writer: ``busy`` says that one is at work.  Not for web processes, except :func:`status`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from innovations.core.clock import now
from innovations.core.rules.calendar import local_date
from innovations.extensions import db
from innovations.search import registry
from innovations.search.engine import NO_FILTERS, WhooshEngine
from innovations.search.files.checksums import sizes_differ, verify
from innovations.search.files.generations import IndexFolder, IndexProblem, WriterBusy, read_manifest
from innovations.search.files.merging import large_segments
from innovations.search.files.schema import FORMAT
from innovations.search.keeping import state
from innovations.search.keeping.comparing import Comparison
from innovations.search.keeping.drain import MAX_ATTEMPTS, Drained, drain_into
from innovations.search.keeping.rebuild import Effort, rebuild_in
from innovations.search.models import IndexJob, IndexState, Lane
from innovations.search.port import Filters, Similar
from innovations.search.text.abbreviations import Abbreviations, spelled_out

#: So many large segments more than a rebuild makes are rebuilt into few when nothing else waits: 21 cost a query about 20 %.
#: Small ones are left to the merging, which may be some behind.
MAX_SEGMENTS = 24
_BUSY = {"busy": True}


def engine() -> WhooshEngine:
    """The search engine of this process and application."""
    if "search" not in current_app.extensions:
        made = WhooshEngine(Path(current_app.config["SEARCH_INDEX_DIR"]), registry.titles, _abbreviations())
        current_app.extensions.setdefault("search", made)
    held: WhooshEngine = current_app.extensions["search"]
    return held


def _abbreviations() -> Abbreviations:
    if "search_abbreviations" not in current_app.extensions:
        made = Abbreviations(Path(current_app.config["ABBREVIATIONS_FILE"]))
        current_app.extensions.setdefault("search_abbreviations", made)
    held: Abbreviations = current_app.extensions["search_abbreviations"]
    return held


def similar(
    title: str,
    text: str,
    reader_tokens: Collection[str],
    exclude: Collection[int] = (),
    k: int = 5,
    filters: Filters = NO_FILTERS,
) -> tuple[Similar, ...]:
    """The at most ``k`` documents of ``filters`` most like a text, its abbreviations spelled out; empty without the index."""
    table = _abbreviations().table()
    return engine().similar(spelled_out(title, table), spelled_out(text, table), reader_tokens, exclude, k, filters)


def drain_once() -> dict[str, Any]:
    """One round of the outbox; an index that cannot be trusted is rebuilt first, and one that holds erased text after it.

    Result: ``jobs``, ``written``, ``gone``, ``failed``; ``rebuilt`` with the reason when that happened; or ``busy``.
    """
    folder = engine().folder
    try:
        with folder.writing():
            because = _why_rebuild(folder)
            if because:
                return _rebuild_in(folder, because, live=None)
            drained = drain_into(folder.current())
            afterwards = _why_tidy(drained, folder)
            tidied = _rebuild_in(folder, afterwards, live=folder.current()) if afterwards else {}
            return drained.as_dict() | tidied
    except WriterBusy:
        return dict(_BUSY)


def rebuild(because: str = "command", effort: Effort | None = None) -> dict[str, Any]:
    """Build the index anew while the old one serves.

    Result: ``rebuilt`` (why), ``generation``, ``documents``, ``failed``; or ``busy``.
    """
    folder = engine().folder
    try:
        with folder.writing():
            trusted = _why_rebuild(folder) is None
            return _rebuild_in(folder, because, live=folder.current() if trusted else None, effort=effort)
    except WriterBusy:
        return dict(_BUSY)


def _rebuild_in(folder: IndexFolder, because: str, live: Path | None, effort: Effort | None = None) -> dict[str, Any]:
    """Rebuild; what was written and hashed just now need not be read again before the next change is indexed."""
    done = rebuild_in(folder, because, live=live, effort=effort)
    current_app.extensions["search_checked"] = folder.current()
    return done


def verify_index() -> dict[str, Any]:
    """Compare every file with its checksum and every indexed document with the database.

    Result: ``ok``, ``problems`` (sentences for the administrator), ``documents`` indexed and ``expected``.  Waiting jobs are
    no problem, but the documents they name may differ until they are drained.
    """
    compared = Comparison(engine(), mend=False)
    while compared.step():
        pass
    problems = list(compared.problems)
    if compared.drifted:
        problems.append(f"{len(compared.drifted)} documents differ from the database: {_some(compared.drifted)}")
    indexed = 0 if compared.problems else len(engine().document_ids())
    return {"ok": not problems, "problems": problems, "documents": indexed, "expected": compared.expected}


def _some(ids: Collection[int]) -> str:
    first = ", ".join(map(str, sorted(ids)[:10]))
    return f"{first} …" if len(ids) > 10 else first


def comparison() -> Comparison:
    """A look at the whole index that has what differs indexed again; the worker takes its steps when nothing else waits."""
    return Comparison(engine(), mend=True)


def checked_on() -> date | None:
    """The day on which the whole index in use was last compared with its checksums and the database, or None."""
    at, _drift = engine().folder.last_check()
    return local_date(datetime.fromisoformat(at)) if at else None


def verified() -> bool:
    """Whether every file that this process reads was held against its checksum, and the whole index against the database."""
    return bool(engine().status().get("inspected")) and checked_on() is not None


def status() -> dict[str, Any]:
    """The engine's status, with ``pending`` jobs by lane, ``stuck`` ones, and for each batch ``done`` of ``size``.

    ``lag_seconds`` is the age of the oldest single change that waits; ``checked_at`` and ``drift`` are of the last comparison of
    the whole index with the database, None while this generation was not compared yet.
    """
    counted = db.session.execute(select(IndexJob.lane, func.count()).group_by(IndexJob.lane)).all()
    by_lane = {lane: count for lane, count in counted}  # noqa: C416  (rows are no pairs to the type checker)
    stuck = db.session.scalar(select(func.count()).where(IndexJob.attempts >= MAX_ATTEMPTS)) or 0
    held = db.session.scalar(select(IndexState))
    checked_at, drift = engine().folder.last_check()
    return {
        **engine().status(),
        "pending": {lane.value: by_lane.get(lane, 0) for lane in Lane},
        "stuck": stuck,
        "lag_seconds": _lag_seconds(),
        "checked_at": checked_at,
        "drift": drift,
        "batches": _batches(),
        "rebuilt_at": held.rebuilt_at.isoformat() if held and held.rebuilt_at else None,
        "rebuilt_because": held.rebuilt_because if held else None,
    }


def _lag_seconds() -> float:
    oldest = db.session.scalar(select(func.min(IndexJob.created_at)).where(IndexJob.lane == Lane.SINGLE))
    return round((now() - oldest).total_seconds(), 1) if oldest else 0.0


def _batches() -> list[dict[str, Any]]:
    query = (
        select(IndexJob.batch, func.max(IndexJob.batch_size), func.count())
        .where(IndexJob.batch.is_not(None))
        .group_by(IndexJob.batch)
    )
    rows = db.session.execute(query).all()
    return [{"batch": batch, "done": (total or 0) - left, "size": total or 0} for batch, total, left in rows]


def _why_rebuild(folder: IndexFolder) -> str | None:
    """Why the index in use cannot be continued, or None.  Every checksum once per process, lengths before each commit."""
    try:
        generation = folder.current()
        manifest = read_manifest(generation)
        if manifest.format != FORMAT:
            return f"outdated: format {manifest.format}"
        if reported := folder.reported_damage():
            return f"damaged: {reported}"
        if not _checked_once(generation):
            verify(generation, manifest)
            current_app.extensions["search_checked"] = generation
        if sizes_differ(generation, manifest):
            return "damaged: a file is missing or cut"
    except IndexProblem as problem:
        return str(problem)
    held = state.current()
    other = None if state.belongs(manifest, held) else "made from another state of the database"
    db.session.rollback()
    return other


def _why_tidy(drained: Drained, folder: IndexFolder) -> str | None:
    """Why a sound index is built anew after a round: its files hold erased text, or imports left it in many pieces."""
    if drained.erased:
        return "erased"
    held = read_manifest(folder.current())
    limit = MAX_SEGMENTS + held.documents // Effort.segment
    crowded = not drained.jobs and held.segments > limit and large_segments(folder.current()) > limit
    return "many segments" if crowded else None


def _checked_once(generation: Path) -> bool:
    return bool(current_app.extensions.get("search_checked") == generation)
