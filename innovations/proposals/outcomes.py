"""What a board and the deciding head made of a proposal, handed over and not imported (house rule 5): decisions, points, certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.documents.papers import Paper
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Dossier
from innovations.regulations.rules.criteria import Measure


@dataclass(frozen=True)
class CertificateLink:
    """A contributor's certificate, for those who may open it."""

    number: str
    holder: str
    state: str
    is_valid: bool
    url: str


@dataclass(frozen=True)
class CriterionMean:
    """The mean of the sheets in one criterion, of a gate the share that says yes; ``None`` where nobody scored it."""

    name: str
    mean: Decimal | None
    maximum: Decimal
    measure: Measure


@dataclass(frozen=True)
class Outcome:
    """One decision on one consideration, as far as the reader may know of it.

    :param kind: what was decided, in the reader's language.
    :param notice_url: the notice of the result as PDF, for the authors and the offices; empty for others; so ``notice_word_url``.
    :param means: with ``total`` and ``remarks`` for the authors alone: what the sheets said, without names (domain §3).
    """

    review_id: int
    kind: str
    number: str
    decided_on: date | None
    signer: str
    grade: str
    reason: str
    scope: str
    notice_url: str = ""
    total: Decimal | None = None
    means: tuple[CriterionMean, ...] = ()
    remarks: tuple[str, ...] = ()
    certificates: tuple[CertificateLink, ...] = ()
    notice_word_url: str = ""


Provider = Callable[[Actor, Dossier], list[Outcome]]
Papers = Callable[[Actor, Dossier], list[Paper]]
_providers: list[Provider] = []
_papers: list[Papers] = []


def register_outcomes(provider: Provider, papers: Papers) -> None:
    """Let the boards feature say what was decided, and hand over its papers for the whole dossier."""
    _providers[:], _papers[:] = [provider], [papers]


def outcomes_of(actor: Actor, dossier: Dossier) -> list[Outcome]:
    """The decisions on a proposal, oldest first."""
    return _providers[0](actor, dossier) if _providers else []


def papers_on(actor: Actor, dossier: Dossier) -> list[Paper]:
    """What boards and the deciding head wrote about a proposal, as far as the reader opens each one singly."""
    return _papers[0](actor, dossier) if _papers else []
