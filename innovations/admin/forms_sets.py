"""Forms of rule sets and criteria sets: every number of the regulation that a registrar may set."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired

from innovations.admin.forms import labelled
from innovations.core.rules.numbers import whole
from innovations.core.rules.shares import format_share, parse_share
from innovations.core.web.fields import DayField, HundredthsField, LineField, ShareField, TextField, WholeField
from innovations.core.web.forms import PageForm, PagePart
from innovations.regulations.rules.criteria import LEVELS, CriteriaSet, Criterion, Grade, Measure, code_for
from innovations.regulations.rules.rulesets import ApprovalBase, LegalBasis, RuleSet, VoteMode
from innovations.regulations.services.sets import SET_NAME_MAX
from innovations.regulations.set_queries import CriteriaSetShown, RuleSetShown

SPARE_LINES = 2  # empty lines after the stored ones; a line without a name is left out
CRITERIA_MAXIMUM, GRADES_MAXIMUM, BASES_MAXIMUM = 12, 8, 12


class CopyForm(PageForm):
    """A unit's own copy of a set."""

    name = LineField(_l("Tên bộ mới"), [InputRequired(_l("Nhập tên bộ mới."))], max_length=SET_NAME_MAX)
    unit_id = SelectField(_l("Cho đơn vị"), coerce=whole)


class _SetForm(PageForm):
    """What both kinds share: name, whether it is in use, and the version that was open."""

    seen = HiddenField()
    name = LineField(_l("Tên bộ"), [InputRequired(_l("Nhập tên bộ."))], max_length=SET_NAME_MAX)
    active = BooleanField(_l("Đang dùng: được chọn cho đợt xét mới"))

    @property
    def seen_at(self) -> datetime | None:
        """The version that was open; ``None``, which is never current, for anything else."""
        try:
            return datetime.fromisoformat(self.seen.data or "")
        except ValueError:
            return None


class BasisLine(PagePart):
    """A legal basis with the days on which it is in force."""

    text = LineField(_l("Văn bản"), max_length=300)
    since = DayField(_l("Hiệu lực từ"))
    until = DayField(_l("Đến hết"))


def _months(label: Any) -> WholeField:
    return WholeField(label, [InputRequired(_l("Nhập một số nguyên."))])


