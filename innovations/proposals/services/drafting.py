"""Writing a draft: the declaration first, then the text in steps, saved by itself.

An autosave writes the draft row only; everything else is a click with its audit row.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import audience
from innovations.proposals.loading import load_for, load_for_edit
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.codes import draft_code
from innovations.proposals.rules.content import FIELD_LIMITS, Origin, equal_shares
from innovations.proposals.rules.events import AuditTag
from innovations.proposals.rules.states import Action, State
from innovations.proposals.services import limits, purging
from innovations.proposals.services.freezing import freeze
from innovations.search import outbox


class NoBase(Invalid):
    """The author's unit stands under no base that could receive the proposal."""

    message = N_("Đơn vị của đồng chí chưa thuộc cơ sở nào nhận đơn; xin liên hệ quản trị đơn vị.")


class NotDeclared(Invalid):
    """The declaration that nothing is secret was not made; nothing is stored without it (domain §8)."""

    message = N_("Phải khẳng định hồ sơ không có nội dung mật trước khi viết.")


class NotAClerk(Invalid):
    """Only a receiver files for somebody without an account."""

    message = N_("Chỉ cán bộ tiếp nhận được nhập hồ sơ giấy thay tác giả.")


class BaseStays(StateForbids):
    """The base is part of the permanent code; it stays from the first submit on."""

    message = N_("Mã hồ sơ đã mang cơ sở nhận đơn nên không đổi được nữa; xin nộp hồ sơ mới tại cơ sở khác.")


def bases_above(unit_path: str) -> list[Unit]:
    """Bases a person of the unit may file at, the nearest first."""
    ids = [int(part) for part in unit_path.strip("/").split("/") if part]
    found = db.session.scalars(select(Unit).where(Unit.id.in_(ids), Unit.is_base, Unit.active))
    return sorted(found, key=lambda unit: len(unit.path), reverse=True)


