"""What may be filled in with each act, and whose act it is."""

from __future__ import annotations

from tests.playing.cast import HEAD, SEATS, STRANGER, WRITERS
from tests.playing.model import SHEETS
from tests.playing.planning import PLANS

OPINIONS = ("agree", "disagree", "none")
GIVING_REASONS = (
    "reject", "finish_trial", "fail_trial", "complain", "answer", "decline_duty", "recuse_myself", "postpone", "refuse_adoption",
    "send_back", "close_overdue", "void_vote",
)  # fmt: skip
ABOUT_MEMBERS = ("excuse", "recuse_member", "reopen_sheet")
FILLED_IN = tuple((points, why) for points in SHEETS for why in ("complete", "incomplete", "stale"))
DECIDING = tuple(
    (number, why, above) for number in ("7/QĐ", "8/QĐ", "") for why in ("reasons", "no reason") for above in ("superior", "")
)
#: What may be filled in with each act, the sensible first.
HOWS: dict[str, tuple[tuple[object, ...], ...]] = {
    "draft": (("declared",), ("undeclared",)),
    "add_author": tuple((who,) for who in (*WRITERS, "uyvien3")),
    "assign": (*((who,) for who in SEATS), SEATS[3:], ()),
    "write": (("not applied",), ("applied long ago",)),
    **dict.fromkeys(("submit", "resubmit", "hand_in", "endorse"), (("declared",), ("undeclared",))),
    "accept": (("all met",), ("one item open",)),
    "ask_fix": (("defect",), ("no defect",)),
    "start_trial": (("in a month",), ("no date",)),
    **dict.fromkeys(GIVING_REASONS, (("reasons",), ("no reason",))),
    **dict.fromkeys(ABOUT_MEMBERS, tuple((who, why) for who in SEATS for why in ("reasons", "no reason"))),
    "unassign": tuple((who,) for who in SEATS),
    **dict.fromkeys(("save_sheet", "submit_sheet"), FILLED_IN),
    "plan_phases": (*((name,) for name in PLANS), ("a week to score", "stale"), ("from today on", "stale")),
    "call_meeting": ((0,), (1,), (0, 1), ()),
    "attendance": ((), ("uyvien5",), ("chutich",), ("thuky", "uyvien2"), ("uyvien3", "uyvien4", "uyvien5"), ("chutich", "uyvien1", "uyvien2"), ("one left out",)),
    "open_vote": (("by phone",), ("on paper",)),
    "key_count": ((5, 5, 0, 5, 0, 0), (6, 6, 1, 4, 1, 0), (7, 7, 0, 7, 0, 0), (5, 6, 0, 6, 0, 0), (5, 5, 0, 4, 0, 0), (0, 0, 0, 0, 0, 0)),
    "settle_count": tuple((place, why) for place in (1, 2) for why in ("reasons", "no reason")),
    "roll": ((("uyvien2", "agree"), ("uyvien3", "agree")), (("uyvien2", "disagree"),), (("uyvien5", "none"),), ((STRANGER, "agree"),)),
    "time_passes": tuple((hours,) for hours in (24, 15, 24 * 8, 24 * 35, 24 * 100)),
    "cast": tuple((said,) for said in OPINIONS),
    "record_revise": (("scoring", "text"), ("meeting", "text"), ("meeting", "no text")),
    **dict.fromkeys(("recognise", "decline", "revoke", "publish"), DECIDING),
    "hold": (("recognise",), ("decline", "reasons"), ("decline", "no reason")),
    "adopt": (("T2B",), ("L3C",), ("T1A",)),
    "start_use": (("with place",), ("no place",)),
}  # fmt: skip


#: Whose each act is; "lead", "commander", "keeper" and "chair" are told by the proposal.  What is not named is a member's.
WHOSE = {
    "lead": ("write", "attach", "submit", "resubmit", "hand_in", "discard", "withdraw", "complain"),
    "commander": ("endorse", "send_back"),
    "tiepnhan": ("accept", "ask_fix", "reject", "finish_trial", "fail_trial"),
    "keeper": (
        "assign", "unassign", "excuse", "open_scoring", "reopen_sheet", "recuse_member", "start_trial", "reveal", "postpone", "open_vote",
        "close_vote", "record_conclusion", "record_revise", "call_meeting", "start_meeting", "move_meeting", "attendance",
        "close_meeting", "roll", "void_vote", "close_overdue",
    ),
    "chair": ("confirm_conclusion", "settle_count"),
    HEAD: ("recognise", "decline", "revoke", "publish", "answer", "agree_adoption", "refuse_adoption"),
    "vanphong": ("hold", "drop", "issue", "forward", "plan_phases"),
    "donvi": ("adopt", "cancel_adoption", "start_use"),
}  # fmt: skip
BY_ACT = {name: whose for whose, names in WHOSE.items() for name in names}
