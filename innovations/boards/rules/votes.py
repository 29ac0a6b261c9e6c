"""Opinions, their count, and the outcome that is computed from vote, quorum, points and floors.

No casting vote; blank, invalid and none are not agreeing.  The sealing itself is the secret vote's service; here are
the one length all sealed opinions have and the order ballots are written in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from innovations.boards.rules.quorum import Outlook
from innovations.boards.rules.scoring import Result
from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.rules.labels import Labelled

SEALED_LENGTH = 16  # bytes before sealing: every opinion has the same length, so a sealed one tells nothing


class Opinion(Labelled):
    """What a member says."""

    AGREE = "agree", N_("Đồng ý")
    DISAGREE = "disagree", N_("Không đồng ý")
    NONE = "none", N_("Không có ý kiến")


class VoteState(Labelled):
    """Where a vote stands; ``closing`` is between the last opinion and the destroyed key."""

    OPEN = "open", N_("Đang biểu quyết")
    CLOSING = "closing", N_("Đang kiểm phiếu")
    CLOSED = "closed", N_("Đã đóng")
    VOID = "void", N_("Bị hủy")


class VoteNotOpen(StateForbids):
    """An opinion came before the opening or after the close."""

    message = N_("Không có biểu quyết nào đang mở cho hồ sơ này.")


class VoteOpenedAlready(StateForbids):
    """One vote per item stands; only a void one is held again."""

    message = N_("Hồ sơ này đã mở biểu quyết trong phiên họp; mỗi mục chỉ có một lượt biểu quyết.")


class VotedAlready(StateForbids):
    """One seat, one vote; it cannot be changed, as nobody can find it again."""

    message = N_("Đồng chí đã biểu quyết; mỗi ghế một phiếu và không sửa được.")


class RollNeedsOpenVote(StateForbids):
    """The secretary records opinions by roll in an open vote only."""

    message = N_("Bỏ phiếu kín thì từng ủy viên tự bỏ phiếu; thư ký không ghi thay được.")


class VoteOnPaper(StateForbids):
    """The vote is held on printed ballots, which two tellers count."""

    message = N_("Mục này bỏ phiếu kín bằng giấy; kết quả do tổ kiểm phiếu nhập.")


class PaperNeedsSecretVote(StateForbids):
    """The rules ask for an open vote; a ballot would hide who says what."""

    message = N_("Quy chế của đợt xét này quy định biểu quyết công khai nên không phát phiếu kín.")


class NotAVoter(Invalid):
    """The roll names a seat that has no opinion in this item."""

    message = N_("Danh sách biểu quyết có người không được biểu quyết mục này; xin tải lại trang.")


class SealsNotCleared(StateForbids):
    """The log that still holds the seals could not be emptied because somebody was reading; nothing is lost."""

    message = N_("Chưa kết thúc được việc kiểm phiếu vì hệ thống đang bận; xin bấm “Đóng biểu quyết” lần nữa.")


def check_vote_open(state: VoteState | None) -> None:
    """Refuse an opinion while no vote is open.

    :raises VoteNotOpen: there is none, or it is closing or closed.
    """
    if state is not VoteState.OPEN:
        raise VoteNotOpen


def check_paper(*, secret: bool, on_paper: bool) -> None:
    """Refuse printed ballots where the rules ask for an open vote.

    :raises PaperNeedsSecretVote: they do.
    """
    if on_paper and not secret:
        raise PaperNeedsSecretVote


def check_not_on_paper(*, on_paper: bool) -> None:
    """Refuse what belongs to a vote by phone.

    :raises VoteOnPaper: the ballots are printed.
    """
    if on_paper:
        raise VoteOnPaper


class CountDoesNotAddUp(Invalid):
    """The numbers of the count record contradict each other."""

    message = N_("Số phiếu không khớp: phát %(issued)s, thu %(collected)s, hợp lệ %(valid)s, không hợp lệ %(invalid)s.")


@dataclass(frozen=True)
class Count:
    """The count record: ballots issued, returned and valid, and what the valid ones say."""

    issued: int
    collected: int
    invalid: int
    agree: int
    disagree: int
    blank: int

    @property
    def valid(self) -> int:
        """Ballots that could be read, blank ones included."""
        return self.agree + self.disagree + self.blank


def count_opinions(opinions: Iterable[Opinion | None], issued: int) -> Count:
    """Return the count of the ballots collected; None is a ballot that could not be read.

    :param issued: voters who could take part.
    :raises CountDoesNotAddUp: more were collected than issued.
    """
    collected = list(opinions)
    count = Count(
        issued=issued,
        collected=len(collected),
        invalid=collected.count(None),
        agree=collected.count(Opinion.AGREE),
        disagree=collected.count(Opinion.DISAGREE),
        blank=collected.count(Opinion.NONE),
    )
    check_count(count)
    return count


def check_count(count: Count) -> None:
    """Refuse a count record whose numbers contradict each other.

    :raises CountDoesNotAddUp: with the numbers.
    """
    adds_up = count.valid + count.invalid == count.collected <= count.issued
    if not adds_up or min(count.agree, count.disagree, count.blank, count.invalid) < 0:
        raise CountDoesNotAddUp(issued=count.issued, collected=count.collected, valid=count.valid, invalid=count.invalid)


class Condition(Labelled):
    """What recognition takes on the board's side."""

    QUORUM = "quorum", N_("Số ủy viên có mặt")
    APPROVALS = "approvals", N_("Số ý kiến đồng ý")
    POINTS = "points", N_("Tổng điểm")
    PASS_FLOORS = "pass_floors", N_("Mức sàn của tiêu chí")


