"""Acts of other units that take a recognised improvement over."""

from __future__ import annotations

from tests.playing.acts import act, against, done, hidden
from tests.playing.cast import holds
from tests.playing.model import Act, Answer, Model


def _shown(model: Model, tried: Act) -> bool:
    proposal = model.at(tried.p)
    return proposal is not None and any(each.state == "recognised" for each in proposal.reviews)


@act
def adopt(model: Model, tried: Act) -> Answer:
    unit = str(tried.how[0])
    if not _shown(model, tried):
        return hidden()
    proposal = model.proposals[tried.p]
    running = any(each[0] == unit and each[2] in ("requested", "agreed", "in_use") for each in proposal.adoptions)
    no = against(person=not holds(tried.who, "commander", unit), state=running, form=unit == "T1A")
    if no:
        return no
    proposal.adoptions.append([unit, tried.who, "requested"])
    return done("library.adoption_requested")


def _adoption(model: Model, tried: Act) -> list[str] | None:
    """The latest adoption, for those it concerns: both units' command and staff, who asked, the authors."""
    if not model.sees(tried.who, tried.p) or not model.proposals[tried.p].adoptions:
        return None
    found = model.proposals[tried.p].adoptions[-1]
    offices = ("commander", "registrar", "decider")
    concerned = any(holds(tried.who, office, unit) for office in offices for unit in ("T1A", found[0]))
    return found if concerned or tried.who in (found[1], *model.proposals[tried.p].authors) else None


@act
def agree_adoption(model: Model, tried: Act) -> Answer:
    found = _adoption(model, tried)
    if found is None:
        return hidden()
    barred = not holds(tried.who, "commander", "T1A") or tried.who in model.proposals[tried.p].authors
    no = against(person=barred, state=found[2] != "requested" or not _shown(model, tried))
    if no:
        return no
    found[2] = "agreed"
    return done("library.adoption_agreed")


@act
def refuse_adoption(model: Model, tried: Act) -> Answer:
    found = _adoption(model, tried)
    if found is None:
        return hidden()
    barred = not holds(tried.who, "commander", "T1A") or tried.who in model.proposals[tried.p].authors
    no = against(person=barred, state=found[2] != "requested", form="no reason" in tried.how)
    if no:
        return no
    found[2] = "declined"
    return done("library.adoption_declined")


@act
def cancel_adoption(model: Model, tried: Act) -> Answer:
    found = _adoption(model, tried)
    if found is None:
        return hidden()
    asks = tried.who == found[1] or holds(tried.who, "commander", found[0])
    no = against(person=not asks, state=found[2] not in ("requested", "agreed"))
    if no:
        return no
    found[2] = "cancelled"
    return done("library.adoption_cancelled")


@act
def start_use(model: Model, tried: Act) -> Answer:
    found = _adoption(model, tried)
    if found is None:
        return hidden()
    barred = not holds(tried.who, "commander", found[0]) or tried.who in model.proposals[tried.p].authors
    no = against(person=barred, state=found[2] != "agreed" or not _shown(model, tried), form="no place" in tried.how)
    if no:
        return no
    found[2] = "in_use"
    return done("library.adoption_started")
