"""Acts of a vote: by phone under seal, in the open or by roll, or on printed ballots that two tellers count; and void votes."""

from __future__ import annotations

from tests.playing.acts import act, against, done, first
from tests.playing.model import Act, Answer, Ballot, Figures, Item, Model
from tests.playing.sitting import NEEDED, is_meeting, item_of, settled

PAIR = 2


def voters(model: Model, p: int) -> set[str]:
    """Who has an opinion: present, with a vote, neither author nor in conflict."""
    present = (model.meeting.present if model.meeting else None) or frozenset()
    return {who for who in present if not model.barred(who, p)}


def tellers(model: Model, p: int) -> set[str]:
    """Who may count: who has an opinion, but not who presides and would have to settle between two counts."""
    return voters(model, p) - {model.chair(p)}


def _runs_vote(model: Model, tried: Act) -> tuple[Answer | None, Item]:
    no, item = item_of(model, tried)
    if no:
        return no, item
    runs = tried.who in (model.keeper(tried.p), model.chair(tried.p))
    return against(person=not runs, state=not is_meeting(model, tried)), item


@act
def open_vote(model: Model, tried: Act) -> Answer:
    no, item = _runs_vote(model, tried)
    if no:
        return no
    assert model.meeting
    proposal, present, on_paper = model.proposals[tried.p], len(model.meeting.present or ()), "on paper" in tried.how
    unready = present < NEEDED or not proposal.evidence or (on_paper and proposal.open_vote)
    no = against(state=bool(item.vote) or settled(item) or unready)
    if no:
        return no
    item.votes.append(Ballot(on_paper=on_paper, present=present))
    item.conclusion = ""
    return done("boards.vote_opened")


def _by_phone(item: Item) -> Ballot | None:
    found = item.ballot
    return found if found is not None and found.state == "open" and not found.on_paper else None


@act
def cast(model: Model, tried: Act) -> Answer:
    no, item = item_of(model, tried)
    if no:
        return no
    ballot = _by_phone(item)
    late = ballot is None or tried.who in ballot.voted or not is_meeting(model, tried)
    no = against(person=tried.who not in voters(model, tried.p), state=late)
    if no or ballot is None:
        return no or Answer()
    ballot.voted[tried.who] = str(tried.how[0])
    return done(*(["boards.opinion_given"] if model.proposals[tried.p].open_vote else []))


@act
def roll(model: Model, tried: Act) -> Answer:
    """An open vote by roll: who keeps the minutes or presides notes what each says, in place of what stood there."""
    no, item = _runs_vote(model, tried)
    if no:
        return no
    ballot, said = _by_phone(item), dict(tried.how)  # type: ignore[call-overload]
    secret = not model.proposals[tried.p].open_vote
    no = against(state=ballot is None or secret, form=not said.keys() <= voters(model, tried.p))
    if no or ballot is None:
        return no or Answer()
    ballot.voted |= said
    return done("boards.roll_recorded")


@act
def close_vote(model: Model, tried: Act) -> Answer:
    no, item = _runs_vote(model, tried)
    ballot = _by_phone(item)
    no = no or against(state=ballot is None)
    if no or ballot is None:
        return no or Answer()
    if ballot.key_lost:
        ballot.state = "void"
        return done("boards.vote_voided")
    # An open opinion of somebody found to be in conflict is taken out; a sealed one nobody can find.
    hidden_ones = not model.proposals[tried.p].open_vote
    counted = [said for who, said in ballot.voted.items() if hidden_ones or not model.barred(who, tried.p)]
    ballot.state, ballot.counted = "closed", {said: counted.count(said) for said in ("agree", "disagree", "none")}
    return done("boards.vote_closed")


@act
def lose_key(model: Model, tried: Act) -> Answer:
    """Nobody's act: the file with the key of a running secret vote is gone."""
    items = [each.agenda[tried.p] for each in model.meetings if tried.p in each.agenda]
    for ballot in filter(None, map(_by_phone, items)):
        ballot.key_lost = not model.proposals[tried.p].open_vote
    return done()


def _on_paper(item: Item) -> Ballot | None:
    found = item.ballot
    return found if found is not None and found.state == "open" and found.on_paper else None


def _finish(ballot: Ballot, figures: Figures) -> None:
    ballot.state = "closed"
    ballot.counted = dict(zip(("issued", "collected", "invalid", "agree", "disagree", "none"), figures, strict=True))


def _adds_up(figures: Figures, most: int) -> bool:
    """No more issued than have an opinion, no more collected than issued; each ballot is invalid or says one thing."""
    issued, collected, *kinds = figures
    return collected <= issued <= most and sum(kinds) == collected


@act
def key_count(model: Model, tried: Act) -> Answer:
    """A teller's count; the second of a pair is another's.  Equal counts close the vote, others are counted again or settled."""
    no, item = item_of(model, tried)
    if no:
        return no
    ballot, figures = _on_paper(item), tried.how
    waiting = ballot.attempts[-1] if ballot and ballot.attempts and len(ballot.attempts[-1]) < PAIR else []
    no = against(
        person=tried.who not in tellers(model, tried.p),
        state=ballot is None or not is_meeting(model, tried) or any(who == tried.who for who, _ in waiting),
        form=not _adds_up(figures, len(voters(model, tried.p))),  # type: ignore[arg-type]
    )
    if no or ballot is None:
        return no or Answer()
    if not waiting:
        ballot.attempts.append([(tried.who, figures)])  # type: ignore[list-item]
        return done("boards.count_keyed")
    waiting.append((tried.who, figures))  # type: ignore[arg-type]
    if waiting[0][1] != figures:
        return done("boards.count_keyed", "boards.counts_differ")
    _finish(ballot, waiting[0][1])
    return done("boards.count_keyed", "boards.vote_closed")


@act
def settle_count(model: Model, tried: Act) -> Answer:
    """Who presides says which of the two last counts stands, when they differ and nobody counts anew."""
    no, item = item_of(model, tried)
    if no:
        return no
    ballot = _on_paper(item)
    differing = ballot is not None and bool(ballot.attempts) and len(ballot.attempts[-1]) == PAIR
    no = against(
        person=tried.who != model.chair(tried.p),
        state=not differing or first(model, tried)[1].state != "meeting",
        form="no reason" in tried.how,
    )
    if no or ballot is None:
        return no or Answer()
    ballot.settled = True
    _finish(ballot, ballot.attempts[-1][int(str(tried.how[0])) - 1][1])
    return done("boards.count_settled", "boards.vote_closed")


@act
def void_vote(model: Model, tried: Act) -> Answer:
    """A vote on paper that cannot be counted is declared void, and held again."""
    no, item = _runs_vote(model, tried)
    ballot = _on_paper(item)
    no = no or against(state=ballot is None, form="no reason" in tried.how)
    if no or ballot is None:
        return no or Answer()
    ballot.state = "void"
    return done("boards.vote_voided")
