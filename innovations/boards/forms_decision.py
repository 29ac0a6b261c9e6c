"""Forms of the deciding head: a decision for one or many reviews, its correction, a revocation."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from innovations.boards.rules.decisions import NUMBER_MAX, SIGNER_MAX, CorrectionCode, RevocationReason
from innovations.boards.services.deciding import DecisionData
from innovations.core.rules.numbers import whole
from innovations.core.web.fields import DayField, LineField, TextField
from innovations.core.web.forms import PageForm

REASON_MAX = 2_000  # characters
DELEGATIONS = ("", "KT.", "TM.", "TUQ.")


class DecisionForm(PageForm):
    """What stands on the signed paper; number and date as the clerical registry gave them."""

    number = LineField(_l("Số quyết định"), [InputRequired(_l("Nhập số quyết định do văn thư cấp."))], max_length=NUMBER_MAX)
    decided_on = DayField(_l("Ngày ký"), [InputRequired(_l("Nhập ngày ký."))])
    delegated = SelectField(_l("Ký thay"), default="")
    signer_name = LineField(_l("Người ký"), max_length=SIGNER_MAX)
    signer_rank = LineField(_l("Cấp bậc"), max_length=40)
    signer_position = LineField(_l("Chức vụ"), max_length=SIGNER_MAX)
    superior_number = LineField(_l("Số văn bản đồng ý của cấp trên"), max_length=NUMBER_MAX)
    superior_on = DayField(_l("Ngày"))
    superior_signer = LineField(_l("Người ký văn bản"), max_length=SIGNER_MAX)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegated.choices = [(each, each or "–") for each in DELEGATIONS]

    def data_sent(self) -> DecisionData:
        """What the form holds."""
        texts = ("number", "signer_name", "signer_position", "signer_rank", "delegated", "superior_number", "superior_signer")
        sent = {name: self[name].data or "" for name in texts}
        return DecisionData(decided_on=self.decided_on.data, superior_on=self.superior_on.data, **sent)


class CorrectionForm(DecisionForm):
    """Other values of a decision on which certificates rest, and why."""

    code = SelectField(_l("Vì sao đính chính"), default=CorrectionCode.TYPED.value)

    def offer(self) -> "CorrectionForm":
        """Set the reasons."""
        self.code.choices = [(each.value, gettext(each.label)) for each in CorrectionCode]
        return self


class ManyForm(DecisionForm):
    """The same with the reviews it is about; ``reason`` where they are not recognised."""

    review_ids = SelectMultipleField(_l("Hồ sơ"), coerce=whole, validate_choice=False)
    reason = TextField(_l("Lý do không công nhận"), max_length=REASON_MAX)


class HoldForm(PageForm):
    """Reviews and the reasons of an outcome that is kept for later."""

    review_ids = SelectMultipleField(_l("Hồ sơ"), coerce=whole, validate_choice=False)
    reason = TextField(_l("Lý do không công nhận"), max_length=REASON_MAX)


class RevokeForm(DecisionForm):
    """A decision that takes a recognition back."""

    code = SelectField(_l("Lý do hủy bỏ"), default=RevocationReason.OTHER.value)
    reason = TextField(_l("Nói rõ lý do"), max_length=REASON_MAX)

    def offer(self) -> "RevokeForm":
        """Set the reasons."""
        self.code.choices = [(each.value, gettext(each.label)) for each in RevocationReason]
        return self
