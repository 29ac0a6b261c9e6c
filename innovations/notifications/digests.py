"""One summary of a day for each person: how much is new, late and due soon.  Numbers only; the page behind asks the rights anew."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from sqlalchemy import func, select

from innovations.core.clock import now, today
from innovations.core.formats import day as day_text
from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.extensions import db
from innovations.notifications.models import Digest, Notice
from innovations.notifications.notices import Subject, notify
from innovations.people.models import Account, Person
from innovations.people.rules.roles import Actor


class DigestNotice(Labelled):
    """The notice that leads to the summary."""

    DIGEST = (
        "notifications.digest",
        N_("Tóm tắt %(subject)s: %(unread)s thông báo mới, %(late)s việc quá hạn, %(soon)s việc sắp đến hạn."),
    )


def _new_notices() -> Mapping[int, int]:
    """Unread notices that no summary counted yet, by person; a summary is no news itself, it ends what the one before counted."""
    summary = DigestNotice.DIGEST.value
    last = (
        select(Notice.person_id, func.max(Notice.id).label("id"))
        .where(Notice.kind == summary)
        .group_by(Notice.person_id)
        .subquery()
    )
    chosen = select(Notice.person_id, func.count()).outerjoin(last, last.c.person_id == Notice.person_id)
    chosen = chosen.where(Notice.read_at.is_(None), Notice.kind != summary, Notice.id > func.coalesce(last.c.id, 0))
    return {person: count for person, count in db.session.execute(chosen.group_by(Notice.person_id))}


def write(late: Mapping[int, int], soon: Mapping[int, int]) -> int:
    """Add today's summary of everybody with something new or late and an account, once.  A step.  Returns how many were added.

    :param late: missed deadlines that the person holds; likewise ``soon``.
    """
    on, unread = today(), _new_notices()
    done = set(db.session.scalars(select(Digest.person_id).where(Digest.day == on)))
    active = select(Account.person_id).where(Account.active)
    reachable = select(func.coalesce(Person.same_as_id, Person.id)).where(Person.id.in_(active))
    people = (unread.keys() | late.keys()) & set(db.session.scalars(reachable)) - done
    for person in sorted(people):
        counts = {"unread": unread.get(person, 0), "late": late.get(person, 0), "soon": soon.get(person, 0)}
        db.session.add(Digest(person_id=person, day=on, **counts))
        notify(DigestNotice.DIGEST, [person], "digest", on.toordinal(), once=f"digest:{on}", **counts)
    return len(people)


def days(_actor: Actor, ordinals: Iterable[int]) -> Mapping[int, Subject]:
    """The day of each summary; its page shows what waits now."""
    return {each: Subject(day_text(date.fromordinal(each)), url_for("home.digest")) for each in ordinals}


def waiting_for_mail(limit: int, refusals: int) -> list[tuple[int, str, str, Digest]]:
    """Today's summaries that were not mailed: id, service number, language, counts."""
    chosen = (
        select(Digest.id, Account.service_number, Account.locale, Digest)
        .join(Person, func.coalesce(Person.same_as_id, Person.id) == Digest.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(Digest.day == today(), Digest.mailed_at.is_(None), Digest.refusals < refusals, Account.active)
        .order_by(Digest.id, Account.id)
        .limit(limit)
    )
    return [tuple(row) for row in db.session.execute(chosen)]


def mark_mailed(digest_id: int) -> None:
    """It was handed to the mail server.  A step."""
    db.session.get_one(Digest, digest_id).mailed_at = now()


def count_refusal(digest_id: int) -> None:
    """The server refused its address.  A step."""
    db.session.get_one(Digest, digest_id).refusals += 1
