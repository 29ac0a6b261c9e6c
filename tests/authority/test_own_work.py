"""Nobody acts officially on a proposal they co-authored: the deputy, the delegate or the next unit up does (domain §3, §4 no. 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from innovations.boards.models_decision import DecisionLine
from innovations.boards.services import assigning, certificates, concluding, counting, deciding, forwarding, votes
from innovations.boards.services.assigning import Duty
from innovations.core.clock import today
from innovations.core.rules.errors import DomainError
from innovations.extensions import db
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Request
from innovations.proposals.loading import proposal_at
from innovations.proposals.services import authors, checking, quarantine, submitting
from tests import meeting_world as sitting
from tests.authority.teller import ALL_FINE, Teller
from tests.board_world import REASON
from tests.world import World

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process

Act = Callable[[Teller, str, str], Any]


def accept(tell: Teller, code: str, who: str) -> Any:
    return checking.accept(tell.actor(who), code, ALL_FINE)


def endorse(tell: Teller, code: str, who: str) -> Any:
    return submitting.endorse(tell.actor(who), code, nothing_secret=True)


def assign(tell: Teller, code: str, who: str) -> Any:
    return assigning.assign(
        tell.actor(who), tell.board.board_id, tell.board.review_of(code), [tell.board.seat("uyvien3")], Duty()
    )


def score(tell: Teller, code: str, who: str) -> Any:
    return tell.board.submit(tell.board.review_of(code), who)


def open_vote(tell: Teller, code: str, who: str) -> Any:
    return votes.open_vote(tell.actor(who), tell.board.board_id, tell.number(code), tell.board.review_of(code))


def cast(tell: Teller, code: str, who: str) -> Any:
    return sitting.cast(tell.board, tell.number(code), tell.board.review_of(code), who)


def count(tell: Teller, code: str, who: str) -> Any:
    return counting.close_vote(tell.actor(who), tell.board.board_id, tell.number(code), tell.board.review_of(code))


def confirm(tell: Teller, code: str, who: str) -> Any:
    return concluding.confirm_conclusion(tell.actor(who), tell.board.board_id, tell.number(code), tell.board.review_of(code))


def decide(tell: Teller, code: str, who: str) -> Any:
    signed = replace(
        tell.decision(f"{tell.told}/QĐ"), signer_name="Lưu Quốc Anh", signer_position="Sư đoàn trưởng", superior_number="7/SM",
        superior_on=today(), superior_signer="Lưu Quốc Anh",
    )  # fmt: skip
    return deciding.recognise(tell.actor(who), [tell.board.review_of(code)], signed)


def issue(tell: Teller, code: str, who: str) -> Any:
    return certificates.issue_certificates(tell.actor(who), decision_of(tell, code))


def decision_of(tell: Teller, code: str) -> int:
    return db.session.scalar(select(DecisionLine.decision_id).where(DecisionLine.review_id == tell.board.review_of(code))) or 0


def forward(tell: Teller, code: str, who: str) -> Any:
    return forwarding.forward(tell.actor(who), tell.board.review_of(code))


def agree(tell: Teller, code: str, who: str) -> Any:
    wanted = Request(tell.world.staff.units["T2B"], AdoptionKind.REPLICATION, "Dùng cho hai kho.")
    return adopting.agree(tell.actor(who), adopting.request_adoption(tell.actor("donvi"), code, wanted))


def release(tell: Teller, code: str, who: str) -> Any:
    quarantine.hide(tell.actor(who), code, reason=REASON)
    return quarantine.release(tell.actor(who), code)


def pass_lead(tell: Teller, code: str, who: str) -> Any:
    proposal = proposal_at(code)
    assert proposal is not None
    return authors.pass_lead(tell.actor(who), code, proposal.contributions[-1].id)


def unit_review(tell: Teller, title: str, **filed: Any) -> str:
    with tell.unit_review():
        return tell.submitted(title, **filed)


def voting(tell: Teller, title: str, **filed: Any) -> str:
    code = tell.meeting(title, **filed)
    opener = "uyvien1" if filed.get("co") == "thuky" else "thuky"
    open_vote(tell, code, opener)
    return code


def recorded(tell: Teller, title: str, **filed: Any) -> str:
    code = voting(tell, title, **filed)
    for who in ("uyvien1", "thuky", "uyvien2", "uyvien3", "uyvien4", "chutich"):
        if who != filed.get("co"):
            cast(tell, code, who)
    count(tell, code, "thuky")
    concluding.record_conclusion(tell.actor("thuky"), tell.board.board_id, tell.number(code), tell.board.review_of(code))
    return code


def others(tell: Teller, title: str, **filed: Any) -> str:
    """Concluded on by the others of the board when the co-author sits on it."""
    code = recorded(tell, title, **filed)
    confirm(tell, code, "chutich")
    return code


def recognised(tell: Teller, title: str, **filed: Any) -> str:
    code = others(tell, title, **filed)
    decide(tell, code, "demo35" if filed.get("co") == "chihuy" else "chihuy")
    return code


THREE = ("uyvien2", "uyvien3", "uyvien4")
# How far it is, the office's holder who is a co-author, the act, and who does it instead.
CASES: tuple[tuple[Callable[..., str], str, Act, str], ...] = (
    (unit_review, "chihuy2", endorse, "chihuy"),  # the next unit up
    (lambda tell, title, **filed: tell.submitted(title, **filed), "tiepnhan", accept, "demo38"),  # the division's receiver
    (lambda tell, title, **filed: tell.accepted(title, **filed), "thuky", assign, "uyvien1"),  # the deputy
    (lambda tell, title, **filed: tell.scoring(title, scorers=THREE, **filed), "uyvien5", score, "uyvien3"),
    (lambda tell, title, **filed: tell.meeting(title, scorers=THREE, **filed), "chutich", open_vote, "uyvien1"),
    (lambda tell, title, **filed: voting(tell, title, scorers=THREE, **filed), "uyvien5", cast, "uyvien4"),
    (lambda tell, title, **filed: voting(tell, title, scorers=THREE, **filed), "chutich", count, "thuky"),
    (lambda tell, title, **filed: recorded(tell, title, scorers=THREE, **filed), "chutich", confirm, "uyvien1"),
    (lambda tell, title, **filed: others(tell, title, scorers=THREE, **filed), "chihuy", decide, "demo35"),
    (lambda tell, title, **filed: recognised(tell, title, scorers=THREE, **filed), "vanphong", issue, "chihuy"),
    (lambda tell, title, **filed: recognised(tell, title, scorers=THREE, **filed), "vanphong", forward, "demo36"),
    (lambda tell, title, **filed: recognised(tell, title, scorers=THREE, **filed), "chihuy", agree, "demo35"),
    (lambda tell, title, **filed: tell.submitted(title, **filed), "baomat", release, "baomat2"),
    (lambda tell, title, **filed: tell.submitted(title, **filed), "tiepnhan", pass_lead, "demo38"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("come_so_far", "author", "act", "instead"), CASES, ids=[f"{act.__name__}-{who}" for _c, who, act, _i in CASES]
)
def test_a_co_author_leaves_the_act_to_another(
    world: World, come_so_far: Callable[..., str], author: str, act: Act, instead: str
) -> None:
    tell = Teller(world)
    own = come_so_far(tell, "Đồng tác giả giữ việc", co=author)
    before = tell.board.review(tell.board.review_of(own)).state
    with pytest.raises(DomainError) as refused:
        act(tell, own, author)
    assert refused.value.status in (403, 404)
    assert tell.board.review(tell.board.review_of(own)).state is before
    other = own if act not in (release, agree) else come_so_far(tell, "Đồng tác giả giữ việc", co=author)
    act(tell, other, instead)
