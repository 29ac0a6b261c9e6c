"""A purge is proposed by one security officer and confirmed by another."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNCLEAN = sa.text("confirmed_at IS NOT NULL AND cleaned_at IS NULL")
RUNNING = sa.text("taken_back_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("cleaned_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason IN ('classified', 'marked', 'ordered', 'personal')", name=op.f("ck_purge_reason_known")),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name=op.f("ck_purge_two_people")),
        sa.CheckConstraint("confirmed_at IS NULL OR taken_back_at IS NULL", name=op.f("ck_purge_one_ending")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_purge_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_purge_proposed_by_id_person")),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["person.id"], name=op.f("fk_purge_taken_back_by_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_purge_confirmed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
    )
    op.create_index("uq_purge_running", "purge", ["proposal_id"], unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.create_index("ix_purge_unclean", "purge", ["confirmed_at"], sqlite_where=UNCLEAN, postgresql_where=UNCLEAN)


def downgrade() -> None:
    op.drop_table("purge")
