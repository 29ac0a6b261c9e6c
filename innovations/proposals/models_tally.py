"""How many proposals stand where, by who may see them: kept by the database itself with each change, for lists and reports.

Counting a hundred thousand proposals takes a tenth of a second, adding up their tally a few milliseconds: what stands in the library
shares one audience, so a base unit has one row for each year and state.  A migration that makes ``proposal`` or ``review`` anew takes view
and triggers away before it and makes them again after it.
"""

from enum import IntEnum

from sqlalchemy import DDL, Boolean, Integer, event
from sqlalchemy.orm import Mapped, mapped_column

from innovations.core.columns import Coded
from innovations.core.scoping import GUARDED, SCOPE
from innovations.extensions import db
from innovations.proposals.models import Review
from innovations.proposals.rules.states import State


class Stage(IntEnum):
    """How far a proposal ever came, at any level; imported records never went that way."""

    NOWHERE = 0
    RECEIVED = 1
    ACCEPTED = 2
    CONCLUDED = 3
    RECOGNISED = 4


class ProposalTally(db.Model):
    """So many ``proposals`` have these properties; 0 stands for no audience, no import and no year.  Triggers are its only writers."""

    __tablename__ = "proposal_tally"
    __table_args__ = {"info": GUARDED}

    audience_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=SCOPE)
    import_batch_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    base_unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[State] = mapped_column(Coded(State), primary_key=True)  # of the latest review
    recognised: Mapped[bool] = mapped_column(Boolean, primary_key=True)  # by any review
    recognised_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quarantined: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    stage: Mapped[Stage] = mapped_column(Integer, primary_key=True, autoincrement=False)
    proposals: Mapped[int]


#: What proposals are told apart by in it.
PROPERTIES = "audience_id, import_batch_id, base_unit_id, state, recognised, recognised_year, quarantined, stage"

#: Each proposal with what it is counted by; the statements also stand in the migrations; SQLite's dialect.
STANDING = (
    "CREATE VIEW IF NOT EXISTS proposal_standing AS SELECT p.id AS proposal_id, coalesce(p.audience_id, 0) AS audience_id, "
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


def _counting(name: str, moment: str, proposal: str, by: int) -> str:
    """A trigger that counts the proposal in or out as it stands at that moment."""
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} {moment} BEGIN "  # noqa: S608  (constants of this file)
        f"INSERT INTO proposal_tally ({PROPERTIES}, proposals) SELECT {PROPERTIES}, {by} FROM proposal_standing "
        f"WHERE proposal_id = {proposal} ON CONFLICT ({PROPERTIES}) DO UPDATE SET proposals = proposals + {by}; END"
    )


COUNTED = (
    _counting("tally_proposal_from", f"BEFORE UPDATE OF {_KEPT_BY} ON proposal", "OLD.id", -1),
    _counting("tally_proposal_to", f"AFTER UPDATE OF {_KEPT_BY} ON proposal", "NEW.id", 1),
    _counting("tally_proposal_gone", "BEFORE DELETE ON proposal", "OLD.id", -1),
    _counting("tally_review_before", "BEFORE INSERT ON review", "NEW.proposal_id", -1),
    _counting("tally_review_new", "AFTER INSERT ON review", "NEW.proposal_id", 1),
    _counting("tally_review_from", f"BEFORE UPDATE OF {_REVIEWED_BY} ON review", "OLD.proposal_id", -1),
    _counting("tally_review_to", f"AFTER UPDATE OF {_REVIEWED_BY} ON review", "NEW.proposal_id", 1),
    _counting("tally_review_gone", "BEFORE DELETE ON review", "OLD.proposal_id", -1),
    _counting("tally_review_left", "AFTER DELETE ON review", "OLD.proposal_id", 1),
    "CREATE TRIGGER IF NOT EXISTS tally_nothing_left AFTER UPDATE ON proposal_tally WHEN NEW.proposals = 0 "
    "BEGIN DELETE FROM proposal_tally WHERE rowid = NEW.rowid; END",
)
ProposalTally.__table__.add_is_dependent_on(Review.__table__)
for statement in (STANDING, *COUNTED):
    event.listen(ProposalTally.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))
