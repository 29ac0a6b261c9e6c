"""How somebody who lost the second step proved who they are, before it is taken away (OWASP ASVS 5.0, 6.4.4).

Kept are a code, who established it, the day and the number of a paper: no card number, no word of anybody's.  For those whose
role or seat must have a second step a second human being of another office confirms it, as for breaking the glass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from innovations.core.rules.errors import N_, Forbidden, Invalid, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor, Role

#: A proof older than this says nothing of who asks now.
PROOF_DAYS = 7
#: How long it waits for the second person: then the proof is looked at anew.
WAITS = timedelta(hours=24)
#: A role that was taken away asks for the second person so long after: taking it away first is no way around.
ROLE_REMEMBERED = timedelta(days=30)
#: Who may be the second person; the admin who asks holds another office.
CONFIRMERS = (Role.SECURITY_OFFICER, Role.DECIDER)
#: ``12/GXN-d1``: number, stroke, signs of the office.  Nothing a sentence or a name fits into.
PAPER_LENGTH = 24
_PAPER = re.compile(r"[0-9]{1,5}/[A-Za-z\u0110\u01110-9-]{1,18}")


class Proof(Labelled):
    """What showed who it is."""

    SERVICE_CARD = "service_card", N_("Gặp trực tiếp, xem giấy tờ của quân nhân có ảnh")
    COMMANDER_PAPER = "commander_paper", N_("Chỉ huy trực tiếp xác nhận bằng văn bản")
    PERSONNEL_FILE = "personnel_file", N_("Gặp trực tiếp, đối chiếu hồ sơ ở cơ quan quản lý quân nhân")


class PaperMissing(Invalid):
    """A written confirmation has a number."""

    message = N_("Ghi số văn bản của chỉ huy, ví dụ 12/GXN-d1.")


class NotAPaperNumber(Invalid):
    """Neither names nor sentences are kept with a proof."""

    message = N_("Số văn bản gồm số, dấu gạch chéo và ký hiệu không dấu cách, ví dụ 12/GXN-d1.")


class PaperNotAsked(Invalid):
    """Numbers of cards and files are personal data that nobody needs."""

    message = N_("Chỉ ghi số văn bản khi chỉ huy xác nhận bằng văn bản; không ghi số giấy tờ của quân nhân.")


class ProofNotRecent(Invalid):
    """The proof lies too far back, or in the future."""

    message = N_("Ngày xác minh phải từ %(since)s đến %(until)s.")


class ProvedByOwner(Invalid):
    """Nobody establishes who they are themselves."""

    message = N_("Người xác minh phải là người khác với chủ tài khoản.")


class OwnSecondStep(Forbidden):
    """Somebody tried to take their own second step away, or to confirm it."""

    message = N_("Không ai tự bỏ hoặc xác nhận bỏ bước thứ hai của chính mình; xin nhờ người khác.")


class AskerMayNotConfirm(Forbidden):
    """The same human being."""

    message = N_("Người đề nghị không tự xác nhận được; cần cán bộ bảo mật hoặc thủ trưởng quyết định.")


class NotConfirmer(Forbidden):
    """No office over the owner's unit that may confirm."""

    message = N_("Cần cán bộ bảo mật hoặc thủ trưởng quyết định của đơn vị xác nhận.")


class RemovalWaits(StateForbids):
    """It was asked for before and waits for the second person."""

    message = N_("Đã có đề nghị bỏ bước thứ hai của tài khoản này, đang chờ xác nhận.")


class NoRemovalWaits(StateForbids):
    """It was confirmed, ended or lapsed meanwhile."""

    message = N_("Đề nghị này không còn chờ xác nhận; xin tải lại trang.")


@dataclass(frozen=True)
class Proven:
    """A proof as it is kept: what, established by whom (a person's id) on which day, the paper's number or nothing."""

    proof: Proof
    by_id: int
    on: date
    paper: str

    def codes(self) -> dict[str, object]:
        """What the audit log keeps of it."""
        return {"proof": self.proof.value, "proved_by": self.by_id, "proved_on": self.on.isoformat(), "paper": self.paper or None}


def check_proven(proven: Proven, owner_id: int, by_human_id: int, today: date) -> None:
    """Refuse a proof that is none.

    :param owner_id: canonical person id of the account's owner; ``by_human_id``: of who established the proof.
    :raises ProvedByOwner, ProofNotRecent, PaperMissing, NotAPaperNumber, PaperNotAsked: each at its field.
    """
    if by_human_id == owner_id:
        raise ProvedByOwner("proved_by")
    since = today - timedelta(days=PROOF_DAYS)
    if not since <= proven.on <= today:
        raise ProofNotRecent("proved_on", since=since, until=today)
    if proven.proof is not Proof.COMMANDER_PAPER:
        if proven.paper:
            raise PaperNotAsked("paper")
    elif not proven.paper:
        raise PaperMissing("paper")
    elif not _PAPER.fullmatch(proven.paper):
        raise NotAPaperNumber("paper")


def check_may_confirm(actor: Actor, owner_id: int, owner_path: str, asked_by: int) -> None:
    """Refuse everybody but a second person of another office over the owner's unit.

    :param owner_id, asked_by: canonical person ids; ``owner_path``: of the owner's unit.
    :raises OwnSecondStep, AskerMayNotConfirm, NotConfirmer:
    """
    if actor.person_id == owner_id:
        raise OwnSecondStep
    if actor.person_id == asked_by:
        raise AskerMayNotConfirm
    if not any(actor.holds(role, owner_path) for role in CONFIRMERS):
        raise NotConfirmer


def may_confirm(actor: Actor, owner_id: int, owner_path: str, asked_by: int) -> bool:
    """Say whether the actor may be the second person."""
    try:
        check_may_confirm(actor, owner_id, owner_path, asked_by)
    except Forbidden:
        return False
    return True


def waits(asked_at: datetime, confirmed_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether it waits for the second person: neither confirmed nor ended, and asked within :data:`WAITS`."""
    return confirmed_at is None and ended_at is None and now < asked_at + WAITS
