"""Forms of the admin's and the registrar's pages."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from innovations.core.rules.labels import Labelled
from innovations.core.rules.numbers import whole
from innovations.core.web.fields import DayField, LineField, WholeField
from innovations.core.web.forms import PageForm
from innovations.people.queries import UnitRow
from innovations.people.rules.proving import PAPER_LENGTH, Proof
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level, PersonCategory, UnitKind


def labelled(kinds: Iterable[Labelled]) -> list[tuple[str, str]]:
    """Choices of a closed list in the reader's language."""
    return [(kind.value, gettext(kind.label)) for kind in kinds if isinstance(kind, StrEnum)]


def unit_choices(units: Iterable[UnitRow]) -> list[tuple[int, str]]:
    """Choices of units, drawn as a tree."""
    return [(unit.id, f"{'– ' * unit.depth}{unit.name} ({unit.code})") for unit in units]


class EmptyForm(PageForm):
    """A button without fields."""


class RegisterForm(PageForm):
    """A register file and where it goes."""

    unit_id = SelectField(_l("Đơn vị của sổ"), coerce=whole)
    file = FileField(_l("Tệp sổ (CSV UTF-8 hoặc XLSX)"), [FileRequired(_l("Chọn tệp sổ."))])
    skip_bad_rows = BooleanField(_l("Bỏ qua các dòng lỗi, nhập các dòng đúng"))
    create_units = BooleanField(_l("Tạo đơn vị mới khi sổ có đơn vị chưa có trong cây"))


class ListForm(PageForm):
    """A list of units or of people."""

    file = FileField(_l("Tệp danh sách (CSV UTF-8 hoặc XLSX)"), [FileRequired(_l("Chọn tệp danh sách."))])


class UnitForm(PageForm):
    """A unit of the tree."""

    code = LineField(_l("Mã đơn vị"), [InputRequired(_l("Nhập mã đơn vị."))], max_length=40)
    name = LineField(_l("Tên đơn vị"), [InputRequired(_l("Nhập tên đơn vị."))])
    short_name = LineField(_l("Tên ngắn"), max_length=60)
    level = SelectField(_l("Cấp"))
    kind = SelectField(_l("Loại"))
    place = LineField(_l("Nơi đóng quân"), max_length=100)
    is_base = BooleanField(_l("Là cơ sở công nhận sáng kiến"))
    head_number = LineField(_l("Số hiệu của người đứng đầu"), max_length=40)

    def offer(self) -> UnitForm:
        """Set what may be chosen."""
        self.level.choices = labelled(Level)
        self.kind.choices = [("", "–"), *labelled(UnitKind)]
        return self


class MoveForm(PageForm):
    """Where a unit hangs."""

    parent_id = SelectField(_l("Đơn vị cấp trên mới"), coerce=whole)


class PersonForm(PageForm):
    """A person; ``service_number`` only when the account is made with it."""

    service_number = LineField(_l("Số hiệu đăng nhập"), max_length=40)
    full_name = LineField(_l("Họ và tên"), [InputRequired(_l("Nhập họ tên."))], max_length=120)
    rank = LineField(_l("Cấp bậc"), max_length=40)
    position = LineField(_l("Chức vụ"), max_length=120)
    qualification = LineField(_l("Trình độ"), max_length=120)
    born_on = DayField(_l("Ngày sinh"))
    category = SelectField(_l("Đối tượng"))
    unit_id = SelectField(_l("Đơn vị"), coerce=whole)

    def offer(self, units: Iterable[UnitRow]) -> PersonForm:
        """Set what may be chosen."""
        self.category.choices = labelled(PersonCategory)
        self.unit_id.choices = unit_choices(units)
        return self


class GrantForm(PageForm):
    """A role at a unit."""

    role = SelectField(_l("Vai trò"))
    unit_id = SelectField(_l("Tại đơn vị"), coerce=whole)
    from_on = DayField(_l("Từ ngày"), [InputRequired(_l("Nhập ngày bắt đầu."))])
    to_on = DayField(_l("Đến ngày"))

    def offer(self, units: Iterable[UnitRow]) -> GrantForm:
        """Set what may be chosen."""
        self.role.choices = labelled(Role)
        self.unit_id.choices = unit_choices(units)
        return self


class DeputyForm(PageForm):
    """Who holds a role while its holder is away."""

    deputy_number = LineField(_l("Số hiệu của người thay"), max_length=40)
    away_from = DayField(_l("Vắng từ ngày"))
    away_to = DayField(_l("Đến hết ngày"))


class ProofForm(PageForm):
    """How somebody who lost the second step proved who they are."""

    proof = SelectField(_l("Đã xác minh bằng cách"), choices=[SelectChoice(each.value, _l(each.label)) for each in Proof])
    proved_by = LineField(
        _l("Số hiệu của người xác minh"), max_length=40, description=_l("Để trống nếu chính đồng chí đã xác minh.")
    )
    proved_on = DayField(_l("Ngày xác minh"), [InputRequired(_l("Nhập ngày xác minh."))])
    paper = LineField(
        _l("Số văn bản của chỉ huy"),
        max_length=PAPER_LENGTH,
        description=_l("Chỉ khi chỉ huy xác nhận bằng văn bản; không ghi số giấy tờ của quân nhân."),
    )


class LinkForm(PageForm):
    """Two records of one human being."""

    same_as_id = WholeField(_l("Số hồ sơ của cùng người này"), [InputRequired(_l("Nhập số hồ sơ."))])
    reason = LineField(_l("Lý do"), [InputRequired(_l("Ghi lý do."))], max_length=300)


class CampaignForm(PageForm):
    """A campaign of a base."""

    name = LineField(_l("Tên đợt xét"), [InputRequired(_l("Nhập tên đợt xét."))])
    year = WholeField(_l("Năm"), [InputRequired(_l("Nhập năm.")), NumberRange(2000, 2100)])
    unit_id = SelectField(_l("Đơn vị"), coerce=whole)
    opens_on = DayField(_l("Mở từ ngày"), [InputRequired(_l("Nhập ngày mở."))])
    closes_on = DayField(_l("Đóng sau ngày"))
    rule_set_id = SelectField(_l("Bộ quy tắc"), coerce=whole)
    criteria_set_id = SelectField(_l("Bộ tiêu chí"), coerce=whole)


class FieldForm(PageForm):
    """A field of work."""

    name = LineField(_l("Tên lĩnh vực"), [InputRequired(_l("Nhập tên lĩnh vực."))], max_length=100)
    name_en = LineField(_l("Tên tiếng Anh"), max_length=100)
    active = BooleanField(_l("Còn dùng"), default=True)


class DayForm(PageForm):
    """A holiday, or a weekend day that is worked."""

    on = DayField(_l("Ngày"), [InputRequired(_l("Nhập ngày."))])
    works = BooleanField(_l("Làm bù (ngày nghỉ nhưng vẫn làm việc)"))
    name = LineField(_l("Tên ngày"), max_length=100)
