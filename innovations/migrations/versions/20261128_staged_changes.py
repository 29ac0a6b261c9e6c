"""Changed rows of an import wait unseen until the whole batch is decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("decided_at", sa.DateTime(), nullable=True))
    op.create_table(
        "staged_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_staged_change_batch_id_import_batch")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_staged_change_proposal_id_proposal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_change")),
    )
    op.create_index(op.f("ix_staged_change_batch_id"), "staged_change", ["batch_id"])
    op.create_index(op.f("ix_staged_change_proposal_id"), "staged_change", ["proposal_id"])


def downgrade() -> None:
    op.drop_table("staged_change")
    op.drop_column("import_batch", "decided_at")
