"""Forms of a meeting: its calling, attendance, one item's reasons and texts, the ballot."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, Optional

from innovations.boards.rules.conclusions import WAYS_BACK
from innovations.boards.rules.meetings import ABSENCE_MAX, DISCUSSION_MAX, PLACE_MAX, Mark
from innovations.boards.rules.votes import Opinion
from innovations.boards.services.meetings import MeetingData
from innovations.core.clock import today
from innovations.core.rules.numbers import whole, whole_or
from innovations.core.web.fields import DayField, LineField, TextField
from innovations.core.web.forms import PageForm


class MeetingForm(PageForm):
    """When, where and which reviews."""

    on = DayField(_l("Ngày họp"), [InputRequired(_l("Nhập ngày họp."))])
    starts = TimeField(_l("Giờ bắt đầu"), [Optional()])
    place = LineField(_l("Địa điểm"), max_length=PLACE_MAX)
    review_ids = SelectMultipleField(_l("Hồ sơ đưa ra họp"), coerce=whole, validate_choice=False)

    def data_sent(self) -> MeetingData:
        """What the form holds."""
        return MeetingData(
            self.on.data or today(), tuple(self.review_ids.data or ()), starts=self.starts.data, place=self.place.data or ""
        )


class AttendanceForm(PageForm):
    """Who is there: ``here`` holds the seats present, ``reason-<seat>`` why one is away."""

    here = SelectMultipleField(_l("Có mặt"), coerce=whole, validate_choice=False)
    reason = LineField(_l("Lý do vắng"), max_length=ABSENCE_MAX)

    def marks(self, seat_ids: list[int]) -> Mapping[int, Mark]:
        """A mark for each seat."""
        here = set(self.here.data or ())
        return {seat: Mark(seat in here, request.form.get(f"reason-{seat}", "")) for seat in seat_ids}


class DiscussionForm(PageForm):
    """What was said."""

    discussion = TextField(_l("Ý kiến thảo luận"), max_length=DISCUSSION_MAX)


class ConclusionForm(PageForm):
    """Words of the minutes; for a completion also the way back."""

    text = TextField(_l("Nội dung kết luận"), max_length=DISCUSSION_MAX)
    back_to = RadioField(_l("Sau khi hoàn thiện"), validate_choice=False)

    def offer(self) -> "ConclusionForm":
        """Set the ways back."""
        labels = (gettext("Chấm điểm lại"), gettext("Đưa thẳng ra họp"))
        self.back_to.choices = [(state.value, label) for state, label in zip(WAYS_BACK, labels, strict=True)]
        return self


class BallotForm(PageForm):
    """One opinion."""

    opinion = RadioField(_l("Ý kiến"), validators=[InputRequired(_l("Chọn một ý kiến."))])

    def offer(self) -> "BallotForm":
        """Set the opinions."""
        self.opinion.choices = [(each.value, gettext(each.label)) for each in Opinion]
        return self


def roll_sent() -> Mapping[int, Opinion]:
    """The roll of an open vote: fields ``opinion-<seat>``; seats left out and unknown words are skipped."""
    known = {each.value: each for each in Opinion}
    sent = ((name.removeprefix("opinion-"), value) for name, value in request.form.items() if name.startswith("opinion-"))
    return {whole_or(seat, 0): known[value] for seat, value in sent if value in known and whole_or(seat, 0)}
