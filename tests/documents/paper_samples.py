"""One ready sample of each paper, with the long names and texts that real ones have."""

from datetime import date
from decimal import Decimal

from innovations.documents.papers import board, certificates, data, parts, report, reuse

LONG = (
    "Trước đây việc tháo lắp bánh xe cần ba người, mất bốn mươi lăm phút, dễ kẹt tay khi hạ bánh; "
    "những hôm trời mưa phải dừng hẳn. "
    "Khung gá chữ U có hai con lăn đỡ mép lốp và vít me điều chỉnh cao, một người đẩy vào, nâng lên rồi xoay tại chỗ. "
) * 3
TITLE = "Bộ gá tháo lắp bánh xe cho một người, dùng được ở xưởng và ngoài thực địa"
CODE = "SK-1A-2026-0007"
AUTHORS = ("Trung úy Nguyễn Văn An", "Thượng sĩ Đỗ Mỹ Quỳnh")
HEAD = parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 1A", place="Bình Phước", number="12/BN-1A", on=date(2026, 11, 5))
BLANK_HEAD = parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 1A")
SIGNED = parts.Signature(lines=("KT. Trung đoàn trưởng", "Phó Trung đoàn trưởng"), name="Lê Thế Vững", rank="Trung tá")
SECRETARY = parts.Signature(lines=("Thư ký",), name="Trần Thị Hải", rank="Thiếu tá", note="(Ký, ghi rõ họ tên)")
CHAIR = parts.Signature(lines=("TM. Hội đồng", "Chủ tịch"), name="Phạm Ngọc Thuỷ", rank="Thượng tá")
FACTS = parts.ProposalFacts(code=CODE, title=TITLE, authors=AUTHORS, receipt_number="12/2026", filed_on=date(2026, 11, 2))
BASES = (
    "Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ ban hành Điều lệ Sáng kiến",
    "Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013 của Bộ trưởng Bộ Khoa học và Công nghệ",
)
RECIPIENTS = ("Như trên", "Hội đồng sáng kiến Trung đoàn 1A")
LETTER = {
    "head": HEAD,
    "signature": SIGNED,
    "recipients": RECIPIENTS,
    "legal_bases": BASES,
    "addressee": "Trung úy Nguyễn Văn An, Đại đội 3, Tiểu đoàn 5",
    "proposal": FACTS,
}

