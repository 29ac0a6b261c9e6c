"""Write the Word templates that are shipped: ``python tools/word_templates.py``; a second run changes nothing.

Change a shipped template here.  A unit changes its own copy in Word and uploads that.  The application never calls this.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parent.parent / "innovations" / "documents" / "papers" / "word"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MM = 56.7  # twentieths of a point in a millimetre
WIDTH = round(162 * MM)  # between the margins of A4
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


@dataclass(frozen=True)
class Line:
    """A paragraph; ``**`` in its text switches bold type on and off."""

    text: str
    bold: bool = False
    italic: bool = False
    centred: bool = False
    page_before: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: cells of lines, the widths of its columns in hundredths; unruled ones hold a letterhead or signatures."""

    rows: Sequence[Sequence[Sequence[Line]]]
    widths: Sequence[int]
    ruled: bool = True


Block = Line | Grid


def middle(text: str, *, bold: bool = True, italic: bool = False) -> Line:
    """A centred line."""
    return Line(text, bold, italic, centred=True)


def tag(text: str) -> Line:
    """A line that holds nothing but a tag for whole paragraphs."""
    return Line(f"{{%p {text} %}}")


def when(test: str, *lines: Block) -> list[Block]:
    """The lines, only if."""
    return [tag(f"if {test}"), *lines, tag("endif")]


def each(loop: str, *lines: Block) -> list[Block]:
    """The lines, once for each."""
    return [tag(f"for {loop}"), *lines, tag("endfor")]


def table(loop: str, columns: Sequence[tuple[str, int, str]]) -> Grid:
    """A heading and a row for each entry; columns are name, width and content."""
    rows: list[list[list[Line]]] = [[[middle(name)] for name, _width, _content in columns]]
    rows.append([[Line(f"{{%tr for {loop} %}}")]])
    rows.append([[Line(line) for line in content.split("\n")] for _name, _width, content in columns])
    rows.append([[Line("{%tr endfor %}")]])
    return Grid(rows, [width for _name, width, _content in columns])


def letterhead(suffix: str, *, draft: bool) -> list[Block]:
    """Unit and number on the left, national name, motto, place and date on the right."""
    left = [
        *when("head.parent", middle("{{ head.parent|upper }}", bold=False)), middle("{{ head.unit|upper }}"),
        middle(f'Số: {{{{ head.number|dots("………/{suffix}") }}}}', bold=False),
    ]  # fmt: skip
    right = [
        middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), middle("Độc lập - Tự do - Hạnh phúc"),
        middle('{{ head.place|dots("…………") }}, {{ head.on|long_date }}', bold=False, italic=True),
    ]  # fmt: skip
    return [*(when("draft", middle("DỰ THẢO")) if draft else []), Grid([[left, right]], [42, 58], ruled=False)]  # type: ignore[list-item]


def bases() -> list[Block]:
    """What the paper rests on."""
    return each("basis in legal_bases", Line("Căn cứ {{ basis }};", italic=True))


def signed(name: str) -> list[Line]:
    """The lines of a signature, room for it, and the name."""
    lines = [*each(f"line in {name}.lines", middle("{{ line|upper }}"))]
    lines += when(f"{name}.note", middle(f"{{{{ {name}.note }}}}", bold=False, italic=True))
    return [*lines, Line(""), Line(""), Line(""), middle(f"{{{{ {name}.rank }}}} {{{{ {name}.name }}}}")]  # type: ignore[list-item]


def closing() -> Grid:
    """Recipients and the signature."""
    told = when(
        "recipients",
        Line("Nơi nhận:", bold=True, italic=True),
        *each("one in recipients", Line("- {{ one }};")),
        Line("- Lưu: VT."),
    )
    return Grid([[[*told, Line("")], signed("signature")]], [46, 54], ruled=False)  # type: ignore[list-item]


def attached(title: str) -> list[Block]:
    """The head of a list on a page of its own."""
    under = '(Kèm theo Quyết định số {{ head.number|dots("………/QĐ") }} {{ head.on|long_date }})'
    return [Line(title, bold=True, centred=True, page_before=True), middle(under, bold=False, italic=True)]


