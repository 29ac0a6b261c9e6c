"""Acts after the board: pending outcomes, decisions, certificates, revocation, the next level up."""

from __future__ import annotations

from tests.playing.acts import act, against, done, first, hidden, may_not, refused
from tests.playing.cast import HEAD, holds
from tests.playing.model import FORBIDDEN, NOT_THERE, Act, Answer, Model, Review


def _decides(model: Model, tried: Act, states: set[str], *, form: bool = False, absent: bool = False) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden(incomplete=form)
    review = first(model, tried)[1]
    return against(person=may_not(model, tried, "decider", review), state=review.state not in states, form=form)


def _number(model: Model, tried: Act, kind: str) -> bool:
    """Whether the number typed in is missing or used: unique per unit, year and kind; it is dated today."""
    return tried.how[0] == "" or (kind, str(tried.how[0]), model.today.year) in model.decisions


def _head_lacks_approval(model: Model, tried: Act) -> bool:
    """The Army paid and its head is an author: the superior must have approved."""
    proposal = model.at(tried.p)
    return proposal is not None and HEAD in proposal.authors and "superior" not in tried.how


def _recognised(model: Model, tried: Act) -> None:
    review = first(model, tried)[1]
    review.pending = ""
    review.end("recognised", model.today)
    model.decisions.add(("recognise", str(tried.how[0]), model.today.year))


def _declined(model: Model, tried: Act) -> None:
    review = first(model, tried)[1]
    review.pending = ""
    review.end("not_recognised", model.today)
    model.decisions.add(("not_recognise", str(tried.how[0]), model.today.year))


@act
def recognise(model: Model, tried: Act) -> Answer:
    lacking = _number(model, tried, "recognise") or _head_lacks_approval(model, tried)
    no = _decides(model, tried, {"passed"}, form=lacking)
    if no:
        return no
    _recognised(model, tried)
    return done("boards.decision_recorded", "proposal.recognised")


@act
def decline(model: Model, tried: Act) -> Answer:
    no = _decides(model, tried, {"passed", "failed"}, form=_number(model, tried, "not_recognise") or "no reason" in tried.how)
    if no:
        return no
    _declined(model, tried)
    return done("boards.decision_recorded", "proposal.declined")


@act
def revoke(model: Model, tried: Act) -> Answer:
    no = _decides(model, tried, {"recognised"}, form=_number(model, tried, "revoke") or "no reason" in tried.how)
    if no:
        return no
    proposal, review = first(model, tried)
    review.end("revoked", model.today)
    model.decisions.add(("revoke", str(tried.how[0]), model.today.year))
    valid = proposal.certificates.count("valid")
    proposal.certificates = ["revoked"] * len(proposal.certificates)
    return done("boards.decision_recorded", "proposal.revoked", *["boards.certificate_revoked"] * valid)


def _holds_outcome(model: Model, tried: Act, *, state: bool, form: bool = False) -> Answer | None:
    if not model.sees(tried.who, tried.p):
        return hidden()
    review = first(model, tried)[1]
    barred = all(may_not(model, tried, office, review) for office in ("decider", "registrar"))
    return against(person=barred, state=state, form=form)


@act
def hold(model: Model, tried: Act) -> Answer:
    outcome, review = str(tried.how[0]), _review(model, tried)
    may_be = {"recognise": {"passed"}, "decline": {"passed", "failed"}}[outcome]
    no = _holds_outcome(model, tried, state=review.state not in may_be, form=outcome == "decline" and "no reason" in tried.how)
    if no:
        return no
    review.pending = outcome
    return done("boards.outcomes_held")


def _review(model: Model, tried: Act) -> Review:
    return model.proposals[tried.p].reviews[0] if model.at(tried.p) else Review("T1A")


@act
def drop(model: Model, tried: Act) -> Answer:
    no = _holds_outcome(model, tried, state=not _review(model, tried).pending)
    if no:
        return no
    first(model, tried)[1].pending = ""
    return done("boards.outcomes_dropped")


@act
def publish(model: Model, tried: Act) -> Answer:
    pending = _review(model, tried).pending
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = first(model, tried)
    kind = {"recognise": "recognise", "decline": "not_recognise"}.get(pending, "recognise")
    lacking = _number(model, tried, kind) or (pending == "recognise" and _head_lacks_approval(model, tried))
    no = against(person=may_not(model, tried, "decider", review), state=not pending, form=bool(pending) and lacking)
    if no:
        return no
    if pending == "decline":
        _declined(model, tried)
        return done("boards.decision_recorded", "proposal.declined", "boards.outcomes_published")
    _recognised(model, tried)
    issued = _issue(model, tried)
    return done("boards.decision_recorded", "proposal.recognised", *issued, "boards.outcomes_published")


def _issue(model: Model, tried: Act) -> list[str]:
    proposal = model.proposals[tried.p]
    missing = len(proposal.authors) - len(proposal.certificates)
    proposal.certificates += ["valid"] * missing
    model.certificates[model.today.year] += missing
    return ["boards.certificate_issued"] * missing


@act
def issue(model: Model, tried: Act) -> Answer:
    """Certificates of a decision on recognition; before it there is no such decision.  Its page hides it before the act is asked."""
    if not model.sees(tried.who, tried.p):
        return refused(NOT_THERE, FORBIDDEN)
    proposal, review = first(model, tried)
    if review.state not in ("recognised", "revoked"):
        return refused(NOT_THERE, *([] if holds(tried.who, "registrar", "T1A") else [FORBIDDEN]))
    barred = all(may_not(model, tried, office, review) for office in ("decider", "registrar"))
    nothing = review.state != "recognised" or len(proposal.certificates) == len(proposal.authors)
    no = against(person=barred, state=nothing)
    return no or done(*_issue(model, tried))


@act
def forward(model: Model, tried: Act) -> Answer:
    if not model.sees(tried.who, tried.p):
        return hidden()
    proposal, review = first(model, tried)
    no = against(
        person=may_not(model, tried, "registrar", review), state=review.state != "recognised" or len(proposal.reviews) > 1
    )
    if no:
        return no
    model.receipts["SM", model.today.year] += 1
    above = Review("SM", revision=review.revision)
    above.receive(model.today)
    proposal.reviews.append(above)
    return done("proposal.forwarded")
