"""Corrections of decisions that one person proposes and another confirms; one open at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("NOT confirmed OR answered_by_id <> proposed_by_id", name=op.f("ck_decision_correction_two_people")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_correction_decision_id_decision")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_decision_correction_proposed_by_id_person")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_decision_correction_answered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_correction")),
    )
    op.create_index(op.f("ix_decision_correction_decision_id"), "decision_correction", ["decision_id"])
    still_open = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_decision_correction_open", "decision_correction", ["decision_id"], unique=True, sqlite_where=still_open,
        postgresql_where=still_open,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("decision_correction")