def vote() -> list[Block]:
    """The count of one vote and how it was taken."""
    counts = (
        ("Phát ra", "issued"), ("Thu về", "returned"), ("Hợp lệ", "valid"), ("Không hợp lệ", "returned - item.vote.valid"),
        ("Đồng ý", "agree"), ("Không đồng ý", "disagree"), ("Không có ý kiến", "blank"), ("Cần đồng ý", "needed"),
    )  # fmt: skip
    rows = [
        [[middle(name)] for name, _field in counts],
        [[middle(f"{{{{ item.vote.{field} }}}}", bold=False)] for _n, field in counts],
    ]
    way = '"bỏ phiếu kín bằng giấy" if item.vote.on_paper else "bỏ phiếu kín" if item.vote.secret else "biểu quyết công khai"'
    return when(
        "item.vote", Grid(rows, [12, 12, 12, 13, 12, 13, 13, 13]), Line(f"Hình thức: {{{{ {way} }}}}."),
        *when("item.vote.tellers", Line("Tổ kiểm phiếu: {{ item.vote.tellers|join }}.")),
        *when("item.vote.note", Line("{{ item.vote.note }}")),
        *when("item.vote.seal_code", Line("Dấu nhật ký khi đóng biểu quyết: {{ item.vote.seal_code }}.")),
    )  # fmt: skip


def minutes() -> list[Block]:
    """Biên bản họp hội đồng."""
    there = '{% if member.present %}Có mặt{% else %}Vắng: {{ member.reason|dots("không rõ lý do") }}{% endif %}'
    points = (
        "Điểm: trung bình {{ item.mean }}, cao nhất {{ item.highest }}, thấp nhất {{ item.lowest }}, {{ item.sheets }} phiếu."
    )
    started = 'Thời gian: bắt đầu lúc {{ started_at|dots("……") }}, {{ held_on|long_date }}. Địa điểm: {{ place|dots }}.'
    return [
        *letterhead("BB", draft=True), middle("BIÊN BẢN"), middle("Họp {{ board }} {{ session }}"), *bases(),
        Line("Hội đồng được thành lập theo {{ establishing_decision }}."), Line(started), Line("I. Thành phần", bold=True),
        Line("Chủ trì: {{ chair }}. Thư ký: {{ secretary }}."),
        table("member in members", [("TT", 7, "{{ loop.index }}"), ("Họ và tên", 39, "{{ member.name }}"), ("Vai trò", 22, "{{ member.role }}"), ("Có mặt", 32, there)]),
        Line(
            "Có mặt {{ present }} trên {{ base }} thành viên có quyền biểu quyết; cần ít nhất {{ quorum }}. "
            "Phiên họp {% if quorate %}đủ{% else %}không đủ{% endif %} số thành viên để tiến hành."
        ),
        Line("II. Nội dung", bold=True),
        *each(
            "item in items", Line("{{ loop.index }}. {{ item.title }} ({{ item.code }})", bold=True),
            Line("Tác giả: {{ item.authors|join }}."),
            *when("item.taken_up", Line("Bắt đầu xét lúc {{ item.taken_up }}.")),
            *when("item.recused", Line("Không tham gia do có liên quan: {{ item.recused|join }}.")),
            *when("item.mean", Line(points)),
            *when("item.discussion", Line("Ý kiến:"), *each("line in item.discussion|lines", Line("{{ line }}"))),
            *vote(), Line("Kết luận: {{ item.conclusion }}", bold=True), *each("line in item.remark|lines", Line("{{ line }}")),
        ),
        Line(
            'Phiên họp kết thúc lúc {{ ended_at|dots("……") }} cùng ngày. '
            "Biên bản đã được đọc lại cho các thành viên dự họp nghe và thống nhất."
        ),
        Grid([[signed("secretary_signature"), signed("chair_signature")]], [50, 50], ruled=False),
    ]  # fmt: skip


