"""Which documents are like a text somebody is writing.

The index names those that have its most telling words and word pairs (:mod:`innovations.search.duplicates.naming`); the few best are
then compared with it, word by word (:mod:`innovations.search.duplicates.likeness`), for a long document has the words of any short text
somewhere.  A match prompts a judgement and an offer of reuse; nothing is ever refused for it (domain §2).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from innovations.search.answers.facets import Narrowed
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.duplicates.likeness import Weights, likenesses
from innovations.search.duplicates.naming import Telling, named
from innovations.search.duplicates.numbering import Asked, Rarities
from innovations.search.duplicates.wording import Said, fitting
from innovations.search.files.bits import Places
from innovations.search.files.said import IN_HEAD, SHORT
from innovations.search.port import Filters, Similar

#: Below this likeness two texts have only everyday language in common.
MIN_SCORE = 0.3
#: Of a likeness, behind the point.
_DIGITS = 3
#: Documents that are compared with a text, beside as many as are wanted.  With a title alone only as many again: which rare words it
#: shares says more of it than how like the few words are.
_BESIDE = 20


def similar(
    snapshot: Snapshot,
    title: str,
    text: str,
    reader_tokens: Collection[str],
    exclude: Collection[int],
    k: int,
    filters: Filters,
) -> tuple[Similar, ...]:
    """The at most ``k`` visible documents most like the text, best first; equally like ones in the order of their ids."""
    if not snapshot.size:
        return ()
    lexicon = Lexicon.of(snapshot, reader_tokens)
    rarities, ids = Rarities.of(snapshot, lexicon), snapshot.numbers("id")
    asked = Asked.of(Said.of(title, text), rarities.numbering)
    telling, among = Telling.of(asked, rarities), Narrowed(snapshot, lexicon.visible, filters).found
    compared = k + (_BESIDE if asked.said.text else k)
    documents = named(telling, snapshot, among, compared + len(exclude))
    if exclude:
        documents = documents[~np.isin(ids[documents], [*exclude])]
    if not len(documents):
        return ()
    likes, named_ids = _likes(asked, rarities, documents).round(_DIGITS), ids[documents]
    best = np.lexsort((named_ids, -likes))[:k]
    found = zip(named_ids[best].tolist(), likes[best].tolist(), strict=True)
    return tuple([Similar(id_, like) for id_, like in found if like >= MIN_SCORE])


def _likes(asked: Asked, rarities: Rarities, documents: Places) -> Weights:
    """How much each of the ``documents`` is like the text."""
    numbering, said = rarities.numbering, asked.said
    own, others = asked.vector, numbering.of_documents(documents)
    marks = others.reduced(np.bitwise_or, others.marks)
    told = (marks & IN_HEAD) != 0
    if said.text and told.all():
        likes = likenesses(own, others, rarities.weigh, numbering.room)
    else:
        likes = likenesses(own.titled(), others.titled(), rarities.weigh, numbering.room)
        if said.text and told.any():
            likes[told] = likenesses(own, others.chosen(told.nonzero()[0]), rarities.weigh, numbering.room)
    for place in range(len(documents)) if said.shorts else (marks & SHORT).nonzero()[0].tolist():
        likes[place] = _spelled_out(said, rarities, int(documents[place]), likes[place])
    return likes


def _spelled_out(asked: Said, rarities: Rarities, document: int, like: float) -> float:
    """How much a document is like the text where one says in words what the other one abbreviates; ``like`` when neither does."""
    kept = Said.kept(rarities.snapshot.compared(document))
    one, other = fitting(asked, kept)
    if one in (asked, asked.titled) and other in (kept, kept.titled):
        return like
    pair = (Asked.of(each, rarities.numbering).vector for each in (one, other))
    return float(likenesses(next(pair), next(pair), rarities.weigh, rarities.numbering.room)[0])
