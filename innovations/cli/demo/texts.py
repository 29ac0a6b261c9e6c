"""Texts of the demo's named proposals: invented, plausible, without quantities of equipment, positions or performance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """What an author writes.  ``lines``: kind, label, before, after, unit of measure."""

    title: str
    field: str
    types: tuple[str, ...]
    situation: str
    content: str
    steps: str
    novelty: str
    benefit: str
    lines: tuple[tuple[str, str, str, str, str], ...] = ()
    conditions: str = "Tự làm được tại đơn vị với dụng cụ sẵn có; một người hướng dẫn trong nửa ngày là dùng được."


NAMED = {
    "quiz": Text(
        "Phần mềm trắc nghiệm kiến thức chính trị chạy ngoại tuyến trên máy tính cũ",
        "political",
        ("technical", "operational"),
        "Mỗi quý đơn vị kiểm tra nhận thức chính trị bằng giấy. Cán bộ đại đội mất hai buổi để in đề, coi thi, chấm bài và vào sổ; "
        "đề dùng lại nhiều lần nên chiến sĩ nhớ đáp án, còn câu trả lời sai không được giải thích ngay. Phòng Hồ Chí Minh có máy tính "
        "cũ nhưng không nối mạng nên không dùng được các trang kiểm tra trực tuyến.",
        "Nhóm tác giả xây dựng một chương trình chạy trực tiếp từ thư mục dùng chung, không cần cài đặt và không cần mạng. Ngân hàng câu "
        "hỏi chia theo chuyên đề, mỗi lượt làm bài chương trình rút ngẫu nhiên số câu theo tỷ lệ dễ, trung bình, khó do cán bộ chính trị "
        "đặt trước. Chiến sĩ trả lời xong thấy ngay câu đúng, câu sai và đoạn tài liệu cần đọc lại. Kết quả lưu thành tệp theo đại đội, "
        "tự tổng hợp thành bảng xếp loại và danh sách nội dung nhiều người còn nhầm để bổ sung vào buổi sinh hoạt kế tiếp. Giao diện dùng "
        "chữ to, thao tác bằng phím số, chiến sĩ mới nhập ngũ làm quen sau vài phút.",
        "Nhập câu hỏi từ bảng tính theo mẫu.\nChọn chuyên đề, số câu và thời gian.\nChiến sĩ làm bài, xem giải thích.\nIn bảng tổng hợp, "
        "rút kinh nghiệm tại buổi sinh hoạt.",
        "Chạy được trên máy không nối mạng; đề không lặp; giải thích ngay từng câu và chỉ ra nội dung cả đơn vị còn yếu.",
        "Cán bộ không phải in đề và chấm tay, chiến sĩ hứng thú hơn vì biết kết quả ngay và được làm lại nhiều lần.",
        (
            ("time", "Thời gian tổ chức một đợt kiểm tra", "480", "60", "phút"),
            ("manpower", "Số cán bộ coi và chấm", "4", "1", "người"),
            ("money", "Giấy và mực in mỗi năm", "1800000", "100000", "đồng"),
        ),
    ),
    "targets": Text(
        "Bộ bia tập điều khiển không dây dùng cho huấn luyện bắn ban đầu",
        "training",
        ("technical",),
        "Bia tập nâng hạ bằng dây kéo nên mỗi bãi tập phải bố trí người phục vụ sau ụ, chỉ huy bãi ra hiệu bằng cờ. Thời gian chờ giữa hai "
        "lần bia hiện dài, nhịp tập không đều, người kéo dây mệt và hay nhầm thứ tự.",
        "Bia được gắn cơ cấu nâng hạ bằng mô tơ gạt mưa cũ, điều khiển từ một hộp cầm tay qua sóng cự ly ngắn loại dân dụng dùng trong bãi "
        "tập. Hộp có các nút chọn từng bia, nút nâng tất cả và chế độ tự chạy theo thứ tự đặt trước. Khung bia hàn từ thép hộp tận dụng, "
        "chân xếp gọn để mang vác. Ắc quy nhỏ sạc ban ngày, dùng trọn buổi tập; khi hết điện có thể kéo dây như cũ nên buổi tập không bị "
        "gián đoạn. Tổ chế tạo viết kèm sổ tay bảo dưỡng hai trang và bảng kiểm tra trước giờ tập.",
        "Kiểm tra ắc quy.\nĐặt bia theo sơ đồ bài tập.\nGhép hộp điều khiển với từng bia.\nTập theo chương trình tự chạy hoặc bấm tay.",
        "Một người điều khiển cả bãi, có chế độ tự chạy và vẫn dùng được khi mất điện.",
        "Nhịp tập đều, người phục vụ trở lại hàng tập, chiến sĩ được tập nhiều lượt hơn trong cùng thời gian.",
        (("manpower", "Người phục vụ một bãi tập", "6", "1", "người"), ("time", "Chờ giữa hai lượt", "90", "20", "giây")),
    ),
    "washer": Text(
        "Bể rửa chi tiết tuần hoàn có lọc cặn cho xưởng sửa chữa nhỏ",
        "technical",
        ("technical",),
        "Xưởng rửa chi tiết bằng khay hở: dung dịch bẩn rất nhanh, đổ đi từng ngày, mùi nồng và nền trơn trượt. Thợ phải cúi lâu, tay tiếp "
        "xúc nhiều với dung dịch nên hay bị khô da.",
        "Bể rửa làm từ thùng tôn cũ hai ngăn. Ngăn trên là sàn lưới đặt chi tiết, ngăn dưới lắng cặn; bơm bể cá loại chịu dầu đẩy dung dịch "
        "qua lõi lọc vải nhiều lớp rồi lên vòi mềm. Nắp đậy có bản lề lò xo giữ mùi và tự đóng khi có lửa nhờ chốt chì nóng chảy. Chiều cao "
        "bể vừa tầm đứng, phía trước có khe luồn tay với găng dài. Cặn được gom vào hộp rút để xử lý đúng nơi quy định, dung dịch dùng lại "
        "nhiều tuần. Toàn bộ đấu điện qua cầu dao chống giật và có biển chỉ dẫn.",
        "Làm thùng hai ngăn.\nLắp bơm và lõi lọc.\nThử kín, thử chống giật.\nHướng dẫn thợ và treo bảng kiểm tra tuần.",
        "Tuần hoàn có lọc, đứng làm việc, nắp tự đóng; các xưởng trước đây chỉ dùng khay hở.",
        "Giảm lượng dung dịch thải, xưởng sạch, thợ đỡ đau lưng và ít bị khô da tay.",
        (("material", "Dung dịch rửa mỗi tháng", "60", "15", "lít"), ("time", "Rửa một bộ chi tiết", "45", "20", "phút")),
    ),
    "kitchen": Text(
        "Sổ điện tử quản lý bếp ăn: quân số, thực đơn, xuất nhập và công khai tài chính",
        "logistics",
        ("management", "applied_progress"),
        "Bếp ăn ghi bảy loại sổ tay. Quân số báo ăn qua điện thoại hay nhầm, thực đơn tính tiền bằng máy tính cầm tay, cuối tháng quản lý "
        "bếp thức khuya để khớp sổ, công khai tài chính thường chậm.",
        "Tác giả dựng một bảng tính có khóa công thức, mỗi đại đội một trang báo quân số trước giờ quy định, bếp thấy ngay tổng số suất và "
        "suất ăn kiêng. Thực đơn chọn từ danh mục món có định lượng sẵn; bảng tự tính tiền, so với tiêu chuẩn và báo đỏ khi vượt. Phiếu nhập, "
        "phiếu xuất sinh ra từ thực đơn, sổ kho tự trừ. Cuối ngày in một trang công khai treo cửa nhà ăn, cuối tháng in trọn bộ báo cáo theo "
        "mẫu. Số liệu lưu trên máy của ban hậu cần, sao lưu hằng ngày ra ổ cứng.",
        "Nhập danh mục món và giá.\nĐại đội báo quân số.\nChọn thực đơn, in phiếu.\nIn trang công khai và báo cáo tháng.",
        "Một lần nhập dùng cho cả bảy loại sổ; công khai hằng ngày thay vì hằng tháng.",
        "Quản lý bếp bớt làm đêm, chiến sĩ xem được khẩu phần và tiền ăn mỗi ngày, không còn chênh sổ cuối tháng.",
        (
            ("time", "Làm sổ mỗi ngày", "120", "25", "phút"),
            ("other", "Chênh lệch sổ mỗi tháng", "5", "0", "lần"),
            ("money", "Thực phẩm thừa mỗi năm", "24000000", "9000000", "đồng"),
        ),
    ),
    "shoes": Text(
        "Bảng đo cỡ giày và danh sách cỡ trước ngày cấp phát quân trang",
        "logistics",
        ("operational",),
        "Ngày cấp phát, nhiều chiến sĩ mới nhận giày không vừa, phải đổi đi đổi lại trong một tuần; kho bị xáo trộn, có đồng chí tập những "
        "ngày đầu với giày chật và phồng chân.",
        "Nhóm làm một bảng đo gỗ có hai thước trượt đo chiều dài và bề ngang bàn chân, mặt bảng in sẵn cỡ tương ứng. Trước ngày cấp phát một "
        "tuần, quân y và quản lý quân nhu đo theo tiểu đội, ghi cỡ vào danh sách; bảng tính cộng số lượng từng cỡ để kho soạn trước theo "
        "trung đội. Người có bàn chân dài ngắn khác nhau được ghi chú để thử riêng. Danh sách được giữ lại cho các đợt cấp sau, chỉ đo lại "
        "người thay đổi.",
        "Làm bảng đo.\nĐo theo tiểu đội, ghi danh sách.\nCộng cỡ, soạn theo trung đội.\nCấp phát và ghi nhận trường hợp phải đổi.",
        "Đo trước và soạn sẵn theo trung đội, trước đây cấp rồi mới đổi.",
        "Cấp phát xong trong một buổi, hầu như không phải đổi, không còn chiến sĩ phồng chân vì giày chật.",
        (("time", "Thời gian cấp phát", "5", "1", "ngày"), ("other", "Số đôi phải đổi", "60", "4", "đôi")),
    ),
    "gate": Text(
        "Sổ điện tử theo dõi xe ra vào cổng doanh trại",
        "administration",
        ("management",),
        "Cổng gác ghi sổ tay biển số, người đi, giờ ra vào. Khi cần tra một chuyến xe phải lật nhiều trang, chữ viết vội khó đọc, ca sau "
        "không biết xe nào chưa về.",
        "Nhóm làm một bảng theo dõi trên máy tính gác cổng không nối mạng. Trực ban chọn xe từ danh mục đã đăng ký, chọn nhiệm vụ theo lệnh, "
        "bấm ra hoặc vào; giờ tự ghi. Màn hình luôn có danh sách xe đang ở ngoài, tô vàng khi quá giờ ghi trong lệnh. Cuối ngày in một trang "
        "ký xác nhận thay cho sổ, cuối tuần tổng hợp theo đơn vị. Danh mục do ban xe máy cập nhật, gác cổng không sửa được.",
        "Lập danh mục xe.\nTrực ban bấm ra, vào.\nGiao ca theo danh sách xe chưa về.\nIn trang cuối ngày, ký và lưu.",
        "Ca sau thấy ngay xe chưa về; tra cứu trong vài giây thay vì lật sổ.",
        "Giao ca nhanh, tra cứu chính xác, sổ sách sạch sẽ.",
        (("time", "Tra một chuyến xe", "15", "1", "phút"),),
    ),
    "bandage": Text(
        "Dụng cụ cuộn băng cứu thương quay tay",
        "logistics",
        ("technical",),
        "Sau mỗi buổi luyện tập cứu thương, tổ quân y phải cuộn lại hàng trăm cuộn băng bằng tay. Băng cuộn lỏng, mép không đều, lần sau mở "
        "ra khó băng; chiến sĩ ngồi cuộn đến tối.",
        "Dụng cụ gồm trục quay có khe kẹp đầu băng, hai má gỗ giữ mép thẳng, con lăn tì bằng ống nhựa tạo độ căng đều và tay quay lấy từ xe "
        "đạp cũ. Người dùng luồn băng qua con lăn, kẹp đầu vào khe, quay chừng mười vòng rồi rút cuộn băng ra nhờ trục hơi côn. Đế có kẹp "
        "bàn, tháo rời được để giặt. Má gỗ trượt được theo ba khổ băng thường dùng.",
        "Luồn băng qua con lăn.\nKẹp đầu, quay tay.\nRút cuộn, dán mép.\nLau khô và cất.",
        "Có con lăn tạo căng và má giữ mép, chỉnh được ba khổ băng.",
        "Cuộn băng chặt, đều, nhanh gấp nhiều lần; chiến sĩ nghỉ sớm.",
        (("time", "Cuộn 100 cuộn băng", "150", "35", "phút"),),
    ),
    "field-kitchen": Text(
        "Bài giảng ba chiều về bếp dã chiến dùng trong huấn luyện nuôi quân",
        "training",
        ("applied_progress",),
        "Dạy cấu tạo bếp dã chiến bằng tranh treo tường, chiến sĩ khó hình dung rãnh thoát khói và thứ tự đào. Ra thao trường phải làm đi làm "
        "lại, tốn công, nhiều tổ đào sai hướng.",
        "Tác giả dựng mô hình ba chiều của bếp trên phần mềm miễn phí, xuất thành bài giảng chạy ngoại tuyến. Giáo viên xoay, cắt lớp, bật tắt "
        "từng bộ phận và cho khói chạy theo hướng gió giả định để thấy vì sao phải nối dài rãnh. Mỗi bước đào có một cảnh với lời nhắc lỗi "
        "thường gặp. Cuối bài có năm câu hỏi kéo thả thứ tự công việc. Bài giảng dùng chung cho máy chiếu và máy tính bảng cũ.",
        "Giới thiệu mô hình.\nHọc từng bước theo cảnh.\nLàm câu hỏi thứ tự.\nRa thao trường đào theo tổ.",
        "Cho thấy đường đi của khói theo hướng gió, tranh treo tường không làm được.",
        "Tổ nào cũng đào đúng ngay lần đầu, tiết kiệm buổi tập lại.",
        (("training_quality", "Tổ đào đúng ngay lần đầu", "40", "85", "phần trăm"),),
    ),
    "battery": Text(
        "Tủ sạc và kiểm tra ắc quy dùng chung cho các phân đội",
        "technical",
        ("technical", "management"),
        "Mỗi phân đội tự sạc ắc quy ở một góc kho, dây nối tạm, không ai biết bình nào đã sạc, bình nào hỏng. Có bình để quên cạn kiệt phải "
        "bỏ, nơi sạc nóng và thiếu thông gió.",
        "Tủ có tám ngăn thoáng, mỗi ngăn một bộ sạc tự ngắt, đồng hồ đo và thẻ ghi tình trạng. Bình vào tủ được đo, dán nhãn màu theo tình "
        "trạng, ghi vào bảng theo dõi trên cửa tủ; bình lâu ngày chưa sạc được nhắc theo lịch tuần. Quạt hút chạy khi tủ hoạt động, cầu chì "
        "riêng từng ngăn, cửa có khóa và bảng quy định an toàn. Nhân viên kho phụ trách chung, phân đội ký nhận khi lấy.",
        "Đo, dán nhãn bình.\nSạc theo ngăn.\nGhi bảng theo dõi.\nPhân đội ký nhận.",
        "Gom về một nơi có đo kiểm, có lịch nhắc, an toàn điện và thông gió.",
        "Bình bền hơn, không còn bình cạn vì để quên, kho gọn và an toàn.",
        (("other", "Bình hỏng mỗi năm", "14", "4", "bình"), ("safety", "Điểm sạc tạm trong kho", "6", "0", "điểm")),
    ),
    "weekly": Text(
        "Mẫu báo cáo tuần điền sẵn cho cơ quan tiểu đoàn",
        "administration",
        ("management",),
        "Báo cáo tuần mỗi người trình bày một kiểu, tiểu đoàn mất buổi sáng thứ sáu để ghép và sửa chữ, số liệu các đại đội cộng lại hay "
        "lệch nhau.",
        "Tác giả lập một mẫu có các ô điền sẵn tên đơn vị, tuần, danh mục nội dung và công thức cộng. Đại đội chỉ gõ số và vài dòng nhận "
        "xét; bảng của tiểu đoàn tự lấy số từ các tệp đại đội trong thư mục chung, báo ô nào còn thiếu. Phần nhận xét có gợi ý câu ngắn để "
        "viết thống nhất. Cuối cùng in ra đúng thể thức văn bản.",
        "Đại đội điền mẫu.\nĐặt vào thư mục chung.\nTiểu đoàn mở bảng tổng hợp.\nSoát, in, ký.",
        "Tự ghép số liệu và báo ô thiếu.",
        "Ghép báo cáo nhanh, số liệu thống nhất.",
        (("time", "Ghép báo cáo mỗi tuần", "180", "40", "phút"),),
    ),
    "policy": Text(
        "Tra cứu chế độ, chính sách ngoại tuyến cho quân nhân và thân nhân",
        "political",
        ("applied_progress",),
        "Quân nhân hỏi chế độ nghỉ phép, phụ cấp, bảo hiểm phải chờ trợ lý chính sách tìm trong nhiều tập công văn. Câu trả lời mỗi nơi một "
        "khác, người ở xa đơn vị phải gọi điện nhiều lần.",
        "Nhóm tập hợp các văn bản công khai còn hiệu lực thành một bộ tra cứu chạy ngoại tuyến, xếp theo tình huống thường gặp: nghỉ phép, "
        "ốm đau, sinh con, xuất ngũ, thân nhân khó khăn. Mỗi tình huống có câu trả lời ngắn, điều kiện, giấy tờ cần nộp, nơi nộp và trích "
        "dẫn văn bản. Ô tìm nhận chữ có dấu hoặc không dấu. Trợ lý chính sách cập nhật mỗi quý, mỗi trang ghi ngày rà soát gần nhất.",
        "Gom văn bản công khai.\nViết câu trả lời theo tình huống.\nThử với ba đại đội.\nCập nhật mỗi quý.",
        "Xếp theo tình huống đời sống thay vì theo số công văn.",
        "Trả lời thống nhất, nhanh, quân nhân tự tra được ở phòng Hồ Chí Minh.",
        (("time", "Trả lời một câu hỏi", "60", "5", "phút"),),
    ),
    "rack": Text(
        "Giá đỡ và xe nâng tay để tháo lắp cụm chi tiết nặng",
        "technical",
        ("technical",),
        "Tháo cụm chi tiết nặng phải bốn người khiêng, tư thế cúi, dễ kẹt tay và rơi vỡ. Xưởng chỉ có một cầu trục ở xa, chờ lâu.",
        "Giá đỡ gồm khung chữ U trên bốn bánh xe có khóa, con đội vít nâng bàn đỡ và các má kẹp thay được theo từng loại chi tiết. Hai người "
        "đẩy giá vào đúng vị trí, nâng bàn sát chi tiết, siết má kẹp rồi tháo bu lông; chi tiết nằm trên giá được đẩy thẳng tới bàn sửa, không "
        "phải nhấc tay không. Có chốt an toàn chống tụt và bảng tải trọng cho phép dán trên khung. Khung làm từ thép tận dụng, xưởng tự hàn "
        "trong ba ngày. Tổ kỹ thuật đã thử tải có biên bản, lập quy trình tháo lắp bằng hình ảnh.",
        "Chọn má kẹp.\nĐẩy giá, khóa bánh.\nNâng, kẹp, tháo.\nĐẩy về bàn sửa.",
        "Má kẹp thay được và chốt chống tụt, một giá dùng cho nhiều loại cụm.",
        "Giảm người khiêng, không còn kẹt tay, không phải chờ cầu trục.",
        (
            ("manpower", "Người tháo một cụm", "4", "2", "người"),
            ("time", "Tháo một cụm", "90", "35", "phút"),
            ("safety", "Vụ kẹt tay mỗi năm", "3", "0", "vụ"),
        ),
    ),
    "drip": Text(
        "Hệ thống tưới nhỏ giọt tự chảy cho vườn tăng gia",
        "logistics",
        ("technical",),
        "Vườn tăng gia tưới bằng thùng và gáo, mùa khô mỗi ngày mất hai giờ của cả tiểu đội. Nước bơm từ giếng không đủ, luống cuối hay héo.",
        "Một bồn cũ đặt trên bục cao, nước bơm vào buổi sáng rồi tự chảy theo ống nhựa khoan lỗ nhỏ có nút chỉnh. Mỗi luống một van, đầu ống "
        "có lưới lọc để không tắc. Đồng hồ cơ hẹn giờ mở van chính hai lần mỗi ngày, không dùng điện. Luống được phủ rơm giữ ẩm. Tổ tăng gia "
        "theo dõi độ ẩm bằng que thử tự làm và điều chỉnh van theo từng loại rau.",
        "Đặt bồn, bục.\nChia ống theo luống.\nChỉnh van, hẹn giờ.\nTheo dõi, vệ sinh lưới lọc hằng tuần.",
        "Tự chảy, hẹn giờ cơ, không tốn điện.",
        "Tiết kiệm công tưới và nước, rau đều.",
        (("time", "Công tưới mỗi ngày", "120", "15", "phút"), ("material", "Nước tưới mỗi ngày", "3000", "1400", "lít")),
    ),
    "qr": Text(
        "Dán mã QR để mượn, trả dụng cụ huấn luyện",
        "training",
        ("management", "applied_progress"),
        "Kho dụng cụ huấn luyện cho mượn bằng sổ. Cuối tuần kiểm kê luôn thiếu vài món, không rõ ai giữ, có món mượn cả tháng chưa trả.",
        "Mỗi dụng cụ dán một mã; máy quét nối với máy tính kho không nối mạng. Người mượn quét thẻ và quét dụng cụ, màn hình hiện hạn trả; khi "
        "trả chỉ cần quét lại. Danh sách quá hạn in ra mỗi sáng thứ hai gửi các đại đội. Kiểm kê bằng cách đi một vòng quét hết các mã, máy "
        "báo ngay món thiếu. Nhãn in trên giấy bền, có mã chữ để gõ khi máy quét hỏng.",
        "Dán mã, lập danh mục.\nQuét khi mượn.\nQuét khi trả.\nIn danh sách quá hạn, kiểm kê tháng.",
        "Biết ngay ai đang giữ, kiểm kê bằng một vòng quét.",
        "Không thất lạc dụng cụ, kiểm kê nhanh.",
        (("time", "Kiểm kê kho", "240", "45", "phút"), ("other", "Dụng cụ thất lạc mỗi năm", "22", "2", "món")),
    ),
    "float": Text(
        "Phao giữ đầu hút máy bơm chữa cháy ở mực nước nông",
        "safety",
        ("technical",),
        "Khi lấy nước ao hồ cạn, đầu hút chìm xuống bùn làm tắc lưới, máy bơm hụt nước, phải cử người giữ ống. Mùa khô việc này gần như lần "
        "nào diễn tập cũng gặp.",
        "Phao làm từ hai can nhựa ghép khung ống nhựa, giữa treo giỏ lưới hai lớp ôm đầu hút. Dây treo chỉnh được chiều sâu để đầu hút luôn "
        "dưới mặt nước một gang tay, cách đáy đủ xa. Vòng ngoài lắp chổi cước gạt rác nổi. Phao nhẹ, một người mang, ném xuống là tự cân "
        "bằng. Dây kéo có phao màu để thấy từ bờ. Tổ chữa cháy thử ở ba điểm lấy nước, ghi lại thời gian bơm liên tục trước và sau khi dùng.",
        "Lắp đầu hút vào giỏ.\nChỉnh dây theo mực nước.\nThả phao.\nThu và rửa lưới sau khi dùng.",
        "Giữ đầu hút luôn ở lớp nước giữa, không cần người giữ ống.",
        "Bơm liên tục, không tắc, bớt một người giữ ống.",
        (("other", "Lần tắc mỗi buổi diễn tập", "4", "0", "lần"),),
    ),
    "drill": Text(
        "Phần mềm trắc nghiệm điều lệnh đội ngũ chạy ngoại tuyến",
        "training",
        ("technical", "operational"),
        "Ôn điều lệnh bằng cách đọc chép, chiến sĩ nhớ máy móc. Kiểm tra giấy mất thời gian in và chấm, kết quả đến chậm nên không sửa được "
        "ngay. Đơn vị có vài máy tính cũ không nối mạng để không.",
        "Dựa trên cách làm trắc nghiệm ngoại tuyến, tác giả xây dựng ngân hàng câu hỏi điều lệnh có hình động minh họa từng động tác. Chương "
        "trình rút câu ngẫu nhiên, chấm ngay và chiếu lại động tác đúng khi trả lời sai. Trung đội trưởng xem bảng những động tác nhiều người "
        "nhầm để luyện trước giờ tập. Chương trình chạy từ thư mục, không cài đặt. Câu hỏi bổ sung bằng bảng tính theo mẫu.",
        "Chọn bài.\nLàm trắc nghiệm.\nXem lại động tác sai.\nLuyện ngoài thao trường.",
        "Có hình động và thống kê động tác sai, tập trung vào điều lệnh.",
        "Ôn tập chủ động, giờ thao trường tập trung sửa đúng lỗi.",
        (("time", "Tổ chức một lần kiểm tra", "240", "40", "phút"),),
    ),
    "marker": Text(
        "Cọc tiêu đánh dấu cự ly tháo lắp nhanh trên bãi tập",
        "training",
        ("technical",),
        "Bãi tập đánh dấu cự ly bằng cọc tre, mỗi mùa mưa lại mục, đo lại mất một buổi. Cọc cắm lệch nên kết quả tập không thống nhất.",
        "Cọc tiêu làm từ ống nhựa sơn hai màu, chân là mũi thép tái chế có lò xo nên va vào không gãy. Trên mặt đất chôn sẵn các ống lót có nắp "
        "đậy ở đúng điểm đo; trước buổi tập chỉ việc mở nắp, cắm cọc, sau buổi tập rút về kho. Mỗi cọc có số và màu theo dải, đọc được từ xa. "
        "Bộ cọc xếp trong một túi đeo. Sơ đồ điểm chôn được vẽ lại để người sau tìm thấy.",
        "Đo, chôn ống lót.\nCắm cọc theo số.\nTập.\nRút cọc, đậy nắp.",
        "Ống lót cố định nên không phải đo lại; cọc có lò xo không gãy.",
        "Chuẩn bị bãi nhanh, cự ly luôn thống nhất.",
        (("time", "Chuẩn bị bãi tập", "180", "20", "phút"),),
    ),
    "fives": Text(
        "Sắp xếp kho vật tư theo 5S với sơ đồ bóng dụng cụ",
        "technical",
        ("management",),
        "Kho vật tư chật, dụng cụ để lẫn, người mới mất cả buổi tìm một món. Kiểm kê phải bê hết ra sân.",
        "Kho được chia ô theo tần suất dùng; mỗi dụng cụ có hình bóng sơn trên bảng treo nên thiếu món nào thấy ngay. Lối đi kẻ vạch, giá có mã "
        "ô và danh sách dán đầu giá. Mỗi thứ sáu tổ kho chấm điểm năm tiêu chí, ảnh trước sau dán bảng tin. Vật tư lâu không dùng được lập danh "
        "sách đề nghị thu hồi. Người mới được giao một tấm sơ đồ nhỏ và tự tìm năm món trong ngày đầu tiên để làm quen.",
        "Sàng lọc.\nChia ô, sơn bóng.\nDán mã, danh sách.\nChấm điểm hằng tuần.",
        "Hình bóng dụng cụ và chấm điểm hằng tuần.",
        "Tìm nhanh, kho gọn, kiểm kê nhẹ nhàng.",
        (("time", "Tìm một món", "25", "2", "phút"),),
    ),
    "roster": Text(
        "Bảng lập lịch trực công bằng cho cơ quan và phân đội",
        "administration",
        ("management",),
        "Lịch trực lập tay, người trực nhiều ngày nghỉ, người trực ít, hay trùng công tác phải đổi phút cuối. Mỗi tháng trợ lý mất gần một "
        "ngày để xếp và giải thích.",
        "Bảng tính xếp lịch theo điểm: ngày thường một điểm, cuối tuần hai, lễ tết ba. Ai có điểm thấp được xếp trước, bảng tránh các ngày "
        "đã đăng ký công tác, phép và khoảng cách tối thiểu giữa hai ca. Trợ lý có thể kéo đổi, bảng báo ngay ai vượt điểm. Lịch in kèm điểm "
        "cộng dồn từng người nên công khai, ít thắc mắc. Việc đổi ca phải hai bên đồng ý và chỉ huy ký, điểm chuyển theo.",
        "Nhập quân số, ngày vắng.\nXếp tự động.\nChỉnh, duyệt.\nCông khai điểm cuối tháng.",
        "Tính điểm theo loại ngày và công khai điểm cộng dồn.",
        "Xếp lịch nhanh, công bằng, giảm đổi ca phút cuối.",
        (("time", "Lập lịch mỗi tháng", "420", "45", "phút"), ("other", "Lần đổi ca mỗi tháng", "11", "3", "lần")),
    ),
    "dishes": Text(
        "Giá phơi và úp bát tận dụng năng lượng mặt trời cho nhà ăn",
        "logistics",
        ("technical",),
        "Bát rửa xong úp trên bàn ướt, mùa nồm lâu khô và có mùi. Nhà ăn không có tủ sấy.",
        "Giá phơi hai tầng bằng thép hộp sơn, mái tôn trong lấy nắng, hai bên lưới chắn côn trùng. Đáy nghiêng thoát nước, quạt nhỏ chạy pin "
        "mặt trời thổi gió từ dưới lên. Giá có bánh xe, đẩy từ khu rửa ra sân nắng rồi vào nhà ăn nên không phải bê bát nhiều lần. Ngày mưa "
        "dùng quạt điện. Tổ nuôi quân theo dõi thời gian khô và ghi bảng vệ sinh hằng tuần.",
        "Rửa, úp lên giá.\nĐẩy ra sân nắng.\nĐẩy vào nhà ăn.\nVệ sinh giá hằng tuần.",
        "Di động, lấy nắng và có quạt.",
        "Bát khô nhanh, sạch, bớt công bê.",
        (("time", "Thời gian bát khô", "240", "90", "phút"),),
    ),
    "hidden": Text(
        "Bảng nội quy và sơ đồ sinh hoạt của phân đội trên giấy ép bền",
        "administration",
        ("operational",),
        "Nội quy in giấy thường nhanh rách, mỗi phòng treo một bản khác nhau, thay đổi phải in lại nhiều lần.",
        "Nội quy, sơ đồ vệ sinh và lịch sinh hoạt được trình bày trên một tấm giấy ép có khung trượt. Khi có thay đổi chỉ thay ruột, khung giữ "
        "nguyên. Chữ to, hình minh họa do chiến sĩ vẽ. Mỗi phòng có một góc ghi việc trong tuần bằng bút xóa được. Tổ nội vụ kiểm tra mỗi đầu "
        "tháng và thu ý kiến để sửa cho dễ đọc hơn.",
        "Thiết kế.\nIn, ép, đóng khung.\nTreo.\nThay ruột khi có thay đổi.",
        "Khung trượt thay ruột, trước đây in lại toàn bộ.",
        "Bền, thống nhất, tiết kiệm giấy.",
        (("material", "Giấy in mỗi năm", "12", "3", "ram"),),
    ),
}

#: Short ones, put together from three parts each: what, where it hurt, what was done.
SUBJECTS = (
    ("Giá treo dụng cụ vệ sinh có nhãn theo phòng", "safety"), ("Thẻ nhắc bảo quản tuần cho tổ xe", "technical"),
    ("Bảng theo dõi điện nước theo nhà ở", "administration"), ("Mô hình sa bàn gấp gọn cho huấn luyện phân đội", "training"),
    ("Hộp dụng cụ cá nhân của thợ sửa chữa", "technical"), ("Sổ tay hình ảnh kiểm tra an toàn điện", "safety"),
    ("Phiếu góp ý bữa ăn bằng thẻ màu", "logistics"), ("Bàn chia suất ăn có khay giữ nóng", "logistics"),
    ("Lịch luân phiên ắc quy dự trữ", "technical"), ("Bài tập thể lực theo vòng tròn trong nhà", "training"),
    ("Mẫu biên bản bàn giao ca trực một trang", "administration"), ("Tủ thuốc phân đội có ngăn theo triệu chứng", "logistics"),
    ("Khung che mưa xếp gọn cho trạm gác", "safety"), ("Đồng hồ nhắc giờ sinh hoạt tự làm", "readiness"),
    ("Bộ câu hỏi tình huống cho tổ dân vận", "political"), ("Góc đọc sách lưu động bằng thùng gỗ", "political"),
    ("Khuôn cắt đệm cao su tại chỗ", "technical"), ("Bảng màu theo dõi sẵn sàng của tổ trực", "readiness"),
    ("Thang kiểm tra mái nhà có móc an toàn", "safety"), ("Dây căng phơi quần áo tự thu", "logistics"),
)  # fmt: skip
TROUBLES = (
    "Trước đây việc này làm theo thói quen, mỗi người một kiểu, mất thời gian và hay sót; người mới về phải hỏi nhiều lần mới làm được.",
    "Cách cũ dùng sổ tay và vật tạm, nhanh hỏng, mỗi lần cần lại phải tìm, cuối tháng kiểm tra thường thiếu và phải làm lại.",
    "Nhiều lần kiểm tra đã nhắc nhưng chưa có cách làm gọn; anh em phải làm ngoài giờ, kết quả không đều giữa các phân đội.",
)
REMEDIES = (
    "Tác giả đo lại từng bước, bỏ những việc trùng, làm một bộ dụng cụ từ vật liệu tận dụng và dán hướng dẫn bằng hình ngay tại chỗ. Sau hai "
    "tuần thử ở một phân đội, tổ đã sửa hai chi tiết theo góp ý rồi mới làm cho các phân đội khác.",
    "Nhóm thống nhất một mẫu chung, có ô đánh dấu và người chịu trách nhiệm từng phần; dụng cụ được sắp theo thứ tự dùng. Mỗi thứ sáu tổ "
    "trưởng xem lại trong mười phút, ghi điều chưa được lên bảng và sửa ngay trong tuần sau.",
)
