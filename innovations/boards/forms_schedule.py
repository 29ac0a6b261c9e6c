"""The form of a board's schedule: a row for each phase that has not begun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField

from innovations.boards.rules.schedule import AHEAD_MAX, NAME_MAX, AuthorsShown, BoardPhase, NamesShown, SheetsShown
from innovations.core.web.fields import DayField, LineField
from innovations.core.web.forms import PageForm, PagePart
from innovations.proposals.forms import choices_of

BLANK_ROWS = 2  # offered beside those that are there; saved, there are more


class PhaseLine(PagePart):
    """One phase; a row without a name and a day is none."""

    name = LineField(_l("Tên giai đoạn"), max_length=NAME_MAX)
    from_on = DayField(_l("Bắt đầu từ ngày"))
    scoring = BooleanField(_l("Được chấm điểm"))
    authors = SelectField(_l("Người chấm biết tác giả"))
    sheets = SelectField(_l("Ủy viên khác đọc phiếu của nhau"))
    names = SelectField(_l("Tên người chấm trên phiếu"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field, options in ((self.authors, AuthorsShown), (self.sheets, SheetsShown), (self.names, NamesShown)):
            field.choices = choices_of(options)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        return not (self.name.data or self.from_on.data)


class ScheduleForm(PageForm):
    """The phases ahead; ``seen`` tells which schedule the reader had before them."""

    seen = HiddenField()
    phases = FieldList(FormField(PhaseLine), max_entries=AHEAD_MAX)

    def rows(self) -> dict[int, BoardPhase]:
        """Row → phase, of the rows that hold one."""
        return {
            place: BoardPhase(
                line.name.data or "", line.from_on.data, line.scoring.data, AuthorsShown(line.authors.data),
                SheetsShown(line.sheets.data), NamesShown(line.names.data),
            )
            for place, line in enumerate(row.form for row in self.phases)
            if not line.is_empty
        }  # fmt: skip


def _values(phase: BoardPhase) -> dict[str, Any]:
    return {**vars(phase), "authors": phase.authors.value, "sheets": phase.sheets.value, "names": phase.names.value}


def schedule_form(ahead: Iterable[BoardPhase], seen: str, *, first: bool) -> ScheduleForm:
    """The form to be filled.

    :param first: there is no schedule yet: it begins with a phase that has no day.
    """
    rows = [_values(phase) for phase in ahead]
    if first:
        rows = [_values(BoardPhase(gettext("Chấm điểm")))]
    rows += [_values(BoardPhase("", scoring=False)) for _blank in range(min(BLANK_ROWS, AHEAD_MAX - len(rows)))]
    return ScheduleForm(formdata=None, seen=seen, phases=rows)
