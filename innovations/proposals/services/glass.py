"""Break-glass: asked for, confirmed by a second person, read for a while, ended.  Who may is :mod:`..rules.glass`'s to say."""

from datetime import timedelta

from flask import current_app

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.documents.intake import Download
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.queries import holders_over
from innovations.people.rules.roles import Actor
from innovations.people.second_person import check_second_person
from innovations.proposals import lifecycle
from innovations.proposals.dossier_queries import Dossier, shown
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.loading import Loaded, proposal_at
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.models_secrets import BreakGlass
from innovations.proposals.rules import glass
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.rules.facts import ProposalFacts


def ask(actor: Actor, code: str, reason: glass.GlassReason, note: str) -> int:
    """Ask to read one proposal; those who may confirm it are told.  Returns the request's id.

    :raises NotVisible: no such proposal was filed in the actor's units, or it is hidden.
    :raises NotAsker: neither admin nor security officer there.
    :raises AuthorMayNotAct: an author reads it anyway.
    :raises ReasonsMissing: no reason in words.
    """
    with atomic() as session:
        proposal = proposal_at(code)
        if proposal is None or proposal.code is None:
            raise NotVisible("code")
        facts = facts_of(proposal.id)
        try:
            office = glass.check_may_ask(actor, facts)
        except glass.NotAsker:
            raise NotVisible("code") from None
        row = BreakGlass(
            proposal_id=proposal.id, asked_by_id=actor.person_id, office=office, reason=reason,
            note=check_reasons(note, "note"), asked_at=now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.record(AuditTag.GLASS_ASKED, "proposal", proposal.id, by=actor.account_id, glass=row.id, reason=reason.value)
        others = {person for role in glass.CONFIRMERS if role != office for person in holders_over(role, facts.base_unit_path)}
        notify(NoticeKind.GLASS_ASKED, others - {actor.person_id} - facts.author_ids, "break_glass", row.id)
        return row.id


def _known(actor: Actor, glass_id: int) -> tuple[BreakGlass, ProposalFacts]:
    """The request, for who asked and who may confirm; nobody else knows of it."""
    row = db.session.get(BreakGlass, glass_id)
    if row is None:
        raise NotVisible
    facts = facts_of(row.proposal_id)
    if actor.person_id != row.asked_by.human_id and not glass.may_confirm(actor, facts, row.asked_by.human_id, row.office):
        raise NotVisible
    return row, facts


def confirm(actor: Actor, glass_id: int) -> None:
    """The second person agrees: it is open from now on, and the authors are told who reads, when and why.

    :raises NotVisible: no such request for this actor, or the proposal was hidden meanwhile.
    :raises AskerMayNotConfirm: the same human being asked.
    :raises NoGlassWaits: it was confirmed or ended meanwhile, or waited for more than a day.
    :raises PutThere: one of the two let the other in of late.
    """
    with atomic():
        row, facts = _known(actor, glass_id)
        glass.check_may_confirm(actor, facts, row.asked_by.human_id, row.office)
        if not glass.waits(row.asked_at, row.confirmed_at, row.ended_at, now()):
            raise glass.NoGlassWaits
        if facts.quarantined:
            raise NotVisible
        check_second_person(row.asked_by.human_id, actor.person_id)
        row.confirmed_by_id, row.confirmed_at = actor.person_id, now()
        row.until = now() + timedelta(minutes=current_app.config["BREAK_GLASS_MINUTES"])
        audit.record(AuditTag.GLASS_OPENED, "proposal", row.proposal_id, by=actor.account_id, glass=row.id)
        notify(NoticeKind.GLASS_OPENED, lifecycle.authors_of(row.proposal_id), "break_glass", row.id)


def end(actor: Actor, glass_id: int) -> None:
    """Either ends it, waiting or open.

    :raises GlassEnded: it ended before, by somebody or by itself.
    """
    with atomic():
        row, _facts = _known(actor, glass_id)
        if row.ended_at is not None or (row.until is not None and row.until <= now()):
            raise glass.GlassEnded
        row.ended_at, row.ended_by_id = now(), actor.person_id
        audit.record(AuditTag.GLASS_ENDED, "proposal", row.proposal_id, by=actor.account_id, glass=row.id)


def _open(actor: Actor, glass_id: int, **what: int) -> tuple[BreakGlass, ProposalFacts]:
    """The request while it is open for the actor; that it is read is recorded.  A step."""
    row = db.session.get(BreakGlass, glass_id)
    if row is None or row.ended_at is not None:
        raise NotVisible
    facts = facts_of(row.proposal_id)
    if not glass.reads(actor, facts, row.asked_by.human_id, row.office, row.until, now()):
        raise NotVisible
    audit.record(AuditTag.GLASS_READ, "proposal", row.proposal_id, by=actor.account_id, glass=row.id, **what)
    return row, facts


def read(actor: Actor, glass_id: int) -> Dossier:
    """The dossier, without what the reader would not read as anybody else either: confidential fields, sheets, ballots.

    :raises NotVisible: nothing is open here, or not for this actor, or not any more.
    """
    with atomic():
        row, facts = _open(actor, glass_id)
        review = row.proposal.reviews[-1]
        return shown(Loaded(row.proposal, review, facts, review_facts(facts, review.id)), actor)


def download(actor: Actor, glass_id: int, attachment_id: int) -> Download:
    """A file of the dossier; signed pages hold personal data and stay closed.

    :raises NotVisible: nothing is open here, or no such file.
    """
    with atomic():
        row, _facts = _open(actor, glass_id, attachment=attachment_id)
        file = db.session.get(Attachment, attachment_id)
        if file is None or file.proposal_id != row.proposal_id or file.kind in RESTRICTED_KINDS:
            raise NotVisible
        return Download(storage.path_of(file.sha256), file.name, file.media_type)
