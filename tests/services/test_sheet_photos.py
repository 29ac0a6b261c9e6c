"""Photos of paper sheets: sent by the member while the sheet is out, seen by that member and the clerks of that sheet alone."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models import ScoreSheet
from innovations.boards.models_files import SheetPhoto
from innovations.boards.rules.paper_sheets import PHOTOS_MAX, NotPhoto, SheetOfAnotherRound, TooManyPhotos
from innovations.boards.rules.refusals import NotNow, NotScorer
from innovations.boards.rules.sheets import SheetIsFinal
from innovations.boards.services import assigning, recusing, sheet_photos
from innovations.boards.services.sheet_photos import PhotoData
from innovations.cli.checking import files_are_there
from innovations.core.rules.errors import DomainError, Forbidden, Invalid, NotVisible
from innovations.documents import intake, storage
from innovations.documents.intake import FileNotDeclared, FileTooLarge, Upload
from innovations.documents.sniff import Disguised
from innovations.extensions import db
from innovations.proposals.rules.purging import PurgeReason
from innovations.proposals.services import purges, quarantine
from tests.board_files import MAKER, photo, scan
from tests.board_world import REASON, BoardWorld
from tests.services.test_sheets_on_paper import key

MEMBER = "uyvien3"
CLERKS = ("thuky", "vanphong", "tiepnhan")
#: Other scorers, the chair, the deputy, the authors, the deciding head, officers without a part in it.
OTHERS = ("uyvien4", "uyvien5", "chutich", "uyvien1", "tacgia", "chihuy", "quantri", "baomat", "kiemtra", "docgia")


def send(board: BoardWorld, review_id: int, *files: tuple[str, bytes], by: str = MEMBER, revision: int | None = None) -> None:
    uploads = tuple(Upload(name, BytesIO(content)) for name, content in files or (("phieu.jpg", photo()),))
    present = board.review(review_id).revision_id or 0
    data = PhotoData(uploads, present if revision is None else revision, nothing_secret=True)
    sheet_photos.add_photos(board.actor(by), board.board_id, review_id, data)


def opened(board: BoardWorld, review_id: int, by: str, photo_id: int = 1) -> bytes | None:
    """The photo, or None for whom it does not exist."""
    with suppress(NotVisible, Forbidden):
        return sheet_photos.open_photo(board.actor(by), board.board_id, review_id, photo_id).path.read_bytes()
    return None


def stored() -> tuple[int, int]:
    """Rows, and contents on disk."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SheetPhoto)) or 0, len(list(storage.everything()))


def test_a_photo_submits_nothing_and_two_clerks_still_have_to_key_the_same(board: BoardWorld) -> None:
    review_id = board.scoring()
    send(board, review_id, ("trang 1.jpg", photo()), ("trang 2.pdf", scan()))
    assert db.session.scalar(select(func.count()).select_from(ScoreSheet)) == 0
    assert (key(board, review_id, "thuky"), key(board, review_id, "vanphong")) == (False, True)
    events = db.session.scalars(select(AuditEvent.data).where(AuditEvent.tag == "boards.sheet_photo_added")).all()
    assert [(each["seat"], each["photos"]) for each in events] == [(board.seat(MEMBER), 2)]


def test_the_member_and_the_clerks_see_it_and_nobody_else(board: BoardWorld) -> None:
    review_id = board.scoring()
    send(board, review_id)
    seen = {who for who in (MEMBER, *CLERKS, *OTHERS) if opened(board, review_id, who)}
    assert seen == {MEMBER, *CLERKS}


def test_after_the_reveal_the_member_alone_sees_it(board: BoardWorld) -> None:
    review_id = board.scoring()
    send(board, review_id)
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number)
    board.reveal(review_id)
    assert {who for who in (MEMBER, *CLERKS, *OTHERS) if opened(board, review_id, who)} == {MEMBER}


def test_a_clerk_who_scores_sees_no_photo_of_others(board: BoardWorld) -> None:
    review_id = board.scoring(MEMBER, "thuky", "uyvien4")
    send(board, review_id)
    assert (opened(board, review_id, "thuky"), opened(board, review_id, "vanphong") is not None) == (None, True)


def test_it_has_lost_place_and_camera(board: BoardWorld) -> None:
    review_id = board.scoring()
    send(board, review_id)
    data = opened(board, review_id, "thuky") or b""
    assert MAKER.encode() in photo()
    assert MAKER.encode() not in data
    assert dict(Image.open(BytesIO(data)).getexif()) == {}


def test_a_photo_for_an_earlier_text_is_refused(board: BoardWorld) -> None:
    review_id = board.scoring()
    before = stored()
    with pytest.raises(SheetOfAnotherRound) as refused:
        send(board, review_id, revision=(board.review(review_id).revision_id or 0) - 1)
    assert (refused.value.field, stored()) == ("file", before)


def test_after_submitting_before_scoring_and_without_a_duty_it_is_refused(board: BoardWorld) -> None:
    waiting, review_id = board.accepted(title="Giá treo ống khác"), board.scoring()
    board.assign(waiting, MEMBER)
    before = stored()
    with pytest.raises(NotNow):
        send(board, waiting)
    board.submit(review_id, MEMBER)
    with pytest.raises(SheetIsFinal):
        send(board, review_id)
    for who in ("chutich", "thuky"):
        with pytest.raises(NotScorer):
            send(board, review_id, by=who)
    with pytest.raises(NotVisible):
        send(board, review_id, by="docgia")
    assert stored() == before


