"""Lists and reports add up a tally that the database keeps, instead of counting every proposal; the newest are read in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_PROPERTIES = "audience_id, import_batch_id, base_unit_id, state, recognised, recognised_year, quarantined, stage"
_STANDING = (
    "SELECT p.id AS proposal_id, coalesce(p.audience_id, 0) AS audience_id, "
    "coalesce(p.import_batch_id, 0) AS import_batch_id, p.base_unit_id, r.state, "
    "EXISTS (SELECT 1 FROM review s WHERE s.proposal_id = p.id AND s.state = 'recognised') AS recognised, "
    "coalesce(p.recognised_year, 0) AS recognised_year, p.quarantined_at IS NOT NULL AS quarantined, "
    "CASE WHEN p.origin = 'imported' THEN 0 ELSE (SELECT max(CASE WHEN s.state = 'recognised' THEN 4 "
    "WHEN s.state IN ('passed', 'failed', 'not_recognised', 'revoked') THEN 3 WHEN s.accepted_at IS NOT NULL THEN 2 "
    "WHEN s.received_at IS NOT NULL THEN 1 ELSE 0 END) FROM review s WHERE s.proposal_id = p.id) END AS stage "
    "FROM proposal p JOIN review r ON r.proposal_id = p.id AND r.latest"
)
_KEPT_BY = "audience_id, import_batch_id, base_unit_id, recognised_year, quarantined_at, origin"
_REVIEWED_BY = "state, latest, received_at, accepted_at"
#: Name, moment, the proposal that is counted, and whether it is counted out or in.
_COUNTED = (
    ("tally_proposal_from", f"BEFORE UPDATE OF {_KEPT_BY} ON proposal", "OLD.id", -1),
    ("tally_proposal_to", f"AFTER UPDATE OF {_KEPT_BY} ON proposal", "NEW.id", 1),
    ("tally_proposal_gone", "BEFORE DELETE ON proposal", "OLD.id", -1),
    ("tally_review_before", "BEFORE INSERT ON review", "NEW.proposal_id", -1),
    ("tally_review_new", "AFTER INSERT ON review", "NEW.proposal_id", 1),
    ("tally_review_from", f"BEFORE UPDATE OF {_REVIEWED_BY} ON review", "OLD.proposal_id", -1),
    ("tally_review_to", f"AFTER UPDATE OF {_REVIEWED_BY} ON review", "NEW.proposal_id", 1),
    ("tally_review_gone", "BEFORE DELETE ON review", "OLD.proposal_id", -1),
    ("tally_review_left", "AFTER DELETE ON review", "OLD.proposal_id", 1),
)
#: Indexes of columns that few rows fill: what is hidden, and what points at rows that may be deleted.
_OF_FEW = (
    ("ix_proposal_quarantined", "proposal", "quarantined_at"),
    ("ix_review_revision_id", "review", "revision_id"),
    ("ix_review_forwarded_from_id", "review", "forwarded_from_id"),
    ("ix_contribution_attested_by_id", "contribution", "attested_by_id"),
    ("ix_decision_line_revision_id", "decision_line", "revision_id"),
)


def upgrade() -> None:
    op.create_index("ix_proposal_recent", "proposal", ["updated_at", "id", "audience_id", "import_batch_id", "base_unit_id"])
    op.create_index("ix_proposal_filed_by_id", "proposal", ["filed_by_id"])
    for name, table, column in _OF_FEW:
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=there, postgresql_where=there)
    op.create_table(
        "proposal_tally",
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("import_batch_id", sa.Integer(), nullable=False),
        sa.Column("base_unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("recognised_year", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("proposals", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*_PROPERTIES.split(", "), name=op.f("pk_proposal_tally")),
    )
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(f"CREATE VIEW IF NOT EXISTS proposal_standing AS {_STANDING}")
    for name, moment, proposal, by in _COUNTED:
        op.execute(
            f"CREATE TRIGGER IF NOT EXISTS {name} {moment} BEGIN "  # noqa: S608  (constants of this file)
            f"INSERT INTO proposal_tally ({_PROPERTIES}, proposals) SELECT {_PROPERTIES}, {by} FROM proposal_standing "
            f"WHERE proposal_id = {proposal} ON CONFLICT ({_PROPERTIES}) DO UPDATE SET proposals = proposals + {by}; END"
        )
    op.execute(
        "CREATE TRIGGER IF NOT EXISTS tally_nothing_left AFTER UPDATE ON proposal_tally WHEN NEW.proposals = 0 "
        "BEGIN DELETE FROM proposal_tally WHERE rowid = NEW.rowid; END"
    )
    op.execute(
        f"INSERT INTO proposal_tally ({_PROPERTIES}, proposals) "  # noqa: S608  (constants of this file)
        f"SELECT {_PROPERTIES}, count(*) FROM proposal_standing GROUP BY {_PROPERTIES}"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER IF EXISTS tally_nothing_left")
    for name, *_ in _COUNTED:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
    op.execute("DROP VIEW IF EXISTS proposal_standing")
    op.drop_table("proposal_tally")
    for name, table, _column in _OF_FEW:
        op.drop_index(name, table)
    op.drop_index("ix_proposal_filed_by_id", "proposal")
    op.drop_index("ix_proposal_recent", "proposal")
