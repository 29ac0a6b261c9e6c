"""A secret vote may be held on printed ballots, which two tellers count, each for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_HUMAN = "(SELECT coalesce(p.same_as_id, p.id) FROM seat s JOIN person p ON p.id = s.person_id WHERE s.id = NEW.seat_id)"
_REVIEW = "(SELECT i.review_id FROM vote v JOIN agenda_item i ON i.id = v.item_id WHERE v.id = NEW.vote_id)"
_GUARDS = (
    "CREATE TRIGGER IF NOT EXISTS teller_count_no_conflict_insert BEFORE INSERT ON teller_count WHEN 1 AND ("  # noqa: S608  (constants of this file)
    "EXISTS (SELECT 1 FROM recusal r JOIN person q ON q.id = r.person_id "
    f"WHERE r.review_id = {_REVIEW} AND coalesce(q.same_as_id, q.id) = {_HUMAN}) "
    "OR EXISTS (SELECT 1 FROM review w JOIN contribution c ON c.proposal_id = w.proposal_id "
    f"JOIN person q ON q.id = c.person_id WHERE w.id = {_REVIEW} AND coalesce(q.same_as_id, q.id) = {_HUMAN})) "
    "BEGIN SELECT RAISE(ABORT, 'an author or a person with a conflict takes no part in the review'); END",
    "CREATE TRIGGER IF NOT EXISTS teller_count_two_people BEFORE INSERT ON teller_count WHEN EXISTS (SELECT 1 FROM teller_count t "  # noqa: S608  (constants of this file)
    "JOIN seat o ON o.id = t.seat_id JOIN person q ON q.id = o.person_id WHERE t.vote_id = NEW.vote_id "
    f"AND t.attempt = NEW.attempt AND coalesce(q.same_as_id, q.id) = {_HUMAN}) "
    "BEGIN SELECT RAISE(ABORT, 'two different people count the ballots'); END",
)
_FIGURES = ("issued", "collected", "valid", "invalid", "agree", "disagree", "blank")


def upgrade() -> None:
    op.add_column("vote", sa.Column("on_paper", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("vote", sa.Column("issued", sa.Integer(), nullable=True))
    op.create_table(
        "teller_count",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _FIGURES),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_teller_count_two_tellers")),
        sa.CheckConstraint(
            "collected <= issued AND valid + invalid = collected AND agree + disagree + blank = valid",
            name=op.f("ck_teller_count_adds_up"),
        ),
        sa.CheckConstraint(
            "invalid >= 0 AND agree >= 0 AND disagree >= 0 AND blank >= 0", name=op.f("ck_teller_count_not_negative")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_teller_count_seat_id_seat")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_teller_count_vote_id_vote")),
        sa.PrimaryKeyConstraint("vote_id", "attempt", "place", name=op.f("pk_teller_count")),
        sa.UniqueConstraint("vote_id", "attempt", "seat_id", name=op.f("uq_teller_count_vote_id_attempt_seat_id")),
    )
    op.create_table(
        "count_settlement",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_count_settlement_with_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_count_settlement_by_id_person")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_count_settlement_vote_id_vote")),
        sa.ForeignKeyConstraint(
            ["vote_id", "attempt", "place"],
            ["teller_count.vote_id", "teller_count.attempt", "teller_count.place"],
            name=op.f("fk_count_settlement_vote_id_attempt_place_teller_count"),
        ),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_count_settlement")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for guard in _GUARDS:
            op.execute(guard)


def downgrade() -> None:
    op.drop_table("count_settlement")
    op.drop_table("teller_count")
    op.drop_column("vote", "issued")
    op.drop_column("vote", "on_paper")
