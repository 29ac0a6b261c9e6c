"""The acts of deciding heads, standing offices and other units through the use cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.rules.pending import Outcome
from innovations.boards.services import certificates, deciding, forwarding, publishing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Beginning, Request
from innovations.people.rules.roles import Actor
from tests.playing.model import Act
from tests.playing.stage import CARRIED_OUT, Carry, Stage, reason


def _data(tried: Act) -> DecisionData:
    superior = ("31/SM", today(), "Lưu Quốc Ân") if "superior" in tried.how else ("", None, "")
    return DecisionData(str(tried.how[0]), today(), "Phan Văn Ký", "Phó Trung đoàn trưởng", "", "", *superior)


def _recognise(stage: Stage, actor: Actor, tried: Act) -> None:
    deciding.recognise(actor, [stage.stored.review(tried.p)], _data(tried))


def _decline(stage: Stage, actor: Actor, tried: Act) -> None:
    deciding.decline(actor, [stage.stored.review(tried.p)], _data(tried), reason=reason(tried))


def _revoke(stage: Stage, actor: Actor, tried: Act) -> None:
    code = RevocationReason.NOT_NEW
    deciding.revoke(actor, stage.stored.review(tried.p), _data(tried), code=code, reason=reason(tried))


def _hold(stage: Stage, actor: Actor, tried: Act) -> None:
    publishing.hold(actor, [stage.stored.review(tried.p)], Outcome(tried.how[0]), reason=reason(tried))


def _adopt(stage: Stage, actor: Actor, tried: Act) -> None:
    unit_id = stage.board.world.staff.units[str(tried.how[0])]
    adopting.request_adoption(
        actor, stage.stored.address(tried.p), Request(unit_id, AdoptionKind.REPLICATION, "Dùng cho tổ trực.")
    )


def _start_use(stage: Stage, actor: Actor, tried: Act) -> None:
    place = "" if "no place" in tried.how else "Nhà xe"
    adopting.start_use(actor, stage.stored.adoption(tried.p), Beginning(place, "Nghiêm Xuân Lộc", today()))


def _adopts(use_case: Callable[..., Any], **more: Callable[[Act], Any]) -> Carry:
    return lambda stage, actor, tried: use_case(
        actor, stage.stored.adoption(tried.p), **{name: each(tried) for name, each in more.items()}
    )


CARRIED_OUT.update(
    {
        "recognise": _recognise,
        "decline": _decline,
        "revoke": _revoke,
        "hold": _hold,
        "drop": lambda stage, actor, tried: publishing.drop(actor, [stage.stored.review(tried.p)]),
        "publish": lambda stage, actor, tried: publishing.publish(actor, [stage.stored.review(tried.p)], _data(tried)),
        "issue": lambda stage, actor, tried: certificates.issue_certificates(actor, stage.stored.decision(tried.p)),
        "forward": lambda stage, actor, tried: forwarding.forward(actor, stage.stored.review(tried.p)),
        "adopt": _adopt,
        "agree_adoption": _adopts(adopting.agree),
        "refuse_adoption": _adopts(adopting.decline, reason=reason),
        "cancel_adoption": _adopts(adopting.cancel),
        "start_use": _start_use,
    }
)
