"""A long list of people by page: the worker makes the passwords, only the sign-in that sent the list sees them, and once."""

from __future__ import annotations

import re
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from innovations.audit.models import AuditEvent
from innovations.core.clock import ago, now
from innovations.core.transactions import atomic
from innovations.exchange.models_people import ListedPerson, PeopleJob
from innovations.exchange.services import people_jobs
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.models import Account, Grant, Person
from innovations.people.rules.roles import Role
from innovations.people.services.signing_in import sign_in
from innovations.worker.rounds import Rounds
from tests.world import World

PASSWORD = re.compile(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>")
HEAD = "Số hiệu;Họ và tên;Mã đơn vị;Cấp bậc;Ngày sinh\n"
COUNT = 12


def listed(count: int = COUNT, unit: str = "T1A") -> str:
    return HEAD + "".join(f"qn{n:03};Lê Văn Số {n};{unit};Trung úy;02/03/1990\n" for n in range(count))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few people are many."""
    monkeypatch.setattr(people_jobs, "SMALL_LIST", 3)


def send(client: FlaskClient, text: str, once: str = "một") -> TestResponse:
    data = {"file": (BytesIO(text.encode()), "ds.csv"), "_once": once}
    return client.post("/admin/import/people", data=data, content_type="multipart/form-data")


def people() -> int:
    db.session.rollback()
    return db.session.query(Account).filter(Account.service_number.like("qn%")).count()


def work() -> None:
    while people_jobs.step():
        pass


def test_a_long_list_waits_for_its_passwords_and_nobody_of_it_is_there_before_they_are_taken(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    assert page.startswith("/admin/import/people/jobs/")
    assert people_jobs.step() == people_jobs.CHUNK
    assert f"Đã chuẩn bị {people_jobs.CHUNK}/{COUNT} mật khẩu" in client.get(page).text
    assert client.post(page, data={"_once": "a"}).status_code == 409
    work()
    assert f"Tạo {COUNT} tài khoản" in client.get(page).text
    assert people() == 0
    shown = client.post(page, data={"_once": "b"})
    given = PASSWORD.findall(shown.text)
    assert (len(set(given)), people()) == (COUNT, COUNT)
    assert sign_in("qn000", given[0], address="127.0.0.1")
    person = db.session.scalars(select(Person).where(Person.full_name == "Lê Văn Số 7")).one()
    assert (person.rank, str(person.born_on), person.unit.code, person.active) == ("Trung úy", "1990-03-02", "T1A", True)
    account = db.session.scalars(select(Account).where(Account.person_id == person.id)).one()
    assert account.must_change
    assert account.one_time_until > now()


def test_the_passwords_are_shown_once_and_then_gone(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    work()
    first = PASSWORD.findall(client.post(page, data={"_once": "b"}).text)
    assert PASSWORD.findall(client.post(page, data={"_once": "b"}).text) == first  # the second half of a double click
    other = client.post(page, data={"_once": "c"})
    assert (other.status_code, PASSWORD.findall(other.text)) == (409, [])
    assert PASSWORD.findall(client.get(page).text) == []
    with atomic() as session:
        session.execute(update(PeopleJob).values(taken_at=ago(seconds=people_jobs.AGAIN_SECONDS + 1)))
    people_jobs.step()
    assert db.session.query(ListedPerson).count() == 0
    assert client.post(page, data={"_once": "b"}).status_code == 409
    assert people() == COUNT
    assert db.session.query(AuditEvent).filter_by(tag="people.people_imported").count() == 1


def test_no_password_stands_in_the_database_in_clear(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    work()
    with sqlite3.connect(Path(world.app.instance_path) / "innovations.sqlite") as held:
        dump = "\n".join(held.iterdump())
    held.close()
    given = PASSWORD.findall(client.post(page, data={"_once": "b"}).text)
    assert len(given) == COUNT
    assert not [password for password in given if password in dump or password.encode().hex() in dump.lower()]


def test_another_sign_in_of_the_same_admin_cannot_open_them_and_adds_nobody(world: World) -> None:
    page = send(world.client("quantri"), listed()).location
    work()
    later = world.client("quantri")
    assert "Chỉ phiên đăng nhập đã gửi danh sách" in later.get(page).text
    answer = later.post(page, data={"_once": "b"})
    assert (answer.status_code, PASSWORD.findall(answer.text), people()) == (409, [], 0)


def test_only_who_sent_it_sees_its_page(world: World) -> None:
    page = send(world.client("quantri"), listed()).location
    world_staff = world.staff
    with atomic() as session:
        session.add(
            Grant(person_id=world_staff.people["docgia"], role=Role.ADMIN, unit_id=world_staff.units["T1A"], from_on=now().date())
        )
    other = world.client("docgia")
    assert (other.get(page).status_code, other.post(page).status_code) == (404, 404)
    assert world.client("vanphong").get(page).status_code == 403


def test_the_same_list_from_two_tabs_and_a_double_click_are_one(world: World) -> None:
    client = world.client("quantri")
    places = {send(client, listed(), once).location for once in ("một", "một", "hai")}
    assert len(places) == 1
    assert db.session.query(PeopleJob).count() == 1


def test_who_asked_is_told_when_they_are_ready(world: World) -> None:
    send(world.client("quantri"), listed())
    work()
    assert db.session.scalars(select(Notice.kind)).all() == ["exchange.passwords_ready"]
    assert "Mật khẩu của danh sách quân nhân đã sẵn sàng" in world.client("quantri").get("/notices").text


def test_faults_are_told_at_once_and_nothing_waits(world: World) -> None:
    answer = send(world.client("quantri"), listed() + "qn001;Lê Trùng;T1A;;\nqn900;;T1A;;\nqn901;Lê An;KHONGCO;;\n")
    assert answer.status_code == 422
    assert all(f"Dòng {row}:" in answer.text for row in (14, 15, 16))
    assert db.session.query(PeopleJob).count() == 0


def test_people_who_are_there_already_need_no_worker(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    work()
    client.post(page, data={"_once": "b"})
    again = send(client, listed(COUNT + 2), "hai")
    assert (again.status_code, len(PASSWORD.findall(again.text)), people()) == (200, 2, COUNT + 2)


def test_a_number_that_was_given_meanwhile_stores_nobody(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    work()
    send(client, listed(2), "hai")
    answer = client.post(page, data={"_once": "b"})
    assert (answer.status_code, people()) == (422, 2)
    assert "Số hiệu “qn001” đã có tài khoản" in answer.text


def test_a_worker_that_is_started_again_keeps_what_was_made(world: World) -> None:
    client = world.client("quantri")
    page = send(client, listed()).location
    people_jobs.step()
    chosen = select(ListedPerson.service_number, ListedPerson.password_hash)
    before = {number: kept for number, kept in db.session.execute(chosen) if kept}
    rounds = Rounds()
    rounds.start()
    while db.session.scalars(select(PeopleJob.ready_at)).one() is None:
        rounds.once()
    after = {row.service_number: row.password_hash for row in db.session.execute(chosen)}
    assert len(before) == people_jobs.CHUNK
    assert {number: after[number] for number in before} == before
    assert len(PASSWORD.findall(client.post(page, data={"_once": "b"}).text)) == COUNT


def test_a_list_nobody_took_is_forgotten_after_a_day(world: World) -> None:
    send(world.client("quantri"), listed())
    work()
    assert people_jobs.forget_untaken() == 0
    with atomic() as session:
        session.execute(update(PeopleJob).values(asked_at=ago(hours=people_jobs.FORGOTTEN_HOURS, minutes=1)))
    assert people_jobs.forget_untaken() == 1
    assert (db.session.query(ListedPerson).count(), people()) == (0, 0)
