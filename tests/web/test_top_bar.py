"""The bar at the top marks one entry: the page's own, else that of its feature."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.world import World


@pytest.mark.parametrize(
    ("number", "path", "marked"),
    [
        ("baomat", "/proposals/quarantine", "Cách ly"),
        ("baomat", "/proposals/", "Hồ sơ"),
        ("quantri", "/proposals/glass", "Mở khẩn cấp"),
        ("kiemtra", "/proposals/audit", "Kiểm tra"),
        ("tacgia", "/proposals/new", "Hồ sơ"),
        ("vanphong", "/admin/campaigns", "Quản trị"),
        ("docgia", "/library/?q=kho", "Thư viện áp dụng"),
        ("docgia", "/", "Việc của tôi"),
    ],
)
def test_one_entry_is_marked(world: World, number: str, path: str, marked: str) -> None:
    page = BeautifulSoup(world.client(number).get(path).text, "html.parser")
    bar = page.select_one("nav.desk-only")
    assert bar is not None
    assert [each.get_text(strip=True) for each in bar.select("[aria-current]")] == [marked]
