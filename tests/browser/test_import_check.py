"""The answer to a register that is only checked: what its rows may repeat, and what is wrong with others, open to everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from innovations.cli.demo.staff import find
from innovations.extensions import db
from tests.browser.conftest import SignIn, Site
from tests.browser.screen import DESK, PHONE
from tests.recognised import recognise
from tests.world import World

pytestmark = pytest.mark.browser

TITLE = "Giá xếp dụng cụ ba tầng có bánh xe khóa được, ghép từ khung giường hỏng, dùng chung cho ba tiểu đội"
TEXT = "Hàn khung giường hỏng thành giá có bánh xe, một người đẩy đủ dụng cụ ra bãi tập, mưa không phải khiêng từng thứ."


def test_what_a_register_may_repeat_is_open_to_everybody(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    with site.app.app_context():
        code = recognise(World(site.app, find()), title=TITLE, situation=TEXT, content=TEXT)
        db.session.remove()
    site.index()
    register = tmp_path / "so-cu.csv"
    register.write_text(
        f'title,description,year\n"{TITLE} và một trung đội","{TEXT}",2020\n"{TITLE}, bản hai","{TEXT}",2021\n', encoding="utf-8"
    )
    screen = sign_in("vanphong", PHONE)
    for file, shown in ((register, code), (_with_mistakes(tmp_path), "Sổ còn lỗi")):
        screen.go("/admin/register")
        screen.page.select_option("[name=unit_id]", index=1)
        screen.page.set_input_files("[name=file]", file)
        screen.press("Chỉ kiểm tra")
        screen.shows(shown)
        assert screen.audit_at(PHONE, DESK) == []


def _with_mistakes(folder: Path) -> Path:
    wrong = folder / "so-loi.csv"
    wrong.write_text('title,description,year\n,"Không có tên",2020\n"Giá treo ống dẫn","",nămnay\n', encoding="utf-8")
    return wrong
