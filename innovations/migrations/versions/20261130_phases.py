"""Dated phases of a board's rounds: who may score when, and what stays hidden longer than the rule set says."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def _once(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        f"uq_board_phase_{name}", "board_phase", columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def upgrade() -> None:
    op.create_table(
        "board_phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scoring", sa.Boolean(), nullable=False),
        sa.Column("authors", sa.String(length=12), nullable=False),
        sa.Column("sheets", sa.String(length=12), nullable=False),
        sa.Column("names", sa.String(length=12), nullable=False),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_board_phase_named")),
        sa.CheckConstraint("authors IN ('rules', 'own_sheet', 'reveal')", name=op.f("ck_board_phase_authors_known")),
        sa.CheckConstraint("sheets IN ('reveal', 'never')", name=op.f("ck_board_phase_sheets_known")),
        sa.CheckConstraint("names IN ('reveal', 'never')", name=op.f("ck_board_phase_names_known")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_board_phase_board_id_board"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_board_phase_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_phase")),
    )
    op.create_index(op.f("ix_board_phase_board_id"), "board_phase", ["board_id"])
    op.create_index(op.f("ix_board_phase_campaign_id"), "board_phase", ["campaign_id"])
    _once("day", ["board_id", "campaign_id", "from_on"], "campaign_id IS NOT NULL AND from_on IS NOT NULL")
    _once("first", ["board_id", "campaign_id"], "campaign_id IS NOT NULL AND from_on IS NULL")
    _once("standing_day", ["board_id", "from_on"], "campaign_id IS NULL AND from_on IS NOT NULL")
    _once("standing_first", ["board_id"], "campaign_id IS NULL AND from_on IS NULL")


def downgrade() -> None:
    op.drop_table("board_phase")
