"""What is given back after an expired sign-in stands under labels, whatever form it was typed into."""

from __future__ import annotations

from innovations.core.web.retyped import retyped
from tests.world import World


def test_rows_and_score_sheets_given_back_stand_under_labels_too(world: World) -> None:
    rows = {"version": "3", "author_benefit": "Nhanh hơn", "lines-0-label": "Thời gian một ca", "lines-0-before": "40"}
    sheet = {
        "novelty-level": "4",
        "novelty-comment": "Cách làm mới tại cơ sở",
        "comment": "Đề nghị công nhận",
        "proposes": "revise",
    }
    with world.app.test_request_context():
        assert retyped(list(rows.items()))[0] == ("Lợi ích theo đánh giá của tác giả", "Nhanh hơn")
        labels = [label for label, _value in [*retyped(list(rows.items())), *retyped(list(sheet.items()))]]
        assert len(labels) == 5
        assert not set(labels) & {*rows, *sheet}
