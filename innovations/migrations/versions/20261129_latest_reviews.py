"""The latest consideration of a proposal is marked, one of each; lists asked for it by comparing all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

LATER = "EXISTS (SELECT 1 FROM review AS later WHERE later.proposal_id = review.proposal_id AND later.id > review.id)"


def upgrade() -> None:
    op.add_column("review", sa.Column("latest", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.text(f"UPDATE review SET latest = false WHERE {LATER}"))  # noqa: S608  (a constant)
    marked = sa.text("latest")
    op.create_index("uq_review_latest", "review", ["proposal_id"], unique=True, sqlite_where=marked, postgresql_where=marked)
    op.drop_index("ix_review_of_proposal", "review")
    op.create_index("ix_review_of_proposal", "review", ["proposal_id", "latest", "state"])


def downgrade() -> None:
    op.drop_index("ix_review_of_proposal", "review")
    op.create_index("ix_review_of_proposal", "review", ["proposal_id", "state"])
    op.drop_index("uq_review_latest", "review")
    op.drop_column("review", "latest")
