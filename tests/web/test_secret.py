"""Secret matter stays outside: "có nội dung mật" stores nothing, and a draft found to hold some leaves no trace."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select, text

from innovations.audit.models import AuditEvent
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from tests.world import World

CANARY = "Chim-bao-bao-7Q4Z"


def rows(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that hold what people do; a visit alone moves only its own sign-in."""
    db.session.rollback()
    names = [name for name in db.metadata.tables if name not in {"sign_in", "account"}]
    found = {name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}
    db.session.rollback()
    return found


def instance_of(world: World) -> Path:
    return Path(world.app.instance_path)


def files(world: World) -> dict[str, bytes]:
    """Every file of the instance folder except the database's own, whose rows are compared one by one."""
    return {
        str(path.relative_to(instance_of(world))): path.read_bytes()
        for path in sorted(instance_of(world).rglob("*"))
        if path.is_file() and not path.name.startswith("innovations.sqlite")
    }


def traces(world: World, canary: str) -> list[str]:
    """Files of the instance folder, database and its log included, that hold the canary."""
    needles = [canary.encode(), canary.lower().encode(), canary.encode("utf-16-le")]
    return [
        path.name
        for path in sorted(instance_of(world).rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_the_button_on_the_declaration_stores_nothing(world: World) -> None:
    client = world.client("tacgia")
    client.get("/proposals/new")
    before = (rows(world), files(world))
    answered = client.post("/proposals/secret", data={"title": CANARY})
    assert answered.status_code == 200
    assert "Nộp hồ sơ mật bằng bản giấy" in answered.text
    assert CANARY not in answered.text
    assert (rows(world), files(world)) == before
    assert traces(world, CANARY) == []


def test_the_declaration_page_offers_the_button_in_a_form_without_any_other_field(world: World) -> None:
    page = world.client("tacgia").get("/proposals/new").text
    form = page.split('action="/proposals/secret"')[1].split("</form>")[0]
    assert [part.split('"')[0] for part in form.split('name="')[1:]] == ["csrf_token"]


def test_a_purged_draft_leaves_no_trace_in_database_log_files_or_temporary_files(world: World) -> None:
    client = world.client("tacgia")
    address = client.post("/proposals/new", data={"nothing_secret": "y"}).location.split("/")[2]
    for round_ in range(3):
        sent = {"version": str(world.version(address)), "situation": f"{CANARY} lần {round_} " * 200, "handling": "open"}
        assert client.post(f"/proposals/{address}/autosave/description", data=sent).status_code == 200
    upload = {"file": [(BytesIO(CANARY.encode()), f"{CANARY}.txt")], "kind": "evidence", "nothing_secret": "y"}
    assert client.post(f"/proposals/{address}/files", data=upload).status_code == 303
    assert traces(world, CANARY) != []
    purged = client.post(f"/proposals/{address}/secret")
    assert purged.status_code == 200
    assert "đã được xóa hẳn" in purged.text
    db.session.rollback()
    assert proposal_at(address) is None
    db.session.rollback()
    assert traces(world, CANARY) == []
    assert client.get(f"/proposals/{address}").status_code == 404


def test_a_purge_leaves_one_event_without_content(world: World) -> None:
    address = world.draft()
    world.client("tacgia").post(f"/proposals/{address}/secret")
    db.session.rollback()
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.tag, event.subject_kind) == ("proposal.secret_declared", "account")


def test_a_submitted_dossier_cannot_be_purged_by_its_author(world: World) -> None:
    code = world.submitted()
    before = db.session.scalar(select(func.count()).select_from(Proposal))
    refused = world.client("tacgia").post(f"/proposals/{code}/secret")
    assert refused.status_code == 409
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Proposal)) == before


def test_only_the_authors_of_a_draft_can_purge_it(world: World) -> None:
    address = world.draft()
    assert world.client("docgia").post(f"/proposals/{address}/secret").status_code == 404
    db.session.rollback()
    assert proposal_at(address) is not None
