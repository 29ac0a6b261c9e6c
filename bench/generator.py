"""A register as a unit would bring it: generated Vietnamese proposals, the same for the same number of rows.

Everything is invented and neutral: no equipment, no strengths, no places.  Titles and texts are put together from phrases, so that
words are spread like in real registers: a few in nearly every text, many in a few, some in one only; lengths vary by a factor of ten.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence

SEED = 20261123
COLUMNS = (
    "title", "description", "field", "solution_type", "unit", "authors", "year", "level", "grade", "decision_number",
    "decision_date", "status", "benefit", "tags", "external_id",
)  # fmt: skip

VERBS = (
    "Cải tiến", "Chế tạo", "Thiết kế", "Ứng dụng", "Xây dựng", "Sắp xếp lại", "Chuẩn hóa", "Số hóa", "Rút gọn", "Phục hồi", "Tận dụng",
    "Lắp đặt", "Hoàn thiện", "Biên soạn", "Đổi mới", "Tự động hóa", "Kết hợp", "Bổ sung", "Thay thế", "Gia công",
)  # fmt: skip
THINGS = (
    "giá để dụng cụ", "bảng kiểm tra ca trực", "sổ theo dõi vật tư", "bộ câu hỏi trắc nghiệm", "mô hình cắt bổ động cơ", "khay úp bát",
    "tủ sấy quần áo", "hệ thống tưới nhỏ giọt", "xe đẩy hàng", "máy rửa chi tiết", "bàn thao tác sửa chữa", "phao nổi cho máy bơm",
    "giá phơi giày", "bảng điện tử thông báo", "phần mềm chấm công nội bộ", "biểu mẫu báo cáo tuần", "thư viện bài giảng", "bộ gá hàn",
    "đèn chiếu sáng tiết kiệm điện", "bể lọc nước sinh hoạt", "lò đốt rác", "nhà để xe có mái che", "tủ thuốc dã ngoại", "cáng cứu thương",
    "thiết bị nạp ắc quy", "hộp nối dây điện", "bình chữa cháy treo", "cầu thang gấp", "thùng phân loại rác", "bếp đun tiết kiệm củi",
    "máy thái rau", "nồi nấu cháo", "chuồng nuôi lợn", "vườn ươm cây giống", "giàn trồng rau", "bể nuôi cá", "kho lạnh nhỏ",
    "sơ đồ thoát nạn", "nội quy phòng học", "bảng tra quy định", "mẫu kế hoạch tháng", "bộ tranh cổ động", "loa truyền thanh nội bộ",
    "phòng đọc cơ động", "tủ sách chi đoàn", "sân tập thể lực", "xà đơn tháo lắp", "bia tập ngắm bằng gỗ", "thước đo khoảng cách",
    "bảng quy đổi đơn vị", "đồ gá khoan", "máy cắt tôn", "khuôn đúc bê tông", "giàn giáo nhẹ", "bàn ủi công nghiệp", "máy giặt cũ",
    "bộ lọc dầu", "van khóa nước", "ống dẫn hơi", "quạt thông gió", "cửa chống muỗi", "màn chắn bụi", "phích nước tập thể",
    "bộ dụng cụ tháo lốp", "kích nâng xe", "bơm mỡ cầm tay", "giá treo lốp dự phòng", "bàn xoay sơn", "tủ khóa thông minh",
)  # fmt: skip
WAYS = (
    "bằng vật liệu sẵn có", "dùng chung cho các tổ", "tháo lắp nhanh", "không dùng điện", "chạy bằng năng lượng mặt trời",
    "có mã vạch nhận biết", "theo phương pháp năm S", "trên máy tính không nối mạng", "bằng bảng tính có sẵn", "từ phế liệu thu hồi",
    "có ngăn chia theo chủng loại", "điều khiển từ xa", "gấp gọn khi không sử dụng", "dễ làm dễ sửa", "phù hợp nhà cấp bốn",
    "chống ẩm mốc", "hai tầng", "có bánh xe", "kết hợp kiểm tra chéo", "một người thao tác", "an toàn cho người dùng",
)  # fmt: skip
AIMS = (
    "phục vụ huấn luyện", "phục vụ sinh hoạt tập trung", "bảo đảm bữa ăn", "giảm thời gian chuẩn bị", "tiết kiệm điện nước",
    "nâng cao chất lượng giáo dục chính trị", "quản lý vật tư chặt chẽ", "phòng chống cháy nổ", "bảo vệ môi trường", "rèn luyện thể lực",
    "chăm sóc sức khỏe", "tăng gia sản xuất", "rút ngắn thời gian báo cáo", "giữ gìn trật tự nội vụ", "bảo quản dụng cụ",
    "hướng dẫn chiến sĩ mới", "kiểm soát khách ra vào", "tra cứu văn bản nhanh", "giảm sai sót số liệu", "kéo dài tuổi thọ thiết bị",
)  # fmt: skip
PLACES = (
    "tại xưởng sửa chữa", "ở bếp ăn tập thể", "trong phòng học chuyên dùng", "tại kho vật tư", "ở trạm y tế", "trong khu tăng gia",
    "tại bãi tập", "ở phòng trực ban", "trong thư viện", "tại trạm xe", "ở nhà văn hóa", "trong khu nhà ở", "tại trạm bơm",
    "ở trường dạy nghề", "trong tổ may mặc", "tại cửa khẩu kho", "ở đội văn nghệ", "trong ban tài chính", "tại vườn ươm", "ở tổ mộc",
)  # fmt: skip
TROUBLES = (
    "phải ghi chép bằng tay vào {n} quyển sổ, hay nhầm và khó tổng hợp", "mất khoảng {n} phút mỗi ca cho việc tìm và sắp xếp",
    "dụng cụ để lẫn, mỗi tháng thất lạc {n} món", "cần {n} người làm trong cả buổi mà vẫn không kịp", "tốn thêm {n} lít nhiên liệu mỗi tuần",
    "thiết bị cũ hay hỏng, có tháng phải dừng {n} ngày", "đường ống đóng cặn, lượng nước giảm {n} phần trăm", "người mới rất khó làm theo",
    "hơi nóng và khói bay ngược vào chỗ người làm việc", "tiếng ồn lớn, khó trao đổi khi thao tác", "ánh sáng yếu, dễ sai vạch dấu",
    "số liệu các bộ phận gửi về không khớp nhau", "hồ sơ lưu nhiều nơi, khi cần phải hỏi {n} đồng chí", "mùa mưa ẩm mốc nhanh",
    "phải khiêng vác nặng, dễ đau lưng", "không có chỗ để riêng nên thường bị va quệt", "mỗi nơi một mẫu, khi bàn giao phải làm lại",
    "học viên ít được thực hành vì chỉ có {n} bộ mẫu", "khi mất điện thì toàn bộ công việc phải dừng", "rác hữu cơ và rác khô đổ lẫn",
)  # fmt: skip
DEEDS = (
    "dùng thép hộp hàn khung, sơn chống gỉ và lắp {n} ngăn", "kẻ lại biểu mẫu thành {n} cột, có ô đánh dấu", "dán nhãn màu cho từng nhóm",
    "lập bảng tính có công thức kiểm tra chéo", "lắp thêm một van xả cặn ở điểm thấp nhất", "thay trục cũ bằng ổ bi tận dụng",
    "đặt cảm biến mức nước và rơ le ngắt", "quay {n} đoạn phim ngắn hướng dẫn từng bước", "chia việc theo {n} bước, mỗi bước một người chịu trách nhiệm",
    "bố trí lại mặt bằng theo đường đi một chiều", "làm khuôn gá giữ chi tiết khi khoan", "lợp mái tôn và làm rãnh thoát nước",
    "ghép tấm pin nhỏ với ắc quy cũ", "in mã vạch lên thẻ nhôm", "đóng tủ gỗ có khóa và thẻ mượn trả", "trồng xen {n} loại rau ngắn ngày",
    "lắp quạt hút ở độ cao hợp lý", "soạn {n} câu hỏi kèm đáp án và lời giải thích", "làm tay quay để không phải dùng điện",
    "treo bảng hướng dẫn ngay tại chỗ làm", "bọc cách nhiệt bằng bông thủy tinh", "lập danh mục thay thế và chu kỳ bảo dưỡng",
)  # fmt: skip
PROOFS = (
    "sau {n} tháng áp dụng chưa xảy ra hỏng hóc", "đã có {n} tổ làm theo", "thời gian giảm còn {n} phút", "chi phí chỉ {n} trăm nghìn đồng",
    "mỗi quý tiết kiệm {n} công", "số lần nhầm giảm rõ rệt", "cán bộ và chiến sĩ đều đồng tình", "bảo quản đơn giản, lau dầu mỗi tuần",
    "vật liệu mua được ở cửa hàng thông thường", "người mới chỉ cần {n} buổi là thành thạo", "không phát sinh thêm biên chế",
    "kết quả kiểm tra định kỳ đều đạt yêu cầu", "điểm thi trung bình tăng {n} phần trăm", "lượng rau xanh tự túc tăng thêm {n} tạ",
)  # fmt: skip
LINKS = ("Trước đây, ", "Thực tế cho thấy ", "Qua kiểm tra, ", "Để khắc phục, ", "Nhóm tác giả đã ", "Cụ thể, ", "Bên cạnh đó, ", "Nhờ vậy, ", "Đến nay ", "")  # fmt: skip
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Mai", "Tô", "Hà", "Cao", "Lương")  # fmt: skip
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Quang", "Xuân", "Hữu", "Ngọc", "Thanh", "Quốc", "Tiến", "Thu", "Hồng", "Duy", "Bá")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hùng", "Khánh", "Lâm", "Linh", "Lộc", "Mạnh", "Nam", "Nghĩa", "Oanh", "Phong", "Phúc", "Quyên", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Uyên", "Vinh", "Yến", "Đông")  # fmt: skip
RANKS = ("Trung úy", "Thượng úy", "Đại úy", "Thiếu tá", "Trung tá", "Thượng úy QNCN", "Đại úy QNCN", "Đ/c", "Hạ sĩ", "")
FIELDS = (
    "huấn luyện", "sẵn sàng chiến đấu", "bảo đảm kỹ thuật", "bảo đảm hậu cần", "quản lý, cải cách hành chính", "chuyển đổi số",
    "công tác đảng, công tác chính trị", "an toàn", "khác",
)  # fmt: skip
TYPES = ("technical", "management", "operational", "applied_progress")
UNITS = ("T1A", "T2B", "L3C", "TT", "NMN", "D5", "D6", "D7", "XSC", "SM")
LEVELS = ("base", "base", "base", "base", "division", "division", "branch")
STATUSES = ("recognised",) * 17 + ("not_recognised", "rejected", "withdrawn")


def register(rows: int, *, first: int = 0, seed: int = SEED) -> io.BytesIO:
    """A register file in CSV with ``rows`` lines; their external ids count from ``first``."""
    chance = random.Random(seed + first)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(chance, number) for number in range(first, first + rows))
    return io.BytesIO(out.getvalue().encode())


def texts(count: int, *, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Titles and descriptions only."""
    chance = random.Random(seed)
    return ((_title(chance, number), " ".join(_sentences(chance))) for number in range(count))


