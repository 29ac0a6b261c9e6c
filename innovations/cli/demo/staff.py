"""The demo's units and people: invented, made through the real use cases by the demo's admin and registrar."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from innovations.boards.rules.seats import SeatRole
from innovations.boards.services.boards import BoardData, create_board
from innovations.boards.services.seats import SeatData, seat_person
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.identity import actor_of
from innovations.people.models import Account, Unit
from innovations.people.passwords import hash_password
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import Level, PersonCategory
from innovations.people.services import founding, grants, persons, units
from innovations.people.services.persons import PersonData
from innovations.people.services.units import UnitData
from innovations.regulations.models import CriteriaSetRow, RuleSetRow
from innovations.regulations.rules.rulesets import DEFAULT
from innovations.regulations.services.campaigns import CampaignData, open_new_campaign
from innovations.regulations.services.shipped import VALID_FROM, ensure_shipped

ROOT = UnitData("QCM", "Quân chủng Mẫu", "Quân chủng Mẫu", Level.BRANCH, kind="command", place="Hà Nội", is_base=True)
#: code, name, short name, level, kind, parent, is a base
UNITS = (
    ("SM", "Sư đoàn M", "Sư đoàn M", Level.DIVISION, "division", "QCM", True),
    ("SP", "Sư đoàn P", "Sư đoàn P", Level.DIVISION, "division", "QCM", True),
    ("SQ", "Sư đoàn Q", "Sư đoàn Q", Level.DIVISION, "division", "QCM", True),
    ("T1A", "Trung đoàn 1A", "Trung đoàn 1A", Level.BASE, "regiment", "SM", True),
    ("T2B", "Trung đoàn 2B", "Trung đoàn 2B", Level.BASE, "regiment", "SM", True),
    ("L3C", "Lữ đoàn 3C", "Lữ đoàn 3C", Level.BASE, "brigade", "SP", True),
    ("TT", "Trường T", "Trường T", Level.BASE, "school", "SP", True),
    ("NMN", "Nhà máy N", "Nhà máy N", Level.BASE, "factory", "SQ", True),
    ("D5", "Tiểu đoàn 5", "Tiểu đoàn 5", Level.SUBUNIT, "battalion", "T1A", False),
    ("D6", "Tiểu đoàn 6", "Tiểu đoàn 6", Level.SUBUNIT, "battalion", "T1A", False),
    ("XSC", "Xưởng sửa chữa", "Xưởng sửa chữa", Level.SUBUNIT, "factory", "T1A", False),
    ("D7", "Tiểu đoàn 7", "Tiểu đoàn 7", Level.SUBUNIT, "battalion", "T2B", False),
)
OFFICER, PROFESSIONAL = PersonCategory.OFFICER, PersonCategory.PROFESSIONAL
CONSCRIPT, CIVILIAN = PersonCategory.CONSCRIPT, PersonCategory.CIVILIAN
#: service number, name, rank, position, unit, category, year of birth
PEOPLE = (
    ("tacgia", "Nguyễn Văn An", "Thượng úy", "Trợ lý kỹ thuật", "D5", OFFICER, 1993),
    ("tacgia2", "Trần Thị Bình", "Thiếu tá QNCN", "Nhân viên kỹ thuật", "XSC", PROFESSIONAL, 1986),
    ("tiepnhan", "Lê Minh Châu", "Đại úy", "Trợ lý tiếp nhận", "T1A", OFFICER, 1990),
    ("thuky", "Phạm Quốc Dũng", "Thiếu tá", "Trợ lý khoa học quân sự", "T1A", OFFICER, 1985),
    ("chutich", "Hoàng Đức Giang", "Trung tá", "Phó Trung đoàn trưởng", "T1A", OFFICER, 1979),
    ("uyvien1", "Vũ Hải Hà", "Thiếu tá", "Chủ nhiệm kỹ thuật", "T1A", OFFICER, 1983),
    ("uyvien2", "Đặng Quang Huy", "Thiếu tá", "Chủ nhiệm hậu cần", "T1A", OFFICER, 1984),
    ("uyvien3", "Bùi Thanh Lâm", "Đại úy", "Trợ lý tác huấn", "T1A", OFFICER, 1989),
    ("uyvien4", "Đỗ Thùy Linh", "Đại úy", "Trợ lý tài chính", "T1A", OFFICER, 1991),
    ("uyvien5", "Ngô Xuân Mạnh", "Thượng úy", "Trợ lý chính trị", "T1A", OFFICER, 1992),
    ("chihuy", "Dương Văn Nam", "Thượng tá", "Trung đoàn trưởng", "T1A", OFFICER, 1976),
    ("chihuy2", "Lý Hoài Phong", "Thiếu tá", "Tiểu đoàn trưởng", "D5", OFFICER, 1984),
    ("vanphong", "Hồ Ngọc Quyên", "Thiếu tá", "Trưởng ban khoa học quân sự", "T1A", OFFICER, 1982),
    ("donvi", "Phan Trung Sơn", "Thượng tá", "Trung đoàn trưởng", "T2B", OFFICER, 1977),
    ("docgia", "Trịnh Thu Trang", "Trung úy", "Trung đội trưởng", "D7", OFFICER, 1997),
    ("baomat", "Mai Anh Tuấn", "Thiếu tá", "Trợ lý bảo mật", "SM", OFFICER, 1981),
    ("baomat2", "Đinh Hữu Vinh", "Đại úy", "Trợ lý bảo mật", "SM", OFFICER, 1988),
    ("kiemtra", "Tạ Kim Yến", "Trung tá", "Trợ lý kiểm tra", "SM", OFFICER, 1980),
    ("demo19", "Cao Bá Khải", "Trung sĩ", "Khẩu đội trưởng", "D5", CONSCRIPT, 2005),
    ("demo20", "Lương Gia Bảo", "Hạ sĩ", "Chiến sĩ", "L3C", CONSCRIPT, 2006),
    ("demo21", "Kiều Mạnh Cường", "Đại úy QNCN", "Thợ nguội", "NMN", PROFESSIONAL, 1988),
    ("demo22", "Thái Văn Đông", "Thiếu tá", "Trợ lý đào tạo", "TT", OFFICER, 1985),
    ("demo23", "Quách Thị Hạnh", "Thượng úy QNCN", "Nhân viên quân y", "T1A", PROFESSIONAL, 1990),
    ("demo24", "Tô Duy Khánh", "Đại úy", "Đại đội trưởng", "D6", OFFICER, 1992),
    ("demo25", "Nghiêm Xuân Lộc", "Thiếu tá", "Chủ nhiệm hậu cần", "T2B", OFFICER, 1983),
    ("demo26", "Chu Thị Minh", "Thượng úy", "Trợ lý tác huấn", "T2B", OFFICER, 1993),
    ("demo27", "Võ Thành Nghĩa", "Đại úy", "Trợ lý kỹ thuật", "T2B", OFFICER, 1990),
    ("demo28", "Hà Tiến Phúc", "Thiếu tá", "Phó Lữ đoàn trưởng", "L3C", OFFICER, 1980),
    ("demo29", "Lâm Nhật Quang", "Đại úy", "Trợ lý kỹ thuật", "L3C", OFFICER, 1989),
    ("demo30", "Tống Văn Sáng", "Thượng tá", "Lữ đoàn trưởng", "L3C", OFFICER, 1976),
    ("demo31", "Đoàn Thị Thảo", "Kỹ sư", "Kỹ thuật viên", "NMN", CIVILIAN, 1994),
    ("demo32", "Châu Minh Trí", "Thượng tá", "Giám đốc", "NMN", OFFICER, 1975),
    ("demo33", "Vương Đình Uy", "Thượng tá", "Hiệu trưởng", "TT", OFFICER, 1975),
    ("demo34", "Phùng Khắc Việt", "Đại úy", "Giáo viên", "TT", OFFICER, 1989),
    ("demo35", "Lưu Quốc Anh", "Đại tá", "Sư đoàn trưởng", "SM", OFFICER, 1972),
    ("demo36", "Triệu Thị Cúc", "Trung tá", "Trưởng phòng khoa học quân sự", "SM", OFFICER, 1979),
    ("demo37", "Mạc Hồng Đăng", "Trung tá", "Chủ nhiệm kỹ thuật", "SM", OFFICER, 1978),
    ("demo38", "Âu Dương Hiếu", "Thiếu tá", "Trợ lý tác huấn", "SM", OFFICER, 1984),
    ("demo39", "Khúc Thừa Kiên", "Trung tá", "Phó Sư đoàn trưởng", "SM", OFFICER, 1977),
)
ADMIN = ("quantri", "Ông Gia Khiêm")
#: service number, role, unit
GRANTS = (
    ("tiepnhan", Role.RECEIVER, "T1A"),
    ("chihuy", Role.DECIDER, "T1A"),
    ("chihuy", Role.COMMANDER, "T1A"),
    ("chihuy2", Role.COMMANDER, "D5"),
    ("vanphong", Role.REGISTRAR, "T1A"),
    ("donvi", Role.COMMANDER, "T2B"),
    ("donvi", Role.DECIDER, "T2B"),
    ("baomat", Role.SECURITY_OFFICER, "QCM"),
    ("baomat2", Role.SECURITY_OFFICER, "QCM"),
    ("kiemtra", Role.AUDITOR, "QCM"),
    ("demo25", Role.RECEIVER, "T2B"),
    ("demo26", Role.REGISTRAR, "T2B"),
    ("demo30", Role.COMMANDER, "L3C"),
    ("demo30", Role.DECIDER, "L3C"),
    ("demo28", Role.REGISTRAR, "L3C"),
    ("demo29", Role.RECEIVER, "L3C"),
    ("demo32", Role.COMMANDER, "NMN"),
    ("demo32", Role.DECIDER, "NMN"),
    ("demo31", Role.REGISTRAR, "NMN"),
    ("demo31", Role.RECEIVER, "NMN"),
    ("demo33", Role.COMMANDER, "TT"),
    ("demo33", Role.DECIDER, "TT"),
    ("demo22", Role.REGISTRAR, "TT"),
    ("demo22", Role.RECEIVER, "TT"),
    ("demo35", Role.COMMANDER, "SM"),
    ("demo35", Role.DECIDER, "SM"),
    ("demo36", Role.REGISTRAR, "SM"),
    ("demo38", Role.RECEIVER, "SM"),
)
#: Bases whose campaigns let the author's commander look first.
WITH_UNIT_REVIEW = {"T2B"}
REGISTRARS = {"T1A": "vanphong", "T2B": "demo26", "L3C": "demo28", "SM": "demo36", "TT": "demo22", "NMN": "demo31"}
RECEIVERS = {"T1A": "tiepnhan", "T2B": "demo25", "L3C": "demo29", "SM": "demo38", "TT": "demo22", "NMN": "demo31"}
#: Who heads a base, decides and signs there, and answers for it when another unit asks.
DECIDERS = {"T1A": "chihuy", "T2B": "donvi", "L3C": "demo30", "SM": "demo35", "TT": "demo33", "NMN": "demo32"}
HEADS = {**DECIDERS, "D5": "chihuy2"}
#: Who looks after what a unit takes over from another.
RESPONSIBLE = {
    "T1A": "Trần Thị Bình", "T2B": "Nghiêm Xuân Lộc", "L3C": "Lâm Nhật Quang", "SM": "Mạc Hồng Đăng", "TT": "Phùng Khắc Việt",
    "NMN": "Đoàn Thị Thảo",
}  # fmt: skip


@dataclass(frozen=True)
class Staff:
    """Who is who in the demo, by service number and unit code."""

    accounts: dict[str, int]
    people: dict[str, int]
    units: dict[str, int]

    def actor(self, service_number: str) -> Actor:
        """The person as the rules know them, today."""
        return actor_of(db.session.get_one(Account, self.accounts[service_number]))


def find() -> Staff:
    """The demo's people and units as they stand in the database."""
    accounts = db.session.execute(select(Account.service_number, Account.id, Account.person_id)).all()
    return Staff(
        accounts={number: account_id for number, account_id, _person in accounts},
        people={number: person_id for number, _account, person_id in accounts},
        units={code: unit_id for code, unit_id in db.session.execute(select(Unit.code, Unit.id))},
    )


