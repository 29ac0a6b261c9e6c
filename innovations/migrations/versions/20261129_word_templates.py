"""A unit keeps Word templates of its own for the papers it edits."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

PAPERS = "'minutes', 'submission', 'decision', 'notice_result', 'establishment'"


def upgrade() -> None:
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"paper IN ({PAPERS})", name=op.f("ck_word_template_paper_known")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_word_template_withdrawn_by_somebody")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_word_template_unit_id_unit")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_word_template_added_by_id_person")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["person.id"], name=op.f("fk_word_template_withdrawn_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
        sa.UniqueConstraint("unit_id", "paper", "number", name=op.f("uq_word_template_unit_id_paper_number")),
    )
    op.create_index(op.f("ix_word_template_sha256"), "word_template", ["sha256"])


def downgrade() -> None:
    op.drop_table("word_template")
