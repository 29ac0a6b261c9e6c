"""One summary of a day for each person, in the product and, where a mail server is named, by mail: numbers only."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from email import message_from_string, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from innovations.config import UnsafeConfiguration, load
from innovations.core.clock import at
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Digest, Notice
from innovations.worker.digests import make_digests
from innovations.worker.mailing import Mailer
from tests.letterbox import letterbox
from tests.world import World


def digest_of(world: World, number: str) -> Digest | None:
    return db.session.scalars(select(Digest).where(Digest.person_id == world.staff.people[number])).one_or_none()


def test_whoever_has_something_new_or_late_gets_one_summary_a_day(late: World) -> None:
    assert make_digests() > 0
    assert make_digests() == 0
    mine = digest_of(late, "tiepnhan")
    assert mine is not None and (mine.late, mine.soon) == (1, 0) and mine.unread >= 1
    assert digest_of(late, "docgia") is None
    kinds = select(Notice.person_id).where(Notice.kind == "notifications.digest")
    told = list(db.session.scalars(kinds))
    assert len(told) == len(set(told))


def test_what_one_summary_counted_the_next_does_not(late: World) -> None:
    make_digests()
    db.session.rollback()
    first = digest_of(late, "vanphong")
    assert first is not None and first.unread > 0
    day = first.day + timedelta(days=1)
    db.session.rollback()
    with at(datetime.combine(day, time(1), UTC)):
        make_digests()
        later = select(Digest).where(Digest.person_id == late.staff.people["vanphong"], Digest.day == day)
        assert db.session.scalars(later).one_or_none() is None  # nothing new, and nothing that this person holds


def test_the_summary_leads_to_a_page_of_what_is_late_and_unread(late: World) -> None:
    make_digests()
    page = late.client("tiepnhan").get("/digest").text
    assert "Việc quá hạn" in page and "Thông báo chưa đọc" in page and "Bảng kiểm tra" in page
    assert "Không có gì mới" in late.client("docgia").get("/digest").text


def test_mail_holds_numbers_and_no_word_of_a_proposal_and_is_sent_once(late: World) -> None:
    make_digests()
    with letterbox(late) as taken:
        mailer = Mailer()
        sent = mailer.step()
        assert sent == len(taken) > 0
        mailer.step()
        assert len(taken) == sent
    letters = [message_from_string(each, policy=policy.default) for each in taken]
    for letter in letters:
        text = letter["Subject"] + letter.get_content()
        assert "Bảng kiểm tra" not in text and "SK-" not in text and "Nguyễn" not in text
    assert "tiepnhan@x.test" in {letter["To"] for letter in letters}
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)


def test_an_address_the_server_refuses_holds_up_nobody_else(late: World) -> None:
    make_digests()
    with letterbox(late) as taken:
        mailer = Mailer()
        for _ in range(5):
            mailer.step()
        assert taken
    mine = digest_of(late, "tacgia")
    assert mine is not None and mine.mailed_at is None and mine.refusals == 3


def test_no_server_named_or_none_there_changes_nothing(late: World) -> None:
    make_digests()
    assert Mailer().step() == 0
    late.app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=1, MAIL_FROM="so@x.test", MAIL_DOMAIN="x.test")
    assert Mailer().step() == 0
    assert db.session.scalar(select(Digest.id).where(Digest.mailed_at.is_not(None))) is None
    db.session.rollback()


def test_a_server_without_sender_and_domain_is_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(UnsafeConfiguration, match="MAIL_FROM"):
        load({"MAIL_SERVER": "mail.test", "INSTANCE": tmp_path})


def test_the_database_holds_one_summary_of_a_day(late: World) -> None:
    make_digests()
    row = db.session.scalars(select(Digest)).first()
    assert row is not None
    same = {"person_id": row.person_id, "day": row.day, "unread": 0, "late": 0, "soon": 0}
    with pytest.raises(Exception, match="UNIQUE"), atomic() as session:
        session.add(Digest(**same))
