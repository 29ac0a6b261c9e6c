"""Papers of an adoption: the request, the handover record and the confirmation of use.

Whoever may open the adoption's page prints them: both units' command and staff, who asked, and the authors.
"""

from datetime import date
from decimal import Decimal

from innovations.boards.decision_queries import holder_of
from innovations.core.clock import today
from innovations.core.formats import day, in_vietnamese, number
from innovations.core.rules.calendar import local_date
from innovations.documents.papers import Paper, parts, render_pdf, reuse
from innovations.extensions import db
from innovations.library.loading import LoadedAdoption, load
from innovations.library.models import Adoption
from innovations.library.recognition import recognitions
from innovations.library.rules.adoptions import AdoptionKind, AdoptionPaper, AdoptionState, check_paper
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.effects import Measured
from innovations.proposals.models import Proposal
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.clocks import follow_ups
from innovations.regulations.queries import standing_sets, working_calendar


def head_of(unit: Unit) -> parts.Letterhead:
    """Number and date stay blank: the clerical registry gives both."""
    return parts.Letterhead(unit=unit.name, parent=unit.parent.name if unit.parent else "", place=unit.place)


def _decision(proposal: Proposal) -> str:
    """``"Quyết định số 45/QĐ-1A ngày 10/03/2026, Trung đoàn 1A"``, of the highest level."""
    found = recognitions([proposal.id]).get(proposal.id, [])
    if not found or not found[0].number:
        return ""
    dated = f" ngày {day(found[0].decided_on)}" if found[0].decided_on else ""
    return f"Quyết định số {found[0].number}{dated}, {found[0].unit}"


def taken_over(proposal: Proposal) -> reuse.TakenOver:
    """The improvement as these papers name it."""
    return reuse.TakenOver(
        code=proposal.address, title=proposal.title, authors=tuple(map(holder_of, proposal.contributions)),
        owner=proposal.owning_unit.name, recognition=_decision(proposal),
    )  # fmt: skip


def _commander(person: Person | None = None) -> parts.Signature:
    name, rank = (person.full_name, person.rank) if person else ("", "")
    return parts.Signature(lines=("Thủ trưởng đơn vị",), name=name, rank=rank)


def _kind(row: Adoption) -> str:
    return AdoptionKind(row.kind).label


def _answer(row: Adoption) -> str:
    """``"Đồng ý, ngày 10/03/2026. Cử người sang học."``; empty before the answer."""
    if row.answered_at is None:
        return ""
    word = "Không đồng ý" if row.state == AdoptionState.DECLINED else "Đồng ý"
    return f"{word}, ngày {day(local_date(row.answered_at))}. {row.answer}".strip()


def _request(row: Adoption) -> reuse.ReuseRequest:
    asking = row.requested_by
    return reuse.ReuseRequest(
        head=head_of(row.unit), signature=_commander(), improvement=taken_over(row.proposal), unit=row.unit.name, kind=_kind(row),
        purpose=row.purpose, asked_by=f"{asking.rank} {asking.full_name}".strip(), sent_on=local_date(row.requested_at),
        answer=_answer(row), recipients=("Như trên",),
    )  # fmt: skip


def _grounds(row: Adoption) -> tuple[str, ...]:
    decision = _decision(row.proposal)
    found = [f"{decision} về việc công nhận sáng kiến"] if decision else []
    found.append(f"đề nghị áp dụng sáng kiến của {row.unit.name} ngày {day(local_date(row.requested_at))}")
    if row.answered_at:
        found.append(f"ý kiến đồng ý của {row.proposal.owning_unit.name} ngày {day(local_date(row.answered_at))}")
    return tuple(found)


def _handed_over(proposal: Proposal) -> tuple[str, ...]:
    """The description and the files that the library shows; signed pages with personal data are not handed over."""
    files = (each.name for each in proposal.attachments if each.kind not in RESTRICTED_KINDS)
    return (f"Bản mô tả sáng kiến {proposal.address}", *files)


