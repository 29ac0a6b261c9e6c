"""Forms of a vote on paper: the figures of the count record, and the choice between two counts."""

from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange

from innovations.boards.rules.tellers import SETTLEMENT_MAX, Figures
from innovations.core.web.fields import TextField, WholeField
from innovations.core.web.forms import PageForm

MOST = 99  # a board has nine members; two digits leave room for larger ones


def _number(label: Any) -> WholeField:
    return WholeField(label, [InputRequired(_l("Nhập số phiếu, không có thì nhập 0.")), NumberRange(0, MOST)])


class CountForm(PageForm):
    """What one teller counted."""

    issued = _number(_l("Số phiếu phát ra"))
    collected = _number(_l("Số phiếu thu về"))
    valid = _number(_l("Số phiếu hợp lệ"))
    invalid = _number(_l("Số phiếu không hợp lệ"))
    agree = _number(_l("Đồng ý"))
    disagree = _number(_l("Không đồng ý"))
    blank = _number(_l("Không có ý kiến"))

    def figures(self) -> Figures:
        """What the form holds."""
        return Figures(**{each.name: getattr(self, each.name).data for each in fields(Figures)})


class SettleForm(PageForm):
    """Which of two counts stands, and why."""

    place = RadioField(_l("Kết quả được chọn"), choices=["1", "2"])
    reason = TextField(_l("Lý do"), [InputRequired(_l("Ghi lý do."))], max_length=SETTLEMENT_MAX)
