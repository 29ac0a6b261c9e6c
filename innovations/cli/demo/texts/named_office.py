"""Named proposals of the demo about training, political work and the office."""

from innovations.cli.demo.texts.text import Text

OFFICE = {
    "quiz": Text(
        "Phần mềm trắc nghiệm kiến thức chính trị chạy ngoại tuyến trên máy tính cũ",
        "political",
        ("technical", "operational"),
        "Mỗi quý đơn vị kiểm tra nhận thức chính trị bằng giấy. Cán bộ đại đội mất hai buổi để in đề, coi thi, chấm bài và vào "
        "sổ; đề dùng lại nhiều lần nên chiến sĩ nhớ đáp án, còn câu trả lời sai không được giải thích ngay. Phòng Hồ Chí Minh "
        "có máy tính cũ nhưng không nối mạng nên không dùng được các trang kiểm tra trực tuyến.",
        "Nhóm tác giả xây dựng một chương trình chạy trực tiếp từ thư mục dùng chung, không cần cài đặt và không cần mạng. Ngân "
        "hàng câu hỏi chia theo chuyên đề, mỗi lượt làm bài chương trình rút ngẫu nhiên số câu theo tỷ lệ dễ, trung bình, khó "
        "do cán bộ chính trị đặt trước. Chiến sĩ trả lời xong thấy ngay câu đúng, câu sai và đoạn tài liệu cần đọc lại. Kết quả "
        "lưu thành tệp theo đại đội, tự tổng hợp thành bảng xếp loại và danh sách nội dung nhiều người còn nhầm để bổ sung vào "
        "buổi sinh hoạt kế tiếp. Giao diện dùng chữ to, thao tác bằng phím số, chiến sĩ mới nhập ngũ làm quen sau vài phút.",
        "Nhập câu hỏi từ bảng tính theo mẫu.\nChọn chuyên đề, số câu và thời gian.\nChiến sĩ làm bài, xem giải thích.\nIn bảng "
        "tổng hợp, rút kinh nghiệm tại buổi sinh hoạt.",
        "Chạy được trên máy không nối mạng; đề không lặp; giải thích ngay từng câu và chỉ ra nội dung cả đơn vị còn yếu.",
        "Cán bộ không phải in đề và chấm tay, chiến sĩ hứng thú hơn vì biết kết quả ngay và được làm lại nhiều lần.",
        (
            ("time", "Thời gian tổ chức một đợt kiểm tra", "480", "60", "phút"),
            ("manpower", "Số cán bộ coi và chấm", "4", "1", "người"),
            ("money", "Giấy và mực in mỗi năm", "1800000", "100000", "đồng"),
        ),
        "Một máy tính cũ, một cán bộ chính trị biết dùng bảng tính; ngân hàng câu hỏi phải được cấp ủy thông qua trước khi đưa "
        "vào máy.",
    ),
    "targets": Text(
        "Bộ bia tập điều khiển không dây dùng cho huấn luyện bắn ban đầu",
        "training",
        ("technical",),
        "Bia tập nâng hạ bằng dây kéo nên mỗi bãi tập phải bố trí người phục vụ sau ụ, chỉ huy bãi ra hiệu bằng cờ. Thời gian "
        "chờ giữa hai lần bia hiện dài, nhịp tập không đều, người kéo dây mệt và hay nhầm thứ tự.",
        "Bia được gắn cơ cấu nâng hạ bằng mô tơ gạt mưa cũ, điều khiển từ một hộp cầm tay qua sóng cự ly ngắn loại dân dụng "
        "dùng trong bãi tập. Hộp có các nút chọn từng bia, nút nâng tất cả và chế độ tự chạy theo thứ tự đặt trước. Khung bia "
        "hàn từ thép hộp tận dụng, chân xếp gọn để mang vác. Ắc quy nhỏ sạc ban ngày, dùng trọn buổi tập; khi hết điện có thể "
        "kéo dây như cũ nên buổi tập không bị gián đoạn. Tổ chế tạo viết kèm sổ tay bảo dưỡng hai trang và bảng kiểm tra trước "
        "giờ tập.",
        "Kiểm tra ắc quy.\nĐặt bia theo sơ đồ bài tập.\nGhép hộp điều khiển với từng bia.\nTập theo chương trình tự chạy hoặc "
        "bấm tay.",
        "Một người điều khiển cả bãi, có chế độ tự chạy và vẫn dùng được khi mất điện.",
        "Nhịp tập đều, người phục vụ trở lại hàng tập, chiến sĩ được tập nhiều lượt hơn trong cùng thời gian.",
        (
            ("manpower", "Người phục vụ một bãi tập", "6", "1", "người"),
            ("time", "Chờ giữa hai lượt", "90", "20", "giây"),
        ),
        "Xưởng có máy hàn và thợ điện; vật tư tận dụng khoảng vài trăm nghìn đồng mỗi bia, tổ bãi tập học cách dùng trong một "
        "buổi.",
    ),
    "gate": Text(
        "Sổ điện tử theo dõi xe ra vào cổng doanh trại",
        "administration",
        ("management",),
        "Cổng gác ghi sổ tay biển số, người đi, giờ ra vào. Khi cần tra một chuyến xe phải lật nhiều trang, chữ viết vội khó "
        "đọc, ca sau không biết xe nào chưa về.",
        "Nhóm làm một bảng theo dõi trên máy tính gác cổng không nối mạng. Trực ban chọn xe từ danh mục đã đăng ký, chọn nhiệm "
        "vụ theo lệnh, bấm ra hoặc vào; giờ tự ghi. Màn hình luôn có danh sách xe đang ở ngoài, tô vàng khi quá giờ ghi trong "
        "lệnh. Cuối ngày in một trang ký xác nhận thay cho sổ, cuối tuần tổng hợp theo đơn vị. Danh mục do ban xe máy cập nhật, "
        "gác cổng không sửa được.",
        "Lập danh mục xe.\nTrực ban bấm ra, vào.\nGiao ca theo danh sách xe chưa về.\nIn trang cuối ngày, ký và lưu.",
        "Ca sau thấy ngay xe chưa về; tra cứu trong vài giây thay vì lật sổ.",
        "Giao ca nhanh, tra cứu chính xác, sổ sách sạch sẽ.",
        (("time", "Tra một chuyến xe", "15", "1", "phút"),),
        "Bốt gác có chỗ đặt một máy tính cũ không nối mạng; ban xe máy cử một người cập nhật danh mục mỗi khi có thay đổi.",
    ),
    "field-kitchen": Text(
        "Bài giảng ba chiều về bếp dã chiến dùng trong huấn luyện nuôi quân",
        "training",
        ("applied_progress",),
        "Dạy cấu tạo bếp dã chiến bằng tranh treo tường, chiến sĩ khó hình dung rãnh thoát khói và thứ tự đào. Ra thao trường "
        "phải làm đi làm lại, tốn công, nhiều tổ đào sai hướng.",
        "Tác giả dựng mô hình ba chiều của bếp trên phần mềm miễn phí, xuất thành bài giảng chạy ngoại tuyến. Giáo viên xoay, "
        "cắt lớp, bật tắt từng bộ phận và cho khói chạy theo hướng gió giả định để thấy vì sao phải nối dài rãnh. Mỗi bước đào "
        "có một cảnh với lời nhắc lỗi thường gặp. Cuối bài có năm câu hỏi kéo thả thứ tự công việc. Bài giảng dùng chung cho "
        "máy chiếu và máy tính bảng cũ.",
        "Giới thiệu mô hình.\nHọc từng bước theo cảnh.\nLàm câu hỏi thứ tự.\nRa thao trường đào theo tổ.",
        "Cho thấy đường đi của khói theo hướng gió, tranh treo tường không làm được.",
        "Tổ nào cũng đào đúng ngay lần đầu, tiết kiệm buổi tập lại.",
        (("training_quality", "Tổ đào đúng ngay lần đầu", "40", "85", "phần trăm"),),
        "Cần một máy tính chạy được trình chiếu và một máy chiếu hoặc máy tính bảng; giáo viên xem trước bài một lần.",
    ),
    "weekly": Text(
        "Mẫu báo cáo tuần điền sẵn cho cơ quan tiểu đoàn",
        "administration",
        ("management",),
        "Báo cáo tuần mỗi người trình bày một kiểu, tiểu đoàn mất buổi sáng thứ sáu để ghép và sửa chữ, số liệu các đại đội "
        "cộng lại hay lệch nhau. Có tuần trợ lý phải gọi điện lại cho từng đại đội để hỏi một con số, đến trưa vẫn chưa trình "
        "được chỉ huy.",
        "Tác giả lập một mẫu có các ô điền sẵn tên đơn vị, tuần, danh mục nội dung và công thức cộng. Đại đội chỉ gõ số và vài "
        "dòng nhận xét; bảng của tiểu đoàn tự lấy số từ các tệp đại đội trong thư mục chung, báo ô nào còn thiếu. Phần nhận xét "
        "có gợi ý câu ngắn để viết thống nhất. Cuối cùng in ra đúng thể thức văn bản. Mỗi ô số có ghi chú nhỏ nói rõ tính từ "
        "ngày nào đến ngày nào, tránh mỗi nơi hiểu một cách. Trang đầu của bảng tổng hợp cho biết đại đội nào đã nộp, nộp lúc "
        "mấy giờ; ô lệch với tuần trước quá nhiều được tô vàng để trợ lý hỏi lại trước khi in.",
        "Đại đội điền mẫu.\nĐặt vào thư mục chung.\nTiểu đoàn mở bảng tổng hợp.\nSoát, in, ký.",
        "Tự ghép số liệu và báo ô thiếu.",
        "Ghép báo cáo nhanh, số liệu thống nhất. Trợ lý tiểu đoàn có thêm buổi sáng thứ sáu để xuống đơn vị thay vì ngồi ghép "
        "chữ.",
        (("time", "Ghép báo cáo mỗi tuần", "180", "40", "phút"),),
        "Các đại đội có máy tính nối với thư mục dùng chung của tiểu đoàn; trợ lý hướng dẫn điền mẫu trong một giờ là làm được.",
    ),
    "policy": Text(
        "Tra cứu chế độ, chính sách ngoại tuyến cho quân nhân và thân nhân",
        "political",
        ("applied_progress",),
        "Quân nhân hỏi chế độ nghỉ phép, phụ cấp, bảo hiểm phải chờ trợ lý chính sách tìm trong nhiều tập công văn. Câu trả lời "
        "mỗi nơi một khác, người ở xa đơn vị phải gọi điện nhiều lần.",
        "Nhóm tập hợp các văn bản công khai còn hiệu lực thành một bộ tra cứu chạy ngoại tuyến, xếp theo tình huống thường gặp: "
        "nghỉ phép, ốm đau, sinh con, xuất ngũ, thân nhân khó khăn. Mỗi tình huống có câu trả lời ngắn, điều kiện, giấy tờ cần "
        "nộp, nơi nộp và trích dẫn văn bản. Ô tìm nhận chữ có dấu hoặc không dấu. Trợ lý chính sách cập nhật mỗi quý, mỗi trang "
        "ghi ngày rà soát gần nhất.",
        "Gom văn bản công khai.\nViết câu trả lời theo tình huống.\nThử với ba đại đội.\nCập nhật mỗi quý.",
        "Xếp theo tình huống đời sống thay vì theo số công văn.",
        "Trả lời thống nhất, nhanh, quân nhân tự tra được ở phòng Hồ Chí Minh.",
        (("time", "Trả lời một câu hỏi", "60", "5", "phút"),),
        "Chỉ đưa văn bản đã công khai; trợ lý chính sách rà lại mỗi quý và ghi ngày rà soát lên từng trang.",
    ),
    "qr": Text(
        "Dán mã QR để mượn, trả dụng cụ huấn luyện",
        "training",
        ("management", "applied_progress"),
        "Kho dụng cụ huấn luyện cho mượn bằng sổ. Cuối tuần kiểm kê luôn thiếu vài món, không rõ ai giữ, có món mượn cả tháng "
        "chưa trả. Người phụ trách kho mỗi lần giao ca phải đếm lại từ đầu, có hôm đơn vị ra thao trường muộn vì chưa tìm đủ mô "
        "hình.",
        "Mỗi dụng cụ dán một mã; máy quét nối với máy tính kho không nối mạng. Người mượn quét thẻ và quét dụng cụ, màn hình "
        "hiện hạn trả; khi trả chỉ cần quét lại. Danh sách quá hạn in ra mỗi sáng thứ hai gửi các đại đội. Kiểm kê bằng cách đi "
        "một vòng quét hết các mã, máy báo ngay món thiếu. Nhãn in trên giấy bền, có mã chữ để gõ khi máy quét hỏng. Thẻ mượn "
        "do đại đội giữ, mỗi tiểu đội một thẻ, nên biết cả người nhận lẫn tiểu đội chịu trách nhiệm. Món bị hỏng khi trả được "
        "đánh dấu ngay tại máy và chuyển sang danh sách chờ sửa, không lẫn vào đồ còn dùng được.",
        "Dán mã, lập danh mục.\nQuét khi mượn.\nQuét khi trả.\nIn danh sách quá hạn, kiểm kê tháng.",
        "Biết ngay ai đang giữ, kiểm kê bằng một vòng quét.",
        "Không thất lạc dụng cụ, kiểm kê nhanh. Đại đội tự xem được mình đang giữ những gì trước khi nhận thêm.",
        (
            ("time", "Kiểm kê kho", "240", "45", "phút"),
            ("other", "Dụng cụ thất lạc mỗi năm", "22", "2", "món"),
        ),
        "Một máy quét cầm tay, máy in nhãn và máy tính của kho; dán nhãn toàn kho mất chừng hai ngày với ba người.",
    ),
    "drill": Text(
        "Phần mềm trắc nghiệm điều lệnh đội ngũ chạy ngoại tuyến",
        "training",
        ("technical", "operational"),
        "Ôn điều lệnh bằng cách đọc chép, chiến sĩ nhớ máy móc. Kiểm tra giấy mất thời gian in và chấm, kết quả đến chậm nên "
        "không sửa được ngay. Đơn vị có vài máy tính đời trước bỏ không.",
        "Dựa trên cách làm trắc nghiệm ngoại tuyến, tác giả xây dựng ngân hàng câu hỏi điều lệnh có hình động minh họa từng "
        "động tác. Chương trình rút câu ngẫu nhiên, chấm ngay và chiếu lại động tác đúng khi trả lời sai. Trung đội trưởng xem "
        "bảng những động tác nhiều người nhầm để luyện trước giờ tập. Chương trình chạy từ thư mục, không cài đặt. Câu hỏi bổ "
        "sung bằng bảng tính theo mẫu. Mỗi câu sai được gắn với đúng mục trong giáo trình để chiến sĩ mở ra đọc, không phải "
        "đoán.",
        "Chọn bài.\nLàm trắc nghiệm.\nXem lại động tác sai.\nLuyện ngoài thao trường.",
        "Có hình động và thống kê động tác sai, tập trung vào điều lệnh.",
        "Ôn tập chủ động, giờ thao trường tập trung sửa đúng lỗi. Chiến sĩ nhút nhát cũng tự kiểm tra được mình trước khi ra "
        "sân tập.",
        (("time", "Tổ chức một lần kiểm tra", "240", "40", "phút"),),
        "Vài máy tính cũ trong phòng học và một cán bộ soạn câu hỏi; hình động quay bằng máy ảnh của đơn vị rồi cắt ngắn.",
    ),
    "marker": Text(
        "Cọc tiêu đánh dấu cự ly tháo lắp nhanh trên bãi tập",
        "training",
        ("technical",),
        "Bãi tập đánh dấu cự ly bằng cọc tre, mỗi mùa mưa lại mục, đo lại mất một buổi. Cọc cắm lệch nên kết quả tập không "
        "thống nhất. Người chỉ huy tập phải nhờ thêm một tổ đi căng dây đo trước giờ, hôm nào mưa to thì coi như hoãn.",
        "Cọc tiêu làm từ ống nhựa sơn hai màu, chân là mũi thép tái chế có lò xo nên va vào không gãy. Trên mặt đất chôn sẵn "
        "các ống lót có nắp đậy ở đúng điểm đo; trước buổi tập chỉ việc mở nắp, cắm cọc, sau buổi tập rút về kho. Mỗi cọc có số "
        "và màu theo dải, đọc được từ xa. Bộ cọc xếp trong một túi đeo. Sơ đồ điểm chôn được vẽ lại để người sau tìm thấy. Nắp "
        "ống lót nằm ngang mặt cỏ nên máy cắt cỏ đi qua không vướng, mùa mưa có lỗ thoát để bùn không đọng. Mỗi tháng một chiến "
        "sĩ đi dọc dải, mở thử từng nắp và ghi vào phiếu.",
        "Đo, chôn ống lót.\nCắm cọc theo số.\nTập.\nRút cọc, đậy nắp.",
        "Ống lót cố định nên không phải đo lại; cọc có lò xo không gãy.",
        "Chuẩn bị bãi nhanh, cự ly luôn thống nhất. Tổ căng dây trước đây nay được vào hàng tập cùng đơn vị.",
        (("time", "Chuẩn bị bãi tập", "180", "20", "phút"),),
        "Ống nhựa, mũi thép và lò xo tận dụng; việc chôn ống lót làm một lần trong hai ngày, sau đó chỉ cắm và rút.",
    ),
    "roster": Text(
        "Bảng lập lịch trực công bằng cho cơ quan và phân đội",
        "administration",
        ("management",),
        "Lịch trực lập tay, người trực nhiều ngày nghỉ, người trực ít, hay trùng công tác phải đổi phút cuối. Mỗi tháng trợ lý "
        "mất gần một ngày để xếp và giải thích. Người mới chuyển đến thường bị xếp vào những ngày khó nhất vì chưa quen ai để "
        "nhờ đổi.",
        "Bảng tính xếp lịch theo điểm: ngày thường một điểm, cuối tuần hai, lễ tết ba. Ai có điểm thấp được xếp trước, bảng "
        "tránh các ngày đã đăng ký công tác, phép và khoảng cách tối thiểu giữa hai ca. Trợ lý có thể kéo đổi, bảng báo ngay ai "
        "vượt điểm. Lịch in kèm điểm cộng dồn từng người nên công khai, ít thắc mắc. Việc đổi ca phải hai bên đồng ý và chỉ huy "
        "ký, điểm chuyển theo. Người vừa nghỉ ốm hoặc đi công tác dài trở về không bị dồn bù ngay mà được trải đều trong hai "
        "tháng.",
        "Nhập quân số, ngày vắng.\nXếp tự động.\nChỉnh, duyệt.\nCông khai điểm cuối tháng.",
        "Tính điểm theo loại ngày và công khai điểm cộng dồn.",
        "Xếp lịch nhanh, công bằng, giảm đổi ca phút cuối.",
        (
            ("time", "Lập lịch mỗi tháng", "420", "45", "phút"),
            ("other", "Lần đổi ca mỗi tháng", "11", "3", "lần"),
        ),
        "Một máy tính có phần mềm bảng tính; chỉ huy thống nhất cách tính điểm và công bố trước toàn đơn vị trước khi áp dụng.",
    ),
    "hidden": Text(
        "Bảng nội quy và sơ đồ sinh hoạt của phân đội trên giấy ép bền",
        "administration",
        ("operational",),
        "Nội quy in giấy thường nhanh rách, mỗi phòng treo một bản khác nhau, thay đổi phải in lại nhiều lần. Chiến sĩ mới nhìn "
        "bản dán trên tường đã phai, không biết bản nào đang có hiệu lực, phải hỏi tiểu đội trưởng.",
        "Nội quy, sơ đồ vệ sinh và lịch sinh hoạt được trình bày trên một tấm giấy ép có khung trượt. Khi có thay đổi chỉ thay "
        "ruột, khung giữ nguyên. Chữ to, hình minh họa do chiến sĩ vẽ. Mỗi phòng có một góc ghi việc trong tuần bằng bút xóa "
        "được. Tổ nội vụ kiểm tra mỗi đầu tháng và thu ý kiến để sửa cho dễ đọc hơn. Góc dưới mỗi ruột ghi ngày thay và người "
        "thay, bản cũ rút ra cất vào túi sau khung để đối chiếu khi cần. Các phòng cùng khổ khung nên in một lần dùng chung, "
        "phòng nào hỏng mép thì đổi lẫn cho nhau.",
        "Thiết kế.\nIn, ép, đóng khung.\nTreo.\nThay ruột khi có thay đổi.",
        "Khung trượt thay ruột, trước đây in lại toàn bộ. Chữ và hình do chính chiến sĩ góp ý nên dễ nhớ hơn bản đánh máy dày "
        "đặc.",
        "Bền, thống nhất, tiết kiệm giấy. Không phải dán lại mỗi khi sửa một dòng, tường phòng ở sạch, người mới đọc một lần là "
        "nắm được.",
        (("material", "Giấy in mỗi năm", "12", "3", "ram"),),
        "Gỗ nẹp, tấm nhựa trong và máy ép giấy của câu lạc bộ; một tổ ba người làm đủ khung cho một dãy nhà trong một tuần.",
    ),
}
