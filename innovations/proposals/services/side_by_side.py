"""Two similar proposals beside each other, for authors, receivers and boards who judge whether one repeats the other."""

from __future__ import annotations

from dataclasses import dataclass

from innovations.core.rules.errors import N_, NotVisible
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Dossier, dossier
from innovations.proposals.models import Proposal
from innovations.proposals.services.similar import Match, findings, may_judge
from innovations.search.duplicates import sameness
from innovations.search.port import Segment

_PARTS = (
    ("title", N_("Tên sáng kiến")),
    ("situation", N_("Hiện trạng")),
    ("content", N_("Nội dung giải pháp")),
    ("steps", N_("Các bước thực hiện")),
    ("novelty", N_("Điểm mới")),
)


@dataclass(frozen=True)
class Part:
    """One part of both dossiers; a stretch that stands in the other text too is marked."""

    label: str
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    @property
    def shared_percent(self) -> int:
        """How much of the left text stands in the right one too, in characters."""
        whole = sum(len(text) for text, _ in self.left)
        return round(100 * sum(len(text) for text, marked in self.left if marked) / whole) if whole else 0


@dataclass(frozen=True)
class SideBySide:
    """Both dossiers as the reader may read them, and the finding that joins them."""

    left: Dossier
    right: Dossier
    finding: Match
    parts: tuple[Part, ...]
    may_judge: bool


def side_by_side(actor: Actor, address: str, other_id: int) -> SideBySide:
    """The dossier and the other one that was found similar to it.

    :raises NotVisible: there is no such finding, or the reader may not open both.
    """
    finding = next((match for match in findings(actor, address) if match.id == other_id), None)
    other = db.session.get(Proposal, other_id)
    if finding is None or other is None:
        raise NotVisible
    left, right = dossier(actor, address), dossier(actor, other.address)
    parts = tuple(_part(label, getattr(left, name), getattr(right, name)) for name, label in _PARTS)
    return SideBySide(left, right, finding, parts, may_judge(actor, address))


def _part(label: str, left: str, right: str) -> Part:
    return Part(label, *sameness.common(left, right))