def by_kind(**texts: str) -> str:
    """A text for each kind of decision."""
    kinds = iter(texts.items())
    first, text = next(kinds)
    return (
        f'{{% if kind == "{first}" %}}{text}'
        + "".join(f'{{% elif kind == "{kind}" %}}{said}' for kind, said in kinds)
        + "{% endif %}"
    )


def decision() -> list[Block]:
    """Quyết định with its list."""
    verb = by_kind(
        recognise="công nhận sáng kiến, cải tiến kỹ thuật", not_recognise="không công nhận sáng kiến", revoke="hủy bỏ việc công nhận sáng kiến",
        scope="công nhận hiệu quả áp dụng và phạm vi ảnh hưởng của sáng kiến",
    )  # fmt: skip
    count = "{{ lines|length|two }}"
    first = by_kind(
        recognise=f"Công nhận {count} sáng kiến, cải tiến kỹ thuật", not_recognise=f"Không công nhận {count} sáng kiến",
        revoke=f"Hủy bỏ việc công nhận {count} sáng kiến", scope=f"Công nhận hiệu quả áp dụng và phạm vi ảnh hưởng của {count} sáng kiến",
    )  # fmt: skip
    second = by_kind(
        recognise="Cấp Giấy chứng nhận cho từng tác giả, đồng tác giả của các sáng kiến nêu tại Điều 1 và ghi vào sổ sáng kiến của đơn vị.",
        revoke="Giấy chứng nhận đã cấp cho các sáng kiến nêu tại Điều 1 không còn giá trị kể từ ngày quyết định này có hiệu lực.",
        scope="Kết quả tại Điều 1 được ghi vào sổ sáng kiến và là căn cứ xét thi đua, khen thưởng theo quy định.",
        not_recognise="Lý do được nêu trong danh sách kèm theo và thông báo bằng văn bản cho tác giả.",
    )
    last = by_kind(recognise="Xếp loại", not_recognise="Lý do", revoke="Lý do", scope="Phạm vi")
    said = '{% if kind == "recognise" %}{{ line.grade }}{% else %}{{ line.note }}{% endif %}'
    return [
        *letterhead("QĐ", draft=False), middle("QUYẾT ĐỊNH"), middle(f"Về việc {verb}"), middle("{{ authority|upper }}"), *bases(),
        *when("superior_approval", Line("Căn cứ {{ superior_approval }};", italic=True)),
        Line("Theo đề nghị của {{ proposed_by }}.", italic=True), middle("QUYẾT ĐỊNH:"),
        Line(f"**Điều 1.** {first} (có danh sách kèm theo)."), Line(f"**Điều 2.** {second}"),
        Line("**Điều 3.** {{ executors }} chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký."),
        closing(), *attached("DANH SÁCH KÈM THEO QUYẾT ĐỊNH"),
        table("line in lines", [("TT", 7, "{{ loop.index }}"), ("Sáng kiến", 33, "{{ line.title }}\n{{ line.code }}"), ("Tác giả", 25, "{{ line.authors|join }}"), ("Đơn vị", 17, "{{ line.unit }}"), (last, 18, said)]),
    ]  # fmt: skip


def submitted(lines: str, last: tuple[str, str]) -> Grid:
    """What is proposed, with points and opinions."""
    return table(f"one in {lines}", [
        ("TT", 6, "{{ loop.index }}"), ("Sáng kiến", 28, "{{ one.title }}\n{{ one.code }}"),
        ("Tác giả, đơn vị", 22, "{{ one.authors|join }}\n{{ one.unit }}"), ("Điểm", 9, '{{ one.total|dots("–") }}'),
        ("Đồng ý", 15, "{{ one.agree }}/{{ one.base }} (cần {{ one.needed }})"), (last[0], 20, last[1]),
    ])  # fmt: skip


