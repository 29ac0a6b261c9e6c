"""Content read with a second person of another office; copies of what was purged, ticked off when they are destroyed; reports by readers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROLES = "'commander', 'receiver', 'registrar', 'decider', 'security_officer', 'auditor', 'admin'"


def upgrade() -> None:
    op.create_table(
        "break_glass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason IN ('complaint', 'inspection', 'secrecy', 'repair')", name=op.f("ck_break_glass_reason_known")),
        sa.CheckConstraint(f"office IN ({ROLES})", name=op.f("ck_break_glass_office_known")),
        sa.CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name=op.f("ck_break_glass_two_people")),
        sa.CheckConstraint("(confirmed_at IS NULL) = (until IS NULL)", name=op.f("ck_break_glass_for_a_while")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_break_glass_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_break_glass_asked_by_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_break_glass_confirmed_by_id_person")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_break_glass_ended_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index("ix_break_glass_proposal_id", "break_glass", ["proposal_id"])
    op.create_table(
        "destroyed_copy",
        sa.Column("purge_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["purge_id"], ["purge.id"], name=op.f("fk_destroyed_copy_purge_id_purge")),
        sa.ForeignKeyConstraint(["event_id"], ["audit_event.id"], name=op.f("fk_destroyed_copy_event_id_audit_event")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_destroyed_copy_by_id_person")),
        sa.PrimaryKeyConstraint("purge_id", "event_id", name=op.f("pk_destroyed_copy")),
    )
    op.create_table(
        "content_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_content_report_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_content_report_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_report")),
    )
    unsettled = sa.text("settled_at IS NULL")
    op.create_index(
        "uq_content_report_open", "content_report", ["proposal_id", "by_id"], unique=True, sqlite_where=unsettled, postgresql_where=unsettled
    )


def downgrade() -> None:
    op.drop_table("content_report")
    op.drop_table("destroyed_copy")
    op.drop_table("break_glass")
