"""Outcomes are kept until they are published together; a decision says where it departs from the board's conclusion."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pending_outcome",
        sa.Column("review_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IN ('recognise', 'decline')", name=op.f("ck_pending_outcome_outcome_known")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_pending_outcome_review_id_review"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_pending_outcome_recorded_by_id_person")),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_pending_outcome")),
    )
    op.add_column("decision_line", sa.Column("departs", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("decision_line", "departs")
    op.drop_table("pending_outcome")