def submission() -> list[Block]:
    """Tờ trình of the board to the head."""
    opening = (
        "{{ board }} đã xét và kết luận {{ (passed|length + failed|length)|two }} hồ sơ, "
        "kính trình {{ addressee }} xem xét, quyết định như sau:"
    )
    apart = "Ngoài ra {{ apart|two }} hồ sơ của phiên họp được trình riêng, vì người lập tờ trình này không tham gia xét."
    number = "{% if passed %}2{% else %}1{% endif %}"
    return [
        *letterhead("TTr", draft=True), middle("TỜ TRÌNH"), middle("Về việc đề nghị quyết định công nhận sáng kiến, cải tiến kỹ thuật"),
        middle("Kính gửi: {{ addressee }}", bold=False), *bases(), Line("Căn cứ Biên bản họp {{ board }}, {{ session }};", italic=True),
        Line(opening),
        *when("passed", Line("1. Đề nghị công nhận: {{ passed|length|two }} hồ sơ", bold=True),
              submitted("passed", ("Xếp loại", '{{ one.grade|dots("–") }}{% if one.note %} {{ one.note }}{% endif %}'))),
        *when("failed", Line(f"{number}. Đề nghị không công nhận: {{{{ failed|length|two }}}} hồ sơ", bold=True),
              submitted("failed", ("Lý do", "{{ one.note }}"))),
        *when("apart", Line(apart)), Line("Tài liệu kèm theo", bold=True),
        Line("Biên bản họp; bảng tổng hợp điểm; hồ sơ của từng sáng kiến; dự thảo quyết định."), closing(),
    ]  # fmt: skip


def notice_result() -> list[Block]:
    """Thông báo kết quả to the authors."""
    receipt = "Giấy biên nhận số: {{ proposal.receipt_number }}{% if proposal.filed_on %}, {{ proposal.filed_on }}{% endif %}"
    complaint = "Nếu không đồng ý, người nộp đơn có thể khiếu nại bằng văn bản chậm nhất {{ complaint_until|long_date }}."
    return [
        *letterhead("TB", draft=False), middle("THÔNG BÁO"), middle("Về kết quả xét công nhận sáng kiến"),
        middle("Kính gửi: {{ addressee }}", bold=False), *bases(),
        Line("Theo Quyết định số {{ decision_number|dots }}, {{ decision_on|long_date }}, kết quả xét hồ sơ sau đây:"),
        Line("Tên sáng kiến: {{ proposal.title }}"), Line("Mã số: {{ proposal.code }}"),
        Line("{% if proposal.authors|length == 1 %}Tác giả{% else %}Các tác giả{% endif %}: {{ proposal.authors|join }}"),
        *when("proposal.receipt_number", Line(receipt)), Line("Kết quả: **{{ outcome }}**"),
        *when("grade", Line("Xếp loại: {{ grade }}")), *when("total", Line("Tổng điểm: {{ total }}")),
        *when("reasons", Line("Lý do", bold=True), *each("one in reasons", Line("{{ loop.index }}. {{ one }}"))),
        *when("remarks", Line("Nhận xét của hội đồng", bold=True), *each("one in remarks", Line("- {{ one }}"))),
        *when("complaint_until", Line(complaint)), closing(),
    ]  # fmt: skip


