"""What is said to whoever may not do something with an adoption, or not now, or not like this."""

from innovations.core.rules.errors import N_, Forbidden, Invalid, StateForbids


class AdoptionNotAllowed(StateForbids):
    """The table has no such step."""

    message = N_("Việc áp dụng đang ở trạng thái “%(state)s” nên không thể “%(action)s”; xin tải lại trang.")


class NotOwnersCommander(Forbidden):
    """Somebody else answers the request."""

    message = N_("Chỉ chỉ huy đơn vị quản lý sáng kiến trả lời đề nghị này.")


class NotAdoptersCommander(Forbidden):
    """No commander's grant covers the adopting unit."""

    message = N_("Việc này do chỉ huy đơn vị áp dụng làm.")


class NotRequester(Forbidden):
    """Only who asked takes the request back."""

    message = N_("Chỉ bên đề nghị được rút đề nghị áp dụng.")


class AuthorMayNotHandle(Forbidden):
    """An official act on an adoption of one's own improvement."""

    message = N_("Đồng chí là tác giả nên không giải quyết việc áp dụng này; chỉ huy cấp trên sẽ làm.")


class AlreadyRunning(StateForbids):
    """The unit has a request or a use of this improvement that has not ended."""

    message = N_("%(unit)s đã có đề nghị hoặc đang áp dụng sáng kiến này; xin xem trong danh sách áp dụng.")


class NoLongerRecognised(StateForbids):
    """The recognition was taken back meanwhile."""

    message = N_("Sáng kiến không còn được công nhận nên không thể áp dụng tiếp theo đề nghị này.")


class OwnUnit(Invalid):
    """The owning unit cannot take its own improvement over."""

    message = N_("Đơn vị này đang quản lý sáng kiến; xin chọn đơn vị khác, hoặc hình thức “Áp dụng tại đơn vị quản lý”.")


class NotTheOwner(Invalid):
    """Only the owning unit records its own use."""

    message = N_("Hình thức này chỉ dành cho đơn vị quản lý sáng kiến; xin chọn nhân rộng hoặc nhận chuyển giao.")


class UnitClosed(Invalid):
    """The unit no longer exists."""

    message = N_("Đơn vị này đã giải thể; xin chọn đơn vị khác.")


class DayInFuture(Invalid):
    """A day that is said to have happened lies ahead."""

    message = N_("Ngày %(day)s chưa đến; xin kiểm tra lại.")


class StopBeforeStart(Invalid):
    """The use ends before it began."""

    message = N_("Ngày ngừng %(until)s trước ngày bắt đầu %(since)s; xin kiểm tra lại.")


class NothingMeasured(Invalid):
    """There is no measured benefit to confirm."""

    message = N_("Chưa có hiệu quả đo được để xác nhận; xin báo cáo kết quả trước.")


class PaperNotNow(StateForbids):
    """There is nothing yet that the paper could say."""

    message = N_("Việc áp dụng đang ở trạng thái “%(state)s” nên chưa có hoặc không có “%(paper)s”.")


class TextMissing(Invalid):
    """A field that this step needs is empty."""

    message = N_("Xin nhập mục này.")
