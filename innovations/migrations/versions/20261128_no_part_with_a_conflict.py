"""The database itself refuses a duty, a sheet or a vote of an author, or of a person whose conflict is on record."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_HUMAN = "(SELECT coalesce(p.same_as_id, p.id) FROM seat s JOIN person p ON p.id = s.person_id WHERE s.id = NEW.seat_id)"
_REVIEW = "NEW.review_id"
_VOTED_ON = "(SELECT i.review_id FROM vote v JOIN agenda_item i ON i.id = v.item_id WHERE v.id = NEW.vote_id)"
_GUARDS = (
    ("assignment", "INSERT", _REVIEW, "NEW.declined_at IS NULL"),
    ("assignment", "UPDATE OF review_id, seat_id, declined_at, done_at", _REVIEW, "NEW.declined_at IS NULL"),
    ("score_sheet", "INSERT", _REVIEW, "1"),
    ("score_sheet", "UPDATE OF review_id, seat_id, submitted_at", _REVIEW, "NEW.submitted_at IS NOT NULL"),
    ("open_opinion", "INSERT", _VOTED_ON, "1"),
    ("open_opinion", "UPDATE", _VOTED_ON, "1"),
    ("has_voted", "INSERT", _VOTED_ON, "1"),
)


def _name(table: str, when: str) -> str:
    return f"{table}_no_conflict_{when.split()[0].lower()}"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, when, review, condition in _GUARDS:
        op.execute(
            f"CREATE TRIGGER IF NOT EXISTS {_name(table, when)} BEFORE {when} ON {table} WHEN {condition} AND ("  # noqa: S608  (constants of this file)
            "EXISTS (SELECT 1 FROM recusal r JOIN person q ON q.id = r.person_id "
            f"WHERE r.review_id = {review} AND coalesce(q.same_as_id, q.id) = {_HUMAN}) "
            "OR EXISTS (SELECT 1 FROM review w JOIN contribution c ON c.proposal_id = w.proposal_id "
            f"JOIN person q ON q.id = c.person_id WHERE w.id = {review} AND coalesce(q.same_as_id, q.id) = {_HUMAN})) "
            "BEGIN SELECT RAISE(ABORT, 'an author or a person with a conflict takes no part in the review'); END"
        )


def downgrade() -> None:
    for table, when, _review, _condition in _GUARDS:
        op.execute(f"DROP TRIGGER IF EXISTS {_name(table, when)}")
