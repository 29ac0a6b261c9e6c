"""Every act that belongs to no situation of a proposal: offices, boards, meetings, adoptions, the own account; and how it is made ready.

With the doors around a proposal these are all the addresses that change something; ``test_events`` holds the two lists to the routes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from innovations.core.clock import today
from innovations.documents.papers.word import WordPaper, shipped
from innovations.exchange.rules.jobs import SMALL_ROWS
from innovations.exchange.services.people_jobs import SMALL_LIST
from innovations.extensions import db
from innovations.people.models import Grant
from innovations.regulations.models import Campaign, CriteriaSetRow, RuleSetRow
from innovations.regulations.queries import fields_of_work
from tests.authority import made_ready as ready
from tests.authority import ready_for_two as two
from tests.authority.conftest import House
from tests.authority.doors import COUNT
from tests.board_files import scan
from tests.board_world import POINTS
from tests.world import PASSWORD

NEW_PASSWORD = "mưa rào cuối vụ gặt tháng năm"
REASON = {"reason": "Có lý do chính đáng."}
DECISION = {
    "number": "77/QĐ-1A",
    "decided_on": today().isoformat(),
    "signer_name": "Dương Văn Nam",
    "signer_position": "Trung đoàn trưởng",
}
Values = Mapping[str, Any]


def nothing(_house: House) -> Values:
    """The told world has all that the act needs."""
    return {}


@dataclass(frozen=True, eq=False)
class OfficeAct:
    """An act as somebody sends it where it succeeds.

    :param by: account; empty for nobody signed in.
    :param form: what is typed; what is empty is filled from the ids at hand and from ``ready``.
    :param ready: brings the told world to where the act succeeds and returns ids for the address and the form, a ``client`` to
        send it with, further fields as ``form``.
    :param shown: the form comes filled from this page, as a browser sends it back; ``form`` is typed over it.
    :param ok: the answer.
    :param kind: what tells it from other acts of the same route.
    """

    endpoint: str
    by: str
    form: Mapping[str, Any] = field(default_factory=dict)
    ready: Callable[[House], Values] = nothing
    shown: str = ""
    json: Mapping[str, Any] | None = None
    ok: int = 303
    kind: str = ""

    @property
    def name(self) -> str:
        """Route, and which of its acts."""
        return f"{self.endpoint} {self.kind}".strip()

    def prepare(self, house: House) -> Callable[[str], TestResponse]:
        """Make the act ready; what is returned sends it, with a once-key unless that is empty."""
        values = {**ids_of(house), **self.ready(house)}
        more = values.pop("form", {})
        client: FlaskClient = values.pop("client", None) or (house.world.client(self.by) if self.by else house.app.test_client())
        address = house.url(self.endpoint, **values)
        typed = {**{name: value or values.get(name, "") for name, value in self.form.items()}, **more}
        if self.shown:
            typed = {**_shown_form(client, house.url(self.shown, **values), address), **typed}

        def send(once: str) -> TestResponse:
            if self.json is not None:
                headers = {"Authorization": f"Bearer {house.told.tokens[self.by]}"} | ({"Idempotency-Key": once} if once else {})
                return client.post(address, json=dict(self.json), headers=headers)
            sent = {name: _as_sent(name, value) for name, value in typed.items()}
            return client.post(address, data={**sent, "_once": once} if once else sent)

        return send


def _as_sent(name: str, value: Any) -> Any:
    """What a field holds, as a browser sends it: bytes are a file, with a name of its own or that of its field."""
    content, called = value if isinstance(value, tuple) else (value, f"{name}.csv")
    return (BytesIO(content), called) if isinstance(content, bytes) else value


def ids_of(house: House) -> dict[str, Any]:
    """Ids that addresses are made of."""
    staff, told = house.world.staff, house.told
    grant = db.session.scalar(select(Grant.id).where(Grant.person_id == staff.people["tiepnhan"]))
    campaign = db.session.scalars(select(Campaign).where(Campaign.unit_id == staff.units["T1A"]).order_by(Campaign.id)).first()
    own = staff.units["T1A"]
    found = {
        "board_id": told.board, "adoption_id": told.adoption, "screening_id": told.screening, "unit_id": str(own),
        "code": house.case("recognised_open").ids["code"], "campaign_id": campaign.id if campaign else 0,
        "person_id": staff.people["demo25"], "account_id": staff.accounts["demo25"], "grant_id": grant,
        "set_id": db.session.scalar(select(RuleSetRow.id).order_by(RuleSetRow.id)), "field_id": fields_of_work()[0].id,
        "from_on": today().isoformat(), "rule_set_id": str(campaign.rule_set_id if campaign else 0),
        "criteria_set_id": str(campaign.criteria_set_id if campaign else 0),
    }  # fmt: skip
    db.session.rollback()
    return found


def _criteria_set(_house: House) -> Values:
    found = db.session.scalar(select(CriteriaSetRow.id).order_by(CriteriaSetRow.id))
    db.session.rollback()
    return {"set_id": found}


def _shown_form(client: FlaskClient, page: str, address: str) -> dict[str, Any]:
    """The fields of a form as its page fills them."""
    soup = BeautifulSoup(client.get(page).text, "html.parser")
    form = next(
        each for each in soup.find_all("form") if (each.get("action") or page) == address and each.get("method") == "post"
    )
    sent: dict[str, Any] = {}
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), control.get("type", "")
        if not name or name == "_once" or (kind in ("checkbox", "radio") and not control.has_attr("checked")):
            continue
        if control.name == "select":
            chosen = [each["value"] for each in control.find_all("option") if each.has_attr("selected")]
            sent[name] = chosen or control.find("option")["value"]
        else:
            sent[name] = control.get_text() if control.name == "textarea" else control.get("value", "y")
    return sent


def _own(endpoint: str, form: Mapping[str, Any] | None = None, **more: Any) -> OfficeAct:
    """An act on one's own account or draft."""
    return OfficeAct(endpoint, "docgia", form or {}, **more)


