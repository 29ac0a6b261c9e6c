"""A video comes in with pictures and sound alone: nobody learns from it where and with what it was taken."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from innovations.documents import sniff
from innovations.documents.structure import look
from innovations.documents.video import NotAVideo, bare_video, boxes

PLACE = b"+21.0285+105.8542/"
PICTURES = b"pictures and sound"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", flags), *parts)


def track(handler: bytes = b"vide", *, here: bool = True, sample: bytes = b"avc1", beside: bytes = b"") -> bytes:
    references = full(b"dref", struct.pack(">I", 1), full(b"url ", b"" if here else b"file://x\0", flags=int(here)))
    samples = box(b"stbl", full(b"stsd", struct.pack(">I", 1), box(sample, bytes(70))))
    media = box(b"mdia", full(b"hdlr", bytes(4), handler, bytes(13)), box(b"minf", box(b"dinf", references), samples))
    return box(b"trak", full(b"tkhd", bytes(80)), media, beside)


def video(*tracks: bytes, top: bytes = b"", beside: bytes = b"") -> bytes:
    kind = box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
    return kind + box(b"moov", full(b"mvhd", bytes(96)), *(tracks or (track(),)), beside) + top + box(b"mdat", PICTURES)


def finding(folder: Path, held: bytes) -> str:
    path = folder / "video"
    path.write_bytes(held)
    return look(path, "mp4")


def test_pictures_and_sound_come_in(tmp_path: Path) -> None:
    path = tmp_path / "video"
    path.write_bytes(video(track(), track(b"soun", sample=b"mp4a"), beside=box(b"udta", box(b"\xa9xyz", PLACE))))
    allowed = sniff.ALWAYS | {"mp4"}
    assert sniff.check_upload("đo lại.MP4", path, allowed).mime == "video/mp4"
    with pytest.raises(sniff.KindNotAllowed):
        sniff.check_upload("đo lại.mp4", path)
    path.write_bytes(b"\0" + path.read_bytes())
    with pytest.raises(sniff.Disguised):
        sniff.check_upload("đo lại.mp4", path, allowed)


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (video(track(), track(b"meta")), "tracks"),  # places on the way
        (video(track(), box(b"trak", full(b"tkhd", bytes(80)))), "tracks"),  # one that does not say what it is
        (video(track(here=False)), "outside"),
        (video(track(sample=b"encv")), "encrypted"),
        (video(track(b"soun")), "other"),
        (video()[:-4], "broken"),
        (video().replace(b"moov", b"moox"), "broken"),
        (video(beside=b"\0\0\0\4udta"), "broken"),  # shorter than its own head
        (video(beside=box(b"free") * 20_001), "broken"),
        (b"", "broken"),
    ],
)
def test_whatever_else_it_is_has_its_reason(tmp_path: Path, held: bytes, found: str) -> None:
    assert finding(tmp_path, held) == found


def test_boxes_in_boxes_without_end_are_read_no_further() -> None:
    held = b"data"
    for _ in range(5000):
        held = box(b"trak", held)
    with pytest.raises(NotAVideo):
        list(boxes(held))


@pytest.mark.parametrize("kind", [b"udta", b"meta", b"uuid", b"free", b"skip"])
def test_where_it_was_taken_is_gone_and_nothing_moves(kind: bytes) -> None:
    told = box(kind, PLACE)
    held = video(track(beside=told), top=told + box(b"made", PLACE), beside=told)
    bare = bare_video(held)
    assert held.count(PLACE) == 4
    assert PLACE not in bare
    assert (len(bare), bare.index(PICTURES)) == (len(held), held.index(PICTURES))
    assert [each.kind for each in boxes(bare) if each.depth == 0] == [b"ftyp", b"moov", b"free", b"free", b"mdat"]
    assert bare_video(bare) == bare


def test_a_box_may_have_a_long_head_or_reach_to_the_end() -> None:
    long = struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 16 + len(PICTURES)) + PICTURES
    to_the_end = struct.pack(">I", 0) + b"mdat" + PICTURES
    for last in (long, to_the_end):
        held = video()[: -8 - len(PICTURES)] + last
        assert [held[each.body : each.end] for each in boxes(held) if each.kind == b"mdat"] == [PICTURES]


def test_one_that_cannot_be_read_is_not_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "video"
    path.write_bytes(video()[:-4])
    with pytest.raises(sniff.Damaged):
        sniff.clean_video(path, "đo.mp4")
