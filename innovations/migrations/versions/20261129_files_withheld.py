"""Files that a secretary keeps from scorers who do not know the authors, or gives to them."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_ruling",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_file_ruling_attachment_id_attachment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_file_ruling_by_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_file_ruling_review_id_review"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("review_id", "attachment_id", name=op.f("pk_file_ruling")),
    )
    op.add_column("file_text", sa.Column("partly", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Nobody noted it so far: a text near the limit as shipped (200,000) was probably cut.
    op.execute("UPDATE file_text SET partly = true WHERE length(text) > 150000")
    op.create_index(op.f("ix_file_ruling_attachment_id"), "file_ruling", ["attachment_id"])


def downgrade() -> None:
    op.drop_column("file_text", "partly")
    op.drop_table("file_ruling")