def _row(chance: random.Random, number: int) -> Sequence[object]:
    year, unit = chance.randint(2012, 2025), chance.choice(UNITS)
    status = chance.choice(STATUSES)
    batch = chance.randint(1, 3)  # decisions name many proposals
    return (
        _title(chance, number), " ".join(_sentences(chance)), chance.choice(FIELDS), "; ".join(chance.sample(TYPES, chance.choice((1, 1, 2)))),
        unit, _authors(chance), year, chance.choice(LEVELS) if status == "recognised" else "",
        chance.choice("AABBBCCCCC") if status == "recognised" else "",
        f"{batch}{year % 100}/QĐ-{unit}" if status in ("recognised", "not_recognised") else "",
        f"{year % 28 + 1:02}/{5 * batch % 12 + 1:02}/{year}" if status in ("recognised", "not_recognised") else "",
        status, _filled(chance, chance.choice(PROOFS)).capitalize() + ".", "; ".join(chance.sample(THINGS, chance.randint(0, 3))), f"BM-{number:06}",
    )  # fmt: skip


def _title(chance: random.Random, number: int) -> str:
    parts = [chance.choice(VERBS), chance.choice(THINGS)]
    parts += [chance.choice(each) for each in (WAYS, AIMS, PLACES) if chance.random() < 0.6]
    return f"{' '.join(parts)} {number % 37 + 1 if chance.random() < 0.1 else ''}".strip()


def _sentences(chance: random.Random) -> Iterator[str]:
    """From three sentences to some thirty: most texts are short, a few are long."""
    for _ in range(max(1, min(10, round(chance.lognormvariate(1.2, 0.6))))):
        for phrases in (TROUBLES, DEEDS, PROOFS):
            thing, place = chance.choice(THINGS), chance.choice(PLACES)
            said = f"{chance.choice(LINKS)}{_filled(chance, chance.choice(phrases))} {place}, {chance.choice(WAYS)}, đối với {thing}."
            yield said[0].upper() + said[1:]


def _filled(chance: random.Random, phrase: str) -> str:
    return phrase.format(n=chance.randint(2, 95))


def _authors(chance: random.Random) -> str:
    count = chance.choice((1, 1, 1, 2, 2, 3))
    shares = {1: ("100%",), 2: ("60%", "40%"), 3: ("50%", "30%", "20%")}[count]
    return "; ".join(
        f"{chance.choice(RANKS)} {chance.choice(SURNAMES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)} {share}".strip()
        for share in shares
    )
