"""Forms for files of a board: minutes that are attached, photos of paper sheets."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField

from innovations.boards.rules.attached_minutes import NOTE_MAX, MinutesKind
from innovations.boards.services.attached_minutes import MinutesData
from innovations.boards.services.sheet_photos import PhotoData
from innovations.core.rules.numbers import whole_or
from innovations.core.rules.secrecy import looks_secret
from innovations.core.web.fields import LineField
from innovations.documents.intake import Upload
from innovations.proposals.forms import MarkedForm


class MinutesForm(MarkedForm):
    """The next version of the minutes."""

    file = FileField(_l("Tệp biên bản"), [FileRequired(_l("Chọn tệp biên bản."))])
    kind = RadioField(_l("Loại biên bản"), validate_choice=False)
    note = LineField(_l("Nội dung thay đổi"), max_length=NOTE_MAX)
    nothing_secret = BooleanField(_l("Biên bản này không có nội dung thuộc bí mật nhà nước."))

    def offer(self, *, closed: bool) -> "MinutesForm":
        """Choose beforehand what is expected next: once the meeting is ``closed``, the signed minutes."""
        self.kind.data = (MinutesKind.SIGNED if closed else MinutesKind.EDITED).value
        return self

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(each.value, gettext(each.label)) for each in MinutesKind]

    def markings(self) -> list[str]:
        """Secrecy markings in the name of the file and in the note."""
        texts = (self.file.data.filename if self.file.data else "", self.note.data or "")
        return [found for text in texts for found in looks_secret(text)]

    def data_sent(self) -> MinutesData:
        """What the form holds."""
        file = self.file.data
        return MinutesData(
            Upload(file.filename, file.stream), self.kind.data or "", self.note.data or "", self.nothing_secret.data
        )


class PhotoForm(MarkedForm):
    """Photos of a filled paper sheet: ``shot`` by the camera of a telephone, ``file`` chosen; both are taken."""

    shot = MultipleFileField(_l("Chụp phiếu bằng máy ảnh"))
    file = MultipleFileField(_l("Chọn ảnh hoặc bản quét của phiếu"))
    revision = HiddenField()
    nothing_secret = BooleanField(_l("Ảnh này chỉ có phiếu chấm, không có nội dung thuộc bí mật nhà nước."))

    def _sent(self) -> list[Any]:
        return [each for field in (self.shot, self.file) for each in field.data or [] if each and each.filename]

    def markings(self) -> list[str]:
        """Secrecy markings in the names of the files."""
        return [found for each in self._sent() for found in looks_secret(each.filename)]

    def data_sent(self) -> PhotoData:
        """What the form holds; a revision that is no number is none."""
        uploads = tuple(Upload(each.filename, each.stream) for each in self._sent())
        return PhotoData(uploads, whole_or(self.revision.data, 0), self.nothing_secret.data)
