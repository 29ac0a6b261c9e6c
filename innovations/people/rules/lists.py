"""Lists of units and of people as files hold them: which columns, and what a row says."""

from __future__ import annotations

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.labels import Labelled
from innovations.core.rules.text import fold

UNIT_HEADERS = {
    "code": "Mã đơn vị", "name": "Tên đơn vị", "short_name": "Tên ngắn", "parent": "Đơn vị cấp trên", "level": "Cấp",
    "kind": "Loại", "place": "Nơi đóng quân", "is_base": "Là cơ sở",
}  # fmt: skip
PEOPLE_HEADERS = {
    "service_number": "Số hiệu", "full_name": "Họ và tên", "rank": "Cấp bậc", "position": "Chức vụ", "unit": "Mã đơn vị",
    "category": "Đối tượng", "qualification": "Trình độ", "born_on": "Ngày sinh",
}  # fmt: skip
_YES = {"1", "x", "co", "yes", "true"}
_NO = {"", "0", "khong", "no", "false"}


class RowRefused(Invalid):
    """A row of a list cannot be stored; nothing of the list is."""

    message = N_("Dòng %(row)s: %(reason)s")


class NotAChoice(Invalid):
    """The cell holds none of the words the column takes."""

    message = N_("Không rõ “%(value)s”; nhận: %(known)s.")


def choice(text: str, kinds: type[Labelled], column: str) -> Labelled:
    """Return the member named by its value or its Vietnamese label, accents and case apart.

    :raises NotAChoice: naming what is taken.
    """
    known = {fold(word): member for member in kinds for word in (member.value, member.label)}
    found = known.get(fold(text.strip()))
    if found is None:
        raise NotAChoice(column, value=text.strip()[:40], known=list(kinds))
    return found


def yes_or_no(text: str, column: str) -> bool:
    """Return whether the cell says yes: ``x``, ``1``, ``có``; empty says no.

    :raises NotAChoice: for other words.
    """
    plain = fold(text.strip())
    if plain not in _YES | _NO:
        raise NotAChoice(column, value=text.strip()[:40], known=["x", "1", "0"])
    return plain in _YES
