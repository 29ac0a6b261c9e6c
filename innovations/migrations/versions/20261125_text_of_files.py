"""The text of files is kept once per content, so that dossiers are found by it; files that are there already wait to be read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ENDINGS = ("waiting", "text", "empty", "encrypted", "bomb", "broken", "slow", "missing")
READABLE = (
    "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.oasis.opendocument.text",
    "text/plain", "text/csv",
)  # fmt: skip


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def upgrade() -> None:
    waiting = sa.text("ending = 'waiting'")
    op.create_table(
        "file_text",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("ending", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"ending IN ({_listed(ENDINGS)})", name=op.f("ck_file_text_ending_known")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_text")),
    )
    op.create_index("ix_file_text_waiting", "file_text", ["asked_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.execute(
        "INSERT INTO file_text (sha256, media_type, ending, text, asked_at) "  # noqa: S608  (constants of this file)
        "SELECT sha256, MIN(media_type), 'waiting', '', MIN(uploaded_at) FROM attachment "
        f"WHERE kind NOT IN ('consent', 'signed_scan') AND media_type IN ({_listed(READABLE)}) GROUP BY sha256"
    )


def downgrade() -> None:
    op.drop_table("file_text")
