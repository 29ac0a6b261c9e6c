"""Short proposals of the demo from the other bases: another regiment, a brigade, a division's office, a school, a factory."""

from innovations.cli.demo.texts.text import Text

ELSEWHERE = {
    "keyboard": Text(
        "Bảng giữ chìa khóa kho đổi bằng thẻ tên",
        "administration",
        ("management",),
        "Chìa khóa bốn kho treo chung trong ngăn kéo trực ban, ai lấy cũng được; tìm không thấy thì hỏi khắp cơ quan, có lần "
        "phải phá khóa.",
        "Bảng gỗ có cửa kính, mỗi móc một chìa; muốn lấy phải treo thẻ tên của mình vào đúng móc đó. Nhìn bảng biết ngay ai "
        "đang mở kho nào. Cuối giờ còn thẻ trên móc là trực ban gọi người ấy về trả.",
        "Đóng bảng.\nPhát thẻ.\nĐổi thẻ lấy chìa.\nSoát cuối giờ.",
        "Không cần ghi sổ mà vẫn biết người giữ.",
        "Hết cảnh phá khóa.",
        (
            ("other", "Lần thất lạc chìa mỗi năm", "8", "0", "lần"),
            ("money", "Tiền thay khóa", "1900000", "0", "đồng"),
        ),
    ),
    "scans": Text(
        "Quy ước đặt tên và quét sổ công văn bằng máy quét cũ",
        "digital",
        ("management",),
        "Công văn đến lưu trong cặp giấy, muốn tìm một tờ năm trước phải lật từng cặp; người đi phép thì cả cơ quan chờ.",
        "Văn thư quét mỗi sáng bằng máy sẵn có, tên tệp ghép theo thứ tự năm, số, nơi gửi, ba từ trích yếu. Danh mục tự sinh từ "
        "tên tệp bằng một lệnh trong bảng tính. Chỉ quét văn bản thường, loại khác giữ nguyên lối cũ.",
        "Phân loại.\nQuét.\nĐặt tên.\nCập nhật danh mục.",
        "Tên tệp chính là chỉ mục, khỏi phần mềm riêng.",
        "Tìm giấy tờ trong vài nhịp gõ phím.",
        (("time", "Tìm một công văn cũ", "35", "2", "phút"),),
    ),
    "wounds": Text(
        "Vết thương giả bằng sáp ong cho buổi tập cứu thương",
        "training",
        ("technical",),
        "Tập băng bó trên người lành nên động tác qua loa, người học không phân biệt được loại vết nào cần ép, loại nào cần nẹp.",
        "Sáp ong trộn bột màu đổ khuôn thành mười mẫu vết rách, bỏng, gãy hở; mặt sau có dây buộc vào tay chân. Ống truyền cũ "
        "dẫn nước pha phẩm để mẫu rỉ ra cho đến khi băng đúng chỗ.",
        "Đổ khuôn.\nBuộc mẫu.\nBơm phẩm.\nChấm theo phiếu.",
        "Mẫu phản ứng khi làm đúng, giá rẻ, đổ lại được.",
        "Người học nhìn là chọn đúng cách xử trí.",
        (("training_quality", "Người băng đúng ngay lần đầu", "45", "88", "phần trăm"),),
    ),
    "rainwater": Text(
        "Máng hứng nước mưa rửa xe thay nước máy",
        "logistics",
        ("technical",),
        "Rửa xe sau mỗi chuyến đường đất dùng nước máy, mùa khô áp lực yếu nên bếp và nhà tắm bị hụt; trong khi mái nhà xe rộng "
        "đổ nước ra rãnh.",
        "Máng tôn dọc mái dẫn về ba bồn nối nhau, bồn đầu lắng lá và cát, hai bồn sau nuôi vài con cá để thử độ sạch. Bơm tay "
        "đạp chân đẩy lên vòi, bồn đầy thì nước thừa tự sang vườn.",
        "Gắn máng.\nKê bồn.\nLắp bơm.\nXả cặn hằng tháng.",
        "Không dùng điện, có ngăn lắng tự xả.",
        "Bếp đủ nước vào giờ cao điểm.",
        (("material", "Nước máy rửa xe mỗi tháng", "46", "9", "mét khối"),),
    ),
    "gardenlog": Text(
        "Bảng chấm công tăng gia bằng nút áo màu",
        "administration",
        ("operational",),
        "Công tăng gia của từng tổ ghi cuối tháng theo trí nhớ, tổ làm nhiều tổ làm ít đều như nhau khi chia rau.",
        "Treo ở cổng vườn một bảng đinh, mỗi người về thì xâu một nút áo theo màu việc: cuốc đất, tưới, thu hoạch. Cuối tháng "
        "tổ trưởng đếm nút, nhân hệ số rồi công bố trước hàng quân.",
        "Đóng bảng.\nPhát nút.\nXâu sau buổi làm.\nĐếm.",
        "Trực quan, không cần giấy bút ngoài vườn.",
        "Chia sản phẩm dễ hơn trước.",
        (("other", "Lời thắc mắc mỗi tháng", "5", "3", "lượt"),),
    ),
    "letterbox": Text(
        "Hộp thư góp ý hai ngăn của tiểu đoàn",
        "political",
        ("management",),
        "Hòm thư góp ý đặt trước phòng trực nên ít người dám bỏ, mỗi quý mở chỉ được vài tờ không ghi nội dung.",
        "Làm hai ngăn, một ngăn ký tên một ngăn không, chuyển chỗ ra nhà ăn. Chủ nhật ban chỉ huy cùng đại diện chiến sĩ mở và "
        "trả lời trên bảng tin, thư riêng thì gặp trực tiếp.",
        "Đóng hộp.\nĐặt chỗ mới.\nMở hằng tuần.\nTrả lời.",
        "Có hạn trả lời và có người ngoài ban chỉ huy cùng mở.",
        "Ý kiến đến sớm trước khi thành bức xúc.",
        (("other", "Thư góp ý mỗi quý", "4", "27", "thư"),),
    ),
    "dutylamp": Text(
        "Đèn báo phòng trực đang có người",
        "readiness",
        ("technical",),
        "Người đến liên hệ công việc gõ cửa từng phòng vì không biết cán bộ trực đang ở đâu, cán bộ đi kiểm tra thì việc gấp "
        "phải đợi.",
        "Công tắc hành trình dưới đệm ghế nối với hai bóng nhỏ ngoài cửa: xanh là có mặt, vàng là đang đi kiểm tra khu vực. Khi "
        "vàng, bảng cạnh đèn lật ra số máy nội bộ cần gọi.",
        "Lắp công tắc.\nKéo dây.\nTreo bảng.",
        "Tự báo theo ghế ngồi, không phải nhớ bật.",
        "Khách không gõ nhầm, việc gấp được chuyển ngay.",
        (("time", "Thời gian chờ gặp trực", "18", "4", "phút"),),
    ),
    "mudmat": Text(
        "Thảm rửa bánh xe có rãnh thu bùn ở cổng lữ đoàn",
        "technical",
        ("technical",),
        "Xe từ thao trường về kéo đất ra đường nhựa, dân phàn nàn trơn trượt; mỗi ngày phải cử một tổ quét và chở đất đi.",
        "Đổ sân bê tông dốc hai phía, giữa đặt gân thép chữ V để bánh lăn qua tự bóc bùn. Rãnh cuối sân có rọ lưới nhấc lên đổ "
        "được, nước tràn qua bể lắng quay về bơm phun. Lái xe chỉ đi chậm đúng vạch, không phải xuống.",
        "Đào rãnh.\nĐặt gân.\nLắp bơm.\nNhấc rọ cuối ngày.",
        "Bánh tự rửa khi lăn, nước dùng vòng kín.",
        "Đường trước cổng sạch cả ngày mưa.",
        (("manpower", "Người quét đường mỗi ngày", "6", "1", "người"),),
    ),
    "nightcards": Text(
        "Thẻ tình huống bốc thăm khi luyện chuyển trạng thái ban đêm",
        "readiness",
        ("operational",),
        "Kịch bản luyện đêm lặp lại, chiến sĩ thuộc lòng; gặp mất điện hay thiếu người thì lúng túng.",
        "Bộ thẻ gồm việc bất ngờ thường ngày: đèn tắt, bạn cùng tổ ốm, mưa lớn, thiếu chìa khóa. Người chỉ huy rút một thẻ giữa "
        "chừng, tổ phải tự điều chỉnh trong khi vẫn giữ trật tự và an toàn. Sau buổi, tổ viết một thẻ mới từ lỗi của mình.",
        "Rút thẻ.\nXử trí.\nHọp ngắn.\nViết thêm thẻ.",
        "Bộ thẻ lớn dần từ kinh nghiệm của chính người tập.",
        "Chiến sĩ bình tĩnh hơn.",
        (("training_quality", "Tổ xử trí được việc bất ngờ", "5", "9", "trên 10 tổ"),),
    ),
    "toolbag": Text(
        "Túi đồ nghề đi công tác có ảnh từng ngăn",
        "technical",
        ("operational",),
        "Thợ đi sửa ở phân đội xa hay quên một cờ lê phải quay về; xong việc thu dọn vội, để sót kìm búa lại nơi làm.",
        "Túi bạt may ngăn đúng hình món đồ, nắp túi in ảnh chụp khi đủ bộ. Trước lúc đi, lúc về thợ trải ra so ảnh, "
        "ngăn nào trống đọc lên. Có ba loại ruột thay cho ba nhóm việc: điện, nước, mộc.",
        "Chọn ruột.\nSo ảnh.\nĐi làm.\nSo lại.",
        "Cải tiến kỹ thuật: ảnh thay chữ, ruột đổi theo việc.",
        "Không còn chuyến đi thừa.",
        (
            ("other", "Chuyến quay về lấy đồ mỗi tháng", "11", "1", "chuyến"),
            ("money", "Đồ nghề mua bù mỗi năm", "3400000", "500000", "đồng"),
        ),
    ),
    "extinguishers": Text(
        "Bảng tính nhắc hạn nạp bình chữa cháy toàn lữ đoàn",
        "safety",
        ("applied_progress",),
        "Tem kiểm tra trên bình phai mực, bình ở kho xa quá hạn mới biết; mỗi đợt phải đi đọc lại toàn bộ.",
        "Mỗi bình một mã vạch và một dòng trong bảng: nơi đặt, ngày nạp, người soát. Bảng tự xếp bình sắp đến hạn lên đầu, in "
        "theo tòa nhà để người đi soát mang theo gạch từng dòng, về nhập lại trong mười phút.",
        "Dán mã.\nNhập bảng.\nIn lịch.\nGạch, nhập.",
        "Lịch xếp theo đường đi chứ không theo số thứ tự.",
        "Không bình nào quá hạn.",
        (("safety", "Bình quá hạn khi soát", "13", "0", "bình"),),
    ),
    "opinions": Text(
        "Phiếu xin ý kiến liên phòng chạy song song",
        "administration",
        ("management",),
        "Dự thảo văn bản chuyển lần lượt qua năm phòng, phòng nào vắng thì tờ trình nằm lại; bản cuối gom nhiều nét chữ khó "
        "biết ai sửa gì.",
        "Mỗi phòng nhận cùng lúc một bản có đánh số dòng và phiếu góp ý theo dòng, hạn trả ghi ngay đầu phiếu. Người soạn ghép "
        "các phiếu vào một bảng hai cột: ý kiến, tiếp thu hay giải trình. Quá hạn coi như đồng ý.",
        "Đánh số dòng.\nPhát đồng loạt.\nGhép bảng.\nTrình.",
        "Song song thay nối tiếp, ý kiến gắn với dòng.",
        "Văn bản ra nhanh, không mất lời góp.",
        (("time", "Lấy ý kiến một dự thảo", "12", "4", "ngày"),),
    ),
    "minutes": Text(
        "Tóm tắt cuộc họp một trang phát ngay khi tan họp",
        "administration",
        ("management",),
        "Kết luận giao ban gửi sau hai ba ngày, lúc ấy mỗi phòng đã làm theo cách nhớ của mình; việc giao không có hạn hay bị "
        "trôi.",
        "Thư ký gõ thẳng vào mẫu chiếu trên màn hình, bốn cột: việc, người, hạn, sản phẩm. Trước khi tan, chủ trì đọc soát từng "
        "dòng và ai chưa rõ hỏi luôn. In đủ bản cho người dự ký nhận ngay.",
        "Chiếu mẫu.\nGõ.\nĐọc soát.\nIn, ký.",
        "Người dự thấy câu chữ hình thành, sửa tại chỗ.",
        "Giao ban sau chỉ còn điểm việc chậm.",
        (
            ("other", "Việc giao bị trôi mỗi quý", "14", "3", "việc"),
            ("time", "Ra thông báo kết luận", "48", "1", "giờ"),
        ),
    ),
    "forms": Text(
        "Thư mục biểu mẫu dùng chung có mục lục theo câu hỏi",
        "digital",
        ("management",),
        "Biểu mẫu nằm rải trong máy từng trợ lý, dưới đơn vị xin lại nhiều lần; không ít nơi còn điền vào bản đã thay.",
        "Gom một trăm mẫu thường dùng vào thư mục chung, trang đầu là các câu như muốn xin cấp vật tư, muốn đi phép, muốn mời "
        "khách, bấm vào mở đúng tệp. Mẫu hết hiệu lực chuyển ngăn riêng, đổi nền xám.",
        "Gom mẫu.\nViết câu hỏi.\nSoát hiệu lực.\nCập nhật.",
        "Tìm theo việc cần làm thay vì theo số mẫu.",
        "Trợ lý đỡ phải gửi lại.",
        (("other", "Tờ khai dùng nhầm mẫu mỗi tháng", "19", "2", "tờ"),),
    ),
    "terms": Text(
        "Bộ thẻ ghép thuật ngữ cho học viên năm thứ nhất",
        "training",
        ("operational",),
        "Học viên thuộc định nghĩa nhưng không nối được với hình vẽ; giờ ôn tập đọc đồng thanh, nửa lớp ngủ gật.",
        "Ba trăm thẻ chia ba loại gồm tên gọi, lời giải thích và tranh; nhóm bốn người úp thẻ, lật ba tấm khớp nhau thì giữ. "
        "Thẻ nào hay bị ghép sai giáo viên gom lại giảng thêm mười phút cuối giờ.",
        "Chia nhóm.\nChơi hai ván.\nGom thẻ sai.\nGiảng lại.",
        "Học qua trò chơi, lỗi tự hiện ra cho người dạy.",
        "Điểm kiểm tra khá lên rõ, không khí lớp vui.",
        (("training_quality", "Điểm trung bình bài ôn", "6.1", "7.8", "điểm"),),
    ),
    "selfreview": Text(
        "Phiếu giáo viên tự nhận xét sau mỗi bài giảng",
        "training",
        ("management",),
        "Dự giờ mỗi kỳ một lần, nhận xét đến khi lớp đã học sang chương khác; giáo viên trẻ lặp lại lỗi mà không hay.",
        "Phiếu năm dòng điền ngay lúc thu dọn: chỗ nào học viên ngơ ngác, câu nào phải nói lại, đồ dùng nào thiếu, điều sẽ đổi, "
        "điều giữ. Cuối tháng tổ bộ môn đọc chung, chọn một chỗ vướng để cùng dạy thử.",
        "Điền năm dòng.\nKẹp giáo án.\nĐọc chung.\nDạy thử.",
        "Nhận xét đến từ người dạy, sớm hơn dự giờ cả tháng.",
        "Giáo án sửa liên tục, đồng nghiệp cởi mở.",
        (("other", "Bài giảng được sửa mỗi kỳ", "3", "22", "bài"),),
    ),
    "clips": Text(
        "Kho phim ngắn dạy thao tác xem không cần mạng",
        "digital",
        ("applied_progress",),
        "Thao tác khó như buộc nút, lắp dụng cụ chỉ xem thầy làm một lần, người đứng sau không thấy; về phòng muốn xem lại thì "
        "không có gì.",
        "Quay từng việc dưới hai phút, đặt máy ngang vai người làm để thấy như chính tay mình, thêm chữ chạy ở chỗ dễ sai. Phim "
        "chép vào máy phòng tự học, trang bìa sắp theo môn và theo tuần học.",
        "Chọn việc.\nQuay ngang vai.\nThêm chữ.\nChép máy.",
        "Góc nhìn của người làm, ngắn, xem lại tùy ý.",
        "Giờ thực hành ít phải kèm riêng.",
        (
            ("time", "Kèm một học viên yếu", "90", "25", "phút"),
            ("material", "Giấy in hướng dẫn mỗi khóa", "1500", "200", "tờ"),
        ),
    ),
    "rooms": Text(
        "Bảng nam châm xếp phòng học của trường",
        "other",
        ("management",),
        "Lịch phòng học dán giấy ở nhiều chỗ, đổi một lớp phải đi bóc dán; hai lớp đến cùng phòng là chuyện hằng tuần.",
        "Bảng sắt lớn ở sảnh kẻ ô phòng và tiết, mỗi lớp có bộ nam châm màu; giáo vụ đổi thì dời nam châm và ghi lý do lên mép "
        "bảng. Buổi tối chụp lại để lưu.",
        "Kẻ bảng.\nLàm nam châm.\nDời khi đổi.\nChụp.",
        "Một nơi duy nhất cho cả trường.",
        "Đỡ đi dán giấy.",
        (("other", "Lần trùng phòng mỗi tháng", "6", "4", "lần"),),
    ),
    "jig": Text(
        "Đồ gá khoan ba lỗ một lần kẹp trên máy khoan bàn",
        "technical",
        ("technical",),
        "Khoan ba lỗ phải vạch dấu, tháo kẹp ba bận, tay nghề non thì lệch tâm; phế phẩm bỏ vào thùng mỗi ca cả chục miếng.",
        "Gá có bạc dẫn tôi cứng và cữ chặn, phôi đẩy vào chạm cữ rồi gạt cần lệch tâm là chặt. Bàn gá trượt ba nấc có bi định "
        "vị, thợ chỉ việc kéo từ nấc này qua nấc kia. Thay bạc là khoan được cỡ khác.",
        "Lắp gá.\nĐẩy phôi.\nKhoan ba nấc.\nThổi phoi.",
        "Một lần kẹp, không vạch dấu, đổi cỡ bằng bạc.",
        "Thợ mới đứng máy sau một ca.",
        (
            ("other", "Phế phẩm mỗi ca", "11", "1", "miếng"),
            ("time", "Khoan một phôi", "6", "2", "phút"),
        ),
    ),
    "chips": Text(
        "Thùng phân loại phoi kim loại ngay tại máy",
        "other",
        ("operational",),
        "Phoi nhôm, đồng, thép quét chung một đống, bán giá rẻ như sắt vụn; công nhân môi trường phải nhặt tay, đứt găng thường "
        "xuyên.",
        "Mỗi máy có xe thùng hai ngăn đẩy sát máng, đổi vật liệu thì lật tấm chắn sang ngăn kia. Đáy đục lỗ cho dung dịch làm "
        "mát chảy về bình thu hồi. Thùng đầy kéo thẳng ra cân, dán nhãn loại và khối lượng.",
        "Đặt thùng.\nLật chắn khi đổi.\nKéo cân.\nDán nhãn.",
        "Tách từ gốc, thu lại được cả dung dịch.",
        "Bán phoi được giá, sàn bớt trơn.",
        (
            ("money", "Tiền bán phoi mỗi quý", "5200000", "13800000", "đồng"),
            ("material", "Dung dịch bổ sung mỗi tuần", "20", "12", "lít"),
        ),
    ),
    "cart": Text(
        "Xe đẩy dụng cụ bàn giao theo ca sản xuất",
        "safety",
        ("operational",),
        "Dụng cụ đo để trong tủ riêng từng người, ca đêm không mở được; mượn chuyền tay rơi hỏng chẳng rõ lúc nào.",
        "Mỗi tổ máy một xe ba tầng lót xốp khoét hình, khóa số đổi theo tuần. Hết ca hai tổ trưởng đứng cạnh xe soát bằng mắt, "
        "món rơi hay mờ vạch được gắn thẻ đỏ đưa đi kiểm. Tay đẩy gắn kính che phoi.",
        "Khoét xốp.\nGiao xe.\nSoát giao ca.\nGắn thẻ.",
        "Dụng cụ theo máy chứ không theo người.",
        "Ca đêm đủ đồ, hư hỏng có địa chỉ.",
        (
            ("money", "Sửa thước và đồng hồ đo mỗi năm", "18000000", "6500000", "đồng"),
            ("safety", "Vụ phoi bắn vào tay mỗi quý", "5", "1", "vụ"),
        ),
    ),
    "gloves": Text(
        "Lịch đổi găng tay theo màu trong tuần",
        "safety",
        ("management",),
        "Găng bảo hộ dùng đến khi thủng mới xin đổi, có người đeo chiếc rách cả tháng; thủ kho phát theo cảm tính nên khi thừa "
        "khi thiếu.",
        "Mỗi tuần một màu, sáng thứ hai ai còn đeo màu cũ phải đổi tại cổng xưởng; găng cũ giặt, phân loại để làm việc nhẹ. Thủ "
        "kho đếm màu là biết lượng cần nhập.",
        "Nhập bốn màu.\nĐổi sáng thứ hai.\nGiặt, phân loại.",
        "Nhìn màu biết hạn, không phải ghi sổ.",
        "Tay thợ được bảo vệ đều.",
        (("safety", "Vụ xước tay mỗi tháng", "10", "6", "vụ"),),
    ),
}
