"""How the sentences of notices stand on their pages."""

from __future__ import annotations

from innovations.core.formats import whole_codes
from tests.world import World


def test_a_code_in_a_notice_stays_on_one_line_and_nothing_typed_becomes_markup() -> None:
    made = whole_codes("Đã tiếp nhận SK-T1A-2026-0022 “<b>Giá</b> phơi”")
    assert made == 'Đã tiếp nhận <span class="nowrap">SK-T1A-2026-0022</span> “&lt;b&gt;Giá&lt;/b&gt; phơi”'


def test_home_and_notices_show_it_so(world: World) -> None:
    code = world.submitted(title="Giá <b>phơi</b> dụng cụ")
    client = world.client("tacgia")
    for page in ("/", "/notices"):
        text = client.get(page).text
        assert f'<span class="nowrap">{code}</span>' in text
        assert "<b>phơi</b>" not in text
