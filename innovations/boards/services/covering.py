"""The secretary covers words that tell scorers whose a proposal is."""

from sqlalchemy import delete

from innovations import audit
from innovations.boards.loading import load_review
from innovations.boards.models_blind import CoveredWords
from innovations.boards.rules.access import check_may_assign
from innovations.boards.rules.blindness import COVER_LENGTH, COVERS_MAX, check_covers
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.refusals import NotBlind
from innovations.core.clock import now
from innovations.core.rules.text import clean_text
from innovations.core.transactions import atomic
from innovations.people.rules.roles import Actor


def cover_words(actor: Actor, board_id: int, review_id: int, words: str) -> None:
    """Cover these words, one phrase a line, in place of those covered before; without any nothing more than names is covered.

    The words themselves stand in no audit event: they name people.

    :raises NotSecretary: somebody else; :raises NotNow: the points are revealed, or it was not accepted yet.
    :raises NotBlind: the rule set of this review hides no author.
    :raises TooManyCovers: more words than are taken.
    """
    with atomic() as session:
        loaded = load_review(actor, board_id, review_id)
        check_may_assign(actor, loaded.facts, loaded.at)
        if not loaded.rules.blind_authors:
            raise NotBlind
        wanted = check_covers(clean_text(words, max_length=COVERS_MAX * (COVER_LENGTH + 1), field="words").splitlines())
        session.execute(delete(CoveredWords).where(CoveredWords.review_id == review_id))
        if wanted:
            session.add(CoveredWords(review_id=review_id, words=list(wanted), by_id=actor.person_id, at=now()))
        audit.record(
            AuditTag.WORDS_COVERED, "proposal", loaded.proposal.id, by=actor.account_id, review=review_id, count=len(wanted)
        )
