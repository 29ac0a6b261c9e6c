"""The one place where a refusal becomes an answer: a page, or ``application/problem+json`` under ``/api/``.

Database errors never reach a reader: they are logged and answered as 500 or 503 with a sentence.
"""

import errno
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from innovations.core.formats import sentence
from innovations.core.rules.errors import N_, DomainError, Several, Stale, Unavailable

TITLES = {
    400: N_("Yêu cầu chưa đúng"),
    401: N_("Cần đăng nhập"),
    403: N_("Không có quyền"),
    404: N_("Không tìm thấy"),
    405: N_("Yêu cầu chưa đúng"),
    409: N_("Không làm được lúc này"),
    413: N_("Tệp quá lớn"),
    422: N_("Dữ liệu chưa hợp lệ"),
    429: N_("Quá nhiều lần thử"),
    500: N_("Hệ thống gặp lỗi"),
    503: N_("Hệ thống tạm bận"),
}
#: No room, no answer from the disk, or it may only be read.
DISK_FAILS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
#: Not understood, too large, of a kind that is not taken, or with something wrong in it.
INPUT_REFUSED = (400, 413, 415, 422)
SENTENCES = {
    400: N_("Trình duyệt gửi một yêu cầu mà hệ thống không hiểu. Xin quay lại trang trước và thử lại."),
    404: N_("Không tìm thấy trang hoặc hồ sơ này."),
    405: N_("Trang này không nhận cách gửi đó. Xin quay lại trang trước."),
    413: N_("Tệp hoặc nội dung gửi lên vượt quá giới hạn. Xin chọn tệp nhỏ hơn."),
    500: N_("Đã ghi lại sự cố. Chưa có gì bị thay đổi; xin thử lại, nếu vẫn lỗi thì báo quản trị."),
}


def problem(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> Response:
    """RFC 9457 answer of the API."""
    body = {"type": "about:blank", "title": gettext(TITLES.get(status, TITLES[400])), "status": status, "detail": detail}
    response = jsonify({**body, "errors": errors or []})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def error_answer(status: int, detail: str, errors: list[DomainError] | None = None) -> Any:
    """A page or a problem document, by the address that was asked."""
    listed = [{"field": one.field, "message": sentence(one)} for one in errors or []]
    if request.path.startswith("/api/"):
        return problem(status, detail, listed)
    title = gettext(TITLES.get(status, TITLES[400]))
    return render_template("errors/error.html", code=status, title=title, message=detail, errors=listed), status


def on_domain_error(error: DomainError) -> Any:
    """A refusal of a rule or use case."""
    return error_answer(error.status, sentence(error), error.errors if isinstance(error, Several) else [error])


def on_http_error(error: HTTPException) -> Any:
    """Flask's own refusals, in our words."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    return error_answer(status, gettext(SENTENCES.get(status, SENTENCES[400])))


def on_csrf_error(_error: CSRFError) -> Any:
    """The form's key does not belong to this sign-in."""
    return error_answer(400, gettext("Biểu mẫu đã hết hạn hoặc không thuộc phiên đăng nhập này. Xin tải lại trang rồi gửi lại."))


def on_stale(_error: StaleDataError) -> Any:
    """Two transactions changed the same row; the later one is refused."""
    return on_domain_error(Stale())


def on_database_error(error: OperationalError) -> Any:
    """The database cannot be read now."""
    current_app.logger.error("database unavailable", exc_info=error)
    return on_domain_error(Unavailable())


def on_file_error(error: OSError) -> Any:
    """A file of the instance, such as the key of a vote, cannot be written now; every other error of this kind is a mistake of ours."""
    if error.errno not in DISK_FAILS:
        raise error
    current_app.logger.error("disk unavailable", exc_info=error)
    return on_domain_error(Unavailable())


def on_unexpected(error: InternalServerError) -> Any:
    """A mistake of ours: logged with its trace, answered with a sentence."""
    return error_answer(500, gettext(SENTENCES[500]))


def log_refusal(response: Response) -> Response:
    """Who tried what they may not, for the server's log: the account's number and the route, never what was sent (ASVS 16.3.2)."""
    if response.status_code == 403:
        account = current_user.actor.account_id if current_user and current_user.is_authenticated else "-"  # its id is a secret
        current_app.logger.warning("refused: account %s at %s %s", account, request.method, request.endpoint or "-")
    return response


def log_refused_input(response: Response) -> Response:
    """Which input was not taken, for the server's log: route, status and the names of the form's fields, never a value (ASVS 16.3.3)."""
    fields = g.pop("refused_fields", [])
    if response.status_code in INPUT_REFUSED:
        where = request.method, request.endpoint or "-"
        current_app.logger.warning("input refused: %s %s %s %s", *where, response.status_code, ",".join(fields) or "-")
    return response


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.after_request(log_refusal)
    app.after_request(log_refused_input)
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.register_error_handler(StaleDataError, on_stale)
    app.register_error_handler(OperationalError, on_database_error)
    app.register_error_handler(OSError, on_file_error)
    app.register_error_handler(InternalServerError, on_unexpected)
    app.register_error_handler(HTTPException, on_http_error)
