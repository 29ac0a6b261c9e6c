"""Biên bản họp hội đồng as a Word file: what the PDF says, in the same order."""

from collections.abc import Iterator
from datetime import date

from innovations.documents.papers.data import Minutes
from innovations.documents.papers.docx import Block, Grid, Line, render_docx
from innovations.documents.papers.parts import MinutesItem, Signature, VoteLine
from innovations.documents.papers.render import figures

DOTS = "……………………"


def _long(on: date | None) -> str:
    return f"ngày {on:%d} tháng {on:%m} năm {on.year}" if on else "ngày …… tháng …… năm 20……"


def _letterhead(paper: Minutes) -> Grid:
    head = paper.head
    left = [Line(head.parent.upper(), centred=True), Line(head.unit.upper(), bold=True, centred=True)]
    left.append(Line(f"Số: {head.number or '………/BB'}", centred=True))
    right = [
        Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True),
        Line("Độc lập - Tự do - Hạnh phúc", bold=True, centred=True),
        Line(f"{head.place or '…………'}, {_long(head.on)}", italic=True, centred=True),
    ]
    return Grid([[left, right]], ruled=False)


def _members(paper: Minutes) -> Grid:
    rows = [["TT", "Họ và tên", "Vai trò", "Có mặt"]]
    for number, each in enumerate(paper.members, 1):
        there = "Có mặt" if each.present else f"Vắng: {each.reason or 'không rõ lý do'}"
        rows.append([str(number), each.name, each.role, there])
    return Grid(rows)


def _vote(vote: VoteLine) -> Iterator[Block]:
    counts = (
        vote.issued,
        vote.returned,
        vote.valid,
        vote.returned - vote.valid,
        vote.agree,
        vote.disagree,
        vote.blank,
        vote.needed,
    )
    names = ["Phát ra", "Thu về", "Hợp lệ", "Không hợp lệ", "Đồng ý", "Không đồng ý", "Không có ý kiến", "Cần đồng ý"]
    yield Grid([names, [str(each) for each in counts]])
    way = "bỏ phiếu kín bằng giấy" if vote.on_paper else "bỏ phiếu kín" if vote.secret else "biểu quyết công khai"
    yield Line(f"Hình thức: {way}.")
    if vote.tellers:
        yield Line(f"Tổ kiểm phiếu: {', '.join(vote.tellers)}.")
    if vote.note:
        yield Line(vote.note)
    if vote.seal_code:
        yield Line(f"Dấu nhật ký khi đóng biểu quyết: {vote.seal_code}.")


def _item(number: int, item: MinutesItem) -> Iterator[Block]:
    yield Line(f"{number}. {item.title} ({item.code})", bold=True)
    yield Line(f"Tác giả: {', '.join(item.authors)}.")
    if item.taken_up:
        yield Line(f"Bắt đầu xét lúc {item.taken_up}.")
    if item.recused:
        yield Line(f"Không tham gia do có liên quan: {', '.join(item.recused)}.")
    if item.mean is not None and item.highest is not None and item.lowest is not None:
        points = [figures(each) for each in (item.mean, item.highest, item.lowest)]
        yield Line(f"Điểm: trung bình {points[0]}, cao nhất {points[1]}, thấp nhất {points[2]}, {item.sheets} phiếu.")
    if item.discussion:
        yield Line("Ý kiến:")
        yield from (Line(line) for line in item.discussion.splitlines() if line.strip())
    if item.vote:
        yield from _vote(item.vote)
    yield Line(f"Kết luận: {item.conclusion}", bold=True)
    yield from (Line(line) for line in item.remark.splitlines() if line.strip())


def _signed(signature: Signature) -> list[Line]:
    lines = [Line(each.upper(), bold=True, centred=True) for each in signature.lines]
    note = [Line(signature.note, italic=True, centred=True)] if signature.note else []
    return [*lines, *note, *[Line("")] * 3, Line(f"{signature.rank} {signature.name}".strip(), bold=True, centred=True)]


def _blocks(paper: Minutes, *, draft: bool) -> Iterator[Block]:
    if draft:
        yield Line("DỰ THẢO", bold=True, centred=True)
    yield _letterhead(paper)
    yield Line("BIÊN BẢN", bold=True, centred=True)
    yield Line(f"Họp {paper.board} {paper.session}", bold=True, centred=True)
    yield from (Line(f"Căn cứ {each};", italic=True) for each in paper.legal_bases)
    yield Line(f"Hội đồng được thành lập theo {paper.establishing_decision}.")
    yield Line(f"Thời gian: bắt đầu lúc {paper.started_at or '……'}, {_long(paper.held_on)}. Địa điểm: {paper.place or DOTS}.")
    yield Line("I. Thành phần", bold=True)
    yield Line(f"Chủ trì: {paper.chair}. Thư ký: {paper.secretary}.")
    yield _members(paper)
    enough = "đủ" if paper.quorate else "không đủ"
    yield Line(
        f"Có mặt {paper.present} trên {paper.base} thành viên có quyền biểu quyết; cần ít nhất {paper.quorum}. "
        f"Phiên họp {enough} số thành viên để tiến hành."
    )
    yield Line("II. Nội dung", bold=True)
    for number, item in enumerate(paper.items, 1):
        yield from _item(number, item)
    yield Line(
        f"Phiên họp kết thúc lúc {paper.ended_at or '……'} cùng ngày. "
        "Biên bản đã được đọc lại cho các thành viên dự họp nghe và thống nhất."
    )
    yield Grid([[_signed(paper.secretary_signature), _signed(paper.chair_signature)]], ruled=False)


def minutes_docx(paper: Minutes, *, draft: bool) -> bytes:
    """The minutes as a Word file; ``draft`` writes "DỰ THẢO" at its head."""
    return render_docx(_blocks(paper, draft=draft))
