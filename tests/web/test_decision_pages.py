"""Pages of decisions and the public check of a certificate."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from innovations.boards import inbox
from innovations.boards.models_decision import Certificate, Decision
from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.rules.pending import Outcome
from innovations.boards.services import certificates, deciding, publishing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.states import State
from innovations.proposals.services import quarantine
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld
from tests.world import without_keys

SIGNED = {"number": "45/QĐ-1A", "signer_name": "Dương Văn Nam", "signer_position": "Trung đoàn trưởng"}


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def sent_today(**more: object) -> dict[str, object]:
    return {**SIGNED, "decided_on": today().isoformat(), **more}


def certified(board: BoardWorld) -> tuple[int, Certificate]:
    """A recognised review and its certificate."""
    review_id = sitting.concluded(board)
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    decision_id = deciding.recognise(board.actor("chihuy"), [review_id], data).decision_id
    certificates.issue_certificates(board.actor("vanphong"), decision_id)
    return review_id, db.session.scalars(select(Certificate)).one()


def test_what_is_not_recognised_shows_no_grade(board: BoardWorld) -> None:
    passed, failed = sitting.concluded(board), sitting.concluded(board, agree=4)
    head = board.world.client("chihuy")
    assert head.get("/boards/decisions/").text.count("Loại B") == 1
    publishing.hold(board.actor("chihuy"), [passed], Outcome.RECOGNISE)
    publishing.hold(board.actor("chihuy"), [failed], Outcome.DECLINE, reason=REASON)
    assert head.get("/boards/decisions/pending").text.count("Loại B") == 1


def test_the_register_of_decisions_is_shown_page_by_page_the_newest_first(board: BoardWorld) -> None:
    unit_id = board.world.staff.units["T1A"]
    with atomic() as session:
        for number in range(1, 46):
            day = today() - timedelta(days=100 - number)
            session.add(
                Decision(
                    unit_id=unit_id, kind="recognise", number=f"{number}/QĐ-CŨ", decided_on=day, year=day.year, recorded_at=now(), imported=True
                )
            )  # fmt: skip
    head = board.world.client("chihuy")
    pages = [head.get("/boards/decisions/", query_string={"page": page}).text for page in (1, 2, 3)]
    shown = [re.findall(r">(\d+/QĐ-CŨ)<", page) for page in pages]
    assert [number for numbers in shown for number in numbers] == [f"{number}/QĐ-CŨ" for number in range(45, 0, -1)]
    assert [len(numbers) for numbers in shown] == [20, 20, 5]
    assert 'href="/boards/decisions/?page=2&amp;per_page=20#register"' in pages[0]
    assert "Chưa có quyết định nào" not in head.get("/boards/decisions/?page=9").text


def test_the_dossier_is_one_click_away_before_the_decision_while_it_waits_to_be_published_and_afterwards(
    board: BoardWorld,
) -> None:
    review_id = sitting.concluded(board)
    address = f"/proposals/{board.review(review_id).proposal.code}"
    head = board.world.client("chihuy")

    def led_to_from(page: str) -> bool:
        return f'href="{address}"' in head.get(page).text

    assert led_to_from("/boards/decisions/")
    publishing.hold(board.actor("chihuy"), [review_id], Outcome.RECOGNISE)
    assert led_to_from("/boards/decisions/pending")
    published = head.post("/boards/decisions/publish", data=sent_today(review_ids=[review_id])).location
    assert led_to_from(published)
    assert head.get(address).status_code == 200


def test_a_form_of_a_decision_is_signed_by_the_head_who_opens_it(board: BoardWorld) -> None:
    sitting.concluded(board)
    assert 'value="Dương Văn Nam"' in board.world.client("chihuy").get("/boards/decisions/").text
    assert "signer_name" not in board.world.client("vanphong").get("/boards/decisions/").text


def test_what_was_published_together_leads_from_one_decision_to_the_other(board: BoardWorld) -> None:
    passed, failed = sitting.concluded(board), sitting.concluded(board, agree=4)
    publishing.hold(board.actor("chihuy"), [passed], Outcome.RECOGNISE)
    publishing.hold(board.actor("chihuy"), [failed], Outcome.DECLINE, reason=REASON)
    head = board.world.client("chihuy")
    page = head.post("/boards/decisions/publish", data=sent_today(review_ids=[passed, failed]), follow_redirects=True).text
    other = db.session.scalars(select(Decision.id).where(Decision.kind == "not_recognise")).one()
    assert f'href="/boards/decisions/{other}">' in page
    assert "Cùng số này" in head.get(f"/boards/decisions/{other}").text


def test_the_head_recognises_and_the_registrar_issues_and_forwards_by_page(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    head, registrar = board.world.client("chihuy"), board.world.client("vanphong")
    assert "Bảng kiểm tra" in head.get("/boards/decisions/").text
    sent = head.post("/boards/decisions/", data=sent_today(review_ids=[review_id], do="recognise"))
    assert sent.status_code == 303
    assert board.review(review_id).state is State.RECOGNISED
    assert "Cấp giấy chứng nhận" in registrar.get(sent.location).text
    assert registrar.post(f"{sent.location}/certificates").status_code == 303
    assert "GCN-T1A-" in registrar.get(sent.location).text
    assert registrar.post(f"{sent.location}/reviews/{review_id}/forward").status_code == 303
    assert head.post(f"{sent.location}/correct", data=sent_today()).status_code == 409


@pytest.mark.parametrize(("number", "said"), [("48/QĐ-1A", "46, 47"), ("2026/QĐ-1A", "46–2025"), ("999999", "46–999998")])
def test_numbers_left_out_are_told_and_thousands_as_their_ends(board: BoardWorld, number: str, said: str) -> None:
    certified(board)
    review, head = sitting.concluded(board), board.world.client("chihuy")
    answer = head.post("/boards/decisions/", data=sent_today(review_ids=str(review), number=number))
    assert f"Số quyết định bỏ cách: {said} chưa có trong sổ." in head.get(answer.headers["Location"]).text


def test_a_used_number_comes_back_beside_its_field(board: BoardWorld) -> None:
    first, second = sitting.concluded(board), sitting.concluded(board)
    head = board.world.client("chihuy")
    head.post("/boards/decisions/", data=sent_today(review_ids=[first], do="recognise"))
    sent = head.post("/boards/decisions/", data=sent_today(review_ids=[second], do="recognise"))
    assert sent.status_code == 422
    assert "đã dùng trong năm" in sent.text
    assert (stored(Decision), board.review(second).state) == (1, State.PASSED)


def test_declining_without_reasons_comes_back_with_the_sentence(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    sent = board.world.client("chihuy").post("/boards/decisions/", data=sent_today(review_ids=[review_id], do="decline"))
    assert sent.status_code == 422
    assert 'id="reason-error"' in sent.text
    assert (stored(Decision), board.review(review_id).state) == (0, State.PASSED)


@pytest.mark.parametrize(("number", "status"), [("thuky", 403), ("docgia", 403), ("vanphong", 403)])
def test_only_the_head_records_a_decision(board: BoardWorld, number: str, status: int) -> None:
    review_id = sitting.concluded(board)
    sent = board.world.client(number).post("/boards/decisions/", data=sent_today(review_ids=[review_id], do="recognise"))
    assert (sent.status_code, stored(Decision)) == (status, 0)


def test_anybody_checks_a_certificate_by_its_code(board: BoardWorld) -> None:
    _review_id, certificate = certified(board)
    page = board.world.app.test_client().get(f"/verify/{certificate.code.lower()}")
    assert page.status_code == 200
    for part in ("Có hiệu lực", "GCN-T1A-", "45/QĐ-1A", "Nguyễn Văn An", "Trung đoàn 1A", "Bảng kiểm tra"):
        assert part in page.text


def test_the_check_names_no_title_of_what_circulates_internally(board: BoardWorld) -> None:
    review_id, certificate = certified(board)
    with atomic():
        board.review(review_id).proposal.handling = Handling.INTERNAL
    page = board.world.app.test_client().get(f"/verify/{certificate.code}").text
    assert "Nguyễn Văn An" in page
    assert "Bảng kiểm tra" not in page


def test_a_revoked_certificate_stays_and_says_so(board: BoardWorld) -> None:
    review_id, certificate = certified(board)
    data = DecisionData("50/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    deciding.revoke(board.actor("chihuy"), review_id, data, code=RevocationReason.NOT_NEW, reason=REASON)
    assert "Đã hủy" in board.world.app.test_client().get(f"/verify/{certificate.code}").text
    assert stored(Certificate) == 1


def test_an_unknown_code_and_a_quarantined_one_look_the_same(board: BoardWorld) -> None:
    review_id, certificate = certified(board)
    quarantine.hide(board.actor("baomat"), board.review(review_id).proposal.code or "", reason=REASON)
    visitor = board.world.app.test_client()
    nothing = "0000-0000-0000-0000"
    hidden, unknown = visitor.get(f"/verify/{certificate.code}"), visitor.get(f"/verify/{nothing}")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert without_keys(hidden.text).replace(certificate.code, nothing) == without_keys(
        unknown.text
    )  # the page names its own address


def test_what_awaits_a_decision_or_a_certificate_waits_in_the_inbox(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    with board.world.app.test_request_context():
        assert [each.group for each in inbox.waiting(board.actor("chihuy"))] == ["Chờ quyết định"]
        data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
        deciding.recognise(board.actor("chihuy"), [review_id], data)
        assert [each.group for each in inbox.waiting(board.actor("vanphong"))] == ["Giấy chứng nhận cần cấp"]


def test_authors_and_issuers_download_the_certificate_and_nobody_else(board: BoardWorld) -> None:
    _review_id, certificate = certified(board)
    address = f"/boards/certificates/{certificate.code}.pdf"
    for number in ("tacgia", "vanphong"):
        paper = board.world.client(number).get(address)
        assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-"), number
    assert board.world.client("docgia").get(address).status_code == 404


def test_the_decision_is_printed_with_its_list_for_its_offices(board: BoardWorld) -> None:
    certified(board)
    decision_id = db.session.scalars(select(Decision.id)).one()
    address = f"/boards/decisions/{decision_id}/decision.pdf"
    text = " ".join(" ".join(pages_of(BytesIO(board.world.client("chihuy").get(address).data))).split())
    assert (text.count("Như Điều 3"), text.count("Lưu: VT")) == (1, 1)  # the registry's copy stood there twice
    assert board.world.client("thuky").get(address).status_code == 404


def test_the_author_is_led_to_the_certificate_by_a_notice(board: BoardWorld) -> None:
    _review_id, certificate = certified(board)
    assert f"/boards/certificates/{certificate.code}.pdf" in board.world.client("tacgia").get("/notices").text


def test_all_certificates_of_a_decision_are_one_file_a_page_each_as_the_single_ones(board: BoardWorld) -> None:
    decision_id, one = certified(board)
    registrar = board.world.client("vanphong")
    together = registrar.get(f"/boards/decisions/{decision_id}/certificates.pdf")
    pages = [" ".join(page.split()) for page in pages_of(BytesIO(together.data))]
    assert (together.status_code, len(pages)) == (200, stored(Certificate))
    single = pages_of(BytesIO(registrar.get(f"/boards/certificates/{one.code}.pdf").data))
    assert " ".join(single[0].split()) in pages
    assert board.world.client("tacgia").get(f"/boards/decisions/{decision_id}/certificates.pdf").status_code in (403, 404)


def test_a_correction_is_proposed_by_the_standing_office_and_confirmed_by_the_head_by_page(board: BoardWorld) -> None:
    _review_id, certificate = certified(board)
    address = f"/boards/decisions/{certificate.line.decision_id}"
    office, head = board.world.client("vanphong"), board.world.client("chihuy")
    assert "Đề nghị đính chính (hai người)" in office.get(address).text
    again = office.post(f"{address}/corrections", data=sent_today(number="", code="typed"))
    assert again.status_code == 422
    assert "Nhập số quyết định" in again.text
    assert office.post(f"{address}/corrections", data=sent_today(number="54/QĐ-1A", code="typed")).status_code == 303
    assert "Xác nhận đính chính" not in office.get(address).text
    assert office.post(f"{address}/corrections/confirm").status_code == 403
    assert f'href="{address}"' in head.get("/").text
    page = head.get(address).text
    assert "Xác nhận đính chính" in page
    assert "45/QĐ-1A" in page
    assert "54/QĐ-1A" in page
    assert head.post(f"{address}/corrections/confirm").status_code == 303
    assert "54/QĐ-1A" in board.world.app.test_client().get(f"/verify/{certificate.code}").text
    assert head.post(f"{address}/corrections/confirm").status_code == 409
