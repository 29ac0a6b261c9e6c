"""Forms of what happens to a submitted proposal: withdrawn, endorsed, checked, tried out, hidden."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from innovations.core.web.fields import DayField, LineField, TextField
from innovations.core.web.forms import PageForm
from innovations.proposals.rules.complaints import Finding
from innovations.proposals.rules.content import FIELD_LIMITS
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.rules.purging import PurgeReason


class ReasonForm(PageForm):
    """A reason or comment for a step."""

    reason = TextField(_l("Lý do"), max_length=FIELD_LIMITS["reason"])


class AnswerForm(ReasonForm):
    """What the answer to a complaint finds, and why."""

    finding = SelectField(_l("Kết luận"), default=Finding.UNFOUNDED.value)

    def offer(self) -> "AnswerForm":
        """Set the findings."""
        self.finding.choices = [(each.value, gettext(each.label)) for each in Finding]
        return self


class EndorseForm(PageForm):
    """The commander's look: agree with a declaration of one's own, or send back with a comment."""

    nothing_secret = BooleanField(_l("Tôi đã xem và khẳng định hồ sơ không có nội dung thuộc bí mật nhà nước."))
    comment = TextField(_l("Ý kiến"), max_length=FIELD_LIMITS["reason"])


class TrialForm(PageForm):
    """The planned end of a trial, or its report."""

    planned_end = DayField(_l("Ngày dự kiến kết thúc áp dụng thử"))
    ended_on = DayField(_l("Ngày kết thúc áp dụng thử"))
    report = TextField(_l("Báo cáo kết quả áp dụng thử"), max_length=FIELD_LIMITS["reason"])
    reason = TextField(_l("Lý do từ chối"), max_length=FIELD_LIMITS["reason"])


class FormalForm(PageForm):
    """The receiver's eight items with notes, and a date or reasons."""

    due_on = DayField(_l("Hạn bổ sung"), description=_l("Để trống: một tháng theo quy chế."))
    reason = TextField(_l("Lý do từ chối"), max_length=FIELD_LIMITS["reason"])

    def answers(self) -> dict[FormalItem, FormalAnswer]:
        """The answers to the items, open ones left out."""
        found = {}
        for item in FormalItem:
            chosen = {"ok": True, "not": False}.get(self[item.value].data)
            if chosen is not None:
                found[item] = FormalAnswer(chosen, getattr(self, f"note_{item.value}").data or "")
        return found


MET_OR_NOT = [SelectChoice("ok", _l("Đạt")), SelectChoice("not", _l("Chưa đạt"))]
for _item in FormalItem:
    setattr(
        FormalForm, _item.value,
        RadioField(_l(_item.label), choices=MET_OR_NOT, validators=[Optional()]),
    )  # fmt: skip
    setattr(FormalForm, f"note_{_item.value}", LineField(_l("Ghi chú"), max_length=1000))


class QuarantineForm(PageForm):
    """Hiding a proposal by its code."""

    code = LineField(_l("Mã hồ sơ"), [InputRequired(_l("Nhập mã hồ sơ."))], max_length=40)
    reason = TextField(_l("Lý do (không ghi nội dung mật)"), max_length=300)


class PurgeForm(PageForm):
    """Why hidden content has to go for good: a code, never words."""

    reason = SelectField(_l("Lý do xóa sạch"), choices=[SelectChoice(each.value, _l(each.label)) for each in PurgeReason])

    @property
    def reason_code(self) -> PurgeReason:
        """The reason chosen."""
        return PurgeReason(self.reason.data)


class GlassForm(PageForm):
    """Asking to read one proposal that one may not read."""

    code = LineField(_l("Mã hồ sơ"), [InputRequired(_l("Nhập mã hồ sơ."))], max_length=40)
    reason = SelectField(_l("Lý do"), choices=[SelectChoice(each.value, _l(each.label)) for each in GlassReason])
    note = TextField(
        _l("Nói rõ lý do"), max_length=300, description=_l("Người xác nhận và các tác giả đọc được; không ghi nội dung mật.")
    )

    @property
    def reason_code(self) -> GlassReason:
        """The reason chosen."""
        return GlassReason(self.reason.data)
