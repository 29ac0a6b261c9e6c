"""Versions of the minutes: attached by who reads the minutes, numbered, never replaced, gone with a purge, kept by the sweep."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models_files import AttachedMinutes
from innovations.boards.rules.attached_minutes import MinutesAttached, MinutesFull, NotEditedMinutes, NotSignedMinutes
from innovations.boards.services import attached_minutes, meetings, recusing
from innovations.boards.services.attached_minutes import MinutesData
from innovations.boards.services.meetings import MeetingData
from innovations.cli.checking import files_are_there
from innovations.core.clock import today
from innovations.core.rules.errors import Invalid, NotVisible
from innovations.documents import intake, storage
from innovations.documents.intake import FileNotDeclared, FileTooLarge, Upload
from innovations.documents.sniff import Disguised, KindNotAllowed
from innovations.extensions import db
from innovations.proposals.rules.purging import PurgeReason
from innovations.proposals.services import purges, quarantine
from tests import meeting_world as sitting
from tests.board_files import MAKER, attach, photo, scan, typed
from tests.board_world import REASON, SCORERS, BoardWorld

LEADERS = ("thuky", "chutich", "uyvien1")


def kept(board: BoardWorld, by: str = "thuky") -> list[tuple[int, str, str]]:
    found = attached_minutes.kept_minutes(board.actor(by), board.board_id, 1)
    return [(each.number, each.kind.value, each.name) for each in found.versions] if found else []


def saved(board: BoardWorld, version: int, by: str = "thuky") -> bytes:
    return attached_minutes.download(board.actor(by), board.board_id, 1, version).path.read_bytes()


def stored() -> tuple[int, int]:
    """Rows, and contents on disk."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AttachedMinutes)) or 0, len(list(storage.everything()))


def test_versions_are_numbered_and_the_earlier_ones_stay(board: BoardWorld) -> None:
    sitting.concluded(board)
    edited = typed(board)
    assert attach(board, "Biên bản sửa.docx", edited, kind="edited", note="Ghi đủ ý kiến.") == 1
    assert attach(board, "Biên bản ký.pdf", scan(), by="chutich") == 2
    assert attach(board, "Biên bản ký.pdf", scan()) == 3
    names = [(3, "signed", "Biên bản ký.pdf"), (2, "signed", "Biên bản ký.pdf"), (1, "edited", "Biên bản sửa.docx")]
    assert kept(board) == names
    assert (saved(board, 1), saved(board, 2)) == (edited, scan())
    events = db.session.scalars(select(AuditEvent.data).where(AuditEvent.tag == "boards.minutes_added").order_by(AuditEvent.id))
    assert [(each["version"], each["kind"]) for each in events] == [(1, "edited"), (2, "signed"), (3, "signed")]


@pytest.mark.parametrize("who", ["uyvien4", "tacgia", "vanphong", "chihuy", "quantri", "kiemtra"])
def test_who_does_not_read_the_minutes_neither_attaches_nor_saves_any(board: BoardWorld, who: str) -> None:
    sitting.concluded(board)
    attach(board, "bien-ban.pdf", scan())
    before = stored()
    for act in (lambda: attach(board, "bien-ban.pdf", scan(), by=who), lambda: saved(board, 1, who)):
        with pytest.raises(NotVisible):
            act()
    assert stored() == before


