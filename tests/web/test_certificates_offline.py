"""A certificate proves itself where no server can be reached: what its QR code holds is signed (and where one can, its page is opened)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import segno

from innovations.audit.signing import public_key, sign
from innovations.boards import decision_papers
from innovations.boards.models_decision import Certificate
from innovations.boards.rules.certificates import STATEMENT, Statement, sealed
from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.services import certificates, deciding
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.documents.papers import certificates as certificate_papers
from innovations.extensions import db
from innovations.proposals.models_dossier import Contribution
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld

TOOL = Path(__file__).parents[2] / "tools" / "verify_certificate.py"


def decided(number: str) -> DecisionData:
    return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")


@pytest.fixture
def certificate(board: BoardWorld) -> Certificate:
    review_id = sitting.concluded(board)
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], decided("45/QĐ-1A")).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    return db.session.query(Certificate).one()


def printed(board: BoardWorld, certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> certificate_papers.Certificate:
    """What the paper is made of when the office prints it."""
    made: list[certificate_papers.Certificate] = []
    monkeypatch.setattr(decision_papers, "render_pdf", lambda paper: (made.append(paper), b"%PDF")[1])
    with board.world.app.test_request_context(base_url="https://so-sang-kien.example"):
        decision_papers.certificate_paper(board.actor("vanphong"), certificate.code)
    return made[0]


def said_of(text: str, key: str) -> tuple[int, dict[str, str]]:
    """The verdict of the stand-alone tool, in a process that knows nothing of the product, and what it reads out."""
    command = [sys.executable, "-I", str(TOOL), text, "--public-key", key]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    return done.returncode, dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)


def test_the_code_opens_the_page_and_holds_what_the_paper_says_signed(
    board: BoardWorld, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = printed(board, certificate, monkeypatch)
    address, _, _sealed = paper.qr_text.partition("#")
    assert address == paper.verification_url == f"https://so-sang-kien.example/verify/{certificate.code}"
    verdict, read = said_of(paper.qr_text, public_key())
    assert verdict == 0
    assert read["Number"] == paper.head.number
    assert read["Holder"] == f"{paper.rank} {paper.name}".strip()
    assert read["Code"] == paper.code
    assert paper.title.startswith(read["Title (its beginning)"])
    assert (read["Decision"], read["Decided on"], read["Grade"]) == ("45/QĐ-1A", paper.decision_on.isoformat(), paper.grade)
    assert float(read["Share (%)"]) == float(db.session.get_one(Contribution, certificate.contribution_id).share or 0)


def test_a_changed_letter_another_key_or_another_statement_is_not_signed(
    board: BoardWorld, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = printed(board, certificate, monkeypatch).qr_text
    place = len(text) - 10  # within the verification code, the statement's last line
    other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    for wrong, key in ((other, public_key()), (text, "ab" * 32), (text.partition("#")[0], public_key()), ("", public_key())):
        assert said_of(wrong, key)[0] == 1, wrong
    # The same key also signs checkpoints of the log and backups: what it signed there is no certificate.
    foreign = b"innovations audit checkpoint\n1\n2\n3\n4\n5\n6\n7\n8\n9"
    assert said_of(f"#{sealed(foreign, sign(foreign))}", public_key())[0] == 1
    genuine = foreign.replace(b"innovations audit checkpoint", STATEMENT.encode())
    assert said_of(f"#{sealed(genuine, sign(genuine))}", public_key())[0] == 0


def test_a_revoked_certificate_is_not_signed_again(
    board: BoardWorld, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    revocation = {"code": RevocationReason.AUTHOR_DISPUTE, "reason": REASON}
    deciding.revoke(board.actor("chihuy"), certificate.line.review_id, decided("46/QĐ-1A"), **revocation)
    paper = printed(board, certificate, monkeypatch)
    assert paper.mark
    assert paper.qr_text == paper.verification_url


def test_a_phone_reads_the_code_of_the_longest_names_and_titles() -> None:
    """At 34 mm a module of the drawn code is a third of a millimetre or more, what cameras read from print."""
    long = Statement(
        "GCN-" + "W" * 12 + "-2026-00007", "Đại tá QNCN " + "Nguyễn " * 8, 100, "SK-" + "W" * 12 + "-2026-00007", "Ữ" * 300,  # type: ignore[arg-type]
        "1234/QĐ-" + "Đ" * 30, today(), "A", "7K0O-1L2M-7K0O-1L2M",
    )  # fmt: skip
    text = f"https://{'so-sang-kien.' * 4}example/verify/7K0O-1L2M-7K0O-1L2M#{sealed(long.text, bytes(64))}"
    modules = segno.make(text, error="m", micro=False).symbol_size(border=2)[0]
    assert 34 / modules >= 0.3, modules
