"""A long list of people by page: checked at once, its one-time passwords made by the worker, taken by the admin with one click.

Nobody of the list exists before that click: a sign-in that ends meanwhile takes the passwords with it and leaves nothing to clean up
but rows that nobody can use.  The 24 hours of the passwords begin when they are shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import bindparam, delete, exists, insert, select, update

from innovations.core.clock import ago, now
from innovations.core.rules.errors import N_, NotVisible, StateForbids
from innovations.core.transactions import atomic
from innovations.exchange.models_people import ListedPerson, PeopleJob
from innovations.exchange.rules.events import NoticeKind
from innovations.exchange.sealing import opened, public_key_of, seal
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.passwords import hash_passwords
from innovations.people.rules.roles import Actor
from innovations.people.rules.units import PersonCategory
from innovations.people.services.importing import Imported, Issued, PersonRow, check_people, make_ready, store_people
from innovations.people.services.persons import PersonData
from innovations.people.services.signing_in import new_one_time_password

#: People whose passwords are made while the page waits: two seconds.
SMALL_LIST = 50
#: Passwords in one step of the worker: less than half a second, in which nothing is indexed.
CHUNK = 10
#: The click that took a list is answered again so long, should its answer be lost or the button pressed twice.
AGAIN_SECONDS = 60
#: A list nobody took; no sign-in lasts so long, so nobody can open it any more.
FORGOTTEN_HOURS = 24


class NotReady(StateForbids):
    """The worker is not done with it."""

    message = N_("Mật khẩu của danh sách chưa chuẩn bị xong; xin chờ thêm.")


class AlreadyTaken(StateForbids):
    """The passwords were shown."""

    message = N_("Mật khẩu của danh sách này đã được hiện một lần. Ai chưa nhận được thì cấp lại ở trang của người đó.")


class OtherSignIn(StateForbids):
    """The passwords were sealed for a sign-in that is over, or of another browser."""

    message = N_("Chỉ phiên đăng nhập đã gửi danh sách mới mở được mật khẩu, nên chưa ai được thêm. Xin gửi lại danh sách.")


def ask_people(actor: Actor, rows: Sequence[PersonRow], token: str) -> int:
    """Have the worker prepare passwords for the people of a list; returns the job's id.  The same list sent again is the same job.

    :param token: of the actor's sign-in, which alone will open them.
    :raises Several: a :class:`~innovations.people.rules.lists.RowRefused` for every row that cannot be stored; then nothing is.
    """
    fresh = check_people(rows, actor)
    held = [
        {"row": row.row, "service_number": row.service_number.strip(), "unit": row.unit.strip(), "data": _data(row)}
        for row in fresh
    ]
    order = {
        "by_id": actor.account_id, "public_key": public_key_of(token),
        "digest": hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest(),
    }  # fmt: skip
    with atomic() as session:
        job = session.scalar(select(PeopleJob).filter_by(**order).where(PeopleJob.taken_at.is_(None)))
        if job is None:
            job = PeopleJob(**order, asked_at=now(), rows=len(rows), total=len(held))
            session.add(job)
            session.flush()
            session.execute(insert(ListedPerson), [{"job_id": job.id, **each} for each in held])
        return job.id


def _data(row: PersonRow) -> dict[str, str | None]:
    born_on = row.data.born_on
    kept = {name: value for name, value in asdict(row.data).items() if name not in ("unit_id", "born_on", "category")}
    return {**kept, "born_on": born_on.isoformat() if born_on else None, "category": row.data.category.value}


def _row(listed: ListedPerson) -> PersonRow:
    born_on = listed.data["born_on"]
    data = {
        **listed.data, "born_on": date.fromisoformat(born_on) if born_on else None,
        "category": PersonCategory(listed.data["category"]),
    }  # fmt: skip
    return PersonRow(listed.row, PersonData(unit_id=0, **data), listed.service_number, listed.unit)


def step() -> int:
    """Make the next passwords of the list that waits longest; returns how many, 0 when none waits."""
    _forget_shown()
    chosen = select(ListedPerson.id, PeopleJob.id.label("job"), PeopleJob.public_key).join(
        PeopleJob, PeopleJob.id == ListedPerson.job_id
    )
    waiting = chosen.where(ListedPerson.password_hash.is_(None)).order_by(ListedPerson.job_id, ListedPerson.id)
    found = db.session.execute(waiting.limit(CHUNK)).all()
    db.session.rollback()
    rows = [row for row in found if row.job == found[0].job]
    if not rows:
        return 0
    passwords = [new_one_time_password() for _row in rows]
    made = [
        {"of": row.id, "password_hash": kept, "sealed": seal(row.public_key, password)}
        for row, password, kept in zip(rows, passwords, hash_passwords(passwords), strict=True)
    ]
    with atomic() as session:
        listed = ListedPerson.__table__
        session.connection().execute(update(listed).where(listed.c.id == bindparam("of")), made)
        job = session.get(PeopleJob, rows[0].job)
        if job is None:
            return 0
        job.done += len(made)
        if job.done >= job.total:
            job.ready_at = now()
            notify(NoticeKind.PASSWORDS_READY, [job.by.person.human_id], "people_job", job.id)
    return len(made)


def _forget_shown() -> None:
    """The rows of a list that was taken go as soon as the click need not be answered again."""
    over = select(PeopleJob.id).where(PeopleJob.taken_at < ago(seconds=AGAIN_SECONDS))
    gone = ListedPerson.job_id.in_(over)
    if db.session.scalar(select(exists().where(gone))):
        with atomic() as session:
            session.execute(delete(ListedPerson).where(gone))


def forget_untaken() -> int:
    """Remove lists that nobody took in time, with their rows; returns how many."""
    with atomic() as session:
        over = list(
            session.scalars(
                select(PeopleJob.id).where(PeopleJob.taken_at.is_(None), PeopleJob.asked_at < ago(hours=FORGOTTEN_HOURS))
            )
        )
        session.execute(delete(ListedPerson).where(ListedPerson.job_id.in_(over)))
        session.execute(delete(PeopleJob).where(PeopleJob.id.in_(over)))
    return len(over)


def take(actor: Actor, job_id: int, token: str, key: str) -> Imported:
    """Store the people of a list and hand out their passwords: the only time they are shown.

    :param key: of the click; the same click gets the same answer for :data:`AGAIN_SECONDS`.
    :raises NotVisible: there is none, or somebody else sent it.
    :raises NotReady: AlreadyTaken: OtherSignIn: see there.
    :raises Several: rows that can no longer be stored, such as a number that was given meanwhile; then nothing is.
    """
    listed = list(db.session.scalars(select(ListedPerson).where(ListedPerson.job_id == job_id).order_by(ListedPerson.id)))
    job = _own(actor, job_id)
    if job.taken_at is None and job.public_key != public_key_of(token):
        raise OtherSignIn
    if job.ready_at is None:
        raise NotReady
    hashes = [each.password_hash or "" for each in listed]
    ready = make_ready([_row(each) for each in listed], actor) if job.taken_at is None else []
    issued = _opened(listed, token) if job.public_key == public_key_of(token) else ()
    db.session.rollback()
    with atomic():
        job = _own(actor, job_id)
        if job.taken_at is None:
            store_people(ready, hashes, actor)
            job.taken_at, job.taken_key = now(), key
        elif not key or job.taken_key != key or not issued:
            raise AlreadyTaken
        return Imported(job.rows, job.total, job.rows - job.total, issued)


def _own(actor: Actor, job_id: int) -> PeopleJob:
    job = db.session.get(PeopleJob, job_id)
    if job is None or job.by_id != actor.account_id:
        raise NotVisible
    return job


def _opened(listed: Sequence[ListedPerson], token: str) -> tuple[Issued, ...]:
    """The passwords by unit."""
    people = [
        Issued(each.unit, each.service_number, each.data["full_name"], opened(token, each.sealed or b"")) for each in listed
    ]
    return tuple(sorted(people, key=lambda each: each.unit))
