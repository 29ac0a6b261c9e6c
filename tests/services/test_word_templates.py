"""A unit's own Word template: kept in versions once it fills, found from below, withdrawn again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible, Several
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.documents.intake import FileNotDeclared, Upload
from innovations.documents.papers.word import WordPaper, shipped
from innovations.documents.sniff import CarriesMacros
from innovations.extensions import db
from innovations.people.models import Grant
from innovations.people.rules.roles import Role
from innovations.proposals import erasing
from innovations.proposals.loading import proposal_at
from innovations.proposals.services import authors
from innovations.regulations.models_templates import WordTemplate
from innovations.regulations.services import word_templates as services
from innovations.regulations.services.word_templates import NoOwnTemplate, NotAWordFile
from tests.board_world import BoardWorld
from tests.documents.test_word_filling import changed, paragraph, text_of

PAPER = WordPaper.ESTABLISHMENT


def add(board: BoardWorld, path: Path, *, name: str = "mau.docx", by: str = "vanphong", declared: bool = True) -> int:
    unit = board.world.staff.units["T1A"]
    upload = Upload(name, BytesIO(path.read_bytes()))
    return services.add_template(board.actor(by), unit, PAPER, upload, nothing_secret=declared)


def decision(board: BoardWorld, folder: Path) -> str:
    answer = board.world.client("vanphong").get(f"/boards/{board.board_id}/decision.docx")
    assert answer.status_code == 200
    return text_of(folder, answer.data)


def stored() -> tuple[int, int, int]:
    """Rows, contents on disk, audit events of templates."""
    db.session.rollback()
    rows = db.session.scalar(select(func.count()).select_from(WordTemplate)) or 0
    events = db.session.scalar(select(func.count()).where(AuditEvent.tag.startswith("regulations.word_template"))) or 0
    return rows, len(list(storage.everything())), events


def test_a_units_own_template_is_used_until_it_is_withdrawn_and_every_version_stays(board: BoardWorld, tmp_path: Path) -> None:
    assert "MẪU RIÊNG" not in decision(board, tmp_path)
    assert add(board, changed(tmp_path, PAPER, add=paragraph("MẪU RIÊNG 1"))) == 1
    assert add(board, changed(tmp_path, PAPER, add=paragraph("MẪU RIÊNG 2"))) == 2
    assert "MẪU RIÊNG 2" in decision(board, tmp_path)
    services.withdraw_template(board.actor("vanphong"), board.world.staff.units["T1A"], PAPER)
    assert "MẪU RIÊNG" not in decision(board, tmp_path)
    assert stored() == (2, 2, 3)
    with pytest.raises(NoOwnTemplate):
        services.withdraw_template(board.actor("vanphong"), board.world.staff.units["T1A"], PAPER)


def test_a_template_that_does_not_fill_leaves_nothing_behind(board: BoardWorld, tmp_path: Path) -> None:
    for tag in ("{{ chari }}", "{{ ''.__class__ }}", "{% for x in range(9) %}{% endfor %}"):
        with pytest.raises(Several):
            add(board, changed(tmp_path, PAPER, add=paragraph(tag)))
    with pytest.raises(CarriesMacros):
        add(board, changed(tmp_path, PAPER, parts={"word/vbaProject.bin": b"x"}))
    with pytest.raises(NotAWordFile):
        add(board, shipped(PAPER), name="mau.pdf")
    with pytest.raises(FileNotDeclared):
        add(board, shipped(PAPER), declared=False)
    assert stored() == (0, 0, 0)


def test_a_purge_also_renames_templates_named_after_the_proposal_or_an_author_without_account(board: BoardWorld) -> None:
    title = "Bảng kiểm tra dụng cụ dùng chung cho tổ trực"
    address = board.world.draft(title=title)
    authors.add_author(board.actor("tacgia"), address, free_name="Kiều Đăng Khôi")
    before = {
        f"Biên bản {title}.docx": "establishment.docx",
        "BIEN_BAN bang-kiem-tra-dung-cu-dung-chung-cho-to-truc v2.docx": "establishment.docx",
        "mau_kieu-dang-khoi.docx": "establishment.docx",
        "Bảng kiểm tra dụng cụ.docx": "Bảng kiểm tra dụng cụ.docx",
    }
    for name in before:
        add(board, shipped(PAPER), name=name)
    with atomic() as session:
        proposal = proposal_at(address)
        assert proposal is not None
        erasing.blank(proposal)
        assert list(session.scalars(select(WordTemplate.name).order_by(WordTemplate.number))) == list(before.values())


@pytest.mark.parametrize("who", ["thuky", "chutich", "uyvien1"])
def test_only_the_registrar_keeps_templates(board: BoardWorld, tmp_path: Path, who: str) -> None:
    with pytest.raises(NotVisible):
        add(board, shipped(PAPER), by=who)
    assert stored() == (0, 0, 0)


def test_a_template_of_the_unit_above_holds_below_until_the_unit_has_its_own(board: BoardWorld, tmp_path: Path) -> None:
    above = BytesIO(changed(tmp_path, PAPER, add=paragraph("MẪU CỦA CẤP TRÊN")).read_bytes())
    with atomic() as session:
        people, units = board.world.staff.people, board.world.staff.units
        session.add(Grant(person_id=people["quantri"], role=Role.REGISTRAR, unit_id=units["QCM"], from_on=today()))
    services.add_template(board.actor("quantri"), units["QCM"], PAPER, Upload("tren.docx", above), nothing_secret=True)
    assert "MẪU CỦA CẤP TRÊN" in decision(board, tmp_path)
    add(board, changed(tmp_path, PAPER, add=paragraph("MẪU RIÊNG")))
    assert "MẪU RIÊNG" in (told := decision(board, tmp_path))
    assert "MẪU CỦA CẤP TRÊN" not in told
    services.withdraw_template(board.actor("vanphong"), units["T1A"], PAPER)
    assert "MẪU CỦA CẤP TRÊN" in decision(board, tmp_path)
