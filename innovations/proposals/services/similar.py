"""Similar proposals: shown while the title is typed and again to whoever examines; a match never refuses anything (domain §2)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Forbidden, NotVisible, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.core.rules.text import clean_text
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import seen_with
from innovations.proposals.loading import Loaded, load, load_for_edit
from innovations.proposals.models import Proposal
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.access import check_official
from innovations.proposals.rules.events import AuditTag
from innovations.proposals.rules.states import ENDED, State
from innovations.proposals.rules.visibility import reader_tokens, similarity_tokens
from innovations.proposals.services.alike import WHILE_TYPING, repeats, text_of


class Says(Labelled):
    """What the author answers about a similar proposal."""

    DIFFERENT = "different", N_("Khác hẳn")
    EXTENDS = "extends", N_("Cải tiến thêm")
    SAME = "same", N_("Giống, xin áp dụng")


@dataclass(frozen=True)
class Match:
    """A similar proposal as the reader may know it; what does not open is known by code and title only."""

    id: int
    address: str
    title: str
    unit: str
    year: int | None
    state_label: str
    score: float
    says: str = ""
    note: str = ""
    verdict: str = ""
    recognised: bool = False
    scope: str = ""
    opens: bool = True


def _shown(
    found: dict[int, float], tokens: frozenset[str], base_unit_id: int | None, own: frozenset[str] | None = None
) -> list[Match]:
    """Those of ``found`` that ``tokens`` show, best first; with ``own`` tokens only do they open."""
    rows = db.session.scalars(select(Proposal).where(Proposal.id.in_(found)).where(seen_with(tokens)))
    opening = (
        None
        if own is None or own == tokens
        else set(db.session.scalars(select(Proposal.id).where(Proposal.id.in_(found), seen_with(own))))
    )
    shown = [
        Match(
            id=row.id, address=row.address, title=row.title, unit=row.base_unit.short_name,
            year=row.recognised_year or (row.first_filed_at.year if row.first_filed_at else None),
            state_label=_state_label(row), score=found[row.id],
            recognised=row.recognised_on is not None,
            scope="base" if row.base_unit_id == base_unit_id else "other",
            opens=opening is None or row.id in opening,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(shown, key=lambda match: -match.score)


def _state_label(row: Proposal) -> str:
    """What has become of it: once recognised it is that, whatever a higher level makes of it now."""
    if row.recognised_on is not None:
        return State.RECOGNISED.label
    return row.reviews[-1].state.label if row.reviews else ""


def while_typing(actor: Actor, title: str, *, exclude: int | None = None, base_unit_id: int | None = None) -> list[Match]:
    """Similar proposals the author may open, for a title being typed; empty for fewer than three words."""
    if len(title.split()) < 3:
        return []
    tokens = reader_tokens(actor)
    found = repeats(title, "", tokens, exclude=[exclude] if exclude else [], threshold=WHILE_TYPING)
    return _shown(found, tokens, base_unit_id)


def like(actor: Actor, title: str, text: str) -> list[Match]:
    """Proposals like a title and text, best first; the database has the last word on what the reader may know of."""
    tokens = reader_tokens(actor)
    return _shown(repeats(title, text, tokens, threshold=0), tokens, None)


def findings(actor: Actor, address: str) -> list[Match]:
    """The stored findings of a proposal with what was said of them, as far as the reader may know the others.

    Who examines it gets what is like it now as well, the pending ones of its base included (domain §3): the author could not see those.
    """
    return findings_in(load(actor, address), actor)


def findings_in(loaded: Loaded, actor: Actor) -> list[Match]:
    """The same for a proposal that is loaded already."""
    proposal, facts = loaded.proposal, loaded.facts
    rows = {row.other_id: row for row in _kept(proposal.id)}
    found = {other_id: float(row.score) for other_id, row in rows.items()}
    own = tokens = reader_tokens(actor)
    if _examines(actor, loaded.at):
        tokens = similarity_tokens(actor, [facts.base_unit_id])
        found = _like_now(proposal, tokens) | found
    return [_with_words(match, rows.get(match.id)) for match in _shown(found, tokens, facts.base_unit_id, own)]


def _like_now(proposal: Proposal, tokens: frozenset[str]) -> dict[int, float]:
    return repeats(proposal.title, text_of(proposal.situation, proposal.content), tokens, exclude=[proposal.id])


def _with_words(match: Match, row: SimilarityFinding | None) -> Match:
    if row is None:
        return match
    return replace(match, says=row.author_says, note=row.author_note, verdict=row.verdict)


def _examines(actor: Actor, at: object) -> bool:
    unit_path = at.unit_path  # type: ignore[attr-defined]
    seats = {at.secretary_id, at.chair_id, *at.assigned} - at.without_part  # type: ignore[attr-defined]
    return actor.holds(Role.RECEIVER, unit_path) or actor.person_id in seats


def may_judge(actor: Actor, address: str) -> bool:
    """Whether the actor examines the proposal now, and so says whether it repeats another."""
    loaded = load(actor, address)
    without_part = actor.person_id not in loaded.facts.author_ids | loaded.at.without_part
    return _examines(actor, loaded.at) and loaded.at.state not in ENDED and without_part


def keep_findings(actor: Actor, proposal: Proposal) -> int:
    """Look for similar proposals by title and text and keep what is worth a question; answers given before stay.

    The write lock is only waited for when there is something to write: most submits find the same as before, or nothing.

    :param proposal: one that the actor may edit.
    :returns: how many findings the proposal has now.
    """
    found = _like_now(proposal, reader_tokens(actor))
    worth = {other_id: round(Decimal(score), 2) for other_id, score in found.items()}
    asked = [row for row in _kept(proposal.id) if row.asked]
    if {row.other_id: row.score for row in asked if row.other_id in worth or not row.author_says} != worth:
        _keep(actor, proposal.address, worth)
    return len(worth)


def _kept(proposal_id: int) -> list[SimilarityFinding]:
    return list(db.session.scalars(select(SimilarityFinding).where(SimilarityFinding.proposal_id == proposal_id)))


def _keep(actor: Actor, address: str, worth: dict[int, Decimal]) -> None:
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        known = {row.other_id: row for row in _kept(loaded.proposal.id)}
        for other_id, row in known.items():
            if other_id not in worth and row.asked and not row.author_says and not row.verdict:
                session.delete(row)
        for other_id, score in worth.items():
            if other_id in known:
                known[other_id].score, known[other_id].asked = score, True
            else:
                session.add(SimilarityFinding(proposal_id=loaded.proposal.id, other_id=other_id, score=score))


def say_how_it_differs(actor: Actor, address: str, other_id: int, says: str, note: str = "") -> None:
    """The author's answer about one similar proposal.

    :param says: ``different``, ``extends`` or ``same``.
    :raises NotVisible: there is no such finding.
    """
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        mine = select(SimilarityFinding).where(
            SimilarityFinding.proposal_id == loaded.proposal.id, SimilarityFinding.other_id == other_id
        )
        row = session.scalar(mine)
        if row is None or says not in {each.value for each in Says}:
            raise NotVisible
        row.author_says, row.author_note = says, clean_text(note, max_length=1000, field="note")
        if loaded.at.state is not State.DRAFT:  # a draft is written without a trail, as in ``drafting.save_text``
            audit.record(AuditTag.CONTENT_CHANGED, "proposal", loaded.proposal.id, by=actor.account_id)


def look_at(actor: Actor, address: str, other_id: int, verdict: str) -> None:
    """The receiver's or the board's verdict on a finding: ``different``, ``extends`` or ``same``.

    :raises Forbidden: the actor does not examine it, is an author or has a conflict.
    :raises StateForbids: it is decided; what was examined is not rewritten.
    """
    with atomic():
        loaded = load(actor, address)
        check_official(actor, loaded.facts, loaded.at)
        if not _examines(actor, loaded.at):
            raise Forbidden
        if loaded.at.state in ENDED:
            raise StateForbids
        row = _finding(actor, loaded, other_id)
        if row is None or verdict not in {each.value for each in Says}:
            raise NotVisible
        row.verdict, row.looked_at_by_id, row.looked_at = verdict, actor.person_id, now()
        audit.record(AuditTag.SIMILARITY_LOOKED_AT, "proposal", loaded.proposal.id, by=actor.account_id, other=other_id)


def _finding(actor: Actor, loaded: Loaded, other_id: int) -> SimilarityFinding | None:
    """The stored finding, or one made of what is found now by whoever examines the proposal."""
    proposal = loaded.proposal
    row = next((row for row in _kept(proposal.id) if row.other_id == other_id), None)
    if row is None:
        like = _like_now(proposal, similarity_tokens(actor, [loaded.facts.base_unit_id]))
        if other_id not in like:
            return None
        row = SimilarityFinding(proposal_id=proposal.id, other_id=other_id, score=round(Decimal(like[other_id]), 2), asked=False)
        db.session.add(row)
    return row
