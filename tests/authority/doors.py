"""Who may do what to a proposal: tables typed from the regulation, not from the code.  Who sees it at all stands in ``sight``.

Sources: "Roles" and "Who sees what" (domain §3), the state table with its third column (§5), §4 no. 4, §6, §8.
A change here is a change of the regulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.authority.sight import (
    ACCOUNTS,
    ASSIGNED,
    BEYOND_AUTHORS,
    BOARD,
    DECIDED,
    EDITABLE,
    EVERYBODY_WHO_SEES,
    FILED,
    HANDLES,
    LIBRARY,
    NOT_ENDED,
    OF_TWO,
    ON_AGENDA,
    ON_BOARD,
    OWN,
    RECEIVED,
    REVEALED,
    SEEN,
    SITUATIONS,
    WITH_BOARD,
    WITHDRAWABLE,
)


@dataclass(frozen=True, eq=False)
class Door:
    """A page, an operation or an act, and who may.

    :param who: capacities that may; in ``where``, the situations that allow it.
    :param ok: the answers when both hold.  An act answers 303 and changes something.
    :param other: answers to others who know the thing, ``outside``: to ``who`` in other situations.
    :param known: capacities for which the address exists; ``exists``: situations in which it does.  Otherwise 404.
    :param gate: accounts with the role the route asks for at the door; the others get 403 whatever the address names.
    """

    endpoint: str
    who: str = "".join(sorted(EVERYBODY_WHO_SEES))
    where: str = " ".join(SITUATIONS)
    values: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    ok: frozenset[int] = frozenset({200})
    other: frozenset[int] = frozenset({403})
    outside: frozenset[int] = frozenset({409})
    known: str = "".join(sorted(EVERYBODY_WHO_SEES))
    exists: str = " ".join(SITUATIONS)
    gate: tuple[str, ...] = ACCOUNTS
    tried: str = " ".join(SITUATIONS)
    name: str = ""

    def is_tried(self, situation: str) -> bool:
        """Whether the situation is told apart by this door."""
        return situation in self.tried.split() and self.endpoint.startswith(tuple(NEAR.get(situation, "").split() or [""]))

    def expected(self, situation: str, account: str) -> frozenset[int]:
        """The answers that the regulation allows."""
        capacity = SEEN[situation][account]
        if account not in self.gate:
            return frozenset({403})
        if capacity == "." or capacity not in self.known or situation not in self.exists.split():
            return frozenset({404})
        inside = situation in self.where.split()
        if capacity in self.who:
            return self.ok if inside else self.outside
        # Who may not, when it could not be done now anyway: either refusal will do.
        return self.other if inside else self.other | self.outside


def named(door: Door) -> str:
    """The route, and which of its pages or acts."""
    extra = " ".join(str(value) for value in (*door.values.values(), door.form.get("do", ""), door.name) if value)
    return f"{door.endpoint} {extra}".strip()


def page(endpoint: str, who: str = "".join(sorted(EVERYBODY_WHO_SEES)), where: str = " ".join(SITUATIONS), **more: Any) -> Door:
    """Something to read."""
    return Door(endpoint, who, where, **more)


def act(endpoint: str, who: str, where: str, **more: Any) -> Door:
    """Something to do."""
    return Door(endpoint, who, where, **{"ok": frozenset({303}), **more})


OF_LINE: dict[str, Any] = {"known": "GD", "exists": DECIDED}  # elsewhere the address names another proposal's decision
MISSING, REFUSED, STATE = frozenset({404}), frozenset({403}), frozenset({409})
ON_REVIEW: dict[str, Any] = {"known": BOARD + OWN, "exists": ON_BOARD}
#: An assignment or a sheet that the review has not got: 404 like any other, to who might act on it.
ON_PART: dict[str, Any] = {**ON_REVIEW, "outside": frozenset({404, 409})}
ON_ITEM: dict[str, Any] = {"known": BOARD, "exists": ON_AGENDA}  # on the agenda; authors have nothing to do with the meeting
OF_DECISION: dict[str, Any] = {"known": "GD", "exists": DECIDED, "tried": DECIDED}  # its address names no proposal

#: Papers take longest to make; they are asked for in these situations.
PRINTED = (
    "draft unit_review submitted needs_fix rejected withdrawn_early assigned meeting recognised_open recognised_internal not_recognised "
    "quarantined elsewhere_draft"
)
#: Situations that differ from their neighbours for these routes only.
NEAR = {
    "unconfirmed": "proposals. api.", "assigned": "boards. proposals.paper", "scored": "boards.", "voting": "boards.", "counted": "boards.",
    "recorded": "boards.", "withdrawn_early": "proposals.", "forwarded": "boards. library. api.",
}  # fmt: skip


PAGES = (
    page("proposals.show"),
    page("api.proposal"),
    *(page("proposals.edit", "L", EDITABLE, values={"step": step}) for step in ("idea", "authors", "evidence", "submit")),
    page("proposals.similar_while_typing", "L", EDITABLE),
    page(
        "proposals.compare", exists=" ".join(each for each in SITUATIONS if each != "recognised_open")
    ),  # what all are found similar to
    page("proposals.check", "R", "submitted needs_fix"),
    page("proposals.receipt", exists=FILED),
    page("proposals.download"),  # the evidence
    page("proposals.download", HANDLES, values={"attachment_id": "consent_id"}, name="signed page"),
    # The official form holds what is confidential and dates of birth ("shown to the secretary and on the printed form only").
    page("proposals.paper", HANDLES, values={"kind": "application"}, other=MISSING, tried=PRINTED),
    page("proposals.paper", HANDLES, RECEIVED, values={"kind": "receipt"}, other=MISSING, outside=MISSING, tried=PRINTED),
    page(
        "proposals.paper", HANDLES, "needs_fix", values={"kind": "notice_defects"}, other=MISSING, outside=MISSING, tried=PRINTED
    ),
    page(
        "proposals.paper", HANDLES, "rejected", values={"kind": "notice_refusal"}, other=MISSING, outside=MISSING, tried=PRINTED
    ),
    page("proposals.archive", HANDLES, other=MISSING, tried=PRINTED),
    page("library.show", exists=LIBRARY),
    page("api.library_similar", exists=LIBRARY),
    page("boards.review", BOARD, ON_BOARD, **ON_REVIEW),
    page("boards.rounds", BOARD, ON_BOARD, **ON_REVIEW),
    page("boards.blind_file", BOARD, ON_BOARD, **ON_REVIEW),  # the evidence, without names
    # "Sheets: one's own; after the reveal the voting seats, the secretary and the decider."
    page("boards.score", "m", ASSIGNED, **ON_REVIEW),
    page("boards.score_paper", "m", ASSIGNED, **ON_REVIEW),
    page("boards.summary_paper", "SPmMD", REVEALED, **{**ON_REVIEW, "other": REFUSED | MISSING, "outside": MISSING}),
    # A reviewer's remarks: nobody was given a proposal as reviewer here; who reads them stands in tests/services/test_reviewer_remarks.
    page("boards.remarks_paper", "", REVEALED, values={"seat_id": "1"}, known=OWN, exists=ON_BOARD, tried=REVEALED),
    # Paper sheets: the secretary and the standing office, while they are filled; whose they key is named by an assignment.
    *(page(each, "SGR", "scoring scored", **ON_REVIEW, tried=ON_BOARD) for each in ("boards.paper_sheets", "boards.key_sheet")),
    page(
        "boards.blank_sheets_paper",
        "SGR",
        "scoring",
        **{**ON_REVIEW, "outside": MISSING | STATE},
        tried="assigned scoring scored meeting",
    ),
    # Ballots: the seats that may vote.
    # A photo of a paper sheet: its member and the clerks who key it; nobody has sent one here, who sees it stands in
    # tests/services/test_sheet_photos.
    page("boards.sheet_photo", "", ASSIGNED, values={"photo_id": "1"}, known=OWN, exists=ON_BOARD, tried=ASSIGNED),
    page("boards.ballot", "SPmM", ON_AGENDA, **ON_ITEM),
    page("boards.count", "SPmM", ON_AGENDA, **ON_ITEM),
    # What is printed for a vote on paper: who leads the meeting (the deputy among them).
    *(page(each, "SPM", ON_AGENDA, **{**ON_ITEM, "other": MISSING}) for each in ("boards.ballots", "boards.count_paper")),
    page("boards.result_paper", HANDLES, DECIDED, other=MISSING, outside=MISSING, tried=PRINTED),
    page("boards.result_word", HANDLES, DECIDED, other=MISSING, outside=MISSING, tried=PRINTED),
    page("boards.decision", "GD", DECIDED, **OF_DECISION),
    page("boards.decision_paper", "GD", DECIDED, **OF_DECISION),
    page("boards.decision_word", "GD", DECIDED, **OF_DECISION),
    page(
        "boards.certificates_paper",
        "GD",
        "recognised_open forwarded revoked",
        **{**OF_DECISION, "other": MISSING, "outside": MISSING},
    ),
    page("boards.certificate_paper", OWN + "GD", "recognised_open forwarded revoked", other=MISSING, outside=MISSING),
)

REASON = {"reason": "Có lý do chính đáng."}
DECISION = {"number": "90/QĐ-1A", "decided_on": "TODAY", "signer_name": "Dương Văn Nam", "signer_position": "Trung đoàn trưởng"}
TEXT = {"version": "VERSION", "situation": "Viết lại cho rõ.", "handling": "open", "not_mandatory": "yes"}
COUNT = {"issued": "6", "collected": "6", "valid": "6", "invalid": "0", "agree": "5", "disagree": "1", "blank": "0"}
DECIDERS = ("chihuy", "donvi")
#: Situations whose review is the one the address names; the forwarded one has two.
REVIEWED = " ".join(each for each in SITUATIONS if each != "forwarded")
RECORDERS = (*DECIDERS, "vanphong")
OFFICERS = ("baomat", "baomat2")
REFUSED_INPUT = STATE | frozenset({422})

ACTS = (
    # The authors' own steps: the lead, while the dossier is with the authors.
    act("proposals.save", "L", EDITABLE, values={"step": "description"}, form=TEXT),
    act("proposals.autosave", "L", EDITABLE, values={"step": "description"}, form=TEXT, ok=frozenset({200})),
    act("api.change_proposal", "L", EDITABLE, json={"version": "VERSION", "situation": "Viết lại."}, ok=frozenset({200})),
    act("proposals.add_author", "L", EDITABLE, form={"free_name": "Nguyễn Văn Mới", "rank": "Binh nhất"}),
    act("proposals.change_author", "L", EDITABLE, values={"do": "remove"}, tried=OF_TWO),
    act("proposals.set_shares", "L", EDITABLE, form={"SHARES": "50"}),
    act("proposals.upload", "L", EDITABLE, form={"FILE": "minh-chung.txt", "kind": "evidence", "nothing_secret": "y"}),
    act("proposals.remove_file", "L", EDITABLE),
    act("proposals.find_similar", "L", EDITABLE),
    act("proposals.say_how_it_differs", "L", EDITABLE, form={"says": "different"}),
    # "The lead can be passed on by all co-authors or the receiver": by the authors while all have to confirm again before submitting.
    act("proposals.change_author", "RL", EDITABLE, values={"do": "lead"}, tried="draft unconfirmed sent_back needs_fix revise"),
    act("proposals.change_author", "R", RECEIVED, values={"do": "lead"}, other=REFUSED | STATE, tried=BEYOND_AUTHORS),
    # The base stays from the first submit on: it is in the code.
    act("proposals.choose_base", "L", "draft unconfirmed elsewhere_draft", form={"base_unit_id": "BASE"}),
    act("proposals.discard", "L", "draft unconfirmed elsewhere_draft", outside=REFUSED | STATE),
    act(
        "proposals.purge_as_secret",
        "L",
        "draft unconfirmed elsewhere_draft",
        ok=frozenset({200}),
        outside=REFUSED | REFUSED_INPUT,
    ),
    act(
        "proposals.submit",
        "L",
        "draft sent_back elsewhere_draft needs_fix revise",
        form={"nothing_secret": "y"},
        outside=REFUSED_INPUT,
    ),
    act(
        "api.submit_proposal",
        "L",
        "draft sent_back elsewhere_draft",
        json={"nothing_secret": True},
        ok=frozenset({200}),
        outside=REFUSED_INPUT,
    ),
    act("proposals.confirm", "A", "unconfirmed", outside=REFUSED),  # "in the own account"
    act("proposals.withdraw", "L", WITHDRAWABLE, form=REASON),
    # "Complaints about an outcome … answered with reasons": the lead author's, then the deciding head's; none waits here.
    act(
        "proposals.complain",
        "L",
        "rejected not_recognised revoked recognised_open recognised_internal",
        form=REASON,
        tried=REVIEWED,
    ),
    act("proposals.answer_complaint", "D", "", form={"finding": "partly", **REASON}, tried=REVIEWED),
    # The commander.
    act("proposals.endorse", "C", "unit_review elsewhere_unit_review", form={"nothing_secret": "y"}),
    act("proposals.endorse", "C", "unit_review elsewhere_unit_review", form={"do": "send_back", "comment": "Viết rõ hơn."}),
    # The receiver.
    act("proposals.check_send", "R", "submitted", form={"do": "accept", "ITEMS": "ok"}),
    act("proposals.check_send", "R", "submitted", form={"do": "ask_fix", "ITEMS": "not"}),
    act("proposals.check_send", "R", "submitted needs_fix", form={"do": "reject", **REASON}),
    act("proposals.trial", "R", "trial", form={"report": "Đạt yêu cầu.", "ended_on": "TODAY"}),
    act("proposals.trial", "R", "trial", form={"do": "fail", **REASON}),
    # "Similarity finding … looked at by": receiver, secretary and board, as long as there is something to judge.
    act("proposals.verdict", "RSPmM", NOT_ENDED, form={"verdict": "different"}),
    # The secretary.
    act("boards.assign", "S", "accepted assigned scoring scored", form={"seat_id": "SEAT", "role": "scorer"}, **ON_REVIEW),
    act("boards.unassign", "S", "assigned scoring", **ON_PART),
    act("boards.excuse", "S", "assigned scoring", form=REASON, **ON_PART),
    act("boards.reopen", "S", "scored", form=REASON, **ON_PART),
    act("boards.recuse", "S", WITH_BOARD, form={"seat_id": "SEAT", **REASON}, **ON_REVIEW),
    # No conflict that could be judged stands here: who may is told so.
    act(
        "boards.judge_conflict",
        "S",
        WITH_BOARD,
        form={"seat_id": "SEAT", "kind": "same_subunit", "do": "pin", **REASON},
        **{**ON_REVIEW, "ok": REFUSED_INPUT},
    ),  # fmt: skip
    act("boards.cover_words", "S", "", form={"words": "anh Tư"}, **ON_REVIEW),  # no author is hidden here
    act("boards.rule_file", "S", "", form={"do": "withhold", **REASON}, **ON_REVIEW),  # as above
    act("boards.start_trial", "S", "accepted assigned", form={"planned_end": "LATER"}, **ON_REVIEW),
    act("boards.open_scoring", "S", "assigned", **{**ON_REVIEW, "outside": REFUSED_INPUT}),
    act("boards.close_overdue", "S", "", form=REASON, **ON_REVIEW),  # nothing is overdue here
    # The members: their own sheet, their own conflict.
    act("boards.score_send", "m", "scoring", form={"version": "0"}, **ON_REVIEW),
    act(
        "boards.key_sheet_send", "SGR", "", **{**ON_REVIEW, "outside": REFUSED_INPUT}
    ),  # no code of a printed sheet is typed here
    act(
        "boards.add_sheet_photos",
        "m",
        "scoring",
        form={"PHOTO": "phieu.jpg", "revision": "REVISION", "nothing_secret": "y"},
        **ON_REVIEW,
    ),  # fmt: skip
    act("boards.decline", "m", "assigned scoring", form=REASON, **ON_REVIEW),
    act("boards.withdraw_from", "SPmM", WITH_BOARD, form=REASON, **ON_REVIEW),
    # The meeting: the secretary records, the chair confirms.
    act("boards.take_up", "SP", "scored meeting voting counted", **ON_ITEM),
    act("boards.reveal", "S", "scored", **ON_ITEM),
    act("boards.note_discussion", "S", "meeting voting counted recorded", form={"discussion": "Đã hỏi tác giả."}, **ON_ITEM),
    act("boards.postpone", "S", "scored meeting", form=REASON, **ON_ITEM),
    act("boards.record_conclusion", "S", "counted recorded", **ON_ITEM),
    act("boards.record_revise", "S", "meeting", form={"text": "Bổ sung số liệu.", "back_to": "meeting"}, **ON_ITEM),
    act("boards.confirm_conclusion", "P", "recorded", **ON_ITEM),
    act("boards.open_vote", "SP", "meeting", **ON_ITEM),
    act("boards.close_vote", "SP", "voting", **ON_ITEM),
    act("boards.record_roll", "SP", "", **ON_ITEM),  # the vote is secret
    # The tellers: present, free, and not who presides; no vote on paper runs here.
    act("boards.key_count", "SmM", "", form=COUNT, **{**ON_ITEM, "outside": REFUSED_INPUT}),
    act("boards.settle_count", "P", "", form={"place": "1", **REASON}, **ON_ITEM),
    act("boards.void_paper_vote", "SP", "", form=REASON, **ON_ITEM),
    act("boards.cast", "SPmM", "voting", form={"opinion": "agree"}, **ON_ITEM),
    # The decider and the registrar.
    act("boards.decide", "D", "passed", form={"review_ids": "REVIEW", **DECISION}, gate=DECIDERS, outside=STATE),
    act(
        "boards.decide", "D", "passed failed", form={"review_ids": "REVIEW", "do": "decline", **DECISION, **REASON}, gate=DECIDERS
    ),
    # "Recorded singly or in bulk, kept pending, published together": head or standing office record, the head publishes.
    act("boards.hold_outcomes", "DG", "passed", form={"review_ids": "REVIEW", "do": "recognise"}, gate=RECORDERS, outside=STATE),
    act("boards.hold_outcomes", "DG", "passed failed", form={"review_ids": "REVIEW", "do": "decline", **REASON}, gate=RECORDERS),
    act("boards.publish_outcomes", "D", "", form={"review_ids": "REVIEW", **DECISION}, gate=DECIDERS),  # nothing is recorded here
    act("boards.correct_decision", "D", "not_recognised recognised_internal", form=DECISION, **OF_DECISION),
    # "Correction only by a new round or a two-person act": where certificates rest on it, the standing office proposes.
    act("boards.propose_correction", "G", "recognised_open forwarded revoked", form={**DECISION, "code": "typed"}, **OF_DECISION),
    act("boards.confirm_correction", "D", "", **OF_DECISION),  # nothing is proposed here
    act("boards.drop_correction", "GD", "", **OF_DECISION),
    act(
        "boards.issue_certificates",
        "GD",
        "recognised_internal",
        **{**OF_DECISION, "exists": DECIDED.replace("not_recognised ", "")},
    ),
    act("boards.revoke", "D", LIBRARY, form={**DECISION, "code": "other", **REASON}, **OF_LINE),
    act("boards.forward", "G", "recognised_open recognised_internal", **OF_LINE),
    # Any reader reports; officers look at what is reported, nothing is here.
    act(
        "proposals.report_content",
        "".join(sorted(EVERYBODY_WHO_SEES)),
        " ".join(each for each in FILED.split() if "quarantined" not in each),
    ),
    act("proposals.settle_reports", "Q", "", known="", gate=OFFICERS),
    # The security officer.
    act("proposals.release", "Q", "quarantined quarantined_recognised", gate=OFFICERS),
    act("proposals.propose_purge", "Q", "quarantined quarantined_recognised", form={"reason": "classified"}, gate=OFFICERS),
    act("proposals.confirm_purge", "Q", "", gate=OFFICERS),  # nobody proposed one here
    act("proposals.destroy_copy", "Q", "", values={"event_id": "review_id"}, gate=OFFICERS),  # nothing was purged
    act("proposals.take_back_purge", "Q", "", gate=OFFICERS),
)
