"""Two members of a board may be kept from scoring the same proposal."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_kept_apart_in_order")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_kept_apart_board_id_board"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_kept_apart_by_id_person")),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"], name=op.f("fk_kept_apart_one_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_kept_apart_other_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_apart")),
        sa.UniqueConstraint("board_id", "one_id", "other_id", name=op.f("uq_kept_apart_board_id_one_id_other_id")),
    )
    op.create_index(op.f("ix_kept_apart_board_id"), "kept_apart", ["board_id"])


def downgrade() -> None:
    op.drop_table("kept_apart")
