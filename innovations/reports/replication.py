"""Danh mục sáng kiến đề nghị nhân rộng: what a unit recommends to others, and on what grounds.

Recommended is what may circulate (``open``), stands recognised, and has either a standing decision on effectiveness and scope or
another unit that uses it now.  Whether it could be used elsewhere is thus said by a decision or by somebody who does, never by us.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from innovations.boards.decision_queries import holder_of
from innovations.boards.models_decision import DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core.clock import today
from innovations.core.formats import day, in_vietnamese, number
from innovations.documents.papers import Paper, parts, render_pdf, report
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.membership import in_library
from innovations.library.models import Adoption
from innovations.library.papers import head_of, measured_line
from innovations.library.recognition import Recognition, recognitions
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.effects import Measured
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import BenefitBasis, Handling
from innovations.proposals.rules.states import State
from innovations.regulations.queries import standing_sets

#: Rows of one list.  A longer one is made year by year, and the paper says how many are left.
MOST = 500


@dataclass
class _Uses:
    """Who else uses an improvement now, and what they measured and confirmed."""

    units: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)


def _effect(line: Measured) -> str:
    """``"Một lần kiểm tra: trước 40 phút, sau 12 phút; làm lợi 1.250.000 đồng/năm"``."""
    told = measured_line(line)
    measured = f"trước {told.before}, sau {told.after}" if line.before is not None or line.after is not None else ""
    money = f"làm lợi {number(told.money)} đồng/năm" if told.money else ""
    return f"{told.name}: {'; '.join(filter(None, (measured, money)))}"


def recommended(actor: Actor, unit_path: str, year: int | None = None, *, most: int = MOST) -> tuple[list[Proposal], int]:
    """What the unit and those below it own and recommend, as far as the actor sees it, latest recognition first; and how many in all.

    :param year: of recognition; ``None``: every year.
    """
    scoped = select(Review.proposal_id).join(DecisionLine, DecisionLine.review_id == Review.id)
    scoped = scoped.where(Review.state == State.RECOGNISED, DecisionLine.kind == DecisionKind.SCOPE.value)
    used = select(Adoption.proposal_id).join(Proposal, Proposal.id == Adoption.proposal_id).where(counted())
    owned = select(Unit.id).where(Unit.path.startswith(unit_path, autoescape=True))
    conditions = [in_library(actor), Proposal.owning_unit_id.in_(owned), Proposal.handling == Handling.OPEN]
    conditions.append(or_(Proposal.id.in_(scoped), Proposal.id.in_(used)))
    if year is not None:
        conditions.append(Proposal.recognised_year == year)
    read = (
        joinedload(Proposal.owning_unit), selectinload(Proposal.benefits),
        selectinload(Proposal.contributions).joinedload(Contribution.person),
    )  # fmt: skip
    chosen = select(Proposal).where(*conditions).options(*read)
    rows = db.session.scalars(chosen.order_by(Proposal.recognised_on.desc(), Proposal.id.desc()).limit(most))
    return list(rows), db.session.scalar(select(func.count()).select_from(Proposal).where(*conditions)) or 0


def _uses(proposal_ids: Collection[int]) -> Mapping[int, _Uses]:
    chosen = (
        select(Adoption, Unit.name)
        .join(Unit, Unit.id == Adoption.unit_id)
        .join(Proposal, Proposal.id == Adoption.proposal_id)
        .where(counted(), Adoption.proposal_id.in_(proposal_ids))
        .options(selectinload(Adoption.benefits))
        .order_by(Adoption.from_on, Adoption.id)
    )
    found: dict[int, _Uses] = defaultdict(_Uses)
    for adoption, unit in db.session.execute(chosen):
        found[adoption.proposal_id].units.append(unit)
        if adoption.confirmed_at is not None:
            found[adoption.proposal_id].effects += [f"{unit}: {_effect(line)}" for line in adoption.benefits]
    return found


def _recognition(row: Proposal, found: list[Recognition]) -> str:
    first = next((each for each in found if each.kind is DecisionKind.RECOGNISE), None)
    dated = f" ngày {day(first.decided_on)}" if first and first.decided_on else ""
    decision = f"Số {first.number}{dated}, {first.unit}" if first and first.number else ""
    return "; ".join(filter(None, (decision, f"loại {row.grade}" if row.grade else "")))


def _grounds(found: list[Recognition], units: list[str]) -> tuple[str, ...]:
    scopes = [f"Phạm vi được công nhận ({each.unit}): {each.scope}" for each in found if each.kind is DecisionKind.SCOPE]
    used = [f"{len(units):02d} đơn vị khác đang áp dụng: {', '.join(units)}"] if units else []
    return (*scopes, *used)


def _line(row: Proposal, found: list[Recognition], uses: _Uses) -> report.Recommended:
    own = [_effect(each) for each in row.benefits if each.basis == BenefitBasis.CONFIRMED]
    return report.Recommended(
        code=row.address, title=row.title, authors=tuple(map(holder_of, row.contributions)), unit=row.owning_unit.name,
        recognition=_recognition(row, found), grounds=_grounds(found, uses.units), effects=(*own, *uses.effects),
    )  # fmt: skip


@in_vietnamese
def replication_paper(actor: Actor, unit_id: int, year: int | None = None, *, most: int = MOST) -> Paper:
    """The list of a unit.  Whoever asks has checked that the actor keeps the unit's register."""
    unit = db.session.get_one(Unit, unit_id)
    rows, total = recommended(actor, unit.path, year, most=most)
    ids = [row.id for row in rows]
    decisions, uses = recognitions(ids), _uses(ids)
    paper = report.ReplicationList(
        head=head_of(unit), signature=parts.Signature(lines=("Thủ trưởng đơn vị",)), unit=unit.name, year=year, as_of=today(),
        legal_bases=tuple(basis.text for basis in standing_sets(unit.path, today()).rules.legal_bases_on(today())),
        left=total - len(rows), improvements=tuple(_line(row, decisions.get(row.id, []), uses.get(row.id, _Uses())) for row in rows),
    )  # fmt: skip
    return Paper(f"danh-muc-nhan-rong-{unit.code}.pdf", render_pdf(paper))
