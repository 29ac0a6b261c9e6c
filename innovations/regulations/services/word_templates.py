"""Word templates of a unit: which one holds, added in versions, withdrawn by the registrar."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Invalid, NotVisible, Several, StateForbids
from innovations.core.transactions import atomic
from innovations.documents import intake, storage
from innovations.documents.intake import Download, Kept, Upload
from innovations.documents.papers import Paper
from innovations.documents.papers.word import MEDIA_TYPE, Contents, WordPaper, as_word, check_template, paper_of, shipped
from innovations.documents.sniff import extension_of
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import ancestors
from innovations.regulations.models_templates import WordTemplate
from innovations.regulations.rules.events import AuditTag


class NotAWordFile(Invalid):
    """A template is a DOCX."""

    message = N_("Mẫu văn bản nhận tệp DOCX.")


class NoOwnTemplate(StateForbids):
    """There is nothing to withdraw."""

    message = N_("Đơn vị chưa có mẫu riêng cho văn bản này.")


class TemplateFails(StateForbids):
    """A template that was accepted can no longer be filled, for the paper has other fields now."""

    message = N_("Mẫu Word đang dùng không điền được nữa. Cơ quan thường trực cần tải lên mẫu khác hoặc bỏ mẫu riêng.")


@dataclass(frozen=True)
class Holding:
    """The template that holds at a unit.

    :param unit: whose it is; empty: the shipped one, then ``since`` and ``by`` are empty, too.
    """

    paper: WordPaper
    unit: str = ""
    own: bool = False
    number: int = 0
    name: str = ""
    since: datetime | None = None
    by: str = ""


def _held(unit_path: str, paper: WordPaper) -> WordTemplate | None:
    """The newest version of the unit, else of the nearest unit above that has one; withdrawn ones do not count."""
    versions_of = aliased(WordTemplate)
    newest = (
        select(func.max(versions_of.number))
        .where(versions_of.paper == paper, versions_of.unit_id == WordTemplate.unit_id)
        .scalar_subquery()
    )
    chosen = select(WordTemplate).join(Unit, Unit.id == WordTemplate.unit_id).where(WordTemplate.paper == paper)
    chosen = chosen.where(Unit.id.in_(ancestors(unit_path)), WordTemplate.number == newest, WordTemplate.withdrawn_at.is_(None))
    return db.session.scalar(chosen.order_by(func.length(Unit.path).desc()).limit(1))


def _file(row: WordTemplate | None, paper: WordPaper) -> Path:
    return storage.path_of(row.sha256) if row else shipped(paper)


def in_template(contents: Contents) -> Paper:
    """The paper as a Word file, in the template that holds at its unit.

    :raises TemplateFails: the unit's template does not fit the paper any more.
    """
    paper = paper_of(contents.data)
    row = _held(contents.unit_path, paper)
    try:
        return as_word(contents, _file(row, paper))
    except Several:
        raise TemplateFails from None


def holding(actor: Actor, unit_id: int, paper: WordPaper) -> Holding:
    """Which template holds at the unit, for its registrar.

    :raises NotVisible: no such unit for the actor.
    """
    unit = _unit(actor, unit_id)
    row = _held(unit.path, paper)
    if row is None:
        return Holding(paper)
    by = f"{row.added_by.rank} {row.added_by.full_name}".strip()
    return Holding(paper, row.unit.name, row.unit_id == unit_id, row.number, row.name, row.added_at, by)


def _unit(actor: Actor, unit_id: int) -> Unit:
    """The unit, for its registrar; to others its templates do not exist."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not actor.holds(Role.REGISTRAR, unit.path):
        raise NotVisible
    return unit


def add_template(actor: Actor, unit_id: int, paper: WordPaper, upload: Upload, *, nothing_secret: bool) -> int:
    """Keep the next version of a unit's template, once it was filled with samples without an error.

    :returns: its number.
    :raises NotVisible: the actor is not the unit's registrar.
    :raises FileNotDeclared: nobody said that the file is unclassified; NotAWordFile: another kind of file.
    :raises Several: everything wrong with the template; nothing of it is kept.
    """
    _unit(actor, unit_id)
    intake.check_declared(nothing_secret)
    if extension_of(upload.name) != "docx":
        raise NotAWordFile("file")
    with intake.taken_in([upload]) as kept:
        check_template(paper, storage.path_of(kept[0].stored.sha256))
        return _name(actor, unit_id, paper, kept[0])


def _name(actor: Actor, unit_id: int, paper: WordPaper, kept: Kept) -> int:
    with atomic() as session:
        _unit(actor, unit_id)
        intake.check_there([kept])
        last = session.scalar(
            select(func.max(WordTemplate.number)).where(WordTemplate.unit_id == unit_id, WordTemplate.paper == paper)
        )
        row = WordTemplate(
            unit_id=unit_id, paper=paper, number=(last or 0) + 1, added_at=now(), added_by_id=actor.person_id, **kept.columns()
        )
        session.add(row)
        session.flush()
        audit.record(
            AuditTag.WORD_TEMPLATE_ADDED, "word_template", row.id, by=actor.account_id, unit=unit_id, paper=paper.value,
            version=row.number,
        )  # fmt: skip
        return row.number


def withdraw_template(actor: Actor, unit_id: int, paper: WordPaper) -> None:
    """Go back to the template of the nearest unit above, or the shipped one; the versions stay in the list.

    :raises NotVisible: the actor is not the unit's registrar.
    :raises NoOwnTemplate: the unit works by another's template already.
    """
    with atomic():
        row = _held(_unit(actor, unit_id).path, paper)
        if row is None or row.unit_id != unit_id:
            raise NoOwnTemplate
        row.withdrawn_at, row.withdrawn_by_id = now(), actor.person_id
        audit.record(
            AuditTag.WORD_TEMPLATE_WITHDRAWN, "word_template", row.id, by=actor.account_id, unit=unit_id, paper=paper.value
        )


def versions(actor: Actor, unit_id: int, paper: WordPaper) -> list[WordTemplate]:
    """The unit's own versions, the newest first."""
    _unit(actor, unit_id)
    own = select(WordTemplate).where(WordTemplate.unit_id == unit_id, WordTemplate.paper == paper)
    return list(db.session.scalars(own.order_by(WordTemplate.number.desc())))


def template_file(actor: Actor, unit_id: int, paper: WordPaper, which: str) -> Download:
    """A template to start from: ``shipped``, the one that holds (``current``), or a version of the unit's own by number.

    :raises NotVisible: there is no such version.
    """
    unit = _unit(actor, unit_id)
    if which == "shipped":
        return Download(shipped(paper), f"{paper}.docx", MEDIA_TYPE)
    if which == "current":
        return Download(_file(_held(unit.path, paper), paper), f"{paper}.docx", MEDIA_TYPE)
    row = next((each for each in versions(actor, unit_id, paper) if str(each.number) == which), None)
    if row is None:
        raise NotVisible
    return Download(storage.path_of(row.sha256), row.name, row.media_type)
