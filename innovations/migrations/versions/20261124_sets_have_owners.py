"""Rule and criteria sets get an owner, so that one unit's registrar never changes what another unit works by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("rule_set", "criteria_set")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_unit_id"), "unit", ["unit_id"], ["id"])
            batch_op.create_index(batch_op.f(f"ix_{table}_unit_id"), ["unit_id"])


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_unit_id"))
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_unit_id"), type_="foreignkey")
            batch_op.drop_column("unit_id")
