"""What boards and the deciding head wrote about a proposal, for the whole dossier in one file: each as its own page gives it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from sqlalchemy import select

from innovations.boards.decision_papers import certificate_paper
from innovations.boards.models_decision import Certificate, DecisionLine
from innovations.boards.outcomes import result_paper
from innovations.boards.papers import score_summary
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.documents.papers import Paper
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Dossier


def papers_for(actor: Actor, dossier: Dossier) -> list[Paper]:
    """Score summaries, notices of results and certificates: those the reader may open singly, level by level."""
    found = []
    for make in _makers(actor, dossier):
        with suppress(NotVisible, Forbidden):
            found.append(make())
    return found


def _makers(actor: Actor, dossier: Dossier) -> Iterator[Callable[[], Paper]]:
    for review in dossier.reviews:
        if review.board_id:
            yield partial(score_summary, actor, review.board_id, review.id)
        yield partial(result_paper, actor, dossier.address, review.id)
        lines = select(DecisionLine.id).where(DecisionLine.review_id == review.id)
        codes = select(Certificate.code).where(Certificate.line_id.in_(lines)).order_by(Certificate.number)
        yield from (partial(certificate_paper, actor, code) for code in db.session.scalars(codes))
