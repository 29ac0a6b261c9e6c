"""Who wrote which proposal of the demo, what the board made of it, and who took it over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One proposal on its way to a decision.

    :param grade: what the sheets lead to, ``-`` below the pass mark; empty: refused at the formal check.
    :param authors: service numbers, the lead first.
    :param agree: votes for it; everybody who may vote when None.
    :param reason: of the refusal, where it is refused.
    """

    key: str
    grade: str
    authors: tuple[str, ...]
    agree: int | None = None
    reason: str = ""

    @property
    def passes(self) -> bool:
        """Whether the board agrees."""
        return not self.reason


#: Unit → its cases of the year before.
EARLIER = {
    "T1A": (
        Case("quiz", "A", ("tacgia", "tacgia2")),
        Case("targets", "B", ("demo24",)),
        Case("kitchen", "C", ("uyvien2", "demo23")),
        Case("rack", "B", ("tacgia2", "demo19")),
        Case("qr", "C", ("uyvien5",)),
        Case(
            "weekly",
            "-",
            ("chihuy2",),
            2,
            "Giải pháp chưa mới trong cơ sở: ban tham mưu đã dùng mẫu báo cáo tương tự từ năm trước.",
        ),
        Case("brooms", "C", ("demo19", "tacgia")),
        Case("sandbox", "B", ("uyvien3", "demo24")),
        Case("bookbox", "C", ("uyvien5",)),
        Case("gasket", "C", ("tacgia2",)),
        Case(
            "bell",
            "-",
            ("demo19",),
            2,
            "Chuông hẹn giờ đã được Tiểu đoàn 6 lắp và phổ biến trước ngày nộp đơn nên không còn mới.",
        ),
    ),
    "T2B": (Case("keyboard", "C", ("demo27",)),),
    "L3C": (Case("mudmat", "B", ("demo20",)),),
    "SM": (Case("opinions", "C", ("kiemtra",)),),
    "TT": (Case("terms", "C", ("demo34",)),),
    "NMN": (Case("jig", "B", ("demo21",)),),
}

