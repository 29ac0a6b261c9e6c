"""Thinks acts up: the ways on that a proposal has, and anything that anybody could try."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.playing.acts import ACTS
from tests.playing.cast import EVERYBODY, HEAD, KEEPER, SEATS, WRITERS
from tests.playing.fillings import BY_ACT, HOWS
from tests.playing.model import SHEETS, WITH_BOARD, Act, Model, Review
from tests.playing.sitting_scripts import USUALLY, Mood, gathering, voting

MOST_PROPOSALS = 2
SENSIBLY, SOMETIMES = 0.5, 0.4


def out_of_turn(model: Model, chance: Random) -> Act:
    """Any act by somebody whose act it may be, filled in sensibly half of the time: the state decides."""
    tried = anything(model, chance)
    proposal = model.at(tried.p)
    if proposal is None or tried.name in ("draft", "add_author", "confirm"):
        return tried
    whose = BY_ACT.get(tried.name, "")
    p = tried.p
    people = {
        "lead": proposal.lead,
        "commander": model.commander(p),
        "keeper": model.keeper(p) or KEEPER,
        "chair": model.chair(p) or SEATS[0],
    }
    how = HOWS.get(tried.name, ((),))[0] if chance.random() < SENSIBLY else tried.how
    return Act(tried.name, people.get(whose, whose) or chance.choice(SEATS), tried.p, how)


def anything(model: Model, chance: Random) -> Act:
    """Any act, by anybody, filled in anyhow; one proposal beyond the last does not exist."""
    name = chance.choice([each for each in ACTS if each != "draft" or len(model.proposals) < MOST_PROPOSALS])
    who = chance.choice(tuple(WRITERS) if name == "draft" else EVERYBODY)
    return Act(name, who, chance.randint(0, len(model.proposals)), chance.choice(HOWS.get(name, ((),))))


def peeping(model: Model) -> list[Act]:
    """Whoever scores blind tries the proposal's own address."""
    asked = [(p, who) for p in range(len(model.proposals)) if model.at(p) for who in SEATS]
    return [Act("withdraw", who, p) for p, who in asked if model.blind(who, p)]


def ways_on(model: Model, chance: Random, mood: Mood = USUALLY) -> list[Act]:
    """What may come next on the way of one of the proposals, by those whose act it is; the first leads straight on."""
    fewer = len(model.proposals) < MOST_PROPOSALS
    new = [Act("draft", chance.choice(tuple(WRITERS)), 0, ("declared",))] if fewer else []
    p = chance.randrange(len(model.proposals)) if model.proposals else 0
    time_passes = Act("time_passes", KEEPER, p, chance.choice(HOWS["time_passes"]))
    ways = [*_ways_of(model, p, mood), *_interruptions(model, p, chance), *new]
    return [*ways, time_passes] if not ways or chance.random() < SOMETIMES else ways


def _interruptions(model: Model, p: int, chance: Random) -> Iterator[Act]:
    """What comes between now and then while the board has it: members come and go, withdraw, decline, are excused."""
    proposal = model.at(p)
    if proposal is not None and proposal.reviews[0].state in WITH_BOARD:
        member = chance.choice(SEATS)
        yield Act("attendance", KEEPER, p, chance.choice(HOWS["attendance"]))
        yield Act("recuse_member", model.keeper(p) or KEEPER, p, (member, "reasons"))
        yield Act("decline_duty", chance.choice(SEATS), p, ("reasons",))
        yield Act("excuse", model.keeper(p) or KEEPER, p, (member, "reasons"))
        yield Act("plan_phases", chance.choice((KEEPER, "vanphong")), p, chance.choice(HOWS["plan_phases"]))


def _ways_of(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    proposal = model.at(p)
    if proposal is None:
        return
    lead, review = proposal.lead, proposal.reviews[0]
    if review.state in _WAYS:
        yield from (Act(name, who or lead, p, how) for name, who, how in _WAYS[review.state])
    elif review.state == "unit_review":
        yield Act("endorse", model.commander(p), p, ("declared",))
        yield Act("send_back", model.commander(p), p, ("reasons",))
        yield Act("withdraw", lead, p)
    elif review.state == "revise":
        late = review.due is not None and model.today > review.due
        ways = [Act("hand_in", lead, p, ("declared",)), Act("time_passes", lead, p, (24 * 35,))]
        over = Act("close_overdue", model.keeper(p) or KEEPER, p, ("reasons",))
        yield from [over, *ways] if late else [*ways[:: -1 if mood.revised == "late" else 1], over]
        yield Act("write", lead, p)
    elif review.state == "draft":
        yield from _drafting(model, p)
    elif review.state == "accepted":
        yield from _preparing(model, p, review)
    elif review.state == "scoring":
        yield from _scoring(model, p, review, mood)
    elif review.state == "meeting":
        yield from voting(model, p, mood)


_REASONS = ("7/QĐ", "reasons", "superior")
#: state → acts with who does them; nobody named is the lead author.
_WAYS: dict[str, tuple[tuple[str, str, tuple[object, ...]], ...]] = {
    "submitted": (("accept", "tiepnhan", ("all met",)), ("ask_fix", "tiepnhan", ("defect",)), ("accept", "demo38", ("all met",))),
    "needs_fix": (("resubmit", "", ("declared",)), ("add_author", "", ("uyvien3",)), ("write", "", ())),
    "trial": (("finish_trial", "tiepnhan", ("reasons",)), ("fail_trial", "tiepnhan", ("reasons",))),
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
        yield Act("write", proposal.lead, p, ("applied long ago",))
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
    if waiting and not model.takes_sheets():
        yield Act("plan_phases", KEEPER, p, ("from today on",))
        yield Act("time_passes", KEEPER, p, (24,))
    for who in waiting:
        yield Act("submit_sheet", who, p, (mood.points, "complete"))
    yield from gathering(model, p, mood)
    yield Act("reveal", keeper, p)
    for who in waiting:
        yield from (Act("submit_sheet", who, p, (points, "complete")) for points in SHEETS)
        yield Act("save_sheet", who, p, ("poor", "complete"))
    yield from (Act("reopen_sheet", keeper, p, (who, "reasons")) for who in review.assigned)
