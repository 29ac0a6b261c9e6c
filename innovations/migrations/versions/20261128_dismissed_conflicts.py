"""A computed conflict may be found not to matter in one review, with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissed_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('superior', 'subordinate', 'same_subunit')", name=op.f("ck_dismissed_conflict_kind_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_dismissed_conflict_with_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_dismissed_conflict_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dismissed_conflict_person_id_person")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_dismissed_conflict_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissed_conflict")),
        sa.UniqueConstraint("review_id", "person_id", "kind", name=op.f("uq_dismissed_conflict_review_id_person_id_kind")),
    )
    op.create_index(op.f("ix_dismissed_conflict_review_id"), "dismissed_conflict", ["review_id"])


def downgrade() -> None:
    op.drop_table("dismissed_conflict")
