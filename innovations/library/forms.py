"""Forms of an adoption: the request, the answers, the start, the results, the end."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, RadioField, SelectField

from innovations.core.rules.numbers import whole
from innovations.core.web.fields import DayField, LineField, TextField
from innovations.core.web.forms import PageForm
from innovations.library.rules.adoptions import AdoptionKind
from innovations.people.queries import UnitRow
from innovations.proposals.forms import BenefitLine, choices_of
from innovations.proposals.rules.content import FIELD_LIMITS


class RequestForm(PageForm):
    """A commander asks to take an improvement over."""

    unit_id = SelectField(_l("Đơn vị sẽ áp dụng"), coerce=whole)
    kind = RadioField(_l("Hình thức"), default=AdoptionKind.REPLICATION.value)
    purpose = TextField(
        _l("Dùng vào việc gì, ở đâu"),
        max_length=FIELD_LIMITS["reason"],
        description=_l("Vài câu để đơn vị quản lý sáng kiến trả lời."),
    )

    def offer(self, units: list[UnitRow], *, owning_unit_id: int) -> None:
        """Let the form choose among the units the reader commands; only the owner may record a first use."""
        self.unit_id.choices = [(unit.id, unit.name) for unit in units]
        owns = any(unit.id == owning_unit_id for unit in units)
        self.kind.choices = [each for each in choices_of(AdoptionKind) if owns or each[0] != AdoptionKind.FIRST]


class AgreeForm(PageForm):
    """The owning unit agrees."""

    conditions = TextField(_l("Điều kiện, hướng dẫn kèm theo"), max_length=FIELD_LIMITS["reason"])


class DeclineForm(PageForm):
    """The owning unit declines."""

    reason = TextField(_l("Lý do không đồng ý"), max_length=FIELD_LIMITS["reason"])


class ButtonForm(PageForm):
    """A step that needs nothing but the click."""


class StartForm(PageForm):
    """The unit begins to use it."""

    from_on = DayField(_l("Áp dụng từ ngày"))
    place = LineField(_l("Nơi áp dụng"), max_length=200)
    responsible = LineField(_l("Người phụ trách"), max_length=120)


class ReportForm(PageForm):
    """What it brought, in words and measured."""

    result = TextField(_l("Kết quả áp dụng"), max_length=FIELD_LIMITS["reason"])
    lines = FieldList(FormField(BenefitLine), min_entries=1, max_entries=8)

    def filled_lines(self) -> list[dict[str, Any]]:
        """The before/after lines that hold something."""
        return [
            {name: value for name, value in entry.form.data.items() if name != "csrf_token"}
            for entry in self.lines
            if not entry.form.is_empty
        ]


class StopForm(PageForm):
    """The unit no longer uses it."""

    to_on = DayField(_l("Áp dụng đến ngày"))
    stop_reason = TextField(_l("Lý do ngừng"), max_length=FIELD_LIMITS["reason"])
