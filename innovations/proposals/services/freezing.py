"""The rules and criteria that a review carries from its submit on, and how to tell that they are still those (domain §4, 5)."""

import hashlib
import json

from innovations.core.clock import today
from innovations.proposals.models import Review
from innovations.regulations.queries import sets_in_force


def freeze(review: Review) -> None:
    """Give ``review`` its own copy of the rules and criteria in force at its unit.  A step."""
    sets = sets_in_force(review.unit_id, today())
    review.campaign_id = sets.campaign_id
    review.rules, review.criteria = sets.rules.to_json(), sets.criteria.to_json()


def frozen_digest(review: Review) -> str:
    """SHA-256 of what ``review`` carries, hexadecimal: it stands in the audit log beside the event that began the review."""
    content = json.dumps([review.rules, review.criteria], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
