"""Large imports of a register by page wait for the worker."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ENDINGS = "'waiting', 'done', 'nothing', 'refused', 'lost', 'forbidden', 'failed'"


def upgrade() -> None:
    op.create_table(
        "register_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("upload", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("create_units", sa.Boolean(), nullable=False),
        sa.Column("skip_bad_rows", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("ending", sa.String(length=40), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(f"ending IN ({ENDINGS})", name=op.f("ck_register_job_ending_known")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_register_job_batch_id_import_batch")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_register_job_by_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_register_job_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_job")),
    )
    op.create_index(op.f("ix_register_job_batch_id"), "register_job", ["batch_id"])
    op.create_index(op.f("ix_register_job_unit_id"), "register_job", ["unit_id"])
    waiting = sa.text("ending = 'waiting'")
    op.create_index("ix_register_job_waiting", "register_job", ["id"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table("register_job")
