"""What the people feature writes into the audit trail and into notices; registered at start-up."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of persons, accounts, units and grants."""

    SIGNED_IN = "people.signed_in", N_("Đăng nhập")
    SIGN_IN_FAILED = "people.sign_in_failed", N_("Đăng nhập không thành công")
    SECRET_REFUSED = "people.secret_refused", N_("Nhập sai mã bước thứ hai hoặc mật khẩu hiện tại")
    SIGNED_OUT = "people.signed_out", N_("Đăng xuất")
    SESSION_REVOKED = "people.session_revoked", N_("Thu hồi phiên đăng nhập")
    PASSWORD_CHANGED = "people.password_changed", N_("Đổi mật khẩu")
    ONE_TIME_PASSWORD_ISSUED = "people.one_time_password_issued", N_("Cấp mật khẩu dùng một lần")
    SECOND_FACTOR_CHANGED = "people.second_factor_changed", N_("Thay đổi xác thực hai bước")
    SECOND_STEP_REMOVAL_ASKED = "people.second_step_removal_asked", N_("Đề nghị bỏ bước thứ hai, chờ người thứ hai")
    SECOND_STEP_REMOVAL_ENDED = "people.second_step_removal_ended", N_("Rút hoặc bác đề nghị bỏ bước thứ hai")
    PERSON_CREATED = "people.person_created", N_("Thêm quân nhân")
    PERSON_CHANGED = "people.person_changed", N_("Sửa thông tin quân nhân")
    PERSONS_LINKED = "people.persons_linked", N_("Xác định cùng một người")
    ACCOUNT_CREATED = "people.account_created", N_("Tạo tài khoản")
    ACCOUNT_CHANGED = "people.account_changed", N_("Sửa tài khoản")
    ACCOUNT_CLOSED = "people.account_closed", N_("Khóa tài khoản")
    UNIT_CREATED = "people.unit_created", N_("Thêm đơn vị")
    UNIT_CHANGED = "people.unit_changed", N_("Sửa đơn vị")
    UNIT_MOVED = "people.unit_moved", N_("Chuyển đơn vị")
    UNIT_CLOSED = "people.unit_closed", N_("Đóng đơn vị")
    ROLE_GRANTED = "people.role_granted", N_("Cấp vai trò")
    ROLE_REVOKED = "people.role_revoked", N_("Thu hồi vai trò")
    TOKEN_CREATED = "people.token_created", N_("Tạo khóa truy cập API")
    TOKEN_REVOKED = "people.token_revoked", N_("Thu hồi khóa truy cập API")
    PEOPLE_IMPORTED = "people.people_imported", N_("Nhập danh sách quân nhân")
    UNITS_IMPORTED = "people.units_imported", N_("Nhập danh sách đơn vị")


class NoticeKind(Labelled):
    """Notices about one's own account and roles."""

    PASSWORD_CHANGED = (
        "people.password_changed",
        N_("Mật khẩu của đồng chí vừa được đổi. Nếu không phải đồng chí đổi, xin báo ngay cho quản trị."),
    )
    ROLE_GRANTED = "people.role_granted", N_("Đồng chí được giao một vai trò; phiên đăng nhập trước đó đã kết thúc.")
    ROLE_REVOKED = "people.role_revoked", N_("Một vai trò của đồng chí đã được thu hồi; phiên đăng nhập trước đó đã kết thúc.")
    SECOND_STEP_REMOVED = (
        "people.second_step_removed",
        N_("Quản trị đã bỏ bước thứ hai của tài khoản đồng chí. Nếu đồng chí không nhờ, xin báo ngay cho đơn vị."),
    )
    SECOND_STEP_REMOVAL_ASKED = (
        "people.second_step_removal_asked",
        N_("Quản trị đề nghị bỏ bước thứ hai của %(subject)s; xin đồng chí xem và xác nhận."),
    )
    OWN_SECOND_STEP_ASKED = (
        "people.own_second_step_asked",
        N_("Quản trị đề nghị bỏ bước thứ hai của tài khoản đồng chí. Nếu đồng chí không nhờ, xin báo ngay cho cán bộ bảo mật."),
    )
    OLDEST_SIGN_IN_ENDED = (
        "people.oldest_sign_in_ended",
        N_(
            "Đồng chí đăng nhập ở quá nhiều nơi: lần đăng nhập cũ nhất đã kết thúc. Nếu không phải đồng chí, xin đổi mật khẩu ngay."
        ),
    )
    SIGN_INS_ENDED = (
        "people.sign_ins_ended",
        N_("Quản trị đã kết thúc mọi lần đăng nhập của đồng chí. Mật khẩu không thay đổi."),
    )
    ONE_TIME_PASSWORD_ISSUED = (
        "people.one_time_password_issued",
        N_("Quản trị đã cấp mật khẩu dùng một lần cho tài khoản đồng chí. Nếu đồng chí không nhờ, xin báo ngay cho đơn vị."),
    )