APPLICATION = data.Application(
    head=parts.Letterhead(parent="Trung đoàn 1A", unit="Tiểu đoàn 5", place="Bình Phước"),
    signature=parts.Signature(lines=("Người nộp đơn",), name="Nguyễn Văn An", rank="Trung úy", note="(Ký, ghi rõ họ tên)"),
    addressee="Hội đồng sáng kiến Trung đoàn 1A",
    title=TITLE,
    code=CODE,
    authors=(
        parts.Author(
            name="Nguyễn Văn An",
            rank="Trung úy",
            born=date(1996, 4, 30),
            unit="Đại đội 3, Tiểu đoàn 5",
            position="Trung đội trưởng",
            qualification="Đại học",
            share=Decimal("60.00"),
        ),
        parts.Author(
            name="Đỗ Mỹ Quỳnh",
            rank="Thượng sĩ",
            born=date(2004, 1, 9),
            unit="Tiểu đoàn 5",
            position="Nhân viên kỹ thuật",
            qualification="Trung cấp",
            share=Decimal("40.00"),
        ),
    ),
    investor="Trung đoàn 1A",
    field="Bảo đảm kỹ thuật",
    solution_types=("giải pháp kỹ thuật",),
    applied_on=date(2026, 3, 10),
    before=LONG,
    content=LONG,
    novelty=LONG,
    conditions="Có máy hàn; tự chế tạo tại xưởng tiểu đoàn trong hai ngày.",
    benefit_author="Giảm thời gian từ 45 phút còn 12 phút; giảm người tham gia từ 3 còn 1.",
    benefit_appliers="Ba đơn vị áp dụng xác nhận đạt yêu cầu.",
    appliers=(
        parts.Applier(name="Võ Thị Sáu Mai", birth_year="1999", unit="Đại đội 2", qualification="Cao đẳng", task="Thử tại xưởng"),
    ),
)
DESCRIPTION = data.Description(
    head=BLANK_HEAD,
    signature=APPLICATION.signature,
    title=TITLE,
    code=CODE,
    authors=AUTHORS,
    field="Bảo đảm kỹ thuật",
    place="Xưởng Tiểu đoàn 5",
    before=LONG,
    content=LONG,
    steps="Đưa khung vào.\nNâng 15 mm.\nXoay tại chỗ.",
    novelty=LONG,
    benefits=(parts.BenefitLine(name="Thời gian tháo một bánh", before="45 phút", after="12 phút", basis="Đo 20 lần"),),
    evidence=("Biên bản thử nghiệm ngày 12/06/2026", "Ảnh gá và thao tác (6 ảnh)"),
)
RECEIPT = data.Receipt(
    head=HEAD,
    signature=SIGNED,
    proposal=FACTS,
    submitted_by="Trung úy Nguyễn Văn An, Đại đội 3, Tiểu đoàn 5",
    received_at="14 giờ 32, ngày 02 tháng 11 năm 2026",
    items=("Đơn yêu cầu công nhận", "Bản mô tả sáng kiến", "04 tệp minh chứng"),
    formal_due=date(2026, 12, 2),
    result_due=date(2027, 3, 2),
    recipients=("Người nộp đơn",),
)
DEFECTS = data.NoticeDefects(
    **LETTER,
    defects=("Thiếu biên bản áp dụng thử có xác nhận của đơn vị.", "Tổng tỷ lệ đóng góp chưa đủ 100%."),
    fix_due=date(2026, 12, 7),
)
ACCEPTANCE = data.NoticeAcceptance(
    **LETTER, accepted_on=date(2026, 11, 20), board="Hội đồng sáng kiến Trung đoàn 1A", result_due=date(2027, 2, 22)
)
REFUSAL = data.NoticeRefusal(
    **LETTER,
    reasons=("Giải pháp trùng với sáng kiến SK-1A-2024-0003 “Giá đỡ bánh xe” nộp ngày 04/05/2024.",),
    complaint_until=date(2027, 1, 5),
)
RESULT = data.NoticeResult(
    **LETTER,
    decision_number="345/QĐ-1A",
    decision_on=date(2026, 12, 3),
    outcome="Công nhận sáng kiến",
    grade="B",
    total=Decimal("82.50"),
    remarks=("Cần bổ sung hướng dẫn sử dụng.",),
)
MINUTES = data.Minutes(
    head=parts.Letterhead(
        parent="Trung đoàn 1A", unit="Hội đồng sáng kiến", number="05/BB-HĐSK", place="Bình Phước", on=date(2026, 11, 30)
    ),
    legal_bases=BASES,
    board="Hội đồng sáng kiến Trung đoàn 1A",
    session="đợt 2 năm 2026",
    establishing_decision="Quyết định số 88/QĐ-1A ngày 10 tháng 01 năm 2026 của Trung đoàn trưởng",
    held_on=date(2026, 11, 30),
    started_at="08 giờ 00",
    ended_at="10 giờ 30",
    place="Phòng họp Sở chỉ huy",
    chair="Thượng tá Phạm Ngọc Thuỷ",
    secretary="Thiếu tá Trần Thị Hải",
    members=(
        parts.MemberLine(name="Thượng tá Phạm Ngọc Thuỷ", role="Chủ tịch", present=True),
        parts.MemberLine(name="Thiếu tá Trần Thị Hải", role="Ủy viên thư ký", present=True),
        parts.MemberLine(name="Đại úy Bùi Quốc Bảo", role="Ủy viên", present=False, reason="đi công tác"),
    ),
    base=7,
    present=6,
    quorum=5,
    quorate=True,
    items=(
        parts.MinutesItem(
            code=CODE,
            title=TITLE,
            authors=AUTHORS,
            discussion=LONG,
            recused=("Đại úy Hồ Anh Kiệt",),
            mean=Decimal("82.50"),
            highest=Decimal("90"),
            lowest=Decimal("71.25"),
            sheets=5,
            conclusion="Thông qua, đề nghị công nhận, xếp loại B.",
            vote=parts.VoteLine(secret=True, issued=6, returned=6, valid=6, agree=5, disagree=1, needed=5),
        ),
        parts.MinutesItem(
            code="SK-1A-2026-0009",
            title="Mẫu báo cáo tuần",
            authors=("Thiếu úy Lê Thị Én",),
            conclusion="Hoàn thiện theo kết luận.",
        ),
    ),
    chair_signature=CHAIR,
    secretary_signature=SECRETARY,
)
SHEET = data.ScoreSheet(
    head=parts.Letterhead(parent="Trung đoàn 1A", unit="Hội đồng sáng kiến"),
    signature=SECRETARY,
    code=CODE,
    title=TITLE,
    scorer="Đại úy Bùi Quốc Bảo",
    role="Ủy viên",
    lines=(
        parts.SheetLine(
            criterion="Tính mới, sáng tạo", max=Decimal("30"), points=Decimal("24.00"), band="4", remark="Có điểm mới rõ"
        ),
        parts.SheetLine(
            criterion="Hiệu quả huấn luyện, SSCĐ, công tác; an toàn", max=Decimal("30"), points=Decimal("58.50"), band="5"
        ),
        parts.SheetLine(criterion="Hiệu quả kinh tế, tiết kiệm", max=Decimal("10"), points=None),
    ),
    total=Decimal("82.50"),
    proposal="Công nhận",
    comment="Nên nhân rộng.",
    submitted_on=date(2026, 11, 28),
)
SUMMARY = data.ScoreSummary(
    head=parts.Letterhead(parent="Trung đoàn 1A", unit="Hội đồng sáng kiến", place="Bình Phước", on=date(2026, 11, 30)),
    board="Hội đồng sáng kiến Trung đoàn 1A",
    session="đợt 2 năm 2026",
    criteria=tuple(
        parts.CriterionHead(name=name, max=Decimal(top))
        for name, top in (("Tính mới", 30), ("Hiệu quả", 30), ("Áp dụng", 25), ("Kinh tế", 10), ("Hồ sơ", 5))
    ),
    rows=(
        parts.SummaryRow(
            code=CODE,
            title=TITLE,
            authors=AUTHORS,
            sheets=5,
            total=Decimal("82.50"),
            grade="B",
            note="Chênh lệch 18,75 điểm",
            means=(Decimal("24.20"), Decimal("25"), Decimal("20.40"), None, Decimal("4.50")),
        ),
    ),
    chair_signature=CHAIR,
    secretary_signature=SECRETARY,
)
DECISION = data.Decision(
    head=parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 1A", number="345/QĐ-1A", place="Bình Phước", on=date(2026, 12, 3)),
    signature=SIGNED,
    legal_bases=BASES,
    recipients=RECIPIENTS,
    kind="recognise",
    authority="Trung đoàn trưởng Trung đoàn 1A",
    proposed_by="Hội đồng sáng kiến Trung đoàn 1A",
    executors="Các cơ quan, đơn vị và các tác giả có tên trong danh sách",
    lines=(
        parts.DecidedLine(code=CODE, title=TITLE, authors=AUTHORS, unit="Tiểu đoàn 5", grade="B"),
        parts.DecidedLine(
            code="SK-1A-2026-0011", title="Sổ điện tử nhà ăn", authors=("Thiếu úy Lê Thị Én",), unit="Đại đội 3", grade="C"
        ),
    ),
)
CERTIFICATE = certificates.Certificate(
    head=parts.Letterhead(
        parent="Sư đoàn M", unit="Trung đoàn 1A", number="31/2026/CN-1A", place="Bình Phước", on=date(2026, 12, 5)
    ),
    signature=SIGNED,
    level="cấp Trung đoàn",
    rank="Trung úy",
    name="Nguyễn Văn An",
    unit="Đại đội 3, Tiểu đoàn 5",
    title=TITLE,
    code=CODE,
    share=Decimal("60.00"),
    others=("Thượng sĩ Đỗ Mỹ Quỳnh",),
    investor="Trung đoàn 1A",
    summary=LONG,
    benefits="Giảm thời gian từ 45 phút còn 12 phút.",
    grade="B",
    decision_number="345/QĐ-1A",
    decision_on=date(2026, 12, 3),
    verification_code="7F3A-91C0-5D2E-88B1-02AC",
    verification_url="https://sangkien.example/verify/7F3A-91C0-5D2E-88B1-02AC",
)

