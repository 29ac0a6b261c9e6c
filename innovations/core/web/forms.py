"""What every form is made from: WTForms' own sentences in the reader's language.

WTForms ships no Vietnamese; a form made from ``FlaskForm`` itself would refuse a Vietnamese reader in English.
"""

import re
from typing import Any

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import FileField, Form

from innovations.core.rules.errors import N_
from innovations.core.web.received import looked_at

#: WTForms' sentence → ours.
SENTENCES = {
    "This field is required.": N_("Cần nhập hoặc chọn mục này."),
    "Not a valid choice.": N_("Lựa chọn này không có trong danh sách."),
    "Not a valid choice": N_("Lựa chọn này không có trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Lựa chọn này không có trong danh sách."),
    "'%(value)s' is not a valid choice for this field.": N_("Lựa chọn này không có trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("Lựa chọn này không có trong danh sách."),
    "Not a valid integer value.": N_("Nhập một số nguyên."),
    "Not a valid time value.": N_("Nhập giờ và phút, ví dụ 14:30."),
    "Number must be at least %(min)s.": N_("Nhập số không nhỏ hơn %(min)s."),
    "Number must be at most %(max)s.": N_("Nhập số không lớn hơn %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Nhập số từ %(min)s đến %(max)s."),
    "Field cannot be longer than %(max)d character.": N_("Dài nhất %(max)d ký tự."),
}
SENDING = ("POST", "PUT", "PATCH", "DELETE")
#: For what the library may newly say: a reader is not answered in its words.
OTHERWISE = N_("Giá trị không hợp lệ; xin nhập lại.")


class OwnSentences:
    """What WTForms asks for its words."""

    def gettext(self, text: str) -> str:
        """A sentence of WTForms → the reader's."""
        return gettext(SENTENCES.get(text, OTHERWISE)) if text else ""

    def ngettext(self, one: str, _many: str, _number: int) -> str:
        """Ours need no plural: the number is a limit."""
        return self.gettext(one)


class PagePart(Form):
    """A group of fields inside a form, with our sentences."""

    class Meta:
        def get_translations(self, _form: Any) -> OwnSentences:
            """Called by WTForms for each form."""
            return OwnSentences()


#: How fields of pages are named: WTForms takes the ``²`` of ``lines-²-kind`` for a number, and a number of 5,000 digits, and breaks.
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")


def _sent(form: Form) -> ImmutableMultiDict[str, Any] | None:
    """What a page can have sent with the form: texts for its fields, files for its fields of files; None when there is nothing.

    Nobody reads a file's bytes before they were looked at.  A file under the name of a text would reach rules that are written for texts; a body of JSON is no form of a page.
    """
    texts = [pair for pair in request.form.items(multi=True) if FIELD_NAME.fullmatch(pair[0])]
    sent = request.files.items(multi=True)
    files = [(name, looked_at(file)) for name, file in sent if isinstance(form._fields.get(name), FileField)]
    return ImmutableMultiDict([*files, *texts]) if files or texts else None


class PageForm(FlaskForm):
    """A form of a page: with its key against forgery and our sentences."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """What the form is read from: as handed over, else from the request when that sends something."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            return _sent(form) if request.method in SENDING else None

        def get_translations(self, _form: Any) -> OwnSentences:
            """Called by WTForms for each form."""
            return OwnSentences()
