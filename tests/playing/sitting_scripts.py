"""The ways on through a meeting: who calls it, who is there, how its members vote, what is concluded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.playing.cast import KEEPER, SEATS
from tests.playing.fillings import HOWS, OPINIONS
from tests.playing.model import Act, Ballot, Model
from tests.playing.voting import PAIR, tellers, voters


@dataclass(frozen=True)
class Mood:
    """What is usual in a play: what most members put on their sheets, who does not come to meetings, how is voted, what comes of it.

    :param revised: the board asks for completion, which comes "in time" or "late"; empty when it votes at once.
    :param count: of a first vote on paper: "settled", as the tellers differ and who presides decides, or "void"; empty as it comes.
    """

    points: str = "good"
    absent: tuple[object, ...] = ()
    on_paper: bool = False
    revised: str = ""
    count: str = ""


USUALLY = Mood()


def gathering(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    """What a meeting needs before an item can come up."""
    meeting = model.meeting
    if meeting is None or meeting.state == "closed" or p not in meeting.agenda or meeting.agenda[p].conclusion == "postponed":
        yield Act("call_meeting", model.keeper(p) or KEEPER, p, (p,))
    elif meeting.state == "planned" and meeting.on != model.today:
        yield Act("move_meeting", KEEPER, p)
    elif meeting.state == "planned":
        yield Act("start_meeting", KEEPER, p)
    elif meeting.present is None:
        yield Act("attendance", KEEPER, p, mood.absent)
        yield from (Act("attendance", KEEPER, p, how) for how in HOWS["attendance"])


def _by_phone(model: Model, p: int, ballot: Ballot) -> Iterator[Act]:
    keeper = model.keeper(p) or KEEPER
    waiting = sorted(voters(model, p) - ballot.voted.keys())
    if model.proposals[p].open_vote and waiting:
        yield Act("roll", keeper, p, tuple((who, "agree") for who in waiting))
    yield from (Act("cast", who, p, ("agree",)) for who in waiting)
    yield Act("close_vote", keeper, p)
    yield from (Act("cast", who, p, (said,)) for who in waiting for said in OPINIONS[1:])
    if not model.proposals[p].open_vote:
        yield Act("lose_key", KEEPER, p)


def _by_paper(model: Model, p: int, ballot: Ballot, count: str) -> Iterator[Act]:
    """Counts that agree and, with an odd number of voters, a first pair that does not; the second of a pair is another's."""
    keeper, chair, there = model.keeper(p) or KEEPER, model.chair(p) or SEATS[0], len(voters(model, p))
    waiting = ballot.attempts[-1] if ballot.attempts and len(ballot.attempts[-1]) < PAIR else []
    free = [who for who in sorted(tellers(model, p)) if who not in dict(waiting)]
    unanimous, one_against = (there, there, 0, there, 0, 0), (there, there, 0, there - 1, 1, 0)
    invalid = (there, there - 1, 1, there - 2, 0, 0)
    agreeing = waiting[0][1] if waiting else unanimous
    differ = bool(waiting) and len(ballot.attempts) == 1 and (count == "settled" or there % 2)
    likely = one_against if differ else agreeing
    if count == "void":
        yield Act("void_vote", keeper, p, ("reasons",))
    settling = [Act("settle_count", chair, p, (place, "reasons")) for place in (1, 2)]
    if ballot.attempts and not waiting:
        yield from settling
    for who in free[:2]:
        yield from (Act("key_count", who, p, each) for each in (likely, agreeing, invalid) if min(each) >= 0)
    yield Act("void_vote", keeper, p, ("reasons",))
    # What must not be: who presides counts, somebody counts twice, more ballots than voters, none of two equal counts is settled.
    yield Act("key_count", chair, p, agreeing)
    yield from (Act("key_count", who, p, agreeing) for who, _ in waiting)
    yield Act("key_count", free[0] if free else keeper, p, (there + 1, there + 1, 0, there + 1, 0, 0))
    yield from settling


def voting(model: Model, p: int, mood: Mood) -> Iterator[Act]:
    keeper, chair = model.keeper(p) or KEEPER, model.chair(p) or SEATS[0]
    item = model.meeting.agenda.get(p) if model.meeting else None
    yield from gathering(model, p, mood)
    if item is None:
        return
    if item.ballot and item.vote == "open":
        count = mood.count if len(item.votes) == 1 else ""
        yield from _by_paper(model, p, item.ballot, count) if item.ballot.on_paper else _by_phone(model, p, item.ballot)
    elif item.conclusion:
        yield Act("confirm_conclusion", chair, p)
    elif item.vote == "closed":
        yield Act("record_conclusion", keeper, p)
    else:
        wanted = "on paper" if mood.on_paper and not model.proposals[p].open_vote else "by phone"
        ways = [Act("open_vote", keeper, p, (wanted,))]
        ways += [Act("record_revise", keeper, p, (back_to, "text")) for back_to in ("scoring", "meeting")]
        yield from reversed(ways) if mood.revised and model.proposals[p].revision == 1 else ways
        yield Act("postpone", keeper, p, ("reasons",))
    yield Act("close_meeting", KEEPER, p)