def _make_people(unit_ids: dict[str, int], password: str) -> None:
    hashed = hash_password(password)  # one hash for all: 40 of them would take 2 s of every demo load
    with atomic():
        for number, name, rank, position, unit, category, born in PEOPLE:
            data = PersonData(name, unit_ids[unit], rank, position, born_on=date(born, 1, 1), category=category)
            persons.add_account(persons.add_person(data), number, hashed, one_time=False, demo=True)


def build(password: str) -> Staff:
    """Make the demo's units, people and grants on an empty instance.

    :param password: of every demo account.
    """
    account_id = founding.create_admin(service_number=ADMIN[0], name=ADMIN[1], password=password, root=ROOT, demo=True)
    admin = actor_of(db.session.get_one(Account, account_id))
    unit_ids = {"QCM": admin.unit_id}
    for code, name, short, level, kind, parent, is_base in UNITS:
        data = UnitData(code, name, short, level, kind=kind, place="Đồng Mẫu", is_base=is_base)
        unit_ids[code] = units.create_unit(admin, data, parent_id=unit_ids[parent])
    _make_people(unit_ids, password)
    staff = find()
    for number, role, unit in GRANTS:
        grants.give(admin, staff.people[number], role, unit_ids[unit], from_on=today())
    for unit, number in HEADS.items():
        units.name_head(admin, unit_ids[unit], staff.people[number])
    return find()


