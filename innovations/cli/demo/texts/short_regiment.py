"""Short proposals of the demo from Trung đoàn 1A."""

from innovations.cli.demo.texts.text import Text

REGIMENT = {
    "brooms": Text(
        "Giá treo dụng cụ vệ sinh theo phòng, có khay hứng nước",
        "other",
        ("technical",),
        "Chổi, xô và cây lau của mười hai phòng dựng chung một góc cầu thang, hay lấy nhầm, để ướt bốc mùi.",
        "Giá hàn từ thép góc thừa, mỗi phòng một ô sơn số; móc treo cho cây lau chúc xuống, bên dưới là máng tôn dốc dẫn nước "
        "về rãnh. Ô nào trống, trực ban biết phòng ấy chưa cất.",
        "Hàn giá, sơn số.\nGắn máng.\nBàn giao từng phòng.",
        "Có máng thoát và ô riêng; các dãy nhà khác vẫn để chung.",
        "Cầu thang khô ráo, dụng cụ bền gấp đôi.",
        (("material", "Chổi và cây lau thay mỗi quý", "30", "14", "chiếc"),),
    ),
    "sockets": Text(
        "Thẻ màu kiểm tra ổ cắm, dây điện trong nhà ở của chiến sĩ",
        "safety",
        ("operational",),
        "Ổ cắm lỏng và dây sờn chỉ được phát hiện khi đã cháy xém; thợ điện dò cả doanh trại rồi ghi sổ, tháng sau quên đã thay "
        "chỗ nào.",
        "Mỗi ổ cắm dán một thẻ nhựa ba mặt: xanh là tốt, vàng là theo dõi, đỏ là cấm dùng. Tiểu đội trưởng lật thẻ tối chủ "
        "nhật, thợ chỉ đến chỗ vàng, đỏ rồi ký mặt sau.",
        "Đánh số ổ cắm.\nDán thẻ.\nLật thẻ hằng tuần.\nThợ ký.",
        "Người ở trong phòng tự phát hiện.",
        "Sự cố điện nhỏ gần như hết hẳn.",
        (
            ("safety", "Ổ cắm cháy xém mỗi năm", "9", "1", "vụ"),
            ("time", "Một vòng kiểm tra", "360", "80", "phút"),
        ),
    ),
    "sandbox": Text(
        "Sa bàn gấp gọn bằng vải và xốp cho giảng viên đại đội",
        "training",
        ("technical",),
        "Sa bàn đắp bằng cát mất cả buổi, mưa một trận là trôi; đại đội ở xa thường giảng chay trên bảng.",
        "Nền là tấm vải bạt kẻ ô gập được làm tư, đồi gò cắt từ xốp dán nỉ có khóa dính nên xếp lại thành địa hình khác trong "
        "ít phút. Nhà, cây, cầu làm bằng que gỗ.",
        "Trải nền.\nGắn địa hình theo phiếu.\nGiảng.\nGấp vào túi.",
        "Thay được địa hình, mang vai một người.",
        "Buổi học nào cũng có sa bàn, chiến sĩ tự tay xếp nên nhớ lâu.",
        (
            ("time", "Chuẩn bị một sa bàn", "150", "15", "phút"),
            ("manpower", "Người đắp", "5", "1", "người"),
        ),
    ),
    "bookbox": Text(
        "Thùng sách lưu động luân phiên giữa các trung đội",
        "political",
        ("operational",),
        "Thư viện đặt ở nhà văn hóa, giờ mở cửa trùng giờ tăng gia nên chiến sĩ ít đến; sách mới về nằm trên giá nhiều tháng "
        "chưa ai mở.",
        "Đóng năm thùng gỗ có quai, mỗi thùng bốn mươi cuốn theo một chủ đề, chiều thứ bảy chuyển sang trung đội kế tiếp. Cánh "
        "thùng mở ra thành giá, mặt trong dán tờ để người đọc viết vài dòng cảm nhận cho người sau.",
        "Chọn chủ đề.\nGiao thùng.\nGhi cảm nhận.\nChuyển vòng.",
        "Sách tìm đến người đọc, có lời nhắn truyền tay.",
        "Tối thứ bảy phòng ở có chuyện để nói.",
        (("other", "Lượt mượn mỗi tháng", "35", "190", "lượt"),),
        photo=True,
    ),
    "meters": Text(
        "Bảng tính theo dõi điện nước từng nhà ở, báo rò rỉ sớm",
        "administration",
        ("management",),
        "Hóa đơn điện nước chung cả doanh trại; một ống ngầm nứt suốt hai tháng mới được tìm ra khi tiền nước tăng vọt.",
        "Trực ban từng nhà chụp số đồng hồ lúc năm giờ sáng, nhập vào trang tính dùng chung. Công thức so đêm nay với trung "
        "bình bảy đêm trước, vượt một phần ba thì ô chuyển đỏ; doanh trại cử người xem ngay trong ngày.",
        "Lắp đồng hồ nhánh.\nNhập số.\nXem ô đỏ.\nSửa.",
        "So theo đêm, lúc ít người dùng nhất nên lộ ngay chỗ rò.",
        "Tiền nước giảm, các nhà thi đua tiết kiệm.",
        (("money", "Tiền nước mỗi tháng", "21000000", "15500000", "đồng"),),
    ),
    "gasket": Text(
        "Khuôn dập đệm cao su theo cỡ từ săm lốp cũ",
        "technical",
        ("technical",),
        "Đệm kín nước hay hỏng lặt vặt; gửi mua từng chiếc phải chờ, thợ cắt bằng kéo thì méo, lắp vào vẫn rỉ.",
        "Khuôn gồm các vòng thép mài sắc lồng nhau, chốt định tâm và một đế gỗ cứng; đặt tấm săm lên, gõ búa hai lần là ra đệm "
        "tròn đều cả lỗ trong lẫn vành ngoài. Bảng bên cạnh ghi vòng nào đi với van nào.",
        "Rửa săm.\nChọn cặp vòng.\nDập.\nThử kín.",
        "Một nhát ra cả hai mép, dùng vật liệu bỏ đi.",
        "Không phải chờ mua, vòi nước hết nhỏ giọt.",
        (
            ("money", "Tiền mua đệm mỗi năm", "2600000", "200000", "đồng"),
            ("time", "Làm một chiếc", "12", "1", "phút"),
        ),
    ),
    "handover": Text(
        "Phiếu bàn giao ca trực một trang có ô việc dở dang",
        "readiness",
        ("management",),
        "Ca trước bàn giao bằng miệng lúc vội, việc đang làm dở bị bỏ sót; ca sau chỉ biết khi cấp trên hỏi đến.",
        "Phiếu khổ nửa trang chia ba phần: đã xong, còn dở, cần báo lại. Phần còn dở bắt buộc ghi người liên hệ và giờ hẹn; "
        "người nhận đọc to từng dòng rồi mới ký. Phiếu kẹp liền sau phiếu trước để lần ngược được.",
        "In phiếu.\nGhi trong ca.\nĐọc to.\nKý, kẹp.",
        "Buộc nêu việc chưa xong chứ không chỉ việc tốt.",
        "Mười tuần liền không sót lời dặn nào.",
        (("other", "Việc bị sót mỗi tháng", "7", "0", "việc"),),
    ),
    "medbox": Text(
        "Tủ thuốc đại đội xếp theo triệu chứng, có vạch báo hết",
        "logistics",
        ("operational",),
        "Thuốc xếp theo tên trên hộp, y tá vắng thì tiểu đội trưởng không biết lấy gì; nhiều vỉ quá hạn nằm lẫn.",
        "Tủ chia ngăn theo lời kể đời thường như đau bụng, say nắng, đứt tay; mỗi ngăn kèm thẻ hướng dẫn do bác sĩ soạn, nói rõ "
        "khi nào phải đưa lên bệnh xá. Vỉ mới đặt dưới, vạch đỏ lộ ra là đến lúc xin thêm.",
        "Soạn thẻ.\nXếp ngăn.\nY tá soát mỗi thứ hai.",
        "Người ngoài ngành y cũng lấy đúng.",
        "Bớt thuốc phải hủy, chăm sóc kịp lúc đêm.",
        (("material", "Thuốc quá hạn phải hủy mỗi quý", "18", "3", "vỉ"),),
        photo=True,
    ),
    "ladder": Text(
        "Thang kiểm tra mái có móc gài và bậc trải tải",
        "safety",
        ("technical",),
        "Sau mỗi trận gió phải trèo lên mái xem tôn bong, thang tre hay trượt, tấm lợp mỏng dễ thủng dưới chân.",
        "Đầu thang hàn hai móc bọc cao su ôm qua nóc, chân có đế xoay bám nền. Đoạn nằm trên mái lót ván rộng chia lực ra ba "
        "hàng xà gồ, hai bên là dây tay vịn để móc đai an toàn.",
        "Gài móc.\nThử giật.\nMóc đai.\nĐi theo ván.",
        "Vừa là thang vừa là lối đi, không giẫm trực tiếp lên tôn.",
        "Người kiểm tra yên tâm, mái không thủng thêm.",
        (
            ("safety", "Lần trượt thang mỗi mùa bão", "4", "0", "lần"),
            ("manpower", "Người giữ chân thang", "2", "0", "người"),
        ),
    ),
    "stations": Text(
        "Tập thể lực theo trạm trong hành lang khi trời mưa",
        "training",
        ("operational",),
        "Mưa dầm thì giờ thể lực buổi chiều đành nghỉ; tập tại chỗ trong phòng thì chật và nhàm.",
        "Hành lang vạch tám trạm, mỗi trạm một động tác dùng thân người hoặc bao cát, ba mươi giây tập rồi theo còi dịch sang "
        "trạm kế. Bảng treo tường vẽ tư thế đúng và hai mức nặng nhẹ để người mới không quá sức.",
        "Kẻ vạch.\nChia tổ.\nChạy theo còi.\nGhi mạch sau tập.",
        "Xoay vòng nên một dãy hành lang đủ cho trung đội.",
        "Mùa mưa vẫn giữ được nền thể lực.",
        (("training_quality", "Buổi thể lực bị bỏ mỗi tháng mưa", "9", "1", "buổi"),),
    ),
    "bell": Text(
        "Chuông nhắc giờ sinh hoạt dùng công tắc hẹn giờ",
        "other",
        ("technical",),
        "Trực ban báo giờ bằng còi, hôm bận thì quên, giờ học buổi chiều các lớp vào lệch nhau vài phút.",
        "Chuông điện cũ nối qua công tắc hẹn giờ loại gắn tủ, đặt sẵn mười mốc trong ngày; hộp gỗ che có nút tắt cho ngày nghỉ. "
        "Pin dự phòng giữ mốc khi mất điện, mỗi tháng chỉnh lại theo đài một lần.",
        "Đấu dây.\nĐặt mốc.\nThử một tuần.",
        "Không cần người canh, có chế độ ngày nghỉ.",
        "Vào lớp đúng giờ hơn, trực ban rảnh tay.",
        (("other", "Lần báo giờ lệch mỗi tuần", "6", "1", "lần"),),
    ),
    "clothesline": Text(
        "Dây phơi quần áo tự căng bằng đối trọng",
        "logistics",
        ("technical",),
        "Dây thép sân phơi chùng xuống khi nặng, ống quần quét đất; gió to thì quần áo dồn cục giữa dây, lâu khô.",
        "Một đầu dây luồn qua ròng rọc treo bao cát, nặng thì bao nhấc lên giữ dây thẳng; trên dây xỏ các khuy nhựa cách đều để "
        "móc không trượt. Cuối ngày hạ bao, dây nằm sát cột cho xe cắt cỏ đi qua.",
        "Chôn cột.\nLuồn ròng rọc.\nXỏ khuy.",
        "Tự bù độ chùng, móc không dồn.",
        "Sân phơi gọn, đồ khô đều hơn đôi chút.",
        (("time", "Thời gian phơi khô mùa đông", "9", "8", "giờ"),),
    ),
    "funnel": Text(
        "Phễu rót có lưới và van ngắt cho kho dầu nhờn",
        "technical",
        ("technical",),
        "Rót từ thùng lớn sang can hay tràn miệng, sàn kho nhờn, giẻ lau dùng hết cả bao; cặn lẫn theo dòng rót vào can mới.",
        "Phễu tôn thân dài có hai lớp lưới, cổ lắp van bi; trong lòng thả phao nhỏ gắn cần, mức dâng đến vạch thì cần kéo van "
        "đóng dần. Vành ngoài tiện rãnh hứng giọt rớt chảy về khay.",
        "Đặt phễu.\nMở van.\nChờ phao đóng.\nLau khay.",
        "Tự ngắt, người rót không phải canh mép can.",
        "Nền kho sạch, ít hao hụt.",
        (
            ("material", "Dầu tràn mỗi tháng", "4", "1", "lít"),
            ("material", "Giẻ lau", "10", "3", "ký"),
        ),
    ),
    "bedphotos": Text(
        "Thư mục ảnh mẫu nội vụ để phòng ở tự so",
        "digital",
        ("operational",),
        "Quy định nội vụ mô tả bằng chữ, mỗi trung đội hiểu khác nhau về cách gấp chăn, xếp giày; ngày chấm điểm tranh luận kéo "
        "dài.",
        "Tổ chụp hai mươi ảnh chuẩn ở nhiều góc, đặt trong máy tính câu lạc bộ kèm ảnh sai thường gặp khoanh đỏ. Phòng nào muốn "
        "so thì chụp bằng máy ảnh chung rồi mở cạnh ảnh mẫu trên cùng màn hình.",
        "Chụp mẫu.\nGhi chú lỗi.\nCác phòng tự so.",
        "Có ảnh sai để đối chiếu, không chỉ ảnh đúng.",
        "Chấm nội vụ bớt cãi nhau.",
        (("time", "Chấm một dãy nhà", "70", "55", "phút"),),
    ),
    "helmets": Text(
        "Kệ phơi mũ bảo hộ ngoài trời bằng ống tre",
        "other",
        ("technical",),
        "Mũ bảo hộ của tổ lao động ướt mồ hôi xếp chồng trong hòm, quai mốc, đội vào ngứa; vài chiếc nứt vành vì bị đè.",
        "Ống tre khoan lỗ cắm nghiêng trên khung, mỗi ống đỡ một chiếc úp hở phía dưới cho gió luồn; mái lá che nắng gắt. Đầu "
        "ống khắc tên người dùng, trưa treo lên chiều lấy xuống.",
        "Chặt tre.\nKhoan, cắm.\nKhắc tên.",
        "Thoáng hai mặt, mỗi người một chỗ.",
        "Mũ khô, quai sạch, không lẫn của nhau.",
        (("other", "Mũ phải thay mỗi năm", "16", "9", "chiếc"),),
    ),
    "squadbook": Text(
        "Sổ chi tiêu chung của tiểu đội kèm ảnh hóa đơn",
        "administration",
        ("management",),
        "Tiền góp mua đồ dùng chung ghi trong trí nhớ của tiểu đội phó; người chuyển đi không biết còn dư bao nhiêu, dễ sinh "
        "nghi ngờ.",
        "Một tệp bảng tính trong máy câu lạc bộ, mỗi khoản thu chi kèm tên người giữ và ảnh hóa đơn đánh số. Cuối tháng máy "
        "cộng số dư, in nửa trang dán cửa phòng, ba người ký chứng kiến.",
        "Lập tệp.\nGhi từng khoản.\nIn, ký, dán.",
        "Ai cũng đọc được, có chứng từ.",
        "Hết thắc mắc về tiền chung.",
        (("time", "Đối chiếu cuối tháng", "45", "10", "phút"),),
    ),
    "raincover": Text(
        "Mái che mưa xếp gọn cho bục gác ngoài trời",
        "readiness",
        ("technical",),
        "Bục gác phía vườn không có mái, mưa tạt thì người gác phải khoác áo nặng, sổ ướt nhòe, kính mờ khó quan sát lối đi.",
        "Khung ô dù hỏng được nối dài, căng bạt xanh sẫm, trục lắp vào ống chôn sẵn và xoay theo hướng gió. Khi nắng ráo gập "
        "sát cột trong vài giây; mép sau có máng nhỏ để nước không rơi xuống cổ.",
        "Chôn ống.\nLắp trục.\nXoay, khóa.\nGập khi tạnh.",
        "Xoay theo gió, không che khuất tầm nhìn.",
        "Người gác khô ráo, sổ trực rõ chữ.",
        (("other", "Trang sổ nhòe mỗi tháng mưa", "20", "2", "trang"),),
    ),
    "outreach": Text(
        "Bộ tranh tình huống cho tổ công tác dân vận mới",
        "political",
        ("operational",),
        "Chiến sĩ lần đầu xuống thôn lúng túng khi bà con hỏi chuyện đất đai, học hành; cán bộ đi cùng phải trả lời thay tất cả.",
        "Vẽ hai mươi tranh nhỏ, mỗi tranh một cảnh thật từng gặp, mặt sau ghi ba cách đáp và điều không nên hứa. Tổ bốc thăm "
        "đóng vai trước ngày đi, già làng được mời góp ý vào tranh.",
        "Sưu tầm cảnh.\nVẽ.\nĐóng vai.\nSửa.",
        "Lấy từ chuyện có thật ở địa bàn.",
        "Chiến sĩ mạnh dạn, nói đúng mực hơn.",
        (("time", "Kèm một tổ mới", "5", "2", "buổi"),),
    ),
}