def test_who_declined_or_is_recused_sends_none_and_sees_none_any_more(board: BoardWorld) -> None:
    review_id = board.scoring(MEMBER, "uyvien4", "uyvien5", "uyvien2")
    send(board, review_id)
    send(board, review_id, by="uyvien4")
    before = stored()
    assigning.decline(board.actor(MEMBER), board.board_id, review_id, reason=REASON)
    recusing.recuse_myself(board.actor("uyvien4"), board.board_id, review_id, reason=REASON)
    for who, refusal in ((MEMBER, DomainError), ("uyvien4", NotVisible)):
        with pytest.raises(refusal) as refused:
            send(board, review_id, by=who)
        assert refused.value.status in (403, 404)
    assert stored() == before
    assert [opened(board, review_id, who, at) for at, who in ((1, MEMBER), (1, "thuky"), (2, "uyvien4"), (2, "thuky"))] == [
        None
    ] * 4


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("phieu.docx", scan(), NotPhoto),
        ("phieu", photo(), NotPhoto),
        ("phieu.png", photo(), Disguised),
        ("phieu.pdf", photo(), Disguised),
    ],
)
def test_another_kind_of_file_is_refused_and_leaves_nothing(
    board: BoardWorld, name: str, content: bytes, refusal: type[Invalid]
) -> None:
    review_id = board.scoring()
    before = stored()
    with pytest.raises(refusal):
        send(board, review_id, ("phieu.jpg", photo()), (name, content))
    assert stored() == before


def test_too_many_too_large_or_not_declared_leaves_nothing(board: BoardWorld) -> None:
    review_id = board.scoring()
    for _each in range(PHOTOS_MAX):
        send(board, review_id)
    before = stored()
    with pytest.raises(TooManyPhotos):
        send(board, review_id)
    board.world.app.config["MAX_FILE_MB"] = 0
    with pytest.raises(FileTooLarge):
        send(board, review_id, by="uyvien4")
    undeclared = PhotoData((Upload("phieu.jpg", BytesIO(photo())),), board.review(review_id).revision_id or 0)
    with pytest.raises(FileNotDeclared):
        sheet_photos.add_photos(board.actor("uyvien4"), board.board_id, review_id, undeclared)
    assert stored() == before


def test_the_sweep_keeps_photos_and_the_check_misses_lost_ones(board: BoardWorld) -> None:
    review_id = board.scoring()
    send(board, review_id)
    assert (intake.forget_unnamed(), list(files_are_there())) == (0, [])
    sheet_photos.open_photo(board.actor(MEMBER), board.board_id, review_id, 1).path.unlink()
    assert len(list(files_are_there())) == 1


def test_quarantine_hides_photos_and_a_purge_takes_them(board: BoardWorld) -> None:
    review_id = board.scoring()
    code = board.review(review_id).proposal.code or ""
    send(board, review_id, ("phieu.pdf", scan()))
    path = sheet_photos.open_photo(board.actor(MEMBER), board.board_id, review_id, 1).path
    quarantine.hide(board.actor("baomat"), code, reason=REASON)
    assert {who for who in (MEMBER, *CLERKS, *OTHERS) if opened(board, review_id, who)} == set()
    purges.propose(board.actor("baomat"), code, PurgeReason.CLASSIFIED)
    purges.confirm(board.actor("baomat2"), code)
    assert (stored()[0], path.exists()) == (0, False)


def test_clerks_find_the_photo_beside_the_form_and_the_member_on_the_score_page(board: BoardWorld) -> None:
    review_id = board.scoring()
    given, where = board.assignment(review_id, MEMBER).id, f"/boards/{board.board_id}/reviews/{review_id}"
    member, revision = board.world.client(MEMBER), str(board.review(review_id).revision_id)
    page = member.get(f"{where}/score").text
    assert 'capture="environment"' in page
    assert f'name="revision" type="hidden" value="{revision}"' in page
    form = {"shot": (BytesIO(photo()), "IMG 1.jpg"), "revision": revision, "nothing_secret": "y"}
    assert member.post(f"{where}/photos", data=form).status_code == 303
    assert "IMG 1.jpg" in member.get(f"{where}/score").text
    for clerk in ("thuky", "vanphong"):
        client = board.world.client(clerk)
        assert "đã gửi ảnh phiếu" in client.get(f"{where}/paper").text
        assert f'<img src="{where}/photos/1"' in client.get(f"{where}/paper/{given}").text
        other = board.assignment(review_id, "uyvien4").id
        assert "/photos/" not in client.get(f"{where}/paper/{other}").text
        answer = client.get(f"{where}/photos/1")
        assert (answer.mimetype, answer.headers["Content-Security-Policy"]) == ("image/jpeg", "default-src 'none'; sandbox")
    refused = member.post(f"{where}/photos", data={**form, "shot": (BytesIO(photo()), "IMG 2.jpg"), "revision": "0"})
    assert refused.status_code == 422
    assert "vòng chấm trước" in refused.text
