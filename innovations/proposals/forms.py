"""Forms of the author's steps, and of the clerk who files for somebody else.

Drafts may be incomplete: the steps check what is typed, never whether it is all there; what is missing is told in one list at
the end (``rules/completeness``).
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import current_app, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, Optional

from innovations.core.rules.money import parse_percent
from innovations.core.rules.numbers import whole, whole_or
from innovations.core.rules.secrecy import looks_secret
from innovations.core.web.fields import DayField, HundredthsField, LineField, MoneyField, TextField
from innovations.core.web.forms import PageForm, PagePart
from innovations.proposals.rules.content import (
    AUTHORS_MAXIMUM,
    FIELD_LIMITS,
    TAGS_MAXIMUM,
    BenefitKind,
    Handling,
    InvestorKind,
    ProposalClass,
    SolutionType,
)

LINES_MAXIMUM = 12  # before/after lines of a proposal
YES_NO = [SelectChoice("yes", _l("Đúng")), SelectChoice("no", _l("Không"))]


def choices_of(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """Value and label of each member, in the reader's language."""
    return [(each.value, gettext(each.label)) for each in enum]  # type: ignore[attr-defined]


class DeclarationForm(PageForm):
    """The first step: that nothing in it is secret."""

    nothing_secret = BooleanField(_l("Tôi khẳng định hồ sơ này không có nội dung thuộc bí mật nhà nước."))
    base_unit_id = SelectField(_l("Cơ sở nhận đơn"), coerce=whole, validators=[Optional()])


class PaperForm(PageForm):
    """A clerk begins a proposal for somebody without an account."""

    nothing_secret = BooleanField(_l("Tôi khẳng định hồ sơ giấy này không có nội dung thuộc bí mật nhà nước."))
    author_name = LineField(_l("Họ tên tác giả"), [InputRequired(_l("Nhập họ tên tác giả."))], max_length=120)
    author_rank = LineField(_l("Cấp bậc"), max_length=40)
    unit_id = SelectField(_l("Đơn vị của tác giả"), coerce=whole)


class MarkedForm(PageForm):
    """A form that warns before anything is stored: what was typed looks like a secrecy marking until the author says it is none."""

    unmarked = BooleanField(_l("Tôi đã xem lại: đây không phải dấu độ mật. Vẫn lưu."))

    def markings(self) -> list[str]:
        """Secrecy markings found in what was sent."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what carries a marking, naming it, until the box is ticked; a warning, never a proof (domain §8)."""
        sound = bool(super().validate(extra_validators))
        found = self.markings()
        if not found or self.unmarked.data:
            return sound
        warning = gettext(
            "Có dấu hiệu ghi độ mật: %(found)s. Hồ sơ mật không được đưa vào hệ thống; chưa lưu gì.", found=", ".join(found)
        )
        self.unmarked.errors = [*self.unmarked.errors, warning]
        return False


class StepForm(MarkedForm):
    """What the steps share: the version of the text the author has before them, and the warning about markings."""

    version = HiddenField()

    @property
    def version_number(self) -> int:
        """The version as a number; 0, which is never current, for anything else."""
        return whole_or(self.version.data, 0)

    def markings(self) -> list[str]:
        """Secrecy markings found in what was typed."""
        lines = [part for field in self if isinstance(field, FieldList) for entry in field for part in entry.form]
        texts = [field.data for field in (*self, *lines) if isinstance(field, LineField | TextField) and field.data]
        return [found for text in texts for found in looks_secret(text)]

    @classmethod
    def stored_names(cls) -> list[str]:
        """Names of the fields whose values stand on the proposal under the same name."""
        return [name for name, field in vars(cls).items() if isinstance(field, UnboundField) and name not in {"version", "lines"}]

    def values(self) -> dict[str, Any]:
        """What the step sets on the proposal; a text that was not sent at all is left as it is."""
        return {
            field.short_name: field.data
            for field in self
            if field.short_name not in {"version", "csrf_token", "unmarked"}
            and (field.raw_data or not isinstance(field, LineField | TextField))
        }


