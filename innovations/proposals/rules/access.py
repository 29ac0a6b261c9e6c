"""Who may do what to a proposal: one policy, asked by pages, lists, search, exports and API alike.

The state is asked first (:mod:`.states`), the right here.  Whether somebody may know of the proposal at all is
:mod:`.visibility`'s question.  Nobody acts officially on a proposal they co-authored.
"""

from __future__ import annotations

from collections.abc import Callable

from innovations.core.rules.errors import N_, Forbidden, StateForbids
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.rules.facts import (
    ProposalFacts,
    ReviewFacts,
    acting_chair,
    acting_secretary,
    is_barred,
)
from innovations.proposals.rules.states import (
    EDITABLE,
    Action,
    State,
    Who,
    actions_from,
    transition,
)

__all__ = [
    "RESTRICTED_KINDS",
    "ProposalFacts",
    "ReviewFacts",
    "acting_chair",
    "acting_secretary",
    "allowed_actions",
    "check_may",
    "check_may_edit",
    "check_official",
    "is_barred",
    "may",
    "may_edit",
    "may_quarantine",
    "may_see_confidential",
    "may_see_events",
]


#: Kinds of files that hold signatures and personal data: read by those who read the confidential fields.
RESTRICTED_KINDS = frozenset({"consent", "signed_scan"})


class AuthorMayNotAct(Forbidden):
    """An official act on one's own proposal."""

    message = N_("Đồng chí là tác giả nên không được giải quyết hồ sơ này; cấp phó hoặc cấp trên sẽ làm.")


class RecusedMayNotAct(Forbidden):
    """An official act by a person with a conflict of interest."""

    message = N_("Đồng chí đã được xác định có xung đột lợi ích nên không giải quyết hồ sơ này.")


class NotLeadAuthor(Forbidden):
    """Only the lead author acts for the authors."""

    message = N_("Chỉ tác giả chính được làm việc này; đồng tác giả xin nhắn tác giả chính.")


class NotCommander(Forbidden):
    """No commander's grant covers the author's unit."""

    message = N_("Việc này do chỉ huy đơn vị của tác giả làm.")


class NotReceiver(Forbidden):
    """No receiver's grant covers the unit."""

    message = N_("Việc này do cán bộ tiếp nhận của đơn vị làm.")


class NotSecretary(Forbidden):
    """Neither the secretary nor who stands in."""

    message = N_("Việc này do ủy viên thư ký của hội đồng làm.")


class NotSecretaryOrChair(Forbidden):
    """Neither keeps nor presides."""

    message = N_("Kết luận do ủy viên thư ký ghi và chủ tịch hội đồng xác nhận.")


class NotDecider(Forbidden):
    """No decider's grant covers the unit."""

    message = N_("Việc này do thủ trưởng có thẩm quyền quyết định làm.")


class NotRegistrar(Forbidden):
    """No registrar's grant covers the unit."""

    message = N_("Việc này do cơ quan thường trực làm.")


class UnderQuarantine(Forbidden):
    """The content is hidden until the security officer clears it."""

    message = N_("Hồ sơ đang được cách ly; chỉ cán bộ bảo mật được xử lý.")


class AlreadyFiled(Forbidden):
    """A draft that was once submitted stays in the register."""

    message = N_("Hồ sơ đã từng nộp nên không thể bỏ; xin nộp lại hoặc giữ bản nháp.")


class NotWithAuthors(StateForbids):
    """The text rests while others look at it."""

    message = N_("Hồ sơ đang ở trạng thái “%(state)s” nên chưa sửa được; xin chờ yêu cầu bổ sung hoặc hoàn thiện.")


def _is_lead(actor: Actor, facts: ProposalFacts, _review: ReviewFacts) -> bool:
    # The clerk files for an author without account, so only the clerk can act for him.
    return actor.person_id in ({facts.lead_id, facts.filed_by_id} - {None})


def _is_commander(actor: Actor, facts: ProposalFacts, _review: ReviewFacts) -> bool:
    return actor.holds(Role.COMMANDER, facts.author_unit_path)


def _is_receiver(actor: Actor, _facts: ProposalFacts, review: ReviewFacts) -> bool:
    return actor.holds(Role.RECEIVER, review.unit_path)


def _is_decider(actor: Actor, _facts: ProposalFacts, review: ReviewFacts) -> bool:
    return actor.holds(Role.DECIDER, review.unit_path)


def _is_registrar(actor: Actor, _facts: ProposalFacts, review: ReviewFacts) -> bool:
    return actor.holds(Role.REGISTRAR, review.unit_path)


