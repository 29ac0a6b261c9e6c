"""Quyết định thành lập hội đồng: the board's own decision with the list of its members, from what its page shows."""

from fractions import Fraction

from innovations.boards.board_queries import BoardShown, SeatShown, board_shown
from innovations.boards.models import Board
from innovations.core.clock import today
from innovations.core.formats import in_vietnamese
from innovations.documents.papers import Paper, parts
from innovations.documents.papers import board as papers
from innovations.documents.papers.word import Contents, as_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.queries import sets_in_force
from innovations.regulations.services.word_templates import in_template


def _member(seat: SeatShown) -> papers.BoardMember:
    rights = ", ".join(filter(None, ("chấm điểm" if seat.may_score else "", "biểu quyết" if seat.may_vote else "")))
    return papers.BoardMember(name=seat.name, unit=seat.unit, role=seat.role.label, rights=rights, from_on=seat.from_on)


def _written(part: Fraction) -> str:
    return f"{part.numerator}/{part.denominator}"


def _staying(page: BoardShown) -> tuple[SeatShown, ...]:
    """The seats held now or from a later day on."""
    return tuple(seat for seat in page.seats if seat.to_on is None or seat.to_on >= today())


def establishment_contents(actor: Actor, board_id: int) -> Contents:
    """The decision that sets the board up, for whoever reads the board's page; a draft until it has number and date.

    :raises NotVisible: the board does not exist, or not for this reader.
    """
    page, board = board_shown(actor, board_id), db.session.get_one(Board, board_id)
    on, unit = board.decision_on or today(), board.unit
    rules = sets_in_force(board.unit_id, today()).rules
    paper = papers.Establishment(
        head=parts.Letterhead(
            unit=unit.name, parent=unit.parent.name if unit.parent else "", number=board.decision_number, place=unit.place, on=board.decision_on
        ),
        legal_bases=tuple(basis.text for basis in rules.legal_bases_on(on)), recipients=("Như Điều 4",),
        authority=f"Thủ trưởng {unit.name}", signature=parts.Signature(lines=("Thủ trưởng đơn vị",), name=board.decision_signer),
        board=board.name, unit=unit.name, term_from=board.term_from, term_to=board.term_to, fields=page.fields,
        quorum=_written(rules.quorum), approval=_written(rules.approval), members=tuple(map(_member, _staying(page))),
    )  # fmt: skip
    draft = not board.decision_number or board.decision_on is None
    return Contents(f"quyet-dinh-thanh-lap-{board_id}", paper, unit.path, draft)


@in_vietnamese
def establishment_paper(actor: Actor, board_id: int) -> Paper:
    """The paper as PDF; who reads it and the refusals as in :func:`establishment_contents`."""
    return as_pdf(establishment_contents(actor, board_id))


@in_vietnamese
def establishment_word(actor: Actor, board_id: int) -> Paper:
    """The paper in the unit's Word template; as in :func:`establishment_contents`."""
    return in_template(establishment_contents(actor, board_id))
