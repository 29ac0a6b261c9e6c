"""Break-glass: content is read by who otherwise may not, with a reason, a second person of another office, for a while.

Admins and security officers read no content.  Where a matter forces it, one of them asks for one proposal, and a security officer
or the deciding head confirms: another human being, holding another office than the one who asks, and no author.  Sheets, ballots
and the authors' confidential fields stay closed; quarantine closes everything.  The authors are told at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from innovations.core.rules.errors import N_, Forbidden, NotVisible, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.access import AuthorMayNotAct
from innovations.proposals.rules.facts import ProposalFacts

#: Who may ask, as what: the nearer to secrecy first.
ASKERS = (Role.SECURITY_OFFICER, Role.ADMIN)
#: Who may confirm, if it is not the office of the one who asks.
CONFIRMERS = (Role.SECURITY_OFFICER, Role.DECIDER)


#: How long a request waits for the second person: what forced it is looked at anew after a day.
WAITS = timedelta(hours=24)


class GlassReason(Labelled):
    """What forces it."""

    COMPLAINT = "complaint", N_("Giải quyết khiếu nại, tố cáo")
    INSPECTION = "inspection", N_("Thanh tra, kiểm tra")
    SECRECY = "secrecy", N_("Nghi có nội dung mật")
    REPAIR = "repair", N_("Khắc phục sự cố dữ liệu")


class NotAsker(Forbidden):
    """Neither admin nor security officer over the base."""

    message = N_("Chỉ quản trị hệ thống hoặc cán bộ bảo mật của đơn vị được đề nghị mở khẩn cấp.")


class NotConfirmer(Forbidden):
    """No other office than the asker's that may confirm."""

    message = N_("Cần cán bộ bảo mật hoặc thủ trưởng quyết định, giữ chức trách khác với người đề nghị, xác nhận.")


class AskerMayNotConfirm(Forbidden):
    """The same human being."""

    message = N_("Người đề nghị không tự xác nhận được; cần một người khác giữ chức trách khác.")


class NoGlassWaits(StateForbids):
    """It was confirmed, or ended, or lapsed meanwhile."""

    message = N_("Đề nghị này không còn chờ xác nhận; xin tải lại trang.")


class GlassEnded(StateForbids):
    """Nothing is open any more."""

    message = N_("Lần mở khẩn cấp này đã kết thúc.")


def check_may_ask(actor: Actor, facts: ProposalFacts) -> Role:
    """Return the office in which the actor asks.

    :raises NotVisible: never filed, or under quarantine: it is as if it did not exist.
    :raises NotAsker: no such office over the base.
    :raises AuthorMayNotAct: an author reads it anyway.
    """
    office = next((role for role in ASKERS if actor.holds(role, facts.base_unit_path)), None)
    if office is None:
        raise NotAsker
    if facts.quarantined or not facts.ever_submitted:
        raise NotVisible("code")
    if actor.person_id in facts.author_ids:
        raise AuthorMayNotAct
    return office


def check_may_confirm(actor: Actor, facts: ProposalFacts, asked_by: int, office: Role) -> None:
    """Refuse everybody but a second person of another office.

    :param asked_by: canonical person id of who asks; ``office``: in which they ask.
    :raises AskerMayNotConfirm: the same human being.
    :raises AuthorMayNotAct: an author.
    :raises NotConfirmer: no office that may, or the same one.
    """
    if actor.person_id == asked_by:
        raise AskerMayNotConfirm
    if actor.person_id in facts.author_ids:
        raise AuthorMayNotAct
    if not any(role != office and actor.holds(role, facts.base_unit_path) for role in CONFIRMERS):
        raise NotConfirmer


def may_confirm(actor: Actor, facts: ProposalFacts, asked_by: int, office: Role) -> bool:
    """Say whether the actor may be the second person."""
    try:
        check_may_confirm(actor, facts, asked_by, office)
    except Forbidden:
        return False
    return True


def waits(asked_at: datetime, confirmed_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether a request waits for the second person: neither confirmed nor ended, and asked within :data:`WAITS`."""
    return confirmed_at is None and ended_at is None and now < asked_at + WAITS


def reads(actor: Actor, facts: ProposalFacts, asked_by: int, office: Role, until: datetime | None, now: datetime) -> bool:
    """Say whether the glass is broken for the actor now: who asked, still in that office, before ``until``, nothing hidden."""
    still = until is not None and now < until and not facts.quarantined
    return still and actor.person_id == asked_by and actor.holds(office, facts.base_unit_path)
