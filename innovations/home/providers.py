"""Puts the features' inboxes and the bar's entries together: here, because home stands to the right of them all."""

from innovations.boards import inbox as boards
from innovations.boards.board_queries import OFFICES, my_seats
from innovations.boards.overdue_queries import OVERSEERS
from innovations.core.rules.errors import N_
from innovations.home.inbox import register_inbox
from innovations.home.navigation import NavItem, register_nav
from innovations.library import inbox as library
from innovations.people import inbox as people
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import inbox as proposals

#: Roles with a page of their own under ``/admin/``.
ADMINISTERING = (Role.ADMIN, Role.REGISTRAR)


def has_boards(actor: Actor) -> bool:
    """Whether boards are of use to the reader: a seat, or an office that deals with one."""
    return any(actor.holds_anywhere(role) for role in (*OFFICES, *OVERSEERS)) or bool(my_seats(actor))


def administers(actor: Actor) -> bool:
    """Whether the reader has something to administer."""
    return any(actor.holds_anywhere(role) for role in ADMINISTERING)


def is_security_officer(actor: Actor) -> bool:
    """Whether the quarantine page is of use to the reader."""
    return actor.holds_anywhere(Role.SECURITY_OFFICER)


def is_admin(actor: Actor) -> bool:
    """Whether the page of broken glass is of use to the reader; security officers are led there from the quarantine."""
    return actor.holds_anywhere(Role.ADMIN)


def is_auditor(actor: Actor) -> bool:
    """Whether the audit page is of use to the reader."""
    return actor.holds_anywhere(Role.AUDITOR)


NAV = (
    NavItem(N_("Việc của tôi"), "home.index", "inbox", 1),
    NavItem(N_("Hồ sơ"), "proposals.index", "file-text", 2),
    NavItem(N_("Hội đồng"), "boards.index", "scale", 3, has_boards),
    NavItem(N_("Thư viện áp dụng"), "library.index", "book-open", 4),
    NavItem(N_("Báo cáo"), "reports.index", "chart-column", 5),
    NavItem(N_("Cách ly"), "proposals.quarantined", "shield-alert", 6, is_security_officer),
    NavItem(N_("Mở khẩn cấp"), "proposals.glass", "lock-open", 6, is_admin),
    NavItem(N_("Kiểm tra"), "proposals.audit", "search-check", 6, is_auditor),
    NavItem(N_("Quản trị"), "admin.index", "settings", 7, administers),
)


def register() -> None:
    """Register every inbox and every entry of the bar."""
    for provider in (people.waiting, proposals.waiting, boards.waiting, library.waiting):
        register_inbox(provider)
    for item in NAV:
        register_nav(item)