#: Unit → its cases of the newest round.
LATER = {
    "T1A": (
        Case("sockets", "B", ("tacgia2", "uyvien4")),
        Case("meters", "C", ("uyvien4",)),
        Case("handover", "C", ("chihuy2", "tacgia")),
        Case("medbox", "B", ("demo23",)),
        Case("stations", "C", ("tacgia",)),
        Case("clothesline", "-", ("demo24",), 1, "Hiệu quả chưa rõ: thời gian phơi chỉ rút được một giờ, chưa tách khỏi ảnh hưởng thời tiết."),
        Case("funnel", "-", ("tacgia2",), 2, "Phễu có lưới và van là đồ bán sẵn; phần tự làm chưa đủ để coi là giải pháp của tác giả."),
        Case("bedphotos", "C", ("demo24", "demo19"), 3, "Số phiếu đồng ý không đủ hai phần ba; hội đồng đề nghị theo dõi thêm một kỳ."),
        Case("helmets", "", ("demo19",), reason="Hồ sơ nộp sau ngày áp dụng đầu tiên quá một năm theo xác nhận của đơn vị."),
        Case("squadbook", "", ("tacgia",), reason="Việc ghi và công khai thu chi đã là quy định bắt buộc, không phải giải pháp mới."),
    ),
    "T2B": (
        Case("scans", "C", ("docgia", "demo27")),
        Case("wounds", "B", ("docgia",)),
        Case("rainwater", "C", ("demo27", "docgia")),
        Case("gardenlog", "-", ("docgia",), 1, "Số lời thắc mắc giảm không đáng kể, cách đếm nút chưa có người đối chiếu."),
        Case("letterbox", "", ("docgia",), reason="Hòm thư góp ý đã có trong quy chế dân chủ ở cơ sở; hồ sơ chưa nêu phần khác."),
    ),
    "L3C": (Case("nightcards", "C", ("demo20",)), Case("toolbag", "C", ("demo20", "demo34"))),
    "SM": (Case("minutes", "C", ("demo37", "baomat")),),
    "TT": (
        Case("selfreview", "C", ("demo34",)),
        Case("clips", "B", ("demo34", "demo20")),
        Case("rooms", "-", ("demo34",), 1, "Lịch phòng học bằng nam châm chưa giảm được việc trùng phòng như mục tiêu nêu trong hồ sơ."),
    ),
    "NMN": (
        Case("chips", "C", ("demo21",)),
        Case("cart", "C", ("demo21",)),
        Case("gloves", "", ("demo21",), reason="Thiếu biên bản áp dụng thử; tác giả đề nghị không bổ sung trong hạn."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """One unit's use of another unit's improvement; ``purpose`` and ``conditions`` as their commanders wrote them.

    :param result: what the adopting unit reported later; :param lines: what it measured and confirmed: kind, label, before, after,
        unit of measure, đồng per year or None.
    """

    key: str
    unit: str
    purpose: str
    conditions: str = ""
    result: str = ""
    lines: tuple[tuple[str, str, int, int, str, int | None], ...] = ()


#: Taken over in the year they were recognised in, and reported on since.
EARLY_USES = (
    Use(
        "quiz", "L3C", "Phòng Hồ Chí Minh của lữ đoàn có máy cũ chưa dùng.", "Gửi lại câu hỏi mới để cùng bổ sung ngân hàng.",
        "Đã dùng cho ba đợt kiểm tra, chiến sĩ hứng thú hơn làm bài giấy.",
        (("time", "Tổ chức một đợt kiểm tra", 420, 75, "phút", None),),
    ),
    Use(
        "quiz", "TT", "Nhà trường dùng để ôn tập cho học viên cuối kỳ.", "Giữ tên tác giả trên màn hình đầu.",
        "Bộ môn soạn thêm bốn chuyên đề, học viên tự ôn ngoài giờ.",
    ),
    Use(
        "targets", "L3C", "Bãi tập của lữ đoàn còn dùng dây kéo.", "Cho mượn một bộ làm mẫu trong hai tuần.",
        "Xưởng lữ đoàn làm thêm theo mẫu; nhịp tập đều, không còn người ngồi sau ụ.",
        (("manpower", "Người phục vụ một bãi tập", 5, 1, "người", None),),
    ),
    Use(
        "kitchen", "T2B", "Bếp ăn trung đoàn khớp sổ chậm mỗi cuối tháng.", "Quản lý bếp sang học hai buổi.",
        "Khớp sổ trong ngày, công khai tại cửa nhà ăn; bếp đề nghị giữ lâu dài.",
        (
            ("time", "Làm sổ mỗi ngày", 110, 30, "phút", None),
            ("money", "Thực phẩm thừa mỗi tháng", 2_100_000, 800_000, "đồng", 15_600_000),
        ),
    ),
    Use(
        "kitchen", "L3C", "Muốn công khai tài chính hằng ngày tại ba nhà ăn.", "Sửa danh mục món theo vùng.",
        "Hai nhà ăn làm tốt, nhà ăn thứ ba còn thiếu máy in.",
    ),
    Use(
        "kitchen", "NMN", "Nhà ăn ca cần báo suất trước giờ nghỉ.", "Tách riêng phần suất ăn ca đêm.",
        "Hết cảnh thiếu suất ca đêm, thức ăn bỏ đi giảm.",
        (("money", "Thức ăn bỏ đi mỗi tháng", 3_400_000, 1_900_000, "đồng", 18_000_000),),
    ),
    Use(
        "kitchen", "TT", "Học viên đông, báo suất qua điện thoại hay nhầm.", "Dùng nguyên mẫu, góp ý sau một tháng.",
        "Lớp trưởng báo suất trên bảng chung, nhầm lẫn gần như không còn.",
    ),
    Use(
        "kitchen", "SM", "Bếp cơ quan sư đoàn thống nhất mẫu với các đơn vị.", "Báo trước khi đổi mẫu báo cáo.",
        "Số liệu các bếp ghép được với nhau trong một buổi.",
    ),
    Use(
        "keyboard", "T1A", "Kho của trung đoàn cũng treo chìa chung trong ngăn kéo.", "Gửi kèm bản vẽ bảng gỗ.",
        "Từ khi treo bảng chưa phải phá khóa lần nào.",
    ),
    Use(
        "terms", "T1A", "Dùng cho lớp tập huấn tiểu đội trưởng.", "Được đổi nội dung thẻ theo bài.",
        "Lớp tập huấn sôi nổi, điểm kiểm tra cuối khóa khá hơn khóa trước.",
        (("training_quality", "Điểm kiểm tra cuối khóa", 7, 8, "điểm", None),),
    ),
)  # fmt: skip
#: Begun half a year before the load: its first report has just fallen due.
HALF_A_YEAR = Use(
    "quiz", "T2B", "Trung đoàn kiểm tra nhận thức mỗi quý bằng giấy, muốn bỏ khâu chấm tay.", "Cử tác giả hướng dẫn một buổi."
)
#: Taken over from the newest round, and from the year before by a unit that came late.
LATE_USES = (
    Use("mudmat", "T2B", "Đường trước cổng trung đoàn lầy sau mỗi chuyến xe.", "Mời tổ công binh sang xem cách đặt gân thép."),
    Use("medbox", "L3C", "Y tá các phân đội hay vắng, cần tủ thuốc dễ dùng.", "Bác sĩ đơn vị duyệt lại thẻ hướng dẫn."),
    Use("clips", "T2B", "Tập huấn phân đội ở xa, không có mạng.", "Chỉ dùng nội bộ, không sửa phim."),
)
