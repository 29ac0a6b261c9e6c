"""What is said to whoever may not do something around a board, or not now."""

from innovations.core.rules.errors import N_, Forbidden, StateForbids


class NotChair(Forbidden):
    """The actor does not preside over this review."""

    message = N_("Việc này do chủ tịch hội đồng (hoặc phó chủ tịch khi chủ tịch vắng, có xung đột lợi ích) làm.")


class NotScorer(Forbidden):
    """Nobody assigned the review to the actor."""

    message = N_("Đồng chí không được phân công chấm hồ sơ này.")


class NotVoter(Forbidden):
    """The actor holds no voting seat, or is not registered as present."""

    message = N_("Đồng chí không có ghế biểu quyết hoặc chưa được điểm danh có mặt ở phiên họp này.")


class NotOnBoard(Forbidden):
    """The actor holds none of the seats that run the board."""

    message = N_("Việc này do chủ tịch, phó chủ tịch hoặc ủy viên thư ký của hội đồng làm.")


class NotScheduler(Forbidden):
    """The actor neither keeps the board nor its unit's boards."""

    message = N_("Lịch giai đoạn do cơ quan thường trực và ủy viên thư ký của hội đồng lập.")


class ScoringNotOpen(StateForbids):
    """The board's schedule takes sheets from another day on."""

    message = N_("Hội đồng đang ở giai đoạn “%(phase)s”: chấm điểm mở từ ngày %(opens)s.")


class ScoringEnded(StateForbids):
    """The board's schedule takes sheets no more."""

    message = N_(
        "Hội đồng đang ở giai đoạn “%(phase)s”: phiếu chấm chỉ nhận đến hết ngày %(ended)s. "
        "Cần chấm thêm thì xin thư ký sửa lịch."
    )


class NotNow(StateForbids):
    """The review is not at the stage for it."""

    message = N_("Hồ sơ đang ở trạng thái “%(state)s” nên chưa làm được việc này.")


class FileWithheld(StateForbids):
    """The file may tell whose work it is, and the reader's sheet is not in."""

    message = N_("Tệp này có thể cho biết tác giả nên chưa mở được; đồng chí xem khi tác giả không còn được ẩn.")


class NotBlind(StateForbids):
    """Scorers of this review know the authors, so there is nothing to cover."""

    message = N_("Quy tắc của hồ sơ này không ẩn tác giả khi chấm nên không cần che từ ngữ.")
