"""The secretary covers words, and keeps files away, that tell scorers whose a proposal is."""

from sqlalchemy import delete

from innovations import audit
from innovations.boards.blinding import hides_authors
from innovations.boards.loading import load_review
from innovations.boards.models_blind import CoveredWords, FileRuling
from innovations.boards.rules.access import check_may_assign
from innovations.boards.rules.blindness import COVER_LENGTH, COVERS_MAX, check_covers
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.refusals import NotBlind
from innovations.boards.rules.telling import RULING_REASON_MAX
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.text import clean_text
from innovations.core.transactions import atomic
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.content import check_reasons


def _load_blind(actor: Actor, board_id: int, review_id: int) -> Loaded:
    """A review whose scorers do not know the authors, for its secretary."""
    loaded = load_review(actor, board_id, review_id)
    check_may_assign(actor, loaded.facts, loaded.at)
    if not hides_authors(loaded):
        raise NotBlind
    return loaded


def cover_words(actor: Actor, board_id: int, review_id: int, words: str) -> None:
    """Cover these words, one phrase a line, in place of those covered before; without any nothing more than names is covered.

    The words themselves stand in no audit event: they name people.

    :raises NotSecretary: somebody else; :raises NotNow: the points are revealed, or it was not accepted yet.
    :raises NotBlind: neither the rule set of this review nor a phase of the board hides an author.
    :raises TooManyCovers: more words than are taken.
    """
    with atomic() as session:
        loaded = _load_blind(actor, board_id, review_id)
        wanted = check_covers(clean_text(words, max_length=COVERS_MAX * (COVER_LENGTH + 1), field="words").splitlines())
        session.execute(delete(CoveredWords).where(CoveredWords.review_id == review_id))
        if wanted:
            session.add(CoveredWords(review_id=review_id, words=list(wanted), by_id=actor.person_id, at=now()))
        audit.record(
            AuditTag.WORDS_COVERED, "proposal", loaded.proposal.id, by=actor.account_id, review=review_id, count=len(wanted)
        )


def rule_file(actor: Actor, board_id: int, review_id: int, attachment_id: int, *, withheld: bool, reason: str) -> None:
    """Keep a file from who scores this review without knowing the authors, or give it to them, whatever was found in it.

    :raises NotSecretary: NotNow: NotBlind: as in :func:`cover_words`.
    :raises NotVisible: no such file there, or one with signatures, which they never get.
    :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        loaded = _load_blind(actor, board_id, review_id)
        file = session.get(Attachment, attachment_id)
        if file is None or file.proposal_id != loaded.proposal.id or file.kind in RESTRICTED_KINDS:
            raise NotVisible
        row = FileRuling(review_id=review_id, attachment_id=file.id, withheld=withheld, by_id=actor.person_id, at=now())
        row.reason = check_reasons(reason)[:RULING_REASON_MAX]
        session.merge(row)
        tag = AuditTag.FILE_WITHHELD if withheld else AuditTag.FILE_RELEASED
        audit.record(tag, "proposal", loaded.proposal.id, by=actor.account_id, review=review_id, attachment=file.id)
