"""May this file come in?  Asked of every upload before its bytes are stored.

The name, two sniffers and the structure must tell the same story.  What nobody needs (macros, scripts, outside sources,
passwords) is refused with a sentence that says how to mend it.  Pictures are drawn anew, so that place, time and owner of
the photo stay out; of videos what stands beside pictures and sound is blanked.
It does not look for secrecy markings (:mod:`innovations.core.rules.secrecy`) and scans for no virus (:mod:`innovations.documents.scanner`).
"""

import codecs
import io
import subprocess
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePath

import magic
import puremagic
from PIL import Image, ImageOps

from innovations.core.rules.errors import N_, Invalid
from innovations.documents.apart import program
from innovations.documents.video import NotAVideo, bare_video

OOXML = "application/vnd.openxmlformats-officedocument."
TEXTS = frozenset({"text/plain", "text/csv", "application/csv"})
#: What a text may be besides that a browser or a viewer acts upon whatever its name.  Of anything else puremagic is no witness: it
#: takes honest first words ("Version ", "Name: ", "From ") for signatures of formats that do nothing in a text.
ACTED_UPON = frozenset({
    "text/html", "application/xhtml+xml", "image/svg+xml", "application/xml", "text/xml", "application/pdf", "application/rtf",
    "text/rtf", "application/postscript", "image/x-eps",
})  # fmt: skip
STRUCTURE_SECONDS = 30
CHUNK = 1024 * 1024  # bytes
MAX_PIXELS = 60_000_000
LONGEST_SIDE = 4000  # pixels, of a stored picture
JPEG_QUALITY = 88


@dataclass(frozen=True)
class MediaType:
    """A kind of file that may come in.

    :param mime: what it is stored and served as.
    :param sniffed: what libmagic may call it.
    :param group: ``office``, ``pdf``, ``image``, ``text`` or ``video``: how it is looked into.
    """

    extension: str
    mime: str
    group: str
    sniffed: frozenset[str]


def _office(extension: str, mime: str) -> MediaType:
    return MediaType(extension, mime, "office", frozenset({mime, "application/zip"}))


MEDIA_TYPES = {
    one.extension: one
    for one in (
        MediaType("pdf", "application/pdf", "pdf", frozenset({"application/pdf"})),
        _office("docx", OOXML + "wordprocessingml.document"),
        _office("xlsx", OOXML + "spreadsheetml.sheet"),
        _office("pptx", OOXML + "presentationml.presentation"),
        _office("odt", "application/vnd.oasis.opendocument.text"),
        MediaType("png", "image/png", "image", frozenset({"image/png"})),
        MediaType("jpg", "image/jpeg", "image", frozenset({"image/jpeg"})),
        MediaType("webp", "image/webp", "image", frozenset({"image/webp"})),
        MediaType("txt", "text/plain", "text", TEXTS),
        MediaType("csv", "text/csv", "text", TEXTS),
        MediaType("mp4", "video/mp4", "video", frozenset({"video/mp4"})),
    )
}
#: Taken in everywhere; the others where a setting says so.
ALWAYS = frozenset(MEDIA_TYPES) - {"mp4"}
SAME_AS = {"jpeg": "jpg", "jpe": "jpg"}


class KindNotAllowed(Invalid):
    """The extension is not on the list."""

    message = N_("Không nhận tệp “%(name)s”. Các loại được nhận: %(kinds)s.")


class EmptyUpload(Invalid):
    """Zero bytes."""

    message = N_("Tệp “%(name)s” rỗng. Chọn lại tệp có nội dung.")


class Disguised(Invalid):
    """The content is not what the name says."""

    message = N_("Nội dung tệp “%(name)s” không đúng với phần mở rộng của tên. Lưu lại đúng định dạng rồi tải lên.")


class NotUtf8(Invalid):
    """A text in some older encoding, or not a text at all."""

    message = N_("Tệp “%(name)s” không phải văn bản UTF-8. Lưu lại với mã UTF-8 rồi tải lên.")


class CarriesMacros(Invalid):
    """Macros or other programs in an office file."""

    message = N_("Tệp “%(name)s” có macro hoặc chương trình nhúng. Lưu lại bản không có macro, hoặc bản PDF.")


class FetchesFromOutside(Invalid):
    """An office file that loads something when it is opened."""

    message = N_("Tệp “%(name)s” tự lấy dữ liệu từ nơi khác khi mở. Bỏ các liên kết đó, hoặc lưu thành PDF.")


class ActivePdf(Invalid):
    """Scripts, programs to start or attached files in a PDF."""

    message = N_("Tệp “%(name)s” có mã chạy hoặc tệp đính kèm bên trong. In lại thành PDF thường rồi tải lên.")


class HoldsOtherTracks(Invalid):
    """A video with more than pictures and sound, mostly the places on the way."""

    message = N_(
        "Video “%(name)s” có luồng dữ liệu khác ngoài hình và tiếng (thường là vị trí). Xuất lại video thường rồi tải lên."
    )


class Locked(Invalid):
    """A password keeps it from being looked into."""

    message = N_("Tệp “%(name)s” đặt mật khẩu nên không kiểm tra được. Bỏ mật khẩu rồi tải lên.")


