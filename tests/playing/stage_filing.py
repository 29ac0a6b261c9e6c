"""The acts of authors and receivers through the use cases."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from innovations.core.clock import today
from innovations.people.rules.roles import Actor
from innovations.proposals.rules.complaints import Finding
from innovations.proposals.rules.content import InvestorKind, ProposalClass
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import attachments, authors, checking, complaining, drafting, submitting
from innovations.regulations.rules.rulesets import VoteMode
from tests.playing.cast import APPLIED_ON, VOTED_ON_OPENLY
from tests.playing.model import Act
from tests.playing.stage import CARRIED_OUT, Stage, addressed, declared, reason
from tests.rules_in_force import rules_in_force
from tests.world import TEXT

MET = {item: FormalAnswer(True) for item in FormalItem}
DEFECT = {**MET, FormalItem.EVIDENCE: FormalAnswer(False, "Thiếu biên bản áp dụng thử.")}


def _write(stage: Stage, actor: Actor, tried: Act) -> None:
    values = {
        "title": f"Bảng kiểm tra dụng cụ dùng chung cho tổ trực số {tried.p + 1}",
        "proposal_class": ProposalClass.INITIATIVE, "solution_types": ["technical"], "field_id": stage.field_id,
        "investor_kind": InvestorKind.UNIT, "situation": TEXT, "content": TEXT * 2, "steps": "In mẫu. Dán tại chỗ. Hướng dẫn.",
        "novelty": "Chưa đơn vị nào trong trung đoàn dùng cách này.", "not_mandatory": True,
        "first_applied_on": APPLIED_ON if "applied long ago" in tried.how else None,
        "author_benefit": "Giảm thời gian từ 40 phút còn 12 phút mỗi ca.",
    }  # fmt: skip
    drafting.save_text(actor, stage.stored.address(tried.p), stage.stored.version(tried.p), values)


def _attach(stage: Stage, actor: Actor, tried: Act) -> None:
    source = BytesIO("Biên bản áp dụng thử.".encode())
    address = stage.stored.address(tried.p)
    attachments.attach(actor, address, name="bien-ban.txt", source=source, kind="evidence", nothing_secret=True)


def _accept(stage: Stage, actor: Actor, tried: Act) -> None:
    checking.accept(actor, stage.stored.address(tried.p), DEFECT if "one item open" in tried.how else MET)


def _ask_fix(stage: Stage, actor: Actor, tried: Act) -> None:
    checking.ask_fix(actor, stage.stored.address(tried.p), MET if "no defect" in tried.how else DEFECT)


def _start_trial(stage: Stage, actor: Actor, tried: Act) -> None:
    end = None if "no date" in tried.how else today() + timedelta(days=30)
    checking.start_trial(actor, stage.stored.address(tried.p), planned_end=end)


def _submit(stage: Stage, actor: Actor, tried: Act) -> None:
    mode = VoteMode.OPEN if tried.who in VOTED_ON_OPENLY else VoteMode.SECRET
    with rules_in_force(vote_mode=mode):
        submitting.submit(actor, stage.stored.address(tried.p), nothing_secret=declared(tried))


def _complain(stage: Stage, actor: Actor, tried: Act) -> None:
    review_id = stage.stored.review(tried.p, -1)
    complaining.complain(actor, stage.stored.address(tried.p), review_id, reason=reason(tried))


def _answer(stage: Stage, actor: Actor, tried: Act) -> None:
    review_id = stage.stored.review(tried.p, -1)
    complaining.answer(actor, stage.stored.address(tried.p), review_id, finding=Finding.PARTLY, reason=reason(tried))


CARRIED_OUT.update(
    {
        "draft": lambda _stage, actor, tried: drafting.create_draft(actor, nothing_secret=declared(tried)),
        "write": _write,
        "attach": _attach,
        "add_author": addressed(authors.add_author, service_number=lambda tried: tried.how[0]),
        "confirm": addressed(authors.confirm),
        "submit": _submit,
        "resubmit": addressed(submitting.resubmit, nothing_secret=declared),
        "endorse": addressed(submitting.endorse, nothing_secret=declared),
        "send_back": addressed(submitting.send_back, comment=reason),
        "hand_in": addressed(submitting.hand_in, nothing_secret=declared),
        "discard": addressed(drafting.discard),
        "withdraw": addressed(submitting.withdraw),
        "accept": _accept,
        "ask_fix": _ask_fix,
        "reject": addressed(checking.reject, reason=reason),
        "start_trial": _start_trial,
        "finish_trial": addressed(checking.finish_trial, report=reason, ended_on=lambda _tried: today()),
        "fail_trial": addressed(checking.fail_trial, reason=reason),
        "complain": _complain,
        "answer": _answer,
    }
)
