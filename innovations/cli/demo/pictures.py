"""Pictures as people take them of paper and of things: drawn at the load, so that the demo has files and the source has none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from innovations.documents.papers import render

_FONTS = Path(render.__file__).with_name("fonts")
_PAPER, _INK, _PEN, _TABLE = "#f7f4ea", "#2b2b2b", "#1f3f8f", "#7d6a55"
_PAGE = (840, 1180)  # A4 at about 100 dots per inch
_MARGIN = 80
_LINE = 40  # dots from line to line
_TURNED = 1.2  # degrees: nobody lays paper straight


def _font(size: int, cut: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"Tinos-{cut}.ttf", size)


def _signature(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """A scribble, the same each time."""
    points = [(x + step * 9, y + (step * step * 7 + step * 11) % 43 - 21) for step in range(18)]
    draw.line(points, fill=_PEN, width=3, joint="curve")


def page(title: str, lines: list[str], *signers: str, written: bool = False) -> Image.Image:
    """A page of paper: a heading, lines of text, and who signed at the foot.

    :param written: the lines are in pen.
    """
    paper = Image.new("RGB", _PAGE, _PAPER)
    draw = ImageDraw.Draw(paper)
    draw.text((_PAGE[0] // 2, 90), title, font=_font(30, "Bold"), fill=_INK, anchor="mm")
    font, ink = (_font(22, "Italic"), _PEN) if written else (_font(22), _INK)
    for place, line in enumerate(lines):
        draw.text((_MARGIN, 150 + place * _LINE), line, font=font, fill=ink)
    foot, width = 190 + len(lines) * _LINE, (_PAGE[0] - 2 * _MARGIN) // max(1, len(signers))
    for place, signer in enumerate(signers):
        middle = _MARGIN + width * place + width // 2
        draw.text((middle, foot), signer, font=_font(22, "Bold"), fill=_INK, anchor="mm")
        _signature(draw, middle - 76, foot + 70)
    return paper.crop((0, 0, _PAGE[0], min(_PAGE[1], foot + 180)))


def photographed(paper: Image.Image) -> bytes:
    """The JPEG of a telephone held over the paper on a table: a little turned, a little soft."""
    table = Image.new("RGB", (paper.width + 120, paper.height + 120), _TABLE)
    laid = paper.convert("RGBA").rotate(_TURNED, expand=True, resample=Image.Resampling.BILINEAR)
    table.paste(laid, (30, 30), laid)
    return _jpeg(table.filter(ImageFilter.GaussianBlur(0.6)))


def scanned(paper: Image.Image) -> bytes:
    """The PDF of a scanner, which knows pictures of pages and no letters."""
    out = BytesIO()
    paper.convert("L").save(out, "PDF", resolution=100)
    return out.getvalue()


def rack() -> bytes:
    """The photo of something made in a workshop: a rack of three shelves with what lies on it."""
    picture = Image.new("RGB", (960, 720), "#b9b3a6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 560, 960, 720), fill="#8a8274")  # the floor
    for left in (180, 740):
        draw.rectangle((left, 120, left + 34, 640), fill="#46524a")
    for shelf, colours in enumerate(
        (("#7b4a2c", "#395c7a", "#8f7a34"), ("#395c7a", "#5d6b3c"), ("#8a3f35", "#7b4a2c", "#5d6b3c", "#395c7a"))
    ):
        floor = 250 + shelf * 160
        draw.rectangle((180, floor, 774, floor + 18), fill="#46524a")
        for place, colour in enumerate(colours):
            draw.rectangle((240 + place * 130, floor - 84, 330 + place * 130, floor), fill=colour, outline="#2f2f2f", width=3)
    return _jpeg(picture.filter(ImageFilter.GaussianBlur(1.2)))


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
