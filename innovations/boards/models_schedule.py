"""The dated phases of a board's rounds; rules/schedule.py says what each narrows."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovations.boards.rules.schedule import NAME_MAX, AuthorsShown, NamesShown, SheetsShown
from innovations.core.columns import one_of
from innovations.extensions import db


def _once(name: str, *columns: str, where: str) -> Index:
    return Index(f"uq_board_phase_{name}", *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


class BoardPhase(db.Model):
    """A phase of a board's schedule, until the next one of the same schedule begins."""

    __tablename__ = "board_phase"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        one_of("authors", AuthorsShown),
        one_of("sheets", SheetsShown),
        one_of("names", NamesShown),
        # Two NULLs are no equals to a unique index: one for each of the four kinds of rows.
        _once("day", "board_id", "campaign_id", "from_on", where="campaign_id IS NOT NULL AND from_on IS NOT NULL"),
        _once("first", "board_id", "campaign_id", where="campaign_id IS NOT NULL AND from_on IS NULL"),
        _once("standing_day", "board_id", "from_on", where="campaign_id IS NULL AND from_on IS NOT NULL"),
        _once("standing_first", "board_id", where="campaign_id IS NULL AND from_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    # NULL: for every review of the board whose campaign has no schedule of its own.
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    from_on: Mapped[date | None]  # NULL: the first of its schedule, which has no beginning
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    scoring: Mapped[bool]
    authors: Mapped[str] = mapped_column(String(12), default=AuthorsShown.RULES.value)
    sheets: Mapped[str] = mapped_column(String(12), default=SheetsShown.REVEAL.value)
    names: Mapped[str] = mapped_column(String(12), default=NamesShown.REVEAL.value)
    # Who sees the board's reviews was worked out since it began: a worker that rested over its first day catches up.
    followed: Mapped[bool] = mapped_column(default=False)
