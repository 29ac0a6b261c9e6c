"""A purge takes two security officers: one proposes, another person confirms, and neither is an author (domain §5, §8)."""

from __future__ import annotations

from innovations.core.rules.errors import N_, Forbidden, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor
from innovations.proposals.rules.access import AuthorMayNotAct, may_quarantine
from innovations.proposals.rules.facts import ProposalFacts


class PurgeReason(Labelled):
    """Why the content has to go; a closed list, for a reason in words might itself hold the secret."""

    CLASSIFIED = "classified", N_("Có nội dung thuộc bí mật nhà nước")
    MARKED = "marked", N_("Mang dấu, ký hiệu độ mật")
    ORDERED = "ordered", N_("Theo yêu cầu của cơ quan bảo vệ bí mật nhà nước")
    PERSONAL = "personal", N_("Có dữ liệu cá nhân không được phép lưu")


class NotHidden(StateForbids):
    """What readers can still see is hidden first."""

    message = N_("Chỉ xóa sạch hồ sơ đang cách ly; xin cách ly trước.")


class PurgeWaits(StateForbids):
    """A purge was proposed and waits for the second person."""

    message = N_("Đã có đề nghị xóa sạch đang chờ người thứ hai; xin xác nhận hoặc rút đề nghị đó.")


class NoPurgeWaits(StateForbids):
    """Nobody proposed it, or it was taken back or carried out meanwhile."""

    message = N_("Không còn đề nghị xóa sạch nào đang chờ; xin tải lại trang.")


class NoPurgeYet(StateForbids):
    """Copies are ticked off once the content itself is gone."""

    message = N_("Chỉ đánh dấu bản sao đã hủy sau khi nội dung đã bị xóa sạch.")


class Purged(StateForbids):
    """The content is gone; number and dates stay."""

    message = N_("Nội dung hồ sơ đã bị xóa sạch nên không còn gì để làm.")


class SecondPersonNeeded(Forbidden):
    """Who proposed a purge does not confirm it, not through another account either."""

    message = N_("Người đề nghị không tự xác nhận được; cần một cán bộ bảo mật khác.")


def check_officer(actor: Actor, facts: ProposalFacts) -> None:
    """Refuse anybody but a security officer of the base or above who is no author.

    :raises Forbidden: no such officer.
    :raises AuthorMayNotAct: the officer is an author.
    """
    if not may_quarantine(actor, facts):
        raise Forbidden
    if actor.person_id in facts.author_ids:
        raise AuthorMayNotAct


def check_may_confirm(actor: Actor, facts: ProposalFacts, proposed_by: int) -> None:
    """Refuse everybody but another security officer than the one who proposed.

    :param proposed_by: that officer's canonical person id.
    :raises SecondPersonNeeded: it is the same human being.
    """
    check_officer(actor, facts)
    if actor.person_id == proposed_by:
        raise SecondPersonNeeded


def may_confirm(actor: Actor, facts: ProposalFacts, proposed_by: int) -> bool:
    """Say whether the actor may be the second person."""
    try:
        check_may_confirm(actor, facts, proposed_by)
    except Forbidden:
        return False
    return True
