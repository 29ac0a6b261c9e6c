"""The score sheet as a form: one part per criterion of the review's own set, made when the page is made.

A level button gives its band's points; a finer value may be typed.  Without JavaScript both arrive: the one that was changed
wins, told apart by ``was``, the points the page was drawn with.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from innovations.boards.paper_sheet_queries import SheetToKey
from innovations.boards.rules.sheets import REMARK_MAX, SheetProposal
from innovations.boards.services.scoring import COMMENT_MAX, SheetData
from innovations.boards.sheet_queries import OwnSheet
from innovations.core.formats import exact, named
from innovations.core.rules.numbers import whole_or
from innovations.core.web.fields import HundredthsField, LineField, TextField
from innovations.core.web.forms import PageForm, PagePart
from innovations.regulations.rules.criteria import CriteriaSet, Criterion, band_value, level_of

Made = TypeVar("Made", bound="ScoreForm")


class CriterionPart(PagePart):
    """What is sent for one criterion: ``<code>-level``, ``-points``, ``-na``, ``-comment``."""

    level = StringField()
    points = HundredthsField()
    was = HiddenField()
    na = BooleanField()
    comment = TextField(max_length=REMARK_MAX)

    def chosen_level(self, criterion: Criterion) -> int | None:
        """The level button pressed, if the criterion has it."""
        level = whole_or(self.level.data, 0)
        return level if 1 <= level <= criterion.levels else None

    def value_of(self, criterion: Criterion) -> Decimal | None:
        """The points meant, or None when there are none."""
        points, level = self.points.data, self.chosen_level(criterion)
        typed = (self.points.raw_data or [""])[0].strip() != (self.was.data or "")
        if points is None or (level is not None and not typed and level_of(criterion, points) != level):
            return band_value(criterion, level) if level is not None else points
        return points


class CriterionField(FormField):
    """A part that refusals can be put on, as on any other field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[str] = []

    @property
    def errors(self) -> list[str]:  # type: ignore[override]
        """Everything that is wrong with the criterion, in one list."""
        return [*(str(error) for errors in self.form.errors.values() for error in errors), *self.refusals]

    @errors.setter
    def errors(self, found: list[str]) -> None:
        own = {str(error) for errors in self.form.errors.values() for error in errors}
        self.refusals = [error for error in found if error not in own]


class ScoreForm(PageForm):
    """What every sheet has beside its criteria."""

    version = HiddenField()
    comment = TextField(_l("Nhận xét chung"), max_length=COMMENT_MAX)
    proposes = RadioField(_l("Đề nghị"), validate_choice=False)

    criteria: CriteriaSet

    @property
    def parts(self) -> list[tuple[Criterion, CriterionField]]:
        """Each criterion with its part."""
        return [(each, self._fields[each.code]) for each in self.criteria.criteria]

    def data_sent(self) -> SheetData:
        """What was filled in, as the use case takes it."""
        values: dict[str, Decimal | None] = {}
        for criterion, part in self.parts:
            points = part.form.value_of(criterion)
            if part.form.na.data or points is not None:
                values[criterion.code] = None if part.form.na.data else points
        return SheetData(
            values=values,
            remarks={criterion.code: part.form.comment.data or "" for criterion, part in self.parts},
            comment=self.comment.data or "",
            proposes=self.proposes.data or "",
            version=whole_or(self.version.data, 0),
        )


class KeyedForm(ScoreForm):
    """A paper sheet as a clerk keys it."""

    printed_code = LineField(_l("Mã in trên phiếu"), [InputRequired(_l("Nhập mã in trên phiếu."))], max_length=40)


def _part_data(sheet: OwnSheet | SheetToKey, criterion: Criterion) -> Mapping[str, Any]:
    value = sheet.values.get(criterion.code)
    return {
        "level": str(level_of(criterion, value)) if value is not None else "",
        "points": value,
        "was": exact(value) if value is not None else "",
        "na": criterion.code in sheet.values and value is None,
        "comment": sheet.remarks.get(criterion.code, ""),
    }


def keyed_form(sheet: SheetToKey, *, sent: bool) -> KeyedForm:
    """The form of a paper sheet; parameters as in :func:`score_form`."""
    return _form(sheet, KeyedForm, sent=sent)


def score_form(sheet: OwnSheet, *, sent: bool) -> ScoreForm:
    """The form of a sheet.

    :param sent: read what the request sent; else show what is stored.
    """
    return _form(sheet, ScoreForm, sent=sent)


def _form(sheet: OwnSheet | SheetToKey, kind: type[Made], *, sent: bool) -> Made:
    fields = {each.code: CriterionField(CriterionPart, label=named(each.name)) for each in sheet.criteria.criteria}
    made = type("CriteriaScoreForm", (kind,), {**fields, "criteria": sheet.criteria})
    stored: dict[str, Any] = {each.code: _part_data(sheet, each) for each in sheet.criteria.criteria}
    stored |= {name: getattr(sheet, name, "") for name in ("version", "comment", "proposes", "printed_code")}
    form: Made = made(data=stored) if sent else made(formdata=None, data=stored)
    form.proposes.choices = [(each.value, gettext(each.label)) for each in SheetProposal]
    return form


def _points_in_words(filled: SheetData | OwnSheet, criterion: Criterion) -> str:
    value = filled.values.get(criterion.code)
    if value is not None and criterion.is_gate:
        return gettext("có") if value else gettext("không")
    if value is not None:
        return exact(value)
    return gettext("không áp dụng") if criterion.code in filled.values else "–"


def in_words(filled: SheetData | OwnSheet, criteria: CriteriaSet) -> str:
    """A sheet as lines of text, to set beside another: ``"Tính mới: 24. Có điểm mới rõ"``."""
    lines = [
        f"{named(each.name)}: {_points_in_words(filled, each)}. {filled.remarks.get(each.code, '')}" for each in criteria.criteria
    ]
    return "\n".join([*(line.strip() for line in lines), filled.comment]).strip()