class IdeaForm(StepForm):
    """Step 1: what it is."""

    title = LineField(
        _l("Tên sáng kiến"), max_length=FIELD_LIMITS["title"], description=_l("Làm gì, cho trang bị hay công việc nào.")
    )
    proposal_class = RadioField(_l("Hình thức"))
    solution_types = SelectMultipleField(_l("Loại giải pháp"), description=_l("Chọn một hoặc nhiều loại."))
    field_id = RadioField(_l("Lĩnh vực"), coerce=str, validators=[Optional()])
    investor_kind = RadioField(
        _l("Chủ đầu tư"), validators=[Optional()], description=_l("Ai chi tiền, vật tư để làm ra giải pháp.")
    )
    investor_name = LineField(_l("Tên chủ đầu tư"), max_length=FIELD_LIMITS["investor_name"])
    first_applied_on = DayField(
        _l("Ngày áp dụng lần đầu"), description=_l("Để trống nếu chưa áp dụng. Phải nộp trong 12 tháng kể từ ngày này.")
    )
    trial_from = DayField(_l("Áp dụng thử từ ngày"))
    trial_to = DayField(_l("Áp dụng thử đến ngày"))
    place = LineField(_l("Nơi áp dụng"), max_length=FIELD_LIMITS["place"])
    tags = LineField(_l("Từ khóa"), max_length=500, description=_l("Cách nhau bằng dấu chấm phẩy."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal_class.choices = choices_of(ProposalClass)
        self.solution_types.choices = choices_of(SolutionType)
        self.investor_kind.choices = choices_of(InvestorKind)
        self.field_id.choices = []

    def values(self) -> dict[str, Any]:
        """The chosen codes as the proposal stores them."""
        values = super().values()
        values["field_id"] = int(self.field_id.data) if self.field_id.data else None
        values["investor_kind"] = self.investor_kind.data or None
        values["tags"] = [tag.strip()[: FIELD_LIMITS["tag"]] for tag in (self.tags.data or "").split(";") if tag.strip()][
            :TAGS_MAXIMUM
        ]
        return values


class DescriptionForm(StepForm):
    """Step 2: how it was, what was done, what is new."""

    situation = TextField(
        _l("Hiện nay đang vướng gì?"),
        max_length=FIELD_LIMITS["situation"],
        description=_l("Ai làm, mất bao lâu, sai hỏng thế nào."),
    )
    content = TextField(
        _l("Nội dung giải pháp"), max_length=FIELD_LIMITS["content"], description=_l("Nguyên lý, cấu tạo hoặc cách tổ chức làm.")
    )
    steps = TextField(_l("Các bước thực hiện"), max_length=FIELD_LIMITS["steps"])
    novelty = TextField(
        _l("Điểm mới"), max_length=FIELD_LIMITS["novelty"], description=_l("Khác cách cũ và các giải pháp đã biết ở chỗ nào.")
    )
    not_mandatory = RadioField(
        _l("Giải pháp này chưa phải là quy trình bắt buộc phải thực hiện"), choices=YES_NO, validators=[Optional()]
    )
    conditions = TextField(_l("Điều kiện cần để áp dụng"), max_length=FIELD_LIMITS["conditions"])
    handling = RadioField(_l("Phạm vi phổ biến sau khi công nhận"))
    confidential = TextField(
        _l("Thông tin cần được bảo mật của tác giả"), max_length=FIELD_LIMITS["confidential"],
        description=_l("Chỉ tác giả, chỉ huy, người tiếp nhận và hội đồng đọc. Không phải bí mật nhà nước."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handling.choices = choices_of(Handling)

    def values(self) -> dict[str, Any]:
        """The yes/no answer as the proposal stores it."""
        values = super().values()
        values["not_mandatory"] = {"yes": True, "no": False}.get(self.not_mandatory.data)
        values["handling"] = self.handling.data or Handling.OPEN
        return values


class BenefitLine(PagePart):
    """One before/after line."""

    label = LineField(_l("Chỉ tiêu"), max_length=120)
    kind = SelectField(_l("Loại"))
    before = HundredthsField(_l("Trước"))
    after = HundredthsField(_l("Sau"))
    measure = LineField(_l("Đơn vị tính"), max_length=30)
    money_per_year = MoneyField(_l("Tiền làm lợi mỗi năm (đồng)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices_of(BenefitKind)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; such lines are left out."""
        return not any([self.label.data, self.before.data is not None, self.after.data is not None, self.money_per_year.data])


class BenefitForm(StepForm):
    """Step 3: what it brings, in words and in figures."""

    author_benefit = TextField(_l("Lợi ích theo đánh giá của tác giả"), max_length=FIELD_LIMITS["author_benefit"])
    applier_benefit = TextField(_l("Lợi ích theo đơn vị đã áp dụng"), max_length=FIELD_LIMITS["applier_benefit"])
    lines = FieldList(FormField(BenefitLine), min_entries=2, max_entries=LINES_MAXIMUM)

    def values(self) -> dict[str, Any]:
        """The texts; the lines are saved by their own use case."""
        return {name: value for name, value in super().values().items() if name != "lines"}

    def filled_lines(self) -> list[dict[str, Any]]:
        """The before/after lines that hold something."""
        return [
            {name: value for name, value in entry.form.data.items() if name != "csrf_token"}
            for entry in self.lines
            if not entry.form.is_empty
        ]


class AuthorForm(PageForm):
    """Naming a co-author: by service number, or by name for somebody without an account."""

    service_number = LineField(_l("Số hiệu của đồng tác giả"), max_length=40)
    free_name = LineField(_l("Hoặc họ tên, nếu chưa có tài khoản"), max_length=120)
    rank = LineField(_l("Cấp bậc"), max_length=40)


class SharesForm(PageForm):
    """Shares of all authors: fields ``share-<contribution id>`` in per cent; see :func:`shares_form`."""

    def shares(self) -> dict[int, Decimal]:
        """Contribution id → share.

        :raises NotADecimal: what was typed is no number.
        """
        typed = {field.name: field.data for field in self if field.name.startswith("share-")}
        return {whole(name[6:]): parse_percent(text or "0", name) for name, text in typed.items()}


def shares_form() -> SharesForm:
    """The form with as many shares as were sent."""
    names = [name for name in request.form if name.startswith("share-") and whole_or(name[6:], 0) > 0][:AUTHORS_MAXIMUM]
    fields = {name: LineField(_l("Tỷ lệ đóng góp"), max_length=20) for name in names}
    form: SharesForm = type("SentShares", (SharesForm,), fields)()
    return form


class UploadForm(MarkedForm):
    """Evidence files."""

    file = MultipleFileField(
        _l("Tệp minh chứng"), description=_l("Ảnh, PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV. Vị trí chụp được xóa khỏi ảnh.")
    )
    kind = RadioField(_l("Loại tệp"), default="evidence")
    nothing_secret = BooleanField(_l("Các tệp này không có nội dung thuộc bí mật nhà nước."))

    def markings(self) -> list[str]:
        """Secrecy markings in the names of the files."""
        return [found for each in self.file.data or [] for found in looks_secret(each.filename or "")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if current_app.config["ALLOW_VIDEO"]:
            self.file.description = gettext(
                "Ảnh, video MP4, PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV. Vị trí chụp được xóa khỏi ảnh và video."
            )
        self.kind.choices = [
            ("evidence", gettext("Minh chứng áp dụng")),
            ("photo", gettext("Ảnh hiện trạng")),
            ("consent", gettext("Trang xác nhận có chữ ký của đồng tác giả")),
            ("signed_scan", gettext("Bản quét đơn có chữ ký")),
            ("other", gettext("Khác")),
        ]


class SubmitForm(PageForm):
    """The last step: the declaration again, and off it goes."""

    nothing_secret = BooleanField(_l("Tôi khẳng định lại: hồ sơ không có nội dung thuộc bí mật nhà nước."))