@dataclass(frozen=True)
class Check:
    """One condition, met or not, with the numbers as text: "5" of "5", "49.99" of "50"."""

    condition: Condition
    met: bool
    actual: str
    needed: str


@dataclass(frozen=True)
class Outcome:
    """What the board's vote and points say; the conclusion may not differ from it."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every condition is met."""
        return all(check.met for check in self.checks)

    @property
    def failures(self) -> tuple[Check, ...]:
        """The conditions that are not met: all of them, not the first."""
        return tuple(check for check in self.checks if not check.met)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the record of the meeting."""
        rows = [
            {"condition": each.condition.value, "met": each.met, "actual": each.actual, "needed": each.needed}
            for each in self.checks
        ]
        return {"passed": self.passed, "checks": rows}


def outcome(count: Count, outlook: Outlook, points: Result) -> Outcome:
    """Return passed or failed with every condition (invariant 7, but for the decision itself)."""
    floors = ", ".join(points.failed_pass_floors)
    checks = (
        Check(Condition.QUORUM, outlook.has_quorum, str(outlook.present), str(outlook.quorum_needed)),
        Check(Condition.APPROVALS, count.agree >= outlook.needed, str(count.agree), str(outlook.needed)),
        Check(Condition.POINTS, points.reaches_pass_mark, str(points.total), str(points.pass_mark)),
        Check(Condition.PASS_FLOORS, not floors, floors, ""),
    )
    return Outcome(tuple(each for each in checks if each.condition is not Condition.POINTS or points.total is not None))


def padded(opinion: Opinion) -> bytes:
    """Return the bytes to be sealed, always :data:`SEALED_LENGTH` long."""
    return opinion.value.encode("ascii").ljust(SEALED_LENGTH, b"\0")


def unpadded(plain: bytes) -> Opinion | None:
    """Return the opinion of an opened seal, None for an invalid ballot."""
    if len(plain) != SEALED_LENGTH:
        return None
    known = {padded(opinion): opinion for opinion in Opinion}
    return known.get(plain)


def ballot_order(ballots: Iterable[tuple[str, Opinion]]) -> list[tuple[str, Opinion]]:
    """Return plain ballots in the order of their random keys, so that the order of casting is gone."""
    return sorted(ballots, key=lambda ballot: ballot[0])
