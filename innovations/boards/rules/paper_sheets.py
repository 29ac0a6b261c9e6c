"""Score sheets on paper: the short code that ties a printed sheet to one member and one revision, and the two clerks who key it.

The code ``41-87-05`` holds the assignment, the revision and two check digits, so that a misread digit is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from innovations.boards.rules.access import check_takes_sheets
from innovations.boards.rules.refusals import NotNow
from innovations.core.rules.errors import N_, Forbidden, Invalid, StateForbids
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.access import check_official
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts, acting_secretary
from innovations.proposals.rules.states import State

CHECK = 97
PHOTOS_MAX = 6  # of one sheet and round: two pages, taken again twice
PHOTO_EXTENSIONS = frozenset({"jpg", "png", "webp", "pdf"})
_CODE = re.compile(r"\s*([0-9]{1,9})\s*[-–.]\s*([0-9]{1,9})\s*[-–.]\s*([0-9]{2})\s*")


class CodeMisread(Invalid):
    """What was typed is no code of a printed sheet."""

    message = N_("Mã phiếu không đúng; xin xem lại mã in dưới ô mã vạch, ví dụ 41-87-05.")


class SheetOfAnotherRound(Invalid):
    """The sheet was printed for an earlier text of the proposal."""

    message = N_("Phiếu này in cho vòng chấm trước (bản mô tả cũ); không nhập được vào vòng này.")


class SheetOfAnotherPerson(Invalid):
    """The sheet belongs to another member or another proposal."""

    message = N_("Mã này thuộc phiếu của người khác hoặc hồ sơ khác; xin chọn đúng tên trên phiếu.")


class NotClerk(Forbidden):
    """Paper sheets are keyed by the secretary and the standing office."""

    message = N_("Việc nhập phiếu giấy do ủy viên thư ký và cơ quan thường trực làm.")


class SheetSubmittedAlready(StateForbids):
    """The member's sheet is in, by screen or from paper."""

    message = N_("Ủy viên này đã nộp phiếu cho vòng chấm này; không nhập thêm phiếu giấy.")


class NotPhoto(Invalid):
    """Neither a picture nor a scan."""

    message = N_("Không nhận tệp “%(name)s”. Ảnh phiếu chấm là JPG, PNG, WebP hoặc bản quét PDF.")


class NoPhoto(Invalid):
    """Nothing was chosen."""

    message = N_("Chụp hoặc chọn ít nhất một ảnh của phiếu.")


class TooManyPhotos(Invalid):
    """A sheet has a page or two."""

    message = N_("Mỗi phiếu gửi nhiều nhất %(limit)d ảnh; thư ký đã có các ảnh gửi trước.")


def check_photo_file(name: str, extension: str) -> None:
    """Refuse what is no photo and no scan.

    :raises NotPhoto: the field is ``file``.
    """
    if extension not in PHOTO_EXTENSIONS:
        raise NotPhoto("file", name=name)


def _check_digits(assignment_id: int, revision_id: int) -> int:
    """Two digits after ISO 7064 (mod 97): every single wrong digit and every swap of neighbours is noticed."""
    return CHECK + 1 - int(f"{assignment_id}{revision_id:09d}00") % CHECK


def sheet_code(assignment_id: int, revision_id: int) -> str:
    """The code printed on a sheet: ``sheet_code(41, 87)`` → ``"41-87-…"``."""
    return f"{assignment_id}-{revision_id}-{_check_digits(assignment_id, revision_id):02d}"


def check_code(typed: str, assignment_id: int, revision_id: int) -> None:
    """Refuse the code of anything but this member's sheet in this round.

    :raises CodeMisread: no code, or a digit is wrong; :raises SheetOfAnotherPerson: another assignment.
    :raises SheetOfAnotherRound: another revision.
    """
    found = _CODE.fullmatch(typed)
    if found is None or int(found[3]) != _check_digits(int(found[1]), int(found[2])):
        raise CodeMisread("printed_code")
    if int(found[1]) != assignment_id:
        raise SheetOfAnotherPerson("printed_code")
    if int(found[2]) != revision_id:
        raise SheetOfAnotherRound("printed_code")


@dataclass(frozen=True)
class PaperSheet:
    """What stands on a paper sheet (as :class:`innovations.boards.services.scoring.SheetData`, without a version)."""

    values: Mapping[str, Decimal | None]
    remarks: Mapping[str, str]
    comment: str
    proposes: str

    def differing(self, other: PaperSheet) -> tuple[str, ...]:
        """Where the two are not the same: criterion codes, ``comment``, ``proposes``; remarks count by their words."""
        codes = {*self.values, *other.values, *self.remarks, *other.remarks}
        found = [code for code in sorted(codes) if self._at(code) != other._at(code)]
        plain = [each.name for each in fields(self) if each.name in ("comment", "proposes")]
        return (*found, *(name for name in plain if _words(getattr(self, name)) != _words(getattr(other, name))))

    def _at(self, code: str) -> tuple[bool, Decimal | None, str]:
        return code in self.values, self.values.get(code), _words(self.remarks.get(code, ""))


def _words(text: str) -> str:
    """Line ends and blanks of two clerks differ without meaning anything."""
    return " ".join(text.split())


def check_may_key(actor: Actor, facts: ProposalFacts, review: ReviewFacts, scorers: Collection[int]) -> None:
    """Printing and keying paper sheets: the secretary, registrar and receiver of the board's unit.

    :param scorers: persons who score the review: their own points come first, so they do not read others'.
    :raises Forbidden: anybody else, or barred from this review.
    :raises NotNow: scoring is not open.
    :raises ScoringNotOpen, ScoringEnded: the board's schedule takes no sheets today.
    """
    check_official(actor, facts, review)
    serves = any(actor.holds(role, review.unit_path) for role in (Role.REGISTRAR, Role.RECEIVER))
    if actor.person_id in scorers or not (serves or actor.person_id == acting_secretary(facts, review)):
        raise NotClerk
    if review.state is not State.SCORING:
        raise NotNow(state=review.state)
    check_takes_sheets(review)
