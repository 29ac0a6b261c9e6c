"""How the told world is brought to acts of two persons (purge, break-glass, reports) and of planning who scores what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.boards.models import KeptApart
from innovations.boards.rules.decisions import CorrectionCode
from innovations.boards.rules.pending import Outcome
from innovations.boards.services import correcting, planning, publishing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person, SecondStepRemoval
from innovations.people.rules.proving import Proof
from innovations.people.services import lost_steps
from innovations.proposals.models import Review
from innovations.proposals.models_secrets import BreakGlass
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.rules.purging import PurgeReason
from innovations.proposals.services import complaining, glass, purges, reporting
from tests.authority.conftest import House
from tests.authority.made_ready import board
from tests.recognised import index

Values = dict[str, Any]


def hidden(house: House) -> Values:
    """What a security officer has put under quarantine."""
    return {"address": house.case("quarantined").ids["code"]}


def purge_proposed(house: House) -> Values:
    address = hidden(house)["address"]
    purges.propose(house.world.actor("baomat"), address, PurgeReason.CLASSIFIED)
    return {"address": address}


def copy_outside(house: House) -> Values:
    """A library export was taken before the purge."""
    index(house.world)
    house.clients["docgia"].get("/reports/library.csv")
    found = purge_proposed(house)
    purges.confirm(house.world.actor("baomat2"), found["address"])
    event = db.session.scalars(select(AuditEvent.id).where(AuditEvent.tag == "library.exported").order_by(AuditEvent.id)).first()
    db.session.rollback()
    return {**found, "event_id": event}


def open_to_all(house: House) -> Values:
    return {"address": house.case("recognised_open").ids["code"]}


def reported(house: House) -> Values:
    found = open_to_all(house)
    reporting.report(house.world.actor("docgia"), found["address"])
    return found


def submitted(house: House) -> Values:
    return {"code": house.case("submitted").ids["code"]}


def glass_asked(house: House) -> Values:
    glass.ask(house.world.actor("quantri"), submitted(house)["code"], GlassReason.COMPLAINT, "Tác giả khiếu nại.")
    found = db.session.scalar(select(BreakGlass.id).order_by(BreakGlass.id.desc()))
    db.session.rollback()
    return {"glass_id": found}


def glass_open(house: House) -> Values:
    found = glass_asked(house)
    glass.confirm(house.world.actor("baomat"), found["glass_id"])
    return found


def _proof(account_id: int) -> Values:
    typed = {"proof": "service_card", "proved_by": "", "proved_on": today().isoformat(), "paper": ""}
    return {"form": {f"step{account_id}-{name}": value for name, value in typed.items()}}


def step_lost(house: House) -> Values:
    """Somebody without an office lost the second step."""
    return _proof(house.world.staff.accounts["demo25"])


def step_of_the_head_lost(house: House) -> Values:
    staff = house.world.staff
    return {"person_id": staff.people["chihuy"], "account_id": staff.accounts["chihuy"], **_proof(staff.accounts["chihuy"])}


def removal_asked(house: House) -> Values:
    account = house.world.staff.accounts["chihuy"]
    lost_steps.take_away(house.world.actor("quantri"), account, Proof.SERVICE_CARD, proved_by="", proved_on=today(), paper="")
    found = db.session.scalar(select(SecondStepRemoval.id).order_by(SecondStepRemoval.id.desc()))
    db.session.rollback()
    return {"removal_id": found}


def _seats(house: House) -> tuple[int, int]:
    found = board(house).seat("uyvien3"), board(house).seat("uyvien4")
    db.session.rollback()
    return found


def planned(house: House) -> Values:
    return {"pick": f"{house.case('accepted').ids['review_id']}-{_seats(house)[0]}"}


def plan_as_file(house: House) -> Values:
    return {"form": {"file": f"Mã số;Số hiệu\n{house.case('accepted').ids['code']};uyvien3\n".encode()}}


def two_members(house: House) -> Values:
    one, other = _seats(house)
    return {"one": str(one), "other": str(other)}


def pair_apart(house: House) -> Values:
    planning.keep_apart(house.world.actor("thuky"), house.told.board, *_seats(house), reason="Có lý do chính đáng.")
    found = db.session.scalar(select(KeptApart.id))
    db.session.rollback()
    return {"pair_id": str(found)}


def comrade(house: House) -> Values:
    """A member serves in the author's sub-unit, and the rules of the review count that."""
    review_id, staff = house.case("accepted").ids["review_id"], house.world.staff
    with atomic() as session:
        author, member = (session.get_one(Person, staff.people[number]) for number in ("tacgia", "uyvien3"))
        member.unit_id = author.unit_id
        review = session.get_one(Review, review_id)
        review.rules = {**review.rules, "same_subunit_is_conflict": True}
    return {"review_id": review_id, "seat_id": str(_seats(house)[0])}


def authors_hidden(house: House) -> Values:
    """The rules of the review hide the authors from whoever scores."""
    ids = house.case("accepted").ids
    with atomic() as session:
        review = session.get_one(Review, ids["review_id"])
        review.rules = {**review.rules, "blind_authors": True}
    return {"review_id": ids["review_id"], "attachment_id": ids["attachment_id"]}


def outcome_held(house: House) -> Values:
    """A passed review whose recognition waits to be published."""
    review_id = house.case("passed").ids["review_id"]
    publishing.hold(house.world.actor("chihuy"), [review_id], Outcome.RECOGNISE)
    return {"review_ids": str(review_id)}


def correction_waits(house: House) -> Values:
    """A decision on which certificates rest, with a correction that the standing office proposed."""
    decision_id = house.case("recognised_open").ids["decision_id"]
    typed = DecisionData("91/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    correcting.propose(house.world.actor("vanphong"), decision_id, typed, CorrectionCode.TYPED)
    return {"decision_id": decision_id}


def complained(house: House) -> Values:
    """A refused proposal whose lead author complained."""
    ids = house.case("not_recognised").ids
    complaining.complain(house.world.actor("tacgia"), ids["code"], ids["review_id"], reason="Chưa xét biên bản áp dụng thử.")
    return {"address": ids["code"], "review_id": ids["review_id"]}
