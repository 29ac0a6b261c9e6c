"""A whole import or campaign is screened for repetitions; what a screening found is no question to the author."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(batch_id IS NULL) <> (campaign_id IS NULL)", name=op.f("ck_screening_of_one")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_screening_batch_id_import_batch")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_screening_by_id_account")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_screening_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_screening_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
    )
    op.create_index(op.f("ix_screening_batch_id"), "screening", ["batch_id"])
    op.create_index(op.f("ix_screening_campaign_id"), "screening", ["campaign_id"])
    waiting = sa.text("finished_at IS NULL")
    op.create_index("ix_screening_waiting", "screening", ["id"], sqlite_where=waiting, postgresql_where=waiting)
    op.add_column("similarity_finding", sa.Column("asked", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_index(op.f("ix_similarity_finding_other_id"), "similarity_finding", ["other_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_similarity_finding_other_id"), "similarity_finding")
    op.drop_column("similarity_finding", "asked")
    op.drop_table("screening")
