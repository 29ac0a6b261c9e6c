"""An item of an agenda keeps when it was taken up, so that a clock runs beside it and the minutes give its hours."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agenda_item", sa.Column("taken_up_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("agenda_item", "taken_up_at")
