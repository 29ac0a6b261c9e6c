"""A large register by page: handed to the worker at once, seen by who keeps that register, carried out once, told when it ends."""

from __future__ import annotations

import os
import threading
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from innovations import audit
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.exchange import uploads
from innovations.exchange.lock import ImportRunning, importing
from innovations.exchange.models import RegisterJob
from innovations.exchange.rules.jobs import CRASHES, SMALL_ROWS, Ending
from innovations.exchange.services import jobs
from innovations.extensions import db
from innovations.notifications import Told, notices_of
from innovations.people.models import Grant
from innovations.people.rules.roles import Role
from innovations.proposals.models import ImportBatch, Proposal
from innovations.worker.rounds import Rounds
from tests.world import World

ROWS = SMALL_ROWS + 1
LARGE = "title,year,external_id\n" + "".join(f"Giá treo dụng cụ kiểu {n},2020,b{n}\n" for n in range(ROWS))
FAULTY = LARGE.replace("kiểu 7,2020", "kiểu 7,hai ba")


def send(world: World, text: str, *, by: FlaskClient | None = None, **fields: str) -> TestResponse:
    data = {"unit_id": str(world.staff.units["T1A"]), "file": (BytesIO(text.encode()), "so.csv"), **fields}
    client = by or world.client("vanphong")
    return client.post("/admin/register", data=data, content_type="multipart/form-data")


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def only_job() -> RegisterJob:
    db.session.rollback()
    return db.session.scalars(select(RegisterJob)).one()


def work() -> None:
    """One round of the worker, and every import that waits."""
    rounds = Rounds()
    rounds.start()
    rounds.carry_out_imports()


def notices(world: World) -> list[Told]:
    with world.app.test_request_context():
        return notices_of(world.actor("vanphong"))[0]


def kept_files(world: World) -> list[Path]:
    return list((Path(world.app.instance_path) / uploads.FOLDER).glob("*"))


def test_a_register_of_five_hundred_rows_is_there_when_the_page_answers(world: World) -> None:
    small = "".join(LARGE.splitlines(keepends=True)[: SMALL_ROWS + 1])
    answer = send(world, small)
    batch = db.session.scalars(select(ImportBatch)).one()
    assert (answer.status_code, answer.location) == (303, f"/admin/register/{batch.id}")
    assert (count(Proposal), count(RegisterJob)) == (SMALL_ROWS, 0)


def test_a_larger_one_is_handed_to_the_worker_and_its_page_leads_to_what_became_of_it(world: World) -> None:
    client = world.client("vanphong")
    answer = send(world, LARGE, by=client)
    page = f"/admin/register/jobs/{only_job().id}"
    assert (answer.status_code, answer.location, count(Proposal)) == (303, page, 0)
    assert "Đang chờ đến lượt" in client.get(page).text
    assert page in client.get("/admin/register").text
    work()
    batch = db.session.scalars(select(ImportBatch)).one()
    assert client.get(page).location == f"/admin/register/{batch.id}"
    assert f"Đang lập chỉ mục 0/{ROWS}" in client.get(f"/admin/register/{batch.id}").text
    assert page not in client.get("/admin/register").text
    assert (count(Proposal), kept_files(world)) == (ROWS, [])


def test_its_end_is_one_audit_event_and_one_notice_to_who_asked(world: World) -> None:
    send(world, LARGE)
    work()
    batch = db.session.scalars(select(ImportBatch)).one()
    (event,) = audit.events_of("import_batch", batch.id)
    assert (event.tag, event.data["created"]) == ("exchange.register_imported", ROWS)
    assert [(each.text[:15], each.url) for each in notices(world)] == [
        ("Đã nhập xong sổ", f"/admin/register/jobs/{only_job().id}")
    ]


def test_the_progress_is_rows_read_then_rows_written(world: World) -> None:
    send(world, LARGE)
    client, job = world.client("vanphong"), only_job()
    page = f"/admin/register/jobs/{job.id}"
    for values, said, bar in (
        ({"done": 200}, "Đang đọc và kiểm tra: 200 dòng", ("1", "0")),
        ({"done": 150, "total": ROWS}, f"Đã ghi 150/{ROWS} dòng", (str(ROWS), "150")),
    ):
        with atomic() as session:
            session.execute(update(RegisterJob).values(**values))
        shown = BeautifulSoup(client.get(page).text, "html.parser")
        assert said in shown.main.text
        progress = shown.select_one("[data-follow] progress")
        assert (progress["max"], progress["value"]) == bar
        assert shown.select_one("noscript meta[http-equiv=refresh]")


