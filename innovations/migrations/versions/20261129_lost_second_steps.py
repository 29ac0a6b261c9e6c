"""A lost second step of somebody who must have one is taken away by two persons, and how identity was proved is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

PROOFS = "'service_card', 'commander_paper', 'personnel_file'"
TABLE = "second_step_removal"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("proof", sa.String(length=40), nullable=False),
        sa.Column("proved_by_id", sa.Integer(), nullable=False),
        sa.Column("proved_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=24), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(f"proof IN ({PROOFS})", name=op.f("ck_second_step_removal_proof_known")),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name=op.f("ck_second_step_removal_two_people")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_second_step_removal_confirmed_by_somebody")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_second_step_removal_ended_by_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_step_removal_account_id_account")),
        *(
            sa.ForeignKeyConstraint([f"{who}_by_id"], ["person.id"], name=op.f(f"fk_second_step_removal_{who}_by_id_person"))
            for who in ("asked", "proved", "confirmed", "ended")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_step_removal")),
    )
    op.create_index(op.f("ix_second_step_removal_account_id"), TABLE, ["account_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