def _admin(endpoint: str, form: Mapping[str, Any] | None = None, **more: Any) -> OfficeAct:
    return OfficeAct(f"admin.{endpoint}", "quantri", form or {}, **more)


def _admin_asks(endpoint: str, form: Mapping[str, Any] | None = None, **more: Any) -> OfficeAct:
    return OfficeAct(f"proposals.{endpoint}", "quantri", form or {}, **more)


def _registrar(endpoint: str, form: Mapping[str, Any] | None = None, **more: Any) -> OfficeAct:
    return OfficeAct(endpoint, "vanphong", form or {}, **more)


UNIT = {"code": "D9", "name": "Tiểu đoàn 9", "short_name": "dBB9", "level": "subunit", "kind": ""}
PERSON = {"full_name": "Lê Văn Mới", "service_number": "qn900", "category": "officer", "unit_id": ""}
BOARD = {"name": "Hội đồng chuyên đề", "term_from": "2026-01-01", "unit": ""}
CAMPAIGN = {
    "name": "Đợt bổ sung", "year": "2026", "opens_on": "2026-01-05", "unit_id": "", "rule_set_id": "", "criteria_set_id": "",
}  # fmt: skip
PEOPLE = "Số hiệu;Họ và tên;Mã đơn vị\nqn901;Lê Văn Một;T1A\n".encode()
UNITS = "Mã đơn vị;Tên đơn vị;Đơn vị cấp trên;Cấp\nD8;Tiểu đoàn 8;T1A;subunit\n".encode()
REGISTER = b"title,year,external_id\nGia treo dung cu,2020,b1\n"
LARGE_REGISTER = REGISTER.splitlines()[0] + b"\n" + b"".join(b"Gia kieu %d,2020,c%d\n" % (n, n) for n in range(SMALL_ROWS + 1))
LONG_LIST = PEOPLE + "".join(f"qnx{n};Lê Văn Số {n};T1A\n" for n in range(SMALL_LIST)).encode()
SHEET = {f"{name}-points": value for name, value in POINTS.items()} | {"version": "0", "proposes": "recognise", "do": "submit"}
PAPER = {f"{name}-points": value for name, value in POINTS.items()} | {"proposes": "recognise", "printed_code": ""}
JUDGED = {"seat_id": "", "kind": "same_subunit", **REASON}
LINE = {
    "lines-0-kind": "time",
    "lines-0-label": "Kiểm tra",
    "lines-0-before": "40",
    "lines-0-after": "12",
    "lines-0-measure": "phút",
}

