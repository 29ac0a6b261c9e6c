"""``flask check`` names what breaks an invariant of the regulation, whoever wrote it past the use cases, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from innovations.boards.models import Recusal, ScoreSheet, SheetScore
from innovations.boards.models_decision import Certificate, Decision
from innovations.boards.models_meeting import AgendaItem, Vote
from innovations.boards.services import certificates, deciding, forwarding
from innovations.boards.services.deciding import DecisionData
from innovations.cli.checking import CHECKS, findings
from innovations.core import clock
from innovations.core.clock import now, today
from innovations.core.counters import Counter
from innovations.core.rules.calendar import add_months
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.models import Audience, FormalCheck, Proposal, Review
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.content import Origin
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

AUTHOR, CHAIR, RECEIVER = "tacgia", "chutich", "tiepnhan"


def recognised(board: BoardWorld) -> int:
    """A review on its whole way: voted on, recognised, with a certificate, forwarded to the unit above."""
    review_id = sitting.concluded(board, by=AUTHOR)
    data = DecisionData("45/QĐ", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], data).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    forwarding.forward(board.actor("vanphong"), review_id)
    return review_id


def told() -> dict[str, list[str]]:
    """What the checks name, by check."""
    db.session.expire_all()
    return {check: lines for check, lines in findings().items() if lines}


def written(*statements: object) -> None:
    """Past the use cases, the guards and the checks of the database."""
    db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
    for statement in statements:
        db.session.execute(statement)  # type: ignore[call-overload]
    db.session.commit()
    db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))


def person(board: BoardWorld, number: str) -> int:
    return board.world.staff.people[number]


def second_record(board: BoardWorld, number: str) -> None:
    """The author turns out to be the same human being as somebody else."""
    written(update(Person).where(Person.id == person(board, number)).values(same_as_id=person(board, AUTHOR)))


def filed_late(_board: BoardWorld) -> None:
    written(update(Proposal).values(first_applied_on=add_months(today(), -12) - timedelta(days=1)))


def confirmed_by_the_recused(board: BoardWorld) -> None:
    values = {"person_id": person(board, CHAIR), "kind": "declared", "declared_by_id": person(board, CHAIR)}
    written(insert(Recusal).values(**values, review_id=1, reason="Cùng tổ.", at=now() - timedelta(days=2)))


def certificate_left_out(_board: BoardWorld) -> None:
    written(
        update(Certificate).values(number=Certificate.number + 1),
        update(Counter).where(Counter.kind == "certificate").values(value=2),
    )


CRITERIA = update(Review).where(Review.forwarded_from_id.is_not(None)).values(criteria={"name": "Khác", "criteria": []})
BREACHES: dict[str, tuple[str, Callable[[BoardWorld], None]]] = {
    "a share is less": ("shares_are_whole", lambda _: written(update(Contribution).values(share=90))),
    "a share is not confirmed": ("authors_have_confirmed", lambda _: written(update(Contribution).values(confirmed_at=None))),
    "filed a day late": ("filed_in_time", filed_late),
    "the evidence is gone": ("votes_have_evidence", lambda _: written(delete(Attachment))),
    "the receiver is the author's second record": ("nobody_acts_on_their_own", lambda board: second_record(board, RECEIVER)),
    "a member is the author's second record": ("nobody_acts_on_their_own", lambda board: second_record(board, "uyvien2")),
    "the author did the formal check": (
        "nobody_acts_on_their_own", lambda board: written(update(FormalCheck).values(checked_by_id=person(board, AUTHOR))),
    ),
    "who confirmed had a conflict": ("nobody_acts_on_their_own", confirmed_by_the_recused),
    "the rules changed": (
        "rules_stay_frozen", lambda board: written(update(Review).where(Review.id == 1).values(rules={**board.review(1).rules, "complaint_months": 9})),
    ),
    "the criteria changed above": ("rules_stay_frozen", lambda _: written(CRITERIA)),
    "a point more": (
        "points_are_those_of_the_sheets", lambda _: written(update(SheetScore).where(SheetScore.criterion == "novelty").values(value=30)),
    ),
    "a sheet's total": ("points_are_those_of_the_sheets", lambda _: written(update(ScoreSheet).values(total=100))),
    "a decision without number": ("recognised_have_decisions", lambda _: written(update(Decision).values(number=""))),
    "one agreement too few": ("recognised_passed_the_board", lambda _: written(update(Vote).values(agree=4))),
    "fewer agreements asked for": ("recognised_passed_the_board", lambda _: written(update(Vote).values(agree=4, needed=4))),
    "too few there": ("recognised_passed_the_board", lambda _: written(update(Vote).values(present=4))),
    "points below the mark": ("recognised_passed_the_board", lambda _: written(update(Review).values(total=49))),
    "points of another conclusion": ("recognised_passed_the_board", lambda _: written(update(Review).values(total=99))),
    "nobody confirmed": ("recognised_passed_the_board", lambda _: written(update(AgendaItem).values(confirmed_at=None))),
    "a number left out": ("numbers_are_gapless", certificate_left_out),
    "secret handling": ("handling_is_known", lambda _: written(text("UPDATE proposal SET handling = 'secret'"))),
    "a certificate by import": ("imports_mint_nothing", lambda _: written(update(Decision).values(imported=True))),
}  # fmt: skip


def test_what_went_its_whole_way_breaks_nothing(board: BoardWorld) -> None:
    recognised(board)
    assert told() == {}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_named_by_its_check(board: BoardWorld, breach: str) -> None:
    code = board.review(recognised(board)).proposal.code
    name, write = BREACHES[breach]
    write(board)
    found = told()
    assert name in found, breach
    assert all(line.startswith(f"{code}: ") or line.startswith("certificate of unit") for line in found[name])


def test_on_the_last_day_it_was_filed_in_time(board: BoardWorld) -> None:
    recognised(board)
    written(update(Proposal).values(first_applied_on=add_months(today(), -12)))
    assert "filed_in_time" not in told()


def test_an_imported_record_may_lack_what_the_old_register_did_not_say(board: BoardWorld) -> None:
    recognised(board)
    written(
        update(Proposal).values(origin=Origin.IMPORTED, first_applied_on=add_months(today(), -30)),
        update(Contribution).values(share=None, confirmed_at=None), delete(Attachment), update(AgendaItem).values(confirmed_at=None),
    )  # fmt: skip
    exempt = {
        "shares_are_whole", "authors_have_confirmed", "filed_in_time", "votes_have_evidence", "recognised_have_decisions",
        "recognised_passed_the_board",
    }  # fmt: skip
    assert exempt & told().keys() == set()


def test_a_conflict_or_a_share_that_came_later_changes_nothing_done_before(board: BoardWorld) -> None:
    recognised(board)
    with clock.at(now() + timedelta(days=1)):
        values = {"kind": "declared", "declared_by_id": person(board, CHAIR), "reason": "Cùng tổ.", "at": now()}
        written(
            insert(Recusal).values(review_id=1, person_id=person(board, CHAIR), **values),
            insert(Contribution).values(
                proposal_id=1, position=2, person_id=person(board, "uyvien2"), confirmed_at=now(), share=None
            ),
        )
    assert "nobody_acts_on_their_own" not in told()


def test_a_check_that_breaks_off_says_so_and_the_others_go_on(board: BoardWorld) -> None:
    recognised(board)
    written(text("UPDATE proposal SET handling = 'secret'"), update(Vote).values(agree=4))
    found = told()
    assert found["audiences_are_current"] == ["breaks off, as a row holds what cannot be: ValueError"]
    assert "recognised_passed_the_board" in found


def test_stored_readers_that_differ_are_named_and_mended_where_asked(board: BoardWorld) -> None:
    code = board.review(recognised(board)).proposal.code
    written(
        update(Proposal).values(audience_id=None),
        update(Proposal).values(audience_id=select(func.min(Audience.id)).scalar_subquery()),
    )
    assert told() == {"audiences_are_current": [f"{code}: stored readers differ from the rule's"]}
    done = board.world.app.test_cli_runner().invoke(args=["check", "--mend-audiences"])
    assert done.exit_code == 0, done.output
    assert told() == {}


def test_the_command_names_every_check_and_ends_with_1_for_one_breach(board: BoardWorld) -> None:
    recognised(board)
    written(update(Vote).values(agree=4))
    done = board.world.app.test_cli_runner().invoke(args=["check", "--json"])
    report = json.loads(done.output)
    assert done.exit_code == 1
    assert report.keys() == {check.__name__ for check in CHECKS}
    assert {name for name, found in report.items() if found} == {"recognised_passed_the_board"}
