"""Named proposals of the demo about workshop, store, kitchen and garden."""

from innovations.cli.demo.texts.text import Text

WORKSHOP = {
    "washer": Text(
        "Bể rửa chi tiết tuần hoàn có lọc cặn cho xưởng sửa chữa nhỏ",
        "technical",
        ("technical",),
        "Xưởng rửa chi tiết bằng khay hở: dung dịch bẩn rất nhanh, đổ đi từng ngày, mùi nồng và nền trơn trượt. Thợ phải cúi "
        "lâu, tay tiếp xúc nhiều với dung dịch nên hay bị khô da.",
        "Bể rửa làm từ thùng tôn cũ hai ngăn. Ngăn trên là sàn lưới đặt chi tiết, ngăn dưới lắng cặn; bơm bể cá loại chịu dầu "
        "đẩy dung dịch qua lõi lọc vải nhiều lớp rồi lên vòi mềm. Nắp đậy có bản lề lò xo giữ mùi và tự đóng khi có lửa nhờ "
        "chốt chì nóng chảy. Chiều cao bể vừa tầm đứng, phía trước có khe luồn tay với găng dài. Cặn được gom vào hộp rút để xử "
        "lý đúng nơi quy định, dung dịch dùng lại nhiều tuần. Toàn bộ đấu điện qua cầu dao chống giật và có biển chỉ dẫn.",
        "Làm thùng hai ngăn.\nLắp bơm và lõi lọc.\nThử kín, thử chống giật.\nHướng dẫn thợ và treo bảng kiểm tra tuần.",
        "Tuần hoàn có lọc, đứng làm việc, nắp tự đóng; các xưởng trước đây chỉ dùng khay hở.",
        "Giảm lượng dung dịch thải, xưởng sạch, thợ đỡ đau lưng và ít bị khô da tay.",
        (
            ("material", "Dung dịch rửa mỗi tháng", "60", "15", "lít"),
            ("time", "Rửa một bộ chi tiết", "45", "20", "phút"),
        ),
        "Xưởng có nguồn điện nối đất, chỗ đặt bể thoáng khí; chi phí bơm và lõi lọc chưa đến một triệu đồng.",
    ),
    "kitchen": Text(
        "Sổ điện tử quản lý bếp ăn: quân số, thực đơn, xuất nhập và công khai tài chính",
        "logistics",
        ("management", "applied_progress"),
        "Bếp ăn ghi bảy loại sổ tay. Quân số báo ăn qua điện thoại hay nhầm, thực đơn tính tiền bằng máy tính cầm tay, cuối "
        "tháng quản lý bếp thức khuya để khớp sổ, công khai tài chính thường chậm.",
        "Tác giả dựng một bảng tính có khóa công thức, mỗi đại đội một trang báo quân số trước giờ quy định, bếp thấy ngay tổng "
        "số suất và suất ăn kiêng. Thực đơn chọn từ danh mục món có định lượng sẵn; bảng tự tính tiền, so với tiêu chuẩn và báo "
        "đỏ khi vượt. Phiếu nhập, phiếu xuất sinh ra từ thực đơn, sổ kho tự trừ. Cuối ngày in một trang công khai treo cửa nhà "
        "ăn, cuối tháng in trọn bộ báo cáo theo mẫu. Số liệu lưu trên máy của ban hậu cần, sao lưu hằng ngày ra ổ cứng.",
        "Nhập danh mục món và giá.\nĐại đội báo quân số.\nChọn thực đơn, in phiếu.\nIn trang công khai và báo cáo tháng.",
        "Một lần nhập dùng cho cả bảy loại sổ; công khai hằng ngày thay vì hằng tháng.",
        "Quản lý bếp bớt làm đêm, chiến sĩ xem được khẩu phần và tiền ăn mỗi ngày, không còn chênh sổ cuối tháng.",
        (
            ("time", "Làm sổ mỗi ngày", "120", "25", "phút"),
            ("other", "Chênh lệch sổ mỗi tháng", "5", "0", "lần"),
            ("money", "Thực phẩm thừa mỗi năm", "24000000", "9000000", "đồng"),
        ),
        "Bếp có một máy tính và máy in; quản lý biết dùng bảng tính cơ bản, tuần đầu chạy song song với sổ cũ để đối chiếu.",
    ),
    "shoes": Text(
        "Bảng đo cỡ giày và danh sách cỡ trước ngày cấp phát quân trang",
        "logistics",
        ("operational",),
        "Ngày cấp phát, nhiều chiến sĩ mới nhận giày không vừa, phải đổi đi đổi lại trong một tuần; kho bị xáo trộn, có đồng "
        "chí tập những ngày đầu với giày chật và phồng chân.",
        "Nhóm làm một bảng đo gỗ có hai thước trượt đo chiều dài và bề ngang bàn chân, mặt bảng in sẵn cỡ tương ứng. Trước ngày "
        "cấp phát một tuần, quân y và quản lý quân nhu đo theo tiểu đội, ghi cỡ vào danh sách; bảng tính cộng số lượng từng cỡ "
        "để kho soạn trước theo trung đội. Người có bàn chân dài ngắn khác nhau được ghi chú để thử riêng. Danh sách được giữ "
        "lại cho các đợt cấp sau, chỉ đo lại người thay đổi.",
        "Làm bảng đo.\nĐo theo tiểu đội, ghi danh sách.\nCộng cỡ, soạn theo trung đội.\nCấp phát và ghi nhận trường hợp phải "
        "đổi.",
        "Đo trước và soạn sẵn theo trung đội, trước đây cấp rồi mới đổi.",
        "Cấp phát xong trong một buổi, hầu như không phải đổi, không còn chiến sĩ phồng chân vì giày chật.",
        (
            ("time", "Thời gian cấp phát", "5", "1", "ngày"),
            ("other", "Số đôi phải đổi", "60", "4", "đôi"),
        ),
        "Cần một tấm gỗ, hai thước trượt và danh sách quân số; quân nhu thống nhất ngày đo với các đại đội từ tuần trước.",
        photo=True,
    ),
    "bandage": Text(
        "Dụng cụ cuộn băng cứu thương quay tay",
        "logistics",
        ("technical",),
        "Sau mỗi buổi luyện tập cứu thương, tổ quân y phải cuộn lại hàng trăm cuộn băng bằng tay. Băng cuộn lỏng, mép không "
        "đều, lần sau mở ra khó băng; chiến sĩ ngồi cuộn đến tối. Băng cuộn ẩu còn hay bị rơi xuống đất khi thực hành, phải "
        "giặt và hấp lại, mỗi tuần tốn thêm một mẻ hấp.",
        "Dụng cụ gồm trục quay có khe kẹp đầu băng, hai má gỗ giữ mép thẳng, con lăn tì bằng ống nhựa tạo độ căng đều và tay "
        "quay lấy từ xe đạp cũ. Người dùng luồn băng qua con lăn, kẹp đầu vào khe, quay chừng mười vòng rồi rút cuộn băng ra "
        "nhờ trục hơi côn. Đế có kẹp bàn, tháo rời được để giặt. Má gỗ trượt được theo ba khổ băng thường dùng. Mặt má gỗ khắc "
        "vạch để người mới biết cuộn đến đâu thì dừng, cuộn nào cũng dày như nhau nên xếp vừa hộp. Các chi tiết tiếp xúc với "
        "băng đều làm bằng nhựa trơn, lau cồn được.",
        "Luồn băng qua con lăn.\nKẹp đầu, quay tay.\nRút cuộn, dán mép.\nLau khô và cất.",
        "Có con lăn tạo căng và má giữ mép, chỉnh được ba khổ băng.",
        "Cuộn băng chặt, đều, nhanh gấp nhiều lần; chiến sĩ nghỉ sớm. Băng không còn bị tuột khi mở nên buổi tập sau không phải "
        "làm lại từ đầu.",
        (("time", "Cuộn 100 cuộn băng", "150", "35", "phút"),),
        "Làm trong một buổi bằng gỗ thừa, ống nhựa và tay quay xe đạp hỏng; quân y kiểm tra độ sạch trước khi xếp vào hộp.",
    ),
    "battery": Text(
        "Tủ sạc và kiểm tra ắc quy dùng chung cho các phân đội",
        "technical",
        ("technical", "management"),
        "Mỗi phân đội tự sạc ắc quy ở một góc kho, dây nối tạm, không ai biết bình nào đã sạc, bình nào hỏng. Có bình để quên "
        "cạn kiệt phải bỏ, nơi sạc nóng và thiếu thông gió.",
        "Tủ có tám ngăn thoáng, mỗi ngăn một bộ sạc tự ngắt, đồng hồ đo và thẻ ghi tình trạng. Bình vào tủ được đo, dán nhãn "
        "màu theo tình trạng, ghi vào bảng theo dõi trên cửa tủ; bình lâu ngày chưa sạc được nhắc theo lịch tuần. Quạt hút chạy "
        "khi tủ hoạt động, cầu chì riêng từng ngăn, cửa có khóa và bảng quy định an toàn. Nhân viên kho phụ trách chung, phân "
        "đội ký nhận khi lấy.",
        "Đo, dán nhãn bình.\nSạc theo ngăn.\nGhi bảng theo dõi.\nPhân đội ký nhận.",
        "Gom về một nơi có đo kiểm, có lịch nhắc, an toàn điện và thông gió.",
        "Bình bền hơn, không còn bình cạn vì để quên, kho gọn và an toàn.",
        (
            ("other", "Bình hỏng mỗi năm", "14", "4", "bình"),
            ("safety", "Điểm sạc tạm trong kho", "6", "0", "điểm"),
        ),
        "Kho có đường điện riêng và chỗ đặt tủ thông gió; một nhân viên kho được tập huấn an toàn điện phụ trách.",
    ),
    "rack": Text(
        "Giá đỡ và xe nâng tay để tháo lắp cụm chi tiết nặng",
        "technical",
        ("technical",),
        "Tháo cụm chi tiết nặng phải bốn người khiêng, tư thế cúi, dễ kẹt tay và rơi vỡ. Xưởng chỉ có một cầu trục ở xa, chờ "
        "lâu.",
        "Giá đỡ gồm khung chữ U trên bốn bánh xe có khóa, con đội vít nâng bàn đỡ và các má kẹp thay được theo từng loại chi "
        "tiết. Hai người đẩy giá vào đúng vị trí, nâng bàn sát chi tiết, siết má kẹp rồi tháo bu lông; chi tiết nằm trên giá "
        "được đẩy thẳng tới bàn sửa, không phải nhấc tay không. Có chốt an toàn chống tụt và bảng tải trọng cho phép dán trên "
        "khung. Khung làm từ thép tận dụng, xưởng tự hàn trong ba ngày. Tổ kỹ thuật đã thử tải có biên bản, lập quy trình tháo "
        "lắp bằng hình ảnh.",
        "Chọn má kẹp.\nĐẩy giá, khóa bánh.\nNâng, kẹp, tháo.\nĐẩy về bàn sửa.",
        "Má kẹp thay được và chốt chống tụt, một giá dùng cho nhiều loại cụm.",
        "Giảm người khiêng, không còn kẹt tay, không phải chờ cầu trục.",
        (
            ("manpower", "Người tháo một cụm", "4", "2", "người"),
            ("time", "Tháo một cụm", "90", "35", "phút"),
            ("safety", "Vụ kẹt tay mỗi năm", "3", "0", "vụ"),
        ),
        "Xưởng hàn được khung thép và có biên bản thử tải; người dùng học quy trình tháo lắp bằng hình ảnh trong một buổi.",
        photo=True,
    ),
    "drip": Text(
        "Hệ thống tưới nhỏ giọt tự chảy cho vườn tăng gia",
        "logistics",
        ("technical",),
        "Vườn tăng gia tưới bằng thùng và gáo, mùa khô mỗi ngày mất hai giờ của cả tiểu đội. Nước bơm từ giếng không đủ, luống "
        "cuối hay héo. Tưới bằng gáo còn làm đất bị nén chặt, hạt mới gieo trôi dồn về cuối luống, nhiều lần phải gieo lại.",
        "Một bồn cũ đặt trên bục cao, nước bơm vào buổi sáng rồi tự chảy theo ống nhựa khoan lỗ nhỏ có nút chỉnh. Mỗi luống một "
        "van, đầu ống có lưới lọc để không tắc. Đồng hồ cơ hẹn giờ mở van chính hai lần mỗi ngày, không dùng điện. Luống được "
        "phủ rơm giữ ẩm. Tổ tăng gia theo dõi độ ẩm bằng que thử tự làm và điều chỉnh van theo từng loại rau. Đầu vụ tổ đặt vài "
        "cốc hứng dưới các lỗ để so lượng nước giữa luống đầu và luống cuối, chỗ nào chảy mạnh thì vặn bớt nút. Khi thay cây, "
        "ống được cuộn lên giàn để làm đất rồi trải lại, không phải khoan mới. Trời mưa thì khóa một van tổng là dừng cả vườn.",
        "Đặt bồn, bục.\nChia ống theo luống.\nChỉnh van, hẹn giờ.\nTheo dõi, vệ sinh lưới lọc hằng tuần.",
        "Tự chảy, hẹn giờ cơ, không tốn điện.",
        "Tiết kiệm công tưới và nước, rau đều. Luống cuối không còn héo và cỏ mọc ít hơn vì chỉ gốc cây được ướt.",
        (
            ("time", "Công tưới mỗi ngày", "120", "15", "phút"),
            ("material", "Nước tưới mỗi ngày", "3000", "1400", "lít"),
        ),
        "Cần một bồn cũ, bục gạch cao hơn đầu người và ống nhựa mềm; một tiểu đội lắp trong hai buổi chiều lao động.",
    ),
    "float": Text(
        "Phao giữ đầu hút máy bơm chữa cháy ở mực nước nông",
        "safety",
        ("technical",),
        "Khi lấy nước ao hồ cạn, đầu hút chìm xuống bùn làm tắc lưới, máy bơm hụt nước, phải cử người giữ ống. Mùa khô việc này "
        "gần như lần nào diễn tập cũng gặp.",
        "Phao làm từ hai can nhựa ghép khung ống nhựa, giữa treo giỏ lưới hai lớp ôm đầu hút. Dây treo chỉnh được chiều sâu để "
        "đầu hút luôn dưới mặt nước một gang tay, cách đáy đủ xa. Vòng ngoài lắp chổi cước gạt rác nổi. Phao nhẹ, một người "
        "mang, ném xuống là tự cân bằng. Dây kéo có phao màu để thấy từ bờ. Tổ chữa cháy thử ở ba điểm lấy nước, ghi lại thời "
        "gian bơm liên tục trước và sau khi dùng.",
        "Lắp đầu hút vào giỏ.\nChỉnh dây theo mực nước.\nThả phao.\nThu và rửa lưới sau khi dùng.",
        "Giữ đầu hút luôn ở lớp nước giữa, không cần người giữ ống.",
        "Bơm liên tục, không tắc, bớt một người giữ ống.",
        (("other", "Lần tắc mỗi buổi diễn tập", "4", "0", "lần"),),
        "Làm từ hai can nhựa và ống nước thừa, chi phí dưới hai trăm nghìn đồng; tổ chữa cháy tập thả phao một lần.",
    ),
    "fives": Text(
        "Sắp xếp kho vật tư theo 5S với sơ đồ bóng dụng cụ",
        "technical",
        ("management",),
        "Kho vật tư chật, dụng cụ để lẫn, người mới mất cả buổi tìm một món. Kiểm kê phải bê hết ra sân. Vài thứ mua về rồi vẫn "
        "phải mua thêm vì không ai biết trong góc đã có sẵn, hộp rỗng và hộp đầy xếp chồng lên nhau.",
        "Kho được chia ô theo tần suất dùng; mỗi dụng cụ có hình bóng sơn trên bảng treo nên thiếu món nào thấy ngay. Lối đi kẻ "
        "vạch, giá có mã ô và danh sách dán đầu giá. Mỗi thứ sáu tổ kho chấm điểm năm tiêu chí, ảnh trước sau dán bảng tin. Vật "
        "tư lâu không dùng được lập danh sách đề nghị thu hồi. Người mới được giao một tấm sơ đồ nhỏ và tự tìm năm món trong "
        "ngày đầu tiên để làm quen. Vật tư hay hết như bu lông, giẻ lau, bóng đèn có hai hộp nối nhau: hộp trước cạn thì lật "
        "thẻ đỏ báo nhập, trong lúc đó dùng hộp sau. Món cho mượn thay bằng thẻ tên người mượn treo đúng chỗ bóng.",
        "Sàng lọc.\nChia ô, sơn bóng.\nDán mã, danh sách.\nChấm điểm hằng tuần.",
        "Hình bóng dụng cụ và chấm điểm hằng tuần.",
        "Tìm nhanh, kho gọn, kiểm kê nhẹ nhàng. Không mua trùng và cuối quý kiểm kê ngay tại giá, không bê đồ ra sân.",
        (("time", "Tìm một món", "25", "2", "phút"),),
        "Sơn, vạch kẻ và bảng treo tự làm; cả tổ kho dành hai ngày đầu để sàng lọc, sau đó mười lăm phút mỗi thứ sáu.",
    ),
    "dishes": Text(
        "Giá phơi và úp bát tận dụng năng lượng mặt trời cho nhà ăn",
        "logistics",
        ("technical",),
        "Bát rửa xong úp trên bàn ướt, mùa nồm lâu khô và có mùi. Nhà ăn không có tủ sấy. Tổ nuôi quân phải lau từng chiếc bằng "
        "khăn trước bữa chiều, khăn dùng nhiều lần lại thành chỗ bẩn.",
        "Giá phơi hai tầng bằng thép hộp sơn, mái tôn trong lấy nắng, hai bên lưới chắn côn trùng. Đáy nghiêng thoát nước, quạt "
        "nhỏ chạy pin mặt trời thổi gió từ dưới lên. Giá có bánh xe, đẩy từ khu rửa ra sân nắng rồi vào nhà ăn nên không phải "
        "bê bát nhiều lần. Ngày mưa dùng quạt điện. Tổ nuôi quân theo dõi thời gian khô và ghi bảng vệ sinh hằng tuần. Mỗi tầng "
        "chia ô theo mâm nên đếm được ngay đủ thiếu, bát đĩa của bệnh xá có một ngăn riêng sơn màu khác. Mái mở được hai phía "
        "để buổi trưa đón nắng thẳng, chiều gió thì hạ một bên. Nan đỡ bọc ống nhựa để bát không mẻ miệng.",
        "Rửa, úp lên giá.\nĐẩy ra sân nắng.\nĐẩy vào nhà ăn.\nVệ sinh giá hằng tuần.",
        "Di động, lấy nắng và có quạt.",
        "Bát khô nhanh, sạch, bớt công bê. Bỏ được việc lau bằng khăn, số bát mẻ giảm và sàn nhà ăn không còn đọng nước trước "
        "giờ ăn.",
        (("time", "Thời gian bát khô", "240", "90", "phút"),),
        "Thép hộp, tôn trong, một quạt nhỏ và tấm pin tận dụng từ đèn sân cũ; thợ hàn của đơn vị làm trong hai ngày.",
        photo=True,
    ),
}
