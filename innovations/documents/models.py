"""What the database keeps of the contents in the store: the text of each, once, so that it can be searched."""

from datetime import datetime

from sqlalchemy import Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from innovations.core.columns import Coded, one_of
from innovations.documents.reading import Ending
from innovations.extensions import db


class FileText(db.Model):
    """The text of one content, or that it waits for the worker, or why there is none.

    Made in the transaction that names the content, deleted in the one that drops its last name.
    """

    __tablename__ = "file_text"
    __table_args__ = (
        one_of("ending", Ending),
        # The worker asks twice a second whether anything waits.
        Index(
            "ix_file_text_waiting", "asked_at", sqlite_where=text("ending = 'waiting'"),
            postgresql_where=text("ending = 'waiting'"),
        ),
    )  # fmt: skip

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    ending: Mapped[Ending] = mapped_column(Coded(Ending), default=Ending.WAITING)
    text: Mapped[str] = mapped_column(Text, default="")
    # Who looks for names in it is told that the rest was read by nobody.
    partly: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime]