def test_the_same_file_sent_from_two_tabs_is_one_order(world: World) -> None:
    first, second = send(world, LARGE, _once="một"), send(world, LARGE, _once="hai")
    assert (first.location, count(RegisterJob), len(kept_files(world))) == (second.location, 1, 1)
    work()
    assert (count(ImportBatch), count(Proposal)) == (1, ROWS)


def test_a_double_click_leads_to_the_order_of_the_first(world: World) -> None:
    first, second = send(world, LARGE, _once="một"), send(world, LARGE, _once="một")
    assert (first.location, count(RegisterJob), len(kept_files(world))) == (second.location, 1, 1)


def test_one_fault_stores_nothing_and_the_page_tells_row_and_column(world: World) -> None:
    client = world.client("vanphong")
    page = send(world, FAULTY, by=client).location
    work()
    shown = client.get(page).text
    assert "Sổ còn lỗi; chưa lưu gì" in shown
    assert '<td class="num">9</td><td>year</td>' in shown
    assert (count(Proposal), count(ImportBatch), only_job().ending) == (0, 0, Ending.REFUSED)
    assert notices(world)[0].text.startswith("Chưa nhập được sổ")


def test_faulty_rows_can_be_left_out(world: World) -> None:
    send(world, FAULTY, skip_bad_rows="y")
    work()
    assert (count(Proposal), only_job().ending) == (ROWS - 1, Ending.DONE)


def test_a_register_that_is_there_already_ends_with_nothing_to_do(world: World) -> None:
    send(world, LARGE)
    work()
    page = send(world, LARGE).location
    work()
    assert "mọi dòng đã có trong hệ thống" in world.client("vanphong").get(page).text
    assert (count(Proposal), count(ImportBatch)) == (ROWS, 1)


def test_a_file_that_is_gone_is_said(world: World) -> None:
    page = send(world, LARGE).location
    for file in kept_files(world):
        file.unlink()
    work()
    assert "Tệp đã tải lên không còn" in world.client("vanphong").get(page).text
    assert count(Proposal) == 0


def test_the_rights_of_the_moment_it_is_carried_out_count(world: World) -> None:
    send(world, LARGE)
    with atomic() as session:
        session.execute(update(Grant).where(Grant.role == Role.REGISTRAR).values(ended_at=now()))
    work()
    assert (only_job().ending, count(Proposal), kept_files(world)) == (Ending.FORBIDDEN, 0, [])


def test_only_who_keeps_that_register_sees_its_page(world: World) -> None:
    page = send(world, LARGE).location
    seen = {number: world.client(number).get(page).status_code for number in ("vanphong", "demo26", "tacgia", "quantri")}
    assert seen == {"vanphong": 200, "demo26": 404, "tacgia": 403, "quantri": 403}
    assert world.client("vanphong").get("/admin/register/jobs/999").status_code == 404


def test_an_import_by_command_keeps_it_waiting(world: World) -> None:
    send(world, LARGE)
    with importing(), pytest.raises(ImportRunning):
        jobs.run(only_job().id)
    assert only_job().ending is Ending.WAITING
    work()
    assert only_job().ending is Ending.DONE


def test_a_file_that_ends_its_process_again_and_again_is_given_up(world: World) -> None:
    page = send(world, LARGE).location
    for _ in range(CRASHES):
        assert only_job().ending is Ending.WAITING
        jobs.count_crash(only_job().id)
    assert only_job().ending is Ending.FAILED
    assert "làm dừng việc đọc nhiều lần" in world.client("vanphong").get(page).text


def test_files_without_an_order_go_and_those_of_waiting_orders_stay(world: World) -> None:
    send(world, LARGE)
    uploads.keep(BytesIO(b"title\n"))
    assert (jobs.forget_uploads(), len(kept_files(world))) == (0, 2)  # its order may be about to be stored
    for file in kept_files(world):
        os.utime(file, (0, 0))
    assert jobs.forget_uploads() == 1
    assert [file.name for file in kept_files(world)] == [only_job().upload]


def test_the_double_click_on_a_small_register_is_answered_like_the_first(world: World) -> None:
    small, answers = "".join(LARGE.splitlines(keepends=True)[:60]), []
    clients = [world.client("vanphong") for _ in range(2)]

    def click(client: FlaskClient) -> None:
        with world.app.app_context():
            answer = send(world, small, by=client, _once="a-key")
        answers.append((answer.status_code, answer.location))

    threads = [threading.Thread(target=click, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    batch = db.session.scalars(select(ImportBatch)).one()
    assert answers == [(303, f"/admin/register/{batch.id}")] * 2
    assert count(Proposal) == 59
