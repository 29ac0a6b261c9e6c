"""A second step at sign-in, recovery codes, and where one is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_step",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_step_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])
    op.add_column("account", sa.Column("password_at", sa.DateTime(), nullable=True))
    op.add_column("account", sa.Column("stands_alone", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("stage", sa.String(length=40), nullable=False, server_default="complete"))
        batch.add_column(sa.Column("address", sa.String(length=45), nullable=False, server_default=""))
        batch.add_column(sa.Column("device", sa.String(length=120), nullable=False, server_default=""))
        batch.create_check_constraint(op.f("ck_sign_in_stage_known"), "stage IN ('complete', 'code', 'enrolment')")
        batch.create_index("ix_sign_in_place", ["account_id", "address", "created_at"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_index("ix_sign_in_place")
        batch.drop_constraint(op.f("ck_sign_in_stage_known"), type_="check")
        for name in ("stage", "address", "device"):
            batch.drop_column(name)
    op.drop_column("account", "stands_alone")
    op.drop_column("account", "password_at")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
