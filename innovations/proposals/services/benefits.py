"""Before/after lines and first appliers of a draft: sent as a whole list, as the page shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import load_for_edit
from innovations.proposals.models_dossier import BenefitItem


def save_step(actor: Actor, address: str, version: int, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> int:
    """Save the step's texts and replace the before/after lines.

    :param lines: keys ``kind``, ``label``, ``before``, ``after``, ``measure``, ``money_per_year``.
    :returns: the new version of the text.
    :raises Stale: somebody saved a newer version meanwhile.
    """
    with atomic() as session:
        proposal = load_for_edit(actor, address, version).proposal
        for name, value in values.items():
            setattr(proposal, name, value)
        proposal.benefits = [BenefitItem(position=position, **line) for position, line in enumerate(lines, 1)]
        proposal.updated_at = now()
        session.flush()
        return proposal.version
