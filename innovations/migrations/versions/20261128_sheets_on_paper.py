"""Score sheets come in on paper; what two clerks keyed is kept apart until both keyed the same."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keyed_sheet",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("keyed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_keyed_sheet_two_clerks")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_keyed_sheet_assignment_id_assignment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_keyed_sheet_person_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_keyed_sheet_revision_id_revision")),
        sa.PrimaryKeyConstraint("assignment_id", "revision_id", "place", name=op.f("pk_keyed_sheet")),
        sa.UniqueConstraint(
            "assignment_id", "revision_id", "person_id", name=op.f("uq_keyed_sheet_assignment_id_revision_id_person_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("keyed_sheet")
