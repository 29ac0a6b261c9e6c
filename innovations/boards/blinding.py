"""Dossiers and titles as whoever scores blind reads them: no author, no unit, no file's own name, and covered words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from sqlalchemy import func, or_, select

from innovations.boards.blind_files import numbered
from innovations.boards.loading import load_review
from innovations.boards.models_blind import CoveredWords
from innovations.boards.rules.blindness import cover, given_names
from innovations.boards.rules.refusals import FileWithheld
from innovations.core.rules.errors import NotVisible
from innovations.documents import storage
from innovations.documents.nameless import nameless
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_blind
from innovations.proposals.dossier_queries import Benefit, Dossier, shown
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.visibility import visible
from innovations.proposals.services.similar import Match

_TEXTS = (
    "title", "place", "situation", "content", "steps", "novelty", "conditions", "author_benefit", "applier_benefit",
)  # fmt: skip


def reads_blind(actor: Actor, loaded: Loaded) -> bool:
    """Whether the board's pages hide the authors of a review that is loaded: where the proposal's own page does not open."""
    return not visible(actor, loaded.facts)


def hides_authors(loaded: Loaded) -> bool:
    """Whether a review hides its authors from scorers: by its rule set, or in the present phase of the board or a later one."""
    return loaded.rules.blind_authors or loaded.at.phase.hides_authors


def covered_words(review_id: int) -> tuple[str, ...]:
    """What the secretary covers in a review, besides what is covered by itself."""
    row = db.session.get(CoveredWords, review_id)
    return tuple(row.words) if row else ()


def words_to_cover(review_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """What is covered in each review: the authors' names, their units but for the base that considers it, and what was added."""
    asked = list(review_ids)
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    name = func.coalesce(Person.full_name, Contribution.free_name)
    writers = (
        select(Review.id, name, Contribution.unit_name, Unit.name, Unit.short_name)
        .join(Contribution, Contribution.proposal_id == Review.proposal_id)
        .join(Unit, Unit.id == Review.unit_id)
        .outerjoin(Person, Person.id == Contribution.person_id)
    )
    for review_id, author, unit, *considering in db.session.execute(writers.where(Review.id.in_(asked))):
        found[review_id] += (*given_names(author or ""), "" if unit in considering else unit or "")
    units = select(Review.id, Unit.name, Unit.short_name).join(Proposal, Proposal.id == Review.proposal_id)
    units = units.join(Unit, or_(Unit.id == Proposal.author_unit_id, Unit.id == Proposal.owning_unit_id))
    for review_id, *names in db.session.execute(units.where(Review.id.in_(asked), Unit.id != Review.unit_id)):
        found[review_id] += tuple(names)
    for row in db.session.scalars(select(CoveredWords).where(CoveredWords.review_id.in_(asked))):
        found[row.review_id] += tuple(row.words)
    return found


def titles_for(actor: Actor, titles: Mapping[int, str]) -> Mapping[int, str]:
    """Titles by review id, covered where the actor scores it blind."""
    asked = select(Review.id).join(Proposal, Proposal.id == Review.proposal_id)
    blind = set(db.session.scalars(asked.where(Review.id.in_(titles), seen_blind(actor))))
    words = words_to_cover(blind) if blind else {}
    return {review_id: cover(title, words[review_id]) if review_id in blind else title for review_id, title in titles.items()}


def title_for(actor: Actor, loaded: Loaded) -> str:
    """The same for one review that is loaded already."""
    title, review_id = loaded.proposal.title, loaded.review.id
    return cover(title, words_to_cover([review_id])[review_id]) if reads_blind(actor, loaded) else title


def blind_matches(actor: Actor, loaded: Loaded, matches: Iterable[Match]) -> list[Match]:
    """Similar proposals as the actor may read them: where authors are hidden, what an author said of a match may name them.

    The match may itself be one that the actor scores blind: then its title is covered like everywhere.
    """
    found, review_id = list(matches), loaded.review.id
    own = words_to_cover([review_id])[review_id] if reads_blind(actor, loaded) else ()
    asked = select(Review.id, Review.proposal_id).join(Proposal, Proposal.id == Review.proposal_id)
    blind = db.session.execute(asked.where(Proposal.id.in_([each.id for each in found]), seen_blind(actor))).all()
    words = words_to_cover([row.id for row in blind]) if blind else {}
    of_other: dict[int, tuple[str, ...]] = defaultdict(lambda: own)
    for row in blind:
        of_other[row.proposal_id] += words[row.id]
    return [replace(each, note=cover(each.note, own), title=cover(each.title, of_other[each.id])) for each in found]


@dataclass(frozen=True)
class NamelessFile:
    """A file to be saved under a name that tells nothing."""

    content: BytesIO
    name: str
    media_type: str


def nameless_file(actor: Actor, board_id: int, review_id: int, attachment_id: int) -> NamelessFile:
    """A file of the review's dossier as whoever scores blind may have it.

    :raises NotVisible: no such file there, or one with signatures.
    :raises FileWithheld: it may tell whose work this is, and the actor scores it without knowing.
    :raises NotNameless: no copy without names can be made of it.
    """
    loaded = load_review(actor, board_id, review_id)
    files = blind_dossier(shown(loaded, actor), review_id).files
    file = next((each for each in files if each.id == attachment_id), None)
    if file is None:
        raise NotVisible
    if file.withheld and reads_blind(actor, loaded):
        raise FileWithheld
    row = db.session.get_one(Attachment, attachment_id)
    return NamelessFile(nameless(storage.path_of(row.sha256), row.media_type), file.name, row.media_type)


def _benefit(benefit: Benefit, words: tuple[str, ...]) -> Benefit:
    return replace(benefit, label=cover(benefit.label, words), measure=cover(benefit.measure, words))


def blind_dossier(found: Dossier, review_id: int) -> Dossier:
    """The dossier without what tells who wrote it.  What stands inside a file is not covered: it is given whole or withheld."""
    words = words_to_cover([review_id])[review_id]
    texts: dict[str, Any] = {name: cover(getattr(found, name), words) for name in _TEXTS}
    return replace(
        found, authors=(), author_unit="", owning_unit="", investor="",
        reviews=tuple(replace(review, steps=(), checks=(), held_by="") for review in found.reviews),
        files=numbered(found, review_id, words),
        benefits=tuple(_benefit(each, words) for each in found.benefits), tags=tuple(cover(tag, words) for tag in found.tags),
        confidential=None if found.confidential is None else cover(found.confidential, words),
        **texts,
    )  # fmt: skip
