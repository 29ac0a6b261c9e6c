"""Blanks what anybody wrote about a proposal; its row, number and dates stay as a tombstone (domain §4 no. 8).

Each feature to the right hands over a step that blanks its own words (house rule 5).  A test fills every column of text that
hangs on a proposal and fails for a column that no step reaches.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from innovations.core.rules.text import fold
from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.proposals.models import FormalCheck, Proposal, Review, ReviewStep, Revision
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.models_dossier import Attachment, BenefitItem, Contribution, FirstApplier, SimilarityFinding
from innovations.proposals.models_secrets import BreakGlass
from innovations.regulations.models_templates import WordTemplate

#: A title shorter than this stands in other people's sentences by chance.
CITED_FROM = 8
#: What stands for something that was blanked where the column must not be empty.
BLANK = "–"


@dataclass(frozen=True)
class Doomed:
    """A proposal about to be blanked: its reviews, the import it came from, and the title under which others may cite it."""

    proposal_id: int
    review_ids: Collection[int]
    import_batch_id: int | None
    title: str


Step = Callable[[Doomed], None]
_steps: list[Step] = []


def register_eraser(step: Step) -> None:
    """Let ``step`` blank what a feature keeps of a proposal, in the purge's transaction."""
    if step not in _steps:
        _steps.append(step)


def uncite(column: Any, title: str) -> None:
    """Replace ``title`` in a column of reasons: the refusal of a later proposal cites the earlier one (domain §9 no. 12).  A step."""
    if len(title) >= CITED_FROM:
        cites = func.instr(column, title) > 0
        db.session.execute(update(column.class_).where(cites).values({column: func.replace(column, title, BLANK)}))


def blank(proposal: Proposal) -> None:
    """Blank every word of the proposal and about it.  A step."""
    doomed = Doomed(proposal.id, [review.id for review in proposal.reviews], proposal.import_batch_id, proposal.title)
    db.session.flush()
    for step in (_templates, _reviews, _dossier, *_steps, _text):
        step(doomed)
    db.session.expire_all()


def _plain(text: str) -> str:
    """As file names write it: ``Bảng kiểm tra`` and ``bang_kiem-tra`` → ``bang kiem tra``."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def _templates(doomed: Doomed) -> None:
    """A unit's Word template may be named after the proposal, or an author without account, whom nothing else names afterwards."""
    free = select(Contribution.free_name).where(Contribution.proposal_id == doomed.proposal_id)
    named = {_plain(each) for each in (doomed.title, *db.session.scalars(free))}
    named = {each for each in named if len(each) >= CITED_FROM}
    for row in db.session.scalars(select(WordTemplate)):
        if any(each in _plain(row.name) for each in named):
            row.name = f"{row.paper}.docx"


def _text(doomed: Doomed) -> None:
    names = (
        "title", "situation", "content", "steps", "novelty", "conditions", "author_benefit", "applier_benefit", "confidential", "place",
        "investor_name",
    )  # fmt: skip
    blanked = update(Proposal).where(Proposal.id == doomed.proposal_id)
    db.session.execute(blanked.values({**dict.fromkeys(names, ""), "tags": [], "external_id": None}))
    db.session.execute(update(Revision).where(Revision.proposal_id == doomed.proposal_id).values(content={}))


def _dossier(doomed: Doomed) -> None:
    """Authors stay, as the register and certificates name them; free words about them go."""
    session, proposal_id = db.session, doomed.proposal_id
    blanked = {"rank": "", "duty": "", "qualification": "", "unit_name": "", "attested_by_id": None}
    session.execute(update(Contribution).where(Contribution.proposal_id == proposal_id).values(blanked))
    named = update(Contribution).where(Contribution.proposal_id == proposal_id, Contribution.free_name != "")
    session.execute(named.values(free_name=BLANK))
    for model in (BenefitItem, FirstApplier, Attachment):
        session.execute(delete(model).where(model.proposal_id == proposal_id))
    either = or_(SimilarityFinding.proposal_id == proposal_id, SimilarityFinding.other_id == proposal_id)
    session.execute(delete(SimilarityFinding).where(either))
    session.execute(update(BreakGlass).where(BreakGlass.proposal_id == proposal_id).values(note=""))


def _reviews(doomed: Doomed) -> None:
    session, own = db.session, doomed.review_ids
    blanked = {"trial_report": "", "revise_text": "", "defects": "", "reason": ""}
    session.execute(update(Review).where(Review.id.in_(own)).values(blanked))
    session.execute(update(FormalCheck).where(FormalCheck.review_id.in_(own)).values(note=""))
    session.execute(update(ReviewStep).where(ReviewStep.review_id.in_(own)).values(note=""))
    session.execute(update(Complaint).where(Complaint.review_id.in_(own)).values(text="", answer=""))
    for column in (
        Review.reason,
        Review.defects,
        Review.revise_text,
        FormalCheck.note,
        ReviewStep.note,
        Complaint.text,
        Complaint.answer,
        SimilarityFinding.author_note,
    ):
        uncite(column, doomed.title)


def same_files(proposal_id: int) -> list[str]:
    """Addresses of other proposals that name a file with the same content: it stays stored for them."""
    own = select(Attachment.sha256).where(Attachment.proposal_id == proposal_id)
    chosen = select(Proposal).join(Attachment, Attachment.proposal_id == Proposal.id)
    others = chosen.where(Attachment.sha256.in_(own), Proposal.id != proposal_id).distinct()
    rows = db.session.scalars(
        unscoped(others, because="a purge names each place that still holds the same secret, by code alone")
    )
    return sorted(row.address for row in rows)
