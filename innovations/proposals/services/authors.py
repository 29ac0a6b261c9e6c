"""Authors and shares: each co-author confirms in their own account; any change clears every confirmation."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Account, Person
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import audience, lifecycle
from innovations.proposals.loading import Loaded, load, load_for_edit
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.access import NotReceiver, check_may_edit, check_official
from innovations.proposals.rules.content import AUTHORS_MAXIMUM, check_share, equal_shares
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.services.drafting import contribution_of


class UnknownPerson(Invalid):
    """No account has this service number."""

    message = N_("Không có quân nhân nào với số hiệu này. Người chưa có tài khoản: nhập họ tên ở ô bên dưới.")


class AlreadyAuthor(Invalid):
    """The person is among the authors."""

    message = N_("Đồng chí này đã có trong danh sách tác giả.")


class TooManyAuthors(Invalid):
    """The list is full."""

    message = N_("Một hồ sơ có nhiều nhất %(most)d tác giả.")


class LeadStays(Invalid):
    """The lead author cannot be removed, only passed on."""

    message = N_("Tác giả chính không thể bỏ khỏi hồ sơ; hãy chuyển vai trò tác giả chính trước.")


class NothingToConfirm(Forbidden):
    """The actor is no co-author with an open confirmation."""

    message = N_("Đồng chí không có phần đóng góp nào chờ xác nhận ở hồ sơ này.")


def _changed(loaded: Loaded, actor: Actor) -> None:
    """Clear confirmations after a change of authors or shares, and tell the co-authors.  A step."""
    lead = next((each for each in loaded.proposal.contributions if each.is_lead), None)
    for each in loaded.proposal.contributions:
        each.confirmed_at = now() if each is lead and each.person_id is not None else None
        each.attested_by_id = None
    loaded.proposal.updated_at = now()
    db.session.flush()
    waiting = [each.person.human_id for each in loaded.proposal.contributions if each.person and not each.is_lead]
    notify(NoticeKind.CONFIRMATIONS_CLEARED, waiting, "proposal", loaded.proposal.id)
    audit.record(AuditTag.AUTHORS_CHANGED, "proposal", loaded.proposal.id, by=actor.account_id)
    audience.refresh(loaded.proposal.id)


def add_author(actor: Actor, address: str, *, service_number: str = "", free_name: str = "", rank: str = "") -> None:
    """Name a co-author, by service number or, for somebody without an account, by name.  Shares become equal again.

    :raises UnknownPerson: no account has the number.
    :raises AlreadyAuthor: the same human being is an author already, under whichever account.
    :raises TooManyAuthors: the list is full.
    """
    with atomic():
        loaded = load_for_edit(actor, address, None)
        authors = loaded.proposal.contributions
        if len(authors) >= AUTHORS_MAXIMUM:
            raise TooManyAuthors("service_number", most=AUTHORS_MAXIMUM)
        line = _line_for(loaded, service_number.strip(), free_name, rank)
        authors.append(line)
        for each, share in zip(authors, equal_shares(len(authors)), strict=True):
            each.share = share
        db.session.flush()
        _changed(loaded, actor)
        if line.person:
            notify(NoticeKind.CO_AUTHOR_NAMED, [line.person.human_id], "proposal", loaded.proposal.id)


def _line_for(loaded: Loaded, service_number: str, free_name: str, rank: str) -> Contribution:
    position = max((each.position for each in loaded.proposal.contributions), default=0) + 1
    if not service_number:
        name = clean_line(free_name, max_length=120, field="free_name")
        if not name:
            raise UnknownPerson("service_number")
        return Contribution(position=position, free_name=name, rank=clean_line(rank, max_length=40, field="rank"))
    found = select(Person).join(Account, Account.person_id == Person.id).where(Account.service_number == service_number)
    person = db.session.scalar(found)
    if person is None:
        raise UnknownPerson("service_number")
    if person.human_id in loaded.facts.author_ids:
        raise AlreadyAuthor("service_number")
    return contribution_of(person, position=position, is_lead=False)


def remove_author(actor: Actor, address: str, contribution_id: int) -> None:
    """Take a co-author off the list; the others' shares become equal.

    :raises LeadStays: it is the lead author.
    """
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        line = _own_line(loaded, contribution_id)
        if line.is_lead:
            raise LeadStays
        loaded.proposal.contributions.remove(line)
        session.flush()
        left = loaded.proposal.contributions
        for each, share in zip(left, equal_shares(len(left)), strict=True):
            each.share = share
        _changed(loaded, actor)


def _own_line(loaded: Loaded, contribution_id: int) -> Contribution:
    line = next((each for each in loaded.proposal.contributions if each.id == contribution_id), None)
    if line is None:
        raise NotVisible
    return line


def set_shares(actor: Actor, address: str, shares: Mapping[int, Decimal]) -> None:
    """Set every author's share, in per cent.  A draft may hold a wrong total; no submit does (``completeness`` tells it).

    :param shares: contribution id → share; all authors, no stranger.
    :raises BadShare: a share is not above 0, is above 100, or has more than two decimals.
    """
    with atomic():
        loaded = load_for_edit(actor, address, None)
        lines = {each.id: each for each in loaded.proposal.contributions}
        if lines.keys() != shares.keys():
            raise NotVisible
        for line_id, share in shares.items():
            check_share(share, field=f"share-{line_id}")
        if all(lines[line_id].share == share for line_id, share in shares.items()):
            return
        for line_id, share in shares.items():
            lines[line_id].share = share
        _changed(loaded, actor)


def confirm(actor: Actor, address: str) -> None:
    """A co-author confirms, in their own account, being named with the share shown.

    :raises NothingToConfirm: there is nothing of the actor's to confirm.
    """
    with atomic():
        loaded = load(actor, address)
        mine = [each for each in loaded.proposal.contributions if each.person and each.person.human_id == actor.person_id]
        if not mine or mine[0].confirmed_at is not None:
            raise NothingToConfirm
        mine[0].confirmed_at = now()
        audit.record(AuditTag.CONTRIBUTION_CONFIRMED, "proposal", loaded.proposal.id, by=actor.account_id)
        lead = [loaded.facts.lead_id, loaded.facts.filed_by_id]
        notify(NoticeKind.CONTRIBUTION_CONFIRMED, lead, "proposal", loaded.proposal.id)


def attest(actor: Actor, address: str, contribution_id: int, attachment_id: int) -> None:
    """The lead attests for a co-author without account, with a signed page that is attached.

    :raises UnknownPerson: the page is no attachment of kind "consent" of this proposal, or the co-author has an account.
    """
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        line, page = _own_line(loaded, contribution_id), session.get(Attachment, attachment_id)
        if line.person_id is not None or page is None or page.proposal_id != loaded.proposal.id or page.kind != "consent":
            raise UnknownPerson("attachment")
        line.attested_by_id = page.id
        audit.record(AuditTag.CONTRIBUTION_ATTESTED, "proposal", loaded.proposal.id, by=actor.account_id)


def _check_receiver(actor: Actor, loaded: Loaded) -> None:
    check_official(actor, loaded.facts, loaded.at)
    if not actor.holds(Role.RECEIVER, loaded.at.unit_path):
        raise NotReceiver


def pass_lead(actor: Actor, address: str, contribution_id: int) -> None:
    """Make another author the lead: the receiver may when the lead has left (transfer, discharge).

    The lead may while the dossier is with the authors; every confirmation is cleared then, so that it goes on only by all
    co-authors (domain §3).

    :raises NotReceiver: the actor is neither; :raises AuthorMayNotAct: the receiver is a co-author.
    :raises NotWithAuthors: the lead, while others look at it.
    """
    with atomic() as session:
        loaded = load(actor, address)
        is_lead = loaded.facts.lead_id == actor.person_id
        if is_lead:
            check_may_edit(actor, loaded.facts, loaded.at)
        else:
            _check_receiver(actor, loaded)
        new = _own_line(loaded, contribution_id)
        if new.person_id is None:
            raise UnknownPerson
        for each in loaded.proposal.contributions:
            each.is_lead = False
        session.flush()
        new.is_lead = True
        loaded.proposal.updated_at = now()
        if is_lead:
            _changed(loaded, actor)
        audit.record(AuditTag.LEAD_PASSED_ON, "proposal", loaded.proposal.id, by=actor.account_id, to=new.person_id)
        people = lifecycle.authors_of(loaded.proposal.id)
        notify(NoticeKind.CO_AUTHOR_NAMED, people, "proposal", loaded.proposal.id)
        audience.refresh(loaded.proposal.id)