TAKEN_OVER = reuse.TakenOver(
    code=CODE, title=TITLE, authors=AUTHORS, owner="Trung đoàn 1A", recognition="Quyết định số 345/QĐ-1A ngày 03/12/2026, Trung đoàn 1A"
)  # fmt: skip
TAKER_HEAD = parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 2B", place="Tây Ninh")
COMMANDER = parts.Signature(lines=("Thủ trưởng đơn vị",), name="Cao Xuân Hòa", rank="Thượng tá")
REUSE_REQUEST = reuse.ReuseRequest(
    head=TAKER_HEAD,
    signature=COMMANDER,
    recipients=("Như trên",),
    improvement=TAKEN_OVER,
    unit="Trung đoàn 2B",
    kind="Nhận chuyển giao",
    purpose=LONG,
    asked_by="Thượng tá Cao Xuân Hòa",
    sent_on=date(2027, 1, 11),
    answer="Đồng ý, ngày 18/01/2027. Cử hai nhân viên sang xưởng Tiểu đoàn 5 học trong ba ngày; giữ nguyên tên các tác giả.",
)
HANDOVER = reuse.Handover(
    head=BLANK_HEAD,
    legal_bases=BASES,
    improvement=TAKEN_OVER,
    giver="Trung đoàn 1A",
    taker="Trung đoàn 2B",
    kind="Nhận chuyển giao",
    grounds=("Quyết định số 345/QĐ-1A ngày 03/12/2026, Trung đoàn 1A về việc công nhận sáng kiến",),
    papers=(f"Bản mô tả sáng kiến {CODE}", "ban-ve-khung-ga-chu-u-lan-sua-3.pdf", "Ảnh gá và thao tác (6 ảnh).zip"),
    conditions="Có máy hàn; tự chế tạo tại xưởng tiểu đoàn trong hai ngày.",
    terms="Cử hai nhân viên sang xưởng Tiểu đoàn 5 học trong ba ngày.",
    place="Xưởng sửa chữa Trung đoàn 2B",
    responsible="Đại úy Võ Thành Nghĩa",
    from_on=date(2027, 2, 1),
    reports=(date(2027, 8, 2), date(2028, 2, 1)),
    giver_signature=parts.Signature(lines=("Đại diện bên giao",), note="(Ký, ghi rõ họ tên)"),
    taker_signature=parts.Signature(lines=("Đại diện bên nhận",), note="(Ký, ghi rõ họ tên)"),
)
CONFIRMATION = reuse.Confirmation(
    head=TAKER_HEAD,
    signature=COMMANDER,
    recipients=("Trung đoàn 1A", "Các tác giả"),
    improvement=TAKEN_OVER,
    unit="Trung đoàn 2B",
    kind="Nhận chuyển giao",
    from_on=date(2027, 2, 1),
    to_on=None,
    place="Xưởng sửa chữa Trung đoàn 2B",
    responsible="Đại úy Võ Thành Nghĩa",
    result=LONG,
    benefits=(
        reuse.MeasuredLine(name="Thời gian tháo, lắp một bánh xe tải", before="45 phút", after="12 phút"),
        reuse.MeasuredLine(name="Người tham gia", before="3 người", after="1 người", money=Decimal(18_500_000)),
    ),
    confirmed_on=date(2027, 8, 3),
)
BOARD = "Hội đồng sáng kiến Trung đoàn 1A"
BOARD_HEAD = parts.Letterhead(parent="Trung đoàn 1A", unit=BOARD, place="Bình Phước")
ESTABLISHMENT = board.Establishment(
    head=parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 1A", number="88/QĐ-1A", place="Bình Phước", on=date(2026, 1, 10)),
    legal_bases=BASES,
    recipients=("Như Điều 4",),
    authority="Thủ trưởng Trung đoàn 1A",
    signature=parts.Signature(lines=("Thủ trưởng đơn vị",), name="Đại tá Dương Văn Nam"),
    board=BOARD,
    unit="Trung đoàn 1A",
    term_from=date(2026, 1, 10),
    term_to=date(2028, 12, 31),
    fields=("Bảo đảm kỹ thuật", "Bảo đảm hậu cần"),
    quorum="2/3",
    approval="2/3",
    members=tuple(
        board.BoardMember(name=name, unit="Ban Tham mưu", role=role, rights="chấm điểm, biểu quyết", from_on=date(2026, 1, 10))
        for name, role in (
            ("Thượng tá Phạm Ngọc Thuỷ", "Chủ tịch"),
            ("Trung tá Lê Thế Vững", "Phó chủ tịch"),
            ("Thiếu tá Trần Thị Hải", "Ủy viên thư ký"),
            ("Đại úy Bùi Quốc Bảo", "Ủy viên phản biện"),
            ("Đại úy Hồ Anh Kiệt", "Ủy viên"),
        )
    ),
)
SUBMISSION = board.Submission(
    head=BOARD_HEAD,
    legal_bases=BASES,
    recipients=("Như trên", "Cơ quan thường trực"),
    signature=parts.Signature(lines=("TM. Hội đồng", "KT. Chủ tịch", "Phó Chủ tịch"), name="Trung tá Lê Thế Vững"),
    addressee="Thủ trưởng Trung đoàn 1A",
    board=BOARD,
    session="phiên số 4, ngày 30/11/2026",
    passed=tuple(
        board.SubmittedLine(
            code=CODE, title=TITLE, authors=AUTHORS, unit="Tiểu đoàn 5", total=Decimal("82.50"), grade=grade, agree=5, base=7, needed=5,
            note=note,
        )
        for grade, note in (("B", ""), ("A", "Tính mới, sáng tạo chưa tới mức loại A"))
    ),
    failed=(
        board.SubmittedLine(
            code="SK-1A-2026-0009", title="Mẫu báo cáo tuần", authors=("Thiếu úy Lê Thị Én",), unit="Đại đội 3", total=Decimal("44.50"),
            grade="", agree=3, base=7, needed=5, note="số ý kiến đồng ý 3 (cần 5); tổng điểm 44,5 (cần 50)",
        ),
    ),
    apart=1,
)  # fmt: skip
REMARKS = board.ReviewerRemarks(
    head=BOARD_HEAD,
    signature=parts.Signature(lines=("Người phản biện",), name="Bùi Quốc Bảo", rank="Đại úy", note="(Ký, ghi rõ họ tên)"),
    board=BOARD,
    code=CODE,
    title=TITLE,
    reviewer="Đại úy Bùi Quốc Bảo, Ban Kỹ thuật",
    role="Ủy viên phản biện",
    remarks=(
        board.RemarkLine(criterion="Tính mới, sáng tạo", remark="Có điểm mới rõ so với giá đỡ đang dùng."),
        board.RemarkLine(criterion="Hiệu quả huấn luyện, SSCĐ, công tác; an toàn", remark=LONG),
        board.RemarkLine(criterion="Hồ sơ, mức độ hoàn thiện", remark=""),
    ),
    comment=LONG,
    proposal="Đề nghị công nhận",
    submitted_on=date(2026, 11, 28),
)
FIELDS = (
    "Huấn luyện", "Sẵn sàng chiến đấu", "Bảo đảm kỹ thuật", "Bảo đảm hậu cần", "Quản lý, cải cách hành chính", "Chuyển đổi số",
    "Công tác đảng, công tác chính trị", "An toàn", "Khác",
)  # fmt: skip
UNITS = ("Sư đoàn M", "Trung đoàn 1A", "Trung đoàn 2B", "Lữ đoàn 3C", "Nhà máy sửa chữa tổng hợp N")
ANNUAL = report.AnnualReport(
    head=parts.Letterhead(parent="Quân chủng M", unit="Sư đoàn M", place="Bình Phước"),
    signature=parts.Signature(lines=("Thủ trưởng đơn vị",)),
    recipients=("Như trên",),
    unit="Sư đoàn M",
    addressee="Quân chủng M",
    year=2026,
    as_of=date(2026, 12, 15),
    units=UNITS,
    tables=tuple(
        report.FigureTable(
            name=name, columns=columns, rows=tuple(tuple(Decimal(n + 3 * i) for n in range(len(columns))) for i in range(5))
        )
        for name, columns in (
            ("Tiếp nhận, xét, công nhận", ("Tiếp nhận", "Thụ lý", "Từ chối", "Công nhận")),
            ("Lĩnh vực", FIELDS),
            ("Tác giả", ("Sĩ quan", "Quân nhân chuyên nghiệp", "Hạ sĩ quan, binh sĩ", "Công nhân, viên chức quốc phòng")),
        )
    ),
)
REPLICATION = report.ReplicationList(
    head=BLANK_HEAD,
    legal_bases=BASES,
    signature=parts.Signature(lines=("Thủ trưởng đơn vị",)),
    unit="Trung đoàn 1A",
    year=2026,
    as_of=date(2026, 12, 15),
    improvements=(
        report.Recommended(
            code=CODE, title=TITLE, authors=AUTHORS, unit="Trung đoàn 1A", recognition="Số 345/QĐ-1A ngày 03/12/2026, Trung đoàn 1A; loại B",
            grounds=("Phạm vi được công nhận (Sư đoàn M): toàn sư đoàn", "02 đơn vị khác đang áp dụng: Trung đoàn 2B, Lữ đoàn 3C"),
            effects=("Trung đoàn 2B: Thời gian tháo, lắp một bánh xe tải: trước 45 phút, sau 12 phút; làm lợi 18.500.000 đồng/năm",),
        ),
        report.Recommended(
            code="SK-1A-2026-0011", title="Sổ điện tử nhà ăn", authors=("Thiếu úy Lê Thị Én",), unit="Đại đội 3", recognition="loại C",
            grounds=("01 đơn vị khác đang áp dụng: Nhà máy N",), effects=(),
        ),
    ),
)  # fmt: skip

ALL = (
    APPLICATION,
    DESCRIPTION,
    RECEIPT,
    DEFECTS,
    ACCEPTANCE,
    REFUSAL,
    RESULT,
    MINUTES,
    SHEET,
    SUMMARY,
    DECISION,
    CERTIFICATE,
    REUSE_REQUEST,
    HANDOVER,
    CONFIRMATION,
    ESTABLISHMENT,
    SUBMISSION,
    REMARKS,
    ANNUAL,
    REPLICATION,
)
