"""Thinks acts up: the ways on that a proposal has, and anything that anybody could try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.playing.acts import ACTS
from tests.playing.cast import EVERYBODY, HEAD, KEEPER, SEATS, WRITERS
from tests.playing.model import SHEETS, WITH_BOARD, Act, Model, Review
from tests.playing.sitting import voters

MOST_PROPOSALS = 2
SENSIBLY = 0.5
OPINIONS = ("agree", "disagree", "none")
GIVING_REASONS = (
    "reject", "finish_trial", "fail_trial", "complain", "answer", "decline_duty", "recuse_myself", "postpone", "refuse_adoption",
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
    **dict.fromkeys(("submit", "resubmit", "hand_in"), (("declared",), ("undeclared",))),
    "accept": (("all met",), ("one item open",)),
    "ask_fix": (("defect",), ("no defect",)),
    "start_trial": (("in a month",), ("no date",)),
    **dict.fromkeys(GIVING_REASONS, (("reasons",), ("no reason",))),
    **dict.fromkeys(ABOUT_MEMBERS, tuple((who, why) for who in SEATS for why in ("reasons", "no reason"))),
    "unassign": tuple((who,) for who in SEATS),
    **dict.fromkeys(("save_sheet", "submit_sheet"), FILLED_IN),
    "call_meeting": ((0,), (1,), (0, 1), ()),
    "attendance": ((), ("uyvien5",), ("chutich",), ("thuky", "uyvien2"), ("uyvien3", "uyvien4", "uyvien5"), ("chutich", "uyvien1", "uyvien2"), ("one left out",)),
    "cast": tuple((said,) for said in OPINIONS),
    "record_revise": (("scoring", "text"), ("meeting", "text"), ("meeting", "no text")),
    **dict.fromkeys(("recognise", "decline", "revoke", "publish"), DECIDING),
    "hold": (("recognise",), ("decline", "reasons"), ("decline", "no reason")),
    "adopt": (("T2B",), ("L3C",), ("T1A",)),
    "start_use": (("with place",), ("no place",)),
}  # fmt: skip


#: Whose each act is; "lead", "keeper" and "chair" are told by the proposal.  What is not named is a member's.
WHOSE = {
    "lead": ("write", "attach", "submit", "resubmit", "hand_in", "discard", "withdraw", "complain"),
    "tiepnhan": ("accept", "ask_fix", "reject", "finish_trial", "fail_trial"),
    "keeper": (
        "assign", "unassign", "excuse", "open_scoring", "reopen_sheet", "recuse_member", "start_trial", "reveal", "postpone", "open_vote",
        "close_vote", "record_conclusion", "record_revise", "call_meeting", "start_meeting", "attendance", "close_meeting",
    ),
    "chair": ("confirm_conclusion",),
    HEAD: ("recognise", "decline", "revoke", "publish", "answer", "agree_adoption", "refuse_adoption"),
    "vanphong": ("hold", "drop", "issue", "forward"),
    "donvi": ("adopt", "cancel_adoption", "start_use"),
}  # fmt: skip
_WHOSE = {name: whose for whose, names in WHOSE.items() for name in names}


def out_of_turn(model: Model, chance: Random) -> Act:
    """Any act by somebody whose act it may be, filled in sensibly half of the time: the state decides."""
    tried = anything(model, chance)
    proposal = model.at(tried.p)
    if proposal is None or tried.name in ("draft", "add_author", "confirm"):
        return tried
    whose = _WHOSE.get(tried.name, "")
    people = {"lead": proposal.lead, "keeper": model.keeper(tried.p) or KEEPER, "chair": model.chair(tried.p) or SEATS[0]}
    how = HOWS.get(tried.name, ((),))[0] if chance.random() < SENSIBLY else tried.how
    return Act(tried.name, people.get(whose, whose) or chance.choice(SEATS), tried.p, how)


def anything(model: Model, chance: Random) -> Act:
    """Any act, by anybody, filled in anyhow; one proposal beyond the last does not exist."""
    name = chance.choice([each for each in ACTS if each != "draft" or len(model.proposals) < MOST_PROPOSALS])
    who = chance.choice(tuple(WRITERS) if name == "draft" else EVERYBODY)
    return Act(name, who, chance.randint(0, len(model.proposals)), chance.choice(HOWS.get(name, ((),))))


@dataclass(frozen=True)
class Mood:
    """What is usual in a play: what most members put on their sheets, and who does not come to meetings."""

    points: str = "good"
    absent: tuple[object, ...] = ()


def ways_on(model: Model, chance: Random, mood: Mood = Mood()) -> list[Act]:
    """What may come next on the way of one of the proposals, by those whose act it is; the first leads straight on."""
    fewer = len(model.proposals) < MOST_PROPOSALS
    new = [Act("draft", chance.choice(tuple(WRITERS)), 0, ("declared",))] if fewer else []
    p = chance.randrange(len(model.proposals)) if model.proposals else 0
    return [*_ways_of(model, p, mood), *_interruptions(model, p, chance), *new] or [
        Act("complain", EVERYBODY[0], p, ("reasons",))
    ]


def _interruptions(model: Model, p: int, chance: Random) -> Iterator[Act]:
    """What comes between now and then while the board has it: members come and go, withdraw, decline, are excused."""
    proposal = model.at(p)
    if proposal is not None and proposal.reviews[0].state in WITH_BOARD:
        member = chance.choice(SEATS)
        yield Act("attendance", KEEPER, p, chance.choice(HOWS["attendance"]))
        yield Act("recuse_member", model.keeper(p) or KEEPER, p, (member, "reasons"))
        yield Act("decline_duty", chance.choice(SEATS), p, ("reasons",))
        yield Act("excuse", model.keeper(p) or KEEPER, p, (member, "reasons"))


def _ways_of(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    proposal = model.at(p)
    if proposal is None:
        return
    lead, review = proposal.lead, proposal.reviews[0]
    if review.state in _WAYS:
        yield from (Act(name, who or lead, p, how) for name, who, how in _WAYS[review.state])
    elif review.state == "draft":
        yield from _drafting(model, p)
    elif review.state == "accepted":
        yield from _preparing(model, p, review)
    elif review.state == "scoring":
        yield from _scoring(model, p, review, mood)
    elif review.state == "meeting":
        yield from _voting(model, p, mood)


_REASONS = ("7/QĐ", "reasons", "superior")
#: state → acts with who does them; nobody named is the lead author.
_WAYS: dict[str, tuple[tuple[str, str, tuple[object, ...]], ...]] = {
    "submitted": (("accept", "tiepnhan", ("all met",)), ("ask_fix", "tiepnhan", ("defect",)), ("accept", "demo38", ("all met",))),
    "needs_fix": (("resubmit", "", ("declared",)), ("add_author", "", ("uyvien3",)), ("write", "", ())),
    "trial": (("finish_trial", "tiepnhan", ("reasons",)), ("fail_trial", "tiepnhan", ("reasons",))),
    "revise": (("hand_in", "", ("declared",)), ("write", "", ())),
    "passed": (
        ("recognise", HEAD, _REASONS), ("recognise", "demo35", _REASONS), ("hold", "vanphong", ("recognise",)),
        ("publish", HEAD, _REASONS), ("publish", "demo35", _REASONS), ("recognise", "demo35", ("8/QĐ", "reasons", "")), ("decline", HEAD, _REASONS),
    ),
    "failed": (("decline", HEAD, _REASONS), ("hold", "vanphong", ("decline", "reasons")), ("publish", HEAD, _REASONS)),
    "recognised": (
        ("issue", "vanphong", ()), ("forward", "vanphong", ()), ("adopt", "donvi", ("T2B",)), ("agree_adoption", HEAD, ()),
        ("start_use", "donvi", ("with place",)), ("revoke", HEAD, _REASONS), ("accept", "demo38", ("all met",)),
        ("complain", "", ("reasons",)), ("cancel_adoption", "donvi", ()),
    ),
    "rejected": (("complain", "", ("reasons",)), ("answer", HEAD, ("reasons",))),
    "not_recognised": (("complain", "", ("reasons",)), ("answer", HEAD, ("reasons",))),
    "revoked": (("complain", "", ("reasons",)), ("answer", "demo35", ("reasons",))),
}  # fmt: skip


def _drafting(model: Model, p: int) -> Iterator[Act]:
    proposal = model.proposals[p]
    if not proposal.written:
        yield Act("write", proposal.lead, p)
    if not proposal.evidence:
        yield Act("attach", proposal.lead, p)
    for each in proposal.authors:
        if each not in proposal.confirmed:
            yield Act("confirm", each, p)
    yield Act("submit", proposal.lead, p, ("declared",))
    others = [who for who in WRITERS if who not in proposal.authors]
    yield from (Act("add_author", proposal.lead, p, (who,)) for who in others[:1])


def _preparing(model: Model, p: int, review: Review) -> Iterator[Act]:
    keeper = model.keeper(p) or KEEPER
    free = [who for who in reversed(SEATS) if not model.barred(who, p) and not review.assigned.get(who)]
    if sum(review.assigned.values()) < 3:
        yield Act("assign", keeper, p, tuple(free[: 3 - sum(review.assigned.values())]))
    yield Act("open_scoring", keeper, p)
    yield Act("assign", keeper, p, tuple(free[:1]))
    yield Act("start_trial", keeper, p, ("in a month",))


def _scoring(model: Model, p: int, review: Review, mood: Mood) -> Iterator[Act]:
    keeper = model.keeper(p) or KEEPER
    waiting = [who for who, runs in review.assigned.items() if runs and not model.barred(who, p)]
    waiting = [who for who in waiting if not (sheet := review.sheets.get((who, review.revision))) or not sheet.submitted]
    for who in waiting:
        yield Act("submit_sheet", who, p, (mood.points, "complete"))
    yield from _gathering(model, p, mood)
    yield Act("reveal", keeper, p)
    for who in waiting:
        yield from (Act("submit_sheet", who, p, (points, "complete")) for points in SHEETS)
        yield Act("save_sheet", who, p, ("poor", "complete"))
    yield from (Act("reopen_sheet", keeper, p, (who, "reasons")) for who in review.assigned)


def _gathering(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    """What a meeting needs before an item can come up."""
    meeting = model.meeting
    if meeting is None or meeting.state == "closed" or p not in meeting.agenda or meeting.agenda[p].conclusion == "postponed":
        yield Act("call_meeting", model.keeper(p) or KEEPER, p, (p,))
    elif meeting.state == "planned":
        yield Act("start_meeting", KEEPER, p)
    elif meeting.present is None:
        yield Act("attendance", KEEPER, p, mood.absent)
        yield from (Act("attendance", KEEPER, p, how) for how in HOWS["attendance"])


def _voting(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    keeper, chair = model.keeper(p) or KEEPER, model.chair(p) or SEATS[0]
    item = model.meeting.agenda.get(p) if model.meeting else None
    yield from _gathering(model, p, mood)
    if item is None:
        return
    if item.vote == "open":
        waiting = sorted(voters(model, p) - item.voted.keys())
        yield from (Act("cast", who, p, ("agree",)) for who in waiting)
        yield Act("close_vote", keeper, p)
        yield from (Act("cast", who, p, (said,)) for who in waiting for said in OPINIONS[1:])
    elif item.conclusion:
        yield Act("confirm_conclusion", chair, p)
    elif item.vote == "closed":
        yield Act("record_conclusion", keeper, p)
    else:
        yield Act("open_vote", keeper, p)
        yield Act("record_revise", keeper, p, ("scoring", "text"))
        yield Act("record_revise", keeper, p, ("meeting", "text"))
        yield Act("postpone", keeper, p, ("reasons",))
    yield Act("close_meeting", KEEPER, p)