class RuleSetForm(_SetForm):
    """The numbers one review runs by."""

    valid_from = DayField(_l("Áp dụng từ ngày"), [InputRequired(_l("Nhập ngày áp dụng."))])
    formal_months = _months(_l("Kiểm tra hình thức trong"))
    fix_months = _months(_l("Tác giả bổ sung trong"))
    result_months = _months(_l("Kết quả công nhận trong"))
    filing_window_months = _months(_l("Nộp đơn sau lần áp dụng đầu trong"))
    revise_months = _months(_l("Hoàn thiện theo kết luận trong"))
    unit_review_days = _months(_l("Chỉ huy đơn vị xem trong"))
    reviewer_days = _months(_l("Ủy viên chấm trong"))
    climb_secretary_days = _months(_l("Quá hạn thì báo thư ký sau"))
    climb_head_days = _months(_l("Báo thủ trưởng đơn vị sau"))
    climb_parent_days = _months(_l("Báo cơ quan cấp trên sau"))
    complaint_months = _months(_l("Nhận khiếu nại trong"))
    complaint_answer_months = _months(_l("Trả lời khiếu nại trong"))
    unit_review = BooleanField(_l("Chỉ huy đơn vị của tác giả xem trước khi nộp lên cơ sở"))
    minimum_author_share = HundredthsField(_l("Tỷ lệ đóng góp tối thiểu của mỗi tác giả"))
    board_minimum = _months(_l("Hội đồng có ít nhất"))
    board_maximum = _months(_l("Hội đồng có nhiều nhất"))
    quorum = ShareField(_l("Tỷ lệ có mặt để họp"), [InputRequired(_l("Nhập tỷ lệ, ví dụ 2/3."))])
    approval = ShareField(_l("Tỷ lệ đồng ý để thông qua"), [InputRequired(_l("Nhập tỷ lệ, ví dụ 2/3."))])
    approval_base = SelectField(_l("Tỷ lệ đồng ý tính trên"))
    vote_mode = SelectField(_l("Cách biểu quyết"))
    recusal_lowers_base = BooleanField(_l("Ủy viên không tham gia vì xung đột lợi ích thì không tính vào tổng số"))
    minimum_scorers = _months(_l("Số phiếu chấm tối thiểu"))
    drop_extremes = BooleanField(_l("Bỏ một phiếu cao nhất và một phiếu thấp nhất"))
    drop_extremes_minimum = _months(_l("Chỉ bỏ khi có ít nhất"))
    blind_authors = BooleanField(_l("Người chấm không biết tác giả cho đến khi chốt phiếu"))
    sheets_follow = BooleanField(_l("Khi đề nghị cấp trên, hội đồng cấp trên đọc được tổng hợp điểm, không ghi tên"))
    rescale_unscored = BooleanField(_l("Tiêu chí không ai chấm thì bỏ ra và quy về thang 100"))
    spread_flag = HundredthsField(_l("Báo chênh lệch giữa các phiếu khi trên"), [InputRequired(_l("Nhập số điểm."))])
    army_is_state_paid = BooleanField(_l("Chủ đầu tư là đơn vị quân đội thì coi như Nhà nước đầu tư"))
    superior_is_conflict = BooleanField(_l("Chỉ huy trực tiếp của tác giả không được chấm, biểu quyết"))
    subordinate_is_conflict = BooleanField(_l("Cấp dưới trực tiếp của tác giả không được chấm, biểu quyết"))
    same_subunit_is_conflict = BooleanField(_l("Người cùng phân đội với tác giả không được chấm, biểu quyết"))
    legal_bases = FieldList(FormField(BasisLine), max_entries=BASES_MAXIMUM)

    def offer(self) -> RuleSetForm:
        """Set what may be chosen."""
        self.approval_base.choices, self.vote_mode.choices = labelled(ApprovalBase), labelled(VoteMode)
        return self

    @classmethod
    def of(cls, shown: RuleSetShown) -> RuleSetForm:
        """The form with what is stored."""
        data = {name: getattr(shown.rules, name) for name in cls.rule_names()}
        bases: list[dict[str, Any]] = [vars(basis) for basis in shown.rules.legal_bases]
        data["legal_bases"] = [*bases, *({} for _ in range(SPARE_LINES))][:BASES_MAXIMUM]
        data |= {"valid_from": shown.valid_from, "active": shown.line.active, "seen": shown.seen.isoformat()}
        return cls(formdata=None, data=data).offer()

    @classmethod
    def rule_names(cls) -> list[str]:
        """Fields that stand in the rule set under the same name."""
        declared = {name for name, field in [*vars(cls).items(), ("name", cls.name)] if isinstance(field, UnboundField)}
        return sorted(declared & set(RuleSet.__dataclass_fields__))

    def rules(self, stored: RuleSet) -> RuleSet:
        """The set as typed; what the form does not show stays as it was."""
        typed = {name: self[name].data for name in self.rule_names()}
        typed["legal_bases"] = tuple(
            LegalBasis(line.form.text.data, line.form.since.data, line.form.until.data)
            for line in self.legal_bases
            if line.form.text.data
        )
        typed |= {"approval_base": ApprovalBase(self.approval_base.data), "vote_mode": VoteMode(self.vote_mode.data)}
        return RuleSet(**{**vars(stored), **typed})