# fmt: off
OFFICE_ACTS = (
    OfficeAct("people.signin_send", "", {"service_number": "docgia", "password": PASSWORD}),
    OfficeAct("people.signin_code", "", {"code": ""}, ready.waiting_for_its_code),
    _own("people.signout"),
    _own("people.change_password", {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}),
    _own("people.end_sign_in", {"present": ""}, ready=ready.another_sign_in),
    _own("people.end_other_sign_ins", {"present": ""}, ready=ready.another_sign_in),
    _own("people.begin_second_step"),
    _own("people.confirm_second_step", {"code": "", "present": ""}, ready=ready.second_step_begun, ok=200),
    _own("people.renew_recovery_codes", {"code": "", "present": ""}, ready=ready.second_step_set_up, ok=200),
    _own("people.switch_second_step_off", {"code": "", "present": ""}, ready=ready.second_step_set_up),
    _own("home.set_locale", {"locale": "en"}),
    _own("proposals.secret", ok=200),
    _own("proposals.create", {"nothing_secret": "y"}),
    OfficeAct("proposals.create_on_paper", "tiepnhan", {"nothing_secret": "y", "author_name": "Lê Văn Hai", "unit_id": ""}),
    OfficeAct("proposals.hide", "baomat", {"code": "", **REASON}),
    OfficeAct("proposals.change_author", "tacgia", {"attachment_id": ""}, ready.author_without_account, kind="attest"),
    OfficeAct("api.create_proposal", "tacgia", json={"nothing_secret": True, "title": "Bảng kiểm"}, ok=201),
    OfficeAct("api.similar", "tacgia", json={"title": "Bảng kiểm"}, ok=200),
    # The admin: units, people, roles.
    _admin("create_unit", UNIT, ready=ready.parent),
    _admin("change_unit", {"name": "Tên mới"}, ready=ready.subunit, shown="admin.edit_unit"),
    _admin("move_unit", {"parent_id": ""}, ready=ready.subunit),
    _admin("open_or_close_unit", ready=lambda house: {**ready.subunit(house), "step": "close"}, kind="close"),
    _admin("open_or_close_unit", ready=ready.closed_unit, kind="reopen"),
    _admin("create_person", PERSON, ok=200),
    _admin("change_person", {"rank": "Đại úy"}, shown="admin.person"),
    _admin("link_person", {"same_as_id": "", **REASON}, ready=ready.other_record),
    _admin("give_grant", {"role": "receiver", "unit_id": "", "from_on": ""}),
    _admin("set_deputy", ready=ready.deputy),
    _admin("end_grant", ready=ready.grant_of_its_person),
    _admin("open_or_close_account", ready=lambda house: {"step": "close"}, kind="close"),
    _admin("open_or_close_account", ready=ready.closed_account, kind="reopen"),
    _admin("new_password", ok=200),
    _admin("reset_second_step", ready=two.step_lost),
    _admin("reset_second_step", ready=two.step_of_the_head_lost, kind="asks"),
    _admin("end_sign_ins"),
    _admin("import_units", {"file": UNITS}),
    _admin("import_people", {"file": PEOPLE}, ok=200),
    _admin("import_people", {"file": LONG_LIST}, kind="long"),
    _admin("take_people", ready=ready.prepared_list, ok=200),
    # The registrar: campaigns, fields, days, sets, the register; boards and their seats.
    _registrar("admin.create_campaign", CAMPAIGN),
    _registrar("admin.change_campaign", {"name": "Đợt đổi tên"}, shown="admin.edit_campaign"),
    _registrar("admin.add_field", {"name": "Trồng trọt", "active": "y"}),
    _registrar("admin.change_field", {"name": "Huấn luyện chiến đấu", "active": "y"}),
    _registrar("admin.set_day", {"on": "2026-09-02", "name": "Quốc khánh"}),
    _registrar("admin.remove_day", ready=ready.special_day),
    _registrar("admin.copy_rule_set", {"name": "Bộ của trung đoàn", "unit_id": ""}),
    _registrar("admin.copy_criteria_set", {"name": "Bộ của trung đoàn", "unit_id": ""}, ready=_criteria_set),
    _registrar("admin.change_rule_set", {"reviewer_days": "12"}, ready=ready.own_rule_set, shown="admin.rule_set"),
    _registrar("admin.change_criteria_set", {"name": "Bộ sửa"}, ready=ready.own_criteria_set, shown="admin.criteria_set"),
    _registrar("admin.add_word_template", {"file": (shipped(WordPaper.MINUTES).read_bytes(), "mau.docx"), "nothing_secret": "y"}, ready=ready.word_paper, shown="admin.word_template"),
    _registrar("admin.withdraw_word_template", ready=ready.own_template),
    _registrar("admin.check_register", {"file": REGISTER, "unit_id": ""}, ok=200),
    _registrar("admin.import_register", {"file": REGISTER, "unit_id": ""}),
    _registrar("admin.import_register", {"file": LARGE_REGISTER, "unit_id": ""}, kind="large"),
    _registrar("admin.ask_screening", {"campaign_id": ""}, ready=ready.finished_screening),
    _registrar("admin.judge_pair", {"verdict": "same"}, ready=ready.screened_import),
    _registrar("boards.create", BOARD, ready=lambda house: {"unit": str(house.world.staff.units["T1A"])}),
    _registrar("boards.change", {"name": "Hội đồng đổi tên", "term_from": "2020-01-01"}),
    _registrar("boards.close", ready=ready.idle_board),
    _registrar("boards.fill_seat", {"person_id": "", "q": "", "role": "member", "since": ""}, ready=ready.candidate),
    _registrar("boards.end_seat", {"last_day": ""}, ready=ready.seat_to_end),
    # The secretary: meetings.
    OfficeAct("boards.call_meeting", "thuky", {"on": "", "review_ids": ""}, ready.item_to_call),
    OfficeAct("boards.change_meeting", "thuky", {"on": "", "review_ids": "", "place": "Hội trường"}, ready.called_meeting),
    OfficeAct("boards.start_meeting", "thuky", {}, ready.called_meeting),
    OfficeAct("boards.take_attendance", "thuky", {"here": ""}, ready.everybody_here),
    OfficeAct("boards.close_meeting", "thuky", {}, ready.concluded_meeting),
    OfficeAct("boards.add_minutes", "thuky", {"file": (scan(), "bien-ban.pdf"), "kind": "signed", "nothing_secret": "y"}, ready.meeting_held),
    OfficeAct("boards.close_overdue", "thuky", REASON, ready.overdue),
    OfficeAct("boards.record_roll", "thuky", {}, ready.open_roll),
    OfficeAct("boards.open_vote", "thuky", {"way": "paper"}, ready.before_vote, kind="paper"),
    OfficeAct("boards.key_count", "thuky", COUNT, ready.vote_on_paper, kind="first"),
    OfficeAct("boards.key_count", "thuky", COUNT, ready.counted_once, kind="second"),
    OfficeAct("boards.key_count", "thuky", {**COUNT, "agree": "4", "disagree": "2"}, ready.counted_once, kind="differs"),
    OfficeAct("boards.settle_count", "chutich", {"place": "1", **REASON}, ready.counts_that_differ),
    OfficeAct("boards.void_paper_vote", "thuky", REASON, ready.vote_on_paper),
    OfficeAct("boards.cast", "chutich", {"opinion": "agree"}, ready.open_roll, kind="open"),
    OfficeAct("boards.key_sheet_send", "thuky", PAPER, ready.paper_sheet, kind="first"),
    OfficeAct("boards.key_sheet_send", "thuky", PAPER, ready.keyed_once, kind="second"),
    OfficeAct("boards.key_sheet_send", "thuky", {**PAPER, "novelty-points": "22"}, ready.keyed_once, kind="differs"),
    OfficeAct("boards.score_send", "uyvien2", SHEET, ready.sheet_to_fill, kind="submit"),
    # The secretary: who scores what.
    OfficeAct("boards.apply_plan", "thuky", {"pick": ""}, two.planned),
    OfficeAct("boards.plan_file", "thuky", {}, two.plan_as_file),
    OfficeAct("boards.keep_apart", "thuky", {"one": "", "other": "", **REASON}, two.two_members),
    OfficeAct("boards.let_together", "thuky", {"pair_id": ""}, two.pair_apart),
    OfficeAct("boards.change_schedule", "thuky", {}, shown="boards.schedule"),
    OfficeAct("boards.cover_words", "thuky", {"words": "anh Tư"}, two.authors_hidden),
    OfficeAct("boards.rule_file", "thuky", {"do": "withhold", **REASON}, two.authors_hidden, kind="withhold"),
    OfficeAct("boards.rule_file", "thuky", {"do": "release", **REASON}, two.authors_hidden, kind="release"),
    OfficeAct("boards.judge_conflict", "thuky", {**JUDGED, "do": "pin"}, two.comrade, kind="pin"),
    OfficeAct("boards.judge_conflict", "thuky", {**JUDGED, "do": "dismiss"}, two.comrade, kind="dismiss"),
    # Outcomes that were recorded: dropped by the standing office, published by the head.
    OfficeAct("boards.hold_outcomes", "vanphong", {"review_ids": "", "do": "drop"}, two.outcome_held, kind="drop"),
    OfficeAct("boards.publish_outcomes", "chihuy", {"review_ids": "", **DECISION}, two.outcome_held),
    OfficeAct("boards.confirm_correction", "chihuy", {}, two.correction_waits),
    OfficeAct("boards.drop_correction", "vanphong", {}, two.correction_waits),
    OfficeAct("proposals.answer_complaint", "chihuy", {"finding": "partly", **REASON}, two.complained),
    # What takes two persons, and what leads to it.
    _own("proposals.report_content", ready=two.open_to_all),
    OfficeAct("proposals.settle_reports", "baomat", {}, two.reported),
    OfficeAct("proposals.propose_purge", "baomat", {"reason": "classified"}, two.hidden),
    OfficeAct("proposals.take_back_purge", "baomat", {}, two.purge_proposed),
    OfficeAct("proposals.confirm_purge", "baomat2", {}, two.purge_proposed),
    OfficeAct("proposals.destroy_copy", "baomat", {}, two.copy_outside),
    _admin_asks("ask_glass", {"code": "", "reason": "complaint", "note": "Tác giả khiếu nại."}, ready=two.submitted),
    OfficeAct("people.confirm_lost_step", "baomat", {}, two.removal_asked),
    OfficeAct("people.end_lost_step", "quantri", {}, two.removal_asked),
    OfficeAct("proposals.confirm_glass", "baomat", {}, two.glass_asked),
    _admin_asks("end_glass", ready=two.glass_open),
    # Adoptions.
    OfficeAct("library.adopt", "donvi", {"unit_id": "", "kind": "replication", "purpose": "Dùng cho tổ trực."}, ready.another_unit),
    OfficeAct("library.agree", "chihuy", {}),
    OfficeAct("library.decline", "chihuy", REASON),
    OfficeAct("library.cancel", "donvi", {}),
    OfficeAct("library.start", "donvi", {"place": "Kho 2", "responsible": "Võ Thành Nghĩa", "from_on": ""}, ready.adoption_agreed),
    OfficeAct("library.report", "donvi", {"result": "Đạt yêu cầu.", **LINE}, ready.adoption_in_use),
    OfficeAct("library.confirm", "donvi", {}, ready.adoption_reported),
    OfficeAct("library.stop", "donvi", {"to_on": "", "stop_reason": "Đã có cách mới."}, ready.adoption_in_use),
)
# fmt: on
