"""The audit log and its signed checkpoints.  Triggers refuse UPDATE and DELETE, whoever asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, Index, Integer, LargeBinary, String, event
from sqlalchemy.orm import Mapped, mapped_column

from innovations.extensions import db


class AuditEvent(db.Model):
    """Who did what to which thing, when.  Ids only: no name, title or other text of a person's."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)  # the chain's order; gapless, as rows are never deleted
    at: Mapped[datetime]
    tag: Mapped[str] = mapped_column(String(60), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class AuditCheckpoint(db.Model):
    """The log up to an event, signed: ``digest`` is that event's; ``subject`` is what it was signed for, such as a vote."""

    __tablename__ = "audit_checkpoint"
    __table_args__ = (Index("ix_audit_checkpoint_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(64))  # public, hexadecimal
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


#: The statements also stand in the migrations; SQLite's dialect.
APPEND_ONLY = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for table in ("audit_event", "audit_checkpoint")
    for verb in ("UPDATE", "DELETE")
)
for statement in APPEND_ONLY:
    event.listen(AuditCheckpoint.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))
