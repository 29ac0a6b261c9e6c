"""Complaints about outcomes, with their answers; one open at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("finding IN ('', 'upheld', 'partly', 'unfounded')", name=op.f("ck_complaint_finding_known")),
        sa.CheckConstraint("(finding = '') = (answered_at IS NULL)", name=op.f("ck_complaint_answered_with_finding")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_complaint_review_id_review"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_complaint_filed_by_id_person")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_complaint_answered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_review_id"), "complaint", ["review_id"])
    still_open = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_complaint_open", "complaint", ["review_id"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )


def downgrade() -> None:
    op.drop_table("complaint")