def prepare() -> None:
    """Shipped sets, this year's campaigns of every base, and the boards: what makes the units ready to receive."""
    ensure_shipped()
    staff, year = find(), today().year
    rules, criteria = _shipped_ids()
    looked_at = _with_unit_review()
    for unit, registrar in REGISTRARS.items():
        actor, unit_id = staff.actor(registrar), staff.units[unit]
        chosen = looked_at if unit in WITH_UNIT_REVIEW else rules
        closed = CampaignData(f"Đợt xét sáng kiến năm {year}", year, date(year, 1, 1), date(year, 12, 31), chosen, criteria)
        running = CampaignData(f"Đợt xét sáng kiến từ năm {year + 1}", year + 1, date(year + 1, 1, 1), None, chosen, criteria)
        open_new_campaign(actor, unit_id, closed)
        open_new_campaign(actor, unit_id, running)


def _with_unit_review() -> int:
    """A second rule set, under which the author's commander looks first."""
    with atomic() as session:
        rules = replace(DEFAULT, name="Quy chế có chỉ huy đơn vị xem trước", unit_review=True)
        row = RuleSetRow(name=rules.name, valid_from=VALID_FROM, content=rules.to_json(), updated_at=now(), active=False)
        session.add(row)
        session.flush()
        return row.id


