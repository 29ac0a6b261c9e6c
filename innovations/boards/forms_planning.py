"""Forms of a plan of who scores what: its rows, a file, and members who are kept apart."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from innovations.boards.forms import REASON_MAX
from innovations.boards.planning_queries import scoring_seats
from innovations.core.rules.numbers import whole, whole_or
from innovations.core.web.fields import DayField, TextField
from innovations.core.web.forms import PageForm


class PlanForm(PageForm):
    """The rows that are ticked, each as "review-seat", and the day their sheets are due; empty: by the rule set."""

    pick = SelectMultipleField(_l("Phân công"), validate_choice=False)
    due_on = DayField(_l("Hạn nộp phiếu"))

    def pairs(self) -> list[tuple[int, int]]:
        """Review and seat of each row; anything else that was sent names nothing."""
        parts = [value.partition("-") for value in self.pick.data or ()]
        numbers = [(whole_or(review, 0), whole_or(seat, 0)) for review, _dash, seat in parts]
        return [pair for pair in numbers if min(pair) > 0]


class PlanFileForm(PageForm):
    """A plan as a file."""

    file = FileField(_l("Tệp phân công (CSV UTF-8)"), [FileRequired(_l("Chọn tệp phân công."))])


class ApartForm(PageForm):
    """Two members who never score the same review."""

    one = SelectField(_l("Ủy viên"), coerce=whole, validators=[InputRequired(_l("Chọn ủy viên."))])
    other = SelectField(_l("Không chấm chung với"), coerce=whole, validators=[InputRequired(_l("Chọn ủy viên."))])
    reason = TextField(_l("Lý do"), [InputRequired(_l("Nhập lý do."))], max_length=REASON_MAX)

    def offer(self, board_id: int) -> None:
        """Set who may be chosen."""
        self.one.choices = self.other.choices = list(scoring_seats(board_id).items())


class PairForm(PageForm):
    """A pair to let together again."""

    pair_id = SelectField(coerce=whole, validate_choice=False, validators=[InputRequired(_l("Chọn cặp ủy viên."))])
