"""The authors of one record, as one cell holds them: ``Thượng úy Nguyễn Văn An 60 %; Trần Thị Bình 40 %``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.money import parse_percent
from innovations.core.rules.text import clean_line
from innovations.people.rules.persons import RANK_MAX, split_rank
from innovations.proposals.rules.content import check_shares

NAME_MAX = 120
_BREAKS = re.compile(r"[;\r\n]+")
# The share stands last, alone or in brackets, apart from the name.
_SHARE = re.compile(r"(?P<who>.*?)[\s,:(–-]+(?P<share>\d+(?:[.,]\d+)?\s*%?)\s*\)?", re.DOTALL | re.ASCII)
_SHARE_ALONE = re.compile(r"[\s(]*\d+(?:[.,]\d+)?\s*%?[\s)]*", re.ASCII)


class SomeSharesMissing(Invalid):
    """Some authors have a share and some have none."""

    message = N_("Chỉ một số tác giả có tỷ lệ đóng góp; xin ghi cho tất cả hoặc bỏ trống tất cả.")


class AuthorWithoutName(Invalid):
    """A share or a rank stands without a name."""

    message = N_("Có tỷ lệ đóng góp không kèm tên tác giả: “%(text)s”.")


@dataclass(frozen=True)
class Author:
    """One author as the old register names them; ``share`` is in per cent, or None where it had none."""

    rank: str
    name: str
    share: Decimal | None


def read_authors(text: str, column: str) -> tuple[Author, ...]:
    """Return the authors in their order; empty text gives none.

    :raises AuthorWithoutName: a share alone.
    :raises SomeSharesMissing: shares are given for all or for none.
    :raises BadShare: SharesNotWhole: the shares are not exactly 100.00 together.
    """
    authors = tuple(_author(part, column) for part in _BREAKS.split(text) if part.strip(" ,.\t"))
    shares = [author.share for author in authors if author.share is not None]
    if shares and len(shares) < len(authors):
        raise SomeSharesMissing(column)
    if shares:
        check_shares(shares, field=column)
    return authors


def _author(part: str, column: str) -> Author:
    line = clean_line(part, max_length=400, field=column)
    if _SHARE_ALONE.fullmatch(line):
        raise AuthorWithoutName(column, text=line[:40])
    found = _SHARE.fullmatch(line)
    who, share = (found["who"], parse_percent(found["share"], column)) if found else (line, None)
    rank, name = split_rank(who.strip(" ,:(–-"))
    return Author(
        clean_line(rank, max_length=RANK_MAX, field=column),
        clean_line(name.strip(" ,:-"), max_length=NAME_MAX, field=column),
        share,
    )