def establishment() -> list[Block]:
    """Quyết định thành lập hội đồng with its list of members."""
    term = "nhiệm kỳ từ {{ term_from|long_date }}{% if term_to %} đến {{ term_to|long_date }}{% endif %}."
    return [
        *letterhead("QĐ", draft=True), middle("QUYẾT ĐỊNH"), middle("Về việc thành lập {{ board }}"), middle("{{ authority|upper }}"), *bases(),
        middle("QUYẾT ĐỊNH:"),
        Line("**Điều 1.** Thành lập {{ board }} gồm {{ members|length|two }} đồng chí (có danh sách kèm theo), " + term),
        Line(
            "**Điều 2.** Hội đồng xét các hồ sơ yêu cầu công nhận sáng kiến, cải tiến kỹ thuật nộp tại {{ unit }}"
            '{% if fields %} thuộc lĩnh vực: {{ fields|join("; ") }}{% endif %}, kết luận và đề nghị {{ authority }} quyết định.'
        ),
        Line(
            "**Điều 3.** Phiên họp được tiến hành khi có mặt ít nhất {{ quorum }} số thành viên có quyền biểu quyết; hồ sơ được thông qua "
            "khi ít nhất {{ approval }} đồng ý. Thành viên là tác giả hoặc có liên quan không tham gia xét hồ sơ đó."
        ),
        Line(
            "**Điều 4.** Các cơ quan, đơn vị liên quan và các đồng chí có tên trong danh sách chịu trách nhiệm thi hành Quyết định này. "
            "Quyết định có hiệu lực kể từ ngày ký."
        ),
        closing(), *attached("DANH SÁCH THÀNH VIÊN {{ board|upper }}"),
        table("member in members", [
            ("TT", 6, "{{ loop.index }}"), ("Họ và tên", 26, "{{ member.name }}"), ("Đơn vị", 19, "{{ member.unit }}"),
            ("Chức danh trong hội đồng", 17, "{{ member.role }}"), ("Quyền", 16, "{{ member.rights }}"), ("Từ ngày", 16, "{{ member.from_on|short_date }}"),
        ]),
    ]  # fmt: skip


def _run(text: str, *, bold: bool, italic: bool) -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(line: Line) -> str:
    page = "<w:pageBreakBefore/>" if line.page_before else ""
    runs = "".join(
        _run(text, bold=line.bold != bool(place % 2), italic=line.italic) for place, text in enumerate(line.text.split("**"))
    )
    return f'<w:p><w:pPr>{page}<w:jc w:val="{"center" if line.centred else "both"}"/></w:pPr>{runs}</w:p>'


def _cell(block: Sequence[Line], width: int, span: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(_paragraph, block))}</w:tc>"


def _row(cells: Sequence[Sequence[Line]], widths: Sequence[int]) -> str:
    if len(cells) < len(widths):  # a tag that repeats rows stands in one cell across all of them
        return f"<w:tr>{_cell(cells[0], sum(widths), len(widths))}</w:tr>"
    return f"<w:tr>{''.join(_cell(cell, width, 1) for cell, width in zip(cells, widths, strict=True))}</w:tr>"


def _table(grid: Grid) -> str:
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{name} w:val="{"single" if grid.ruled else "nil"}" w:sz="4" w:space="0" w:color="auto"/>' for name in names
    )
    widths = [WIDTH * each // 100 for each in grid.widths]
    look = f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths) for row in grid.rows)
    return f'<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p><w:pPr><w:jc w:val="both"/></w:pPr></w:p>'


def _document(blocks: Sequence[Block]) -> str:
    body = "".join(_table(block) if isinstance(block, Grid) else _paragraph(block) for block in blocks)
    top, left, right = round(20 * MM), round(30 * MM), round(18 * MM)
    size = f'<w:pgSz w:w="{round(210 * MM)}" w:h="{round(297 * MM)}"/>'
    margins = (
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{top}" w:left="{left}" w:header="567" w:footer="567" w:gutter="0"/>'
    )
    return f"{HEAD}<w:document {W}><w:body>{body}<w:sectPr>{size}{margins}</w:sectPr></w:body></w:document>"


STYLES = (
    f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>'
)
TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPE}document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}styles+xml"/></Types>'
)


def _relation(kind: str, target: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="rId1" Type="{RELATION}{kind}" Target="{target}"/></Relationships>'


def write(name: str, blocks: Sequence[Block]) -> None:
    """One template."""
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": _relation("officeDocument", "word/document.xml"), "word/document.xml": _document(blocks),
        "word/styles.xml": STYLES, "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
    }  # fmt: skip
    with zipfile.ZipFile(FOLDER / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Write them all and say so."""
    for made in (minutes, decision, submission, notice_result, establishment):
        write(made.__name__, made())
        print(FOLDER / f"{made.__name__}.docx")


if __name__ == "__main__":
    main()
