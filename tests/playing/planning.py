"""The dated phases of the board's rounds: who plans them, and when sheets are taken."""

from __future__ import annotations

from datetime import date, timedelta

from tests.playing.acts import act, against, done, hidden, reads_board
from tests.playing.cast import KEEPER, holds
from tests.playing.model import Act, Answer, Model, Phase

#: Phases by the day they begin in from today (None: the first of all), whether sheets are taken, and how long authors are hidden.
STANDING: dict[str, tuple[tuple[int | None, bool, str], ...]] = {
    "a week to score": ((None, True, ""), (7, False, "")),
    "later": ((None, False, ""), (3, True, "")),
    "authors hidden to the reveal": ((None, True, "reveal"), (30, True, "")),
    "authors hidden until the own sheet": ((None, True, "own sheet"),),
}
#: Those stand where nothing was planned before; of the others some stand after them, some nowhere.
PLANS = STANDING | {
    "from today on": ((0, True, ""),),
    "until the own sheet from today on": ((0, True, "own sheet"),),
    "hidden from tomorrow on": ((1, True, "reveal"), (9, False, "")),
    "nothing ahead": (),
    "never": ((None, False, ""),),
    "a day gone by": ((None, True, ""), (-1, True, "")),
    "two on one day": ((2, True, ""), (2, False, "")),
}


def planned(name: object, today: date) -> list[Phase]:
    """The phases of a plan in the order of their days."""
    rows = [Phase(None if days is None else today + timedelta(days), scoring, hides) for days, scoring, hides in PLANS[str(name)]]
    return sorted(rows, key=lambda each: each.from_on or date.min)


def _stands(begun: list[Phase], ahead: list[Phase], today: date) -> bool:
    """Exactly the first of all has no day, no two begin on one day, none in the past, and somebody may score some day."""
    days = [each.from_on for each in (*begun, *ahead)]
    dated = [each.from_on for each in ahead if each.from_on is not None]
    right_first = not days or (days[0] is None and None not in days[1:])
    takes = any(each.scoring for each in (*begun, *ahead))
    return right_first and len(set(days)) == len(days) and all(each >= today for each in dated) and takes


@act
def plan_phases(model: Model, tried: Act) -> Answer:
    """The registrar of the unit or above, or the secretary of the board; what has begun stays as it is."""
    if not reads_board(tried.who):
        return hidden()
    begun, ahead = model.begun(), planned(tried.how[0], model.today)
    plans = tried.who == KEEPER or holds(tried.who, "registrar", "T1A")
    no = against(person=not plans, state="stale" in tried.how, form=not _stands(begun, ahead, model.today))
    if no:
        return no
    model.phases = [*begun, *ahead]
    return done("boards.schedule_changed")
