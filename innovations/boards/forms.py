"""Forms of the registrar and the secretary around a board; the score sheet's stands in ``forms_scoring``."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.blindness import COVER_LENGTH, COVERS_MAX
from innovations.boards.rules.conflicts import DISMISSABLE
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services.boards import NAME_MAX, NUMBER_MAX, SIGNER_MAX
from innovations.core.rules.numbers import whole
from innovations.core.web.fields import DayField, LineField, TextField, WholeField
from innovations.core.web.forms import PageForm

REASON_MAX = 500  # characters


class BoardForm(PageForm):
    """A board with the decision that sets it up."""

    name = LineField(_l("Tên hội đồng"), [InputRequired(_l("Nhập tên hội đồng."))], max_length=NAME_MAX)
    decision_number = LineField(_l("Số quyết định thành lập"), max_length=NUMBER_MAX)
    decision_on = DayField(_l("Ngày quyết định"))
    decision_signer = LineField(_l("Người ký"), max_length=SIGNER_MAX)
    term_from = DayField(_l("Nhiệm kỳ từ ngày"), [InputRequired(_l("Nhập ngày bắt đầu nhiệm kỳ."))])
    term_to = DayField(_l("Đến ngày"))
    field_ids = SelectMultipleField(_l("Lĩnh vực"), coerce=whole)


class SeatForm(PageForm):
    """A seat to fill; the people offered come from a search by name."""

    person_id = RadioField(_l("Người giữ ghế"), coerce=whole, validators=[InputRequired(_l("Tìm và chọn người giữ ghế."))])
    role = SelectField(_l("Vai trò"), validators=[InputRequired()])
    since = DayField(_l("Từ ngày"), [InputRequired(_l("Nhập ngày bắt đầu."))])
    may_score = BooleanField(_l("Được chấm điểm"), default=True)
    may_vote = BooleanField(_l("Được biểu quyết"), default=True)

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Set what may be chosen."""
        self.person_id.choices = people
        self.role.choices = [(role.value, gettext(role.label)) for role in SeatRole]


class EndSeatForm(PageForm):
    """The last day of a seat."""

    last_day = DayField(_l("Ngày cuối giữ ghế"), [InputRequired(_l("Nhập ngày cuối giữ ghế."))])


class AssignForm(PageForm):
    """Several members at once, what they do and by when; an empty date is the rule set's."""

    seat_id = SelectMultipleField(_l("Ủy viên"), coerce=whole, validate_choice=False)
    role = RadioField(_l("Nhiệm vụ"), default=AssignmentRole.SCORER.value)
    due_on = DayField(_l("Hạn nộp phiếu"))

    def offer(self) -> None:
        """Set what may be chosen; conflicts are refused by the use case, with their reason."""
        self.role.choices = [(role.value, gettext(role.label)) for role in AssignmentRole]


class ReasonForm(PageForm):
    """One reason, for declining, excusing, reopening, closing and the own conflict."""

    reason = TextField(_l("Lý do"), [InputRequired(_l("Ghi lý do."))], max_length=REASON_MAX)


class RecusalForm(PageForm):
    """A member's conflict, recorded by the secretary."""

    seat_id = SelectField(_l("Ủy viên"), coerce=whole)
    reason = TextField(_l("Lý do"), [InputRequired(_l("Ghi lý do."))], max_length=REASON_MAX)


class JudgeForm(PageForm):
    """A computed conflict to pin or dismiss, with the reason."""

    seat_id = WholeField(_l("Ủy viên"), [InputRequired(_l("Chọn ủy viên."))])
    kind = SelectField(_l("Xung đột lợi ích"), choices=sorted(each.value for each in DISMISSABLE))
    reason = TextField(_l("Lý do"), [InputRequired(_l("Ghi lý do."))], max_length=REASON_MAX)


class CoverForm(PageForm):
    """Words that scorers do not read until their sheet is in, one or one phrase a line; none covers nothing more."""

    words = TextField(_l("Từ ngữ cần che, mỗi dòng một cụm"), max_length=COVERS_MAX * (COVER_LENGTH + 2))


class TrialForm(PageForm):
    """When the trial is to end."""

    planned_end = DayField(_l("Ngày dự kiến kết thúc"), [InputRequired(_l("Nhập ngày dự kiến kết thúc."))])


class OpenForm(PageForm):
    """A button without fields."""
