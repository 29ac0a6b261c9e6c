"""The whole dossier in one file, for its authors and those who handle it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.services import certificates, deciding
from innovations.core.clock import today
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.world import World


def names_in(world: World, address: str, who: str) -> list[str]:
    with zipfile.ZipFile(BytesIO(world.client(who).get(f"/proposals/{address}/dossier.zip").data)) as content:
        return content.namelist()


def saved() -> int:
    """How many copies of dossiers the log tells of."""
    found = db.session.scalar(select(func.count()).where(AuditEvent.tag == "proposal.dossier_saved")) or 0
    db.session.rollback()
    return found


def test_the_archive_holds_every_paper_and_file_under_its_name(world: World) -> None:
    address = world.draft()
    for _time in range(2):
        world.attach(address, text="Biên bản đo lại.")
    client = world.client("tacgia")
    answer = client.get(f"/proposals/{address}/dossier.zip")
    proposal = proposal_at(address)
    assert proposal is not None
    with zipfile.ZipFile(BytesIO(answer.data)) as content:
        names = content.namelist()
        assert content.testzip() is None
        application = next(name for name in names if name.endswith("-application.pdf"))
        single = client.get(f"/proposals/{address}/papers/application.pdf").data
        assert pages_of(BytesIO(content.read(application))) == pages_of(BytesIO(single))
    files = [name for name in names if name.startswith("tep/")]
    assert len(set(files)) == len(proposal.attachments)
    assert all(any(name.endswith(each.name) for name in files) for each in proposal.attachments)
    answer.close()
    assert list((Path(world.app.instance_path) / "tmp").iterdir()) == []


def test_who_does_not_handle_it_gets_none(world: World) -> None:
    address = world.draft()
    assert world.client("docgia").get(f"/proposals/{address}/dossier.zip").status_code == 404
    assert saved() == 0


@pytest.mark.parametrize(
    ("who", "board_papers"),
    [
        ("tacgia", ["ket-qua", "GCN"]),  # authors read means in the notice, never the summary of the sheets
        ("thuky", ["tong-hop-diem", "ket-qua"]),
        ("chihuy", ["tong-hop-diem", "ket-qua", "GCN"]),
    ],
)
def test_papers_of_the_board_are_those_the_reader_opens_singly(board: BoardWorld, who: str, board_papers: list[str]) -> None:
    review_id = sitting.concluded(board)
    data = deciding.DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], data).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    found = names_in(board.world, board.review(review_id).proposal.address, who)
    kinds = ("ket-qua", "tong-hop-diem", "GCN")
    judged = [name for name in found if name.startswith("hoi-dong/")]
    assert [kind for name in judged for kind in kinds if kind in name] == board_papers
    assert len(judged) == len(board_papers)


def test_a_saved_dossier_is_told_in_the_log(world: World) -> None:
    names_in(world, world.draft(), "tacgia")
    assert saved() == 1