class TooMuchInside(Invalid):
    """It unpacks to more than any honest file."""

    message = N_("Nội dung bên trong tệp “%(name)s” quá lớn. Tách nhỏ hoặc lưu thành PDF.")


class Damaged(Invalid):
    """It cannot be read."""

    message = N_("Tệp “%(name)s” bị hỏng hoặc không đọc được. Mở và lưu lại rồi tải lên.")


REFUSALS: dict[str, type[Invalid]] = {
    "macros": CarriesMacros,
    "outside": FetchesFromOutside,
    "active": ActivePdf,
    "encrypted": Locked,
    "bomb": TooMuchInside,
    "other": Disguised,
    "tracks": HoldsOtherTracks,
}


def extension_of(name: str) -> str:
    """What a file name claims to be: ``"Biên bản.PDF"`` → ``"pdf"``, ``"a.jpeg"`` → ``"jpg"``."""
    extension = PurePath(name).suffix.lstrip(".").casefold()
    return SAME_AS.get(extension, extension)


def media_type_of(name: str, allowed: Collection[str] = ALWAYS) -> MediaType:
    """The kind that a file name claims: ``"Biên bản.PDF"`` → pdf.

    :raises KindNotAllowed: not among ``allowed``.
    """
    extension = extension_of(name)
    if extension not in allowed:
        raise KindNotAllowed("file", name=name, kinds=", ".join(each for each in MEDIA_TYPES if each in allowed))
    return MEDIA_TYPES[extension]


def safe_name(name: str, longest: int = 150) -> str:
    """The name as it is stored and shown: NFC, without folders and control signs, at most ``longest`` characters.

    ``"C:\\\\Ảnh\\\\gá.jpg"`` → ``"gá.jpg"``
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}).strip(" .")
    suffix = PurePath(shown).suffix
    return shown if len(shown) <= longest else shown[: longest - len(suffix)] + suffix


def check_upload(name: str, path: Path, allowed: Collection[str] = ALWAYS) -> MediaType:
    """What kind of file lies at ``path``, when it may come in under ``name``.

    Reads the file, stores nothing.  Office files, PDFs and videos cost a short-lived process (about 0.3 s).

    :param allowed: extensions of :data:`MEDIA_TYPES`.
    :raises Invalid: one subclass per reason, on the field ``file``.
    """
    kind = media_type_of(name, allowed)
    if path.stat().st_size == 0:
        raise EmptyUpload("file", name=name)
    if kind.group == "text":
        _check_text(name, path)
    _check_sniffers(name, path, kind)
    if kind.group in {"office", "pdf", "video"}:
        _check_structure(name, path, kind)
    return kind


def _check_sniffers(name: str, path: Path, kind: MediaType) -> None:
    if magic.from_file(str(path), mime=True) not in kind.sniffed:
        raise Disguised("file", name=name)
    guesses = _guesses(path)
    if kind.group == "text":
        # puremagic knows no signature of plain text.
        agree = all(confidence < 0.5 for mime, confidence in guesses.items() if mime in ACTED_UPON)
    else:
        agree = kind.mime in guesses
    if not agree:
        raise Disguised("file", name=name)


def _guesses(path: Path) -> dict[str, float]:
    """What puremagic takes the bytes for, with its confidence.  It is not told the name: that would decide for it."""
    try:
        with path.open("rb") as source:
            return {guess.mime_type: guess.confidence for guess in puremagic.magic_stream(source)}
    except puremagic.PureError:
        return {}


def _check_text(name: str, path: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as source:
            while piece := source.read(CHUNK):
                if "\x00" in decoder.decode(piece):
                    raise NotUtf8("file", name=name)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise NotUtf8("file", name=name) from None


def _check_structure(name: str, path: Path, kind: MediaType) -> None:
    command = program("structure", kind.extension, str(path))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=STRUCTURE_SECONDS, check=False)  # noqa: S603  (our own file)
    except subprocess.TimeoutExpired:
        raise TooMuchInside("file", name=name) from None
    finding = done.stdout.strip().rsplit("\n", 1)[-1] if done.returncode == 0 else "broken"
    if finding != "clean":
        raise REFUSALS.get(finding, Damaged)("file", name=name)


def clean_video(path: Path, name: str = "") -> bytes:
    """The video without place, device and whatever else stands beside pictures and sound.

    :raises Damaged: it cannot be read.
    """
    try:
        return bare_video(path.read_bytes())
    except NotAVideo:
        raise Damaged("file", name=name) from None


def clean_image(path: Path, name: str = "") -> bytes:
    """The picture drawn anew: upright, at most ``LONGEST_SIDE`` pixels, without EXIF, place, owner or comments.

    :param name: for the sentence of a refusal.
    :raises TooMuchInside: more than ``MAX_PIXELS``.
    :raises Damaged: it cannot be read as PNG, JPEG or WebP.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as source:
            if source.width * source.height > MAX_PIXELS:
                raise TooMuchInside("file", name=name)
            return _drawn_anew(source)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Damaged("file", name=name) from None


def _drawn_anew(source: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(source)
    picture = upright.convert("RGBA" if source.format != "JPEG" and upright.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())  # a new picture has no metadata to carry over
    out = io.BytesIO()
    bare.save(out, format=source.format, quality=JPEG_QUALITY)
    return out.getvalue()
