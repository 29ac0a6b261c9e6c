"""The registrar's form for a unit's own Word template."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from innovations.core.rules.secrecy import looks_secret
from innovations.documents.intake import Upload
from innovations.proposals.forms import MarkedForm


class TemplateForm(MarkedForm):
    """The next version of a template."""

    file = FileField(_l("Tệp mẫu Word"), [FileRequired(_l("Chọn tệp mẫu."))])
    nothing_secret = BooleanField(_l("Mẫu này không có nội dung thuộc bí mật nhà nước."))

    def markings(self) -> list[str]:
        """Secrecy markings in the name of the file."""
        return looks_secret(self.file.data.filename) if self.file.data else []

    @property
    def upload(self) -> Upload:
        """The file as it arrives."""
        return Upload(self.file.data.filename, self.file.data.stream)
