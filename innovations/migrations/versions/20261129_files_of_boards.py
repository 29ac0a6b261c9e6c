"""Versions of the minutes and photos of paper sheets are kept as files of the board."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def _file() -> list[sa.Column]:
    return [
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "attached_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        *_file(),
        sa.CheckConstraint("kind IN ('edited', 'signed')", name=op.f("ck_attached_minutes_kind_known")),
        sa.CheckConstraint(
            "sha256 <> '' OR (name = '' AND note = '' AND size = 0)", name=op.f("ck_attached_minutes_purged_whole")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_attached_minutes_added_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attached_minutes_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attached_minutes")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_attached_minutes_meeting_id_number")),
    )
    op.create_index(op.f("ix_attached_minutes_sha256"), "attached_minutes", ["sha256"])
    op.create_table(
        "sheet_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        *_file(),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_sheet_photo_added_by_id_person")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_sheet_photo_assignment_id_assignment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_sheet_photo_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_photo")),
    )
    op.create_index(op.f("ix_sheet_photo_assignment_id"), "sheet_photo", ["assignment_id"])
    op.create_index(op.f("ix_sheet_photo_sha256"), "sheet_photo", ["sha256"])


def downgrade() -> None:
    op.drop_table("sheet_photo")
    op.drop_table("attached_minutes")
