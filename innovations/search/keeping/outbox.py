"""Asking for a document to be indexed: steps in the transaction of the change.

The job commits with the change or not at all; the worker drains it (:mod:`innovations.search.keeping.drain`).  Nothing here touches
the index, and no web process ever does.
"""

from collections.abc import Collection

from sqlalchemy import insert

from innovations.core.clock import now
from innovations.extensions import db
from innovations.search.models import IndexJob, Lane

#: So many documents are indexed like single changes; more would keep other people's changes waiting.
SINGLE_LANE = 500


def enqueue(document_id: int, *, lane: Lane = Lane.SINGLE) -> None:
    """Have the document indexed again, or removed when it is gone.  A step; asking twice in one click makes one job."""
    waiting = (job for job in db.session.new if isinstance(job, IndexJob))
    if not any(job.document_id == document_id and job.lane == lane for job in waiting):
        db.session.add(IndexJob(document_id=document_id, lane=lane, created_at=now()))


def enqueue_many(document_ids: Collection[int], batch: str, *, of: int | None = None) -> None:
    """Have documents indexed like single changes, within two seconds, up to :data:`SINGLE_LANE` of them, else as a batch.  A step.

    :param of: how many there are in all, when these are a part.
    """
    if (of or len(document_ids)) > SINGLE_LANE:
        enqueue_batch(document_ids, batch, of=of)
    elif len(document_ids) == 1:
        enqueue(*document_ids)
    else:
        _insert(document_ids, lane=Lane.SINGLE)


def enqueue_batch(document_ids: Collection[int], batch: str, *, of: int | None = None) -> None:
    """Have many documents indexed after all single changes.  A step.

    :param batch: names the batch in :func:`~innovations.search.keeping.keeper.status`, which counts its progress.
    :param of: how many there are in all, when these are a part.
    """
    _insert(document_ids, lane=Lane.BATCH, batch=batch, batch_size=of or len(document_ids))


def _insert(document_ids: Collection[int], **shared: object) -> None:
    at = now()
    rows = [{"document_id": document_id, "created_at": at, "attempts": 0, **shared} for document_id in document_ids]
    if rows:
        db.session.execute(insert(IndexJob), rows)
