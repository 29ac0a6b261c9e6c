"""The pages of a screening: asked with a click, both titles, likeness, verdict, the way to both texts, the list as a file."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations.boards import screening_queries as queries
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.regulations.models import Campaign
from innovations.reports.columns import PAIR_HEADERS
from innovations.worker.rounds import Rounds
from tests.recognised import index, recognise
from tests.world import World

PLAIN = "Giá xếp dụng cụ ghép từ khung giường hỏng"
TITLE = f"={PLAIN}"
TEXT = "Hàn khung giường hỏng thành giá có bánh xe, một người đẩy đủ dụng cụ ra bãi tập."


def screened(world: World) -> tuple[FlaskClient, str, str]:
    """The registrar's browser, the page of the finished screening of an import, the code that its one record repeats."""
    code = recognise(world, title=TITLE, situation=TEXT, content=TEXT)
    file = io.BytesIO(f'title,description,year\n"{PLAIN} cho tiểu đội","{TEXT}",2020\n'.encode())
    batch = import_register(world.actor("vanphong"), world.staff.units["T1A"], file).batch_id
    index(world)
    client = world.client("vanphong")
    page = client.post("/admin/screenings", data={"batch_id": str(batch)})
    assert page.status_code == 303
    worker = Rounds()
    while worker.once():
        pass
    return client, page.location, code


def test_a_pair_is_shown_with_both_titles_and_leads_to_both_texts(world: World) -> None:
    client, path, code = screened(world)
    page = client.get(path).text
    assert f"{PLAIN} cho tiểu đội" in page
    assert f"<b>{TITLE}</b>" in page
    assert "Tìm thấy 1 cặp" in page
    assert "chưa nhận xét" in page
    pair = queries.pairs(world.actor("vanphong"), int(path.rsplit("/", 1)[1]))[0][0]
    compare = f"/proposals/{pair.left.address}/similar/{pair.right.id}"
    assert compare in page
    assert f"<mark>{PLAIN}</mark>" in client.get(compare).text
    assert pair.right.address == code


def test_a_verdict_stands_beside_the_pair_afterwards(world: World) -> None:
    client, path, _code = screened(world)
    pair = queries.pairs(world.actor("vanphong"), int(path.rsplit("/", 1)[1]))[0][0]
    page = client.post(f"{path}/{pair.id}", data={"verdict": "same"}, follow_redirects=True).text
    assert "chưa nhận xét" not in page
    assert 'aria-pressed="true">Giống, xin áp dụng' in page


def test_a_verdict_that_there_is_not_is_refused(world: World) -> None:
    client, path, _code = screened(world)
    pair = queries.pairs(world.actor("vanphong"), int(path.rsplit("/", 1)[1]))[0][0]
    assert client.post(f"{path}/{pair.id}", data={"verdict": "stolen"}).status_code == 404
    assert queries.pairs(world.actor("vanphong"), int(path.rsplit("/", 1)[1]))[0][0].verdict == ""


def test_the_list_is_saved_and_no_spreadsheet_runs_a_title(world: World) -> None:
    client, path, code = screened(world)
    rows = list(csv.reader(io.StringIO(client.get(f"{path}/list.csv").data.decode("utf-8-sig"))))
    assert rows[0] == list(PAIR_HEADERS)
    assert (rows[1][1], rows[1][4], rows[1][5]) == (f"{PLAIN} cho tiểu đội", code, f"'{TITLE}")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/list.xlsx").data)).active
    assert sheet is not None
    assert (sheet["F2"].value, sheet["F2"].data_type) == (TITLE, "s")
    assert client.get(f"{path}/list.txt").status_code == 404


def test_the_check_of_a_file_names_what_its_rows_may_repeat(world: World) -> None:
    code = recognise(world, title=TITLE, situation=TEXT, content=TEXT)
    index(world)
    file = io.BytesIO(f'title,description,year\n"{PLAIN} cho tiểu đội","{TEXT}",2020\n'.encode())
    unit = str(world.staff.units["T1A"])
    page = world.client("vanphong").post("/admin/register/check", data={"unit_id": unit, "file": (file, "so.csv")}).text
    assert "Dòng mới có thể trùng với hồ sơ đã có (1)" in page
    assert f'href="/proposals/{code}"' in page


def test_a_command_screens_and_writes_the_list(world: World, tmp_path) -> None:
    _client, path, _code = screened(world)
    out = tmp_path / "cap.csv"
    run = world.app.test_cli_runner().invoke(args=["similar", "import", "1", "--as", "vanphong", "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert "1 compared, 1 pairs, best" in run.output
    assert len(out.read_text("utf-8-sig").splitlines()) == 2
    refused = world.app.test_cli_runner().invoke(args=["similar", "import", "1", "--as", "tacgia"])
    assert refused.exit_code == 1


def test_the_dry_run_of_the_command_names_repetitions(world: World, tmp_path) -> None:
    code = recognise(world, title=TITLE, situation=TEXT, content=TEXT)
    index(world)
    file = tmp_path / "so.csv"
    file.write_text(f'title,description,year\n"{PLAIN} cho tiểu đội","{TEXT}",2020\n', encoding="utf-8")
    args = ["register", "import", str(file), "--dry-run", "--similar", "--unit", "T1A", "--as", "vanphong"]
    run = world.app.test_cli_runner().invoke(args=args)
    assert run.exit_code == 0, run.output
    assert code in run.output
    assert "1 compared, 1 may repeat what is there" in run.output


@pytest.mark.parametrize("nothing", ["0", "", "-0"])
def test_a_campaign_is_screened_whatever_number_of_no_import_is_sent_beside_it(world: World, nothing: str) -> None:
    """The number 0 broke the page: it was stored beside the campaign's, where one of the two alone may stand."""
    campaign = db.session.scalars(select(Campaign.id).where(Campaign.unit_id == world.staff.units["T1A"])).first()
    db.session.rollback()
    sent = {"batch_id": nothing, "campaign_id": str(campaign)}
    answer = world.client("vanphong").post("/admin/screenings", data=sent)
    assert (answer.status_code, "/admin/screenings/" in answer.location) == (303, True)
    assert world.client("vanphong").post("/admin/screenings", data={"batch_id": nothing, "campaign_id": "0"}).status_code == 404
