"""What a purge of a proposal blanks in the library: what adopting units wrote; that they adopted it, and when, stays."""

from sqlalchemy import delete, select, update

from innovations.extensions import db
from innovations.library.models import Adoption, AdoptionBenefit, AdoptionStep
from innovations.proposals.erasing import Doomed


def erase(doomed: Doomed) -> None:
    """Blank the words of every adoption of the proposal.  A step."""
    own = select(Adoption.id).where(Adoption.proposal_id == doomed.proposal_id)
    db.session.execute(delete(AdoptionBenefit).where(AdoptionBenefit.adoption_id.in_(own)))
    db.session.execute(update(AdoptionStep).where(AdoptionStep.adoption_id.in_(own)).values(note=""))
    blanked = {"purpose": "", "answer": "", "place": "", "responsible": "", "result": ""}
    db.session.execute(update(Adoption).where(Adoption.proposal_id == doomed.proposal_id).values(blanked))
