"""What time does: deadlines come and go, and nothing happens by itself."""

from __future__ import annotations

from datetime import timedelta

from tests.playing.acts import act, against, done, first
from tests.playing.model import Act, Answer, Model
from tests.playing.scoring import official


@act
def time_passes(model: Model, tried: Act) -> Answer:
    """Nobody's act.  Who is late is reminded; no state changes."""
    model.now += timedelta(hours=int(str(tried.how[0])))
    return done()


@act
def close_overdue(model: Model, tried: Act) -> Answer:
    """What was to be completed and was not handed in by the day set has failed, when the secretary says so with a reason."""
    no = official(model, tried)
    if no:
        return no
    review = first(model, tried)[1]
    in_time = review.due is None or model.today <= review.due
    state = review.state != "revise" or in_time
    no = against(person=tried.who != model.keeper(tried.p), state=state, form="no reason" in tried.how)
    if no:
        return no
    review.state, review.due = "failed", None
    return done("proposal.closed_overdue")