def _shipped_ids() -> tuple[int, int]:
    rules = db.session.scalar(select(RuleSetRow.id).order_by(RuleSetRow.id)) or 0
    criteria = db.session.scalar(select(CriteriaSetRow.id).order_by(CriteriaSetRow.id)) or 0
    return rules, criteria


CHAIR, DEPUTY, SECRETARY = SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY
REVIEWER, MEMBER = SeatRole.REVIEWER, SeatRole.MEMBER
#: unit → its board and who sits as what: one of seven, the others of five; small bases invite members from their neighbours.
BOARDS = {
    "T1A": (
        "Hội đồng sáng kiến Trung đoàn 1A",
        {
            "chutich": CHAIR, "uyvien1": DEPUTY, "thuky": SECRETARY, "uyvien2": REVIEWER, "uyvien3": MEMBER, "uyvien4": MEMBER,
            "uyvien5": MEMBER,
        },
    ),
    "T2B": (
        "Hội đồng sáng kiến Trung đoàn 2B",
        {"demo25": CHAIR, "demo26": SECRETARY, "demo37": REVIEWER, "demo38": MEMBER, "demo27": MEMBER},
    ),
    "L3C": (
        "Hội đồng sáng kiến Lữ đoàn 3C",
        {"demo28": CHAIR, "demo29": SECRETARY, "demo31": REVIEWER, "demo22": MEMBER, "demo34": MEMBER},
    ),
    "SM": (
        "Hội đồng sáng kiến Sư đoàn M",
        {"demo39": CHAIR, "demo36": SECRETARY, "demo38": REVIEWER, "baomat2": MEMBER, "demo37": MEMBER},
    ),
    "TT": (
        "Hội đồng khoa học, sáng kiến Trường T",
        {"demo33": CHAIR, "demo22": SECRETARY, "demo28": REVIEWER, "demo29": MEMBER, "demo31": MEMBER},
    ),
    "NMN": (
        "Hội đồng sáng kiến Nhà máy N",
        {"demo32": CHAIR, "demo31": SECRETARY, "demo34": REVIEWER, "demo29": MEMBER, "demo37": MEMBER},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Signer:
    """How a person signs."""

    name: str
    rank: str
    position: str


def signer(number: str) -> Signer:
    """The person of a service number as a decision names them."""
    _number, name, rank, position, *_rest = next(person for person in PEOPLE if person[0] == number)
    return Signer(name, rank, position)


def seat_board(unit: str) -> int:
    """Set the board of a unit up with its establishing decision; returns its id."""
    staff, since = find(), today()
    name, seats_of = BOARDS[unit]
    registrar = staff.actor(REGISTRARS[unit])
    data = BoardData(name, since, decision_number=f"12/QĐ-{unit}", decision_on=since, decision_signer=signer(DECIDERS[unit]).name)
    board_id = create_board(registrar, staff.units[unit], data)
    for number, role in seats_of.items():
        seat_person(registrar, board_id, SeatData(staff.people[number], role, since))
    return board_id


def seat_boards() -> dict[str, int]:
    """Set all boards up; unit code → board id."""
    return {unit: seat_board(unit) for unit in BOARDS}
