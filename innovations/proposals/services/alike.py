"""What counts as a repetition of a text, in one place for typing, submitting, examining and screening; reads the index only."""

from __future__ import annotations

from collections.abc import Collection

from innovations import search

#: Likeness from which two proposals may be one: chosen on the development half of ``bench/duplicates``.
WORTH_ASKING = 0.75
#: Likeness of titles worth a hint while one is typed: a hint costs a look, a repetition not seen a whole procedure.
WHILE_TYPING = 0.45
#: Findings for one proposal.
MOST = 5


def repeats(
    title: str, text: str, tokens: Collection[str], *, exclude: Collection[int] = (), threshold: float = WORTH_ASKING
) -> dict[int, float]:
    """Id → likeness of the at most five proposals that say the same, best first; abbreviations are spelled out.

    :param tokens: of the reader; nothing else is looked at or counted.
    :param exclude: the proposal itself; its revisions are one document in the index.
    """
    hits = search.similar(title[:300], text[:4000], tokens, exclude, MOST)
    return {hit.id: hit.score for hit in hits if hit.score >= threshold}


def text_of(situation: str, content: str) -> str:
    """What of a proposal is compared beside its title."""
    return f"{situation}\n{content}".strip()
