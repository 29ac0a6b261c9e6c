"""A paper as an editable Word file (Office Open XML), for those a unit goes on writing in; the PDF is made by typst.

A handful of parts is all such a file needs: paragraphs, tables and a page in A4, in the type of the official papers.  Texts are
escaped, never read as markup.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MM = 56.7  # twentieths of a point in a millimetre
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/>'
    '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults></w:styles>"
)


@dataclass(frozen=True)
class Line:
    """One paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, each cell one or more lines.

    :param ruled: with lines around the cells; without: two columns of a letterhead or of signatures.
    """

    rows: Sequence[Sequence[str | Sequence[Line]]]
    ruled: bool = True


Block = Line | Grid


def _run(line: Line) -> str:
    look = ("<w:b/>" if line.bold else "") + ("<w:i/>" if line.italic else "")
    text = escape(_UNPRINTABLE.sub("", line.text))
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(line: Line) -> str:
    side = "center" if line.centred else "both"
    return f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{_run(line)}</w:p>'


def _cell(content: str | Sequence[Line]) -> str:
    lines = [Line(content)] if isinstance(content, str) else content
    return f"<w:tc><w:tcPr/>{''.join(map(_paragraph, lines)) or '<w:p/>'}</w:tc>"


def _table(grid: Grid) -> str:
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{name} w:val="single" w:sz="4"/>' for name in names) if grid.ruled else ""
    columns = "<w:gridCol/>" * max((len(row) for row in grid.rows), default=0)
    rows = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in grid.rows)
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"


def _page() -> str:
    top, left, right = round(20 * _MM), round(30 * _MM), round(18 * _MM)
    size = f'<w:pgSz w:w="{round(210 * _MM)}" w:h="{round(297 * _MM)}"/>'
    return f'<w:sectPr>{size}<w:pgMar w:top="{top}" w:bottom="{top}" w:left="{left}" w:right="{right}"/></w:sectPr>'


def render_docx(blocks: Iterable[Block]) -> bytes:
    """The blocks as a Word file; the same blocks give the same bytes."""
    body = "".join(_table(each) if isinstance(each, Grid) else _paragraph(each) for each in blocks)
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NS}><w:body>{body}{_page()}</w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", document),
            ("word/styles.xml", _STYLES), ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS),
        ):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
