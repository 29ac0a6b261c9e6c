"""Files on their way in: what breaks off, what somebody tidied meanwhile, what lies in the store without being content."""

from __future__ import annotations

import errno
from io import BytesIO

import pytest
from sqlalchemy import func, select

from innovations.core.rules.errors import Forbidden, Invalid, NotVisible, Unavailable
from innovations.documents import intake, storage
from innovations.documents.intake import Upload
from innovations.documents.sniff import KindNotAllowed
from innovations.documents.video import bare_video
from innovations.exchange import uploads
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.services import attachments, authors, submitting
from innovations.proposals.services.limits import DossierFull, DraftsFull, TooManyFiles
from tests.documents.test_video import PLACE, box, video
from tests.world import World


def kept() -> tuple[int, int]:
    """Contents in the store, and rows that name one."""
    db.session.rollback()
    return len(list(storage.everything())), db.session.scalar(select(func.count()).select_from(Attachment)) or 0


def text(said: str = "Biên bản áp dụng thử.") -> BytesIO:
    return BytesIO(said.encode())


class BreaksOff(BytesIO):
    """A body that the disk has no room for any more."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(errno.ENOSPC, "no space left")


def test_when_one_of_two_files_breaks_off_neither_is_kept(world: World) -> None:
    address = world.draft()
    sent = [Upload("bien-ban.txt", text()), Upload("so-lieu.txt", BreaksOff())]
    with pytest.raises(Unavailable):
        attachments.attach_all(world.actor("tacgia"), address, sent, kind="evidence", nothing_secret=True)
    assert kept() == (0, 0)
    assert list(storage.upload_folder().iterdir()) == []


def test_content_that_somebody_tidied_meanwhile_has_to_be_sent_again(world: World) -> None:
    with intake.taken_in([Upload("bien-ban.txt", text())]) as taken:
        intake.check_there(taken)
        assert intake.forget_unnamed() == 1  # nobody has named it yet
        with pytest.raises(Unavailable):
            intake.check_there(taken)
    assert kept() == (0, 0)


def test_of_a_register_that_breaks_off_on_its_way_nothing_is_left(world: World) -> None:
    with pytest.raises(OSError, match="no space left"):
        uploads.keep(BreaksOff())
    assert list(uploads.folder().iterdir()) == []


def test_what_lies_beside_the_content_of_files_is_neither_counted_nor_removed(world: World) -> None:
    world.attach(world.draft())
    beside = storage.folder() / "README"
    beside.write_text("Không xóa.")
    (storage.folder() / "restored").mkdir()
    assert kept() == (1, 1)
    assert intake.forget_unnamed() == 0
    assert (beside.read_text(), (storage.folder() / "restored").is_dir()) == ("Không xóa.", True)


def test_a_file_of_no_known_kind_is_refused_unread(world: World) -> None:
    address, source = world.draft(), text()
    with pytest.raises(Invalid) as refused:
        attachments.attach(world.actor("tacgia"), address, name="a.txt", source=source, kind="invoice", nothing_secret=True)
    assert (refused.value.field, source.tell(), kept()) == ("kind", 0, (0, 0))


def test_all_files_of_a_dossier_together_have_a_limit(world: World) -> None:
    address = world.draft()
    world.attach(address)
    world.app.config["MAX_PROPOSAL_MB"] = 0.0001  # a hundred octets
    source = text("Số liệu của ba tháng. " * 10)
    with pytest.raises(DossierFull) as refused:
        attachments.attach(
            world.actor("tacgia"), address, name="so-lieu.txt", source=source, kind="evidence", nothing_secret=True
        )
    assert (refused.value.field, refused.value.status, kept()) == ("file", 413, (1, 1))


def test_one_file_more_than_a_dossier_may_have_is_refused_unread(world: World) -> None:
    address = world.draft()
    world.attach(address)
    world.app.config["MAX_PROPOSAL_FILES"] = 3
    sources = [text(f"Số liệu {number}") for number in range(3)]
    more = [Upload(f"{number}.txt", source) for number, source in enumerate(sources)]
    author = world.actor("tacgia")
    with pytest.raises(TooManyFiles) as refused:
        attachments.attach_all(author, address, more, kind="evidence", nothing_secret=True)
    assert (refused.value.status, [source.tell() for source in sources], kept()) == (413, [0, 0, 0], (1, 1))
    assert len(attachments.attach_all(author, address, more[:2], kind="evidence", nothing_secret=True)) == 2


def test_the_files_in_all_drafts_of_a_person_have_a_limit_whoever_adds_them(world: World) -> None:
    first, second, others = world.draft(), world.draft(title="Giá xếp dụng cụ"), world.draft(by="tacgia2")
    world.attach(first)
    long = "Số liệu của ba tháng. " * 10
    world.app.config["MAX_PERSON_MB"] = (len(long.encode()) + 1) / intake.MB
    with pytest.raises(DraftsFull) as refused:
        world.attach(second, text=long)
    assert (refused.value.status, kept()) == (413, (1, 1))
    world.attach(others, by="tacgia2", text=long)  # another person's drafts are not counted
    submitting.submit(world.actor("tacgia"), first, nothing_secret=True)
    world.attach(second, text=long)  # nor what was submitted


def test_a_video_is_evidence_where_the_setting_says_so_and_tells_no_place(world: World) -> None:
    address, author, held = world.draft(), world.actor("tacgia"), video(beside=box(b"udta", box(b"\xa9xyz", PLACE)))
    with pytest.raises(KindNotAllowed):
        attachments.attach(author, address, name="do.mp4", source=BytesIO(held), kind="evidence", nothing_secret=True)
    world.app.config["ALLOW_VIDEO"] = True
    assert "video MP4" in world.client("tacgia").get(f"/proposals/{address}/edit/evidence").text
    number = attachments.attach(author, address, name="do.mp4", source=BytesIO(held), kind="evidence", nothing_secret=True)
    found = attachments.download(author, address, number)
    assert (found.media_type, found.path.read_bytes()) == ("video/mp4", bare_video(held))
    sent = world.client("tacgia").get(f"/proposals/{address}/files/{number}")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert PLACE not in sent.data


def test_nobody_removes_or_saves_a_file_by_the_address_of_another_dossier(world: World) -> None:
    author = world.actor("tacgia")
    first, second = world.draft(), world.draft(title="Giá xếp dụng cụ")
    file_id = world.attach(first)
    for number in (file_id, file_id + 1):
        with pytest.raises(NotVisible):
            attachments.detach(author, second, number)
        with pytest.raises(NotVisible):
            attachments.download(author, second, number)
    assert kept() == (1, 1)
    attachments.detach(author, first, file_id)
    assert kept() == (0, 0)


def test_signed_pages_are_for_those_who_handle_the_dossier(world: World) -> None:
    address = world.draft()
    evidence, page = world.attach(address), world.attach(address, kind="consent", text="Ý kiến của đồng tác giả.")
    code = submitting.submit(world.actor("tacgia"), address, nothing_secret=True)
    for who in ("tacgia", "tiepnhan", "chihuy"):
        assert attachments.download(world.actor(who), code, page).name == "bien-ban.txt"
    registrar = world.actor("vanphong")
    assert attachments.download(registrar, code, evidence).name == "bien-ban.txt"
    with pytest.raises(Forbidden):
        attachments.download(registrar, code, page)


def test_a_signed_page_that_is_removed_no_longer_speaks_for_a_co_author(world: World) -> None:
    author, address = world.actor("tacgia"), world.draft()
    authors.add_author(author, address, free_name="Nguyễn Văn Bình")
    page = world.attach(address, kind="consent")

    def spoken_for() -> list[int | None]:
        db.session.rollback()
        found = proposal_at(address)
        assert found is not None
        return [line.attested_by_id for line in found.contributions]

    second = db.session.scalars(select(Contribution.id).where(Contribution.free_name != "")).one()
    db.session.rollback()
    authors.attest(author, address, second, page)
    assert spoken_for() == [None, page]
    attachments.detach(author, address, page)
    assert spoken_for() == [None, None]