def test_a_leader_with_a_conflict_in_one_item_has_no_part_in_the_minutes(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    sitting.before_board(board, review_id)
    attach(board, "bien-ban.pdf", scan())
    assert [bool(kept(board, who)) for who in LEADERS] == [True, True, True]
    recusing.recuse_myself(board.actor("uyvien1"), board.board_id, review_id, reason=REASON)
    assert [bool(kept(board, who)) for who in LEADERS] == [True, True, False]
    with pytest.raises(NotVisible):
        saved(board, 1, "uyvien1")


def test_before_the_meeting_there_are_no_minutes(board: BoardWorld) -> None:
    sitting.called(board, sitting.scored(board))
    with pytest.raises(NotVisible):
        attach(board, "bien-ban.pdf", scan())
    assert kept(board) == []


@pytest.mark.parametrize(
    ("name", "content", "kind", "refusal"),
    [
        ("bien-ban.png", photo(), "edited", NotEditedMinutes),
        ("bien-ban.docx", scan(), "signed", NotSignedMinutes),
        ("bien-ban.webp", photo(), "signed", NotSignedMinutes),
        ("bien-ban.exe", b"MZ", "signed", NotSignedMinutes),
        ("bien-ban", scan(), "signed", NotSignedMinutes),
        ("bien-ban.pdf", photo(), "signed", Disguised),
        ("bien-ban.docx", scan(), "edited", Disguised),
        ("bien-ban.pdf", scan(), "draft", Invalid),
    ],
)
def test_another_kind_of_file_is_refused_and_leaves_nothing(
    board: BoardWorld, name: str, content: bytes, kind: str, refusal: type[Invalid]
) -> None:
    sitting.concluded(board)
    before = stored()
    with pytest.raises(refusal) as refused:
        attach(board, name, content, kind=kind)
    assert not isinstance(refused.value, KindNotAllowed)
    assert stored() == before


def test_what_is_too_large_or_not_declared_leaves_nothing(board: BoardWorld) -> None:
    sitting.concluded(board)
    attach(board, "bien-ban.pdf", scan())
    before = stored()
    config = board.world.app.config
    config["MAX_MEETING_MB"] = 0
    with pytest.raises(MinutesFull):
        attach(board, "bien-ban.jpg", photo())
    config["MAX_FILE_MB"] = 0
    with pytest.raises(FileTooLarge):
        attach(board, "bien-ban.jpg", photo())
    with pytest.raises(FileNotDeclared):
        attached_minutes.add_minutes(
            board.actor("thuky"), board.board_id, 1, MinutesData(Upload("a.pdf", BytesIO(scan())), "signed")
        )
    assert stored() == before


def test_a_photo_of_the_signed_page_loses_place_and_camera(board: BoardWorld) -> None:
    sitting.concluded(board)
    attach(board, "ky.jpeg", photo())
    data = saved(board, 1)
    assert Image.open(BytesIO(photo())).getexif()[0x010F] == MAKER
    assert dict(Image.open(BytesIO(data)).getexif()) == {}


def test_the_sweep_keeps_attached_minutes_and_the_check_misses_lost_ones(board: BoardWorld) -> None:
    sitting.concluded(board)
    attach(board, "bien-ban.pdf", scan())
    attach(board, "bien-ban.jpg", photo())
    storage.put(BytesIO(b"nobody's"))
    assert intake.forget_unnamed() == 1
    assert (saved(board, 1), list(files_are_there())) == (scan(), [])
    path = attached_minutes.download(board.actor("thuky"), board.board_id, 1, 1).path
    path.unlink()
    assert len(list(files_are_there())) == 1


def test_what_attached_minutes_tell_of_stays_on_the_agenda(board: BoardWorld) -> None:
    one, other = (sitting.scored(board, title=f"Giá treo ống số {number}") for number in (1, 2))
    number = sitting.called(board, one, other)
    sitting.attended(board, number)
    attach(board, "bien-ban.docx", typed(board), kind="edited")
    with pytest.raises(MinutesAttached):
        meetings.change_meeting(board.actor("thuky"), board.board_id, number, MeetingData(today(), (one,)))
    assert [each.review_id for each in sitting.meeting(board, number).items] == [one, other]


def test_under_quarantine_nobody_sees_the_minutes_and_a_purge_takes_the_files_of_the_whole_meeting(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    code = board.review(review_id).proposal.code or ""
    number = sitting.before_board(board, review_id)
    attach(board, "bien-ban.pdf", scan(), note="Ghi đủ ý kiến.")
    digest = attached_minutes.download(board.actor("thuky"), board.board_id, number, 1).path
    quarantine.hide(board.actor("baomat"), code, reason=REASON)
    for who in (*LEADERS, *SCORERS, "baomat"):
        with pytest.raises(NotVisible):
            saved(board, 1, who)
    assert kept(board) == []
    purges.propose(board.actor("baomat"), code, PurgeReason.CLASSIFIED)
    purges.confirm(board.actor("baomat2"), code)
    row = db.session.scalars(select(AttachedMinutes)).one()
    assert (row.number, row.name, row.note, row.sha256, row.size) == (1, "", "", "", 0)
    assert not digest.exists()
    assert list(files_are_there()) == []