def _reports(row: Adoption) -> tuple[date, ...]:
    return follow_ups(row.from_on, working_calendar()) if row.from_on else ()


def _handover(row: Adoption) -> reuse.Handover:
    owner = row.proposal.owning_unit
    bases = standing_sets(owner.path, today()).rules.legal_bases_on(today())
    return reuse.Handover(
        head=head_of(owner), improvement=taken_over(row.proposal), giver=owner.name, taker=row.unit.name, kind=_kind(row),
        legal_bases=tuple(basis.text for basis in bases), grounds=_grounds(row), papers=_handed_over(row.proposal),
        conditions=row.proposal.conditions, terms=row.answer, place=row.place, responsible=row.responsible, from_on=row.from_on,
        reports=_reports(row), giver_signature=parts.Signature(lines=("Đại diện bên giao",), note="(Ký, ghi rõ họ tên)"),
        taker_signature=parts.Signature(lines=("Đại diện bên nhận",), note="(Ký, ghi rõ họ tên)"),
    )  # fmt: skip


def measured_line(line: Measured) -> reuse.MeasuredLine:
    """A before/after line in the words of a paper."""
    before, after = (
        "–" if amount is None else f"{number(amount)} {line.measure}".strip() for amount in (line.before, line.after)
    )
    money = None if line.money_per_year is None else Decimal(line.money_per_year)
    return reuse.MeasuredLine(name=line.label or line.kind.label, before=before, after=after, money=money)


def _confirmation(row: Adoption) -> reuse.Confirmation:
    confirmed = db.session.get(Person, row.confirmed_by_id) if row.confirmed_by_id else None
    return reuse.Confirmation(
        head=head_of(row.unit), signature=_commander(confirmed), improvement=taken_over(row.proposal), unit=row.unit.name,
        kind=_kind(row), from_on=row.from_on or today(), to_on=row.to_on, place=row.place, responsible=row.responsible,
        result=row.result, benefits=tuple(map(measured_line, row.benefits)),
        confirmed_on=local_date(row.confirmed_at) if row.confirmed_at else None, recipients=(row.proposal.owning_unit.name, "Các tác giả"),
    )  # fmt: skip


def _loaded(actor: Actor, adoption_id: int, wanted: AdoptionPaper) -> LoadedAdoption:
    loaded = load(actor, adoption_id)
    check_paper(wanted, AdoptionKind(loaded.adoption.kind), loaded.facts.state)
    return loaded


@in_vietnamese
def request_paper(actor: Actor, adoption_id: int) -> Paper:
    """Đề nghị áp dụng lại, of the adopting unit to the owning unit.

    :raises NotVisible: the adoption is not for this reader; :raises PaperNotNow: nothing was asked, or it was taken back.
    """
    row = _loaded(actor, adoption_id, AdoptionPaper.REQUEST).adoption
    return Paper(f"{row.proposal.address}-de-nghi-ap-dung.pdf", render_pdf(_request(row)))


@in_vietnamese
def handover_paper(actor: Actor, adoption_id: int) -> Paper:
    """Biên bản bàn giao, to be signed by both units.

    :raises NotVisible: the adoption is not for this reader; :raises PaperNotNow: the owner has not agreed, or hands nothing over.
    """
    row = _loaded(actor, adoption_id, AdoptionPaper.HANDOVER).adoption
    return Paper(f"{row.proposal.address}-ban-giao.pdf", render_pdf(_handover(row)))


@in_vietnamese
def confirmation_paper(actor: Actor, adoption_id: int) -> Paper:
    """Giấy xác nhận áp dụng; a draft until the adopting commander confirmed what was measured.

    :raises NotVisible: the adoption is not for this reader; :raises PaperNotNow: the use has not begun.
    """
    row = _loaded(actor, adoption_id, AdoptionPaper.CONFIRMATION).adoption
    return Paper(f"{row.proposal.address}-xac-nhan-ap-dung.pdf", render_pdf(_confirmation(row), draft=row.confirmed_at is None))
