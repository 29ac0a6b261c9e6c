"""What may become of an import that was handed to the worker; and which imports are small enough to be waited for."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled

#: Rows that a page imports while its reader waits, about a second; they can be searched within two.
SMALL_ROWS = 500
#: A file whose reading ended its process so often is given up.
CRASHES = 3


class Ending(Labelled):
    """How a job ended; all but ``DONE`` stored nothing."""

    WAITING = "waiting", N_("Đang chờ hoặc đang nhập.")
    DONE = "done", N_("Đã nhập sổ.")
    NOTHING = "nothing", N_("Không có gì để lưu: mọi dòng đã có trong hệ thống.")
    REFUSED = "refused", N_("Sổ còn lỗi; chưa lưu gì. Sửa các dòng dưới đây rồi nhập lại.")
    LOST = "lost", N_("Tệp đã tải lên không còn trên máy chủ; chưa lưu gì. Xin chọn lại tệp và nhập lại.")
    FORBIDDEN = "forbidden", N_("Người yêu cầu không còn quyền nhập sổ của đơn vị này; chưa lưu gì.")
    FAILED = (
        "failed",
        N_("Tệp này làm dừng việc đọc nhiều lần; chưa lưu gì. Xin chia nhỏ tệp hoặc lưu lại thành CSV UTF-8 rồi nhập lại."),
    )
