"""A world with something on every page, with long real text, and the addresses of its pages by who opens them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from sqlalchemy import select

from innovations.boards.models_decision import Certificate
from innovations.boards.rules.pending import Outcome
from innovations.boards.rules.schedule import NamesShown
from innovations.boards.services import certificates, covering, deciding, publishing, screening
from innovations.boards.services.deciding import DecisionData
from innovations.cli.demo.staff import find
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.exchange.services import jobs, people_jobs
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Request
from innovations.people.models import Person, SecondStepRemoval
from innovations.people.rules.proving import Proof
from innovations.people.services import lost_steps, second_step
from innovations.people.services.importing import PersonRow
from innovations.people.services.persons import PersonData
from innovations.proposals.models import ImportBatch, Proposal
from innovations.proposals.models_dossier import Attachment, SimilarityFinding
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.rules.purging import PurgeReason
from innovations.proposals.services import checking, glass, purges, quarantine
from innovations.regulations.models import Campaign
from innovations.worker.rounds import Rounds
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.browser.conftest import Site
from tests.phased import phase, plan
from tests.web.test_blind_files import review_with_files
from tests.web.test_earlier_rounds import handed_in_again
from tests.world import World

LONG = (
    "Bộ giá xếp dụng cụ huấn luyện thể lực ba tầng có bánh xe khóa được, ghép từ khung giường hỏng, dùng chung cho ba tiểu đội "
    "khi chuyển từ nhà ở ra bãi tập và ngược lại trong mùa mưa"
)


@dataclass(frozen=True)
class Furnished:
    """A world with something on every page: addresses by who opens them."""

    pages: dict[str, tuple[str, ...]]


def furnish(site: Site) -> Furnished:
    """Proposals in the states that have pages of their own, a decision with certificates, an adoption, an import."""
    with site.app.app_context():
        board = BoardWorld(World(site.app, find()), site.board_id)
        pages = _pages(board, _dossiers(board), _board_matters(board))
        second_step.begin(board.actor("tacgia2"))  # its page shows the key to scan
        second_step.begin(board.actor("tiepnhan"))  # the admin's page of the person shows how it is taken away
        db.session.remove()
    return Furnished(pages)


def _dossiers(board: BoardWorld) -> dict[str, Any]:
    world = board.world
    fixing = world.submitted(title=f"{LONG}, chờ bổ sung")
    missing = FormalAnswer(False, "Thiếu biên bản áp dụng thử có xác nhận của đơn vị.")
    answers = {item: FormalAnswer(True) for item in FormalItem} | {FormalItem.EVIDENCE: missing}
    checking.ask_fix(world.actor("tiepnhan"), fixing, answers)
    hidden = world.submitted("tacgia2", title="Hồ sơ đang cách ly")
    doomed, gone = (world.submitted("tacgia2", title=f"{LONG}, {rest}") for rest in ("chờ xóa sạch", "đã xóa sạch"))
    for each in (hidden, doomed, gone):
        quarantine.hide(world.actor("baomat"), each, reason="Có người báo.")
    for each in (doomed, gone):
        purges.propose(world.actor("baomat"), each, PurgeReason.MARKED)
    purges.confirm(world.actor("baomat2"), gone)
    old = BytesIO(f'title,year\n"{LONG} cũ",2020\n'.encode())
    import_register(world.actor("vanphong"), world.staff.units["T1A"], old)
    submitted = world.submitted(title=f"{LONG}, mới nộp")
    _lost_steps(world)
    return {
        "draft": world.draft(title=LONG),
        "submitted": submitted,
        "compared": _found_similar(submitted, fixing),
        "fixing": fixing,
        "batch": db.session.query(ImportBatch).one().id,
        "job": jobs.ask_import(
            world.actor("vanphong"), world.staff.units["T1A"], BytesIO(b"title,year\n"), create_units=False, skip_bad_rows=False
        ),
        "people": _listed_people(world),
        "glass": _broken_glass(world, submitted),
        "screening": _screened(world, submitted),
    }


def _broken_glass(world: World, code: str) -> int:
    """A proposal that the admin may read for now, and another request that waits."""
    asked = [
        glass.ask(world.actor("quantri"), code, reason, f"{LONG}.") for reason in (GlassReason.COMPLAINT, GlassReason.REPAIR)
    ]
    glass.confirm(world.actor("baomat"), asked[0])
    return asked[0]


def _lost_steps(world: World) -> None:
    """A second step that was taken away by two persons, and a request that waits."""
    for number in ("thuky", "kiemtra"):
        lost_steps.take_away(
            world.actor("quantri"), world.staff.accounts[number], Proof.COMMANDER_PAPER,
            proved_by="chihuy2", proved_on=today(), paper="12/GXN-d1",
        )  # fmt: skip
    lost_steps.confirm(world.actor("baomat"), db.session.query(SecondStepRemoval).first().id)


def _listed_people(world: World) -> int:
    """A long list of people that the worker has in hand."""
    row = PersonRow(2, PersonData("Lê Văn Danh", 0), "NQ-DS-1", "T1A")
    return people_jobs.ask_people(world.actor("quantri"), [row], "another sign-in")


def _screened(world: World, code: str) -> int:
    """A screening of the import that found its record repeated."""
    batch = db.session.query(ImportBatch).one().id
    asked = screening.ask_screening(world.actor("vanphong"), batch_id=batch)
    with atomic() as session:
        old = session.scalars(select(Proposal.id).where(Proposal.import_batch_id == batch)).one()
        new = session.scalars(select(Proposal.id).where(Proposal.code == code)).one()
        session.add(SimilarityFinding(proposal_id=old, other_id=new, score=Decimal("0.88"), asked=False, verdict="extends"))
    return asked


def _found_similar(code: str, other_code: str) -> str:
    """The address of both beside each other."""
    with atomic() as session:
        ids = session.scalars(
            select(Proposal.id).where(Proposal.code.in_((code, other_code))).order_by(Proposal.code == other_code)
        ).all()
        session.add(
            SimilarityFinding(proposal_id=ids[0], other_id=ids[1], score=Decimal("0.7"), author_says="extends", author_note=LONG)
        )
    return f"/proposals/{code}/similar/{ids[1]}"


def _board_matters(board: BoardWorld) -> dict[str, Any]:
    waiting = sitting.concluded(board, title=f"{LONG}, chờ quyết định")
    held = sitting.concluded(board, title=f"{LONG}, chờ công bố")
    publishing.hold(board.actor("vanphong"), [held], Outcome.DECLINE, reason=f"{LONG}.")
    recognised = sitting.concluded(board, title=f"{LONG}, đã công nhận")
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    decision = deciding.recognise(board.actor("chihuy"), [recognised], data).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision)
    scoring = board.scoring(title=f"{LONG}, đang chấm")
    voting = sitting.scored(board, title=f"{LONG}, đang biểu quyết")
    number = sitting.before_board(board, voting, absent=("uyvien5",))
    sitting.open_vote(board, number, voting)
    code = db.session.get_one(Proposal, board.review(recognised).proposal_id).address
    adoption = adopting.request_adoption(
        board.actor("donvi"), code, Request(board.world.staff.units["T2B"], AdoptionKind.REPLICATION, "Dùng cho hai kho.")
    )
    plan(board, phase(LONG[:80]), phase("Họp, hội đồng kết luận", 30, scoring=False, names=NamesShown.NEVER))
    found = {"decision": decision, "scoring": scoring, "voting": voting, "number": number, "code": code, "adoption": adoption}
    return {
        **found,
        "given": board.assignment(scoring, "uyvien3").id,
        "waiting": waiting,
        "blind": _authors_hidden(board),
        "again": handed_in_again(board),
        "certificate": db.session.query(Certificate).first().code,
    }


def _authors_hidden(board: BoardWorld) -> int:
    """A review whose scorers do not know the authors, with a file of every kind, one of them released by the secretary."""
    review_id, _code = review_with_files(board)
    Rounds().read_files()
    named = db.session.scalars(
        select(Attachment.id).where(Attachment.name == "bien-ban.txt").order_by(Attachment.id.desc())
    ).first()
    covering.rule_file(board.actor("thuky"), board.board_id, review_id, named or 0, withheld=False, reason=f"{LONG}.")
    return review_id


def _pages(board: BoardWorld, made: dict[str, Any], held: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    at, meeting = f"/boards/{board.board_id}", f"/boards/{board.board_id}/meetings/{held['number']}"
    person = db.session.query(Person).filter_by(id=board.world.staff.people["tiepnhan"]).one().id
    campaign = db.session.query(Campaign).filter_by(unit_id=board.world.staff.units["T1A"]).first()
    return {
        "": ("/signin", f"/verify/{held['certificate']}"),
        "tacgia": (
            "/", "/notices", "/digest", "/account", "/proposals/", "/proposals/new", "/proposals/states", "/boards/sights?blind=1&names=never", f"/proposals/{held['code']}",
            *(f"/proposals/{made['draft']}/edit/{step}" for step in ("idea", "description", "benefit", "authors", "evidence", "submit")),
            f"/proposals/{made['fixing']}", f"/proposals/{made['submitted']}/receipt", "/library/?q=gia+xep+dung+cu", "/library/help",
            "/library/?q=khongcogi", f"/library/{held['code']}", "/khong-co-trang-nay",
        ),
        "tiepnhan": ("/", "/proposals/new/paper", f"/proposals/{made['submitted']}/check", f"/proposals/{made['submitted']}", made["compared"]),
        "thuky": (
            "/", "/boards/", f"{at}/queue", at, f"{at}/meetings/new", meeting, f"{at}/reviews/{held['scoring']}",
            f"{at}/reviews/{held['waiting']}", f"{meeting}/edit", f"{at}/scores", f"{at}/plan", f"{at}/schedule",
            f"{meeting}/vote/{held['voting']}/count", f"{at}/reviews/{held['scoring']}/paper", f"{at}/reviews/{held['scoring']}/paper/{held['given']}",
            f"{at}/reviews/{held['blind']}",
        ),
        "uyvien3": (f"{at}/reviews/{held['blind']}", f"{at}/reviews/{held['again']}/rounds", f"{at}/reviews/{held['scoring']}/score", f"{meeting}/vote/{held['voting']}", meeting),
        "chihuy": ("/", "/boards/decisions/", "/boards/decisions/pending", "/boards/overdue", f"/library/adoptions/{held['adoption']}", "/reports/"),
        "vanphong": (
            "/admin/screenings", f"/admin/screenings/{made['screening']}", "/admin/", "/admin/register", f"/admin/register/{made['batch']}", f"/admin/register/jobs/{made['job']}", "/admin/campaigns", "/admin/campaigns/new",
            f"/admin/campaigns/{campaign.id}", "/admin/fields", "/admin/days", "/admin/sets", "/admin/sets/rules/1", "/admin/word-templates", f"/admin/word-templates/{campaign.unit_id}/minutes",
            "/admin/sets/criteria/1", f"/boards/decisions/{held['decision']}", "/boards/new", f"{at}/edit", f"{at}/seats",
        ),
        "tacgia2": ("/account/second-step",),
        "uyvien2": ("/account/second-step",),
        "donvi": ("/library/adoptions", f"/library/adoptions/{held['adoption']}", f"/library/{held['code']}"),
        "baomat": ("/proposals/quarantine",),
        "baomat2": ("/proposals/quarantine", "/proposals/glass", "/lost-second-steps"),
        "kiemtra": ("/proposals/audit", f"/proposals/{held['code']}/events"),
        "quantri": (
            "/library/?q=gia+xep+dung+cu", "/library/?q=gia+nam:hai", "/admin/units", "/admin/units/new", "/admin/import/units", "/admin/import/people", f"/admin/import/people/jobs/{made['people']}", f"/admin/units/{board.world.staff.units['D5']}", "/admin/people", "/admin/people/new",
            f"/admin/people/{person}", "/proposals/glass", f"/proposals/glass/{made['glass']}",
        ),
    }  # fmt: skip
