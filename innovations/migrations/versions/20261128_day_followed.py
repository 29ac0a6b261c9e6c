"""Up to which day seats and commands that begin or end were followed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_followed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_day_followed_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_followed")),
    )


def downgrade() -> None:
    op.drop_table("day_followed")