class FloorsField(LineField):
    """Floors per grade in one line: ``A 75 %; B 50 %``."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse a part that is no grade with a share."""
        super().process_formdata(valuelist)
        self.floors()

    def floors(self) -> dict[str, Fraction]:
        """Grade → share of the maximum.

        :raises ValueError: a part cannot be read; the sentence names it.
        """
        found = {}
        for part in filter(None, (each.strip() for each in (self.data or "").split(";"))):
            grade, _space, share = part.partition(" ")
            if not share:
                raise ValueError(gettext("“%(part)s” chưa đúng; viết loại rồi tỷ lệ, ví dụ A 75 %%.", part=part))
            found[grade] = parse_share(share)
        return found


class CriterionLine(PagePart):
    """One criterion; without a name it is left out.  A gate says no and yes in its two lines."""

    code = HiddenField()
    name = LineField(_l("Tên tiêu chí"), max_length=120)
    measure = SelectField(_l("Cách chấm"), default=Measure.POINTS.value)
    maximum = HundredthsField(_l("Điểm tối đa"))
    pass_floor = ShareField(_l("Sàn để được công nhận"))
    comment_required_below = ShareField(_l("Phải nhận xét khi dưới"))
    comment_required_above = ShareField(_l("Phải nhận xét khi trên"))
    grade_floors = FloorsField(_l("Sàn theo loại"), max_length=120)
    bands = TextField(_l("Mô tả từng mức, mỗi dòng một mức"), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure.choices = labelled(Measure)


class GradeLine(PagePart):
    """A grade; without a name it is left out."""

    name = LineField(_l("Tên loại"), max_length=30)
    minimum = HundredthsField(_l("Từ điểm"))


class CriteriaSetForm(_SetForm):
    """Criteria, grades and the pass mark."""

    pass_mark = HundredthsField(_l("Điểm đạt"), [InputRequired(_l("Nhập điểm đạt."))])
    grades = FieldList(FormField(GradeLine), max_entries=GRADES_MAXIMUM)
    criteria = FieldList(FormField(CriterionLine), max_entries=CRITERIA_MAXIMUM)

    @classmethod
    def of(cls, shown: CriteriaSetShown) -> CriteriaSetForm:
        """The form with what is stored."""
        spare: list[dict[str, Any]] = [{} for _ in range(SPARE_LINES)]
        data = {
            "name": shown.criteria.name, "active": shown.line.active, "seen": shown.seen.isoformat(),
            "pass_mark": shown.criteria.pass_mark,
            "grades": [*(vars(each) for each in shown.criteria.grades), *spare][:GRADES_MAXIMUM],
            "criteria": [*map(_typed, shown.criteria.criteria), *spare][:CRITERIA_MAXIMUM],
        }  # fmt: skip
        return cls(formdata=None, data=data)

    def criteria_set(self) -> CriteriaSet:
        """The set as typed; a new criterion gets a code made from its name."""
        lines = [line.form for line in self.criteria if line.form.name.data]
        taken = {line.code.data for line in lines if line.code.data}
        criteria = []
        for line in lines:
            code = line.code.data or code_for(line.name.data, taken)
            taken.add(code)
            criteria.append(_criterion(code, line))
        grades = [Grade(line.form.name.data, line.form.minimum.data or Decimal(0)) for line in self.grades if line.form.name.data]
        ordered = tuple(sorted(grades, key=lambda grade: grade.minimum, reverse=True))
        return CriteriaSet(self.name.data or "", tuple(criteria), ordered, self.pass_mark.data)


def _typed(criterion: Criterion) -> dict[str, Any]:
    floors = "; ".join(f"{grade} {format_share(floor)}" for grade, floor in criterion.grade_floors.items())
    return {**vars(criterion), "grade_floors": floors, "bands": "\n".join(criterion.bands)}


def _criterion(code: str, line: Any) -> Criterion:
    bands = tuple(text.strip() for text in (line.bands.data or "").splitlines() if text.strip())
    return Criterion(
        code, line.name.data, line.maximum.data or Decimal(0), line.pass_floor.data, line.grade_floors.floors(),
        line.comment_required_below.data, line.comment_required_above.data, bands[: LEVELS + 1], Measure(line.measure.data),
    )  # fmt: skip
