"""How far the passwords of a list of people are; for the admin who sent it and nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select

from innovations.core.rules.errors import NotVisible
from innovations.exchange.models_people import PeopleJob
from innovations.exchange.sealing import public_key_of
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class PeopleJobShown:
    """A list; ``opens`` says whether the present sign-in can open its passwords."""

    id: int
    asked_at: datetime
    ready: bool
    taken_at: datetime | None
    rows: int
    total: int
    done: int
    opens: bool


def job_shown(actor: Actor, job_id: int, token: str) -> PeopleJobShown:
    """One list.

    :raises NotVisible: there is none, or somebody else sent it.
    """
    job = db.session.get(PeopleJob, job_id)
    if job is None or job.by_id != actor.account_id:
        raise NotVisible
    return PeopleJobShown(
        job.id, job.asked_at, job.ready_at is not None, job.taken_at, job.rows, job.total, job.done,
        job.public_key == public_key_of(token),
    )  # fmt: skip


def job_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Address of each list that a notice is about, while it is there."""
    mine = select(PeopleJob.id).where(PeopleJob.id.in_(list(ids)), PeopleJob.by_id == actor.account_id)
    label = gettext("Nhập danh sách quân nhân")
    return {job_id: Subject(label, url_for("admin.people_job", job_id=job_id)) for job_id in db.session.scalars(mine)}
