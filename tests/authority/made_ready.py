"""How the told world is brought to where an act of an office succeeds; each function returns what address and form need."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyotp
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations.boards import screening_queries
from innovations.boards.models import Seat
from innovations.boards.rules.paper_sheets import sheet_code
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.tellers import Figures
from innovations.boards.services import boards, meetings, paper_sheets, screening, seats, tellers, votes
from innovations.boards.services.boards import BoardData
from innovations.boards.services.meetings import MeetingData
from innovations.boards.services.scoring import SheetData
from innovations.boards.services.seats import SeatData
from innovations.core.clock import at, now, today
from innovations.core.transactions import atomic
from innovations.documents.intake import Upload
from innovations.documents.papers.word import WordPaper, shipped
from innovations.exchange.lists import read_people
from innovations.exchange.services import people_jobs
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning
from innovations.people.models import SignIn
from innovations.people.services import persons, second_step, signing_in, units
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Review
from innovations.proposals.services import authors
from innovations.regulations.models import CriteriaSetRow, RuleSetRow, SetRow
from innovations.regulations.services import lists, sets, word_templates
from tests import meeting_world as sitting
from tests.adoption_world import LINE
from tests.authority.conftest import House
from tests.board_world import POINTS, SEATED, BoardWorld
from tests.recognised import index
from tests.world import PASSWORD

PEOPLE = "Số hiệu;Họ và tên;Mã đơn vị\nqn910;Lê Văn Ba;T1A\n".encode()
Values = dict[str, Any]


def _token(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session["_user_id"])


def _own_client(house: House) -> FlaskClient:
    return house.world.client("docgia")


def _code(seed: str, when: datetime) -> str:
    return pyotp.TOTP(seed).at(when)


def second_step_begun(house: House) -> Values:
    client, actor = _own_client(house), house.world.actor("docgia")
    second_step.begin(actor)
    return {"client": client, "code": _code(second_step.seed_to_confirm(actor) or "", now()), "present": PASSWORD}


def second_step_set_up(house: House) -> Values:
    client, actor, before = _own_client(house), house.world.actor("docgia"), now() - timedelta(minutes=5)
    second_step.begin(actor)
    seed = second_step.seed_to_confirm(actor) or ""
    with at(before):
        client.post("/account/second-step/confirm", data={"code": _code(seed, before), "present": PASSWORD})
    return {"client": client, "code": _code(seed, now()), "present": PASSWORD}


def waiting_for_its_code(house: House) -> Values:
    code = second_step_set_up(house)["code"]
    house.app.config["SECOND_STEP"] = True
    client = house.app.test_client()
    client.post("/signin", data={"service_number": "docgia", "password": PASSWORD})
    house.app.config["SECOND_STEP"] = False
    return {"client": client, "code": code}


def another_sign_in(house: House) -> Values:
    other = signing_in.sign_in("docgia", PASSWORD, address="127.0.0.1")
    found = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    db.session.rollback()
    assert other
    return {"sign_in_id": found, "present": PASSWORD}


def author_without_account(house: House) -> Values:
    case = house.case("draft")
    authors.add_author(house.world.actor("tacgia"), case.ids["address"], free_name="Lê Văn Tư", rank="Binh nhất")
    proposal = proposal_at(case.ids["address"])
    assert proposal is not None
    line = proposal.contributions[-1].id
    db.session.rollback()
    return {"address": case.ids["address"], "contribution_id": line, "do": "attest", "attachment_id": case.ids["consent_id"]}


def parent(house: House) -> Values:
    return {"form": {"parent": str(house.world.staff.units["T1A"])}}


def subunit(house: House) -> Values:
    made = units.create_unit(house.world.actor("quantri"), units.UnitData("D77", "Tiểu đoàn 77", "d77", units.Level.SUBUNIT), parent_id=house.world.staff.units["T1A"])  # fmt: skip
    return {"unit_id": made, "parent_id": str(house.world.staff.units["T2B"])}


def closed_unit(house: House) -> Values:
    made = subunit(house)
    units.close_unit(house.world.actor("quantri"), made["unit_id"])
    return {**made, "step": "reopen"}


def other_record(house: House) -> Values:
    return {"same_as_id": str(house.world.staff.people["demo29"])}


def deputy(house: House) -> Values:
    return {"person_id": house.world.staff.people["tiepnhan"]}


def grant_of_its_person(house: House) -> Values:
    return {"person_id": house.world.staff.people["tiepnhan"]}


def closed_account(house: House) -> Values:
    persons.set_account_active(house.world.actor("quantri"), house.world.staff.accounts["demo25"], False)
    return {"step": "reopen"}


def prepared_list(house: House) -> Values:
    client = house.world.client("quantri")
    job = people_jobs.ask_people(house.world.actor("quantri"), read_people(BytesIO(PEOPLE)), _token(client))
    while people_jobs.step():
        pass
    return {"client": client, "job_id": job}


def special_day(house: House) -> Values:
    lists.set_day(house.world.actor("vanphong"), date(2026, 9, 3), works=False, name="")
    return {"on": "2026-09-03"}


def _own_set(house: House, kind: type[SetRow]) -> Values:
    shipped = db.session.scalar(select(kind.id).order_by(kind.id)) or 0
    db.session.rollback()
    own = sets.copy_set(house.world.actor("vanphong"), kind, shipped, unit_id=house.world.staff.units["T1A"], name="Bộ riêng")
    return {"set_id": own}


def own_rule_set(house: House) -> Values:
    return _own_set(house, RuleSetRow)


def own_criteria_set(house: House) -> Values:
    return _own_set(house, CriteriaSetRow)


def word_paper(house: House) -> Values:
    return {"unit_id": str(house.world.staff.units["T1A"]), "paper": "minutes"}


def own_template(house: House) -> Values:
    values, path = word_paper(house), shipped(WordPaper.MINUTES)
    upload = Upload("mau.docx", BytesIO(path.read_bytes()))
    word_templates.add_template(
        house.world.actor("vanphong"), int(values["unit_id"]), WordPaper.MINUTES, upload, nothing_secret=True
    )
    return values


def finished_screening(house: House) -> Values:
    while screening.step():
        pass
    return {}


def screened_import(house: House) -> Values:
    """A record that repeats the one before it, found by the screening of its import."""
    finished_screening(house)
    text = "Hàn khung giường hỏng thành giá có bánh xe, một người đẩy đủ dụng cụ ra bãi tập."
    title = "Giá xếp dụng cụ ghép từ khung giường hỏng"
    file = f'title,description,year\n"{title}","{text}",2020\n"{title} cho tiểu đội","{text}",2021\n'
    actor, unit = house.world.actor("vanphong"), house.world.staff.units["T1A"]
    batch = import_register(actor, unit, BytesIO(file.encode())).batch_id
    index(house.world)
    asked = screening.ask_screening(actor, batch_id=batch)
    finished_screening(house)
    pair = screening_queries.pairs(actor, asked)[0][0].id
    db.session.rollback()
    return {"screening_id": asked, "finding_id": pair}


def idle_board(house: House) -> Values:
    data = BoardData("Hội đồng lâm thời", date(2026, 1, 1))
    return {"board_id": boards.create_board(house.world.actor("vanphong"), house.world.staff.units["T1A"], data)}


def candidate(house: House) -> Values:
    return {"person_id": str(house.world.staff.people["demo25"]), "q": "demo25", "since": today().isoformat()}


def seat_to_end(house: House) -> Values:
    data = SeatData(house.world.staff.people["demo25"], SeatRole.MEMBER, today() - timedelta(days=5))
    seats.seat_person(house.world.actor("vanphong"), house.told.board, data)
    found = db.session.scalar(select(Seat.id).order_by(Seat.id.desc()))
    db.session.rollback()
    return {"seat_id": found, "last_day": today().isoformat()}


def board(house: House) -> BoardWorld:
    """The told board."""
    return BoardWorld(house.world, house.told.board)


def item_to_call(house: House) -> Values:
    return {"on": today().isoformat(), "review_ids": [str(house.case("scoring").ids["review_id"])]}


def called_meeting(house: House) -> Values:
    review = house.case("scoring").ids["review_id"]
    number = meetings.call_meeting(
        house.world.actor("thuky"), house.told.board, MeetingData(today(), (review,), place="Phòng họp")
    )
    return {"number": number, **item_to_call(house)}


def everybody_here(house: House) -> Values:
    held = [str(board(house).seat(number)) for number in SEATED]
    db.session.rollback()
    return {"number": house.case("scored").ids["number"], "here": held}


def meeting_held(house: House) -> Values:
    return {"number": house.case("meeting").ids["number"]}


def concluded_meeting(house: House) -> Values:
    case = house.case("recorded").ids
    sitting.concluding.confirm_conclusion(house.world.actor("chutich"), house.told.board, case["number"], case["review_id"])
    return {"number": case["number"]}


def overdue(house: House) -> Values:
    review_id = house.case("revise").ids["review_id"]
    with atomic() as session:
        session.get_one(Review, review_id).due_on = today() - timedelta(days=1)
    return {"review_id": review_id}


def open_roll(house: House) -> Values:
    case = house.case("meeting").ids
    with atomic() as session:
        review = session.get_one(Review, case["review_id"])
        review.rules = {**review.rules, "vote_mode": "open"}
    sitting.open_vote(board(house), case["number"], case["review_id"])
    seat = board(house).seat("uyvien2")
    db.session.rollback()
    return {"number": case["number"], "review_id": case["review_id"], "form": {f"opinion-{seat}": "agree"}}


def before_vote(house: House) -> Values:
    case = house.case("meeting").ids
    return {"number": case["number"], "review_id": case["review_id"]}


def vote_on_paper(house: House) -> Values:
    at = before_vote(house)
    votes.open_vote(house.world.actor("thuky"), house.told.board, at["number"], at["review_id"], on_paper=True)
    return at


def counted_once(house: House) -> Values:
    at = vote_on_paper(house)
    tellers.key_count(house.world.actor("uyvien2"), house.told.board, at["number"], at["review_id"], Figures(6, 6, 6, 0, 5, 1, 0))
    return at


def counts_that_differ(house: House) -> Values:
    at = counted_once(house)
    tellers.key_count(house.world.actor("thuky"), house.told.board, at["number"], at["review_id"], Figures(6, 6, 6, 0, 4, 2, 0))
    return at


def paper_sheet(house: House) -> Values:
    review_id = house.case("scoring").ids["review_id"]
    given = board(house).assignment(review_id, "uyvien2").id
    code = sheet_code(given, board(house).review(review_id).revision_id or 0)
    db.session.rollback()
    return {"review_id": review_id, "assignment_id": given, "printed_code": code}


def keyed_once(house: House) -> Values:
    at = paper_sheet(house)
    filled = SheetData({code: Decimal(value) for code, value in POINTS.items()}, {}, "", "recognise")
    clerk, where = house.world.actor("vanphong"), (house.told.board, at["review_id"], at["assignment_id"])
    paper_sheets.key_sheet(clerk, *where, code=at["printed_code"], data=filled)
    return at


def sheet_to_fill(house: House) -> Values:
    return {"review_id": house.case("scoring").ids["review_id"]}


def another_unit(house: House) -> Values:
    return {"unit_id": str(house.world.staff.units["D7"])}


def adoption_agreed(house: House) -> Values:
    adopting.agree(house.world.actor("chihuy"), house.told.adoption)
    return {"from_on": today().isoformat(), "to_on": today().isoformat()}


def adoption_in_use(house: House) -> Values:
    ids = adoption_agreed(house)
    adopting.start_use(house.world.actor("donvi"), house.told.adoption, Beginning("Kho 2", "Võ Thành Nghĩa", today()))
    return ids


def adoption_reported(house: House) -> Values:
    ids = adoption_in_use(house)
    following_up.report_results(house.world.actor("donvi"), house.told.adoption, result="Đạt yêu cầu.", lines=[LINE])
    return ids