def _is_secretary(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    return actor.person_id == acting_secretary(facts, review)


def _keeps_or_presides(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    return actor.person_id in {acting_secretary(facts, review), acting_chair(facts, review)}


_IS: dict[Who, tuple[Callable[[Actor, ProposalFacts, ReviewFacts], bool], type[Forbidden]]] = {
    Who.LEAD_AUTHOR: (_is_lead, NotLeadAuthor),
    Who.COMMANDER: (_is_commander, NotCommander),
    Who.RECEIVER: (_is_receiver, NotReceiver),
    Who.SECRETARY: (_is_secretary, NotSecretary),
    Who.SECRETARY_AND_CHAIR: (_keeps_or_presides, NotSecretaryOrChair),
    Who.DECIDER: (_is_decider, NotDecider),
    Who.REGISTRAR: (_is_registrar, NotRegistrar),
}


def check_official(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Refuse an official act by an author or by a person with a conflict; the person counts, not the login.

    :raises AuthorMayNotAct: the actor co-authored it.
    :raises RecusedMayNotAct: the actor has a conflict in this review.
    """
    if actor.person_id in facts.author_ids:
        raise AuthorMayNotAct
    if actor.person_id in review.without_part:
        raise RecusedMayNotAct


def check_may(action: Action, actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Refuse an action the actor has no right to, or that the state forbids.

    :raises ActionNotAllowed: the state has no such action (409).
    :raises Forbidden: the subclass says who does it, or why this person may not.
    """
    who = transition(review.state, action).who
    if facts.quarantined:
        raise UnderQuarantine
    if who is not Who.LEAD_AUTHOR:
        check_official(actor, facts, review)
    holds, refusal = _IS[who]
    if not holds(actor, facts, review):
        raise refusal
    if action is Action.DISCARD and facts.ever_submitted:
        raise AlreadyFiled


def may(action: Action, actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Say whether the state allows the action and the actor has the right to it."""
    if action not in actions_from(review.state):
        return False
    try:
        check_may(action, actor, facts, review)
    except Forbidden:
        return False
    return True


def allowed_actions(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> tuple[Action, ...]:
    """Return what the actor may do to the review now, in the table's order: what a page offers as buttons."""
    return tuple(action for action in actions_from(review.state) if may(action, actor, facts, review))


def check_may_edit(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> None:
    """Refuse changes of the text except by the lead author while the dossier is with the authors.

    :raises NotLeadAuthor: somebody else.
    :raises UnderQuarantine: the content is hidden.
    :raises NotWithAuthors: the dossier is with somebody else now (409).
    """
    if facts.quarantined:
        raise UnderQuarantine
    if not _is_lead(actor, facts, review):
        raise NotLeadAuthor
    if review.state not in EDITABLE:
        raise NotWithAuthors(state=review.state)


def may_edit(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    """Say whether the actor may change the text now."""
    return review.state in EDITABLE and not facts.quarantined and _is_lead(actor, facts, review)


def may_see_confidential(actor: Actor, facts: ProposalFacts) -> bool:
    """Say whether the actor reads what the authors marked as confidential (their word, no State secrecy).

    The authors; the commander; receiver and decider; secretary, chair and assigned seats once accepted.  Nobody else,
    the registrar and the admin not either.
    """
    if facts.quarantined:
        return False
    if actor.person_id in facts.own_people:
        return True
    return any(_reads_confidential(actor, facts, review) for review in facts.reviews)


def _reads_confidential(actor: Actor, facts: ProposalFacts, review: ReviewFacts) -> bool:
    if actor.person_id in review.without_part or review.state is State.DRAFT:
        return False
    if _is_commander(actor, facts, review):
        return True
    if not review.reached_submitted:
        return False
    if _is_receiver(actor, facts, review) or _is_decider(actor, facts, review):
        return True
    seated = {review.secretary_id, acting_secretary(facts, review), review.chair_id, acting_chair(facts, review)}
    return review.reached_accepted and actor.person_id in seated | review.assigned


def may_see_events(actor: Actor, facts: ProposalFacts) -> bool:
    """Say whether the actor reads code, state, dates and events: the authors, and the auditor of a level that received it.

    The auditor learns no content by it, so a quarantine hides nothing from him.
    """
    if actor.person_id in facts.own_people:
        return not facts.quarantined
    return any(review.reached_submitted and actor.holds(Role.AUDITOR, review.unit_path) for review in facts.reviews)


def may_quarantine(actor: Actor, facts: ProposalFacts) -> bool:
    """Say whether the actor may hide, clear or purge the content: the security officer of the base or above."""
    return actor.holds(Role.SECURITY_OFFICER, facts.base_unit_path)
