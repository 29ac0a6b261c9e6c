"""Gathers the facts of a draft for the rule that tells everything it lacks, in one list."""

from datetime import date

from sqlalchemy import func, select

from innovations.core.clock import today
from innovations.core.rules.calendar import local_date
from innovations.extensions import db
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import SimilarityFinding
from innovations.proposals.rules.completeness import AuthorFacts, Draft, Missing, missing
from innovations.proposals.rules.content import Origin
from innovations.regulations.queries import open_campaign
from innovations.regulations.rules.rulesets import RuleSet

EVIDENCE_KINDS = ("evidence", "photo")


def draft_facts(proposal: Proposal, on: date) -> Draft:
    """What the completeness rule looks at."""
    kinds = [attachment.kind for attachment in proposal.attachments]
    open_to_him = SimilarityFinding.proposal_id == proposal.id, SimilarityFinding.asked
    unanswered = select(func.count()).where(*open_to_him, SimilarityFinding.author_says == "")
    return Draft(
        title=proposal.title,
        solution_types=frozenset(proposal.solution_types),
        field=str(proposal.field_id) if proposal.field_id else None,
        base_unit_id=proposal.base_unit_id,
        investor_kind=proposal.investor_kind,
        investor_name=proposal.investor_name,
        situation=proposal.situation,
        content=proposal.content,
        steps=proposal.steps,
        novelty=proposal.novelty,
        not_mandatory=proposal.not_mandatory,
        author_benefit=proposal.author_benefit,
        benefit_items=len(proposal.benefits),
        authors=tuple(
            AuthorFacts(
                name=each.person.full_name if each.person else each.free_name,
                share=each.share,
                is_lead=each.is_lead,
                confirmed=each.confirmed_at is not None,
                attested=each.attested_by_id is not None,
            )
            for each in proposal.contributions
        ),
        declared_unclassified=proposal.declared_at is not None,
        unanswered_matches=db.session.scalar(unanswered) or 0,
        first_applied_on=proposal.first_applied_on,
        trial_from=proposal.trial_from,
        trial_to=proposal.trial_to,
        evidence_count=sum(kind in EVIDENCE_KINDS for kind in kinds),
        first_filed_on=local_date(proposal.first_filed_at) if proposal.first_filed_at else None,
        campaign_open=open_campaign(proposal.base_unit_id, on) is not None,
        on_paper=proposal.origin is Origin.ON_PAPER,
        signed_scan="signed_scan" in kinds,
    )


def lacking(proposal: Proposal, review: Review) -> list[Missing]:
    """Everything that keeps the proposal from being submitted today."""
    return missing(draft_facts(proposal, today()), RuleSet.from_json(review.rules), today())
