"""Official papers: complete, in our own type, and deaf to whatever the texts in them contain."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import paper_samples as samples
import pytest
from pypdf import PdfReader

from innovations.documents.extract import pages_of
from innovations.documents.papers import board, certificates, data, parts, render_pdf, report, reuse

NAMES = [type(paper).__name__ for paper in samples.ALL]
HOSTILE = (
    "#let x = 1",
    "$ x^2 $",
    r"\u{1F600} \\ \#",
    '"; #panic("x") //',
    "*đậm* _nghiêng_ `mã` <nhãn> @ref",
    "= Đề mục",
    "/* chú thích",
    "a" * 400,
)


def words_of(pdf: bytes) -> str:
    """All the text of a PDF on one line: where a line breaks is the layout's business."""
    return " ".join(" ".join(pages_of(io.BytesIO(pdf))).split())


def unspaced(text: str) -> str:
    return "".join(text.split())


def fonts_of(pdf: bytes) -> set[str]:
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        names |= {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in page["/Resources"]["/Font"].values()}
    return names


@pytest.mark.parametrize(
    "paper",
    [
        p
        for p in samples.ALL
        if not isinstance(p, report.AnnualReport | data.Decision | data.ScoreSummary | data.Minutes | board.Establishment)
    ],
    ids=lambda p: type(p).__name__,
)
def test_a_paper_names_its_proposal(paper):
    text = words_of(render_pdf(paper))
    assert samples.TITLE in text
    assert samples.CODE in text


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_a_paper_is_set_in_our_own_fonts_alone(paper):
    assert {name.partition("-")[0] for name in fonts_of(render_pdf(paper, draft=True))} == {"Tinos"}


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_a_paper_opens_with_the_national_name_and_motto(paper):
    first = " ".join(pages_of(io.BytesIO(render_pdf(paper)))[0].split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Độc lập - Tự do - Hạnh phúc" in first


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_a_paper_can_be_read_aloud_in_vietnamese(paper):
    catalogue = PdfReader(io.BytesIO(render_pdf(paper))).trailer["/Root"]
    assert catalogue["/Lang"] == "vi"
    assert str(catalogue["/MarkInfo"]["/Marked"]) == "True"


EXPECTED = {
    data.Application: [
        "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        "Trung úy Nguyễn Văn An",
        "30/04/1996",
        "09/01/2004",
        "60",
        "10/03/2026",
        "không có nội dung bí mật nhà nước",
    ],
    data.Description: ["BẢN MÔ TẢ SÁNG KIẾN", "45 phút", "12 phút", "Xoay tại chỗ.", "Ảnh gá và thao tác (6 ảnh)"],
    data.Receipt: [
        "GIẤY BIÊN NHẬN",
        "Số: 12/BN-1A",
        "14 giờ 32",
        "ngày 02 tháng 12 năm 2026",
        "ngày 02 tháng 03 năm 2027",
        "04 tệp minh chứng",
    ],
    data.NoticeDefects: ["Thiếu biên bản áp dụng thử", "ngày 07 tháng 12 năm 2026", "Căn cứ Nghị định số 13/2012/NĐ-CP"],
    data.NoticeAcceptance: ["ngày 20 tháng 11 năm 2026", "Hội đồng sáng kiến Trung đoàn 1A", "ngày 22 tháng 02 năm 2027"],
    data.NoticeRefusal: ["Lý do từ chối", "SK-1A-2024-0003", "ngày 05 tháng 01 năm 2027"],
    data.NoticeResult: ["345/QĐ-1A", "Công nhận sáng kiến", "82,5", "Cần bổ sung hướng dẫn sử dụng."],
    data.Minutes: [
        "BIÊN BẢN",
        samples.TITLE,
        "Vắng: đi công tác",
        "cao nhất 90, thấp nhất 71,25",
        "bỏ phiếu kín",
        "Đại úy Hồ Anh Kiệt",
        "10 giờ 30",
        "TM. HỘI ĐỒNG",
    ],
    data.ScoreSheet: ["PHIẾU CHẤM ĐIỂM", "58,5", "KAD", "82,5", "tám mươi hai phẩy năm", "Nên nhân rộng."],
    data.ScoreSummary: ["BẢNG TỔNG HỢP ĐIỂM", samples.TITLE, "24,2", "20,4", "82,5", "Chênh lệch 18,75 điểm"],
    data.Decision: [
        "QUYẾT ĐỊNH",
        "Công nhận 02 sáng kiến",
        samples.TITLE,
        "Sổ điện tử nhà ăn",
        "DANH SÁCH KÈM THEO",
        "345/QĐ-1A",
        "ngày 03 tháng 12 năm 2026",
        "KT. TRUNG ĐOÀN TRƯỞNG",
    ],
    certificates.Certificate: [
        "GIẤY CHỨNG NHẬN",
        "31/2026/CN-1A",
        "Trung úy Nguyễn Văn An",
        "60%",
        "Thượng sĩ Đỗ Mỹ Quỳnh",
        "7F3A-91C0-5D2E-88B1-02AC",
        "345/QĐ-1A",
        "Xếp loại B",
    ],
    reuse.ReuseRequest: [
        "Kính gửi: Trung đoàn 1A",
        "TRUNG ĐOÀN 2B",
        "Hình thức: Nhận chuyển giao",
        "11/01/2027",
        "Đồng ý, ngày 18/01/2027.",
        "Số: ………/ĐN",
    ],
    reuse.Handover: [
        "BIÊN BẢN",
        "Bên giao: Trung đoàn 1A",
        "Bên nhận: Trung đoàn 2B",
        "Căn cứ Quyết định số 345/QĐ-1A ngày 03/12/2026",
        "Ảnh gá và thao tác (6 ảnh).zip",
        "02/08/2027; 01/02/2028",
        "ĐẠI DIỆN BÊN NHẬN",
    ],
    reuse.Confirmation: [
        "GIẤY XÁC NHẬN",
        "Áp dụng từ ngày: 01/02/2027",
        "nay vẫn đang áp dụng",
        "45 phút",
        "12 phút",
        "18.500.000",
        "ngày 03 tháng 08 năm 2027",
    ],
    board.Establishment: [
        "88/QĐ-1A",
        "Về việc thành lập Hội đồng sáng kiến Trung đoàn 1A",
        "gồm 05 đồng chí",
        "đến ngày 31 tháng 12 năm 2028",
        "Bảo đảm kỹ thuật; Bảo đảm hậu cần",
        "ít nhất 2/3 đồng ý",
        "Đại úy Bùi Quốc Bảo",
        "Ủy viên phản biện",
    ],
    board.Submission: [
        "TỜ TRÌNH",
        "Kính gửi: Thủ trưởng Trung đoàn 1A",
        "kết luận 03 hồ sơ",
        "5/7 (cần 5)",
        "82,5",
        "chưa tới mức loại A",
        "tổng điểm 44,5 (cần 50)",
        "Ngoài ra 01 hồ sơ",
        "KT. CHỦ TỊCH",
    ],
    board.ReviewerRemarks: [
        "PHIẾU NHẬN XÉT PHẢN BIỆN",
        "Đại úy Bùi Quốc Bảo, Ban Kỹ thuật",
        "Có điểm mới rõ so với giá đỡ đang dùng.",
        "Không có nhận xét riêng.",
        "ngày 28 tháng 11 năm 2026",
    ],
    report.AnnualReport: [
        "Kính gửi: Quân chủng M",
        "sáng kiến, cải tiến kỹ thuật năm 2026",
        "tính đến ngày 15/12/2026",
        "2. Lĩnh vực",
        "Công tác đảng, công tác chính trị",
        "Trung đoàn 1A 3 4 5 6 7 8 9 10 11",
    ],
    report.ReplicationList: [
        "đề nghị nhân rộng 02 sáng kiến",
        samples.TITLE,
        "Phạm vi được công nhận (Sư đoàn M): toàn sư đoàn",
        "02 đơn vị khác đang áp dụng: Trung đoàn 2B, Lữ đoàn 3C",
        "trước 45 phút, sau 12 phút",
        "Chưa có số đo được xác nhận",
    ],
}


@pytest.mark.parametrize("paper", samples.ALL, ids=NAMES)
def test_a_paper_holds_what_the_regulation_asks_of_it(paper):
    text = words_of(render_pdf(paper))
    assert [expected for expected in EXPECTED[type(paper)] if expected not in text] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_of_the_layout_language_are_printed_as_signs(text):
    paper = replace(samples.RECEIPT, proposal=replace(samples.FACTS, title=text), items=(text,))
    assert unspaced(text) in unspaced(words_of(render_pdf(paper)))


def test_a_word_without_end_is_broken_into_lines_of_the_page():
    pages = pages_of(io.BytesIO(render_pdf(replace(samples.DESCRIPTION, title="W" * 300, content="m" * 2000))))
    assert max(len(line) for page in pages for line in page.splitlines()) < 120
    assert sum(page.count("m" * 24) for page in pages) > 60


def test_a_draft_says_so_on_every_page_and_a_signed_paper_does_not():
    draft, signed = render_pdf(samples.MINUTES, draft=True), render_pdf(samples.MINUTES)
    assert all("DỰ THẢO" in page for page in pages_of(io.BytesIO(draft)))
    assert "DỰ THẢO" not in words_of(signed)


def test_number_and_date_are_blank_until_issued():
    text = words_of(render_pdf(replace(samples.RECEIPT, head=samples.BLANK_HEAD)))
    assert "Số: ………/BN" in text
    assert "ngày …… tháng …… năm 20……" in text


@pytest.mark.parametrize(
    "others",
    [(), ("Thượng sĩ Đỗ Mỹ Quỳnh",), tuple(f"Thượng úy Nguyễn Thị Minh Hằng {n}" for n in range(9))],
    ids=["alone", "two", "ten"],
)
@pytest.mark.parametrize("title", ["Giá để dép", samples.TITLE, (samples.TITLE + ", ") * 3], ids=["short", "usual", "longest"])
def test_a_certificate_is_one_page(title, others):
    paper = replace(samples.CERTIFICATE, title=title, others=others, benefits=samples.LONG)
    assert len(pages_of(io.BytesIO(render_pdf(paper)))) == 1


def test_a_revoked_certificate_says_so_across_the_page():
    assert "ĐÃ HỦY" in words_of(render_pdf(replace(samples.CERTIFICATE, mark="Đã hủy")))


def test_a_refusing_decision_lists_the_reasons_instead_of_grades():
    line = parts.DecidedLine(
        code="SK-1A-2026-0012", title="Mẫu báo cáo tuần", authors=("Lê Thị Én",), unit="Đại đội 3", note="Không mới tại cơ sở"
    )
    text = words_of(render_pdf(replace(samples.DECISION, kind="not_recognise", lines=(line,))))
    assert "Không mới tại cơ sở" in text
    assert "Xếp loại" not in text


def test_decomposed_letters_are_printed_composed():
    text = words_of(render_pdf(replace(samples.RECEIPT, submitted_by="Trâ\u0300n Thi\u0323 Hê\u0323")))
    assert "Trần Thị Hệ" in text


def test_totals_stand_in_words_as_people_say_them():
    sheet = replace(samples.SHEET, total=Decimal("91.05"), submitted_on=date(2026, 2, 3))
    assert "chín mươi mốt phẩy không năm" in words_of(render_pdf(sheet))