def _begin(base: Unit, author_unit_id: int, *, origin: Origin, filed_by: int | None) -> Proposal:
    proposal = Proposal(
        draft_code=draft_code(secrets.token_bytes(16)), base_unit_id=base.id, owning_unit_id=base.id,
        author_unit_id=author_unit_id, origin=origin, filed_by_id=filed_by,
        declared_at=now(), created_at=now(), updated_at=now(),
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    review = Review(proposal_id=proposal.id, unit_id=base.id, level=base.level.value, state=State.DRAFT, held_since=now())
    freeze(review)
    db.session.add(review)
    return proposal


def contribution_of(person: Person, *, position: int, is_lead: bool) -> Contribution:
    """An author's line with rank, duty and unit as they are at filing."""
    return Contribution(
        position=position, person_id=person.id, is_lead=is_lead, rank=person.rank, duty=person.position,
        qualification=person.qualification, born_on=person.born_on, unit_name=person.unit.name,
    )  # fmt: skip


def create_draft(
    actor: Actor, *, nothing_secret: bool, base_unit_id: int | None = None, values: Mapping[str, Any] | None = None
) -> str:
    """Begin a proposal after the declaration.

    :param values: texts to begin with, as :func:`save_text` takes them.
    :returns: its temporary address.
    :raises NotDeclared: the declaration was not made; nothing was stored.
    :raises NoBase: no base above the author's unit takes applications; :raises TooManyDrafts: as many as one may have.
    """
    if not nothing_secret:
        raise NotDeclared("nothing_secret")
    with atomic() as session:
        limits.check_drafts(actor.person_id)
        bases = bases_above(actor.unit_path)
        base = next((unit for unit in bases if unit.id == base_unit_id), None) or (bases[0] if bases else None)
        if base is None:
            raise NoBase
        proposal = _begin(base, actor.unit_id, origin=Origin.FILED, filed_by=None)
        _set_texts(proposal, values or {})
        author = contribution_of(session.get_one(Person, actor.person_id), position=1, is_lead=True)
        author.share, author.confirmed_at = equal_shares(1)[0], now()
        proposal.contributions.append(author)
        audit.record(AuditTag.CREATED, "proposal", proposal.id, by=actor.account_id)
        audience.refresh(proposal.id)
        return proposal.address


def create_on_paper(actor: Actor, *, nothing_secret: bool, author_name: str, author_rank: str, unit_id: int) -> str:
    """Begin a proposal for somebody without an account; the signed scan is asked for before it can be submitted.

    :raises NotAClerk: the actor is no receiver of the author's unit; :raises TooManyDrafts: as many as one may have.
    """
    if not nothing_secret:
        raise NotDeclared("nothing_secret")
    with atomic() as session:
        unit = session.get(Unit, unit_id)
        bases = bases_above(unit.path) if unit else []
        if unit is None or not bases:
            raise NoBase("unit_id")
        if not actor.holds(Role.RECEIVER, unit.path):
            raise NotAClerk("unit_id")
        limits.check_drafts(actor.person_id)
        proposal = _begin(bases[0], unit.id, origin=Origin.ON_PAPER, filed_by=actor.person_id)
        proposal.contributions.append(
            Contribution(
                position=1, free_name=author_name, rank=author_rank, is_lead=True, share=equal_shares(1)[0], unit_name=unit.name
            )
        )
        audit.record(AuditTag.FILED_ON_PAPER, "proposal", proposal.id, by=actor.account_id)
        audience.refresh(proposal.id)
        return proposal.address


#: What a step's form may set on the proposal; a name outside this set is a mistake of ours.
WRITABLE = frozenset(FIELD_LIMITS) - {"tag", "reason"} | {
    "solution_types", "proposal_class", "field_id", "tags", "not_mandatory", "first_applied_on", "trial_from", "trial_to",
    "investor_kind", "handling",
}  # fmt: skip


def _set_texts(proposal: Proposal, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in WRITABLE:
            raise KeyError(name)
        setattr(proposal, name, value)


def save_text(actor: Actor, address: str, version: int, values: Mapping[str, Any]) -> int:
    """Save what a step's form holds; empty values are allowed in a draft.

    :param version: of the text the author had before them.
    :returns: the new version.
    :raises Stale: somebody saved a newer version meanwhile; both texts are shown by the page.
    :raises NotVisible: no such proposal for this actor.
    """
    with atomic() as session:
        loaded = load_for_edit(actor, address, version)
        _set_texts(loaded.proposal, values)
        loaded.proposal.updated_at = now()
        session.flush()
        outbox.enqueue(loaded.proposal.id)
        if loaded.at.state is not State.DRAFT:
            audit.record(AuditTag.CONTENT_CHANGED, "proposal", loaded.proposal.id, by=actor.account_id)
        return loaded.proposal.version


def choose_base(actor: Actor, address: str, base_unit_id: int) -> None:
    """File at another base above the author's unit; only before the first submit.

    :raises NoBase: the unit is no base above the author's.
    :raises BaseStays: it was submitted before, and sent back.
    """
    with atomic():
        loaded = load_for(Action.SUBMIT, actor, address)
        if loaded.facts.ever_submitted:
            raise BaseStays
        author_unit = db.session.get_one(Unit, loaded.proposal.author_unit_id)
        base = next((unit for unit in bases_above(author_unit.path) if unit.id == base_unit_id), None)
        if base is None:
            raise NoBase("base_unit_id")
        if base.id == loaded.proposal.base_unit_id:
            return
        loaded.proposal.base_unit_id = loaded.proposal.owning_unit_id = base.id
        loaded.review.unit_id, loaded.review.level = base.id, base.level.value
        freeze(loaded.review)
        audit.record(AuditTag.BASE_CHOSEN, "proposal", loaded.proposal.id, by=actor.account_id, unit=base.id)
        audience.refresh(loaded.proposal.id)


def discard(actor: Actor, address: str) -> None:
    """Drop a draft that was never submitted; rows, revisions and files go."""
    with atomic():
        loaded = load_for(Action.DISCARD, actor, address)
        proposal_id = loaded.proposal.id
        purging.erase_rows(loaded.proposal)
        audit.record(AuditTag.DISCARDED, "proposal", proposal_id, by=actor.account_id)
    purging.sweep()


def purge_as_secret(actor: Actor, address: str) -> None:
    """The author found that the draft holds secret matter: nothing of it stays (domain §8, case 14).

    Rows, revisions, files and index jobs go, the log is truncated; one event without content is left.
    """
    with atomic():
        loaded = load_for_edit(actor, address, None)
        if loaded.facts.ever_submitted:
            raise NotDeclared("secret")
        purging.erase_rows(loaded.proposal)
        audit.record(AuditTag.SECRET_DECLARED, "account", actor.account_id, by=actor.account_id)
    purging.sweep()
