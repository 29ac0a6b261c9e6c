"""``flask people …`` and ``flask units import``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from innovations.extensions import db
from innovations.people.models import Account, ApiToken, Person, Unit
from innovations.people.queries import account_with
from innovations.people.services.sign_ins import hash_token
from innovations.people.services.signing_in import sign_in
from tests.world import World

UNITS = "Mã đơn vị,Tên đơn vị,Đơn vị cấp trên,Cấp,Loại\nT9,Trung đoàn 9,SM,Cơ sở,Trung đoàn\nD91,Tiểu đoàn 91,T9,subunit,\n"
PEOPLE = "Số hiệu;Họ và tên;Cấp bậc;Mã đơn vị;Ngày sinh\nqn01;Lê Văn Cường;Đại úy;T1A;10/03/1990\nqn02;Trần Thị Dung;;D5;\n"


def run(app: Flask, *args: str, text: str | None = None) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=list(args), input=text)


def file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8-sig")
    return str(path)


def test_the_first_admin_also_makes_the_root_unit(app: Flask) -> None:
    args = ("people", "create-admin", "--service-number", "qt", "--name", "Lê An", "--password", "đồng lúa chín vàng")
    assert run(app, *args).exit_code == 0
    assert [unit.code for unit in db.session.query(Unit)] == ["GOC"]
    assert sign_in("qt", "đồng lúa chín vàng", address="127.0.0.1")


def test_what_is_missing_is_asked_for(app: Flask) -> None:
    asked = run(app, "people", "create-admin", text="qt\nLê An\nđồng lúa chín vàng\nđồng lúa chín vàng\n")
    assert asked.exit_code == 0
    assert account_with("qt") is not None


def test_a_weak_password_is_refused_and_nothing_is_stored(app: Flask) -> None:
    refused = run(app, "people", "create-admin", "--service-number", "qt", "--name", "Lê An", "--password", "ngắn")
    assert refused.exit_code == 1
    assert "ít nhất" in refused.stderr
    assert db.session.query(Unit).count() == db.session.query(Account).count() == 0


def test_a_token_stands_alone_on_the_last_line_and_only_its_hash_is_kept(world: World) -> None:
    made = run(world.app, "people", "create-token", "docgia", "--scope", "library:read", "--expires", "1d")
    assert made.exit_code == 0
    token = made.stdout.splitlines()[-1]
    row = db.session.query(ApiToken).one()
    assert (row.token_sha256, row.scopes, (row.expires_at - row.created_at).days) == (hash_token(token), "library:read", 1)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("docgia", "--scope", "all"), "Không rõ quyền “all”"),
        (("docgia", "--scope", "library:read", "--expires", "400d"), "Thời hạn “400d”"),
        (("khongai", "--scope", "library:read"), "Không có tài khoản “khongai”"),
    ],
)
def test_a_refused_token_is_not_made(world: World, args: tuple[str, ...], sentence: str) -> None:
    refused = run(world.app, "people", "create-token", *args)
    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert db.session.query(ApiToken).count() == 0


def test_units_come_in_with_their_children_and_a_second_time_nothing_happens(world: World, tmp_path: Path) -> None:
    first = run(world.app, "units", "import", file(tmp_path, UNITS), "--json")
    assert (first.exit_code, json.loads(first.stdout)["created"]) == (0, 2)
    battalion = db.session.query(Unit).filter_by(code="D91").one()
    assert (battalion.parent.code, battalion.is_base, battalion.parent.is_base) == ("T9", False, True)
    assert json.loads(run(world.app, "units", "import", file(tmp_path, UNITS), "--json").stdout)["unchanged"] == 2


def test_one_bad_unit_stores_none(world: World, tmp_path: Path) -> None:
    refused = run(world.app, "units", "import", file(tmp_path, UNITS.replace("D91,Tiểu đoàn 91,T9", "D91,Tiểu đoàn 91,KHO9")))
    assert refused.exit_code == 1
    assert "Dòng 3: Không có đơn vị mã “KHO9”" in refused.stderr
    assert db.session.query(Unit).filter_by(code="T9").count() == 0


def test_people_come_in_with_one_time_passwords_by_unit(world: World, tmp_path: Path) -> None:
    done = run(world.app, "people", "import", file(tmp_path, PEOPLE))
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line for line in lines if line in ("D5", "T1A")] == ["D5", "T1A"]
    password = next(line for line in lines if line.startswith("qn01")).split("\t")[-1]
    assert sign_in("qn01", password, address="127.0.0.1")
    account = account_with("qn01")
    assert account is not None
    assert (account.must_change, account.person.rank, account.person.born_on.year) == (True, "Đại úy", 1990)
    assert "2 already there" in run(world.app, "people", "import", file(tmp_path, PEOPLE)).stdout


def test_one_bad_person_stores_none(world: World, tmp_path: Path) -> None:
    before = db.session.query(Person).count()
    refused = run(world.app, "people", "import", file(tmp_path, PEOPLE.replace(";D5;", ";KHO9;")))
    assert refused.exit_code == 1
    assert "Dòng 3" in refused.stderr
    assert db.session.query(Person).count() == before


def test_a_list_without_its_columns_is_refused(world: World, tmp_path: Path) -> None:
    refused = run(world.app, "people", "import", file(tmp_path, "Họ và tên\nLê An\n"))
    assert refused.exit_code == 1
    assert "Không thấy cột “Số hiệu”" in refused.stderr
