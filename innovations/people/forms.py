"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from innovations.core.web.forms import PageForm


class SignInForm(PageForm):
    """Service number and password."""

    service_number = StringField(
        _l("Số hiệu"), [InputRequired(_l("Nhập số hiệu.")), Length(max=40, message=_l("Số hiệu dài nhất 40 ký tự."))]
    )
    password = PasswordField(_l("Mật khẩu"), [InputRequired(_l("Nhập mật khẩu.")), Length(max=200)])
    next = HiddenField()


class PasswordForm(PageForm):
    """Changing one's own password; ``code`` where the account has a second step."""

    old = PasswordField(_l("Mật khẩu hiện tại"), [InputRequired(_l("Nhập mật khẩu hiện tại.")), Length(max=200)])
    new = PasswordField(
        _l("Mật khẩu mới"),
        [InputRequired(_l("Nhập mật khẩu mới.")), Length(max=200, message=_l("Mật khẩu dài nhất 200 ký tự."))],
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu mới"),
        [InputRequired(_l("Nhập lại mật khẩu mới.")), EqualTo("new", _l("Hai lần nhập không giống nhau."))],
    )
    code = StringField(_l("Mã xác thực"), [Length(max=40)])


class CodeForm(PageForm):
    """A one-time code, or a recovery code instead."""

    code = StringField(_l("Mã xác thực"), [InputRequired(_l("Nhập mã xác thực.")), Length(max=40)])
    next = HiddenField()


class PresentPasswordForm(PageForm):
    """The password of one's own account, for what a stolen cookie must not do."""

    present = PasswordField(_l("Mật khẩu hiện tại"), [InputRequired(_l("Nhập mật khẩu hiện tại.")), Length(max=200)])


class BothForm(PresentPasswordForm, CodeForm):
    """Password and code: what changes the second step asks for both."""


class EmptyForm(PageForm):
    """A button."""
